import type { ModelInfo, SessionInfo } from "#contract";
import type { Place } from "../command/index.ts";
import { dim, linesOf, localTime, type Text, table } from "../terminal/index.ts";
import { newSession } from "./deliver.ts";

/** What a line that begins with `/` may do to the conversation. */
export interface Desk {
  readonly place: Place;
  readonly agent: string;
  session(): string;
  /** Goes to another conversation. */
  enter(session: string): Promise<void>;
  /** A file that goes along with the next message. */
  attach(file: string): Promise<void>;
  stop(): Promise<void>;
  quit(): void;
  show(text: Text): void;
}

interface LocalCommand {
  readonly usage: string;
  readonly summary: string;
  run(rest: string, desk: Desk): Promise<void> | void;
}

const LOCAL: Readonly<Record<string, LocalCommand>> = {
  help: {
    usage: "/help",
    summary: "What can be typed here",
    async run(_, { place, show }) {
      const { text } = await place.call<{ text: string }>("slash.run", { text: "/help" });
      show([
        ...Object.values(LOCAL).map(({ usage, summary }) => `${usage}: ${summary}.`),
        ...linesOf(text).filter((line) => !String(line).startsWith("/help")),
        "",
        dim('A backslash at the end of a line, or """ around several, makes a message of several lines.'),
        dim(
          "While an answer is written, what you type is added to the turn. Ctrl-C stops it; again, it leaves.",
        ),
      ]);
    },
  },
  new: { usage: "/new", summary: "Begin a new conversation", run: (_, desk) => desk.enter(newSession()) },
  session: {
    usage: "/session [NAME]",
    summary: "Which conversation this is, or go to another",
    run(rest, desk) {
      if (rest === "") return desk.show([desk.session()]);
      return desk.enter(rest);
    },
  },
  sessions: {
    usage: "/sessions",
    summary: "The conversations with this agent",
    async run(_, { place, agent, show }) {
      const { sessions } = await place.call<{ sessions: SessionInfo[] }>("session.list", {
        agent,
        limit: 20,
      });
      const rows = sessions.map((one) => [one.session, localTime(one.last_at), one.title]);
      show(table(["SESSION", "LAST", "TITLE"], rows, place.terminal.width, "There are none yet."));
    },
  },
  model: {
    usage: "/model [NAME]",
    summary: "Which model answers, or let another answer",
    async run(rest, { place, agent, show }) {
      if (rest !== "") {
        await place.call("model.use", { model: rest, agent });
        return show([`${agent} uses ${rest} now.`]);
      }
      const { models } = await place.call<{ models: ModelInfo[] }>("model.list", {});
      show(models.map((one) => `${one.default ? "✓" : " "} ${one.name}  ${one.model}`));
    },
  },
  attach: {
    usage: "/attach FILE",
    summary: "Send a file along with what you say next",
    run: (rest, desk) => (rest === "" ? desk.show(["Name a file: /attach FILE"]) : desk.attach(rest)),
  },
  stop: { usage: "/stop", summary: "Stop the turn that runs", run: (_, desk) => desk.stop() },
  quit: { usage: "/quit", summary: "Leave; a turn that runs goes on", run: (_, desk) => desk.quit() },
};

/** Runs a line that begins with `/`: here, or else on the server with your rights. */
export async function runSlash(text: string, desk: Desk): Promise<void> {
  const [, name = "", rest = ""] = /^\/(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const local = Object.hasOwn(LOCAL, name) ? LOCAL[name] : undefined;
  if (local) return local.run(rest.trim(), desk);
  const said = await desk.place.call<{ text: string }>("slash.run", { text: text.trim() });
  desk.show(linesOf(said.text));
}

/** Local commands that begin with what is typed. */
export const completions = (typed: string): readonly string[] =>
  typed.startsWith("/")
    ? Object.keys(LOCAL).flatMap((name) => (`/${name}`.startsWith(typed) ? [`/${name} `] : []))
    : [];
