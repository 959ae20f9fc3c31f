import { invalid, overLimit, unsupported } from "./error.ts";
import { type Reader, readByte, readName, readPart, readU32 } from "./reader.ts";

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

const KNOWN_SECTIONS = 14;

export interface CustomSection {
  readonly name: string;
  /** What follows the name. */
  readonly content: Reader;
  /** Whether it stands before every other section, as `dylink.0` must. */
  readonly leading: boolean;
}

export interface SectionIndex {
  /** By section id. */
  readonly sections: readonly (Reader | undefined)[];
  readonly customs: readonly CustomSection[];
}

/** Finds the sections of a binary without reading them. */
export function indexSections(bytes: Uint8Array, customLimit: number): SectionIndex {
  const r: Reader = { bytes, pos: 8, end: bytes.length };
  const sections = new Array<Reader | undefined>(KNOWN_SECTIONS).fill(undefined);
  const customs: CustomSection[] = [];
  let leading = true;
  while (r.pos < r.end) {
    const offset = r.pos;
    const id = readByte(r);
    const content = readPart(r, readU32(r));
    if (id === SECTION.custom) {
      if (customs.length === customLimit)
        throw overLimit("custom sections", customs.length + 1, customLimit, offset);
      customs.push({ name: readName(content), content, leading });
      continue;
    }
    if (id >= KNOWN_SECTIONS) throw unsupported(`section ${id}`, offset);
    if (sections[id] !== undefined) throw invalid(`section ${id} is there twice`, offset);
    sections[id] = content;
    leading = false;
  }
  return { sections, customs };
}
