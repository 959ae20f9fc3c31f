import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";

const MAX_CHARS = 65_536;

/** Reads one line from a terminal without showing it. Ctrl-C and Ctrl-D end it with `undefined`. */
export function readHidden(input: ReadStream): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const decoder = new StringDecoder("utf8");
  let typed = "";
  const end = (value: string | undefined): void => {
    input.off("data", take);
    input.setRawMode(false);
    input.pause();
    resolve(value);
  };
  const take = (bytes: Buffer): void => {
    for (const key of decoder.write(bytes)) {
      if (key === "\r" || key === "\n" || key === "\x03" || key === "\x04") {
        end(key < "\x05" ? undefined : typed);
        return;
      }
      if (key === "\x7f" || key === "\b") typed = Array.from(typed).slice(0, -1).join("");
      else if (key >= " " && typed.length < MAX_CHARS) typed += key;
    }
  };
  input.setRawMode(true);
  input.on("data", take);
  input.resume();
  return promise;
}
