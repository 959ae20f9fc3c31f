import type { Ask, ModuleInfo } from "#contract";
import {
  bold,
  counted,
  dim,
  fields,
  type Line,
  localTime,
  type Span,
  sizeText,
  styled,
  type Text,
  table,
} from "../../terminal/index.ts";

const COLOURS = { ready: "green", new: "yellow", disabled: "dim", broken: "red", removed: "dim" } as const;

const stateCell = (state: ModuleInfo["state"]): Span => styled(COLOURS[state], state);

export function agentTable(agents: readonly ModuleInfo[], width: number): Text {
  if (agents.length === 0) return ["There are none. Make one: fw agent new ID"];
  const rows = agents.map((one) => [one.id, one.kind, one.version, stateCell(one.state), one.display_name]);
  return table(["ID", "KIND", "VERSION", "STATE", "NAME"], rows, width);
}

export function describeAgent(agent: ModuleInfo): Text {
  const { usage, daemon } = agent;
  return [
    [bold(agent.display_name), ` (${agent.id})`],
    ...(agent.description === "" ? [] : [agent.description]),
    "",
    ...fields([
      ["kind", agent.kind],
      ["version", agent.version],
      ["state", stateCell(agent.state)],
      ["folder", agent.built_in ? "built in" : agent.folder],
      ["entry", agent.entry],
      ["calls", `${usage.calls}, of these ${counted(usage.failures, "failure")}`],
      ["used", `${Math.round(usage.cpu_ms)} ms of CPU, ${sizeText(usage.memory_peak_bytes)} at most`],
      ...(daemon
        ? [
            [
              "daemon",
              `${daemon.state}, ${counted(daemon.restarts, "restart")}${daemon.next_start_at ? `, next start ${localTime(daemon.next_start_at)}` : ""}`,
            ] as const,
          ]
        : []),
    ]),
    ...section(
      "Problems",
      agent.problems.map((problem) => [styled("red", "✗ "), problem]),
    ),
    ...section("Asks for", askLines(agent.asks)),
    ...section(
      "Functions",
      agent.functions.map(({ name, description }) => [
        name,
        dim(description === "" ? "" : `  ${description}`),
      ]),
    ),
  ];
}

/** Each thing asked for, in plain words: whether it is given, whether the module cannot do without it, and its name. */
export function askLines(asks: readonly Ask[]): Text {
  return asks.map(
    (ask): Line => [
      ask.given ? styled("green", "✓ ") : "  ",
      ask.plain,
      dim(
        `  ${ask.always ? "always" : ask.required ? "required" : "optional"} · ${ask.capability}${ask.scope === "*" ? "" : `:${ask.scope}`}`,
      ),
      ...(ask.known ? [] : [styled("yellow", "  unknown here")]),
    ],
  );
}

export const section = (title: string, lines: Text): Text =>
  lines.length === 0
    ? []
    : ["", dim(title), ...lines.map((line): Line => ["  ", ...(Array.isArray(line) ? line : [line])])];
