import type { CapabilityOutput } from "#contract";
import { Badge, type Tone } from "../design/index.ts";
import { t } from "../text/index.ts";

type State = CapabilityOutput<"agent.show">["state"];

const TONES: Readonly<Record<State, Tone>> = {
  new: "warn",
  ready: "good",
  disabled: "neutral",
  broken: "bad",
  removed: "neutral",
};

/** What a module is doing, in a word and a colour. */
export const StateBadge = ({ state }: { readonly state: State }) => (
  <Badge tone={TONES[state]}>{t.module.states[state]}</Badge>
);
