import { PACK_LIMITS } from "#contract";

/** Names that Windows gives to devices, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;
/** Control characters, and those that make a name read otherwise than it is. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/u;

/**
 * What forbids a path in a pack, or undefined. A path is relative, `/` between its names, in NFC, and means the same
 * file on every system.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "the path is empty";
  if (Buffer.byteLength(path) > PACK_LIMITS.path_bytes)
    return `the path is longer than ${PACK_LIMITS.path_bytes} bytes`;
  if (UNSEEN.test(path)) return "the path has control or unseen characters";
  if (path !== path.normalize("NFC")) return "the path is not in Unicode's NFC form";
  if (path.includes("\\")) return "the path has a backslash";
  if (path.startsWith("/")) return "the path is absolute";
  if (path.includes(":")) return "the path has a colon (a drive or a stream)";
  const names = path.split("/");
  if (names.length > PACK_LIMITS.depth) return `the path is deeper than ${PACK_LIMITS.depth} folders`;
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function nameProblem(name: string): string | undefined {
  if (name === "") return "the path has an empty name";
  if (name === "." || name === "..") return "the path climbs";
  if (/[. ]$/.test(name)) return "a name ends in a dot or a space";
  if (DEVICE.test(name)) return "a name is reserved by Windows";
  if (Buffer.byteLength(name) > PACK_LIMITS.name_bytes)
    return `a name is longer than ${PACK_LIMITS.name_bytes} bytes`;
  return undefined;
}
