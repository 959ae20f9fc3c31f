import { CAPABILITIES, type Capability } from "#contract";
import { inputTable, wrapped } from "./fields.ts";
import { code, fenced, generatedPage, markdownTable } from "./markdown.ts";
import { shapeOf } from "./shape.ts";

const GRANTS = {
  auto: "everybody; nothing is asked",
  owner: "asked for in the manifest, given by the owner",
  tier: "callers of the tier named, never a module that was installed",
} as const;

/** All that can be asked of the counter. */
export function capabilityPage(): string {
  const all = [...CAPABILITIES.values()];
  const families = Map.groupBy(all, familyOf);
  return generatedPage(
    "Capabilities",
    `There are ${all.length} capabilities. A module asks for one by its name; the counter decides. In a terminal, ` +
      "`fw help call NAME` shows the same. In the types, `JSON` is any JSON value and `integer` a whole number.",
    markdownTable(
      ["grant", "who may call"],
      Object.entries(GRANTS).map(([name, words]) => [code(name), words]),
    ),
    markdownTable(
      ["capability", "grant", "scope", "effect", "what it does"],
      all.map((one) => [
        `[${code(one.name)}](#${anchor(one.name)})`,
        grantText(one),
        one.scope ?? "",
        one.effect,
        one.summary,
      ]),
    ),
    ...[...families].flatMap(([family, members]) => [`## ${family}`, ...members.map(section)]),
  );
}

const familyOf = ({ name }: Capability): string => name.split(".")[0] ?? name;
const anchor = (name: string): string => name.replaceAll(".", "");
const grantText = ({ grant, tier }: Capability): string => (tier ? `${grant} (${tier})` : grant);

function section(capability: Capability): string {
  const input = shapeOf(capability.input, "input");
  const output = shapeOf(capability.output, "output");
  const scope = capability.scope ? ` · scope: ${capability.scope}` : "";
  return [
    `### ${capability.name}`,
    capability.summary,
    ...(capability.confirm === undefined
      ? []
      : ["A session [confirms](../security.md#confirm-that-it-is-you) first that it is you."]),
    `Grant: ${grantText(capability)}${scope} · effect: ${capability.effect}`,
    inputTable(input),
    fenced("ts", `→ ${wrapped(output)}`),
  ].join("\n\n");
}
