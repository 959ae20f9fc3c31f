/**
 * `blob.*`: files that came with messages. Each is kept once, in `blobs/` of the home, under the SHA-256 of its bytes; conversations
 * refer to them, and what no conversation refers to goes.
 * @module
 */
import { capability, defineModule, FieldworkError, provide } from "#contract";
import { attach, release, share } from "./attach.ts";
import { createCollector } from "./collect.ts";
import { keep } from "./keep.ts";
import { readBlob } from "./read.ts";
import { settings } from "./settings.ts";
import { checkSource } from "./source.ts";
import { blobOf, forgetModule, migrations, pathOf, sharesOf } from "./table.ts";

const collector = createCollector();

export default defineModule({
  id: "blob",
  summary: "Files that come with messages, kept once each.",
  settings,
  migrations,
  provides: [
    provide(capability("blob.add"), async ({ path, type }, { host, caller, signal }) => {
      await checkSource(path, caller, host);
      return keep(host, path, type, signal);
    }),
    provide(capability("blob.show"), ({ blob }, { host }) => {
      const { size, type } = blobOf(host, blob);
      return { blob, size, type, path: pathOf(host, blob) };
    }),
    provide(capability("blob.read"), async ({ blob, offset, length }, context) => {
      const { host, caller } = context;
      if (caller.tier === "guest" && !sharesOf(host, caller.id, blob))
        throw new FieldworkError("not_found", `Nothing with the hash ${blob} came with your messages.`);
      context.taint();
      return readBlob(pathOf(host, blob), blobOf(host, blob).type, offset, length);
    }),
    provide(capability("blob.attach"), async ({ to, session, attachments }, { host }) => ({
      attachments: await attach(host, to, session, attachments),
    })),
    provide(capability("blob.share"), ({ agent, from, to }, { host }) => {
      share(host, agent, from, to);
      return { ok: true as const };
    }),
    provide(capability("blob.release"), async ({ agent, session }, { host }) => {
      const released = await release(host, agent, session);
      collector.soon();
      return { released };
    }),
  ],
  removed(module, host) {
    forgetModule(host, module);
    collector.soon();
  },
  start: (host) => collector.start(host),
});
