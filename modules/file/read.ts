import { constants } from "node:fs";
import { type CallContext, fs, provide } from "#contract";
import { decode } from "./content.ts";
import { taintUnlessOwn } from "./own.ts";
import { openRegular } from "./pin.ts";
import { serve } from "./serve.ts";
import { readBytes } from "./transfer.ts";

const [fsRead] = fs;
const READ_MAX_BYTES = 4_194_304;

export const read = provide(
  fsRead,
  serve(async ({ offset, length, encoding }, place, context: CallContext) => {
    using file = await openRegular(place.real, constants.O_RDONLY);
    await taintUnlessOwn(file, context);
    const rest = Math.max(0, file.stats.size - offset);
    const bytes = await readBytes(
      file.handle,
      offset,
      Math.min(rest, length ?? READ_MAX_BYTES, READ_MAX_BYTES),
    );
    const truncated = bytes.length < rest;
    const content = decode(bytes, encoding, { before: offset > 0, after: truncated });
    return { content, encoding, size: file.stats.size, truncated };
  }),
);
