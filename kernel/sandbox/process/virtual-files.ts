import { type FileStat, type VirtualFs, VirtualFsError, type VirtualFsErrorCode } from "../wasi/index.ts";
import { ask, type KernelPort, PortError } from "./port.ts";

const CODES: Readonly<Record<string, VirtualFsErrorCode>> = {
  not_found: "not_found",
  denied: "denied",
  approval_required: "denied",
  safe_mode: "denied",
  conflict: "exists",
  too_large: "too_large",
  invalid_input: "invalid",
  storage_failed: "no_space",
};

interface StatResult {
  readonly found: boolean;
  readonly kind?: "file" | "directory";
  readonly size?: number;
  readonly modified_at?: string;
}

/** A preopened folder of a guest, served by the `fs.*` capabilities under the guest's own grants. */
export function createVirtualFiles(port: KernelPort, root: string): VirtualFs {
  const at = (path: string) => (path === "" ? root : `${root}/${path}`);
  const call = async <T>(cap: string, args: unknown): Promise<T> => {
    try {
      return await ask<T>(port, cap, args);
    } catch (error) {
      if (error instanceof PortError) throw new VirtualFsError(CODES[error.code] ?? "io", error.message);
      throw error;
    }
  };
  const stat = async (path: string): Promise<FileStat> => {
    const found = await call<StatResult>("fs.stat", { path: at(path) });
    if (!found.found || !found.kind) throw new VirtualFsError("not_found", `there is no ${at(path)}`);
    return { kind: found.kind, size: found.size ?? 0, mtimeMs: Date.parse(found.modified_at ?? "") || 0 };
  };

  return {
    stat,
    async read(path, offset, length) {
      const { content } = await call<{ content: string }>("fs.read", {
        path: at(path),
        offset,
        length,
        encoding: "base64",
      });
      return Buffer.from(content, "base64");
    },
    async write(path, offset, data) {
      await call("fs.write", {
        path: at(path),
        content: Buffer.from(data).toString("base64"),
        encoding: "base64",
        offset,
      });
    },
    async create(path, { exclusive, truncate }) {
      const present = await stat(path).then(
        (found) => found,
        (error: VirtualFsError) => {
          if (error.code === "not_found") return undefined;
          throw error;
        },
      );
      if (present && exclusive) throw new VirtualFsError("exists", `${at(path)} exists`);
      if (present?.kind === "directory") throw new VirtualFsError("is_directory", `${at(path)} is a folder`);
      if (!present) await call("fs.write", { path: at(path), content: "", mode: "create" });
      else if (truncate) await call("fs.truncate", { path: at(path), size: 0 });
    },
    truncate: (path, size) => call("fs.truncate", { path: at(path), size }),
    async list(path) {
      const { entries } = await call<{ entries: { name: string; kind: "file" | "directory" }[] }>("fs.list", {
        path: at(path),
        limit: 10_000,
      });
      return entries;
    },
    async mkdir(path) {
      const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      await stat(parent);
      const present = await stat(path).catch(() => undefined);
      if (present) throw new VirtualFsError("exists", `${at(path)} exists`);
      await call("fs.mkdir", { path: at(path) });
    },
    async remove(path, kind) {
      const found = await stat(path);
      if (found.kind !== kind)
        throw new VirtualFsError(kind === "file" ? "is_directory" : "not_directory", at(path));
      if (kind === "directory" && (await this.list(path)).length > 0)
        throw new VirtualFsError("not_empty", at(path));
      await call("fs.delete", { path: at(path) });
    },
    move: (from, to) => call("fs.move", { from: at(from), to: at(to), overwrite: true }),
  };
}
