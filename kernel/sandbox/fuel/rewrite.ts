import { createBranchHints } from "./branch_hints.ts";
import { createBodyMeter } from "./code.ts";
import { rewriteCustom } from "./custom_sections.ts";
import { type Draft, draftSection, emitDraft, emitSection, emitVerbatim } from "./draft.ts";
import { invalid, overLimit } from "./error.ts";
import type { ExportFact, ImportFact, ModuleFacts } from "./facts.ts";
import { createIndexSpaces } from "./index_spaces.ts";
import { createInjected, INJECTED_TYPES } from "./injected.ts";
import {
  CODE_SIZE_CEILING,
  DEFAULT_TABLE_MAX_ENTRIES,
  type MeterLimits,
  type MeterOptions,
} from "./options.ts";
import { readU32 } from "./reader.ts";
import {
  copyElementSegment,
  copyExport,
  copyFunction,
  copyGlobal,
  copyImport,
  copyMemory,
  copyTable,
  copyTag,
  copyType,
  type SectionContext,
} from "./section_copy.ts";
import { indexSections, SECTION } from "./section_index.ts";
import { createWriter, writeByte, writeBytes, writeName, writeS64, writeU32, written } from "./writer.ts";

export const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

export interface Rewritten {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fuelExport: string;
  readonly yieldImport: { readonly module: string; readonly name: string };
  readonly facts: ModuleFacts;
}

const FUEL_EXPORT = "fuel";
const YIELD_MODULE = "fuel";
const YIELD_NAME = "yield";

/** `name`, or when `taken` the first of `name_1`, `name_2` … that is not. */
function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let i = 1; taken.has(unique); i++) unique = `${name}_${i}`;
  return unique;
}

/** Rewrites a module whose header is right. It need not be valid: then this throws, or gives an invalid one. */
export function rewrite(wasm: Uint8Array, options: MeterOptions, limits: MeterLimits): Rewritten {
  const index = indexSections(wasm, limits.customSections);
  const spaces = createIndexSpaces();
  const tableMaxEntries = options.tableMaxEntries ?? DEFAULT_TABLE_MAX_ENTRIES;
  let importedFunctions = 0;
  const moveFunction = (fn: number) => (fn < importedFunctions ? fn : fn + 1);
  const context: SectionContext = {
    spaces,
    memoryMaxPages: options.memoryMaxPages,
    tableMaxEntries,
    moveFunction,
  };
  type Copy = Parameters<typeof draftSection>[3];
  const draft = (id: number, what: string, limit: number, copy: Copy, imported = 0): Draft =>
    draftSection(index, id, { what, limit, imported }, copy);

  const imports: ImportFact[] = [];
  const exports: ExportFact[] = [];
  const typeDraft = draft(SECTION.type, "types", limits.types, (r, w) => copyType(r, w, context));
  const importDraft = draft(SECTION.import, "imports", limits.imports, (r, w) => {
    imports.push(copyImport(r, w, context));
  });
  importedFunctions = spaces.functions.length;
  const functionDraft = draft(
    SECTION.function,
    "functions",
    limits.functions,
    (r, w) => copyFunction(r, w, context),
    importedFunctions,
  );
  const tableDraft = draft(
    SECTION.table,
    "tables",
    limits.tables,
    (r, w) => copyTable(r, w, context),
    spaces.tables.length,
  );
  const memoryDraft = draft(SECTION.memory, "memories", Number.POSITIVE_INFINITY, (r, w) =>
    copyMemory(r, w, context),
  );
  const tagDraft = draft(
    SECTION.tag,
    "tags",
    limits.tags,
    (r, w) => copyTag(r, w, context),
    spaces.tags.length,
  );
  const globalDraft = draft(
    SECTION.global,
    "globals",
    limits.globals,
    (r, w) => copyGlobal(r, w, context),
    spaces.globals.length,
  );
  const exportDraft = draft(SECTION.export, "exports", limits.exports, (r, w) => {
    exports.push(copyExport(r, w, context));
  });
  const elementDraft = draft(SECTION.element, "element segments", limits.elementSegments, (r, w) =>
    copyElementSegment(r, w, context),
  );
  const data = index.sections[SECTION.data];
  const dataSegments = data === undefined ? 0 : readU32({ ...data });
  if (dataSegments > limits.dataSegments)
    throw overLimit("data segments", dataSegments, limits.dataSegments, data!.pos);

  const typeCount = typeDraft.count;
  const fuelGlobal = spaces.globals.length;
  const code = index.sections[SECTION.code];
  const codeSize = code === undefined ? 0 : code.end - code.pos;
  const codeLimit = Math.min(limits.codeSize, CODE_SIZE_CEILING);
  if (codeSize > codeLimit) throw overLimit("size of the code in bytes", codeSize, codeLimit, code!.pos);
  const injected = createInjected({
    firstFunction: spaces.functions.length + 1,
    firstType: typeCount,
    yieldFunction: importedFunctions,
    fuelGlobal,
    memoryMaxPages: spaces.memories[0]?.max ?? 0,
    tableMaxEntries,
  });
  const hints = createBranchHints();
  const meterFunction = createBodyMeter({
    importedFunctions,
    fuelGlobal,
    injected,
    hints,
    limits,
    regionChargeMax: options.regionChargeMax ?? CODE_SIZE_CEILING - 1,
  });
  const codeDraft = draft(SECTION.code, "function bodies", functionDraft.count, meterFunction);
  if (codeDraft.count !== functionDraft.count)
    throw invalid("there are fewer function bodies than functions", code?.pos ?? 0);

  for (const type of INJECTED_TYPES) writeBytes(typeDraft.items, type);
  typeDraft.count += INJECTED_TYPES.length;
  const yieldName = uniqueName(
    YIELD_NAME,
    new Set(imports.filter((entry) => entry.module === YIELD_MODULE).map((entry) => entry.name)),
  );
  writeName(importDraft.items, YIELD_MODULE);
  writeName(importDraft.items, yieldName);
  writeByte(importDraft.items, 0x00);
  writeU32(importDraft.items, typeCount);
  importDraft.count++;
  injected.writeTypeIndices(functionDraft.items);
  functionDraft.count += injected.names().length;
  injected.writeBodies(codeDraft.items);
  codeDraft.count += injected.names().length;
  writeBytes(globalDraft.items, [0x7e, 0x01, 0x42]);
  writeS64(globalDraft.items, options.initialFuel ?? 0n);
  writeByte(globalDraft.items, 0x0b);
  globalDraft.count++;
  const fuelExport = uniqueName(FUEL_EXPORT, new Set(exports.map((entry) => entry.name)));
  writeName(exportDraft.items, fuelExport);
  writeByte(exportDraft.items, 0x03);
  writeU32(exportDraft.items, fuelGlobal);
  exportDraft.count++;

  const added = [
    { index: importedFunctions, name: "fuel.yield" },
    ...injected.names().map((name) => ({ index: injected.use(name), name: `fuel.${name}` })),
  ];
  const customs = index.customs.map((section) => rewriteCustom(section, moveFunction, added));
  const start = index.sections[SECTION.start];

  const out = createWriter(wasm.length + codeDraft.items.length - codeSize + 4096);
  writeBytes(out, HEADER);
  index.customs.forEach((section, i) => {
    if (section.leading && customs[i]) emitSection(out, SECTION.custom, customs[i]);
  });
  for (const section of [typeDraft, importDraft, functionDraft, tableDraft, memoryDraft, tagDraft])
    emitDraft(out, section);
  emitDraft(out, globalDraft);
  emitDraft(out, exportDraft);
  if (start !== undefined) {
    const content = createWriter(5);
    writeU32(content, moveFunction(readU32({ ...start })));
    emitSection(out, SECTION.start, content);
  }
  emitDraft(out, elementDraft);
  emitVerbatim(out, index, SECTION.dataCount);
  emitSection(out, SECTION.custom, hints.section());
  emitDraft(out, codeDraft);
  emitVerbatim(out, index, SECTION.data);
  index.customs.forEach((section, i) => {
    if (!section.leading && customs[i]) emitSection(out, SECTION.custom, customs[i]);
  });

  return {
    bytes: written(out),
    fuelExport,
    yieldImport: { module: YIELD_MODULE, name: yieldName },
    facts: {
      imports,
      exports,
      memory: spaces.memories[0],
      counts: {
        types: typeCount,
        functions: spaces.functions.length,
        tables: spaces.tables.length,
        globals: spaces.globals.length,
        tags: spaces.tags.length,
        elementSegments: elementDraft.count,
        dataSegments,
        codeSize,
      },
      hasStart: start !== undefined,
      customSections: index.customs.map((section) => section.name),
    },
  };
}
