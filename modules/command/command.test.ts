import { expect, test, vi } from "vitest";
import { type CallContext, FieldworkError, type JsonValue } from "#contract";
import command from "./index.ts";

const call = vi.fn<(cap: string, args: JsonValue) => Promise<JsonValue>>();
const context = {
  call,
  host: { now: () => 0, call: () => Promise.reject(new Error("not with its rights")) },
};
async function run(text: string, cap = "flowork.slash"): Promise<Record<string, unknown>> {
  const provider = command.provides?.find((one) => one.capability.name === cap);
  if (!provider) throw new Error(cap);
  return (await provider.run(
    provider.capability.input.parse({ text }),
    context as unknown as CallContext,
  )) as Record<string, unknown>;
}

test("help names every command there is", async () => {
  const { ok, text } = await run("/help");
  expect(ok).toBe(true);
  for (const name of ["/help", "/time", "/agents", "/call"]) expect(text).toContain(name);
  expect(await run("/help", "slash.run")).toEqual({ text });
});

test("the slash may be left out, white space does not matter", async () => {
  for (const text of ["/time", "time", "  /time  ", "/time now"])
    expect((await run(text)).text).toBe("1970-01-01T00:00:00.000Z");
});

test("what does not exist, or is only a word of the language, is no command", async () => {
  for (const name of ["none", "constructor", "__proto__", "toString", ""])
    expect(await run(`/${name}`)).toEqual({
      ok: false,
      command: name,
      text: `There is no command /${name}. Type /help.`,
    });
});

test("a call is made with the rights of the one who typed it, its failure is the answer", async () => {
  call.mockResolvedValueOnce({ value: 1 });
  expect(await run('/call store.kv.get {"k":"a b"}')).toMatchObject({ ok: true, text: '{\n  "value": 1\n}' });
  expect(call).toHaveBeenCalledWith("store.kv.get", { k: "a b" });
  call.mockRejectedValueOnce(new FieldworkError("denied", "no grant"));
  expect(await run("/call exec.run")).toEqual({ ok: false, command: "call", text: "no grant" });
  expect((await run("/call store.kv.get {")).ok).toBe(false);
  expect((await run("/call no.such")).text).toContain("There is no capability no.such");
});

test("the modules that are ready are listed", async () => {
  call.mockResolvedValueOnce({
    modules: [
      { id: "a", display_name: "A", description: "" },
      { id: "b", display_name: "B", description: "does b" },
    ],
  });
  expect((await run("/agents")).text).toBe("a: A\nb: does b");
  call.mockResolvedValueOnce({ modules: [] });
  expect((await run("/agents")).text).toBe("There are none.");
});
