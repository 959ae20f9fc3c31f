import { Maximize, Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef } from "react";
import { IconButton, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import {
  type Camera,
  fitted,
  movedBy,
  type Point,
  type Size,
  toPicture,
  toScreen,
  zoomedAt,
} from "./camera.ts";
import { useColours } from "./colours.ts";
import { draw, radiusOf } from "./draw.ts";
import style from "./picture.module.css";
import type { aliveAt, Scene } from "./scene.ts";
import { useLayout } from "./use_layout.ts";

const words = t.mind.graph;
const ZOOM_STEP = 1.35;
const WHEEL = 0.0016;
const CLICK_PX = 4;
const HIT_PX = 6;
const PIXELS_MOST = 2;
const ASPECT_MOST = 2;
const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The graph as a picture one can walk through, with the pointer, fingers or keys. */
export function Picture({
  scene,
  alive,
  chosen,
  onChoose,
  onAround,
}: {
  readonly scene: Scene;
  readonly alive: ReturnType<typeof aliveAt>;
  /** A place in `scene.names`. */
  readonly chosen: number | undefined;
  onChoose(at: number | undefined): void;
  onAround(at: number): void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>({ x: 0, y: 0, scale: 1 });
  const size = useRef<Size>({ width: 0, height: 0 });
  /** The reader has moved the picture: it is no longer fitted by itself. */
  const own = useRef(false);
  const pointed = useRef<number>(undefined);
  const frame = useRef(0);
  const colours = useColours();

  const aspect = () => {
    const { clientWidth = 1, clientHeight = 1 } = canvas.current ?? {};
    return Math.min(ASPECT_MOST, Math.max(1 / ASPECT_MOST, clientWidth / Math.max(1, clientHeight)));
  };
  const { positions, arranged, drag, drop } = useLayout(scene, aspect, (places) => {
    if (!own.current) camera.current = fitted(places, size.current);
    redraw();
  });

  const paint = useEffectEvent(() => {
    frame.current = 0;
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || positions.current.length !== 2 * scene.names.length) return;
    const pixels = Math.min(PIXELS_MOST, devicePixelRatio);
    context.setTransform(pixels, 0, 0, pixels, 0, 0);
    draw(context, {
      scene,
      alive,
      colours,
      chosen,
      pointed: pointed.current,
      positions: positions.current,
      camera: camera.current,
      size: size.current,
      font: getComputedStyle(element).fontFamily,
    });
  });
  const redraw = () => {
    frame.current ||= requestAnimationFrame(() => paint());
  };
  const again = useEffectEvent(redraw);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn differently is drawn again.
  useEffect(() => again(), [scene, alive, chosen, colours]);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  const measured = useEffectEvent((width: number, height: number) => {
    const element = canvas.current;
    if (!element || width === 0) return;
    size.current = { width, height };
    const pixels = Math.min(PIXELS_MOST, devicePixelRatio);
    element.width = Math.round(width * pixels);
    element.height = Math.round(height * pixels);
    if (!own.current) camera.current = fitted(positions.current, size.current);
    paint();
  });
  const look = (next: Camera) => {
    own.current = true;
    camera.current = next;
    redraw();
  };
  const zoom = (factor: number, at?: Point) =>
    look(
      zoomedAt(
        camera.current,
        size.current,
        at ?? { x: size.current.width / 2, y: size.current.height / 2 },
        factor,
      ),
    );
  const showAll = () => {
    look(fitted(positions.current, size.current));
    own.current = false;
  };
  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * WHEEL), { x: event.offsetX, y: event.offsetY });
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) measured(entry.contentRect.width, entry.contentRect.height);
    });
    watch.observe(element);
    const turn = (event: WheelEvent) => wheel(event);
    element.addEventListener("wheel", turn, { passive: false });
    return () => {
      watch.disconnect();
      element.removeEventListener("wheel", turn);
    };
  }, []);

  // The name chosen from elsewhere, such as the panel or the list, comes into sight.
  const reveal = useEffectEvent(() => {
    if (chosen === undefined || positions.current.length !== 2 * scene.names.length) return;
    const place = {
      x: positions.current[2 * chosen] as number,
      y: positions.current[2 * chosen + 1] as number,
    };
    const { x, y } = toScreen(camera.current, size.current, place);
    const { width, height } = size.current;
    if (x > 40 && y > 40 && x < width - 40 && y < height - 40) return;
    look({ ...camera.current, ...place });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is chosen.
  useEffect(() => reveal(), [chosen]);

  const pointers = usePointers({
    at: (point) => nameAt(point),
    onMove: (dx, dy) => look(movedBy(camera.current, dx, dy)),
    onPinch: zoom,
    onDrag: (name, point) => {
      own.current = true;
      drag(name, toPicture(camera.current, size.current, point));
    },
    onDrop: drop,
    onClick: (name) => onChoose(name),
    onPoint(name) {
      if (name === pointed.current) return;
      pointed.current = name;
      if (canvas.current) canvas.current.style.cursor = name === undefined ? "" : "pointer";
      redraw();
    },
  });
  const nameAt = ({ x, y }: Point): number | undefined => {
    let best: number | undefined;
    let nearest = Number.POSITIVE_INFINITY;
    for (let at = 0; at < scene.names.length; at++) {
      if (alive.names[at] === 0) continue;
      const place = toScreen(camera.current, size.current, {
        x: positions.current[2 * at] ?? 0,
        y: positions.current[2 * at + 1] ?? 0,
      });
      const distance = Math.hypot(place.x - x, place.y - y) - radiusOf(scene, at, camera.current);
      if (distance < HIT_PX && distance < nearest) {
        nearest = distance;
        best = at;
      }
    }
    return best;
  };

  /** The nearest name in a direction; the joined ones before others. */
  const next = (direction: Point): number | undefined => {
    if (chosen === undefined) return scene.byDegree.find((at) => alive.names[at] === 1);
    const place = (at: number): Point => ({
      x: positions.current[2 * at] ?? 0,
      y: positions.current[2 * at + 1] ?? 0,
    });
    const from = place(chosen);
    let best: number | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at < scene.names.length; at++) {
      if (at === chosen || alive.names[at] === 0) continue;
      const to = place(at);
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const along = dx * direction.x + dy * direction.y;
      const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
      if (along <= 0 || aside > along) continue;
      const cost = (along + 2 * aside) * (scene.neighbours[chosen]?.has(at) ? 0.5 : 1);
      if (cost < least) {
        least = cost;
        best = at;
      }
    }
    return best;
  };
  const key = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const to = next(direction);
      if (to !== undefined) onChoose(to);
    } else if (event.key === "+" || event.key === "=") zoom(ZOOM_STEP);
    else if (event.key === "-") zoom(1 / ZOOM_STEP);
    else if (event.key === "0") showAll();
    else if (event.key === "Enter" && chosen !== undefined) onAround(chosen);
    else if (event.key === "Escape" && chosen !== undefined) onChoose(undefined);
    else return;
    event.preventDefault();
  };
  const name = chosen === undefined ? undefined : scene.names[chosen];

  return (
    <div className={style.picture}>
      <div
        role="application"
        className={style.walk}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked through with the arrow keys.
        tabIndex={0}
        aria-roledescription={words.role}
        aria-label={`${words.label}. ${words.help}`}
        onKeyDown={key}
        onDoubleClick={(event) => {
          const at = nameAt({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
          if (at !== undefined) onAround(at);
        }}
        {...pointers}
      >
        <canvas ref={canvas} />
      </div>
      <p className="visually-hidden" aria-live="polite">
        {name && words.selected(name.name, name.degree)}
      </p>
      {!arranged && (
        <p className={style.wait}>
          <Spinner /> {words.layout}
        </p>
      )}
      <div className={style.zoom}>
        <IconButton small icon={Plus} label={words.zoomIn} onClick={() => zoom(ZOOM_STEP)} />
        <IconButton small icon={Minus} label={words.zoomOut} onClick={() => zoom(1 / ZOOM_STEP)} />
        <IconButton small icon={Maximize} label={words.fit} onClick={showAll} />
      </div>
    </div>
  );
}

/** One pointer moves the picture or drags a name, two zoom it; a press without a movement is a click. */
function usePointers({
  at,
  onMove,
  onPinch,
  onDrag,
  onDrop,
  onClick,
  onPoint,
}: {
  at(point: Point): number | undefined;
  onMove(dx: number, dy: number): void;
  onPinch(factor: number, point: Point): void;
  onDrag(name: number, point: Point): void;
  onDrop(name: number): void;
  onClick(name: number | undefined): void;
  onPoint(name: number | undefined): void;
}) {
  const held = useRef(new Map<number, Point>());
  const press = useRef<{ readonly from: Point; readonly name: number | undefined; moved: boolean }>(
    undefined,
  );
  const pointOf = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent): Point => ({
    x: offsetX,
    y: offsetY,
  });
  const release = (event: PointerEvent) => {
    held.current.delete(event.pointerId);
    const pressed = press.current;
    if (!pressed || held.current.size > 0) return;
    press.current = undefined;
    if (pressed.moved && pressed.name !== undefined) onDrop(pressed.name);
    if (!pressed.moved && event.type === "pointerup") onClick(pressed.name);
  };
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const point = pointOf(event);
      held.current.set(event.pointerId, point);
      if (held.current.size === 1) press.current = { from: point, name: at(point), moved: false };
      else if (press.current) press.current = { ...press.current, name: undefined, moved: true };
    },
    onPointerMove(event: PointerEvent) {
      const point = pointOf(event);
      const before = held.current.get(event.pointerId);
      if (!before) return onPoint(at(point));
      held.current.set(event.pointerId, point);
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const [was, is] = [before, point].map(({ x, y }) => Math.hypot(x - other.x, y - other.y)) as [
          number,
          number,
        ];
        if (was > 0) onPinch(is / was, { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
        return;
      }
      const pressed = press.current;
      if (!pressed) return;
      pressed.moved ||= Math.hypot(point.x - pressed.from.x, point.y - pressed.from.y) > CLICK_PX;
      if (!pressed.moved) return;
      if (pressed.name === undefined) onMove(point.x - before.x, point.y - before.y);
      else onDrag(pressed.name, point);
    },
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: () => onPoint(undefined),
  };
}
