/**
 * `http.fetch`: the web, as far as the grants go, and never by surprise into the owner's own network.
 * @module
 */
import { defineModule, outside, provide } from "#contract";
import { createConnections } from "./connection.ts";
import { fetchUrl } from "./fetch.ts";
import { readUrl } from "./url.ts";

const [httpFetch] = outside;
const connections = createConnections();

export default defineModule({
  id: "http",
  summary: "Sends and receives data over the network, to hosts that were granted.",
  provides: [
    provide(httpFetch, {
      targets(args) {
        const { href } = readUrl(args.url);
        return { targets: [href], args: { ...args, url: href } };
      },
      async run(args, context) {
        const fetched = await fetchUrl(args, context, connections);
        context.taint();
        return fetched;
      },
    }),
  ],
  start: () => () => connections.close(),
});
