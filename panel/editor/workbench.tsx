import { PanelRightClose, PanelRightOpen } from "lucide-react";
import { useState } from "react";
import { useCapability } from "../client/index.ts";
import { IconButton, ProblemNotice, Skeleton } from "../design/index.ts";
import { t } from "../text/index.ts";
import FileEditor, { type Agent } from "./file_editor.tsx";
import { FileList } from "./file_list.tsx";
import { sessionOf, useUnsaved } from "./open_files.ts";
import { Problems } from "./problems.tsx";
import { TryIt } from "./try_it.tsx";
import style from "./workbench.module.css";

const ROOM_FOR_BOTH = "(width >= 1360px)";

/** The files of a module beside an editor, what is wrong with them, and a place to try it. */
export default function Workbench({
  agent,
  path,
  onOpen,
}: {
  readonly agent: Agent;
  readonly path: string | undefined;
  onOpen(path: string): void;
}) {
  const words = t.editor;
  const { data, error, refetch } = useCapability("agent.files", { id: agent.id });
  const unsaved = useUnsaved(agent.id);
  const talks = agent.kind === "agent";
  const [trying, setTrying] = useState(() => talks && matchMedia(ROOM_FOR_BOTH).matches);
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} />;

  const { files } = data;
  const first = files.find(({ role }) => role === "entry") ?? files[0];
  const open = path ?? first?.path;
  const go = (file: string, line?: number | null, column?: number | null) => {
    if (file !== open) onOpen(file);
    if (line) sessionOf(agent.id, file).reveal(line, column ?? 1);
  };
  return (
    <div className={style.workbench} data-trying={trying || undefined}>
      <FileList agent={agent} files={files} open={open} unsaved={unsaved} onOpen={onOpen} />
      <div className={style.middle}>
        {open && (
          <FileEditor
            key={open}
            agent={agent}
            path={open}
            tall
            actions={
              talks && (
                <IconButton
                  small
                  icon={trying ? PanelRightClose : PanelRightOpen}
                  label={words.try}
                  aria-expanded={trying}
                  onClick={() => setTrying(!trying)}
                />
              )
            }
          />
        )}
        <Problems problems={agent.diagnostics} onGo={go} />
      </div>
      {trying && <TryIt agent={agent} onClose={() => setTrying(false)} />}
    </div>
  );
}
