/**
 * `bus.*`: modules speak with one another, each under its own grants.
 * @module
 */
import {
  type CallContext,
  capability,
  defineModule,
  FieldworkError,
  fromModule,
  type JsonValue,
  provide,
  toErrorData,
} from "#contract";

/** `module.function`, so that a grant can name both. */
const targetOf = (to: string, type: string): string => `${to}.${type}`;

async function ask(context: CallContext, to: string, type: string, payload: JsonValue): Promise<JsonValue> {
  if (to === context.caller.id) throw new FieldworkError("conflict", "A module cannot ask itself.");
  const { modules } = (await context.host.call("registry.list", { id: to }, context)) as unknown as {
    modules: readonly { id: string; functions: readonly { name: string }[] }[];
  };
  const other = modules.find((one) => one.id === to);
  if (!other) throw new FieldworkError("not_found", `There is no module ${to} that could answer.`);
  const exposed = other.functions.some(({ name }) => name === type);
  const call = fromModule(context.caller.id, type, payload, exposed, context.trace);
  const { reply, tainted } = (await context.host.call(
    "module.invoke",
    { id: to, ...call, tainted: context.tainted },
    context,
  )) as { reply: JsonValue; tainted: boolean };
  if (tainted) context.taint();
  return reply;
}

export default defineModule({
  id: "bus",
  summary: "Carries messages and questions between modules.",
  provides: [
    provide(capability("bus.send"), {
      targets: (args) => ({ targets: [targetOf(args.to, args.type)], decisive: [args.to], args }),
      async run({ to, type, payload }, context) {
        const id = await context.host.post(context.caller.id, {
          to,
          type,
          payload,
          trace: context.trace,
          tainted: context.tainted,
        });
        return { sent: true as const, id };
      },
    }),
    provide(capability("bus.request"), {
      targets: (args) => ({ targets: [targetOf(args.to, args.type)], decisive: [args.to], args }),
      run: async ({ to, type, payload }, context) => ({ reply: await ask(context, to, type, payload) }),
    }),
    provide(capability("bus.broadcast"), {
      targets: (args) => ({
        targets: args.to.map((to) => targetOf(to, args.type)),
        decisive: args.to,
        args,
      }),
      async run({ to, type, payload }, context) {
        const replies = await Promise.all(
          to.map(async (target) => {
            try {
              return { target, reply: await ask(context, target, type, payload) };
            } catch (thrown) {
              return { target, error: toErrorData(thrown) as unknown as JsonValue };
            }
          }),
        );
        return { replies };
      },
    }),
  ],
});
