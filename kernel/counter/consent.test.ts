import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Act, capability } from "#contract";
import { approvalMigrations, createApprovals } from "../approvals/index.ts";
import { openDatabase } from "../storage/index.ts";
import { beginAct } from "./act.ts";
import { createConsent, type Policy } from "./consent.ts";

/** Asks for consent under a policy; who is asked gives it at once. Gives what was asked about, as it goes. */
function begin(policy: Policy) {
  const folder = mkdtempSync(join(tmpdir(), "fw-consent-"));
  const db = openDatabase(join(folder, "db"), { migrations: approvalMigrations });
  const asked: { capability: string; args: unknown; decisive: readonly string[] }[] = [];
  const approvals = createApprovals({
    db,
    now: Date.now,
    expiresMs: () => 60_000,
    changed(approval, event) {
      if (event !== "asked") return;
      asked.push(approval);
      setImmediate(() => approvals.decide(approval.id, "given"));
    },
  });
  onTestFinished(() => {
    approvals.close();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const consent = createConsent({ approvals, policy: () => policy });
  const may = (
    cap: "fs.write" | "fs.mkdir" | "http.fetch",
    target: string,
    act?: ReturnType<typeof beginAct>,
  ) =>
    consent({
      caller: { id: "able", tier: "guest" },
      capability: capability(cap),
      targets: [target],
      decisive: [target],
      args: { path: target },
      argsHash: target,
      trace: "t",
      turn: undefined,
      act,
      signal: () => new AbortController().signal,
      onWaiting: undefined,
    });
  return { asked, may };
}

const ACT: Act = { tool: "fs.patch", args: { patch: "one and two" }, decisive: "one and two" };

test("the calls of one act are asked about once of each kind of effect, as the act", async () => {
  const { asked, may } = begin("ask");
  const act = beginAct(ACT);
  await may("fs.write", "/one", act);
  await Promise.all([may("fs.mkdir", "/deep", act), may("fs.write", "/two", act)]);
  expect(asked).toMatchObject([
    { capability: "fs.write", args: ACT.args, decisive: ["/one", "one and two"] },
  ]);
  await may("http.fetch", "https://example.org", act);
  expect(asked.map(({ capability: name }) => name)).toEqual(["fs.write", "http.fetch"]);
});

test("calls side by side at the beginning of an act are one question", async () => {
  const { asked, may } = begin("ask");
  const act = beginAct(ACT);
  await Promise.all([may("fs.write", "/one", act), may("fs.write", "/two", act)]);
  expect(asked).toHaveLength(1);
});

test("another act with the same arguments is asked about anew, and so is a call of the agent's own", async () => {
  const { asked, may } = begin("ask");
  await may("fs.write", "/one", beginAct(ACT));
  await may("fs.write", "/one", beginAct(ACT));
  await may("fs.write", "/one");
  expect(asked).toHaveLength(3);
});

test("an act does what a policy denies no more than a call", async () => {
  const { asked, may } = begin("deny");
  await expect(may("fs.write", "/one", beginAct(ACT))).rejects.toMatchObject({ code: "denied" });
  expect(asked).toEqual([]);
});
