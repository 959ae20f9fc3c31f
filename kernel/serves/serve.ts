import type { Provider } from "#contract";
import { type BasicParts, serveBasic } from "./basic.ts";
import { type HealthParts, type HealthService, serveHealth } from "./health.ts";
import { type JournalParts, serveJournal } from "./journal.ts";
import { type MessageParts, serveMessages } from "./messages.ts";
import { type ModuleParts, serveModules } from "./modules.ts";
import { type OwnerParts, serveOwner } from "./owner.ts";
import { serveSecretUse } from "./secret-use.ts";
import { type SystemParts, serveSystem } from "./system.ts";

export type KernelParts = BasicParts &
  OwnerParts &
  ModuleParts &
  MessageParts &
  JournalParts &
  SystemParts &
  HealthParts;

/** All that the kernel itself provides. */
export function serveKernel(parts: KernelParts): {
  readonly providers: readonly Provider[];
  readonly health: HealthService;
} {
  const health = serveHealth(parts);
  const providers = [
    ...serveBasic(parts),
    ...serveSecretUse(),
    ...serveOwner(parts),
    ...serveModules(parts),
    ...serveMessages(parts),
    ...serveJournal(parts),
    ...serveSystem(parts),
    ...health.providers,
  ];
  return { providers, health };
}
