import { FieldworkError, type JsonValue, type ToolSpec } from "#contract";
import { type Command, defineCommand, WrongUse, wholeNumber } from "../command/index.ts";
import { bold, dim, fields, jsonText, linesOf, styled, type Text, table } from "../terminal/index.ts";
import { readJson } from "./arguments.ts";
import { type Schema, schemaSection } from "./schema_help.ts";

interface Ran {
  readonly output: JsonValue;
  readonly note?: string;
  readonly tainted: boolean;
  readonly receipt?: { readonly seq: number };
}

const list = defineCommand({
  name: "tool list",
  summary: "Every tool of the catalogue",
  words: [],
  options: {},
  examples: ["fw tool list"],
  async run({ place }) {
    const data = await place.call<{ tools: ToolSpec[] }>("tool.specs", { all: true });
    return { data, text: toolTable(data.tools, place.terminal.width) };
  },
});

const search = defineCommand({
  name: "tool search",
  summary: "Find tools by what they do",
  words: ["QUERY"],
  options: { k: { type: "string", value: "N", summary: "At most this many (default: 8)" } },
  examples: ['fw tool search "read a web page"'],
  async run({ words, options, place }) {
    const k = wholeNumber("k", options.k);
    const data = await place.call<{ tools: ToolSpec[] }>("tool.search", {
      query: words.QUERY,
      ...(k === undefined ? {} : { k }),
    });
    return {
      data,
      text: data.tools.length === 0 ? ["No tool does this."] : toolTable(data.tools, place.terminal.width),
    };
  },
});

const toolTable = (tools: readonly ToolSpec[], width: number): Text =>
  table(
    ["TOOL", "EFFECT", "WHAT"],
    tools.map((one) => [one.name, one.effect, one.summary]),
    width,
  );

const show = defineCommand({
  name: "tool show",
  summary: "What a tool takes, gives and needs",
  words: ["NAME"],
  options: {},
  examples: ["fw tool show fs.read", "fw tool show fs.read --json"],
  async run({ words, place }) {
    const { tools } = await place.call<{ tools: ToolSpec[] }>("tool.specs", { names: [words.NAME] });
    const [tool] = tools;
    if (!tool)
      throw new FieldworkError("not_found", `There is no tool ${words.NAME}.`, {
        remedy: "`fw tool list` shows them all.",
      });
    const { width } = place.terminal;
    return {
      data: tool,
      text: [
        [bold(tool.name), ` — ${tool.title}`],
        tool.summary,
        "",
        ...fields([
          ["effect", tool.effect],
          ["needs", tool.needs.join(", ") || "nothing"],
          ["runs", tool.runs],
          ["repeatable", tool.repeatable ? "yes" : "no: after a crash its outcome may be unknown"],
        ]),
        ...schemaSection("Takes", tool.input_schema as Schema, width),
        ...schemaSection("Gives", tool.output_schema as Schema, width),
        ...(tool.examples.length === 0
          ? []
          : [
              "",
              dim("Examples"),
              ...tool.examples.map((one) => `  fw tool run ${tool.name} '${jsonText(one)}'`),
            ]),
      ],
    };
  },
});

const run = defineCommand({
  name: "tool run",
  summary: "Run a tool yourself, with your own rights",
  words: ["NAME", "[JSON]"],
  options: {},
  details: [
    "JSON holds the arguments; `-` reads them from standard input. `fw tool show NAME` says what they are.",
    "It runs with your own rights: a relative path is in your workspace, an absolute one is that file of the machine,",
    "and nobody asks again before it is written or deleted.",
  ],
  examples: ["fw tool run time.now", 'fw tool run calc.evaluate \'{"expression": "2 * 21"}\''],
  async run({ words, place }) {
    const args = await readJson(place, words.JSON);
    if (typeof args !== "object" || args === null || Array.isArray(args))
      throw new WrongUse("The arguments are not a JSON object.", `See \`fw tool show ${words.NAME}\`.`);
    const data = await place.call<Ran>("tool.run", { name: words.NAME, args });
    const { output, note, tainted, receipt } = data;
    place.terminal.note(
      place.json
        ? []
        : [
            ...(note === undefined ? [] : [dim(note)]),
            ...(tainted ? [styled("yellow", "This comes from outside.")] : []),
            ...(receipt === undefined ? [] : [dim(`receipt: event ${receipt.seq}`)]),
          ],
    );
    return { data, text: linesOf(typeof output === "string" ? output : jsonText(output, 2)) };
  },
});

export const TOOL_COMMANDS: readonly Command[] = [list, search, show, run];
