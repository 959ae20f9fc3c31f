import {
  BLOB_READ_MAX_BYTES,
  type CallContext,
  FieldworkError,
  type LlmMessage,
  type LlmPart,
  type LlmRequest,
} from "#contract";

/** Images of one request together; the newest have precedence. */
const IMAGES_MAX_BYTES = 16 * 1024 * 1024;
const BLOB = /^blob:([0-9a-f]{64})$/;

type Image = Extract<LlmPart, { type: "image" }>;
type Text = Extract<LlmPart, { type: "text" }>;

const blobOf = ({ url }: Image): string | undefined => (url === undefined ? undefined : BLOB.exec(url)?.[1]);

/** The attachments of the asking agent, in place of their names; what cannot be shown is said in words. */
export async function withImages(request: LlmRequest, context: CallContext): Promise<LlmRequest> {
  const named = request.messages.flatMap(imagesOf).flatMap((part) => blobOf(part) ?? []);
  if (named.length === 0) return request;
  const images = await readImages([...new Set(named.toReversed())], context);
  return {
    ...request,
    messages: mapImages(request.messages, (part) => {
      const blob = blobOf(part);
      if (blob === undefined) return part;
      const image = images.get(blob);
      if (image === undefined) return inWords(part, "it is too large, or no longer kept");
      const { url: _, ...rest } = part;
      return { ...rest, media_type: image.type, data: image.base64 };
    }),
  };
}

/** For models that take no images. */
export const withoutImages = (request: LlmRequest): LlmRequest =>
  request.messages.flatMap(imagesOf).length === 0
    ? request
    : {
        ...request,
        messages: mapImages(request.messages, (part) => inWords(part, "this model takes no images")),
      };

const inWords = ({ extra }: Image, why: string): Text => ({
  type: "text",
  text: `[an image that you cannot see: ${why}]`,
  ...(extra === undefined ? {} : { extra }),
});

async function readImages(blobs: readonly string[], context: CallContext) {
  const found = new Map<string, { readonly base64: string; readonly type: string }>();
  let bytes = 0;
  for (const blob of blobs) {
    try {
      const read = (await context.call("blob.read", { blob, length: BLOB_READ_MAX_BYTES })) as {
        base64: string;
        size: number;
        type: string;
        truncated: boolean;
      };
      if (read.truncated || bytes + read.size > IMAGES_MAX_BYTES) continue;
      bytes += read.size;
      found.set(blob, read);
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof FieldworkError)) throw error;
    }
  }
  return found;
}

function imagesOf({ content }: LlmMessage): Image[] {
  if (typeof content === "string") return [];
  return content.flatMap((part) => {
    if (part.type === "image") return [part];
    return part.type === "tool_result" ? part.content.filter((one) => one.type === "image") : [];
  });
}

const mapImages = (messages: readonly LlmMessage[], change: (image: Image) => Image | Text): LlmMessage[] =>
  messages.map((message) => {
    if (imagesOf(message).length === 0 || typeof message.content === "string") return message;
    const content = message.content.map((part): LlmPart => {
      if (part.type === "image") return change(part);
      if (part.type !== "tool_result") return part;
      return { ...part, content: part.content.map((one) => (one.type === "image" ? change(one) : one)) };
    });
    return { ...message, content };
  });
