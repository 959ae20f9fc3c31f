/** How a turn goes; everything has a default. */
export interface TurnOptions {
  /** A model's name; several, separated by commas, are tried in order. Default: the agent's, then the system's. */
  readonly model?: string;
  readonly temperature?: number;
  readonly thinking?: "off" | "low" | "medium" | "high" | { readonly budget_tokens: number };
  /** Of one answer of the model. */
  readonly max_output_tokens?: number;
  /** For the assembled context; default: the system's setting. A turn may grow by half of it before it is assembled anew. */
  readonly budget_tokens?: number;
  /** Answers of the model in one turn; 24. After the last one it has to answer without tools. */
  readonly max_steps?: number;
  /** Of one turn; 540. A call of a tool counts for at most two minutes, since it may wait for a person. */
  readonly max_seconds?: number;
  /** Tokens of all answers of one turn, read and written; 1,000,000. */
  readonly max_tokens?: number;
  /** Of one turn, where prices are known; 5. */
  readonly max_usd?: number;
  /** Keep what was said as memories; true. */
  readonly remember?: boolean;
  /** Learn from failures that were overcome and from the user's corrections, and say which lessons helped; true. */
  readonly learn?: boolean;
  /** Sum up old parts of a conversation that has outgrown its share; true. */
  readonly compact?: boolean;
}

export type Settings = Required<
  Pick<TurnOptions, "max_steps" | "max_seconds" | "max_tokens" | "max_usd" | "remember" | "learn" | "compact">
> &
  TurnOptions;

const DEFAULTS = {
  max_steps: 24,
  max_seconds: 540,
  max_tokens: 1_000_000,
  max_usd: 5,
  remember: true,
  learn: true,
  compact: true,
};

/** @throws RangeError for a limit that is not a positive number */
export function settingsOf(options: TurnOptions): Settings {
  const settings = { ...DEFAULTS, ...options };
  for (const name of ["max_steps", "max_seconds", "max_tokens", "max_usd"] as const) {
    if (!(settings[name] > 0)) throw new RangeError(`standardTurn: ${name} must be a positive number`);
  }
  return settings;
}
