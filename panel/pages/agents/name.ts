/** As `contract/id.ts` has it. */
const ID = /^[a-z][a-z0-9-]{2,31}$/;
const ID_MAX = 32;

/** An id made from a name: `Ada & Söhne` is `ada-sohne`. */
export function idFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "");
  return plain.slice(0, ID_MAX).replace(/-+$/, "");
}

export type IdProblem = "empty" | "form" | "taken";

/** What is wrong with an id for a new module, beside those there are. */
export function idProblem(id: string, taken: readonly string[]): IdProblem | undefined {
  if (id === "") return "empty";
  if (!ID.test(id)) return "form";
  return taken.includes(id) ? "taken" : undefined;
}

/** An id that is free: with the smallest number behind it that makes it so. */
export function freeId(id: string, taken: readonly string[]): string {
  if (!taken.includes(id)) return id;
  for (let n = 2; ; n++) {
    const next = `${id.slice(0, ID_MAX - 1 - String(n).length)}-${n}`;
    if (!taken.includes(next)) return next;
  }
}
