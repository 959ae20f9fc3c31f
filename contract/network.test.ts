import { expect, test } from "vitest";
import { networkFailure } from "./index.ts";

const failing = (code: string, message = "raw") => Object.assign(new Error(message), { code });

test("a failure of the network is told in words, the first one where several addresses were tried", () => {
  expect(networkFailure(failing("ECONNREFUSED"))).toMatchObject({
    code: "ECONNREFUSED",
    why: "nothing accepts connections there",
  });
  expect(networkFailure(failing("HPE_INVALID_HEADER_TOKEN")).why).toBe("its answer is not HTTP");
  expect(networkFailure(failing("EWHATEVER", "strange")).why).toBe("strange");
  const first = failing("ETIMEDOUT");
  expect(networkFailure(new AggregateError([first, failing("ENOTFOUND")]))).toEqual({
    code: "ETIMEDOUT",
    why: "it does not answer",
    cause: first,
  });
  expect(networkFailure("text")).toEqual({ code: "", why: "text", cause: "text" });
});
