/** Walks the home on a thread of its own and sums up what it finds; links are not followed. */
import { lstatSync, readdirSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

const FILES_MAX = 1_000_000;
const DEPTH_MAX = 64;
const MODULES_SHOWN = 20;
const BLOCK_BYTES = 512;
const MODULE = /^agents\/([^/]+)\.fwagent$/;

const { home } = workerData as { home: string };

interface Sum {
  bytes: number;
  files: number;
}

let counted = 0;

/** What files take on the disk, not their lengths: databases have holes, small files take a block. */
function sumOf(path: string, depth: number): Sum {
  const sum: Sum = { bytes: 0, files: 0 };
  if (counted >= FILES_MAX || depth > DEPTH_MAX) return sum;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return sum;
  if (!found.isDirectory()) {
    counted++;
    // Windows tells no blocks.
    return { bytes: found.blocks > 0 ? found.blocks * BLOCK_BYTES : found.size, files: 1 };
  }
  for (const name of namesIn(path)) {
    const inner = sumOf(join(path, name), depth + 1);
    sum.bytes += inner.bytes;
    sum.files += inner.files;
  }
  return sum;
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // It went away meanwhile.
    return [];
  }
}

const parts = new Map<string, Sum>();
const modules: { id: string; bytes: number }[] = [];
const add = (part: string, { bytes, files }: Sum) => {
  const known = parts.get(part) ?? { bytes: 0, files: 0 };
  parts.set(part, { bytes: known.bytes + bytes, files: known.files + files });
};
for (const name of namesIn(home)) {
  if (name !== "agents") {
    // A database is one part with its log.
    add(name.replace(/-(wal|shm)$/, ""), sumOf(join(home, name), 1));
    continue;
  }
  for (const folder of namesIn(join(home, name))) {
    const sum = sumOf(join(home, name, folder), 2);
    add(name, sum);
    const id = MODULE.exec(`agents/${folder}`)?.[1];
    if (id !== undefined) modules.push({ id, bytes: sum.bytes });
  }
}
const { bavail, blocks, bsize } = statfsSync(home);
const list = [...parts].map(([part, sum]) => ({ part, ...sum })).sort((a, b) => b.bytes - a.bytes);
parentPort?.postMessage({
  free_bytes: bavail * bsize,
  total_bytes: blocks * bsize,
  home_bytes: list.reduce((all, { bytes }) => all + bytes, 0),
  parts: list,
  modules: modules.sort((a, b) => b.bytes - a.bytes).slice(0, MODULES_SHOWN),
  complete: counted < FILES_MAX,
});
