import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Point } from "./camera.ts";
import type { FromLayout, ToLayout } from "./protocol.ts";
import type { Scene } from "./scene.ts";

/**
 * Where the names of a graph are, as a worker arranges them. `onMoved` is called when they have other places. What was there keeps its
 * place when the graph changes.
 */
export function useLayout(
  scene: Scene,
  aspect: () => number,
  onMoved: (positions: Float32Array, settled: boolean) => void,
) {
  const worker = useRef<Worker>(undefined);
  const positions = useRef<Float32Array>(new Float32Array());
  const before = useRef<Scene>(undefined);
  const [arranged, setArranged] = useState(false);
  const moved = useEffectEvent(onMoved);
  const shape = useEffectEvent(aspect);

  useEffect(() => {
    const started = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<FromLayout>) => {
      // An answer about a graph that is no longer shown.
      if (data.positions.length !== 2 * (before.current?.names.length ?? 0)) return;
      positions.current = data.positions;
      setArranged(true);
      moved(data.positions, data.settled);
    };
    return () => {
      before.current = undefined;
      started.terminate();
    };
  }, []);

  useEffect(() => {
    const known = new Float32Array(2 * scene.names.length).fill(Number.NaN);
    const old = before.current;
    for (const [at, { id }] of scene.names.entries()) {
      const was = old?.indexOf.get(id);
      if (was === undefined) continue;
      known[2 * at] = positions.current[2 * was] ?? Number.NaN;
      known[2 * at + 1] = positions.current[2 * was + 1] ?? Number.NaN;
    }
    before.current = scene;
    worker.current?.postMessage({
      say: "arrange",
      radii: scene.radii,
      links: scene.links,
      known,
      aspect: shape(),
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    } satisfies ToLayout);
  }, [scene]);

  return {
    positions,
    arranged,
    drag: (name: number, { x, y }: Point) =>
      worker.current?.postMessage({ say: "drag", name, x, y } satisfies ToLayout),
    drop: (name: number) => worker.current?.postMessage({ say: "drop", name } satisfies ToLayout),
  };
}
