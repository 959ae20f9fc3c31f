import { type Ask, formatGrant } from "#contract";
import type { Grants } from "../grants/index.ts";
import { askedTexts, asksOf, type ModuleRecords } from "../modules/index.ts";
import type { PackListing } from "../packs/index.ts";

export interface PackSummary {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly version: string;
  readonly replaces: string | null;
  readonly asks: Ask[];
  readonly new_asks: Ask[];
  readonly dropped: string[];
  readonly files: number;
  readonly bytes: number;
  readonly description: string;
  readonly author: string | null;
  readonly icon: string | null;
  /** Of the pack's file, in hexadecimal. */
  readonly sha256: string;
}

/** What a pack is and asks for, beside what is installed and was given. */
export function summaryOf(
  { manifest, entries, bytes, sha256 }: PackListing,
  replaces: string | null,
  { grants, records }: { readonly grants: Grants; readonly records: ModuleRecords },
): PackSummary {
  const { id } = manifest;
  const held = (capability: string, scope: string) => grants.scopes(id, capability).includes(scope);
  const asks = asksOf(manifest, held);
  const before = records.get(id)?.asked ?? [];
  const now = askedTexts(manifest);
  // What was asked before and refused is no news.
  const known = asksOf({ ...manifest, capabilities_required: [...before], capabilities_optional: [] }, held);
  const old = new Set(known.map(formatGrant));
  return {
    id,
    kind: manifest.kind,
    display_name: manifest.display_name,
    version: manifest.version,
    replaces,
    asks,
    new_asks: asks.filter((ask) => !old.has(formatGrant(ask))),
    dropped: before.filter((text) => !now.includes(text)),
    files: entries.length,
    bytes,
    description: manifest.description ?? "",
    author: manifest.author ?? null,
    icon: manifest.icon ?? null,
    sha256,
  };
}
