import { hash } from "node:crypto";
import {
  type CallContext,
  canonicalJson,
  describeIssue,
  FieldworkError,
  type JsonObject,
  type JsonValue,
  type Receipt,
  type Tool,
  toErrorData,
} from "#contract";
import { isRepeatable } from "../catalogue/index.ts";
import { parseArguments } from "./arguments.ts";
import { bounded } from "./bounded.ts";
import { openPlace } from "./place.ts";

/** What a tool is asked to do. */
export interface Asked {
  readonly name: string;
  readonly args: JsonObject;
  /** The model's call that it answers. */
  readonly call?: string | undefined;
}
export interface Ran {
  readonly output: JsonValue;
  readonly note?: string;
  readonly tainted: boolean;
  readonly receipt: Receipt;
}
/** The tool that is really meant, where one stands for another. */
export type Find = (asked: Asked) => { readonly tool: Tool; readonly args: JsonObject };

/** Failures that come before anything from outside could be heard. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "invalid_input",
  "denied",
  "approval_required",
  "unavailable",
]);
const CUT_NOTE = "The output was too long and is cut; ask for less or for the next part.";

/**
 * Runs a tool in the caller's name. `tool.called` and `tool.replied` stand in the journal when it returns; the receipt names the
 * latter, so what has no receipt was not called.
 * @throws FieldworkError `not_found`, `invalid_input`, or what the tool's own calls throw
 */
export async function runTool(
  find: Find,
  asked: Asked,
  session: string | undefined,
  context: CallContext,
): Promise<Ran> {
  const { host, caller, trace, span } = context;
  const { tool, args: given } = find(asked);
  const begun = performance.now();
  const args_hash = hash("sha256", canonicalJson(given));
  const about = {
    agent: caller.id,
    args_hash,
    ...(session === undefined ? {} : { session }),
    ...(asked.call === undefined ? {} : { call: asked.call }),
  };
  host.append({
    kind: "tool.called",
    subject: tool.name,
    data: { ...about, effect: tool.effect },
    trace,
    span,
  });

  const opened = openPlace(tool, context, session, asked.call);
  /** In a turn that has read something from outside, nobody can tell whether what is read now is free of it. */
  const tainted = (): boolean =>
    opened.tainted() || (context.tainted && tool.effect === "read" && tool.needs.length > 0);
  const tell = async (ok: boolean, result: JsonValue, more: JsonObject): Promise<Receipt> => {
    const result_hash = hash("sha256", canonicalJson(result));
    const ms = Math.round((performance.now() - begun) * 1000) / 1000;
    const data = { ...about, ok, result_hash, ms, tainted: tainted(), ...more };
    const { seq, hash: link } = await host.record({
      kind: "tool.replied",
      subject: tool.name,
      data,
      trace,
      span,
    });
    return { seq, hash: link, args_hash, result_hash };
  };

  try {
    const args = parseArguments(tool, given);
    // Where the arguments do not say what it is about, as of an undo of whatever was last, each of its calls does.
    const decisive = decisiveOf(tool, args);
    if (decisive !== undefined) context.act({ tool: tool.name, args, decisive });
    const output = await outputOf(tool, args, opened.place);
    if (tool.taints) opened.place.taint();
    const { value, cut } = bounded(output, Number(host.setting("tool.output_max_chars")));
    const note = [opened.note(), cut ? CUT_NOTE : undefined].filter((one) => one !== undefined).join(" ");
    const receipt = await tell(true, value, {});
    return { output: value, ...(note === "" ? {} : { note }), tainted: tainted(), receipt };
  } catch (thrown) {
    const error = toErrorData(thrown instanceof FieldworkError ? thrown : plainError(thrown, context));
    if (tool.taints && !OWN_WORDS.has(error.code)) opened.place.taint();
    const receipt = await tell(false, error as unknown as JsonValue, { code: error.code });
    throw withReceipt(error, receipt);
  }
}

function decisiveOf({ decisive }: Tool, args: JsonObject): string | undefined {
  const value = decisive === undefined ? undefined : args[decisive];
  return typeof value === "string" ? value : undefined;
}

async function outputOf(
  tool: Tool,
  args: JsonObject,
  place: ReturnType<typeof openPlace>["place"],
): Promise<JsonValue> {
  const output = tool.output.safeParse(await tool.run(args, place));
  if (output.success) return output.data as JsonValue;
  const problems = output.error.issues.slice(0, 5).map(describeIssue).join("; ");
  throw new FieldworkError("internal", `${tool.name} gave what its own schema does not allow: ${problems}`);
}

/** A failed call happened too: its receipt is among the details. */
function withReceipt({ code, message, remedy, details }: ReturnType<typeof toErrorData>, receipt: Receipt) {
  const known = isObject(details) ? details : details === undefined ? {} : { details };
  return new FieldworkError(code, message, { remedy, details: { ...known, receipt } });
}

/** What a stopped call throws says little: a stop is told as one. */
const plainError = (thrown: unknown, { signal }: CallContext): unknown =>
  signal.aborted ? new FieldworkError("cancelled", "The call was stopped.", { cause: thrown }) : thrown;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Does the same call again do no harm? A tool that does not exist or cannot be called so does nothing. */
export function mayRepeat(find: Find, asked: Asked): boolean {
  try {
    return isRepeatable(find(asked).tool);
  } catch {
    return true;
  }
}
