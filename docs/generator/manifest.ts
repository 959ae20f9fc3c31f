import { ABI_VERSION, type Manifest, manifest } from "#contract";
import { code, generatedPage, markdownTable } from "./markdown.ts";
import { boundsText, defaultText, type Shape, shapeOf, typeText } from "./shape.ts";

/** What each field is for; a field that is new in the contract is missed here by the type checker. */
const MEANINGS: Readonly<Record<keyof Manifest, string>> = {
  id: "3 to 32 characters: small letters, digits and `-`, a letter first. The folder is called `<id>.fwagent`.",
  version: "The module's own version, SemVer.",
  min_kernel_version: "The oldest Fieldwork it runs on.",
  max_kernel_version: "The newest Fieldwork it runs on.",
  kind: "What it is.",
  display_name: "Its name for people.",
  description: "What it does, in a sentence or two.",
  author: "Who wrote it.",
  license: "Its licence.",
  icon: "A picture for the panel.",
  entry: "The file that is run: `.ts`, `.js` or `.wasm`, a path inside the folder.",
  abi_version: `The version of the guest interface: ${ABI_VERSION}.`,
  memory_max_mb:
    "Memory it asks for, in MiB. In force is a value between the settings `limits.memory_floor_mb` and `limits.memory_ceiling_mb`.",
  timeout_call_ms: "The longest a call may take, in milliseconds. Waiting for a person is not counted.",
  fuel_per_call: "CPU budget of a call, in units of fuel. Default: the setting `limits.fuel_per_call`.",
  capabilities_required: "Grants it cannot do without.",
  capabilities_optional: "Grants it can do without.",
  exposes_rpc:
    "The functions others may call. Arguments are checked against `input_schema` (JSON Schema) before the module sees them.",
  tools: "The tools it wants. Kept; handed to the module in its configuration.",
  model: "The model it prefers. Kept; handed to the module in its configuration.",
  schedule: "Schedules it wants. Kept; handed to the module in its configuration.",
  channels: "Channels it wants. Kept.",
  ui_schema: "A settings form: sections with fields.",
  depends_on: "",
  publishes_topics: "",
  subscribes_topics: "",
  kv_defaults: "Handed to the module in `FLOWORK_AGENT_CONFIG`.",
  assets: "",
  lifecycle: "",
  i18n_keys: "",
  signature: "",
  tags: "",
  category: "",
  homepage: "",
  repository: "",
  created_at: "",
  updated_at: "",
  min_loket_version: "",
  router: "",
  prompt: "",
  skills: "",
  provides: "",
  permissions: "",
};
const FLOWORK_FROM = Object.keys(MEANINGS).indexOf("depends_on");

/** Every field of `manifest.json`. */
export function manifestPage(): string {
  const shape = shapeOf(manifest, "input");
  const fields = Object.keys(MEANINGS);
  const own = fields.slice(0, FLOWORK_FROM);
  const accepted = fields.slice(FLOWORK_FROM);
  return generatedPage(
    "Fields of manifest.json",
    "Unknown fields are refused by name; fields that begin with `_` are comments. All problems are reported together, each with " +
      "its path. [The page for authors](../agents/manifest.md) has an example and the notation of grants.",
    fieldTable(shape, own),
    `## One entry of ${code("exposes_rpc")}`,
    fieldTable(shape.properties?.exposes_rpc?.items ?? {}),
    `## One field of a section of ${code("ui_schema")}`,
    fieldTable(shape.properties?.ui_schema?.properties?.sections?.items?.properties?.fields?.items ?? {}),
    "## Accepted from Flowork 1.0",
    `These may stand in a manifest and change nothing, except where a meaning is given: ${accepted
      .map((name) => {
        const meaning = MEANINGS[name as keyof Manifest];
        return meaning === "" ? code(name) : `${code(name)} (${meaning.replace(/\.$/, "")})`;
      })
      .join(", ")}.`,
  );
}

function fieldTable(shape: Shape, names = Object.keys(shape.properties ?? {})): string {
  return markdownTable(
    ["field", "type", "", "bounds", "meaning"],
    names.map((name) => {
      const field = shape.properties?.[name] ?? {};
      return [
        code(name),
        typeOf(field),
        shape.required?.includes(name)
          ? "required"
          : field.default === undefined
            ? "optional"
            : `default ${defaultText(field.default)}`,
        boundsText(field),
        MEANINGS[name as keyof Manifest] ?? "",
      ];
    }),
  );
}

/** Nested objects have tables of their own. */
const typeOf = (field: Shape): string => {
  if (field.type === "array" && field.items?.properties) return "list of objects";
  return field.properties ? "object" : code(typeText(field));
};
