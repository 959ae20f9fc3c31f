import { ACTIONS, FieldworkError } from "#contract";
import { BUILTIN, type Model } from "./model.ts";
import type { ModelTable } from "./table.ts";

const CANDIDATES_MAX = 16;

/** Names separated by commas, each of a model that there is. @throws FieldworkError `not_found`, `invalid_input` */
export function readCandidates(text: string, table: ModelTable): Model[] {
  const names = [...new Set(text.split(",").map((name) => name.trim()))].filter(Boolean);
  if (names.length === 0) throw new FieldworkError("invalid_input", "No model is named.");
  if (names.length > CANDIDATES_MAX)
    throw new FieldworkError("invalid_input", `More than ${CANDIDATES_MAX} candidates are named.`);
  return names.map((name) => {
    const model = table.get(name);
    if (model) return model;
    throw new FieldworkError("not_found", `There is no model ${name}.`, {
      remedy: "Choose one there is, or add it.",
      action: ACTIONS.see_models(),
      details: { model: name },
    });
  });
}

/** The candidates of a request: those it names, else the agent's, else the system's, else what is built in. */
export function candidatesFor(asked: string | undefined, agent: string, table: ModelTable): Model[] {
  if (asked !== undefined && asked !== "" && asked !== "default") return readCandidates(asked, table);
  const own = table.chosen(agent);
  const names = own.length > 0 ? own : table.chosen("");
  const models = names.flatMap((name) => table.get(name) ?? []);
  return models.length > 0 ? models : [BUILTIN];
}
