import { useCapability } from "./query.ts";

export type Decision = "allow" | "ask" | "deny";

const SETTING = "policy.default";

/** What is decided about each effect where an agent's own policy says nothing; and the setting that says so. */
export function useUsualPolicy() {
  const { data, error } = useCapability("setting.list", {});
  const set = data?.settings.find(({ key }) => key === SETTING)?.value as
    | Readonly<Record<string, Decision>>
    | undefined;
  return {
    setting: SETTING,
    /** As the owner has set it; `undefined` until it is known. */
    set,
    error,
    usual: (effect: string): Decision => set?.[effect] ?? (effect === "tainted" ? "ask" : "allow"),
  };
}
