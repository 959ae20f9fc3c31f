import { type Ask, FieldworkError, formatGrant } from "#contract";
import { type Place, WrongUse } from "../../command/index.ts";
import { askLines, section } from "./describe.ts";

/** Which grants are given, as `pack.install` and `agent.approve` take it. */
export type Decision = "all" | "required" | "none" | readonly string[];

export const DECISION_OPTIONS = {
  yes: { type: "boolean", summary: "Give all it asks for, without a question" },
  grants: {
    type: "string",
    multiple: true,
    value: "WHICH",
    summary: "all, required, none, or a list: http.fetch:https://example.com/,secret.use:token",
  },
} as const;

export interface DecisionOptions {
  readonly yes?: boolean;
  readonly grants?: readonly string[];
}

/** The decision that the options spell out, `undefined` when they leave it open. @throws WrongUse when they contradict. */
export function decisionFrom({ yes, grants }: DecisionOptions): Decision | undefined {
  if (yes && grants) throw new WrongUse("--yes and --grants contradict each other.", "Give one of them.");
  if (yes) return "all";
  if (!grants) return undefined;
  const list = grants.flatMap(splitList);
  const [first] = list;
  if (list.length === 1 && (first === "all" || first === "required" || first === "none")) return first;
  const bad = list.find((one) => !/^[a-z][a-z_]*[.:].+/.test(one));
  if (bad !== undefined || list.length === 0)
    throw new WrongUse(
      `"${bad ?? ""}" is not a grant.`,
      "A grant is written capability or capability:scope, for example fs.read:/data.",
    );
  return list;
}

/** A comma parts two grants only where a capability's name follows, so that scopes may hold commas. */
const splitList = (text: string): string[] =>
  text
    .split(/,(?=[a-z][a-z_]*[.:])/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/**
 * The owner's decision: from the options, or asked of the person at the terminal.
 * @throws FieldworkError `approval_required` when nobody can be asked, `cancelled` when the person says no.
 */
export async function decide(
  place: Place,
  asks: readonly Ask[],
  options: DecisionOptions,
  what: string,
): Promise<Decision> {
  const spelled = decisionFrom(options);
  if (spelled !== undefined) return spelled;
  const { terminal } = place;
  if (!terminal.interactive || place.json)
    throw new FieldworkError(
      "approval_required",
      `${what} needs your decision, and nobody is there to ask.`,
      {
        remedy: "Decide with --yes (all), --grants required, --grants none, or --grants with a list.",
        details: {
          asks: asks.map((ask) => ({ grant: formatGrant(ask), required: ask.required, plain: ask.plain })),
        },
      },
    );
  const choose = asks.length > 0 ? "/choose" : "";
  const answer = await terminal.ask(`${asks.length > 0 ? "Give it all of this" : "Go on"}? [y/N${choose}]`);
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return "all";
  if (asks.length === 0 || !/^c(hoose)?$/i.test(answer?.trim() ?? ""))
    throw new FieldworkError("cancelled", "Nothing was changed.");
  return chooseEach(place, asks);
}

async function chooseEach({ terminal }: Place, asks: readonly Ask[]): Promise<Decision> {
  const given: string[] = [];
  for (const ask of asks) {
    const answer = await terminal.ask(`${ask.required ? "(required) " : ""}${ask.plain} — give? [y/N]`);
    if (answer === undefined) throw new FieldworkError("cancelled", "Nothing was changed.");
    if (/^y(es)?$/i.test(answer.trim())) given.push(formatGrant(ask));
  }
  return given.length === 0 ? "none" : given;
}

export const showAsks = (asks: readonly Ask[]) =>
  asks.length === 0 ? ["It asks for nothing."] : section("It asks for", askLines(asks));
