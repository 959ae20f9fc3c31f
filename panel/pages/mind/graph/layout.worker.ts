/** Arranges a graph beside the page, so that the page never waits for it (forces as in d3-force). */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import type { FromLayout, ToLayout } from "./protocol.ts";

interface Node extends SimulationNodeDatum {
  readonly radius: number;
}

const STEP_MS = 16;
/** So long it is arranged unseen, so that it does not begin as a heap. */
const UNSEEN_MS = 250;
const UNSEEN_STEPS = 120;
const STEPS_MAX = 400;
const FORCE = { apart: -190, apartMost: 600, link: 34, middle: 0.045, gap: 5 };
const DRAG_HEAT = 0.25;

let simulation: Simulation<Node, undefined> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

addEventListener("message", ({ data: told }: MessageEvent<ToLayout>) => {
  if (told.say === "arrange") return arrange(told);
  const node = simulation?.nodes()[told.name];
  if (!simulation || !node) return;
  if (told.say === "drag") {
    node.fx = told.x;
    node.fy = told.y;
    simulation.alphaTarget(DRAG_HEAT);
  } else {
    node.fx = null;
    node.fy = null;
    simulation.alphaTarget(0);
  }
  simulation.alpha(Math.max(simulation.alpha(), DRAG_HEAT));
  timer ??= setTimeout(step, 0);
});

function arrange({ radii, links, known, aspect, still }: ToLayout & { readonly say: "arrange" }): void {
  clearTimeout(timer);
  timer = undefined;
  const nodes = Array.from(radii, (radius, at): Node => {
    const [x, y] = [known[2 * at] as number, known[2 * at + 1] as number];
    return Number.isNaN(x) ? { radius } : { radius, x, y };
  });
  const joined: SimulationLinkDatum<Node>[] = [];
  for (let at = 0; at < links.length; at += 2)
    joined.push({ source: links[at] as number, target: links[at + 1] as number });
  const seen = nodes.filter(({ x }) => x !== undefined).length;
  simulation = forceSimulation(nodes)
    .force(
      "link",
      forceLink<Node, SimulationLinkDatum<Node>>(joined).distance(
        ({ source, target }) => FORCE.link + (source as Node).radius + (target as Node).radius,
      ),
    )
    .force("apart", forceManyBody<Node>().strength(FORCE.apart).distanceMax(FORCE.apartMost))
    .force(
      "room",
      forceCollide<Node>(({ radius }) => radius + FORCE.gap),
    )
    .force("x", forceX<Node>().strength(FORCE.middle / aspect))
    .force("y", forceY<Node>().strength(FORCE.middle * aspect))
    .stop();
  if (seen === nodes.length) simulation.alpha(0.15);
  const until = still ? Number.POSITIVE_INFINITY : performance.now() + UNSEEN_MS;
  const most = still ? STEPS_MAX : UNSEEN_STEPS;
  for (let at = 0; at < most && performance.now() < until && !settled(); at++) simulation.tick();
  tell();
  if (!settled()) timer = setTimeout(step, STEP_MS);
}

const settled = (): boolean => simulation === undefined || simulation.alpha() < simulation.alphaMin();

function step(): void {
  timer = undefined;
  const begun = performance.now();
  simulation?.tick();
  tell();
  if (!settled()) timer = setTimeout(step, Math.max(0, STEP_MS - (performance.now() - begun)));
}

function tell(): void {
  const nodes = simulation?.nodes() ?? [];
  const positions = new Float32Array(2 * nodes.length);
  for (const [at, { x = 0, y = 0 }] of nodes.entries()) {
    positions[2 * at] = x;
    positions[2 * at + 1] = y;
  }
  postMessage({ positions, settled: settled() } satisfies FromLayout, { transfer: [positions.buffer] });
}
