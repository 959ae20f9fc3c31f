import { PackageOpen } from "lucide-react";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { t } from "../../../text/index.ts";
import style from "./install.module.css";
import { Install } from "./install.tsx";

export interface PackDropHandle {
  /** Opens the browser's choice of a file. */
  choose(): void;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes a pack that is dropped anywhere on the page, or chosen. */
export function PackDrop({ ref }: { readonly ref: Ref<PackDropHandle> }) {
  const [file, setFile] = useState<File>();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ choose: () => input.current?.click() }));

  useEffect(() => {
    // Each element that is crossed enters before the one before is left; only the difference tells whether it is still over the page.
    let depth = 0;
    const step = (by: number) => (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    const [enter, leave] = [step(1), step(-1)];
    const allow = (event: DragEvent) => carriesFiles(event) && event.preventDefault();
    const take = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const dropped = event.dataTransfer?.files[0];
      if (dropped) setFile(dropped);
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", allow);
    addEventListener("drop", take);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", allow);
      removeEventListener("drop", take);
    };
  }, []);

  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip,.fwpack,application/zip"
        aria-label={t.agents.install.button}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          target.value = "";
          if (chosen) setFile(chosen);
        }}
      />
      {over && (
        <div className={style.over} aria-hidden>
          <div>
            <PackageOpen size={32} strokeWidth={1.5} />
            <strong>{t.agents.install.drop}</strong>
            <span>{t.agents.install.dropMore}</span>
          </div>
        </div>
      )}
      {file && <Install key={`${file.name} ${file.size}`} file={file} onClose={() => setFile(undefined)} />}
    </>
  );
}
