import type { CallContext, Tool } from "#contract";
import { openChanges } from "../changes.ts";
import type { WorkPlace } from "../place.ts";

const PROGRESS_MAX_CHARS = 500;

/** A place, and what a tool said there besides its output. */
export interface OpenPlace {
  readonly place: WorkPlace;
  note(): string | undefined;
  /** Something the tool gave comes from outside. */
  tainted(): boolean;
}

/** The place where the caller's own tools work: its workspace, its memory, its grants. */
export function openPlace(
  tool: Tool,
  context: CallContext,
  session: string | undefined,
  call: string | undefined,
): OpenPlace {
  const { host, caller, trace } = context;
  const notes: string[] = [];
  let marked = false;
  const taint = () => {
    marked = true;
    context.taint();
  };
  const place: WorkPlace = {
    call: (cap, args) => context.call(cap, args),
    now: () => host.now(),
    get signal() {
      return context.signal;
    },
    progress(text) {
      if (session === undefined) return;
      const data = {
        tool: tool.name,
        ...(call === undefined ? {} : { call }),
        text: text.slice(0, PROGRESS_MAX_CHARS),
      };
      host.live({ kind: "tool.progress", agent: caller.id, session, trace, data });
    },
    note: (text) => void notes.push(text),
    taint,
    session,
    get changes() {
      return openChanges(context.state(), () => host.now());
    },
    get tainted() {
      return context.tainted || marked;
    },
  };
  return {
    place,
    note: () => (notes.length === 0 ? undefined : notes.join(" ")),
    tainted: () => marked,
  };
}
