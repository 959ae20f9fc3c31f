import type { Health, ModuleInfo } from "#contract";
import { defineCommand, type Place } from "../command/index.ts";
import { examine, type Patient, type Result } from "../doctor/index.ts";
import { findServer } from "../server/index.ts";
import { counted, dim, padTo, type Span, styled, type Text } from "../terminal/index.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "Find what is wrong with this installation, and how to mend it",
  words: [],
  options: {},
  details: [
    "Works with and without a running server. Exit status 1 when something fails; warnings alone are 0.",
  ],
  examples: ["fw doctor", "fw doctor --json"],
  async run({ place }) {
    const results = await examine(await patientOf(place));
    const count = (state: Result["state"]): number => results.filter((one) => one.state === state).length;
    const [failures, warnings] = [count("fail"), count("warn")];
    return {
      data: { ok: failures === 0, failures, warnings, checks: results },
      text: [...describe(results), "", `${counted(failures, "failure")}, ${counted(warnings, "warning")}`],
      failed: failures > 0,
    };
  },
});

async function patientOf(place: Place): Promise<Patient> {
  const { home, root, env } = place;
  const asked = async <T>(capability: string): Promise<T | undefined> =>
    place.call<T>(capability, {}).catch(() => undefined);
  const server = await findServer(home);
  const health = server && (await asked<Health>("system.health"));
  const list = server && (await asked<{ agents: ModuleInfo[] }>("agent.list"));
  return { home, root, env, now: Date.now(), server, health, modules: list?.agents };
}

const MARKS: Readonly<Record<Result["state"], Span>> = {
  ok: styled("green", "✓"),
  skip: dim("·"),
  warn: styled("yellow", "!"),
  fail: styled("red", "✗"),
};

function describe(results: readonly Result[]): Text {
  const width = Math.max(...results.map((result) => result.check.length));
  return results.flatMap(
    (result): Text => [
      [MARKS[result.state], ` ${padTo(result.check, width)}  `, result.what],
      ...("remedy" in result ? [[" ".repeat(width + 4), dim(`→ ${result.remedy}`)]] : []),
    ],
  );
}
