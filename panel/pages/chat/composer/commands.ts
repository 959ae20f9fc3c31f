import { useQuery } from "@tanstack/react-query";
import { call } from "../../../client/index.ts";

/** A command that begins with a slash. */
export interface Command {
  /** `/time` */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
}

/** The commands as `/help` of the server lists them: a line each, `/name …: what it does`. */
export const parseHelp = (help: string): readonly Command[] =>
  help.split("\n").flatMap((line) => {
    const found = /^((\/[\w-]+)[^:]*): (.+)$/.exec(line.trim());
    const [, usage, name, summary] = found ?? [];
    return usage && name && summary ? [{ name, usage, summary }] : [];
  });

/** The commands that fit what is written: only while nothing but a command's beginning stands there. */
export function useCommands(text: string): readonly Command[] {
  const isBegun = /^\/[\w-]*$/.test(text);
  const { data } = useQuery({
    queryKey: ["slash.run", "/help"],
    queryFn: async () => parseHelp((await call("slash.run", { text: "/help" })).text),
    enabled: isBegun,
  });
  return isBegun ? (data ?? []).filter(({ name }) => name.startsWith(text)) : [];
}
