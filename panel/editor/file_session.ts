import { setDiagnostics } from "@codemirror/lint";
import { EditorState, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { CapabilityOutput } from "#contract";
import { call, problemOf } from "../client/index.ts";
import { extensionsFor } from "./extensions.ts";
import { marksIn, type Problem } from "./marks.ts";

/** A file as the server has it; no hash: there is none. */
export interface Disk {
  readonly content: string;
  readonly sha256: string | null;
}
export type Written = CapabilityOutput<"agent.file.write">;

export interface FileSnapshot {
  readonly phase: "loading" | "ready" | "failed";
  /** Why it could not be read or written. */
  readonly problem: unknown;
  readonly exists: boolean;
  /** What stands in the editor is not what was last read or written. */
  readonly dirty: boolean;
  readonly saving: boolean;
  /** What somebody else wrote meanwhile; the owner decides whose text stays. */
  readonly theirs: Disk | undefined;
  /** What became of the module when it was last saved here. */
  readonly written: Written | undefined;
}

/** A file that is being edited: its text, what is known of the one on the disk, and the view while it is shown. */
export interface FileSession {
  readonly path: string;
  snapshot(): FileSnapshot;
  subscribe(listener: () => void): () => void;
  /** Shows it in a shadow root; gives what takes it away again. Text, selection and history stay. */
  show(root: ShadowRoot): () => void;
  /** Reads it again; an unsaved text is kept, and the other one offered beside it. */
  read(): Promise<void>;
  save(): Promise<void>;
  /** Writes the text over the one that somebody else wrote. */
  keepMine(): Promise<void>;
  /** Takes the text that somebody else wrote. */
  takeTheirs(): void;
  mark(problems: readonly Problem[]): void;
  reveal(line: number, column: number): void;
  text(): string;
}

const CRLF_ONLY = /^(?:[^\r\n]|\r\n)*\r\n(?:[^\r\n]|\r\n)*$/;

export function createFileSession(id: string, path: string, onChange: () => void): FileSession {
  const listeners = new Set<() => void>();
  let now: FileSnapshot = {
    phase: "loading",
    problem: undefined,
    exists: false,
    dirty: false,
    saving: false,
    theirs: undefined,
    written: undefined,
  };
  let state: EditorState | undefined;
  let view: EditorView | undefined;
  let root: ShadowRoot | undefined;
  let base: { doc: Text; sha256: string | null } | undefined;
  let problems: readonly Problem[] = [];
  let place: { readonly line: number; readonly column: number } | undefined;
  let reading: Promise<void> | undefined;

  const tell = (part: Partial<FileSnapshot>) => {
    const next = { ...now, ...part };
    if (Object.keys(part).every((key) => now[key as keyof FileSnapshot] === part[key as keyof FileSnapshot]))
      return;
    now = next;
    for (const listener of listeners) listener();
    onChange();
  };
  const current = (): EditorState => view?.state ?? (state as EditorState);
  const changed = () => tell({ dirty: base !== undefined && !current().doc.eq(base.doc) });
  const draw = () => {
    if (!view) return;
    view.dispatch(setDiagnostics(view.state, [...marksIn(view.state.doc, path, problems)]));
    if (!place) return;
    const line = view.state.doc.line(Math.min(Math.max(1, place.line), view.state.doc.lines));
    const anchor = Math.min(line.from + Math.max(0, place.column - 1), line.to);
    place = undefined;
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    view.focus();
  };
  const mount = () => {
    if (!root || !state || view) return;
    view = new EditorView({ state, parent: root, root });
    draw();
  };
  /** Another text in the place of the one there, as one step that can be undone. */
  const replace = (disk: Disk) => {
    const doc = current().toText(disk.content);
    base = { doc, sha256: disk.sha256 };
    if (!current().doc.eq(doc)) {
      const change = current().update({ changes: { from: 0, to: current().doc.length, insert: doc } });
      if (view) view.dispatch(change);
      else state = change.state;
    }
    tell({ theirs: undefined, exists: disk.sha256 !== null, dirty: false });
    draw();
  };

  const fetchDisk = async (): Promise<Disk> => {
    try {
      return await call("agent.file.read", { id, path });
    } catch (thrown) {
      if (problemOf(thrown).code === "not_found") return { content: "", sha256: null };
      throw thrown;
    }
  };
  const take = async (disk: Disk): Promise<void> => {
    if (!state || !base) {
      const separator = CRLF_ONLY.test(disk.content) ? "\r\n" : "\n";
      const extensions = await extensionsFor(path, separator, { save: () => void session.save(), changed });
      state = EditorState.create({ doc: disk.content, extensions });
      base = { doc: state.doc, sha256: disk.sha256 };
      tell({ phase: "ready", problem: undefined, exists: disk.sha256 !== null });
      mount();
    } else if (disk.sha256 !== base.sha256) {
      if (!now.dirty || current().doc.eq(current().toText(disk.content))) replace(disk);
      else tell({ theirs: disk });
    } else tell({ theirs: undefined });
  };

  const session: FileSession = {
    path,
    snapshot: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(into) {
      root = into;
      mount();
      return () => {
        if (view) state = view.state;
        view?.destroy();
        view = undefined;
        root = undefined;
      };
    },
    read() {
      if (reading) return reading;
      const attempt = (async () => {
        try {
          const disk = await fetchDisk();
          // What is being written just now is not somebody else's; it is read again afterwards.
          if (!now.saving) await take(disk);
        } catch (thrown) {
          tell({ problem: thrown, phase: state ? "ready" : "failed" });
        }
      })();
      reading = attempt;
      void attempt.finally(() => {
        reading = undefined;
      });
      return attempt;
    },
    async save() {
      if (!base || now.saving || now.theirs || (!now.dirty && now.exists)) return;
      const { doc } = current();
      tell({ saving: true, problem: undefined });
      try {
        const content = current().sliceDoc();
        const written = await call("agent.file.write", { id, path, content, expect: base.sha256 });
        base = { doc, sha256: written.sha256 };
        tell({ saving: false, written, exists: true });
        changed();
        session.mark(written.diagnostics);
        void session.read();
      } catch (thrown) {
        if (problemOf(thrown).code !== "conflict") return tell({ saving: false, problem: thrown });
        tell({ saving: false });
        await session.read();
      }
    },
    async keepMine() {
      if (!base || !now.theirs) return;
      base = { ...base, sha256: now.theirs.sha256 };
      tell({ theirs: undefined, dirty: true });
      await session.save();
    },
    takeTheirs() {
      if (now.theirs) replace(now.theirs);
    },
    mark(found) {
      problems = found;
      draw();
      // What is found stands below and takes room: the line that is written stays in sight.
      if (found.length > 0 && view?.hasFocus)
        requestAnimationFrame(() =>
          view?.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) }),
        );
    },
    reveal(line, column) {
      place = { line, column };
      draw();
    },
    text: () => (state ? current().sliceDoc() : ""),
  };
  return session;
}
