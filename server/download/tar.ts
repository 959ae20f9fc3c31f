/** The tar format of POSIX.1-2001 (pax interchange format): https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
const BLOCK = 512;
const NAME_MAX_BYTES = 100;
/** Eleven octal digits. */
const SIZE_MAX = 0o77777777777;

export interface TarEntry {
  /** With `/` between names. */
  readonly path: string;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Two empty blocks. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

/** What stands before a file's bytes. */
export function tarHeader(entry: TarEntry): Buffer {
  const long = Buffer.byteLength(entry.path) > NAME_MAX_BYTES || !/^[\x20-\x7e]*$/.test(entry.path);
  const records = [
    ...(long ? [record("path", entry.path)] : []),
    ...(entry.size > SIZE_MAX ? [record("size", String(entry.size))] : []),
  ];
  if (records.length === 0) return header(entry, "0");
  const body = Buffer.from(records.join(""));
  const extended = { path: "pax", size: body.length, mode: 0o600, modified: entry.modified };
  return Buffer.concat([
    header(extended, "x"),
    body,
    padding(body.length),
    header({ ...entry, path: "long", size: entry.size > SIZE_MAX ? 0 : entry.size }, "0"),
  ]);
}

/** What stands behind so many bytes of a file. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** What an entry takes in the archive, in bytes. */
export const tarSize = (entry: TarEntry): number =>
  tarHeader(entry).length + entry.size + padding(entry.size).length;

/** `length key=value\n`, where the length counts itself. */
function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

function header({ path, size, mode, modified }: TarEntry, type: "0" | "x"): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${Math.floor(value).toString(8).padStart(digits, "0")}\0`, at, "latin1");
  block.write(path, 0, "latin1");
  octal(mode & 0o777, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(Math.max(0, modified / 1000), 136, 11);
  block.write("        ", 148, "latin1");
  block.write(type, 156, "latin1");
  block.write("ustar\0" + "00", 257, "latin1");
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
