import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FieldworkError, PACK_LIMITS } from "#contract";
import { openArchive, unpackContents } from "../archive.ts";
import { agentEntries } from "../fixtures/agent.ts";
import { descriptor, type RawEnd, type RawEntry, rawZip, u16, u32 } from "../fixtures/raw_zip.ts";
import { scratch } from "../fixtures/scratch.ts";

const MIB = 1024 * 1024;
const LINK = 0o120777;
const DEVICE = 0o020666;
const CRC_OF_HELLO = 0x3610a686;
const SIXTEEN_BITS = 0xffff;
const THIRTY_TWO_BITS = 0xffffffff;

type Refusal = [
  name: string,
  problem: RegExp,
  entries: readonly RawEntry[],
  end?: RawEnd | undefined,
  code?: "too_large",
];

const hello = (name: string, more: Partial<RawEntry> = {}): RawEntry => ({ name, content: "hello", ...more });
const path = (name: string | Buffer): RawEntry[] => [{ name, content: "x" }];

const paths: readonly Refusal[] = [
  ["an absolute path", /absolute/, path("/etc/passwd")],
  ["a climbing path", /climbs/, path("a/../../evil")],
  ["a path of two dots", /climbs/, path("..")],
  ["a path with a dot alone", /climbs/, path("a/./b")],
  ["a backslash", /backslash/, path("..\\evil")],
  ["a drive letter", /drive/, path("C:evil")],
  ["a stream of a file", /stream/, path("agent.ts:evil")],
  ["a NUL", /control/, path("agent.ts\0.png")],
  ["an escape character", /control/, path("a\x1b[2J")],
  ["a C1 control character", /control/, path("a\u009b2J")],
  ["text that reads backwards", /unseen/, path("a\u202egpj.ts")],
  ["a device's name", /reserved/, path("CON")],
  ["a device's name in small letters with an extension", /reserved/, path("a/nul.txt")],
  ["a device's name before a space", /reserved/, path("com1 .txt")],
  ["a name that ends in a dot", /ends in a dot/, path("a./b")],
  ["a name that ends in a space", /ends in a dot or a space/, path("a ")],
  ["an empty name", /empty/, path("a//b")],
  ["an empty path", /empty/, path("")],
  ["a single slash", /empty/, [{ name: "/" }]],
  ["a path that is not UTF-8", /not UTF-8/, path(Buffer.from([0x61, 0xff, 0xfe]))],
  ["an overlong UTF-8 slash", /not UTF-8/, path(Buffer.from([0x2e, 0x2e, 0xc0, 0xaf, 0x61]))],
  ["a path that is not NFC", /NFC/, path("cafe\u0301")],
  ["too long a path", /longer than 1024/, path(Array(5).fill("x".repeat(250)).join("/"))],
  ["too long a name", /longer than 255/, path("é".repeat(128))],
  ["too deep a path", /deeper/, path(`${"a/".repeat(32)}b`)],
];

const places: readonly Refusal[] = [
  ["the same path twice", /twice/, [...path("a"), ...path("a")]],
  ["the same folder twice", /twice/, [{ name: "a/" }, { name: "a/" }]],
  ["paths that differ in case", /differs only in case/, [...path("Agent.ts")]],
  ["paths that differ in a folder's case", /differs only in case/, [...path("A/x"), ...path("a/y")]],
  ["paths that fold to the same letters", /differs only in case/, [...path("straße"), ...path("STRASSE")]],
  ["a file above another file", /file and a folder/, [...path("a"), ...path("a/b")]],
  ["a file in place of a folder", /file and a folder/, [...path("a/b"), ...path("a")]],
  ["a file and a folder of one name", /file and a folder/, [{ name: "a/" }, ...path("a")]],
];

const kinds: readonly Refusal[] = [
  ["a symbolic link", /link or a device/, [{ name: "a", content: "/etc/passwd", mode: LINK }]],
  ["a symbolic link named as a folder", /link or a device/, [{ name: "a/", mode: LINK }]],
  ["a device", /link or a device/, [{ name: "a", mode: DEVICE }]],
  ["a folder named as a file", /attributes say folder/, [{ name: "a", mode: 0o040755 }]],
  ["a DOS folder named as a file", /attributes say folder/, [{ name: "a", externalAttributes: 0x10 }]],
  ["a file named as a folder", /attributes say file/, [{ name: "a/", mode: 0o100644 }]],
  ["a folder with content", /folder with content/, [hello("a/")]],
];

const headers: readonly Refusal[] = [
  ["encryption", /encrypted/, [hello("a", { flags: 0x801 })]],
  ["strong encryption", /encrypted/, [hello("a", { flags: 0x840 })]],
  ["masked headers", /encrypted/, [hello("a", { flags: 0x2800 })]],
  ["patched data", /unknown flags/, [hello("a", { flags: 0x820 })]],
  ["another method", /method 12/, [hello("a", { method: 12 })]],
  ["another name in the local header", /different names/, [hello("a", { local: { name: "b" } })]],
  ["another flag in the local header", /different flags/, [hello("a", { local: { flags: 0 } })]],
  ["another method in the local header", /different methods/, [hello("a", { local: { method: 8 } })]],
  ["another size in the local header", /different sizes/, [hello("a", { local: { size: 4 } })]],
  ["another packed size in the local header", /different sizes/, [hello("a", { local: { packedSize: 4 } })]],
  ["another checksum in the local header", /checksums/, [hello("a", { local: { crc: 1 } })]],
  [
    "two names in the directory",
    /two different names/,
    [hello("a", { extra: unicodeName("../b"), local: { extra: Buffer.alloc(0) } })],
  ],
  [
    "two names in the local header",
    /different names/,
    [hello("a", { local: { extra: unicodeName("../b") } })],
  ],
  [
    "a descriptor that lies",
    /descriptor/,
    [hello("a", { flags: 0x808, after: descriptor(CRC_OF_HELLO, 5, 6) })],
  ],
  ["a descriptor that is missing", /descriptor/, [hello("a", { flags: 0x808 })]],
  ["a stored entry with two sizes", /two sizes differ/, [hello("a", { size: 6 })]],
  ["a local header that is elsewhere", /no entry where/, [hello("a", { start: 7 })]],
  ["a local header beyond the file", /no entry where/, [hello("a", { start: 0xfffffff0 })]],
  ["content beyond the entries", /reaches beyond/, [hello("a", { packedSize: 5000, size: 5000 })]],
  ["an entry in another part", /another part/, [hello("a", { disk: 1 })]],
  ["a zip64 start", /zip64/, [hello("a", { start: THIRTY_TWO_BITS })]],
  ["a zip64 size", /zip64/, [hello("a", { size: THIRTY_TWO_BITS })], undefined, "too_large"],
  ["an entry inside another's content", /overlap/, overlapping()],
  ["bytes between entries", /belong to no entry/, [hello("a", { after: Buffer.from("hidden") })]],
];

const contents: readonly Refusal[] = [
  ["a wrong checksum", /checksum/, [hello("a", { crc: 1 })]],
  ["a wrong checksum of deflated content", /checksum/, [hello("a", { method: 8, crc: 1 })]],
  ["more content than declared", /more than it declares/, [hello("a", { method: 8, size: 4 })]],
  ["less content than declared", /less than it declares/, [hello("a", { method: 8, size: 6 })]],
  ["damaged content", /damaged/, [hello("a", { method: 8, packed: Buffer.from([7, 1, 2, 3]) })]],
  [
    "content that breaks off",
    /damaged/,
    [hello("a", { method: 8, packed: deflateRawSync("hello").subarray(0, 4) })],
  ],
  [
    "bytes behind the deflated content",
    /bytes follow/,
    [hello("a", { method: 8, packed: Buffer.concat([deflateRawSync("hello"), Buffer.from("more")]) })],
  ],
  [
    "a folder that unpacks to something",
    /more than it declares/,
    [{ name: "a/", method: 8, packed: deflateRawSync("hello"), size: 0 }],
  ],
];

const limits: readonly Refusal[] = [
  [
    "an entry's ratio",
    /more than 200 times/,
    [{ name: "a", content: Buffer.alloc(2 * MIB), method: 8 }],
    undefined,
    "too_large",
  ],
  [
    "many entries' ratio",
    /it unpacks to more than 200 times/,
    numbered(40, { content: Buffer.alloc(MIB), method: 8 }),
    undefined,
    "too_large",
  ],
  [
    "the declared size",
    /it unpacks to 6\d+ bytes/,
    numbered(3, { method: 8, size: 200 * MIB, packed: Buffer.alloc(2 * MIB) }),
    undefined,
    "too_large",
  ],
  ["the number of entries", /10003 entries/, numbered(10_001, {}), undefined, "too_large"],
  [
    "the packed size",
    /are allowed/,
    [{ name: "a", content: Buffer.alloc(PACK_LIMITS.packed_bytes) }],
    undefined,
    "too_large",
  ],
];

const records: readonly Refusal[] = [
  ["an end record that lies about the count", /announces 3 entries and lists 2/, [], { entries: 3 }],
  ["an end record that hides an entry", /lists more/, path("a"), { entries: 2 }],
  ["a count that differs between its two places", /one part of several/, [], { entriesHere: 1, entries: 2 }],
  ["a part of several", /one part of several/, [], { disk: 1 }],
  ["a directory that is elsewhere", /directory is not where/, [], { directoryStart: 0 }],
  ["a directory of another size", /directory is not where/, [], { directoryBytes: 10 }],
  ["bytes before the zip", /directory is not where/, [], { before: Buffer.from("#!"), directoryStart: 0 }],
  ["bytes before the first entry", /belong to no entry/, [], { before: Buffer.from("#!/bin/sh\n") }],
  [
    "bytes between directory and end",
    /directory is not where/,
    [],
    { betweenDirectoryAndEnd: Buffer.from("x") },
  ],
  ["bytes behind the zip", /does not end where/, [], { after: Buffer.from("x") }],
  [
    "a comment longer than it says",
    /does not end where/,
    [],
    { comment: Buffer.from("abc"), commentBytes: 2 },
  ],
  [
    "an end record in the comment",
    /does not end where|directory is not where|not a whole/,
    [],
    { comment: Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(30)]) },
  ],
  ["a zip64 count", /zip64/, [], { entries: SIXTEEN_BITS }],
  ["a zip64 directory", /zip64/, [], { directoryStart: THIRTY_TWO_BITS }],
  [
    "a zip64 locator",
    /zip64/,
    [],
    { betweenDirectoryAndEnd: Buffer.concat([u32(0x07064b50), Buffer.alloc(16)]) },
  ],
];

describe.each([
  ["paths", paths],
  ["places", places],
  ["kinds of entries", kinds],
  ["headers", headers],
  ["contents", contents],
  ["limits", limits],
  ["records", records],
])("a zip with hostile %s is refused for", (_, table) => {
  test.each<Refusal>(table)("%s", async (_name, problem, entries, end, code) => {
    const { error, problems } = await refusalOf(rawZip([...agentEntries(), ...entries], end));
    expect(problems.join("\n")).toMatch(problem);
    expect(error.code).toBe(code ?? "module_invalid");
  });
});

test.each([
  ["an empty file", Buffer.alloc(0)],
  ["a file that is no zip", Buffer.from("hello")],
  ["the end record's signature alone", Buffer.from("PK\x05\x06")],
  ["a zip cut short", rawZip(agentEntries()).subarray(0, -1)],
  [
    "a directory record cut short",
    rawZip([], { betweenDirectoryAndEnd: Buffer.from("PK\x01\x02"), directoryBytes: 4, entries: 1 }),
  ],
])("%s is refused", async (_, bytes) => {
  expect((await refusalOf(bytes)).error.code).toBe("module_invalid");
});

test("every problem is reported at once, control characters made visible", async () => {
  const { problems } = await refusalOf(
    rawZip([...agentEntries(), ...path("/a"), ...path("b\x1b[2J"), ...path("../c")]),
  );
  expect(problems).toEqual([
    '"/a": the path is absolute',
    String.raw`"b\u001b[2J": the path has control or unseen characters`,
    '"../c": the path climbs',
  ]);
});

test("a hundred problems are reported, the others counted", async () => {
  const { error, problems } = await refusalOf(rawZip([...agentEntries(), ...numbered(500, { crc: 1 })]));
  expect(problems).toHaveLength(100);
  expect(error.message).toContain("and 499 more");
});

const honest: [string, readonly RawEntry[], RawEnd?][] = [
  ["a comment", [], { comment: Buffer.from("a commit's name") }],
  ["a descriptor", [hello("a", { flags: 0x808, after: descriptor(CRC_OF_HELLO, 5, 5) })]],
  [
    "a descriptor without signature",
    [hello("a", { flags: 0x808, after: descriptor(CRC_OF_HELLO, 5, 5, false) })],
  ],
  [
    "a descriptor and an empty local header",
    [
      hello("a", {
        flags: 0x808,
        local: { crc: 0, size: 0, packedSize: 0 },
        after: descriptor(CRC_OF_HELLO, 5, 5),
      }),
    ],
  ],
  ["modes of Unix", [{ name: "a/", mode: 0o040755 }, hello("a/b", { mode: 0o100755 })]],
  ["a folder after its file", [hello("a/b"), { name: "a/" }]],
  ["a Unicode name", [hello("café/日本語.md")]],
  ["an empty file", [{ name: "a", method: 8 }]],
  [
    "a small file of zeros",
    [
      { name: "a", content: Buffer.alloc(MIB), method: 8 },
      { name: "b", content: Buffer.alloc(10_000, "x") },
    ],
  ],
  ["other extra fields", [hello("a", { extra: Buffer.concat([u16(0x5455), u16(1), Buffer.from([0])]) })]],
];

test.each<(typeof honest)[number]>(honest)("an honest zip with %s is read", async (_, entries, end) => {
  const zip = rawZip([...agentEntries(), ...entries], end);
  const names = entries.map((entry) => String(entry.name).replace(/\/$/, ""));
  expect((await check(zip)).slice(2)).toEqual(names);
});

async function check(zip: Buffer): Promise<readonly string[]> {
  const file = join(scratch(), "a.zip");
  writeFileSync(file, zip);
  const archive = await openArchive(file);
  await unpackContents(archive, () => ({ write() {}, close() {} }));
  return archive.entries.map((entry) => entry.path);
}

async function refusalOf(zip: Buffer): Promise<{ error: FieldworkError; problems: readonly string[] }> {
  const error = await check(zip).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FieldworkError)) throw error ?? new Error("the zip was accepted");
  return { error, problems: (error.details as { problems: readonly string[] }).problems };
}

function numbered(count: number, entry: Partial<RawEntry>): RawEntry[] {
  return Array.from({ length: count }, (_, at) => ({ name: `f${at}`, ...entry }));
}

/** The content of `a` is a local header and the content of `b`, and the directory points there. */
function overlapping(): RawEntry[] {
  const firstFree = localPart(agentEntries()).length;
  return [{ name: "a", content: localPart([hello("b")]) }, hello("b", { start: firstFree + 31 })];
}

function localPart(entries: readonly RawEntry[]): Buffer {
  const zip = rawZip(entries);
  return zip.subarray(0, zip.indexOf("PK\x01\x02"));
}

function unicodeName(name: string): Buffer {
  const bytes = Buffer.from(name);
  return Buffer.concat([u16(0x7075), u16(5 + bytes.length), Buffer.from([1]), u32(0), bytes]);
}
