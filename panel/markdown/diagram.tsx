import { useEffect, useRef, useState } from "react";
import { Button } from "../design/index.ts";
import { t } from "../text/index.ts";
import { CodeBlock } from "./code.tsx";
import style from "./markdown.module.css";
import { useDark } from "./use_dark.ts";

const SOURCE_MAX_CHARS = 20_000;
const PATIENCE_MS = 15_000;
/** A diagram is drawn no smaller than this part of its size; what does not fit then is scrolled to. */
const SMALLEST = 0.6;
const HEIGHT = { least: 60, most: 560 };
/** The frame has an origin of its own, so that it cannot reach the panel; only Vite's server gives its scripts to none but its own. */
const FRAME = import.meta.env.DEV
  ? {
      page: "/diagram/index.html",
      sandbox: "allow-scripts allow-same-origin",
      origin: location.origin,
      to: location.origin,
    }
  : { page: "/diagram", sandbox: "allow-scripts", origin: "null", to: "*" };

type Said =
  | { readonly fw: 1; readonly kind: "ready" }
  | { readonly fw: 1; readonly kind: "drawn"; readonly width: number; readonly height: number }
  | { readonly fw: 1; readonly kind: "failed"; readonly message: string };

/** A diagram in Mermaid's language, drawn in a frame that can reach nothing; its source where that does not work. */
export function Diagram({ source }: { readonly source: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const dark = useDark();
  const [size, setSize] = useState<{ width: number; height: number }>();
  const [failed, setFailed] = useState(source.length > SOURCE_MAX_CHARS);
  const [asSource, setAsSource] = useState(false);
  const isShown = !failed && !asSource;

  useEffect(() => {
    if (!isShown) return;
    const patience = setTimeout(() => setFailed(true), PATIENCE_MS);
    const hear = ({ source: from, origin, data }: MessageEvent<Said>) => {
      if (from === null || from !== frame.current?.contentWindow || origin !== FRAME.origin) return;
      if (data?.fw !== 1) return;
      if (data.kind === "ready")
        from.postMessage({ fw: 1, kind: "draw", source, dark }, { targetOrigin: FRAME.to });
      else if (data.kind === "drawn" && data.width > 0 && data.height > 0) {
        clearTimeout(patience);
        setSize({ width: data.width, height: data.height });
      } else if (data.kind === "failed") setFailed(true);
    };
    addEventListener("message", hear);
    // It may be there already: another theme draws it anew.
    frame.current?.contentWindow?.postMessage(
      { fw: 1, kind: "draw", source, dark },
      { targetOrigin: FRAME.to },
    );
    return () => {
      clearTimeout(patience);
      removeEventListener("message", hear);
    };
  }, [isShown, source, dark]);

  if (!isShown)
    return (
      <div className={style.diagramSource}>
        <CodeBlock code={source} info="mermaid" growing={false} />
        {!failed && (
          <Button small look="quiet" onClick={() => setAsSource(false)}>
            {t.markdown.asPicture}
          </Button>
        )}
        {failed && <p>{t.markdown.noDiagram}</p>}
      </div>
    );
  return (
    <figure className={style.diagram} data-ready={size !== undefined || undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div tabIndex={0}>
        <iframe
          ref={frame}
          src={FRAME.page}
          title={t.markdown.diagram}
          sandbox={FRAME.sandbox}
          style={{
            maxWidth: size?.width ?? 320,
            minWidth: size ? size.width * SMALLEST : undefined,
            aspectRatio: size ? `${size.width} / ${size.height}` : undefined,
            maxHeight: HEIGHT.most,
            minHeight: HEIGHT.least,
          }}
        />
      </div>
      <Button small look="quiet" onClick={() => setAsSource(true)}>
        {t.markdown.asSource}
      </Button>
    </figure>
  );
}
