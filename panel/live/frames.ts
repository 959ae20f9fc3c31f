/** One event of a text/event-stream, as far as the panel needs it. */
export interface Frame {
  readonly id: string | undefined;
  readonly data: string;
}

const FRAME_MAX_CHARS = 16 * 1024 * 1024;

/**
 * Takes the stream apart as it comes in pieces of any size (WHATWG HTML, "Interpreting an event stream"; the server ends lines
 * with a line feed). Comments and unknown fields are passed over.
 */
export function createFrameReader(): (piece: string) => readonly Frame[] {
  let rest = "";
  return (piece) => {
    rest += piece;
    if (rest.length > FRAME_MAX_CHARS) throw new Error("an event is larger than 16 MiB");
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const lines = block.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line));
      const field = (name: string) => lines.filter((one) => one?.[1] === name).map((one) => one?.[2] ?? "");
      const data = field("data");
      return data.length === 0 ? [] : [{ id: field("id").at(-1), data: data.join("\n") }];
    });
  };
}
