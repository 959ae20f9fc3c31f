/**
 * What is chosen on a page stands in its address, so that it can be kept, sent and gone back to.
 * @module
 */
import { useSearchParams } from "wouter";

type Choices = Readonly<Record<string, string | undefined>>;

/**
 * The query string as choices. `choose` changes some of them; an empty one is left out. `replace`: without a step for the back
 * button, for what changes while one types.
 */
export function useAddress() {
  const [given, set] = useSearchParams();
  return {
    chosen: (name: string): string => given.get(name) ?? "",
    choose(choices: Choices, options?: { readonly replace?: boolean }) {
      set((now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(choices)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }, options);
    },
  };
}

/** The address of a page with choices. */
export function addressOf(path: string, choices: Choices): string {
  const query = new URLSearchParams(
    Object.entries(choices).filter((one): one is [string, string] => Boolean(one[1])),
  ).toString();
  return query ? `${path}?${query}` : path;
}
