import { defineCommand, WrongUse, wholeNumber } from "../../command/index.ts";
import { fields } from "../../terminal/index.ts";

interface Config {
  readonly memory_max_mb: number;
  readonly timeout_call_ms: number;
  readonly fuel_per_call: number;
  readonly policy: Readonly<Record<string, string>>;
}

export const config = defineCommand({
  name: "agent config",
  summary: "Read or change an agent's limits and approval policy",
  words: ["ID"],
  options: {
    "memory-max-mb": { type: "string", value: "N", summary: "Most memory, in MiB" },
    "timeout-call-ms": { type: "string", value: "N", summary: "Most time for a call, in milliseconds" },
    "fuel-per-call": { type: "string", value: "N", summary: "Most CPU for a call, in units of fuel" },
    policy: { type: "string", multiple: true, value: "EFFECT=RULE", summary: "RULE is allow, ask or deny" },
  },
  details: [
    "Effects are read, write, network, exec, message, money and system. Without options the values are shown.",
  ],
  examples: [
    "fw agent config notes",
    "fw agent config notes --memory-max-mb 128 --policy network=ask --policy exec=deny",
  ],
  async run({ words, options, place }) {
    const policy = options.policy && Object.fromEntries(options.policy.map(policyRule));
    const set = Object.fromEntries(
      Object.entries({
        memory_max_mb: wholeNumber("memory-max-mb", options["memory-max-mb"]),
        timeout_call_ms: wholeNumber("timeout-call-ms", options["timeout-call-ms"]),
        fuel_per_call: wholeNumber("fuel-per-call", options["fuel-per-call"]),
        policy,
      }).filter(([, value]) => value !== undefined),
    );
    const data = await place.call<Config>(
      "agent.config",
      Object.keys(set).length === 0 ? { id: words.ID } : { id: words.ID, set },
    );
    return { data, text: describe(data) };
  },
});

const describe = (config: Config) =>
  fields([
    ["memory_max_mb", String(config.memory_max_mb)],
    ["timeout_call_ms", String(config.timeout_call_ms)],
    ["fuel_per_call", String(config.fuel_per_call)],
    ...Object.entries(config.policy).map(([effect, rule]) => [`policy ${effect}`, rule] as const),
  ]);

function policyRule(text: string): [string, string] {
  const [, effect, rule] =
    /^(read|write|network|exec|message|money|system|tainted)=(allow|ask|deny)$/.exec(text) ?? [];
  if (effect === undefined || rule === undefined)
    throw new WrongUse(`"${text}" is not a policy.`, "Write EFFECT=RULE, for example --policy network=ask.");
  return [effect, rule];
}
