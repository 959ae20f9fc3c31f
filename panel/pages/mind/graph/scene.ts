import type { GraphShown } from "#contract";
import { groupsOf } from "./groups.ts";

export type Name = GraphShown["nodes"][number];
export type Fact = GraphShown["edges"][number];

/** The graph as it is drawn: names by their place in `names`, and each pair that facts join once. */
export interface Scene {
  readonly names: readonly Name[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** In the picture's own units, before zooming. */
  readonly radii: Float32Array;
  /** Names that belong together, as a colour from 1 to 6; 6 for all that are not in a large group. */
  readonly groups: Uint8Array;
  /** Two places in `names` for each pair. */
  readonly links: Uint32Array;
  /** The facts of each pair, as places in `facts`. */
  readonly factsOf: readonly (readonly number[])[];
  readonly facts: readonly Fact[];
  /** The names that facts join with each. */
  readonly neighbours: readonly ReadonlySet<number>[];
  /** Places in `names`, the best connected first. */
  readonly byDegree: readonly number[];
}

const RADIUS = { least: 5, perRoot: 2.3, most: 22 };
const GROUPS_SHOWN = 5;
const GROUP_LEAST = 3;

/** What a picture needs of a graph. */
export function sceneOf({ nodes, edges }: Pick<GraphShown, "nodes" | "edges">): Scene {
  const indexOf = new Map(nodes.map(({ id }, at) => [id, at]));
  const pairs = new Map<string, { readonly ends: readonly [number, number]; readonly facts: number[] }>();
  const neighbours = nodes.map(() => new Set<number>());
  for (const [at, { from, to }] of edges.entries()) {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const ends = a < b ? ([a, b] as const) : ([b, a] as const);
    const key = ends.join(" ");
    const pair = pairs.get(key);
    if (pair) pair.facts.push(at);
    else pairs.set(key, { ends, facts: [at] });
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  }
  const all = [...pairs.values()];
  return {
    names: nodes,
    indexOf,
    facts: edges,
    radii: Float32Array.from(nodes, ({ degree }) =>
      Math.min(RADIUS.most, RADIUS.least + RADIUS.perRoot * Math.sqrt(Math.max(0, degree - 1))),
    ),
    links: Uint32Array.from(all.flatMap(({ ends }) => ends)),
    factsOf: all.map(({ facts }) => facts),
    neighbours,
    groups: coloursOf(groupsOf(neighbours)),
    byDegree: nodes.map((_, at) => at).sort((a, b) => (nodes[b]?.degree ?? 0) - (nodes[a]?.degree ?? 0)),
  };
}

/** A colour for each group: the largest have their own, all others share one. */
function coloursOf(groups: readonly number[]): Uint8Array {
  const counts = new Map<number, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const largest = [...counts]
    .filter(([, count]) => count >= GROUP_LEAST)
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, GROUPS_SHOWN)
    .map(([group]) => group);
  return Uint8Array.from(groups, (group) => {
    const place = largest.indexOf(group);
    return place === -1 ? GROUPS_SHOWN + 1 : place + 1;
  });
}

/** Whether a fact holds at a time, in milliseconds; `now`: whether it has not ended. */
export const holds = ({ valid_from, valid_to }: Fact, at: number | "now"): boolean =>
  at === "now"
    ? valid_to === null || Date.parse(valid_to) > Date.now()
    : Date.parse(valid_from) <= at && (valid_to === null || Date.parse(valid_to) > at);

/** Which links, and so which names, are there at a time. */
export function aliveAt(
  scene: Scene,
  at: number | "now",
): { readonly links: Uint8Array; readonly names: Uint8Array } {
  const links = new Uint8Array(scene.factsOf.length);
  const names = new Uint8Array(scene.names.length);
  const here = scene.facts.map((fact) => holds(fact, at));
  for (const [link, facts] of scene.factsOf.entries()) {
    if (!facts.some((fact) => here[fact])) continue;
    links[link] = 1;
    names[scene.links[2 * link] as number] = 1;
    names[scene.links[2 * link + 1] as number] = 1;
  }
  return { links, names };
}
