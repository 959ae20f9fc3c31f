import { useCallback, useState } from "react";

const PREFIX = "fieldwork.draft.";
const DRAFT_MAX_CHARS = 200_000;

/** What was begun to be written at a place; it outlives a reload. */
export function useDraft(place: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => localStorage.getItem(PREFIX + place) ?? "");
  const keep = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next === "") localStorage.removeItem(PREFIX + place);
        else if (next.length <= DRAFT_MAX_CHARS) localStorage.setItem(PREFIX + place, next);
      } catch {
        // The browser's store is full: the draft lives as long as the page.
      }
    },
    [place],
  );
  return [text, keep];
}
