import { capability, FieldworkError, type Provider, provide } from "#contract";
import { doctrineOf, parseDoctrine, readDoctrine } from "../doctrine/doctrine.ts";
import { doctrineText, writeDoctrine } from "../doctrine/write.ts";
import { occasionOf } from "../lessons/history.ts";
import { learn, lessonsOf, retire, showLesson } from "../lessons/table.ts";

/** Lessons and doctrine. */
export const learnedProviders: readonly Provider[] = [
  provide(capability("lesson.list"), ({ agent, all }, context) => ({
    lessons: lessonsOf(context.host.stateOf(agent), all),
  })),
  provide(capability("lesson.show"), ({ agent, id }, context) => showLesson(context.host.stateOf(agent), id)),
  provide(capability("lesson.retire"), async ({ agent, id, active }, context) => {
    const db = context.host.stateOf(agent);
    retire(db, id, active, occasionOf(context));
    await db.durable();
    return { ok: true as const };
  }),
  provide(capability("lesson.add"), async ({ agent, ...lesson }, context) => {
    const db = context.host.stateOf(agent);
    const learned = learn(db, lesson, occasionOf(context), context.tainted);
    await db.durable();
    return learned;
  }),
  provide(capability("doctrine.list"), async ({ agent }, context) => {
    const written = await readDoctrine(context.host.folderOf(agent));
    return { rules: parseDoctrine(written.text), ...written };
  }),
  provide(capability("doctrine.set"), async ({ agent, rules, text }, context) => {
    if ((rules === undefined) === (text === undefined))
      throw new FieldworkError("invalid_input", "The doctrine is given as rules or as text.", {
        remedy: "Give one of the two.",
      });
    const { host, trace, span } = context;
    const folder = host.folderOf(agent);
    const file = await writeDoctrine(folder, text ?? doctrineText(rules ?? []));
    const inForce = [...(await doctrineOf(folder))];
    host.append({ kind: "doctrine.set", subject: agent, data: { file, rules: inForce.length }, trace, span });
    return { rules: inForce, file };
  }),
];
