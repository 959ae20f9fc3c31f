import { FieldworkError } from "#contract";

/** A path as it is written, before any link in it is looked at. */
export type WrittenPath =
  | { readonly area: "workspace" | "shared"; readonly segments: readonly string[] }
  | { readonly area: "machine"; readonly base: string; readonly segments: readonly string[] };

const SEGMENTS_MOST = 256;
const TEMPORARY = /^\.fieldwork-[0-9a-f]{16}\.tmp$/;
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i;

/** The name of a file that is being written, before it takes the place of the old one; never shown, never addressed. */
export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

/**
 * Reads a path: relative ones and `/workspace/…` lie in the workspace, `/shared/…` in the shared folder, other absolute ones
 * on the machine. `..` is resolved in the text and never leads out of workspace or shared folder.
 * @throws FieldworkError `invalid_input`, or `denied` where `..` leads out.
 */
export function readPath(path: string, platform: NodeJS.Platform = process.platform): WrittenPath {
  if (path.includes("\0") || !path.isWellFormed())
    throw new FieldworkError("invalid_input", "The path holds a NUL or half of a surrogate pair.");
  if (platform === "win32") return readWindowsPath(path);
  if (!path.startsWith("/")) return { area: "workspace", segments: inside(path, path.split("/")) };
  return absolute(path, path.split("/"), "/");
}

function readWindowsPath(path: string): WrittenPath {
  const parts = path.split(/[\\/]/);
  const drive = /^[A-Za-z]:$/.test(parts[0] ?? "") && parts.length > 1 ? parts[0] : undefined;
  const written = drive
    ? ({
        area: "machine",
        base: `${drive.toUpperCase()}\\`,
        segments: upward(parts.slice(1)).segments,
      } as const)
    : /^[\\/]{2}/.test(path)
      ? undefined
      : path.startsWith("/")
        ? absolute(path, parts, undefined)
        : path.startsWith("\\")
          ? undefined
          : ({ area: "workspace", segments: inside(path, parts) } as const);
  if (!written)
    throw new FieldworkError("denied", `${path} is a network, device or drive-less path.`, {
      remedy: "Use a path that begins with a drive letter, or one in the workspace.",
    });
  for (const segment of written.segments)
    if (segment.includes(":") || /[. ]$/.test(segment) || DEVICE_NAME.test(segment))
      throw new FieldworkError("invalid_input", `Windows gives "${segment}" a meaning of its own.`, {
        remedy: "Use a name without ':', without a dot or space at its end, that is no device's name.",
      });
  return written;
}

function absolute(path: string, parts: readonly string[], base: string): WrittenPath;
function absolute(path: string, parts: readonly string[], base: undefined): WrittenPath | undefined;
function absolute(path: string, parts: readonly string[], base: string | undefined): WrittenPath | undefined {
  const [first, ...rest] = parts.filter((part) => part !== "" && part !== ".");
  if (first === "workspace" || first === "shared") return { area: first, segments: inside(path, rest) };
  if (base === undefined) return undefined;
  const { segments } = upward(parts);
  // After `..` the text may name a virtual folder that it did not begin with: /etc/../shared is /shared.
  if (segments[0] === "workspace" || segments[0] === "shared")
    return { area: segments[0], segments: segments.slice(1) };
  return { area: "machine", base, segments };
}

function inside(path: string, parts: readonly string[]): readonly string[] {
  const { segments, left } = upward(parts);
  if (left)
    throw new FieldworkError("denied", `${path} leads out of the folder it begins in.`, {
      remedy: "Use a path inside the workspace, or an absolute path the owner has granted.",
    });
  return segments;
}

function upward(parts: readonly string[]): { segments: readonly string[]; left: boolean } {
  const segments: string[] = [];
  let left = false;
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part !== "..") segments.push(part);
    else if (segments.pop() === undefined) left = true;
  }
  if (segments.length > SEGMENTS_MOST)
    throw new FieldworkError("invalid_input", `The path has more than ${SEGMENTS_MOST} segments.`);
  if (segments.some(isTemporary))
    throw new FieldworkError("invalid_input", "The path names a file that is being written.");
  return { segments, left };
}
