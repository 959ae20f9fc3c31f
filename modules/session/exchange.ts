import type { Attachment, Database, Event, Host, JsonValue, LlmMessage, Source } from "#contract";
import { append } from "./log.ts";
import { newCompletions, newReceipts } from "./receipts.ts";

const REPLY_MAX_CHARS = 1024 * 1024;
/** Whose messages are a conversation. What machines send to an agent stays in its inbox alone. */
const PEOPLE: readonly Source["kind"][] = ["owner", "channel"];

/**
 * Writes down what a person said and what was answered, where the agent's own code wrote nothing: it keeps no conversation,
 * or failed before it could. A turn that left an entry is left alone, so that nothing stands twice.
 */
export function keepExchange(host: Host, state: Database, agent: string, event: Event): void {
  const { trace } = event;
  const session = String(event.data.session);
  const row = state
    .sql(
      `SELECT source, payload, reply, tainted FROM inbox WHERE session = ? AND trace = ? AND id = ? AND state IN ('done', 'failed')
       AND function = 'handle_message' AND NOT EXISTS (SELECT 1 FROM session_entry WHERE session = ? AND turn = ?)`,
    )
    .get(session, trace, event.subject, session, trace);
  if (!row) return;
  const source = JSON.parse(String(row.source)) as Source;
  const { text, user, attachments } = JSON.parse(String(row.payload)) as {
    readonly text?: unknown;
    readonly user?: unknown;
    readonly attachments?: Attachment[];
  };
  if (!PEOPLE.includes(source.kind) || typeof text !== "string") return;
  const reply =
    row.reply === null ? "" : spoken(JSON.parse(String(row.reply)) as JsonValue).slice(0, REPLY_MAX_CHARS);
  const said: LlmMessage = { role: "user", content: text };
  const messages: LlmMessage[] = reply === "" ? [said] : [said, { role: "assistant", content: reply }];
  const added = append(state, {
    session,
    messages,
    at: new Date(host.now()).toISOString(),
    turn: trace,
    key: "exchange",
    // What the agent's code has read is not known here.
    tainted: ({ role }) => role !== "user" || row.tainted === 1,
    usage: undefined,
    covers: undefined,
    receipts: newReceipts(host, state, session, trace),
    completions: newCompletions(host, state, session, trace),
    opened: {
      source,
      ...(typeof user === "string" ? { user } : {}),
      ...(attachments && attachments.length > 0 ? { attachments } : {}),
    },
  });
  const tell = (kind: string, data: Readonly<Record<string, number>>) =>
    host.append({ kind, subject: session, data: { agent, ...data }, trace, span: event.span });
  if (added.created) {
    host.database().sql("INSERT OR IGNORE INTO session_agent VALUES (?)").run(agent);
    tell("session.created", {});
  }
  const first = added.numbers[0] ?? added.last;
  tell("session.appended", { first, last: added.last, tokens: added.tokens });
}

/** What an agent answered: its `reply` where it has one, else all of it. */
function spoken(reply: JsonValue): string {
  const words =
    typeof reply === "object" && reply !== null && !Array.isArray(reply) && "reply" in reply
      ? reply.reply
      : reply;
  if (words === null || words === undefined) return "";
  return typeof words === "string" ? words : JSON.stringify(words, undefined, 2);
}
