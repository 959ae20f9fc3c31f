/** Real folders for the tests of this module: a home with two agents and the shared folder, and a machine around it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { type CallContext, FieldworkError, type JsonValue, scopeCovers } from "#contract";
import file from "./index.ts";

export type Answer = Record<string, unknown>;

export function makeHouse() {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "file-")));
  const home = join(base, "home");
  const workspace = join(home, "agents/alice.fwagent/workspace");
  const outside = join(base, "outside");
  for (const folder of [workspace, join(home, "agents/bob.fwagent/workspace"), join(home, "shared"), outside])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, "fieldwork.db"), "SECRET");
  writeFileSync(join(home, "agents/alice.fwagent/state.db"), "SECRET");
  writeFileSync(join(home, "agents/bob.fwagent/workspace/diary.txt"), "SECRET");
  writeFileSync(join(outside, "plain.txt"), "OUTSIDE");
  const settings: Record<string, JsonValue> = {};
  const grants: string[] = [];
  const abort = new AbortController();
  const context = {
    caller: { id: "alice", tier: "owner" },
    workspace,
    signal: abort.signal,
    host: {
      home,
      folder: (name: string) => join(home, name),
      setting: (key: string) =>
        settings[key] ?? file.settings?.find((one) => one.key === key)?.initial ?? null,
    },
  } as unknown as CallContext;

  /** As the counter does: parse, canonical targets, compare with the grants, run, parse. */
  async function call(name: string, args: Answer): Promise<Answer> {
    const provider = file.provides?.find((one) => one.capability.name === name);
    if (!provider?.targets) throw new Error(`nobody provides ${name}`);
    const resolved = await provider.targets(provider.capability.input.parse(args), context);
    for (const target of resolved.targets)
      if (!grants.some((scope) => scopeCovers("path", scope, target)))
        throw new FieldworkError("denied", `no grant for ${target}`, { details: { target } });
    return provider.capability.output.parse(await provider.run(resolved.args, context)) as Answer;
  }

  async function refused(name: string, args: Answer): Promise<FieldworkError> {
    const outcome = await call(name, args).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if ("answer" in outcome)
      expect.unreachable(`${name} ${JSON.stringify(args)} gave ${JSON.stringify(outcome.answer)}`);
    expect(outcome.error).toBeInstanceOf(FieldworkError);
    return outcome.error as FieldworkError;
  }

  return {
    base,
    home,
    workspace,
    outside,
    settings,
    grants,
    context,
    call,
    refused,
    [Symbol.dispose]: () => rmSync(base, { recursive: true, force: true }),
  };
}
export type House = ReturnType<typeof makeHouse>;
