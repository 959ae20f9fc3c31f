import { FilePlus2, FileText, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CapabilityOutput } from "#contract";
import { call, refresh } from "../client/index.ts";
import { Confirm, IconButton, Menu, say } from "../design/index.ts";
import { t } from "../text/index.ts";
import type { Agent } from "./file_editor.tsx";
import { NameFile } from "./name_file.tsx";
import { forget } from "./open_files.ts";
import style from "./workbench.module.css";

export type AgentFile = CapabilityOutput<"agent.files">["files"][number];

/** Must stay, and under its name: without it there is no module. */
const fixed = ({ role }: AgentFile): boolean => role === "entry" || role === "manifest";

/** The files of a module, by folder. */
export function FileList({
  agent,
  files,
  open,
  unsaved,
  onOpen,
}: {
  readonly agent: Agent;
  readonly files: readonly AgentFile[];
  readonly open: string | undefined;
  readonly unsaved: ReadonlySet<string>;
  onOpen(path: string): void;
}) {
  const words = t.editor;
  const [naming, setNaming] = useState<AgentFile | "new">();
  const [deleting, setDeleting] = useState<AgentFile>();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where not all fit, the one that is open is moved into sight.
  useEffect(() => {
    list.current?.querySelector("[data-open]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [open]);
  return (
    <nav className={style.files} aria-label={words.files}>
      <header>
        <h2>{words.files}</h2>
        <IconButton small icon={FilePlus2} label={words.newFile} onClick={() => setNaming("new")} />
      </header>
      <ul ref={list}>
        {files.map((file) => {
          const cut = file.path.lastIndexOf("/") + 1;
          return (
            <li key={file.path} data-open={file.path === open || undefined}>
              <button
                type="button"
                aria-current={file.path === open ? "true" : undefined}
                onClick={() => onOpen(file.path)}
              >
                <FileText size={15} aria-hidden />
                <span>
                  {cut > 0 && <small>{file.path.slice(0, cut)}</small>}
                  {file.path.slice(cut)}
                </span>
                {unsaved.has(file.path) && <i role="img" aria-label={words.unsaved} title={words.unsaved} />}
              </button>
              {!fixed(file) && (
                <Menu
                  small
                  label={words.more(file.path)}
                  items={[
                    { label: words.rename, icon: Pencil, onSelect: () => setNaming(file) },
                    { label: t.common.delete, icon: Trash2, danger: true, onSelect: () => setDeleting(file) },
                  ]}
                />
              )}
            </li>
          );
        })}
      </ul>
      {naming && (
        <NameFile
          agent={agent}
          file={naming === "new" ? undefined : naming}
          taken={files.map(({ path }) => path)}
          onDone={onOpen}
          onClose={() => setNaming(undefined)}
        />
      )}
      {deleting && (
        <Confirm
          title={words.deleteTitle(deleting.path)}
          words={words.deleteWords}
          action={t.common.delete}
          onClose={() => setDeleting(undefined)}
          onConfirm={async () => {
            const left = files.find((one) => one.role === "entry");
            if (deleting.path === open && left) onOpen(left.path);
            await call("agent.file.delete", { id: agent.id, path: deleting.path });
            forget(agent.id, deleting.path);
            say(words.deleted(deleting.path));
            void refresh("agent.");
          }}
        />
      )}
    </nav>
  );
}
