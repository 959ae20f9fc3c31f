import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type {
  Attachment,
  BlobInfo,
  JsonValue,
  SessionEntry,
  SessionInfo,
  SessionTurn,
} from "../../contract/index.ts";
import type { Talk, TurnReply } from "../turn/support.ts";

export interface Shown {
  readonly info: SessionInfo;
  readonly entries: readonly SessionEntry[];
  readonly more: boolean;
  readonly turns: readonly SessionTurn[];
}

export const show = (talk: Talk, more: Record<string, JsonValue> = {}): Promise<Shown> =>
  talk.system().result<Shown>("session.show", { agent: "field", session: "s", ...more });

/** What was said, in order, without what tools said. */
export const said = ({ entries }: Pick<Shown, "entries">): string[] =>
  entries.flatMap(({ message: { role, content } }) =>
    role === "tool"
      ? []
      : [
          typeof content === "string"
            ? content
            : content.map((one) => (one.type === "text" ? one.text : "")).join(""),
        ],
  );

export async function upload(
  talk: Talk,
  name: string,
  bytes: string | Uint8Array,
  type = "text/plain",
): Promise<Attachment> {
  const response = await talk.system().fetch("/api/blobs", {
    method: "POST",
    headers: { "content-type": type },
    body: typeof bytes === "string" ? bytes : Buffer.from(bytes),
  });
  const reply = (await response.json()) as { ok: boolean; result: BlobInfo };
  if (!reply.ok) throw new Error(JSON.stringify(reply));
  return { name, ...reply.result };
}

/** Says something with files and waits for the answer. */
export async function sayWith(
  talk: Talk,
  text: string,
  attachments: readonly Attachment[],
  session = "s",
): Promise<TurnReply> {
  const { mail } = await talk
    .system()
    .result<{ mail: { state: string; reply: TurnReply; error: unknown } }>("message.send", {
      to: "field",
      session,
      text,
      attachments: attachments as unknown as JsonValue,
      wait: true,
    });
  if (mail.state !== "done") throw new Error(`the message failed: ${JSON.stringify(mail.error)}`);
  return mail.reply;
}

/** The files below a folder that hold one of some texts, as `path: text`; case does not count. */
export function filesHolding(
  folder: string,
  texts: readonly string[],
  except: readonly string[] = [],
): string[] {
  const wanted = texts.map((text) => text.toLowerCase());
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !except.some((one) => name.startsWith(one)) && statSync(join(folder, name)).isFile())
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name), "latin1").toLowerCase();
      return wanted.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`);
    });
}
