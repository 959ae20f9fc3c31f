import {
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  type Key,
  moveCursor,
} from "node:readline";
import { Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { dim, neutral, oneLine, render, type Text } from "../terminal/index.ts";
import { createComposer } from "./composer.ts";

export interface AskOptions {
  /** Several lines may be given, by a backslash at the end, by `"""`, or pasted. */
  readonly multiline?: boolean;
  /** Takes the question back: it resolves with `undefined`. */
  readonly signal?: AbortSignal;
}

/**
 * What is said runs on above; where something is asked, or the person begins to type, a prompt stands below it. Text of
 * others becomes safe for a terminal here.
 */
export interface Screen {
  /** A piece of running text. */
  stream(text: string): void;
  /** Whole lines. */
  show(text: Text): void;
  /** What goes on just now; the next thing that is said takes its place. */
  status(text: string): void;
  /** One input of the person; `undefined` when it was taken back or the screen is closed. The newest question comes first. */
  ask(prompt: string, options?: AskOptions): Promise<string | undefined>;
  /** Inputs of several lines or one that the arrow keys bring back, oldest first; later than those there are. */
  remember(inputs: readonly string[]): void;
  close(): void;
}

export interface ScreenOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly colour: boolean;
  /** Ctrl-C, with nothing typed that it would clear. */
  interrupted(): void;
  /** Typed while nothing was asked. */
  said(text: string): void;
  /** The input has ended: Ctrl-D, or the terminal is gone. */
  ended(): void;
  /** Ways to go on from what is typed, for the tab key. */
  complete(typed: string): readonly string[];
}

interface Question {
  readonly prompt: string;
  readonly multiline: boolean;
  readonly answer: (text: string | undefined) => void;
  /** What stands typed while another question is in front. */
  typed: string;
}

const MORE = "… ";
const UNASKED = "+ ";
const HISTORY_MAX = 200;
/** Longer ones are not brought back: they would be drawn anew with every key. */
const HISTORY_MAX_CHARS = 16_384;
const PASTE_MARKS = { on: "\x1b[?2004h", off: "\x1b[?2004l" };

/** Several lines as readline's history has them: the last one first, with carriage returns between. */
const asKept = (text: string): string => text.split("\n").reverse().join("\r");

export function openScreen(options: ScreenOptions): Screen {
  const { input, output, colour } = options;
  const composer = createComposer();
  const questions: Question[] = [];
  let visible = false;
  let midLine = false;
  let status = "";
  /** The beginning of a line that came while a prompt stood below. */
  let held = "";
  /** What stood in the line when it was entered: of several lines readline itself gives it in the form it keeps. */
  let entered = "";
  let pasting = false;
  let pasted: string[] = [];
  let closed = false;

  /** What readline writes is seen only while there is a prompt. */
  const gate = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (visible) output.write(chunk);
      done();
    },
  });
  Object.defineProperty(gate, "columns", { get: () => output.columns });
  const resized = () => gate.emit("resize");

  emitKeypressEvents(input);
  const onKey = (text: string | undefined, key: Key): void => {
    const name = key.name as string | undefined;
    if (name === "return" || name === "enter") entered = readline.line;
    if (name === "paste-start") pasting = true;
    if (name === "paste-end") pasting = false;
    if (visible || closed) return;
    const printable = text !== undefined && text >= " " && text !== "\x7f" && !key.ctrl && !key.meta;
    if (printable || name === "paste-start" || name === "up")
      push(UNASKED, true, (said) => said?.trim() && options.said(said));
  };
  // Before readline's own, so that the prompt stands when it shows the key.
  input.on("keypress", onKey);
  const readline = createInterface({
    input,
    output: gate,
    terminal: true,
    // It adds every line by itself; what is one input is put in its place after each.
    historySize: HISTORY_MAX + 1,
    completer: (typed: string) => [options.complete(typed), typed],
  });
  output.write(PASTE_MARKS.on);
  output.on("resize", resized);
  /** The newest first. */
  let history: readonly string[] = [];
  const remember = (inputs: readonly string[]): void => {
    const added = inputs
      .map((one) => neutral(one).trimEnd())
      .filter((one) => one !== "" && one.length <= HISTORY_MAX_CHARS)
      .reverse();
    history = [...new Set([...added, ...history])].slice(0, HISTORY_MAX);
    (readline as unknown as { history: string[] }).history = history.map(asKept);
  };

  const clearStatus = (): void => {
    if (status === "") return;
    status = "";
    cursorTo(output, 0);
    clearScreenDown(output);
  };
  const clearPrompt = (): void => {
    const { rows } = readline.getCursorPos();
    cursorTo(output, 0);
    if (rows > 0) moveCursor(output, 0, -rows);
    clearScreenDown(output);
  };
  const above = (text: string): void => {
    clearPrompt();
    output.write(text);
    readline.prompt(true);
  };
  const write = (text: string): void => {
    if (text === "") return;
    clearStatus();
    if (!visible) {
      output.write(text);
      midLine = !text.endsWith("\n");
      return;
    }
    held += text;
    const end = held.lastIndexOf("\n") + 1;
    if (end === 0) return;
    const lines = held.slice(0, end);
    held = held.slice(end);
    above(lines);
  };
  const finishLine = (): void => {
    if (visible ? held !== "" : midLine) write("\n");
  };

  const typeNothing = (): void => {
    readline.write(null, { ctrl: true, name: "e" });
    readline.write(null, { ctrl: true, name: "u" });
  };
  /** Takes the prompt from the screen, as it stands; what is typed stays typed where it is kept. */
  const hide = (): void => {
    if (!visible) return;
    clearPrompt();
    gone();
  };
  const gone = (): void => {
    visible = false;
    midLine = false;
    typeNothing();
    const rest = held;
    held = "";
    write(rest);
  };
  const showFront = (): void => {
    const front = questions.at(-1);
    if (!front || closed) return;
    finishLine();
    clearStatus();
    readline.setPrompt(composer.begun ? MORE : front.prompt);
    visible = true;
    readline.prompt();
    if (front.typed === "") return;
    // Written as keys, a line break in it would send it.
    Object.assign(readline, { line: front.typed, cursor: front.typed.length });
    readline.prompt(true);
  };
  const push = (prompt: string, multiline: boolean, answer: Question["answer"]): Question => {
    const before = questions.at(-1);
    if (before && visible) {
      before.typed = readline.line;
      hide();
    }
    const question: Question = { prompt, multiline, answer, typed: "" };
    questions.push(question);
    showFront();
    return question;
  };
  const settle = (question: Question, text: string | undefined): void => {
    questions.splice(questions.indexOf(question), 1);
    question.answer(text);
    if (!visible) showFront();
  };

  readline.on("line", (given) => {
    const line = given.includes("\r") ? entered : given;
    remember([]);
    const front = questions.at(-1);
    if (!front || !visible) return;
    if (pasting && front.multiline) {
      pasted.push(line);
      return;
    }
    const typed = [...pasted, line];
    pasted = [];
    const isPart = composer.begun || (typed.length === 1 && !line.includes("\n"));
    const text = front.multiline && isPart ? composer.add(typed.join("\n")) : typed.join("\n");
    front.typed = "";
    if (text === undefined) {
      readline.setPrompt(MORE);
      readline.prompt();
      return;
    }
    composer.reset();
    if (front.multiline) remember([text]);
    gone();
    settle(front, text);
  });
  readline.on("SIGINT", () => {
    const front = questions.at(-1);
    if (!visible || !front || (readline.line === "" && !composer.begun && pasted.length === 0)) {
      options.interrupted();
      return;
    }
    composer.reset();
    pasted = [];
    output.write("^C\n");
    gone();
    front.typed = "";
    if (front.prompt === UNASKED) settle(front, undefined);
    else showFront();
  });
  readline.on("close", () => {
    if (closed) return;
    finish();
    options.ended();
  });

  const finish = (): void => {
    closed = true;
    if (visible) output.write("\n");
    visible = false;
    clearStatus();
    if (midLine) output.write("\n");
    input.off("keypress", onKey);
    output.off("resize", resized);
    output.write(PASTE_MARKS.off);
    for (const question of questions.splice(0)) question.answer(undefined);
  };

  return {
    stream: (text) => write(neutral(text)),
    show(text) {
      finishLine();
      write(render(text, colour));
    },
    status(text) {
      if (visible || midLine || closed) return;
      clearStatus();
      status = oneLine(text).slice(0, Math.max(1, (output.columns || 80) - 4));
      output.write(render([dim(status)], colour).trimEnd());
    },
    ask(prompt, { multiline = false, signal } = {}) {
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      if (closed || signal?.aborted) return Promise.resolve(undefined);
      const question = push(prompt, multiline, resolve);
      const takeBack = (): void => {
        if (!questions.includes(question)) return;
        if (questions.at(-1) === question) hide();
        settle(question, undefined);
      };
      signal?.addEventListener("abort", takeBack, { once: true });
      return promise.finally(() => signal?.removeEventListener("abort", takeBack));
    },
    remember,
    close() {
      if (closed) return;
      finish();
      readline.close();
    },
  };
}
