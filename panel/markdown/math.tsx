import { memo, useEffect, useRef, useState } from "react";
import style from "./markdown.module.css";

const TEX_MAX_CHARS = 8_000;
let drawFormula: typeof import("./katex.ts").drawFormula | undefined;

/** A formula; its source where it cannot be drawn, or has not ended yet. */
export const Formula = memo(function Formula({
  tex,
  display,
  open,
}: {
  readonly tex: string;
  readonly display: boolean;
  readonly open: boolean;
}) {
  const place = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let gone = false;
    const draw = () => {
      if (gone || !place.current || !drawFormula) return;
      try {
        drawFormula(tex, place.current, display);
        setDrawn(true);
      } catch {
        setDrawn(false);
      }
    };
    if (open || tex.length > TEX_MAX_CHARS) setDrawn(false);
    else if (drawFormula) draw();
    else
      void import("./katex.ts")
        .then((loaded) => {
          drawFormula = loaded.drawFormula;
          draw();
        })
        .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [tex, display, open]);
  return (
    <span className={display ? style.display : style.formula}>
      <span ref={place} hidden={!drawn} />
      {!drawn && <code>{tex}</code>}
    </span>
  );
});
