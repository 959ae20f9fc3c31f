import { closeSync, fsyncSync, openSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { toErrorData } from "#contract";
import { type Archive, openArchive, unpackContents } from "./archive.ts";
import { asDiskError } from "./disk_error.ts";
import type { Job, JobOutcome, JobResult } from "./job.ts";
import type { PackEntry, PackListing } from "./listing.ts";
import { placeContents } from "./place.ts";
import { type WrittenZip, writeZip } from "./zip/index.ts";

async function run(job: Job): Promise<JobResult[Job["kind"]]> {
  switch (job.kind) {
    case "read":
      return read(job.pack);
    case "unpack":
      return unpack(job.pack, job.into);
    case "pack":
      return pack(job.folder, job.paths, job.temporary);
  }
}

async function read(path: string): Promise<PackListing> {
  const archive = await openArchive(path);
  await unpackContents(archive, () => ({ write() {}, close() {} }));
  const files = archive.entries.filter((entry) => entry.kind === "file");
  return listing(
    archive,
    archive.root,
    files.map(({ path, size }) => ({ path, size })),
  );
}

async function unpack(path: string, into: string): Promise<PackListing> {
  const archive = await openArchive(path);
  return listing(archive, "", await placeContents(archive, into));
}

async function pack(folder: string, paths: readonly string[], temporary: string): Promise<WrittenZip> {
  const fd = openSync(temporary, "wx+", 0o600);
  try {
    const written = await writeZip(fd, folder, paths);
    fsyncSync(fd);
    return written;
  } finally {
    closeSync(fd);
  }
}

function listing(
  { manifest, bytes, sha256, kind }: Archive,
  root: string,
  entries: readonly PackEntry[],
): PackListing {
  return { manifest, entries, bytes, sha256, kind, root };
}

let outcome: JobOutcome;
try {
  outcome = { ok: true, result: await run(workerData as Job) };
} catch (thrown) {
  outcome = { ok: false, error: toErrorData(asDiskError(thrown)) };
}
parentPort!.postMessage(outcome);
