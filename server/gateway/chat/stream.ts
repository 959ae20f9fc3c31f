import type { ServerResponse } from "node:http";
import type { LlmDelta, LlmReply } from "#contract";
import { chatUsage, finishReason, logprobsOf, ofOpenai, partsOf, type ReplyHead } from "./reply.ts";

/** Bytes that may wait for a client that does not read. */
const WAITING_MAX_BYTES = 8 * 1024 * 1024;

/** A stream of `chat.completion.chunk`s. The answer begins with the first piece, so that a failure before has its own status. */
export interface ChatStream {
  delta(delta: LlmDelta): void;
  /** What of the reply was not told yet, why it ended, and what it used. */
  end(reply: LlmReply): void;
  /** A failure after the answer began. */
  fail(error: object): void;
  begun(): boolean;
}

/** @param onSlow called when the client does not read what is sent */
export function createChatStream(
  outgoing: ServerResponse,
  head: ReplyHead,
  includeUsage: boolean,
  onSlow: () => void,
): ChatStream {
  /** Characters told so far: text, thinking, and the arguments of each call. */
  const told = { text: 0, thinking: 0, calls: [] as number[] };

  const write = (choices: readonly object[], more: object = {}): void => {
    if (!outgoing.headersSent)
      outgoing.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",
      });
    const { id, created, model } = head;
    const chunk = { id, object: "chat.completion.chunk", created, model, choices, ...more };
    outgoing.write(`data: ${JSON.stringify(chunk)}\n\n`);
    if (outgoing.writableLength > WAITING_MAX_BYTES) onSlow();
  };
  const usageMember = includeUsage ? { usage: null } : {};
  const piece = (delta: object, finish_reason: string | null = null, more: object = {}): void => {
    const role = outgoing.headersSent ? {} : { role: "assistant" };
    write([{ index: 0, delta: { ...role, ...delta }, finish_reason, ...more }], usageMember);
  };
  const delta = (one: LlmDelta): void => {
    switch (one.type) {
      case "text":
        told.text += one.text.length;
        piece({ content: one.text });
        return;
      case "thinking":
        told.thinking += one.text.length;
        piece({ reasoning_content: one.text });
        return;
      case "tool_call": {
        const { index, id, name, args = "" } = one;
        told.calls[index] = (told.calls[index] ?? 0) + args.length;
        piece({
          tool_calls: [
            {
              index,
              ...(id === undefined ? {} : { id }),
              ...(id === undefined && name === undefined ? {} : { type: "function" }),
              function: { ...(name === undefined ? {} : { name }), arguments: args },
            },
          ],
        });
      }
    }
  };

  return {
    delta,
    end(reply) {
      let text = "";
      let thinking = "";
      let calls = 0;
      for (const part of partsOf(reply)) {
        if (part.type === "text") text += part.text;
        if (part.type === "thinking") thinking += part.text;
        if (part.type !== "tool_call") continue;
        const index = calls++;
        const known = told.calls[index];
        if (known === undefined)
          delta({ type: "tool_call", index, id: part.id, name: part.name, args: part.args });
        else if (known < part.args.length) delta({ type: "tool_call", index, args: part.args.slice(known) });
        const beyond = ofOpenai(part.extra);
        if (Object.keys(beyond).length > 0) piece({ tool_calls: [{ index, ...beyond }] });
      }
      if (thinking.length > told.thinking) delta({ type: "thinking", text: thinking.slice(told.thinking) });
      if (text.length > told.text) delta({ type: "text", text: text.slice(told.text) });
      piece({}, finishReason(reply), { logprobs: logprobsOf(reply) });
      if (includeUsage) write([], { usage: chatUsage(reply.usage) });
      outgoing.end("data: [DONE]\n\n");
    },
    fail(error) {
      outgoing.end(`data: ${JSON.stringify(error)}\n\n`);
    },
    begun: () => outgoing.headersSent,
  };
}
