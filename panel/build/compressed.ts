import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Plugin } from "vite";

const compress = promisify(brotliCompress);
/** Larger ones come on demand: the last few percent are not worth the seconds of building that they take. */
const LARGE_BYTES = 300_000;
const COMPRESSED = /\.(js|css|html|svg|webmanifest|json)$/;

/** Writes `x.br` beside every file that compresses, so that the server only sends bytes. */
export const compressed = (): Plugin => ({
  name: "fieldwork:brotli",
  apply: "build",
  async writeBundle({ dir }) {
    const root = dir as string;
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
      COMPRESSED.test(path),
    );
    await Promise.all(
      paths.map(async (path) => {
        const bytes = readFileSync(join(root, path));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: bytes.length > LARGE_BYTES ? 9 : 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(join(root, `${path}.br`), await compress(bytes, { params }));
      }),
    );
  },
});
