import {
  type Attachment,
  estimateMessageTokens,
  estimateTokens,
  fenceUntrusted,
  type LlmMessage,
  type LlmPart,
} from "#contract";
import { cutToTokens } from "./cut.ts";

/** What attached files say that are text, by blob. */
export type Texts = ReadonlyMap<string, string>;

const IMAGES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** Less of a text is no use. */
const TEXT_MIN_TOKENS = 60;
/** The marks around a text and its name. */
const FRAME_TOKENS = 50;

export const isImage = ({ type }: Pick<Attachment, "type">): boolean => IMAGES.has(type);

/** Marks what is shown of an attachment, beside what the user said. */
const partOf = (name: string) => ({ fieldwork: { attachment: name } });
export const isAttached = (part: LlmPart): boolean => {
  const own = "extra" in part ? part.extra?.fieldwork : undefined;
  return typeof own === "object" && own !== null && "attachment" in own;
};

/** A line for each: what came along and where file tools find it. */
export const attachedNotes = (attachments: readonly Attachment[]): string[] =>
  attachments.map(
    ({ name, type, size, path }) =>
      `[attached: ${name} (${type}, ${size} bytes)${path === undefined ? "" : `, in your workspace: ${path}`}]`,
  );

/**
 * What a model is shown of attachments within a room: images as they are, each whole or not at all; then texts, fenced as what comes
 * from outside, which share what is left and are cut to it. Other files are only named.
 */
export function attachedParts(attachments: readonly Attachment[], texts: Texts, room: number): LlmPart[] {
  let left = room;
  const images = attachments.filter(isImage).flatMap((image): LlmPart[] => {
    const part: LlmPart = {
      type: "image",
      media_type: image.type,
      url: `blob:${image.blob}`,
      extra: partOf(image.name),
    };
    const tokens = tokensOfParts([part]);
    if (tokens > left) return [];
    left -= tokens;
    return [part];
  });
  const files = attachments.filter((one) => !isImage(one) && texts.has(one.blob));
  const shown = files.flatMap((file, at): LlmPart[] => {
    const share = Math.floor(left / (files.length - at)) - FRAME_TOKENS - estimateTokens(file.name);
    if (share < TEXT_MIN_TOKENS) return [];
    const text = fenceUntrusted(cutToTokens(texts.get(file.blob) ?? "", share), `file ${file.name}`);
    const part: LlmPart = { type: "text", text, extra: partOf(file.name) };
    const tokens = tokensOfParts([part]);
    if (tokens > left) return [];
    left -= tokens;
    return [part];
  });
  return [...shown, ...images];
}

const tokensOfParts = (parts: LlmPart[]): number =>
  estimateMessageTokens({ role: "user", content: parts }) -
  estimateMessageTokens({ role: "user", content: [] });

/** A message of the log with what came along. */
export function withAttachments(
  message: LlmMessage,
  attachments: readonly Attachment[],
  texts: Texts,
  room: number,
): LlmMessage {
  const said: readonly LlmPart[] =
    typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
  const notes: LlmPart = { type: "text", text: attachedNotes(attachments).join("\n") };
  return { ...message, content: [...said, notes, ...attachedParts(attachments, texts, room)] };
}
