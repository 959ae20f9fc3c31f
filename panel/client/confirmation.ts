import { problemOf } from "./problem.ts";

let ask: (() => Promise<boolean>) | undefined;
let asking: Promise<boolean> | undefined;

/** Asks whoever is there to prove to be the owner; gives whether that was done. */
export function onConfirmation(show: () => Promise<boolean>): () => void {
  ask = show;
  return () => {
    ask = undefined;
  };
}

/** Does it; where the server wants it confirmed first, asks for that in place and does it then. Of several at once one asks. */
export async function withConfirmation<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (problemOf(thrown).code !== "confirmation_required" || !ask) throw thrown;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    if (!(await asking)) throw thrown;
    return act();
  }
}
