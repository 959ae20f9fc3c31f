import type { Database, RecalledPiece } from "#contract";
import { idOf } from "../memories/identity.ts";

const TURNS_MOST = 5000;

/** A piece as it is noted; what it says is looked up when it is shown, so that what was forgotten is gone here too. */
export type NotedPiece = Omit<RecalledPiece, "content" | "tainted">;

export interface NotedRecall {
  readonly turn: string;
  readonly session: string;
  readonly tokens: number;
  readonly budget_tokens: number;
  readonly pieces: readonly NotedPiece[];
}

/** Notes what was recalled for a turn, and why; of the newest 5,000 turns. A turn that is prepared again is noted anew. */
export function noteRecalled(
  db: Database,
  { turn, session, tokens, budget_tokens, pieces }: NotedRecall,
): void {
  db.transaction(() => {
    db.sql("DELETE FROM mind_recalled WHERE turn = ?").run(turn);
    db.sql(
      "INSERT INTO mind_recalled (turn, session, tokens, budget_tokens, pieces) VALUES (?, ?, ?, ?, ?)",
    ).run(turn, session, tokens, budget_tokens, JSON.stringify(pieces));
    db.sql("DELETE FROM mind_recalled WHERE id <= (SELECT max(id) FROM mind_recalled) - ?").run(TURNS_MOST);
  });
}

/** What was recalled for a turn; nothing where none is known. */
export function recalledOf(
  db: Database,
  turn: string,
): { recalled: RecalledPiece[]; tokens: number; budget_tokens: number } {
  const row = db.sql("SELECT * FROM mind_recalled WHERE turn = ?").get(turn);
  if (!row) return { recalled: [], tokens: 0, budget_tokens: 0 };
  const pieces = JSON.parse(String(row.pieces)) as NotedPiece[];
  return {
    recalled: pieces.map((piece) => ({ ...piece, ...saidBy(db, piece) })),
    tokens: Number(row.tokens),
    budget_tokens: Number(row.budget_tokens),
  };
}

function saidBy(db: Database, { origin, id }: NotedPiece): Pick<RecalledPiece, "content" | "tainted"> {
  const number = Number(id.slice(1));
  if (origin === "memory" && id === idOf("memory", number)) {
    const row = db.sql("SELECT content, tainted FROM mind_memory WHERE id = ?").get(number);
    if (row) return { content: String(row.content), tainted: row.tainted === 1 };
  }
  if (origin === "lesson" && id === idOf("lesson", number)) {
    const row = db
      .sql("SELECT situation, mistake, better, tainted FROM mind_lesson WHERE id = ?")
      .get(number);
    if (row)
      return {
        content: `${row.situation}\n${row.mistake}\n${row.better}`,
        tainted: row.tainted === 1,
      };
  }
  return { content: null, tainted: false };
}
