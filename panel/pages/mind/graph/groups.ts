/** What each is joined with, and how strongly; with itself twice as strongly as its inner joints are. */
type Joined = readonly ReadonlyMap<number, number>[];

const ROUNDS_MAX = 12;
const LEVELS_MAX = 5;
const LEAST_GAIN = 1e-9;

/**
 * Finds what belongs together, by modularity (Blondel, Guillaume, Lambiotte, Lefebvre 2008, the Louvain method), always in the same
 * order, so that the same graph has the same groups. Gives the label of each; 1,000 names take some milliseconds.
 */
export function groupsOf(neighbours: readonly ReadonlySet<number>[]): readonly number[] {
  let graph: Joined = neighbours.map((near) => new Map([...near].map((other) => [other, 1])));
  let groups = neighbours.map((_, at) => at);
  for (let level = 0; level < LEVELS_MAX; level++) {
    const { labels, count } = numbered(moved(graph));
    if (count === graph.length) break;
    groups = groups.map((group) => labels[group] as number);
    graph = gathered(graph, labels, count);
  }
  return groups;
}

/** Each goes to the group among its neighbours where it adds most to the modularity, until nobody moves. */
function moved(graph: Joined): number[] {
  const labels = graph.map((_, at) => at);
  const strengths = graph.map((near) => [...near.values()].reduce((sum, weight) => sum + weight, 0));
  const totals = [...strengths];
  const whole = strengths.reduce((sum, strength) => sum + strength, 0);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let changed = false;
    for (const [at, near] of graph.entries()) {
      const own = labels[at] as number;
      const strength = strengths[at] as number;
      totals[own] = (totals[own] as number) - strength;
      const links = new Map<number, number>([[own, 0]]);
      for (const [other, weight] of near) {
        const label = labels[other] as number;
        if (other !== at) links.set(label, (links.get(label) ?? 0) + weight);
      }
      const gain = (label: number) =>
        (links.get(label) ?? 0) - (strength * (totals[label] as number)) / whole;
      let best = own;
      let most = gain(own);
      for (const label of links.keys()) {
        const here = gain(label);
        if (here <= most + LEAST_GAIN) continue;
        best = label;
        most = here;
      }
      totals[best] = (totals[best] as number) + strength;
      labels[at] = best;
      changed ||= best !== own;
    }
    if (!changed) break;
  }
  return labels;
}

/** Labels from 0 on, without gaps. */
function numbered(labels: readonly number[]): { readonly labels: readonly number[]; readonly count: number } {
  const numbers = new Map<number, number>();
  for (const label of labels) if (!numbers.has(label)) numbers.set(label, numbers.size);
  return { labels: labels.map((label) => numbers.get(label) as number), count: numbers.size };
}

/** Each group as one. */
function gathered(graph: Joined, labels: readonly number[], count: number): Joined {
  const made = Array.from({ length: count }, () => new Map<number, number>());
  for (const [at, near] of graph.entries()) {
    const into = made[labels[at] as number] as Map<number, number>;
    for (const [other, weight] of near) {
      const to = labels[other] as number;
      into.set(to, (into.get(to) ?? 0) + weight);
    }
  }
  return made;
}
