import { useSyncExternalStore } from "react";

const isDark = (): boolean =>
  getComputedStyle(document.documentElement).colorScheme === "dark" ||
  (getComputedStyle(document.documentElement).colorScheme !== "light" &&
    matchMedia("(prefers-color-scheme: dark)").matches);

function onTheme(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(listener);
  system.addEventListener("change", listener);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", listener);
    chosen.disconnect();
  };
}

/** Whether the page is dark just now; for what cannot follow by its style sheet. */
export const useDark = (): boolean => useSyncExternalStore(onTheme, isDark);
