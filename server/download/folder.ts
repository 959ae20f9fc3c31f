import { createReadStream } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { FieldworkError } from "#contract";
import { attachment } from "./file.ts";
import { padding, TAR_END, type TarEntry, tarHeader, tarSize } from "./tar.ts";

const FILES_MAX = 1_000_000;

/** A folder as a tar archive, its files below a folder of the given name; links and special files are left out. */
export async function downloadFolder(folder: string, name: string, signal: AbortSignal): Promise<Response> {
  const entries = await list(folder, signal);
  const named = (entry: TarEntry): TarEntry => ({ ...entry, path: `${name}/${entry.path}` });
  const size = entries.reduce((sum, entry) => sum + tarSize(named(entry)), TAR_END.length);
  const bytes = async function* () {
    for (const entry of entries) {
      yield tarHeader(named(entry));
      let sent = 0;
      for await (const chunk of createReadStream(join(folder, entry.path), {
        signal,
        end: Math.max(0, entry.size - 1),
      })) {
        sent += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      // Whoever changed the file meanwhile makes the archive worthless: better cut off than wrong.
      if (sent !== entry.size) throw new Error(`${entry.path} was changed while it was sent`);
      yield padding(entry.size);
    }
    yield TAR_END;
  };
  const body = Readable.toWeb(Readable.from(bytes(), { objectMode: false })) as ReadableStream<Uint8Array>;
  return new Response(body, { headers: attachment(`${name}.tar`, "application/x-tar", size) });
}

async function list(folder: string, signal: AbortSignal): Promise<TarEntry[]> {
  const found: TarEntry[] = [];
  const folders = [""];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for await (const one of await opendir(join(folder, at))) {
      signal.throwIfAborted();
      const path = at === "" ? one.name : `${at}/${one.name}`;
      if (one.isDirectory()) folders.push(path);
      if (!one.isFile()) continue;
      if (found.length >= FILES_MAX)
        throw new FieldworkError("too_large", `The backup has more than ${FILES_MAX} files.`, {
          remedy: `Copy the folder ${folder} itself.`,
        });
      const { size, mode, mtimeMs } = await stat(join(folder, path));
      found.push({ path, size, mode, modified: mtimeMs });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
