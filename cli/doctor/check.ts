import type { Health, ModuleInfo } from "#contract";
import type { RunningServer } from "../server/index.ts";

/** What a check found; `skip`: it could not be made, and `what` says why. */
export type Finding =
  | { readonly state: "ok" | "skip"; readonly what: string }
  | { readonly state: "warn" | "fail"; readonly what: string; readonly remedy: string };

/** What the checks look at. */
export interface Patient {
  readonly home: string;
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: number;
  /** The server, when one runs. */
  readonly server: RunningServer | undefined;
  /** What the server says of itself, when one answers. */
  readonly health: Health | undefined;
  readonly modules: readonly ModuleInfo[] | undefined;
}

/** One thing that can be wrong. */
export interface Check {
  readonly name: string;
  run(patient: Patient): readonly Finding[] | Promise<readonly Finding[]>;
}

export const ok = (what: string): Finding => ({ state: "ok", what });
export const skip = (what: string): Finding => ({ state: "skip", what });
export const warn = (what: string, remedy: string): Finding => ({ state: "warn", what, remedy });
export const fail = (what: string, remedy: string): Finding => ({ state: "fail", what, remedy });

/** For what only the server knows, when it did not tell. */
export const notTold = ({ server }: Patient): Finding =>
  skip(server ? "the server did not tell" : "not known while the server is not running");
