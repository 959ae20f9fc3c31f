import {
  type CallContext,
  FieldworkError,
  type Hit,
  type JsonObject,
  type Lesson,
  type Message,
  type PreparedTool,
  type SessionEntry,
  type ToolSpec,
  toolFunctionName,
} from "#contract";
import type { Material, Rule } from "./assemble/index.ts";
import { readTexts } from "./attached.ts";
import { readText } from "./folder.ts";
import type { Room } from "./room.ts";
import { listSkills } from "./skills.ts";

const HISTORY_ENTRIES = 400;
const MEMORIES = 6;
/** What is shown unasked must be this sure to fit. */
const MEMORY_LEAST_SCORE = 0.45;
const LESSONS = 3;
const QUERY_MAX_CHARS = 4000;

/** What does not work is told in so many lines. */
const DEGRADED_MAX = 8;

export interface Asked {
  readonly message: { readonly [K in keyof Message]?: Message[K] | undefined } & { readonly text: string };
  readonly session: string;
  readonly room: Room;
}

/**
 * Asks for all that a context is made of, side by side, in the caller's name. A part that cannot be had is left out and named
 * among what is degraded; only the history must be there.
 */
export async function gather(
  { message, session, room }: Asked,
  context: CallContext,
  doctrineOf: (folder: string) => Promise<readonly Rule[]>,
): Promise<Material> {
  const degraded: string[] = [];
  const call = async <T extends JsonObject>(cap: string, args: JsonObject): Promise<T> =>
    (await context.call(cap, args)) as unknown as T;
  const part = async <T>(what: string, work: () => Promise<T>, without: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      context.signal.throwIfAborted();
      const why = error instanceof FieldworkError ? error.code : "internal";
      degraded.push(`${what} (${why})`);
      context.host.log.warn(`a context lacks ${what}: ${(error as Error).message}`);
      return without;
    }
  };
  const folder = folderOf(context);
  const inFolder = <T>(what: string, work: (folder: string) => Promise<T>, without: T): Promise<T> =>
    folder === undefined ? Promise.resolve(without) : part(what, () => work(folder), without);
  const query = message.text.trim().slice(0, QUERY_MAX_CHARS);

  const [history, persona, doctrine, skills, tools, memories, lessons] = await Promise.all([
    call<{ entries: readonly SessionEntry[] & JsonObject[]; summary: (SessionEntry & JsonObject) | null }>(
      "session.history",
      { session, newest: true, limit: HISTORY_ENTRIES },
    ),
    inFolder("the persona", (path) => readText(path, "prompt.md"), ""),
    inFolder("the doctrine", doctrineOf, []),
    inFolder("the skills", listSkills, []),
    part(
      "tools",
      async () => functionsOf((await call<{ tools: ToolSpec[] & JsonObject[] }>("tool.specs", {})).tools),
      [],
    ),
    query === ""
      ? []
      : part(
          "memories",
          async () =>
            (
              await call<{ hits: Hit[] & JsonObject[] }>("store.brain.search", {
                query,
                k: MEMORIES,
                min_score: MEMORY_LEAST_SCORE,
              })
            ).hits,
          [],
        ),
    query === ""
      ? []
      : part(
          "lessons",
          async () =>
            (
              await call<{ lessons: Lesson[] & JsonObject[] }>("mind.lesson.recall", {
                situation: query,
                k: LESSONS,
              })
            ).lessons,
          [],
        ),
  ]);
  const opened = history.entries.find(
    ({ turn, message: said }) => turn === context.trace && said.role === "user",
  );
  const { source, user, at } = message;
  const attachments = opened?.attachments ?? message.attachments ?? [];
  const earlier = history.entries.flatMap((entry) => (entry === opened ? [] : (entry.attachments ?? [])));
  const texts = await readTexts([...earlier, ...attachments], context);
  return {
    budget_tokens: room.budget_tokens,
    limit_tokens: room.limit_tokens,
    texts,
    persona,
    doctrine,
    skills,
    tools,
    memories,
    lessons,
    degraded: [...room.degraded, ...context.host.degraded(), ...degraded.sort()].slice(0, DEGRADED_MAX),
    session,
    turn: context.trace,
    message: {
      text: message.text,
      // What the kernel stamped when the message was written down counts; the turn may have become tainted since.
      tainted: opened?.tainted ?? (message.tainted === true || context.tainted),
      from: source === undefined ? "user" : `${source.kind}:${source.id}`,
      user,
      attachments,
      at: at ?? opened?.at,
    },
    history: history.entries,
    summary: history.summary ?? undefined,
  };
}

/** The folder of a module that calls; the owner has none. */
function folderOf(context: CallContext): string | undefined {
  try {
    return context.host.folderOf(context.caller.id);
  } catch (error) {
    if (error instanceof FieldworkError && error.code === "not_found") return undefined;
    throw error;
  }
}

const functionsOf = (specs: readonly ToolSpec[]): PreparedTool[] =>
  specs.map(({ name, summary, input_schema, effect, repeatable }) => ({
    name: toolFunctionName(name),
    tool: name,
    description: summary,
    parameters: input_schema,
    effect,
    repeatable,
  }));
