import type { LlmMessage, LlmPart } from "#contract";

const DATA_MAX_CHARS = 2_000_000;

/** A function's name as the model knows it, as the tool's own: the contract's way back. */
export const toolNameOf = (name: string): string =>
  name.includes(".") ? name : name.replace(/__|_/g, (mark) => (mark === "__" ? "_" : "."));

export const partsOf = ({ content }: LlmMessage): readonly LlmPart[] =>
  typeof content === "string" ? [{ type: "text", text: content }] : content;

/** The words of a message. */
export const textOf = (message: LlmMessage): string =>
  partsOf(message)
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n");

/** An image's address: only of what this server keeps, or of what it carries itself; never one of another host. */
export function imageOf({
  media_type = "",
  data,
  url,
}: {
  readonly media_type?: string | undefined;
  readonly data?: string | undefined;
  readonly url?: string | undefined;
}): string | undefined {
  const blob = /^blob:([0-9a-f]{64})$/.exec(url ?? "")?.[1];
  if (blob) return `/api/blobs/${blob}`;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(media_type);
  return isPicture && data && data.length <= DATA_MAX_CHARS ? `data:${media_type};base64,${data}` : undefined;
}
