import { expect, test, vi } from "vitest";
import { type CallContext, FieldworkError, type JsonObject, type JsonValue } from "#contract";
import bus from "./index.ts";

const modules = [
  { id: "sums", functions: [{ name: "add" }] },
  { id: "slow", functions: [] },
];
const invoked: JsonObject[] = [];
const post = vi.fn(async () => "id");
const context = {
  caller: { id: "notes", tier: "guest" },
  trace: "t",
  host: {
    post,
    async call(cap: string, args: JsonObject): Promise<JsonValue> {
      if (cap === "registry.list") return { modules: modules.filter(({ id }) => id === args.id) };
      invoked.push(args);
      if (args.id === "slow") throw new FieldworkError("timeout", "late");
      return { reply: args.function ?? null };
    },
  },
} as unknown as CallContext;

const providerOf = (cap: string) => {
  const provider = bus.provides?.find((one) => one.capability.name === cap);
  if (!provider) throw new Error(cap);
  return provider;
};
const ask = async (cap: string, args: JsonObject) => {
  const provider = providerOf(cap);
  return provider.run(provider.capability.input.parse(args), context);
};

test("a grant is compared with module and function, for every target", async () => {
  const targets = async (cap: string, to: JsonValue) =>
    (await providerOf(cap).targets?.({ to, type: "add", payload: {} } as never, context))?.targets;
  expect(await targets("bus.send", "sums")).toEqual(["sums.add"]);
  expect(await targets("bus.request", "sums")).toEqual(["sums.add"]);
  expect(await targets("bus.broadcast", ["sums", "slow"])).toEqual(["sums.add", "slow.add"]);
});

test("an exposed function is called by its name; any other word is for `handle`, and says who sent it", async () => {
  invoked.length = 0;
  await ask("bus.request", { to: "sums", type: "add", payload: { a: 1 } });
  await ask("bus.request", { to: "sums", type: "news", payload: { source: { kind: "owner", id: "owner" } } });
  expect(invoked[0]).toEqual({ id: "sums", function: "add", args: { a: 1 } });
  expect(invoked[1]).toMatchObject({
    function: "handle",
    args: { source: { kind: "module", id: "notes" }, type: "news", context: { trace: "t" } },
  });
});

test("asking itself and asking nobody are told apart", async () => {
  await expect(ask("bus.request", { to: "notes", type: "add" })).rejects.toMatchObject({ code: "conflict" });
  await expect(ask("bus.request", { to: "none", type: "add" })).rejects.toMatchObject({ code: "not_found" });
});

test("a broadcast answers in the order of its targets, failures in their places", async () => {
  expect(await ask("bus.broadcast", { to: ["slow", "none", "sums"], type: "add" })).toMatchObject({
    replies: [
      { target: "slow", error: { code: "timeout" } },
      { target: "none", error: { code: "not_found" } },
      { target: "sums", reply: "add" },
    ],
  });
});

test("a message is left in the name of the caller", async () => {
  expect(await ask("bus.send", { to: "sums", type: "add", payload: 1 })).toEqual({ sent: true, id: "id" });
  expect(post).toHaveBeenCalledWith("notes", { to: "sums", type: "add", payload: 1, trace: "t" });
});
