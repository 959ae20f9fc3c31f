import { createHash } from "node:crypto";
import { type Database, fold, type NewMemory } from "#contract";
import { termsOf, tokenize } from "../language/tokens.ts";
import { holds } from "../recall/holds.ts";
import { timeExpression } from "../time/expression.ts";
import { idOf, momentOf } from "./identity.ts";
import { countTerms, indexTerms } from "./index-terms.ts";
import { type SpokenTurn, spokenTurn } from "./spoken.ts";
import { supersede } from "./supersede.ts";

/** What is merely given one after the other stands twice as far apart as turns of a conversation: it may have nothing to do with each other. */
const LOOSE_STEP = 2;
/** Memories that hold a name are looked through for one that is spoken under it. */
const NAMED_READ_MOST = 20;

export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly session: string | undefined;
  readonly tainted: boolean;
  /** Names, folded, under which somebody speaks in what is kept together; see `spoken.ts`. */
  readonly speakers?: ReadonlySet<string>;
  /** It is one of many that are given at once, in their order. */
  readonly together?: boolean;
}

/** Where a memory stands among the turns of a conversation. */
export interface Place {
  readonly thread: number | null;
  readonly position: number | null;
}

export interface Added {
  readonly id: string;
  readonly added: boolean;
}

/**
 * Keeps a memory with its place in the index, in one transaction. The same content is one memory.
 * @param place where it stands, when it takes the place of another; otherwise behind what came before in its conversation
 */
export function addMemory(
  db: Database,
  memory: NewMemory,
  circumstances: Circumstances,
  place?: Place,
): Added {
  const hash = contentHash(memory.content, memory.speaker);
  return db.transaction(() => {
    const known = db.sql("SELECT id, tainted FROM mind_memory WHERE hash = ?").get(hash);
    if (known) {
      again(db, Number(known.id), memory, circumstances);
      return { id: idOf("memory", known.id), added: false };
    }
    return { id: idOf("memory", insert(db, memory, hash, circumstances, place)), added: true };
  });
}

/** Equal but for space at the ends and the Unicode form. The same words of two speakers are two memories: who said them matters. */
export const contentHash = (content: string, speaker: string | undefined): Uint8Array =>
  createHash("sha256")
    .update(`${speaker === undefined ? "" : fold(speaker)}\0${content.normalize("NFC").trim()}`)
    .digest()
    .subarray(0, 16);

/** Told again: it matters more, and holds again where something newer had taken its place. What was told by the owner is no longer marked. */
function again(db: Database, id: number, memory: NewMemory, { tainted }: Circumstances): void {
  db.sql(
    "UPDATE mind_memory SET importance = min(1, max(importance + 0.05, ?)), tainted = min(tainted, ?), valid_to = NULL, superseded_by = NULL WHERE id = ?",
  ).run(memory.importance ?? 0, tainted ? 1 : 0, id);
}

function insert(
  db: Database,
  memory: NewMemory,
  hash: Uint8Array,
  circumstances: Circumstances,
  place: Place | undefined,
): number {
  const { now, session: current, tainted } = circumstances;
  const { content, wing = null, room = null, source = null, importance = 0.5 } = memory;
  const session = memory.session ?? current;
  const turn = spokenIn(db, content, session, circumstances);
  const at = momentOf(memory.at) ?? momentOf(memory.valid_from) ?? turn?.at ?? now;
  const speaker = memory.speaker ?? turn?.speaker ?? null;
  const kind = memory.kind ?? (speaker === null ? "fact" : "event");
  const begins = turn?.begins ?? 0;
  const said = tokenize(content.slice(begins));
  const tokens = begins === 0 ? said : [...tokenize(content.slice(0, begins)), ...said];
  const terms = indexTerms({ tokens, speaker, wing, room, kind });
  const about = timeExpression(said, at, true)?.span;
  const loose = session === undefined && speaker === null;
  const inOrder = !loose || circumstances.together === true || originOf(source) !== (source ?? "");
  const key = inOrder ? `${wing}/${room}/${originOf(source)}/${at - (at % 86_400_000)}` : undefined;
  const thread = place ? place.thread : threadOf(db, session, key);
  const validFrom = momentOf(memory.valid_from) ?? null;
  const id = Number(
    db
      .sql(
        `INSERT INTO mind_memory (hash, content, terms, length, wing, room, kind, importance, source, tainted, thread, position, speaker, asks, at,
           about_from, about_to, valid_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
           coalesce(?18, (SELECT coalesce(max(position), 0) + ?19 FROM mind_memory WHERE thread = ?11)), ?12, ?13, ?14, ?15, ?16, ?17) RETURNING id`,
      )
      .get(
        hash,
        content,
        terms,
        tokens.length,
        wing,
        room,
        kind,
        importance,
        source,
        tainted ? 1 : 0,
        thread,
        speaker,
        /[?？؟]\s*["”»]?\s*$/.test(content) ? 1 : 0,
        at,
        about?.from ?? null,
        about?.to ?? null,
        validFrom,
        place?.position ?? null,
        loose ? LOOSE_STEP : 1,
      )?.id,
  );
  db.sql("INSERT INTO mind_memory_fts (rowid, terms) VALUES (?, ?)").run(id, terms);
  db.sql("UPDATE mind_count SET memories = memories + 1, tokens = tokens + ?").run(tokens.length);
  countTerms(db, terms);
  supersede(db, { id, tokens, kind, wing, room, speaker, from: validFrom ?? at });
  return id;
}

/** Who says it, where it is written down as `Name: words`: in a conversation, or under a name that is known to speak. */
function spokenIn(
  db: Database,
  content: string,
  session: string | undefined,
  { speakers }: Circumstances,
): SpokenTurn | undefined {
  const turn = spokenTurn(content);
  if (!turn || session !== undefined || speakers?.has(fold(turn.speaker))) return turn;
  const [name = ""] = termsOf(fold(turn.speaker));
  if (db.sql("SELECT 1 FROM mind_term WHERE term = ?").get(`@${name}`)) return turn;
  const before = db
    .sql(
      `SELECT content FROM mind_memory WHERE id IN
         (SELECT rowid FROM mind_memory_fts WHERE mind_memory_fts MATCH ? ORDER BY rowid DESC LIMIT ${NAMED_READ_MOST})`,
    )
    .all(holds(name));
  return before.some((row) => spokenTurn(String(row.content))?.speaker === turn.speaker) ? turn : undefined;
}

/** Where a memory comes from without its number: turns of one session are `D3:1`, `D3:2`, … */
const originOf = (source: string | null): string => (source ?? "").replace(/[:#/]\d+$/, "");

/** The conversation a memory belongs to; without a session, what was said in one room on one day. */
function threadOf(db: Database, session: string | undefined, otherwise: string | undefined): number | null {
  const key = session === undefined ? otherwise : `session ${session}`;
  if (key === undefined) return null;
  const known = db.sql("SELECT id FROM mind_thread WHERE key = ?").get(key);
  return Number(
    (
      known ??
      db.sql("INSERT INTO mind_thread (key, session) VALUES (?, ?) RETURNING id").get(key, session ?? null)
    )?.id,
  );
}
