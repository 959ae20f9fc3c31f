/**
 * What Flowork's modules expect of their host beyond the counter, so that they run unmodified.
 * @module
 */
import { capability, defineModule, FieldworkError, provide } from "#contract";
import { answerOwn, isOwnAddress } from "./own-addresses.ts";
import { addDecision, addInteraction, stateMigrations, updateKarma } from "./records.ts";

interface Fetched {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly truncated: boolean;
}

export default defineModule({
  id: "flowork",
  summary: "Lets modules made for Flowork run unmodified.",
  stateMigrations,
  provides: [
    provide(
      capability("flowork.fetch"),
      async ({ url, method, headers, body, timeout_ms, max_bytes }, context): Promise<Fetched> => {
        const parsed = URL.parse(url);
        if (!parsed) throw new FieldworkError("invalid_input", `${url.slice(0, 200)} is not a URL.`);
        if (isOwnAddress(parsed)) {
          const answer = await answerOwn(
            parsed,
            method.toUpperCase(),
            Buffer.from(body ?? "", "base64").toString(),
            context,
          );
          const text = Buffer.from(JSON.stringify(answer.body));
          const part = text.subarray(0, max_bytes);
          return {
            status: answer.status,
            headers: { "content-type": "application/json" },
            body: part.toString("base64"),
            truncated: part.length < text.length,
          };
        }
        const fetched = await context.call("http.fetch", {
          url,
          method: method.toUpperCase(),
          headers,
          ...(body === undefined ? {} : { body, body_encoding: "base64" }),
          response_encoding: "base64",
          timeout_ms,
          max_bytes,
        });
        return fetched as unknown as Fetched;
      },
    ),
    provide(capability("flowork.interaction"), (args, context) => ({
      ok: true as const,
      id: addInteraction(context.state(), args, context.host.now()),
    })),
    provide(capability("flowork.decision"), (args, context) => ({
      ok: true as const,
      id: addDecision(context.state(), args, context.host.now()),
    })),
    provide(capability("flowork.karma"), ({ op, key, value }, context) => ({
      ok: true as const,
      current: updateKarma(context.state(), op, key, value),
    })),
  ],
});
