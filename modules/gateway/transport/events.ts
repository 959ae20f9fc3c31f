import { FieldworkError } from "#contract";

/** Characters of one event of a stream. */
const EVENT_MAX_CHARS = 8 * 1024 * 1024;

/** Takes the bytes of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface EventReader {
  push(bytes: Uint8Array): void;
  /** The bytes are at their end; what the last line holds counts also without a line break. */
  end(): void;
}

export function createEventReader(onEvent: (name: string, data: string) => void): EventReader {
  const utf8 = new TextDecoder("utf-8");
  let rest = "";
  let name = "";
  let data: string | undefined;
  let dataChars = 0;
  let skipNewline = false;

  const line = (text: string): void => {
    if (text === "") {
      const [eventName, eventData] = [name, data];
      name = "";
      data = undefined;
      dataChars = 0;
      if (eventData !== undefined) onEvent(eventName, eventData);
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") name = value;
    if (field !== "data") return;
    dataChars += value.length;
    bound(dataChars);
    data = data === undefined ? value : `${data}\n${value}`;
  };
  const take = (text: string): void => {
    const all = skipNewline && rest === "" && text.startsWith("\n") ? text.slice(1) : rest + text;
    if (text !== "") skipNewline = false;
    let from = 0;
    // What was left over holds no line break.
    let seen = Math.min(rest.length, all.length);
    let feed = all.indexOf("\n", seen);
    let carriage = all.indexOf("\r", seen);
    while (feed >= 0 || carriage >= 0) {
      const at = feed < 0 ? carriage : carriage < 0 ? feed : Math.min(feed, carriage);
      line(all.slice(from, at));
      from = at + 1;
      if (at === carriage) {
        if (from === all.length) skipNewline = true;
        else if (all[from] === "\n") from++;
      }
      seen = from;
      if (feed >= 0 && feed < seen) feed = all.indexOf("\n", seen);
      if (carriage >= 0 && carriage < seen) carriage = all.indexOf("\r", seen);
    }
    rest = all.slice(from);
    bound(rest.length);
  };
  return {
    push: (bytes) => take(utf8.decode(bytes, { stream: true })),
    end() {
      take(utf8.decode());
      if (rest !== "") line(rest);
      rest = "";
      line("");
    },
  };
}

function bound(chars: number): void {
  if (chars > EVENT_MAX_CHARS)
    throw new FieldworkError(
      "model_malformed",
      `The provider sent an event of more than ${EVENT_MAX_CHARS} characters.`,
    );
}
