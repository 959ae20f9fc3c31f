import { useEffect, useRef } from "react";
import style from "./editor.module.css";
import type { FileSession } from "./file_session.ts";

/** Where the text of a session is edited. The editor's style sheets live in a shadow root, as the page's policy wants it. */
export function CodeView({ session }: { readonly session: FileSession }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    return session.show(element.shadowRoot ?? element.attachShadow({ mode: "open" }));
  }, [session]);
  return <div ref={host} className={style.code} />;
}
