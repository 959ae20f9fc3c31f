const STARTS: readonly (readonly [string, (bytes: Buffer) => boolean])[] = [
  ["image/png", (bytes) => bytes.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", (bytes) => bytes.subarray(0, 3).toString("latin1") === "\xff\xd8\xff"],
  ["image/gif", (bytes) => /^GIF8[79]a$/.test(bytes.subarray(0, 6).toString("latin1"))],
  [
    "image/webp",
    (bytes) =>
      bytes.subarray(0, 4).toString("latin1") === "RIFF" &&
      bytes.subarray(8, 12).toString("latin1") === "WEBP",
  ],
];
const UNKNOWN = "application/octet-stream";

/**
 * The media type of a file: that of an image which browsers and models show by the bytes it begins with, never by what is claimed; of
 * anything else what is claimed.
 */
export function typeOf(begins: Buffer, claimed: string): string {
  const image = STARTS.find(([, is]) => is(begins));
  if (image) return image[0];
  const type = claimed.split(";")[0]?.trim().toLowerCase() ?? "";
  const named = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/.test(type);
  return named && !STARTS.some(([one]) => one === type) ? type : UNKNOWN;
}
