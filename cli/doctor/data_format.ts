import { DATA_FORMAT } from "#contract";
import { readDataFormat } from "../home/index.ts";
import { type Check, fail, ok, skip } from "./check.ts";

export const dataFormat: Check = {
  name: "data format",
  run({ home }) {
    let format: number | undefined;
    try {
      format = readDataFormat(home);
    } catch {
      return [skip("fieldwork.db cannot be read")];
    }
    if (format === undefined) return [skip("nothing was written yet")];
    if (format === DATA_FORMAT) return [ok(String(format))];
    if (format < DATA_FORMAT)
      return [
        fail(
          `the data have format ${format}, this program has ${DATA_FORMAT}`,
          "Bring them forward with `fw upgrade`.",
        ),
      ];
    return [
      fail(
        `the data have format ${format}, this program knows ${DATA_FORMAT} at most`,
        "Use the newer program again, or go back with `fw rollback`.",
      ),
    ];
  },
};
