/** Cuts a guest's output into lines and keeps the tail for an error message. */
export interface LogLines {
  write(chunk: Uint8Array): void;
  line(text: string): void;
  /** Sends what has no line end yet. */
  end(): void;
  tail(): string;
}

const TAIL_CHARS = 4000;
const LINE_CHARS = 8192;

/** @param limit bytes in all; what comes after them is dropped, once saying so. */
export function createLogLines(limit: number, send: (line: string) => void): LogLines {
  const decoder = new TextDecoder();
  let open = "";
  let left = limit;
  let tail = "";

  const line = (text: string) => {
    if (left < 0) return;
    left -= text.length + 1;
    if (left < 0) {
      send(`(the log is cut here: it is longer than ${limit} bytes)`);
      return;
    }
    tail = `${tail}${text}\n`.slice(-TAIL_CHARS);
    send(text);
  };

  return {
    write(chunk) {
      if (left < 0) return;
      open += decoder.decode(chunk, { stream: true });
      const lines = open.split("\n");
      open = lines.pop() ?? "";
      for (const one of lines) line(one);
      if (open.length > LINE_CHARS) {
        line(open);
        open = "";
      }
    },
    line(text) {
      for (const one of text.split("\n")) line(one.slice(0, LINE_CHARS));
    },
    end() {
      if (open !== "") line(open);
      open = "";
    },
    tail: () => tail,
  };
}
