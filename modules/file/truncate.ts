import { constants, ftruncate } from "node:fs";
import { promisify } from "node:util";
import { type CallContext, fs, provide } from "#contract";
import { writingPart } from "./own.ts";
import { openRegular } from "./pin.ts";
import { serve } from "./serve.ts";
import { withinQuota } from "./usage.ts";

const [, , fsTruncate] = fs;
const resize = promisify(ftruncate);

export const truncate = provide(
  fsTruncate,
  serve(async ({ size }, place, context: CallContext) => {
    using file = await openRegular(place.real, constants.O_RDWR);
    const delta = { bytes: size - file.stats.size, files: 0 };
    await withinQuota(place, delta, context.host, () =>
      writingPart(file, context, () => resize(file.handle, size)),
    );
    return { ok: true as const };
  }),
);
