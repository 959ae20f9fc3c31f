import {
  ACTIONS,
  type CallContext,
  FieldworkError,
  type Hit,
  type JsonValue,
  type LlmReply,
  type LlmRequest,
} from "#contract";
import type { Answer } from "../answer/answer.ts";
import { isProgram } from "../client/program.ts";
import { partsOf } from "../dialect/parts.ts";
import type { Model } from "../model/model.ts";
import { askedToRemember } from "./remember.ts";

const PASSAGES = 5;
/** More than are shown: some of them say the same. */
const FOUND = 15;
const PASSAGE_MAX_CHARS = 1200;
const QUERY_MAX_CHARS = 4000;
const MEMORY_MAX_CHARS = 65_536;

/** What can be typed here beside the commands of the system. */
const OWN_COMMANDS = `/remember TEXT: Keep it in mind.\n/tool NAME {"…": …}: Run a tool.`;
const TOOL_USAGE =
  'Name a tool and give its arguments as JSON: `/tool calc.evaluate {"expression": "2 * 21"}`. Find tools with `/tool tool.search {"query": "what it should do"}`.';
/** A program's key is for asking models: it reads no memories and runs nothing here. */
const FOR_PROGRAMS =
  "A program that uses the gateway is told nothing of what agents remember, and runs no tools or commands. The owner connects a model with `fw model detect` or `fw model add`.";
const HOW_TO = "To connect a model:";

export interface BuiltinQuestion {
  readonly request: LlmRequest;
  readonly context: CallContext;
  readonly tried: LlmReply["tried"];
  /** Models found on this machine. */
  readonly detected: readonly Model[];
}

/**
 * Answers without any model: from what the caller remembers, with the sources; keeps what it is told to remember; runs `/`
 * commands and tools by name. Everything is a call in the caller's name; for a program that uses the gateway nothing is called.
 * @throws FieldworkError `unavailable` where only a model could answer, as to a request for JSON.
 */
export async function answerBuiltin(question: BuiltinQuestion, answer: Answer): Promise<void> {
  const { request, context } = question;
  if (request.response_format !== undefined && request.response_format.type !== "text")
    throw new FieldworkError("unavailable", "No model is connected that could answer in JSON.", {
      remedy: "Connect one.",
      action: ACTIONS.connect_model(),
    });
  const text = isProgram(context.caller.id)
    ? `${withoutModel(question)} ${FOR_PROGRAMS}`
    : await reply(lastUserText(request), context, question);
  for (const line of text.split(/(?<=\n)/)) answer.text(line);
  answer.usage({ input_tokens: 0, output_tokens: 0 });
  answer.finish("stop");
}

async function reply(said: string, context: CallContext, question: BuiltinQuestion): Promise<string> {
  const memory = askedToRemember(said);
  if (memory !== undefined) return remember(memory, context);
  if (/^\/tool$/i.test(said)) return TOOL_USAGE;
  const tool = /^\/tool\s+(\S+)\s*([\s\S]*)$/i.exec(said);
  if (tool) return runTool(tool[1] ?? "", tool[2] ?? "", context);
  if (/^\/\p{L}/u.test(said))
    return attempt(async () => {
      const text = String((await call(context, "slash.run", { text: said })).text);
      return lines(/^\/help\b/i.test(said) ? `${text}\n${OWN_COMMANDS}` : text);
    });
  return recall(said, context, question);
}

const remember = (memory: string, context: CallContext): Promise<string> =>
  attempt(async () => {
    if (memory === "") return "Tell me what to remember: `/remember TEXT`.";
    const { added } = await call(context, "store.brain.add", { content: memory.slice(0, MEMORY_MAX_CHARS) });
    return added ? `I will remember: ${memory}` : `I remember that already: ${memory}`;
  });

function runTool(name: string, json: string, context: CallContext): Promise<string> {
  return attempt(async () => {
    let args: JsonValue = {};
    try {
      if (json.trim() !== "") args = JSON.parse(json) as JsonValue;
    } catch (error) {
      return `The arguments of ${name} are not JSON: ${(error as Error).message}. Write \`/tool ${name} {"name": "value"}\`.`;
    }
    const { output, note } = await call(context, "tool.run", { name, args });
    const text =
      typeof output === "string" ? output : `\`\`\`json\n${JSON.stringify(output, undefined, 2)}\n\`\`\``;
    return typeof note === "string" ? `${text}\n\n${note}` : text;
  });
}

async function recall(said: string, context: CallContext, question: BuiltinQuestion): Promise<string> {
  let hits: readonly Hit[] = [];
  let trouble = "";
  if (said !== "")
    try {
      const found = await call(context, "store.brain.search", {
        query: said.slice(0, QUERY_MAX_CHARS),
        k: FOUND,
      });
      hits = distinct(found.hits as unknown as readonly Hit[], said).slice(0, PASSAGES);
    } catch (error) {
      trouble = ` What is remembered cannot be searched: ${(error as Error).message}`;
    }
  const why = withoutModel(question);
  if (hits.length === 0)
    return `${why}${trouble || " I remember nothing about this."}\n\n${howToGoOn(question)}`;
  return `${why} This is what I remember about it:\n\n${hits.map(passage).join("\n")}\n\n${howToGoOn(question)}`;
}

/** Without the question itself, asked before, and without the words in which what is shown was once told. */
function distinct(hits: readonly Hit[], said: string): readonly Hit[] {
  const asked = wordsOf(said);
  const texts = hits.map(({ content }) => wordsOf(content));
  return hits.filter(({ kind }, at) => {
    const own = texts[at] as string;
    if (kind !== "said") return true;
    if (own === asked) return false;
    return !texts.some((other, index) => {
      if (index === at || !own.includes(other)) return false;
      return hits[index]?.kind !== "said" || (other === own && index < at);
    });
  });
}

/** Letters and digits alone, between spaces. */
const wordsOf = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ")} `;

function passage({ content, source, session, at, why, tainted }: Hit, index: number): string {
  const text = content.length > PASSAGE_MAX_CHARS ? `${content.slice(0, PASSAGE_MAX_CHARS)}…` : content;
  const from = [
    source ?? (session ? "a conversation" : "told"),
    at.slice(0, 10),
    ...(tainted ? ["from outside"] : []),
  ].join(", ");
  return `${index + 1}. ${text.replaceAll("\n", "\n   ")}\n   (${from}${why.length > 0 ? `; found by ${why.join(", ")}` : ""})`;
}

function withoutModel({ tried }: BuiltinQuestion): string {
  const [first] = tried;
  return first === undefined ? "No model is connected." : `No model answered. ${first.message}`;
}

/** The whole of it once in a conversation. */
function howToGoOn({ request, detected, tried }: BuiltinQuestion): string {
  if (tried.length > 0)
    return "`fw model test` says more about a model, as does Settings, Models in the panel. `/help` tells what I can do without one.";
  const told = request.messages.some(
    (message) =>
      message.role === "assistant" &&
      partsOf(message).some((part) => part.type === "text" && part.text.includes(HOW_TO)),
  );
  return told ? "`/help` tells what I can do without one." : howToConnect(detected);
}

function howToConnect(detected: readonly Model[]): string {
  const talking = detected.filter(({ embeds }) => !embeds).slice(0, 5);
  const [first] = talking;
  const found = first
    ? `On this machine I found ${talking.map(({ name }) => name).join(", ")}; use one with \`fw model use ${first.name}\`.`
    : "Start a model server on this machine (Ollama, llama.cpp, LM Studio, vLLM) and run `fw model detect`.";
  return `${HOW_TO} In the panel, open Settings, Models. In a terminal: ${found} Or add a provider: \`fw model add NAME --dialect openai|anthropic --base-url URL --model ID --key-stdin\`. Until then you can have me keep things (\`/remember TEXT\`), run commands (\`/help\`) and tools (\`/tool NAME {"…": …}\`).`;
}

/** Each line a line of its own in Markdown too. */
const lines = (text: string): string => text.replaceAll(/(?<!\n)\n(?!\n)/g, "  \n");

/** What goes wrong is said, with the way to mend it. */
async function attempt(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FieldworkError) return `That did not work: ${error.message} ${error.remedy}`;
    throw error;
  }
}

const call = async (context: CallContext, cap: string, args: JsonValue) =>
  (await context.call(cap, args)) as Readonly<Record<string, JsonValue>>;

/** Without what the system put beside the user's words, such as what it recalled. */
function lastUserText({ messages }: LlmRequest): string {
  const last = messages.findLast(({ role }) => role === "user");
  if (!last) return "";
  return partsOf(last)
    .flatMap((part) => (part.type === "text" && part.extra?.fieldwork === undefined ? [part.text] : []))
    .join("\n")
    .trim();
}
