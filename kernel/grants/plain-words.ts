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

/** A grant in words a person can decide on: what the module could then do. */
export function inPlainWords({ capability, scope }: Grant): string {
  const sentence = SENTENCES[capability];
  if (!sentence) return scope === "*" ? `use ${capability}` : `use ${capability} for ${scope}`;
  return scope === "*" ? sentence[0] : sentence[1].replace("{}", () => scope);
}
