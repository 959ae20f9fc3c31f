import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { FieldworkError } from "#contract";
import { parseReply } from "../server/index.ts";

const RESET_MS = 120_000;
const PRINTED_MAX = 100_000;

/**
 * Sets the owner's password in a home that no server uses, by the program itself: it opens the home, as a start does, and nothing of
 * it runs. @throws FieldworkError the reply's error, or `conflict` and others when the home cannot be opened
 */
export async function resetOffline<T>(root: string, home: string, password: string): Promise<T> {
  const child = spawn(process.execPath, [join(root, "main.ts"), "--reset-password", "--home", home], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    timeout: RESET_MS,
  });
  let printed = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(-PRINTED_MAX);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-PRINTED_MAX);
  });
  child.stdin.on("error", () => {}).end(password);
  await once(child, "close");
  const reply = printed
    .trim()
    .split("\n")
    .findLast((line) => line.startsWith('{"ok":'));
  if (reply !== undefined) return parseReply(reply, 0, "account.reset") as T;
  const [, message] = /^error: (.*)$/m.exec(said) ?? [];
  const [, remedy] = /^remedy: (.*)$/m.exec(said) ?? [];
  throw new FieldworkError("conflict", message ?? "The home could not be opened.", {
    remedy: remedy ?? "See `fw doctor`, then repeat.",
  });
}
