import {
  type Attachment,
  type CallContext,
  capability,
  FieldworkError,
  type JsonValue,
  type Provider,
  provide,
  type Source,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import { newTrace } from "../counter/index.ts";
import type { Mailbox } from "../mailbox/index.ts";
import type { Registry, States } from "../modules/index.ts";
import { dropSteps, forgetSaid } from "../turns/index.ts";

/** What the owner said or set up; anything else comes from outside. */
const OWN_SOURCES: ReadonlySet<Source["kind"]> = new Set(["owner", "schedule", "module"]);

export interface MessageParts {
  readonly registry: Registry;
  readonly states: States;
  readonly mailbox: Mailbox;
  readonly approvals: Approvals;
}

/** Messages to modules: sent, waited for, stopped, forgotten. */
export function serveMessages({ registry, states, mailbox, approvals }: MessageParts): Provider[] {
  return [
    provide(capability("message.send"), async (asked, context) => {
      const trace = context.trace || newTrace();
      const source: Source =
        context.caller.tier === "owner"
          ? { kind: "owner", id: "owner" }
          : (asked.source ?? { kind: "module", id: context.caller.id });
      const session = asked.session ?? `${source.kind}:${source.id}`;
      const brought = asked.attachments ?? [];
      if (asked.text === undefined && asked.payload === undefined && brought.length === 0) {
        throw new FieldworkError("invalid_input", "message.send: there is neither a text nor a payload.");
      }
      if (asked.payload !== undefined && brought.length > 0)
        throw new FieldworkError(
          "invalid_input",
          "message.send: attachments come with a text, not a payload.",
        );
      const attachments = await attached(asked.to, session, brought, context);
      const payload = asked.payload ?? {
        text: asked.text ?? "",
        session,
        source,
        ...(asked.user === undefined ? {} : { user: asked.user }),
        ...(attachments.length === 0 ? {} : { attachments }),
      };
      const mail = await mailbox.accept({
        ...(asked.key === undefined ? {} : { id: `${source.kind}:${source.id}:${asked.key}` }),
        to: asked.to,
        function: asked.function,
        session,
        source,
        trace,
        payload: payload as JsonValue,
        tainted: asked.tainted || !OWN_SOURCES.has(source.kind),
        attended: asked.attended,
      });
      const { id, trace: itsTrace } = mail;
      if (!asked.wait) return { id, session, trace: itsTrace };
      return {
        id,
        session,
        trace: itsTrace,
        mail: await mailbox.finished(asked.to, mail.id, context.signal),
      };
    }),
    provide(capability("message.cancel"), ({ to, session }) => ({ cancelled: mailbox.cancel(to, session) })),
    provide(capability("message.forget"), ({ to, session }) => {
      registry.entry(to);
      const state = states.get(to);
      const messages = state.transaction(() => {
        const forgotten = mailbox.forget(to, session);
        for (const { id } of forgotten) dropSteps(state, id);
        forgetSaid(state, session);
        return forgotten;
      });
      approvals.forget(
        to,
        messages.map(({ trace }) => trace),
      );
      return { forgotten: messages.length };
    }),
    provide(capability("message.list"), ({ to, limit }) => {
      registry.entry(to);
      return { messages: mailbox.list(to, limit) };
    }),
  ];
}

/** What comes with a message, bound to its conversation and delivered before the message is. */
async function attached(
  to: string,
  session: string,
  attachments: readonly Attachment[],
  context: CallContext,
): Promise<readonly Attachment[]> {
  if (attachments.length === 0) return [];
  const bound = await context.call("blob.attach", { to, session, attachments: [...attachments] });
  return (bound as { attachments: readonly Attachment[] & JsonValue }).attachments;
}
