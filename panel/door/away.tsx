import { useEffect } from "react";
import { Spinner } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./form.module.css";
import { Frame } from "./frame.tsx";

const LOOK_EVERY_MS = 1500;

/** The panel is there, kept by the browser, and the server is not. */
export function Away({ onLook }: { onLook(): unknown }) {
  useEffect(() => {
    const timer = setInterval(onLook, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [onLook]);
  return (
    <Frame title={t.account.away.title} lead={t.account.away.more}>
      <div className={`${style.form} ${style.aside}`}>
        <code>./start.sh</code>
        <p>
          <Spinner />
        </p>
      </div>
    </Frame>
  );
}
