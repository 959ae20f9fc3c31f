import { errno, fail } from "./errno.ts";
import { isBelow } from "./path.ts";
import type { DirectoryEntry, VirtualFs } from "./virtual-fs.ts";

interface Access {
  /** `$fdflags`. */
  flags: number;
  /** Rights to use the descriptor itself. */
  base: number;
  /** Rights that descriptors opened through it may have. */
  inheriting: number;
}

export interface InputStream extends Access {
  readonly kind: "input";
  readonly data: Uint8Array;
  position: number;
}

export interface OutputStream extends Access {
  readonly kind: "output";
  write(chunk: Uint8Array): void;
}

interface Node extends Access {
  readonly fs: VirtualFs;
  /** A number for `fs`, the same wherever it is preopened. */
  readonly device: number;
  /** Follows the file when the guest moves it. */
  path: string;
  /** The guest removed or replaced what was open here; a path cannot name it any more. */
  removed: boolean;
}

export interface OpenFile extends Node {
  readonly kind: "file";
  position: number;
}

export interface OpenDirectory extends Node {
  readonly kind: "directory";
  /** The name under which the guest finds it, for a preopened one. */
  readonly preopen: string | undefined;
  /** What the directory held when it was last read from the start. */
  listing: readonly DirectoryEntry[] | undefined;
}

export type Descriptor = InputStream | OutputStream | OpenFile | OpenDirectory;

export interface DescriptorTable {
  /** EBADF if it is not open. */
  get(fd: number): Descriptor;
  /** An open file with all of `needed`: EBADF, EISDIR, ESPIPE for a stream, ENOTCAPABLE, ENOENT if it was removed. */
  file(fd: number, needed: number): OpenFile;
  /** An open directory with all of `needed`: EBADF, ENOTDIR, ENOTCAPABLE, ENOENT if it was removed. */
  directory(fd: number, needed: number): OpenDirectory;
  /** EMFILE when no further descriptor can be opened. */
  checkRoom(): void;
  /** Puts a descriptor at the lowest free number. */
  open(descriptor: Descriptor): number;
  close(fd: number): void;
  /** Moves `from` over `to`, which is closed; both are open. */
  renumber(from: number, to: number): void;
  /** Tells open descriptors that a path is gone. */
  removed(fs: VirtualFs, path: string): void;
  /** Tells open descriptors that a path, and all below it, has a new name. */
  moved(fs: VirtualFs, from: string, to: string): void;
  /** Directory entries held by all open directories. */
  heldEntries(): number;
}

export function requireRights(descriptor: Descriptor, needed: number): void {
  if ((descriptor.base & needed) !== needed) fail(errno.notCapable);
}

export function createDescriptorTable(limit: number): DescriptorTable {
  const slots: (Descriptor | undefined)[] = [];
  let openCount = 0;

  function get(fd: number): Descriptor {
    return slots[fd] ?? fail(errno.badFileDescriptor);
  }

  function checkRoom(): void {
    if (openCount >= limit) fail(errno.tooManyOpenFiles);
  }

  function* nodesAt(fs: VirtualFs): Iterable<OpenFile | OpenDirectory> {
    for (const slot of slots) {
      if (slot !== undefined && "fs" in slot && slot.fs === fs && !slot.removed) yield slot;
    }
  }

  return {
    get,
    file(fd, needed) {
      const descriptor = get(fd);
      if (descriptor.kind === "directory") fail(errno.isDirectory);
      if (descriptor.kind !== "file") fail(errno.notSeekable);
      requireRights(descriptor, needed);
      if (descriptor.removed) fail(errno.notFound);
      return descriptor;
    },
    directory(fd, needed) {
      const descriptor = get(fd);
      if (descriptor.kind !== "directory") fail(errno.notDirectory);
      requireRights(descriptor, needed);
      if (descriptor.removed) fail(errno.notFound);
      return descriptor;
    },
    checkRoom,
    open(descriptor) {
      checkRoom();
      const free = slots.indexOf(undefined);
      const fd = free === -1 ? slots.length : free;
      slots[fd] = descriptor;
      openCount++;
      return fd;
    },
    close(fd) {
      get(fd);
      slots[fd] = undefined;
      openCount--;
    },
    renumber(from, to) {
      const descriptor = get(from);
      get(to);
      if (from === to) return;
      slots[to] = descriptor;
      slots[from] = undefined;
      openCount--;
    },
    removed(fs, path) {
      for (const node of nodesAt(fs)) if (node.path === path) node.removed = true;
    },
    moved(fs, from, to) {
      for (const node of nodesAt(fs)) {
        if (node.path === from || isBelow(node.path, from)) node.path = to + node.path.slice(from.length);
      }
    },
    heldEntries() {
      let held = 0;
      for (const slot of slots) if (slot?.kind === "directory") held += slot.listing?.length ?? 0;
      return held;
    },
  };
}
