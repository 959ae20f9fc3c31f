import { agent, FieldworkError, type Host, rpc } from "fieldwork";

const NOTES = "notes.txt";

/** The notes in the workspace; undefined where there are none. */
async function readNotes(host: Host): Promise<string | undefined> {
  try {
    return (await host.fs.read(NOTES)).content.trim();
  } catch (error) {
    if (error instanceof FieldworkError && error.code === "not_found") return undefined;
    throw error;
  }
}

export default agent({
  async onMessage(message, host) {
    const count = ((await host.store.kv.get<number>("messages")) ?? 0) + 1;
    const [notes] = await Promise.all([
      readNotes(host),
      host.store.kv.set("messages", count),
      host.store.doc.put("messages", String(count), { text: message.text, session: message.session }),
    ]);
    const known = notes === undefined ? "I have no notes." : `My notes say: ${notes}`;
    return { reply: `Message ${count}: "${message.text}". ${known}`, count };
  },

  rpc: {
    sum: rpc({
      description: "Add numbers.",
      run({ numbers }: { readonly numbers: readonly number[] }) {
        return { sum: numbers.reduce((total, number) => total + number, 0) };
      },
    }),
  },
});
