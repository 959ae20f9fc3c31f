import { useEffect, useState } from "react";

const NAMES = [
  "surface",
  "line",
  "line-strong",
  "ink",
  "ink-soft",
  "ink-faint",
  "accent",
  "kind-1",
  "kind-2",
  "kind-3",
  "kind-4",
  "kind-5",
  "kind-6",
] as const;
export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

/** The colours of the theme in force, as a canvas takes them. */
export function useColours(): Colours {
  const [colours, setColours] = useState(read);
  useEffect(() => {
    const again = () => setColours(read());
    const system = matchMedia("(prefers-color-scheme: dark)");
    const watch = new MutationObserver(again);
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    system.addEventListener("change", again);
    return () => {
      watch.disconnect();
      system.removeEventListener("change", again);
    };
  }, []);
  return colours;
}

function read(): Colours {
  const probe = document.body.appendChild(document.createElement("span"));
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(found) as unknown as Colours;
}
