import { FieldworkError } from "../error.ts";
import type { Json, JsonObject } from "../json.ts";
import type { ToolCallPart, ToolResultPart } from "../llm.ts";
import type { ToolSpec } from "../tool.ts";
import { toolFunctionName, toolNameOf } from "./function-name.ts";
import { aside, codeOf, type Turn } from "./state.ts";
import { fenceUntrusted } from "./untrusted.ts";

const CALLS_MAX = 32;
const FOUND_MAX = 16;
const RESULT_MAX_CHARS = 48_000;
/** A call that failed so often is refused unseen. */
const FAILURES_MAX = 2;
/** Longer than this a tool waits for a person, or should. */
const COUNTED_MS = 120_000;
const SEARCH = "tool.search";

/** Runs the calls of one answer: side by side where they only read, else one after the other, in their order. */
export async function runCalls(turn: Turn, calls: readonly ToolCallPart[]): Promise<ToolResultPart[]> {
  const results: ToolResultPart[] = [];
  for (let at = 0; at < calls.length; ) {
    let end = at + 1;
    if (onlyReads(turn, calls[at])) while (end < calls.length && onlyReads(turn, calls[end])) end++;
    const begun = Date.now();
    const group = calls.slice(at, end);
    const base = at;
    results.push(
      ...(await Promise.all(
        group.map((call, index) =>
          base + index < CALLS_MAX
            ? runCall(turn, call)
            : Promise.resolve(failure(call, `Not run: more than ${CALLS_MAX} calls at once.`)),
        ),
      )),
    );
    turn.uncountedMs += Math.max(0, Date.now() - begun - COUNTED_MS);
    at = end;
  }
  return results;
}

function onlyReads(turn: Turn, call: ToolCallPart | undefined): boolean {
  const effect = turn.tools.find(({ name }) => name === call?.name)?.effect;
  return effect === "none" || effect === "read";
}

async function runCall(turn: Turn, call: ToolCallPart): Promise<ToolResultPart> {
  const known = turn.tools.find(({ name }) => name === call.name);
  const tool = known?.tool ?? toolNameOf(call.name);
  const signature = `${tool} ${call.args.trim()}`;
  const before = turn.failures.get(signature) ?? 0;
  const { tainted } = turn;
  if (before >= FAILURES_MAX) {
    turn.receipts.push({ tool, ok: false, code: "refused" });
    return failure(
      call,
      `Refused: this very call has failed ${before} times in this turn. Change the arguments, use another tool, or tell the user what is in the way.`,
    );
  }

  const failed = (code: string, text: string, more: Partial<Turn["receipts"][number]> = {}) => {
    turn.failures.set(signature, before + 1);
    turn.receipts.push({ tool, ok: false, code, ...more });
    turn.attempts.push({ tool, args: call.args, ok: false, tainted, code, message: text });
    const again =
      before + 1 >= FAILURES_MAX ? "\nThis very call has failed twice now; it will not be run again." : "";
    return failure(call, text + again);
  };

  const args = parseArgs(call.args);
  if (typeof args === "string") {
    const schema = known
      ? `\nThe arguments are one JSON object of this schema: ${JSON.stringify(known.parameters)}`
      : "";
    return failed("invalid_input", `${args}${schema}`);
  }
  try {
    const result = await turn.host.tool.run(tool, args, { session: turn.message.session, call: call.id });
    turn.tainted ||= result.tainted;
    turn.receipts.push({ tool, ok: true, ...(result.receipt ? { receipt: result.receipt } : {}) });
    turn.attempts.push({ tool, args: call.args, ok: true, tainted });
    if (tool === SEARCH) await offer(turn, result.output);
    const text = bounded(typeof result.output === "string" ? result.output : JSON.stringify(result.output));
    const shown = result.tainted ? fenceUntrusted(text, tool) : text;
    return answer(call, result.note === undefined ? shown : `${shown}\n[${result.note}]`);
  } catch (error) {
    const code = codeOf(error);
    if (code === "cancelled") throw error;
    if (code === "outcome_unknown") {
      turn.unknown.push(`${tool} ${call.args.slice(0, 200)}`);
      return failed(
        code,
        `Nobody knows whether this happened: the system stopped while ${tool} ran. Find out before you do it again, and tell the user.`,
      );
    }
    const receipt = receiptIn(error);
    return failed(code, errorText(error), receipt === undefined ? {} : { receipt });
  }
}

/** The arguments, or what is wrong with them. */
function parseArgs(text: string): JsonObject | string {
  if (text.trim() === "") return {};
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
    return "Not run: the arguments are JSON, but not an object.";
  } catch (error) {
    return `Not run: the arguments are not valid JSON (${(error as Error).message}).`;
  }
}

function errorText(error: unknown): string {
  if (!(error instanceof FieldworkError)) return `Error: ${(error as Error).message ?? String(error)}`;
  const schema =
    error.code === "invalid_input" && typeof error.details === "object" && error.details !== null
      ? (error.details as JsonObject).input_schema
      : undefined;
  return [
    `Error ${error.code}: ${error.message}`,
    error.remedy,
    schema === undefined ? "" : `The arguments are one JSON object of this schema: ${JSON.stringify(schema)}`,
  ]
    .filter((line) => line !== "")
    .join("\n")
    .slice(0, RESULT_MAX_CHARS);
}

function receiptIn(error: unknown): Turn["receipts"][number]["receipt"] {
  if (!(error instanceof FieldworkError) || typeof error.details !== "object" || error.details === null)
    return undefined;
  return (error.details as { receipt?: Turn["receipts"][number]["receipt"] }).receipt;
}

/** Tools that a search has found can be called from the next answer on. */
async function offer(turn: Turn, output: Json): Promise<void> {
  const listed = (output as { tools?: unknown } | null)?.tools;
  if (!Array.isArray(listed)) return;
  const names = listed
    .map((one) => (typeof one === "string" ? one : String((one as { name?: unknown } | null)?.name ?? "")))
    .map((name) => toolNameOf(name))
    .filter((name) => name !== "" && !turn.tools.some(({ tool }) => tool === name))
    .slice(0, FOUND_MAX);
  if (names.length === 0) return;
  await aside(turn, "looking up the tools found", async () => {
    for (const spec of await turn.host.tool.specs(names)) {
      if (turn.tools.some(({ tool }) => tool === spec.name)) continue;
      turn.tools.push(functionOf(spec));
    }
  });
}

const functionOf = ({ name, summary, input_schema, effect, repeatable }: ToolSpec) => ({
  name: toolFunctionName(name),
  tool: name,
  description: summary,
  parameters: input_schema,
  effect,
  repeatable,
});

function bounded(text: string | undefined): string {
  const whole = text ?? "null";
  if (whole.length <= RESULT_MAX_CHARS) return whole;
  const half = RESULT_MAX_CHARS / 2;
  return `${whole.slice(0, half)}\n[… ${whole.length - RESULT_MAX_CHARS} characters left out …]\n${whole.slice(-half)}`;
}

const answer = ({ id, name }: ToolCallPart, text: string): ToolResultPart => ({
  type: "tool_result",
  id,
  name,
  content: [{ type: "text", text }],
});
const failure = (call: ToolCallPart, text: string): ToolResultPart => ({
  ...answer(call, text),
  is_error: true,
});
