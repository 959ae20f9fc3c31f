import {
  type Ask,
  CAPABILITIES,
  type Diagnostic,
  FieldworkError,
  isErrorCode,
  type JsonValue,
  type Manifest,
  type ModuleInfo,
} from "#contract";
import { inPlainWords, readGrant } from "../grants/index.ts";
import type { Ended, Prepared } from "../sandbox/index.ts";
import type { FolderWatch } from "../watch/index.ts";
import { holdsTooManyValues, JSON_VALUES_MAX } from "./json-size.ts";

/** What is known of a module's folder while the kernel runs. */
export interface ModuleEntry {
  readonly id: string;
  readonly folder: string;
  manifest: Manifest | undefined;
  problems: readonly string[];
  /** The same problems with their places. */
  diagnostics: readonly Diagnostic[];
  /** It has a text of its own for the prompt. */
  hasPrompt: boolean;
  /** Made when it is first needed; another one takes its place when what it is made from has changed. */
  program: Promise<Prepared> | undefined;
  /** `on_load` was called since the program was made. */
  loaded: Promise<void> | undefined;
  /** How often all that runs of it was ended. */
  stops: number;
  watch: FolderWatch | undefined;
  /** Of the folder as it was read. */
  fingerprint: string;
  readonly running: Set<{
    stop(reason: { code: "cancelled"; message: string }): void;
    readonly ended: Promise<unknown>;
  }>;
  readonly usage: {
    calls: number;
    failures: number;
    cpu_ms: number;
    fuel: number;
    memory_peak_bytes: number;
    capability_calls: number;
  };
}

export function createEntry(id: string, folder: string): ModuleEntry {
  return {
    id,
    folder,
    manifest: undefined,
    problems: [],
    diagnostics: [],
    hasPrompt: false,
    program: undefined,
    loaded: undefined,
    stops: 0,
    watch: undefined,
    fingerprint: "",
    running: new Set(),
    usage: { calls: 0, failures: 0, cpu_ms: 0, fuel: 0, memory_peak_bytes: 0, capability_calls: 0 },
  };
}

/** What a manifest asks for, each with whether it was given. */
export function asksOf(manifest: Manifest, given: (capability: string, scope: string) => boolean): Ask[] {
  const asks = (list: readonly string[], required: boolean) =>
    list.flatMap((text) => {
      try {
        return readGrant(text).map(({ capability, scope }) => {
          const always = CAPABILITIES.get(capability)?.grant === "auto";
          return {
            capability,
            scope,
            required,
            given: always || given(capability, scope),
            always,
            plain: inPlainWords({ capability, scope }),
            known: true,
          };
        });
      } catch {
        return [
          {
            capability: text,
            scope: "*",
            required,
            given: false,
            always: false,
            plain: `use ${text}, which does not exist here`,
            known: false,
          },
        ];
      }
    });
  return [...asks(manifest.capabilities_required, true), ...asks(manifest.capabilities_optional, false)];
}

/** Everything a module asks for, as written: what more it asks for after an upgrade is asked of the owner anew. */
export const askedTexts = (manifest: Manifest): string[] =>
  [...new Set([...manifest.capabilities_required, ...manifest.capabilities_optional])].sort();

/** What others know of a module: the journal, and built-in modules. */
const NOT_KNOWN_HERE = { last_active_at: null, sessions: 0, model: null, provides: [] };

export function infoOf(
  entry: ModuleEntry,
  state: ModuleInfo["state"],
  asks: readonly Ask[],
  daemon: ModuleInfo["daemon"],
): ModuleInfo {
  const { manifest } = entry;
  return {
    id: entry.id,
    kind: manifest?.kind ?? "unknown",
    display_name: manifest?.display_name ?? entry.id,
    description: manifest?.description ?? "",
    version: manifest?.version ?? "",
    entry: manifest?.entry ?? "",
    state,
    problems: [...entry.problems],
    diagnostics: [...entry.diagnostics],
    built_in: false,
    folder: entry.folder,
    asks: [...asks],
    functions: (manifest?.exposes_rpc ?? []).map(({ name, description }) => ({ name, description })),
    daemon,
    usage: { ...entry.usage },
    icon: manifest?.icon ?? null,
    author: manifest?.author ?? null,
    has_prompt: entry.hasPrompt,
    ...NOT_KNOWN_HERE,
  };
}

/**
 * The reply of a guest's function.
 * @throws FieldworkError what the guest answered as an error, or what became of it.
 */
export function replyOf(id: string, { head, reply }: Ended, kind: "wasm" | "js"): JsonValue {
  const { outcome } = head;
  if (outcome.state === "failed") {
    throw new FieldworkError(
      outcome.code,
      `${id}: ${outcome.message}`,
      outcome.details ? { details: { log: outcome.details } } : {},
    );
  }
  const text = reply.trim();
  if (text === "") return null;
  if (holdsTooManyValues(text))
    throw new FieldworkError("too_large", `${id}: The reply holds more than ${JSON_VALUES_MAX} values.`, {
      remedy: "Answer with less, or with one text.",
    });
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(text) as JsonValue;
  } catch {
    return { reply: text };
  }
  if (isFailure(parsed)) throw failureOf(id, parsed.error);
  return kind === "js" ? ((parsed as { readonly result?: JsonValue }).result ?? null) : parsed;
}

interface Failure {
  readonly ok: false;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy?: JsonValue;
    readonly details?: JsonValue;
  };
}

/** How the SDKs hand on what a handler threw. */
function isFailure(reply: unknown): reply is Failure {
  const { ok, error } = (reply ?? {}) as {
    ok?: unknown;
    error?: { code?: unknown; message?: unknown } | null;
  };
  return ok === false && typeof error?.code === "string" && typeof error.message === "string";
}

function failureOf(id: string, { code, message, remedy, details }: Failure["error"]): FieldworkError {
  return new FieldworkError(isErrorCode(code) ? code : "module_crashed", `${id}: ${message}`.slice(0, 4000), {
    ...(typeof remedy === "string" ? { remedy } : {}),
    ...(details === undefined ? {} : { details }),
  });
}
