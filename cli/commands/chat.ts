import { sessionId } from "#contract";
import { converse, newSession, sayOnce } from "../chat/index.ts";
import { defineCommand, WrongUse } from "../command/index.ts";
import { DEFAULT_AGENT, readText } from "./arguments.ts";

export const chat = defineCommand({
  name: "chat",
  summary: "Talk to an agent",
  words: ["[AGENT]"],
  options: {
    message: {
      type: "string",
      short: "m",
      value: "TEXT",
      summary: "Say this, print the answer and end; `-` reads it from standard input",
    },
    attach: {
      type: "string",
      multiple: true,
      value: "FILE",
      summary: "Send a file along (64 MiB at most); without -m, with the first message",
    },
    session: { type: "string", value: "NAME", summary: "Go on with this conversation (default: a new one)" },
  },
  details: [
    `AGENT is ${DEFAULT_AGENT} where none is named. What you say is kept before anything thinks: an answer that was cut off,`,
    "even by a restart of the server, is written to its end, and `--session` takes it up again.",
    "Without -m it is a conversation: the answer appears while it is written. Ctrl-C stops it, and a second time leaves.",
    'Arrow keys bring back what you said; a backslash at a line\'s end, or """ around several lines, makes one message of them.',
    "What you type while an answer is written is added to the turn. `/help` lists commands. Questions of the agent and",
    "calls that need your approval are put to you in place.",
    "With -m and --json: one object with reply, session, trace and usage.",
  ],
  examples: [
    "fw chat",
    "fw chat notes --session garden",
    'fw chat -m "What did I plan for today?"',
    'fw chat -m "What does this say?" --attach letter.pdf --attach photo.png',
    "git diff | fw chat -m - --json",
  ],
  async run({ words, options, place }) {
    const agent = words.AGENT ?? DEFAULT_AGENT;
    if (options.session !== undefined && !sessionId.safeParse(options.session).success)
      throw new WrongUse(
        `"${options.session}" cannot be a conversation's name.`,
        "Use letters, digits and . : @ _ - only, 128 at most.",
      );
    if (options.message !== undefined) {
      const text = await readText(place, options.message);
      if (text.trim() === "") throw new WrongUse("There is no message.", 'fw chat -m "TEXT"');
      return sayOnce(place, agent, options.session ?? newSession(), text, options.attach ?? []);
    }
    if (!place.terminal.interactive || !place.terminal.watched || place.json)
      throw new WrongUse(
        place.json ? "A conversation is not one JSON document." : "Nobody is there to talk to.",
        'Say one thing with -m: fw chat -m "TEXT", or -m - for standard input.',
      );
    await converse(place, agent, options.session, options.attach ?? []);
    return undefined;
  },
});
