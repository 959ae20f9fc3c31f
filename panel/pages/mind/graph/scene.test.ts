import { expect, test } from "vitest";
import { fitted, toPicture, toScreen, zoomedAt } from "./camera.ts";
import { aliveAt, type Fact, sceneOf } from "./scene.ts";

const fact = (from: string, to: string, more: Partial<Fact> = {}): Fact => ({
  id: `${from}-${to}`,
  subject: from,
  predicate: "knows",
  object: to,
  valid_from: "2026-01-01T00:00:00.000Z",
  valid_to: null,
  source: null,
  from,
  to,
  tainted: false,
  memory: null,
  contradicts: [],
  ...more,
});
const graph = (edges: readonly Fact[]) => {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  const degree = (id: string) => edges.filter(({ from, to }) => from === id || to === id).length;
  return {
    nodes: ids.map((id) => ({ id, name: id, degree: degree(id), distance: 0 })),
    edges: [...edges],
  };
};
const CLIQUES = ["a", "b"].flatMap((clique) =>
  [1, 2, 3, 4].flatMap((n) =>
    [1, 2, 3, 4].filter((m) => m > n).map((m) => fact(`${clique}${n}`, `${clique}${m}`)),
  ),
);

test("several facts between two names are one line, and a fact about itself none", () => {
  const scene = sceneOf(graph([fact("a", "b"), fact("b", "a", { id: "back" }), fact("a", "a")]));
  expect([...scene.links]).toEqual([0, 1]);
  expect(scene.factsOf).toEqual([[0, 1]]);
  expect([...(scene.neighbours[0] ?? [])]).toEqual([1]);
});

test("names that are joined among themselves get one colour, other ones another", () => {
  const scene = sceneOf(graph([...CLIQUES, fact("a1", "b1")]));
  const colour = (name: string) => scene.groups[scene.indexOf.get(name) as number];
  expect(new Set(["a1", "a2", "a3", "a4"].map(colour)).size).toBe(1);
  expect(new Set(["b1", "b2", "b3", "b4"].map(colour)).size).toBe(1);
  expect(colour("a1")).not.toBe(colour("b1"));
});

test("at a time only what held then is there", () => {
  const scene = sceneOf(
    graph([
      fact("a", "b", { valid_to: "2026-03-01T00:00:00.000Z" }),
      fact("a", "c", { valid_from: "2026-03-01T00:00:00.000Z" }),
    ]),
  );
  expect([...aliveAt(scene, Date.parse("2026-02-01T00:00:00.000Z")).names]).toEqual([1, 1, 0]);
  expect([...aliveAt(scene, Date.parse("2026-03-01T00:00:00.000Z")).links]).toEqual([0, 1]);
  expect([...aliveAt(scene, "now").names]).toEqual([1, 0, 1]);
});

test("zooming keeps what is under the pointer where it is, and all fits in after", () => {
  const size = { width: 800, height: 600 };
  const camera = zoomedAt({ x: 10, y: -20, scale: 1 }, size, { x: 300, y: 200 }, 3);
  const before = toPicture({ x: 10, y: -20, scale: 1 }, size, { x: 300, y: 200 });
  const after = toScreen(camera, size, before);
  expect(after.x).toBeCloseTo(300);
  expect(after.y).toBeCloseTo(200);
  const all = fitted(Float32Array.from([-400, -100, 400, 300]), size);
  const corner = toScreen(all, size, { x: 400, y: 300 });
  expect(corner.x).toBeLessThanOrEqual(800);
  expect(corner.y).toBeLessThanOrEqual(600);
});
