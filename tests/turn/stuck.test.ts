import { describe, expect, test } from "vitest";
import { until } from "../support/system.ts";
import { startSite } from "./site.ts";
import { startTalk, type Talk } from "./support.ts";

const call = (name: string, args: Record<string, unknown>) => ({ tool_calls: [{ name, args }] });
const WAITS = { "gateway.first_ms": 400, "gateway.between_ms": 400 } as const;

/** After whatever happened, the next message of the same conversation is answered. */
const goesOn = async (talk: Talk) => {
  talk.model.script([{ text: "Still here." }]);
  expect((await talk.say("Are you there?")).reply).toBe("Still here.");
  expect(talk.model.open()).toBe(0);
};

describe("a provider that is stuck", () => {
  test("before its first byte: the turn ends in words that say so, and the connection is let go", async () => {
    const talk = await startTalk(() => ({ failure: { kind: "hang" } }), WAITS);
    const reply = await talk.say("Hello");
    expect(reply).toMatchObject({ finish: "error", error: "timeout", steps: 1 });
    expect(reply.reply).toContain("could not answer");
    await goesOn(talk);
  });

  test("in the middle of its answer: nothing is said twice, and what is wrong is said", async () => {
    const talk = await startTalk(
      () => ({ text: "The first half and the second half.", failure: { kind: "stall" } }),
      WAITS,
    );
    const reply = await talk.say("Hello");
    expect(reply).toMatchObject({ finish: "error", error: "timeout" });
    expect(talk.model.requests).toHaveLength(1);
    await goesOn(talk);
  });

  test("can be stopped by the user at once", async () => {
    const talk = await startTalk(() => ({ failure: { kind: "hang" } }));
    const { id } = await talk.send("Hello");
    await until("the model is asked", () => talk.model.open() > 0);
    await talk.system().result("turn.stop", { agent: "field", session: "s" });
    expect((await talk.finished(id)).reply).toMatchObject({ finish: "stopped" });
    await goesOn(talk);
  });
});

describe("a tool that is stuck", () => {
  const hanging = async (timeout_ms: number) => {
    const site = await startSite();
    const fetch = call("http_fetch", { url: `${site.url}/hang`, timeout_ms });
    const talk = await startTalk([fetch, { text: "The page does not answer." }]);
    await talk.system().result("grant.give", { module: "field", grant: `http.fetch:${site.url}/` });
    return { site, talk };
  };

  test("is cut off at its time limit, and the model is told", async () => {
    const { site, talk } = await hanging(500);
    const reply = await talk.say(`Fetch ${site.url}/hang`);
    expect(reply).toMatchObject({ reply: "The page does not answer.", finish: "stop" });
    expect(reply.tools).toMatchObject([{ tool: "http.fetch", ok: false, code: "timeout" }]);
    expect(site.open()).toBe(0);
    await goesOn(talk);
  });

  test("does not keep the user from stopping the turn", async () => {
    const { site, talk } = await hanging(60_000);
    await talk.system().result("setting.set", { key: "session.stop_grace_ms", value: 300 });
    const { id } = await talk.send(`Fetch ${site.url}/hang`);
    await until("the page is asked for", () => site.open() > 0);
    await talk.system().result("turn.stop", { agent: "field", session: "s" });
    expect(await talk.finished(id)).toMatchObject({ state: "failed", error: { code: "cancelled" } });
    expect(site.open()).toBe(0);
    await goesOn(talk);
  });
});

describe("an answer beyond measure", () => {
  test("of two million characters is given whole, and does not burden the next prompt", async () => {
    const text = "Lorem ipsum dolor sit amet. ".repeat(75_000).trim();
    const talk = await startTalk([{ text, delta_chars: 4096 }]);
    expect((await talk.say("Tell me all")).reply).toBe(text);
    await goesOn(talk);
    expect(JSON.stringify(talk.model.requests.at(-1)?.body).length).toBeLessThan(400_000);
  });

  test("of six million characters is refused in words", async () => {
    const talk = await startTalk([{ text: "x".repeat(6_000_000), delta_chars: 16_384 }]);
    expect(await talk.say("Tell me all")).toMatchObject({ finish: "error", error: "too_large" });
    await goesOn(talk);
  });

  test("without end is cut off, and the provider's connection closed", async () => {
    const talk = await startTalk(() => ({ text: "On and on ", failure: { kind: "endless" } }), {
      "gateway.total_ms": 5000,
    });
    const reply = await talk.say("Never stop");
    expect(reply.finish).toBe("error");
    expect(["too_large", "timeout"]).toContain(reply.error);
    await goesOn(talk);
  });
});
