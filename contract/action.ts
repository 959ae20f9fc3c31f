/**
 * What mends something, to be done at once: the page of the panel where it is done, and the command that does it. Both go along with the
 * words, since nobody knows where they are read.
 * @module
 */
import { z } from "zod";

export const action = z.object({
  /** Of {@link ACTIONS}; the panel says in its own words what it is. */
  name: z.string(),
  /** An address in the panel; `null`: it is done on the command line alone. */
  page: z.string().nullable(),
  command: z.string(),
});
export type Action = z.infer<typeof action>;

const at = encodeURIComponent;

const table = {
  approve_agent: (id: string) => [`/agents/${at(id)}`, `fw agent approve ${id}`],
  connect_model: () => ["/settings/models", "fw model add"],
  choose_models: () => ["/settings/models", "fw model use A,B"],
  give_grant: (module: string, grant: string) => [
    `/agents/${at(module)}/grants`,
    `fw grant give ${module} '${grant}'`,
  ],
  look_at_health: () => ["/health", "fw doctor"],
  make_backup: () => ["/settings/backup", "fw backup"],
  make_gateway_key: () => ["/settings/gateway", "fw model key NAME"],
  make_token: (scope: string) => ["/settings/tokens", `fw token add NAME --scope ${scope}`],
  mend_agent: (id: string) => [`/agents/${at(id)}/files`, `fw agent files ${id}`],
  read_journal: (agent: string) => [`/journal?agent=${at(agent)}`, `fw journal --agent ${agent}`],
  remove_agent: (id: string) => [`/agents/${at(id)}`, `fw agent remove ${id}`],
  reset_password: () => [null, "fw password reset"],
  seal_core: () => ["/health", "fw reseal"],
  see_agents: () => ["/agents", "fw agent list"],
  see_approvals: () => ["/approvals", "fw approval list"],
  see_backups: () => ["/settings/backup", "fw backup list"],
  see_capabilities: () => [null, "fw call --list"],
  see_grants: (module: string) => [`/agents/${at(module)}/grants`, `fw grant list ${module}`],
  see_models: () => ["/settings/models", "fw model list"],
  see_sessions: () => ["/settings/sessions", "fw account sessions"],
  see_settings: () => ["/settings/limits", "fw setting list"],
  see_tokens: () => ["/settings/tokens", "fw token list"],
  set_model_key: () => ["/settings/models", "fw model add NAME --key-stdin"],
  set_policy: (agent: string) => [`/agents/${at(agent)}/limits`, `fw agent config ${agent}`],
  set_secret: (name: string) => ["/settings/secrets", `fw secret set ${name}`],
  set_up: () => [null, "fw setup --owner NAME"],
  test_model: () => ["/settings/models", "fw model test NAME"],
} as const satisfies Record<string, (...about: string[]) => readonly [page: string | null, command: string]>;

export type ActionName = keyof typeof table;

/** Each as a function of what it is about: `ACTIONS.give_grant("notes", "http.fetch")`. */
export const ACTIONS = Object.fromEntries(
  Object.entries(table).map(([name, make]) => [
    name,
    (...about: string[]): Action => {
      const [page, command] = (make as (...about: string[]) => readonly [string | null, string])(...about);
      return { name, page, command };
    },
  ]),
) as { readonly [N in ActionName]: (...about: Parameters<(typeof table)[N]>) => Action };
