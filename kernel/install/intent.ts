import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Grant } from "#contract";
import type { ModuleRecord } from "../modules/index.ts";
import { writeDurably } from "../storage/index.ts";

/**
 * What stood before an installation, on the disk before anything is changed. It is there until the installation is complete:
 * found at a start, all is put back.
 */
export interface Intent {
  readonly id: string;
  /** There was a folder before. */
  readonly upgrading: boolean;
  readonly record: ModuleRecord | null;
  readonly grants: readonly Grant[];
}

export const INTENT_ENDING = ".installing.json";

const pathOf = (staging: string, id: string) => join(staging, `${id}${INTENT_ENDING}`);

export const declareIntent = (staging: string, intent: Intent): void =>
  writeDurably(pathOf(staging, intent.id), JSON.stringify(intent));

export function findIntent(staging: string, id: string): Intent | undefined {
  const path = pathOf(staging, id);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Intent) : undefined;
}

/** From here on the installation holds, or nothing is left of it. */
export const dropIntent = (staging: string, id: string): Promise<void> =>
  rm(pathOf(staging, id), { force: true });
