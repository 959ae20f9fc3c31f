import { Suspense } from "react";
import { Skeleton } from "../../../design/index.ts";
import { FileEditor } from "../../../editor/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import style from "./prompt.module.css";

const TEXTS = ["prompt.md", "doktrin.md"] as const;

/** Who it is, and the rules it keeps. */
export function Prompt({ agent }: { readonly agent: Agent }) {
  return (
    <div className={style.texts}>
      {TEXTS.map((path) => (
        <section key={path} aria-label={t.agents.prompt[path].title}>
          <header>
            <h2>{t.agents.prompt[path].title}</h2>
            <p>{t.agents.prompt[path].hint}</p>
          </header>
          <Suspense fallback={<Skeleton lines={6} />}>
            <FileEditor agent={agent} path={path} />
          </Suspense>
        </section>
      ))}
    </div>
  );
}
