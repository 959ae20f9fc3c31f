/**
 * `session.*`, `turn.*`, `user.ask`, `question.*`: conversations as logs that only grow, what is being said just now, the
 * owner's hand on a running turn, and questions to a person.
 * @module
 */
import { type CallContext, capability, defineModule, FieldworkError, type Host, provide } from "#contract";
import { createList } from "./list.ts";
import { createLive } from "./live.ts";
import { append, latestSummary, read } from "./log.ts";
import { createQuestions } from "./questions.ts";
import { newCompletions, newReceipts } from "./receipts.ts";
import { remove } from "./remove.ts";
import { rewind } from "./rewind.ts";
import { createSearch } from "./search/index.ts";
import { settings } from "./settings.ts";
import { page, turnsOf } from "./show.ts";
import { migrations, stateMigrations } from "./tables.ts";
import { textOf } from "./title.ts";
import { createTurns, openedBy } from "./turns.ts";

function begin(host: Host) {
  const live = createLive(host);
  const questions = createQuestions(host);
  return {
    live,
    questions,
    turns: createTurns(host, live, questions),
    list: createList(host, questions),
    search: createSearch(host),
  };
}

let parts: ReturnType<typeof begin> | undefined;
const running = () => {
  if (!parts) throw new FieldworkError("unavailable", "Conversations are not running yet.");
  return parts;
};

/** What happened to a conversation, without its content. */
function note(
  context: CallContext,
  kind: string,
  session: string,
  data: Readonly<Record<string, number | string>>,
) {
  const { host, trace, span, caller } = context;
  host.append({ kind, subject: session, data: { agent: caller.id, ...data }, trace, span });
}

export default defineModule({
  id: "session",
  summary: "Conversations, running turns, and questions to a person.",
  settings,
  migrations,
  stateMigrations,
  provides: [
    provide(capability("session.append"), {
      // A key makes the second time harmless.
      repeatable: ({ key }) => key !== undefined,
      run({ session, messages, usage, summary_covers, key }, context) {
        if (summary_covers !== undefined && messages.length !== 1)
          throw new FieldworkError("invalid_input", "A summary is one message.");
        const state = context.state();
        const { host, trace, caller } = context;
        const opens =
          messages[0]?.role === "user" &&
          !state
            .sql("SELECT 1 FROM session_entry WHERE session = ? AND turn = ? LIMIT 1")
            .get(session, trace);
        // What the user says comes before anything was done.
        const answers = messages.some(({ role }) => role !== "user");
        const added = append(state, {
          session,
          messages,
          usage,
          covers: summary_covers,
          key: key ?? null,
          turn: trace,
          at: new Date(host.now()).toISOString(),
          // What the owner said while a tainted turn ran is the owner's own word.
          tainted: (message) =>
            context.tainted &&
            !(message.role === "user" && running().turns.isAdded(state, session, textOf(message))),
          receipts: answers ? newReceipts(host, state, session, trace) : [],
          completions: answers ? newCompletions(host, state, session, trace) : [],
          opened: opens ? openedBy(state, session, trace) : undefined,
        });
        if (added.created) {
          host.database().sql("INSERT OR IGNORE INTO session_agent VALUES (?)").run(caller.id);
          note(context, "session.created", session, {});
        }
        if (added.numbers.length === 0) return { last: added.last, tokens: added.tokens };
        const said = messages.filter(({ role }) => role === "user").map(textOf);
        if (said.length > 0) running().turns.taken(state, session, said);
        if (opens) note(context, "turn.started", session, { entry: added.numbers[0] ?? added.last });
        if (messages.some(({ role }) => role === "assistant")) running().live.clear(caller.id, session);
        note(context, summary_covers === undefined ? "session.appended" : "session.compacted", session, {
          first: added.numbers[0] ?? added.last,
          last: added.last,
          tokens: added.tokens,
          ...(summary_covers === undefined ? {} : { covers: summary_covers }),
        });
        return { last: added.last, tokens: added.tokens };
      },
    }),
    provide(capability("session.history"), ({ session, after, limit, newest }, context) => {
      const state = context.state();
      const row = state.sql("SELECT entries FROM session_session WHERE id = ?").get(session);
      return {
        entries: read(state, session, { after, limit, newest }),
        last: Number(row?.entries ?? 0),
        summary: latestSummary(state, session) ?? null,
      };
    }),
    provide(capability("turn.pending"), ({ session }, context) => {
      const pending = running().turns.pending(context.state(), session, context.trace);
      for (const message of pending.messages) context.trust(message);
      return pending;
    }),
    provide(capability("user.ask"), {
      // Asked again after a crash, it is still the same question.
      repeatable: () => true,
      async run({ session, question, options }, context) {
        const { caller, trace, span, signal } = context;
        context.waiting(true);
        try {
          const asked = { agent: caller.id, session, trace, span, question, options, signal };
          const answer = await running().questions.ask(asked);
          context.trust(answer);
          return { answer };
        } finally {
          context.waiting(false);
        }
      },
    }),
    provide(capability("session.list"), ({ agent, archived, limit }) => ({
      sessions: running().list.list(agent, archived, limit),
    })),
    provide(capability("session.search"), ({ query, agent, limit }, { host, signal }) => {
      if (agent !== undefined) host.stateOf(agent);
      const { list, search } = running();
      return search.find({ query, agents: agent === undefined ? list.agents() : [agent], limit, signal });
    }),
    provide(capability("session.show"), ({ agent, session, ...range }, context) => {
      const state = context.host.stateOf(agent);
      const shown = page(state, session, range);
      return {
        info: running().list.info(agent, session),
        ...shown,
        turns: turnsOf(state, session, shown.entries),
        live: running().live.get(agent, session),
        spoken: running().live.spoken(agent, session),
      };
    }),
    provide(capability("session.rewind"), async ({ agent, session, to }, context) => {
      const { list } = running();
      list.info(agent, session);
      const superseded = await rewind(context.host, agent, session, to);
      note(context, "session.rewound", session, { of: agent, to, superseded });
      return { superseded, entries: list.info(agent, session).entries };
    }),
    provide(capability("session.delete"), async ({ agent, session, thorough }, context) => {
      const deleted = await remove(context.host, running(), { agent, session, thorough });
      note(context, "session.deleted", session, { of: agent, ...deleted });
      return deleted;
    }),
    provide(capability("session.change"), ({ agent, session, ...change }, context) => {
      running().list.change(agent, session, change);
      note(context, "session.changed", session, { of: agent });
      return { ok: true as const };
    }),
    provide(capability("session.branch"), async ({ agent, session, upto }, context) => {
      const branch = running().list.branch(agent, session, upto);
      await context.host
        .call("blob.share", { agent, from: session, to: branch })
        .catch((error: FieldworkError) => {
          if (error.code !== "unavailable") throw error;
        });
      note(context, "session.branched", session, { of: agent, branch });
      return { session: branch };
    }),
    provide(capability("turn.stop"), async ({ agent, session }) => ({
      stopped: await running().turns.stop(agent, session),
    })),
    provide(capability("turn.add"), async ({ agent, session, text, key }) => ({
      added: await running().turns.add(agent, session, text, key),
    })),
    provide(capability("question.list"), (which) => {
      const { questions, next } = running().questions.list(which);
      return { questions: questions.map((one) => ({ ...one, options: [...one.options] })), next };
    }),
    provide(capability("question.answer"), async ({ id, answer }) => {
      await running().questions.answer(id, answer);
      return { ok: true as const };
    }),
  ],
  about(module, host) {
    const known = host.database().sql("SELECT 1 FROM session_agent WHERE agent = ?").get(module);
    if (!known) return {};
    const { n } = host.stateOf(module).sql("SELECT count(*) AS n FROM session_session").get() as {
      n: number;
    };
    return { sessions: n };
  },
  removed: (module) => parts?.questions.forget(module),
  copied(from, to, withState, host) {
    if (!withState) return;
    host
      .database()
      .sql("INSERT OR IGNORE INTO session_agent SELECT ? FROM session_agent WHERE agent = ?")
      .run(to, from);
  },
  start(host) {
    const begun = begin(host);
    parts = begun;
    return () => {
      begun.questions.stop();
      begun.turns.end();
      begun.live.stop();
      parts = undefined;
      return begun.search.close();
    };
  },
});
