type Data = Readonly<Record<string, unknown>>;
/** What an event says, without who did it: that stands beside it. */
export type Sentence = (subject: string, data: Data) => string;

const whole = new Intl.NumberFormat("en");
const said = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): string => whole.format(typeof value === "number" ? value : 0);
const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const many = (value: unknown, one: string, more: string): string =>
  `${number(value)} ${value === 1 ? one : more}`;
const list = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(", ") : "");
const reason = (data: Data): string => {
  const { message, code, error } = data;
  const inner = typeof error === "object" && error !== null ? (error as Data) : {};
  return said(message) || said(inner.message) || said(code).replaceAll("_", " ") || "no reason given";
};

const kinds: Readonly<Record<string, Sentence>> = {
  "account.sign_in_failed": (subject) => `Somebody could not sign in by ${subject}`,
  "account.signed_in": (_, data) => `You signed in on ${said(data.device) || "a device"}`,
  "account.restored": (_, data) =>
    `With the backup came back and ended: ${many(data.sessions, "session", "sessions")}, ${many(data.passkeys, "passkey", "passkeys")}, ${many(data.tokens, "token", "tokens")}`,
  "account.confirmed": (_, data) => `You confirmed by ${said(data.via)} that it is you`,
  "account.confirm_failed": (_, data) =>
    `Somebody signed in could not confirm by ${said(data.via)} to be you`,
  "account.signed_out": () => "You signed out",
  "account.session_revoked": () => "You signed a device out",
  "account.password_changed": () => "You changed the password",
  "account.password_change_failed": () => "Somebody could not change the password",
  "account.password_reset": () => "The password was set anew on this machine",
  "account.passkey_added": (subject) => `The passkey ${subject} was added`,
  "account.passkey_removed": (subject) => `The passkey ${subject} was removed`,
  "account.token_made": (_, data) => `The token ${said(data.name)} was made, for ${list(data.scopes)}`,
  "account.token_narrowed": (_, data) => `The token ${said(data.name)} is now only for ${list(data.scopes)}`,
  "account.token_revoked": () => "A token was revoked",
  "approval.asked": (_, data) => `Waits for your approval of ${said(data.capability)}`,
  "approval.given": (_, data) => `You approved ${said(data.capability)}`,
  "approval.refused": (_, data) => `You refused ${said(data.capability)}`,
  "approval.used": (_, data) => `The approval of ${said(data.capability)} was used`,
  "approval.expired": (_, data) => `The approval of ${said(data.capability)} expired`,
  "capability.called": (subject, data) =>
    data.ok === false ? `Call of ${subject} failed: ${reason(data)}` : `Called ${subject}`,
  "doctrine.set": (subject, data) =>
    `The doctrine of ${subject} was written: ${many(data.rules, "rule", "rules")}`,
  "effect.begun": (subject, data) =>
    size(data.targets) > 0 ? `Begins ${subject} on ${list(data.targets)}` : `Begins ${subject}`,
  "effect.denied": (subject, data) => `${subject} was denied: ${reason(data)}`,
  "effect.unknown": (subject) =>
    `Nobody knows whether ${subject} happened: the server ended in the middle of it`,
  "fact.retired": (subject) => `The fact ${subject} no longer holds`,
  "grant.given": (subject, data) => `${subject} may now use ${list(data.grants)}`,
  "grant.taken": (subject, data) => `${subject} may no longer use ${list(data.grants)}`,
  "lesson.learned": (_, data) =>
    Number(data.hits) > 1 ? `Learned a lesson again, for the ${number(data.hits)}. time` : "Learned a lesson",
  "llm.requested": (subject, data) =>
    `Asked ${subject}: ${many(data.messages, "message", "messages")}, ${many(data.tools, "tool", "tools")}`,
  "llm.replied": (subject, data) =>
    data.ok === false
      ? `${subject} did not answer: ${reason(data)}`
      : `${subject} replied with ${many(data.output_tokens, "token", "tokens")}`,
  "memory.edited": (subject) => `The memory ${subject} was corrected`,
  "message.received": (subject) => `Message for ${subject}`,
  "message.answered": () => "Answered the message",
  "message.failed": (_, data) => `The message failed: ${reason(data)}`,
  "message.delayed": (subject, data) => `Mail for ${subject} is delayed: ${reason(data)}`,
  "message.undeliverable": (subject, data) => `Mail for ${subject} cannot be delivered: ${reason(data)}`,
  "message.not_resumed": (subject, data) => `${subject} did not go on with its mail: ${reason(data)}`,
  "model.added": (subject) => `The model ${subject} was added`,
  "model.chosen": (subject, data) =>
    said(data.agent) === ""
      ? `${subject || "The first model there is"} is now asked by default`
      : `${said(data.agent)} now asks ${subject || "what all others ask"}`,
  "model.detected": (_, data) => `Looked for models on this machine and found ${number(data.models)}`,
  "model.key_made": (subject) => `A key of the gateway was made for ${subject}`,
  "model.key_revoked": (subject) => `The key of the gateway for ${subject} no longer works`,
  "model.removed": (subject) => `The model ${subject} was removed`,
  "module.approved": (subject, data) =>
    size(data.grants) > 0 ? `${subject} is approved, with ${list(data.grants)}` : `${subject} is approved`,
  "module.broken": (subject, data) => `${subject} is broken: ${list(data.problems)}`,
  "module.called": (subject, data) =>
    data.ok === false ? `Ran ${subject}, which failed: ${reason(data)}` : `Ran ${subject}`,
  "module.configured": (subject, data) => `${subject} was set up anew: ${list(data.changed)}`,
  "module.duplicated": (subject, data) => `${subject} is a copy of ${said(data.from)}`,
  "module.file_written": (subject, data) => `${said(data.path)} of ${subject} was written`,
  "module.file_deleted": (subject, data) => `${said(data.path)} of ${subject} was deleted`,
  "module.created": (subject) => `${subject} was made from a template`,
  "module.disabled": (subject) => `${subject} is switched off`,
  "module.enabled": (subject) => `${subject} is switched on`,
  "module.exported": (subject) => `${subject} was exported`,
  "module.gone": (subject) => `The folder of ${subject} is gone`,
  "module.installed": (subject, data) => `${subject} ${said(data.version)} is installed`,
  "module.loaded": (subject, data) => `${subject} ${said(data.version)} is loaded`,
  "module.noticed": (subject) => `A new folder is there: ${subject}`,
  "module.on_load_failed": (subject, data) => `${subject} failed while it started: ${reason(data)}`,
  "module.removed": (subject) => `${subject} was removed`,
  "module.restored": (subject) => `${subject} was restored`,
  "module.shipped": (subject) => `${subject} came with Fieldwork`,
  "owner.acted": (subject) => `You used ${subject}`,
  "recall.done": (_, data) => {
    const found = Array.isArray(data.recalled) ? (data.recalled as readonly Data[]) : [];
    const used = found.filter((one) => one.used === true).length;
    const context = `${number(data.tokens)} of ${number(data.budget_tokens)} tokens`;
    return found.length === 0
      ? `Recalled nothing; the context takes ${context}`
      : `Recalled ${number(found.length)}, used ${number(used)}; the context takes ${context}`;
  },
  "schedule.cancelled": (subject) => `A schedule of ${subject} was cancelled`,
  "schedule.set": (subject) => `A schedule of ${subject} was set`,
  "schedule.failed": (subject, data) => `The schedule of ${subject} failed: ${reason(data)}`,
  "secret.set": (subject) => `The secret ${subject} was kept`,
  "secret.deleted": (subject) => `The secret ${subject} was deleted`,
  "secret.rotated": (_, data) =>
    `The master key is new; ${many(data.rotated, "secret is", "secrets are")} locked with it`,
  "session.created": (subject) => `The conversation ${subject} begins`,
  "session.appended": (subject, data) => {
    const more = Number(data.last) - Number(data.first) + 1;
    return `${many(more, "entry", "entries")} more in ${subject}`;
  },
  "session.compacted": (subject) => `The beginning of ${subject} is now told by a summary`,
  "session.deleted": (subject) => `The conversation ${subject} was deleted`,
  "session.rewound": (subject) => `The conversation ${subject} was taken back to an earlier place`,
  "session.changed": (subject) => `The conversation ${subject} was changed`,
  "session.branched": (subject, data) => `${said(data.branch)} branches from ${subject}`,
  "session.asked": () => "Asked you a question",
  "session.answered": () => "You answered the question",
  "setting.changed": (subject) => `The setting ${subject} was changed`,
  "system.backup": () => "A backup was made",
  "system.backup_begun": () => "A backup begins",
  "system.backup_deleted": (_, data) => `The backup ${said(data.name)} was deleted`,
  "system.restarting": () => "Fieldwork starts anew",
  "system.restored": () => "A backup was restored",
  "system.restoring": (_, data) => `The backup ${said(data.name)} is being restored`,
  "system.restore_failed": () => "A backup could not be restored; nothing was changed",
  "system.stop_asked": () => "You stopped Fieldwork",
  "system.owner_created": (subject) => `The owner is ${subject}`,
  "system.resealed": () => "You sealed the core",
  "system.safe_mode": () => "Safe mode: the core has changed",
  "system.safe_mode_left": () => "Safe mode is over",
  "system.started": () => "Fieldwork started",
  "system.stopping": () => "Fieldwork stops",
  "tool.called": (subject) => `The tool ${subject} begins`,
  "tool.replied": (subject, data) =>
    data.ok === false ? `The tool ${subject} failed: ${reason(data)}` : `The tool ${subject} is done`,
  "turn.started": (subject) => `A turn begins in ${subject}`,
  "turn.finished": (subject, data) =>
    data.ok === false ? `The turn in ${subject} failed` : `The turn in ${subject} is done`,
};

export const journal = {
  lead: "Everything that happened, in the order it happened. Each row carries the hash of the one before it, so nothing can be changed unseen.",
  kinds,
  /** A kind that has no sentence of its own. */
  unknownKind: (kind: string, subject: string) =>
    `${kind.replaceAll(/[._]/g, " ")}${subject === "" ? "" : `: ${subject}`}`,
  /** What a step of a trace does, by its capability or kind. */
  steps: {
    "capability.called": "Calls",
    "flow.run": "Runs a flow",
    handle_message: "The agent's turn",
    "llm.complete": "Asks the model",
    "llm.embed": "Asks for vectors",
    "message.received": "The message arrives",
    "message.answered": "The message is answered",
    "message.send": "Sends a message",
    "mind.lesson.add": "Learns a lesson",
    "mind.lesson.feedback": "Weighs a lesson",
    "mind.lesson.recall": "Recalls lessons",
    "mind.prepare": "Gathers what it knows",
    "module.called": "Runs",
    "module.invoke": "Calls a module",
    "session.append": "Writes the conversation",
    "session.history": "Reads the conversation",
    "store.brain.add": "Remembers",
    "store.brain.search": "Searches memories",
    "tool.call": "Uses a tool",
    "tool.run": "Uses a tool",
    "tool.specs": "Looks up its tools",
    "turn.pending": "Listens for more",
    "user.ask": "Asks you",
  } as Readonly<Record<string, string>>,
  families: {
    all: "Everything",
    "message.*": "Messages",
    "turn.*": "Turns",
    "session.*": "Conversations",
    "recall.done": "Recall",
    "llm.*": "Models",
    "tool.*": "Tools",
    "capability.called": "Calls",
    "effect.*": "Effects and denials",
    "approval.*": "Approvals",
    "lesson.learned": "Lessons",
    "module.*": "Modules",
    "grant.*": "Grants",
    "secret.*": "Secrets",
    "setting.*": "Settings",
    "schedule.*": "Schedules",
    "account.*": "Account",
    "system.*": "System",
  } as Readonly<Record<string, string>>,
  filter: {
    label: "Filters",
    kind: "What",
    agent: "Agent",
    everyone: "All agents",
    session: "Conversation",
    text: "Search in what happened",
    from: "From",
    to: "Until",
    more: "More filters",
    fewer: "Fewer filters",
    clear: "Clear filters",
    reads: "Show the panel's own reading",
  },
  live: "Live",
  paused: "Paused",
  pause: "Stop following",
  follow: "Follow what happens now",
  newer: (n: number) => `${whole.format(n)} new`,
  events: "Events, the newest first",
  beginning: "This is where the journal begins.",
  nothingEarlier: "There is nothing earlier.",
  searching: (n: number) => `${whole.format(n)} events looked at …`,
  looked: (n: number) => `${whole.format(n)} events looked at.`,
  further: "Search further back",
  empty: "Nothing like that has happened",
  emptyMore: "Take a filter away, or wait: what happens now appears by itself.",
  failed: "failed",
  trace: {
    title: "One turn, step by step",
    lead: "What was done, by whom, and how long each step took. Choose a step to see what stands in the journal about it.",
    open: "Show as a trace",
    back: "Journal",
    steps: "Steps",
    total: "In all",
    models: "In models",
    tools: "In tools",
    recall: "Recall",
    tokens: "Tokens",
    tokensOf: (input: number, output: number) => `${whole.format(input)} in, ${whole.format(output)} out`,
    cost: "Cost",
    truncated: "There are more events in this trace than are shown.",
    step: (what: string, took: string) => `${what}, ${took}`,
    close: "Close the step",
    empty: "There is no such trace",
    emptyMore:
      "The journal holds nothing about it: the address may be mistyped, or it is older than what is kept.",
    conversation: "Open the conversation",
    all: "As a list",
    small: (n: number) => (n === 1 ? "Show 1 very short step" : `Show ${whole.format(n)} very short steps`),
    agent: "Agent",
    begun: "Begun",
  },
  verify: {
    open: "Verify the chain",
    title: "Verify the chain",
    words:
      "Every row is read and its hash computed anew. This takes a moment for a long journal, and disturbs nothing.",
    start: "Begin",
    again: "Verify again",
    running: "Reading the journal …",
    progress: (done: number, of: number | null) =>
      of === null ? `${whole.format(done)} rows` : `${whole.format(done)} of ${whole.format(of)} rows`,
    good: "The chain is whole",
    goodMore: (n: number) =>
      n === 1
        ? "One row, and it is as it was written."
        : `All ${whole.format(n)} rows are as they were written, from the first to the last.`,
    bad: (seq: number) => `Row ${whole.format(seq)} is the first that does not fit`,
    badUnknown: "The chain does not hold",
    badMore:
      "What stands in the journal from there on cannot be trusted. Restore a backup if it was not you who changed it.",
    show: "Look at this row",
    stopped: "Stopped; nothing was found wrong so far.",
  },
};
