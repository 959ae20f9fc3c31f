import { CAPABILITIES } from "#contract";
import { inPlainWords } from "../grants/index.ts";

const SHOWN_MAX_CHARS = 300;

/** What a call that needs a person is about, as a sentence: who wants what, and what is judged. */
export function inSentence({
  module,
  capability,
  targets,
  decisive,
}: {
  readonly module: string;
  readonly capability: string;
  readonly targets: readonly string[];
  readonly decisive: readonly string[];
}): string {
  const [first, ...others] = targets;
  const what =
    first === undefined ? ofNoTarget(capability) : inPlainWords({ capability, scope: clip(first) });
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const judged = decisive.filter((one) => !targets.includes(one));
  return `${module} wants to ${what}${more}${judged.length === 0 ? "" : `: ${clip(judged.join(" "))}`}`;
}

function ofNoTarget(capability: string): string {
  const summary = CAPABILITIES.get(capability)?.summary;
  if (summary === undefined) return `use ${capability}`;
  const sentence = summary.replace(/[.;].*$/s, "");
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)} (${capability})`;
}

const clip = (text: string): string =>
  text.length <= SHOWN_MAX_CHARS ? text : `${text.slice(0, SHOWN_MAX_CHARS)}…`;
