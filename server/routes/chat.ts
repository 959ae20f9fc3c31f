import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  ATTACHMENTS_MAX,
  attachment,
  type FieldworkError,
  fromErrorData,
  isErrorCode,
  type JsonObject,
  type JsonValue,
  type Mail,
  sessionId,
  succeed,
} from "#contract";
import { answer, answerOpen } from "../answer.ts";
import { readJson } from "../json_body.ts";
import { parseInput } from "../parse_input.ts";
import { parseQuery } from "../query.ts";
import { type Route, route } from "../route.ts";

const body = z
  .strictObject({
    text: z.string().max(1_048_576).describe("Empty only where files are attached"),
    session: sessionId.optional().describe("The conversation; without one, a new one begins"),
    attachments: z.array(attachment).max(ATTACHMENTS_MAX).optional().describe("Files uploaded to /api/blobs"),
  })
  .refine(({ text, attachments = [] }) => text !== "" || attachments.length > 0, {
    path: ["text"],
    message: "it is empty, and nothing is attached",
  });
const accepted = z.object({ message_id: z.string(), session: z.string(), trace: z.string() });
const answered = accepted.extend({
  reply: z
    .unknown()
    .describe("What the agent says; the standard turn adds `usage`, `tools` and `finish` beside it"),
});

const query = { wait: { type: "boolean", summary: "Answer when the turn has ended" } } as const;

interface Sent {
  readonly id: string;
  readonly session: string;
  readonly trace: string;
  readonly mail?: Mail;
}

export const chatRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/api/chat/{agent}",
    summary: "Say something to an agent; the answer arrives on /api/events, or here with ?wait=1.",
    query,
    body,
    results: { 200: answered, 202: accepted },
    async handle({ service, caller, params, query: given, incoming, signal }) {
      const { wait = false } = parseQuery(given, query);
      const {
        text,
        session = randomUUID(),
        attachments = [],
      } = parseInput(body, await readJson(incoming, service.limits));
      const brought = attachments.length === 0 ? {} : { attachments };
      const said = { to: params.agent ?? "", text, session, wait, ...brought };
      const sent = await service.kernel.call(caller, "message.send", said, { signal });
      if (!sent.ok) return answer(sent);
      const { id, mail, ...place } = sent.result as Sent;
      const receipt = { message_id: id, session: place.session, trace: place.trace };
      if (!mail) return answerOpen(succeed(receipt), 202);
      if (mail.state === "failed") throw failure(mail, receipt);
      return answerOpen(succeed({ ...spoken(mail.reply), ...receipt }));
    },
  }),
];

/** What an agent answered: its object where it has a `reply`, else all of it as the reply. */
const spoken = (reply: JsonValue | undefined): JsonObject =>
  typeof reply === "object" && reply !== null && "reply" in reply
    ? (reply as JsonObject)
    : { reply: reply ?? null };

function failure(mail: Mail, receipt: JsonObject): FieldworkError {
  const { code, message, remedy, details } = (mail.error ?? {}) as Readonly<Record<string, JsonValue>>;
  const more = typeof details === "object" && details !== null && !Array.isArray(details) ? details : {};
  return fromErrorData({
    code: isErrorCode(code) ? code : "module_crashed",
    message: typeof message === "string" ? message : "The message could not be handled.",
    remedy: typeof remedy === "string" ? remedy : `See the journal of trace ${mail.trace}.`,
    details: { ...more, ...receipt },
  });
}
