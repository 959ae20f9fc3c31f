import { AgentName } from "../../agent/index.ts";

/** What an agent wants, as the server says it: its sentence begins with who it is. */
export function Wish({ module, plain }: { readonly module: string; readonly plain: string }) {
  return plain.startsWith(`${module} `) ? (
    <>
      <AgentName id={module} />
      {plain.slice(module.length)}
    </>
  ) : (
    plain
  );
}
