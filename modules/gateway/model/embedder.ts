import { ACTIONS, FieldworkError } from "#contract";
import type { Model } from "./model.ts";
import type { ModelTable } from "./table.ts";

/** Stands among the choices of agents; no agent can have this name. */
const EMBEDDER = ":embed";
const NONE = "none";

/**
 * The model that makes vectors: the one the owner chose, else the first that was added to embed. One that was merely found on this
 * machine is not used unasked.
 */
export function embedderOf(table: ModelTable): Model | undefined {
  const [chosen] = table.chosen(EMBEDDER);
  if (chosen === NONE) return undefined;
  if (chosen !== undefined) return table.get(chosen);
  return table.all().find(({ embeds, detected }) => embeds && !detected);
}

/**
 * @param name of a model that embeds; `none` for no vectors; empty or `default` takes the choice back
 * @throws FieldworkError `not_found`, `invalid_input`
 */
export function chooseEmbedder(name: string, table: ModelTable): void {
  const takenBack = name === "" || name === "default";
  if (!takenBack && name !== NONE) {
    const model = table.get(name);
    if (!model)
      throw new FieldworkError("not_found", `There is no model ${name}.`, {
        remedy: "Choose one there is, or add it.",
        action: ACTIONS.see_models(),
      });
    if (!model.embeds || model.dialect !== "openai")
      throw new FieldworkError("invalid_input", `${name} is not known to make vectors.`, {
        remedy: "Add it anew as one that makes vectors (`--embeds` on the command line).",
        action: ACTIONS.connect_model(),
      });
  }
  table.choose(EMBEDDER, takenBack ? [] : [name]);
}
