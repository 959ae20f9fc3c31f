import type { CapabilityOutput } from "#contract";
import { Badge, type Tone } from "../../design/index.ts";
import { t } from "../../text/index.ts";

/** A module of the home, as the server tells of it. */
export type Agent = CapabilityOutput<"agent.show">;
export type Ask = Agent["asks"][number];

const TONES: Readonly<Record<Agent["state"], Tone>> = {
  new: "warn",
  ready: "good",
  disabled: "neutral",
  broken: "bad",
  removed: "neutral",
};

/** What an agent is doing, in a word and a colour. */
export const StateBadge = ({ state }: { readonly state: Agent["state"] }) => (
  <Badge tone={TONES[state]}>{t.agents.states[state]}</Badge>
);
