import { describe, expect, it } from "vitest";
import { moduleId } from "#contract";
import { freeId, idFrom, idProblem } from "./name.ts";

describe("the id of a new agent", () => {
  it("is made from its name", () => {
    expect(idFrom("Ada & Söhne")).toBe("ada-sohne");
    expect(idFrom("  42 Towels!  ")).toBe("towels");
    expect(idFrom("日本")).toBe("");
    expect(idFrom("x".repeat(80))).toHaveLength(32);
  });
  it("is judged as the contract judges it", () => {
    for (const id of ["abc", "ab", "a-b-c", "Abc", "1abc", "a".repeat(33), "a_b_c", "field"])
      expect(idProblem(id, []) === undefined, id).toBe(moduleId.safeParse(id).success);
    expect(idProblem("field", ["field"])).toBe("taken");
    expect(idProblem("", [])).toBe("empty");
  });
  it("finds one that is free", () => {
    expect(freeId("field", [])).toBe("field");
    expect(freeId("field", ["field", "field-2"])).toBe("field-3");
    const long = "a".repeat(32);
    expect(moduleId.safeParse(freeId(long, [long])).success).toBe(true);
  });
});
