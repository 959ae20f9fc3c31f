import fc from "fast-check";
import { expect, it } from "vitest";
import { errno } from "./errno.ts";
import { append, create, exclusive, fileCalls, parseDirents, truncate, workspace } from "./fixtures/files.ts";
import { startGuest } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";

/** What a POSIX program expects of its files, said as plainly as possible: whole-text files and a set of directories. */
interface Model {
  readonly files: Map<string, string>;
  readonly directories: Set<string>;
  readonly open: { fd: number; path: string; position: number; append: boolean; removed: boolean }[];
}

const names = ["a", "b", "d", "d/a", "d/e", "d/e/b"] as const;
const path = fc.constantFrom(...names);
const text = fc.string({ unit: fc.constantFrom("x", "y", "z"), maxLength: 6 });
const slot = fc.nat({ max: 3 });

const operation = fc.oneof(
  fc.record({
    do: fc.constant("open" as const),
    path,
    flags: fc.constantFrom(0, create, create | exclusive, create | truncate, truncate),
    append: fc.boolean(),
  }),
  fc.record({ do: fc.constant("close" as const), slot }),
  fc.record({ do: fc.constant("read" as const), slot, length: fc.nat({ max: 8 }) }),
  fc.record({ do: fc.constant("write" as const), slot, text }),
  fc.record({
    do: fc.constant("pread" as const),
    slot,
    length: fc.nat({ max: 8 }),
    offset: fc.nat({ max: 12 }),
  }),
  fc.record({ do: fc.constant("pwrite" as const), slot, text, offset: fc.nat({ max: 12 }) }),
  fc.record({
    do: fc.constant("seek" as const),
    slot,
    delta: fc.integer({ min: -8, max: 8 }),
    whence: fc.nat({ max: 2 }),
  }),
  fc.record({ do: fc.constant("resize" as const), slot, size: fc.nat({ max: 10 }) }),
  fc.record({ do: fc.constant("stat" as const), path }),
  fc.record({ do: fc.constant("list" as const), path: fc.constantFrom("", "d", "d/e") }),
  fc.record({ do: fc.constant("mkdir" as const), path }),
  fc.record({ do: fc.constant("rmdir" as const), path }),
  fc.record({ do: fc.constant("unlink" as const), path }),
  fc.record({ do: fc.constant("rename" as const), path, to: path }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
type Outcome = { readonly errno: number; readonly value?: unknown };

const parentOf = (of: string): string => of.slice(0, Math.max(0, of.lastIndexOf("/")));
const ok = (value?: unknown): Outcome => ({ errno: 0, value });
const no = (number: number): Outcome => ({ errno: number });

function patch(old: string, offset: number, data: string): string {
  if (data === "") return old;
  const padded = old.padEnd(offset, "\0");
  return padded.slice(0, offset) + data + padded.slice(offset + data.length);
}

/** Why a path cannot be reached, if it cannot: something above it is missing or is a file. */
function unreachable(model: Model, of: string): Outcome | undefined {
  for (let above = parentOf(of); above !== ""; above = parentOf(above)) {
    if (model.files.has(above)) return no(errno.notDirectory);
  }
  return model.directories.has(parentOf(of)) ? undefined : no(errno.notFound);
}

function expected(model: Model, op: Operation): Outcome {
  const { files, directories } = model;
  const isEmpty = (of: string): boolean =>
    ![...files.keys(), ...directories].some((each) => each !== of && each.startsWith(`${of}/`));

  if ("slot" in op) {
    const handle = model.open[op.slot];
    if (handle === undefined) return no(errno.badFileDescriptor);
    if (op.do === "close") {
      model.open.splice(op.slot, 1);
      return ok();
    }
    if (handle.removed) return no(errno.notFound);
    const content = files.get(handle.path) as string;
    switch (op.do) {
      case "read": {
        const value = content.slice(handle.position, handle.position + op.length);
        handle.position += value.length;
        return ok(value);
      }
      case "write": {
        const offset = handle.append ? content.length : handle.position;
        files.set(handle.path, patch(content, offset, op.text));
        handle.position = offset + op.text.length;
        return ok();
      }
      case "pread":
        return ok(content.slice(op.offset, op.offset + op.length));
      case "pwrite":
        files.set(handle.path, patch(content, op.offset, op.text));
        return ok();
      case "seek": {
        const target = [0, handle.position, content.length][op.whence]! + op.delta;
        if (target < 0) return no(errno.invalid);
        handle.position = target;
        return ok(BigInt(target));
      }
      case "resize":
        files.set(handle.path, content.slice(0, op.size).padEnd(op.size, "\0"));
        return ok();
    }
  }

  const isDirectory = directories.has(op.path);
  const isFile = files.has(op.path);
  const blocked = op.path === "" ? undefined : unreachable(model, op.path);
  if (blocked !== undefined) return blocked;
  switch (op.do) {
    case "open": {
      if ((op.flags & create) !== 0) {
        if ((op.flags & exclusive) !== 0 && (isFile || isDirectory)) return no(errno.exists);
      } else if (!isFile && !isDirectory) return no(errno.notFound);
      if (isDirectory) return no(errno.isDirectory);
      if (!isFile || (op.flags & truncate) !== 0) files.set(op.path, "");
      return ok();
    }
    case "stat":
      if (isDirectory) return ok({ type: 3, size: 0n });
      return isFile ? ok({ type: 4, size: BigInt(files.get(op.path)!.length) }) : no(errno.notFound);
    case "list": {
      if (!isDirectory) return no(isFile ? errno.notDirectory : errno.notFound);
      const inside = [...files.keys(), ...directories].filter(
        (each) => each !== "" && parentOf(each) === op.path,
      );
      return ok([".", "..", ...inside.map((each) => each.slice(each.lastIndexOf("/") + 1))].sort());
    }
    case "mkdir":
      if (isFile || isDirectory) return no(errno.exists);
      directories.add(op.path);
      return ok();
    case "rmdir":
      if (!isDirectory) return no(isFile ? errno.notDirectory : errno.notFound);
      if (!isEmpty(op.path)) return no(errno.notEmpty);
      directories.delete(op.path);
      return ok();
    case "unlink":
      if (!isFile) return no(isDirectory ? errno.isDirectory : errno.notFound);
      files.delete(op.path);
      for (const handle of model.open) if (handle.path === op.path) handle.removed = true;
      return ok();
    case "rename": {
      if (!isFile && !isDirectory) return no(errno.notFound);
      if (op.path === op.to) return ok();
      if (op.to.startsWith(`${op.path}/`)) return no(errno.invalid);
      const blockedTo = unreachable(model, op.to);
      if (blockedTo !== undefined) return blockedTo;
      if (isFile && directories.has(op.to)) return no(errno.isDirectory);
      if (isDirectory && files.has(op.to)) return no(errno.notDirectory);
      if (directories.has(op.to) && !isEmpty(op.to)) return no(errno.notEmpty);
      for (const handle of model.open) if (handle.path === op.to && !handle.removed) handle.removed = true;
      const renamed = (of: string): string | undefined =>
        of === op.path || of.startsWith(`${op.path}/`) ? op.to + of.slice(op.path.length) : undefined;
      for (const [from, content] of [...files]) {
        const to = renamed(from);
        if (to !== undefined) {
          files.delete(from);
          files.set(to, content);
        }
      }
      for (const from of [...directories]) {
        const to = renamed(from);
        if (to !== undefined) {
          directories.delete(from);
          directories.add(to);
        }
      }
      for (const handle of model.open) if (!handle.removed) handle.path = renamed(handle.path) ?? handle.path;
      return ok();
    }
  }
}

it("any sequence of file operations does what a POSIX program expects", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 60 }), async (operations) => {
      const fs = createMemoryFs();
      const guest = startGuest({ preopens: { "/workspace": fs } });
      const calls = fileCalls(guest);
      const model: Model = { files: new Map(), directories: new Set([""]), open: [] };

      async function actual(op: Operation): Promise<Outcome> {
        const fd = "slot" in op ? (model.open[op.slot]?.fd ?? 999) : -1;
        switch (op.do) {
          case "open": {
            const opened = await calls.open(op.path, {
              flags: op.flags,
              descriptorFlags: op.append ? append : 0,
            });
            if (opened.errno !== 0) return no(opened.errno);
            model.open.push({ fd: opened.fd, path: op.path, position: 0, append: op.append, removed: false });
            return ok();
          }
          case "close":
            return { errno: await guest.call("fd_close", fd) };
          case "read": {
            const read = await calls.read(fd, op.length);
            return read.errno === 0 ? ok(read.text) : no(read.errno);
          }
          case "write":
            return { errno: await calls.write(fd, op.text) };
          case "pread": {
            const read = await calls.pread(fd, op.length, BigInt(op.offset));
            return read.errno === 0 ? ok(read.text) : no(read.errno);
          }
          case "pwrite":
            return { errno: await calls.pwrite(fd, op.text, BigInt(op.offset)) };
          case "seek": {
            const sought = await calls.seek(fd, BigInt(op.delta), op.whence);
            return sought.errno === 0 ? ok(sought.position) : no(sought.errno);
          }
          case "resize":
            return { errno: await guest.call("fd_filestat_set_size", fd, BigInt(op.size)) };
          case "stat": {
            const stat = await calls.stat(op.path);
            return stat.errno === 0 ? ok({ type: stat.type, size: stat.size }) : no(stat.errno);
          }
          case "list": {
            const opened = await calls.open(op.path === "" ? "." : op.path, { flags: 2 });
            if (opened.errno !== 0) return no(opened.errno);
            const { data } = await calls.readdir(opened.fd, 4096, 0n);
            await guest.call("fd_close", opened.fd);
            return ok(
              parseDirents(data)
                .map(({ name }) => name)
                .sort(),
            );
          }
          case "mkdir":
            return { errno: await calls.onPath("path_create_directory", op.path, workspace) };
          case "rmdir":
            return { errno: await calls.onPath("path_remove_directory", op.path, workspace) };
          case "unlink":
            return { errno: await calls.onPath("path_unlink_file", op.path, workspace) };
          case "rename":
            return { errno: await calls.rename(op.path, op.to) };
        }
      }

      for (const op of operations) {
        const happened = await actual(op);
        expect({ op, ...happened }).toEqual({ op, ...expected(model, op) });
      }
      for (const [of, content] of model.files) expect(fs.text(of)).toBe(content);
    }),
    { numRuns: 300 },
  );
});
