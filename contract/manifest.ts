import { z } from "zod";
import { FieldworkError } from "./errors.ts";
import { grantText } from "./grant.ts";
import { functionName, moduleId } from "./id.ts";
import { deeperThan, JSON_DEPTH_MAX } from "./json.ts";
import { jsonObject, jsonValue } from "./schema.ts";

export const MODULE_KINDS = [
  "agent",
  "group",
  "channel",
  "tool",
  "slash",
  "app",
  "scanner",
  "service",
] as const;
export type ModuleKind = (typeof MODULE_KINDS)[number];

export const ABI_VERSION = 1;
export const MANIFEST_MAX_BYTES = 1_048_576;

/** SemVer 2.0.0, https://semver.org */
const semver = z
  .string()
  .max(256)
  .regex(
    /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/,
    "a version is written MAJOR.MINOR.PATCH",
  );

/** An object of the manifest in which keys that begin with `_` are comments, and other unknown keys are refused. */
const commented = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.preprocess(withoutComments, z.strictObject(shape));

const exposedFunction = commented({
  name: functionName,
  description: z.string().max(2000).default(""),
  input_schema: jsonObject.default({}),
  output_schema: jsonObject.optional(),
});

const settingsField = commented({
  key: z.string().min(1).max(128),
  type: z.enum(["text", "password", "textarea", "number", "select", "checkbox", "json"]),
  label: z.string().max(256).optional(),
  help: z.string().max(2000).optional(),
  options: z.array(z.union([z.string(), z.object({ value: z.string(), label: z.string() })])).optional(),
  default: jsonValue.optional(),
  required: z.boolean().optional(),
  store: z.enum(["secret", "kv", "meta"]).optional(),
});

const grants = z.array(grantText).max(256);

/** Fields of Flowork 1.0 manifests that have no meaning here; accepted so that existing modules install. */
const flowork = {
  depends_on: jsonValue.optional(),
  publishes_topics: jsonValue.optional(),
  subscribes_topics: jsonValue.optional(),
  kv_defaults: jsonObject.optional(),
  assets: jsonValue.optional(),
  lifecycle: jsonValue.optional(),
  i18n_keys: jsonValue.optional(),
  signature: jsonValue.optional(),
  tags: jsonValue.optional(),
  category: jsonValue.optional(),
  homepage: jsonValue.optional(),
  repository: jsonValue.optional(),
  created_at: jsonValue.optional(),
  updated_at: jsonValue.optional(),
  min_loket_version: jsonValue.optional(),
  router: jsonValue.optional(),
  prompt: jsonValue.optional(),
  skills: jsonValue.optional(),
  provides: jsonValue.optional(),
  permissions: jsonValue.optional(),
};

/** `manifest.json` of a module's folder. */
export const manifest = z.strictObject({
  id: moduleId,
  version: semver,
  min_kernel_version: semver.optional(),
  max_kernel_version: semver.optional(),
  kind: z.enum(MODULE_KINDS),
  display_name: z.string().min(1).max(128),
  description: z.string().max(4000).optional(),
  author: z.string().max(256).optional(),
  license: z.string().max(128).optional(),
  icon: z.string().max(65_536).optional(),
  entry: z
    .string()
    .max(255)
    .regex(
      /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*\.(wasm|ts|js)$/,
      "the entry is a .wasm, .ts or .js file in the folder",
    ),
  abi_version: z.literal(ABI_VERSION),
  memory_max_mb: z.int().min(1).max(4096).default(64),
  timeout_call_ms: z.int().min(1).max(600_000).default(120_000),
  fuel_per_call: z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  capabilities_required: grants.default([]),
  capabilities_optional: grants.default([]),
  exposes_rpc: z.array(exposedFunction).max(256).default([]),
  tools: jsonValue.optional(),
  model: jsonValue.optional(),
  schedule: jsonValue.optional(),
  channels: jsonValue.optional(),
  ui_schema: commented({
    sections: z
      .array(commented({ title: z.string().max(256), fields: z.array(settingsField).max(128) }))
      .max(32),
  }).optional(),
  ...flowork,
});
export type Manifest = z.infer<typeof manifest>;

/**
 * Reads the text of a `manifest.json`.
 * @throws FieldworkError `module_invalid` with every problem, each with its path, in `details.problems`.
 */
export function parseManifest(text: string): Manifest {
  if (text.length > MANIFEST_MAX_BYTES)
    throw invalid([`manifest.json is larger than ${MANIFEST_MAX_BYTES} bytes`]);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw invalid([`manifest.json is not JSON: ${(error as Error).message}`]);
  }
  if (deeperThan(raw, JSON_DEPTH_MAX))
    throw invalid([`manifest.json is nested deeper than ${JSON_DEPTH_MAX} levels`]);
  const parsed = manifest.safeParse(withoutComments(raw));
  const issues = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  const problems = [...issues, ...repeatedFunctions(raw)];
  if (!parsed.success || problems.length > 0) throw invalid(problems);
  return parsed.data;
}

/** One zod issue as `path: what is wrong`. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".");
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}

function invalid(problems: readonly string[]): FieldworkError {
  const first = problems[0] ?? "unknown problem";
  const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new FieldworkError("module_invalid", `The manifest is not valid: ${first}${rest}`, {
    details: { problems: problems.slice(0, 100) },
  });
}

/** Keys that begin with `_` are comments. */
function withoutComments(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !key.startsWith("_")));
}

function repeatedFunctions(raw: unknown): string[] {
  const { exposes_rpc } = (raw ?? {}) as { exposes_rpc?: unknown };
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const one of Array.isArray(exposes_rpc) ? exposes_rpc : []) {
    const { name } = (one ?? {}) as { name?: unknown };
    if (typeof name !== "string") continue;
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice].map((name) => `exposes_rpc: "${name.slice(0, 64)}" stands there twice`);
}
