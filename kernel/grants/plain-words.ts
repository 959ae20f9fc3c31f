import type { Grant } from "#contract";

const SENTENCES: Readonly<Record<string, readonly [all: string, scoped: string]>> = {
  "fs.read": ["read any of your files", "read files at {}"],
  "fs.write": ["change any of your files", "write files at {}"],
  "fs.mkdir": ["make folders anywhere", "make folders at {}"],
  "fs.truncate": ["cut any of your files", "cut files at {}"],
  "fs.list": ["see the names of all your files", "see the names of the files at {}"],
  "fs.stat": ["see size and age of any of your files", "see size and age of the files at {}"],
  "fs.search": ["search all your files", "search the files at {}"],
  "fs.delete": ["delete any of your files", "delete files at {}"],
  "fs.move": ["move any of your files", "move files at {}"],
  "http.fetch": ["send and receive data with any site on the internet", "send and receive data with {}"],
  "exec.run": ["run any program on this machine", "run the program {}"],
  "secret.use": ["use any of your secrets without seeing them", "use the secret {} without seeing it"],
  "bus.send": ["leave messages for every module", "leave messages for {}"],
  "bus.request": ["ask every module and get its answers", "ask {} and get its answers"],
  "bus.broadcast": ["ask every module at once", "ask {} together with others"],
  "tool.run": ["use every tool", "use the tools {}"],
  "slash.run": ["run slash commands", "run slash commands {}"],
};

/** What every module may do with what is its own; a manifest names it all the same. */
const OWN: Readonly<Record<string, string>> = {
  "store.kv.get": "read the values it keeps",
  "store.kv.set": "keep values of its own",
  "store.kv.delete": "delete values it keeps",
  "store.kv.list": "list the values it keeps",
  "store.doc.put": "keep documents of its own",
  "store.doc.get": "read the documents it keeps",
  "store.doc.query": "search the documents it keeps",
  "store.doc.delete": "delete documents it keeps",
  "store.brain.add": "remember things",
  "store.brain.search": "recall what it remembers",
  "store.brain.forget": "forget what it remembers",
  "time.now": "tell the time",
  log: "write its own log",
  "random.bytes": "draw random numbers",
  batch: "do several of these at once",
  "registry.list": "see which modules there are",
  "registry.providers": "see which module does what",
  "flowork.fetch": "ask the system by its addresses, with its own rights",
  "flowork.interaction": "note the messages it gets and sends",
  "flowork.decision": "note what it decides, and why",
  "flowork.karma": "keep counts of its own",
  "flowork.slash": "run slash commands with its own rights",
  "schedule.after": "wake itself up later",
  "schedule.cron": "wake itself up again and again",
  "schedule.list": "see its own schedules",
  "schedule.cancel": "end its own schedules",
  "mind.prepare": "put together what a model is told",
  "skill.read": "read its own skills",
  "mind.lesson.add": "learn from its mistakes",
  "mind.lesson.recall": "recall what it learned",
  "mind.lesson.feedback": "note whether a lesson helped",
  "mind.graph.add": "note who and what belongs together",
  "mind.graph.query": "look up who and what belongs together",
  "mind.diary.write": "write its diary",
  "mind.diary.read": "read its diary",
  "mind.todo.add": "put things on its to-do list",
  "mind.todo.list": "read its to-do list",
  "mind.todo.set": "change its to-do list",
  "session.append": "write into its own conversations",
  "session.history": "read its own conversations",
  "turn.pending": "see what you add while it works",
  "user.ask": "ask you questions",
  "llm.complete": "ask a model, within its budget",
  "llm.embed": "compare texts with a model, within its budget",
  "llm.embedder": "see which model compares texts",
  "tool.specs": "see which tools there are",
  "tool.search": "search the tools",
  "blob.read": "read the files you attach for it",
};

/** A grant in words a person can decide on: what the module could then do. */
export function inPlainWords({ capability, scope }: Grant): string {
  const sentence = SENTENCES[capability];
  if (!sentence) {
    const words = OWN[capability] ?? `use ${capability}`;
    return scope === "*" ? words : `${words} for ${scope}`;
  }
  return scope === "*" ? sentence[0] : sentence[1].replace("{}", () => scope);
}
