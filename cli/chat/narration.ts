import { type Event, type JsonObject, type LiveEvent, toolNameOf } from "#contract";
import type { Followed } from "../server/index.ts";
import { counted, dim, type Line, oneLine, styled, type Text, toRun } from "../terminal/index.ts";
import type { Outcome } from "./deliver.ts";

/** Where a turn is told. */
export interface Stage {
  stream(text: string): void;
  show(text: Text): void;
  status(text: string): void;
}

/** Tells one turn as it happens, and at its end whatever was missed. */
export interface Narration {
  hear(one: Extract<Followed, { readonly type: "event" | "live" }>): void;
  /** What was said before anybody listened. */
  catchUp(text: string): void;
  /** Something may have been missed, or is said again from its beginning. */
  interrupted(): void;
  end(outcome: Outcome): void;
}

const ARGS_MAX_CHARS = 80;
const TAINTED = styled(
  "yellow",
  "! This turn has read content from outside. What it would do because of that needs your approval.",
);
const DENIALS: ReadonlySet<unknown> = new Set(["denied", "approval_required", "safe_mode"]);

export function createNarration(stage: Stage): Narration {
  const begun = performance.now();
  /** What was said since the last call of a tool: the beginning of the answer, as far as it is known. */
  let said = "";
  let calls: { readonly tool: string; args: string }[] = [];
  let tainted = false;
  const used = { tools: 0, input: 0, output: 0, cost: 0, model: "" };

  const say = (text: string): void => {
    said += text;
    stage.stream(text);
  };
  const delta = (data: JsonObject): void => {
    if (data.type === "text" && typeof data.text === "string") say(data.text);
    else if (data.type === "thinking") stage.status("thinking …");
    else if (data.type === "tool_call") {
      if (typeof data.name === "string") {
        said = "";
        calls.push({ tool: toolNameOf(data.name), args: "" });
      }
      const last = calls.at(-1);
      if (last && typeof data.args === "string") last.args += data.args;
    }
  };
  const live = ({ kind, data }: LiveEvent): void => {
    if (kind === "llm.delta") delta(data);
    else if (kind === "tool.progress") stage.status(`⚙ ${data.tool}: ${data.text}`);
  };

  const toolLine = (tool: string, data: JsonObject): Line => {
    const call = calls.find((one) => one.tool === tool);
    calls = calls.filter((one) => one !== call);
    used.tools++;
    const args = call ? folded(call.args) : "";
    return [
      data.ok === true ? styled("green", "✓ ") : styled("red", "✗ "),
      styled("cyan", tool),
      dim(
        `${args === "" ? "" : ` ${args}`}  ${data.ok === true ? "" : `${data.code ?? "failed"} · `}${duration(data.ms)}`,
      ),
      ...(data.tainted === true ? [styled("yellow", "  from outside")] : []),
    ];
  };
  const kept: Readonly<Record<string, (event: Event) => void>> = {
    "llm.requested": () => stage.status("…"),
    "llm.replied"({ subject, data }) {
      if (data.ok !== true)
        stage.show([[styled("red", "✗ "), dim(`${subject}: ${data.message ?? data.code}`)]]);
      used.input += numberOf(data.input_tokens);
      used.output += numberOf(data.output_tokens);
      used.cost += numberOf(data.cost_usd);
      used.model = subject ?? "";
    },
    "tool.called"({ subject }) {
      said = "";
      stage.status(`⚙ ${subject} …`);
    },
    "tool.replied"({ subject, data }) {
      stage.show([toolLine(subject ?? "", data)]);
      if (data.tainted === true && !tainted) stage.show([TAINTED]);
      tainted ||= data.tainted === true;
    },
    "effect.denied"({ subject, data }) {
      if (DENIALS.has(data.code)) stage.show([[styled("red", "✗ "), `${subject}: ${data.message}`]]);
    },
    "session.compacted": () => stage.show([dim("The older part of the conversation was summarised.")]),
  };
  const footer = (finish: unknown): Line => {
    const parts = [
      finish === "stop" || finish === undefined ? "" : String(finish).replaceAll("_", " "),
      used.tools === 0 ? "" : counted(used.tools, "tool call"),
      used.input + used.output === 0 ? "" : `${used.input} + ${used.output} tokens`,
      used.cost === 0 ? "" : `$${used.cost.toFixed(4)}`,
      used.model,
      duration(performance.now() - begun),
    ];
    return dim(parts.filter((one) => one !== "").join(" · "));
  };

  return {
    hear: (one) => (one.type === "live" ? live(one.event) : kept[one.event.kind]?.(one.event)),
    catchUp: (text) => text !== "" && say(text),
    interrupted() {
      said = "";
      calls = [];
    },
    end(outcome) {
      if (!outcome.ok) {
        const { message, remedy, action } = outcome.error;
        stage.show([[styled("red", "error: "), message], [dim("remedy: "), remedy], ...toRun(action)]);
        return;
      }
      const { reply, finish } = outcome.reply;
      const answer = typeof reply === "string" ? reply : JSON.stringify(reply, undefined, 2);
      const rest = unsaid(said, answer);
      if (rest === undefined) stage.show(["", ...answer.split("\n")]);
      else stage.stream(rest);
      stage.show([footer(finish)]);
    },
  };
}

/** What is missing of an answer that was begun; `undefined` where what was said is not its beginning. */
function unsaid(said: string, answer: string): string | undefined {
  if (said.trim() === "") return answer;
  if (answer.startsWith(said)) return answer.slice(said.length);
  // White space at the ends is not kept by everybody.
  if (said.trim().endsWith(answer.trim())) return "";
  return answer.startsWith(said.trimStart()) ? answer.slice(said.trimStart().length) : undefined;
}

/** A call's arguments on one line. */
function folded(args: string): string {
  const text = oneLine(args).replaceAll(/\s+/g, " ");
  return text === "{}" ? "" : text.length > ARGS_MAX_CHARS ? `${text.slice(0, ARGS_MAX_CHARS)}…` : text;
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

function duration(ms: unknown): string {
  const value = numberOf(ms);
  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
}
