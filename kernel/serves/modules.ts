import {
  type Attachment,
  type CallContext,
  capability,
  FieldworkError,
  type JsonValue,
  type ModuleDefinition,
  type ModuleInfo,
  type Provider,
  provide,
  type Source,
} from "#contract";
import { newTrace, type Policy } from "../counter/index.ts";
import type { Installer } from "../install/index.ts";
import type { Mailbox } from "../mailbox/index.ts";
import type { ModuleRecords, Registry } from "../modules/index.ts";
import { configurationTexts, createTurn, textsOf } from "../turns/index.ts";

/** What the owner said or set up; anything else comes from outside. */
const OWN_SOURCES: ReadonlySet<Source["kind"]> = new Set(["owner", "schedule", "module"]);

export interface ModuleParts {
  readonly registry: Registry;
  readonly records: ModuleRecords;
  readonly installer: Installer;
  readonly mailbox: Mailbox;
  readonly builtIn: readonly ModuleDefinition[];
  /** Deletes what was handled of a conversation, and gives how many messages that were. */
  forget(id: string, session: string): number;
  limitsOf(id: string): { readonly memoryBytes: number; readonly timeoutMs: number; readonly fuel: number };
}

/** Modules: seen, decided on, installed, called, written to. */
export function serveModules({
  registry,
  records,
  installer,
  mailbox,
  builtIn,
  forget,
  limitsOf,
}: ModuleParts): Provider[] {
  const config = (id: string) => {
    const { memoryBytes, timeoutMs, fuel } = limitsOf(id);
    return {
      memory_max_mb: memoryBytes >> 20,
      timeout_call_ms: timeoutMs,
      fuel_per_call: fuel,
      policy: Object.fromEntries(
        Object.entries(records.get(id)?.config.policy ?? {}).filter(([, one]) => one !== undefined),
      ) as Record<string, Policy>,
    };
  };
  return [
    provide(capability("agent.list"), (args) => {
      const { kind } = args;
      const own = registry.ids().map((id) => registry.info(id));
      const all = [...own, ...builtIn.map(builtInInfo)];
      return { agents: kind === undefined ? all : all.filter((one) => one.kind === kind) };
    }),
    provide(capability("agent.show"), (args) => registry.info(args.id)),
    provide(capability("agent.approve"), (args) => registry.approve(args.id, args.grants)),
    provide(capability("agent.enable"), (args) => registry.setEnabled(args.id, true)),
    provide(capability("agent.disable"), (args) => registry.setEnabled(args.id, false)),
    provide(capability("agent.remove"), async (args) => {
      await installer.remove(args.id, args.purge);
      return { ok: true as const };
    }),
    provide(capability("agent.new"), (args) => {
      const { id, template, display_name } = args;
      return installer.create(id, template, display_name);
    }),
    provide(capability("agent.config"), (args) => {
      const { id, set } = args;
      registry.entry(id);
      if (set) registry.configure(id, set);
      return config(id);
    }),
    provide(capability("agent.export"), (args) => installer.export(args.id, args.state)),
    provide(capability("pack.inspect"), (args) => installer.inspect(args.path)),
    provide(capability("pack.install"), (args) => {
      const { path, grants, enable } = args;
      return installer.install(path, grants, enable);
    }),
    provide(capability("module.invoke"), async (args, context) => {
      const { id, function: fn, args: inner, timeout_ms, tainted } = args;
      const source: Source =
        context.caller.tier === "owner"
          ? { kind: "owner", id: "owner" }
          : { kind: "module", id: context.caller.id };
      const turn = createTurn({
        source,
        tainted,
        trustedTexts: () => [
          ...(source.kind === "owner" ? textsOf(inner) : []),
          ...configurationTexts(registry.entry(id).folder),
        ],
      });
      const reply = await registry.invoke(id, fn, inner, {
        turn,
        trace: context.trace,
        parent: context.span,
        signal: context.signal,
        timeoutMs: timeout_ms,
      });
      return { reply, tainted: turn.tainted() };
    }),
    provide(capability("message.send"), async (args, context) => {
      const asked = args;
      const trace = context.trace || newTrace();
      const source: Source =
        context.caller.tier === "owner"
          ? { kind: "owner", id: "owner" }
          : (asked.source ?? { kind: "module", id: context.caller.id });
      const session = asked.session ?? `${source.kind}:${source.id}`;
      const brought = asked.attachments ?? [];
      if (asked.text === undefined && asked.payload === undefined && brought.length === 0) {
        throw new FieldworkError("invalid_input", "message.send: there is neither a text nor a payload.");
      }
      if (asked.payload !== undefined && brought.length > 0)
        throw new FieldworkError(
          "invalid_input",
          "message.send: attachments come with a text, not a payload.",
        );
      const attachments = await attached(asked.to, session, brought, context);
      const payload = asked.payload ?? {
        text: asked.text ?? "",
        session,
        source,
        ...(asked.user === undefined ? {} : { user: asked.user }),
        ...(attachments.length === 0 ? {} : { attachments }),
      };
      const mail = await mailbox.accept({
        ...(asked.key === undefined ? {} : { id: `${source.kind}:${source.id}:${asked.key}` }),
        to: asked.to,
        function: asked.function,
        session,
        source,
        trace,
        payload: payload as JsonValue,
        tainted: asked.tainted || !OWN_SOURCES.has(source.kind),
        attended: asked.attended,
      });
      const { id, trace: itsTrace } = mail;
      if (!asked.wait) return { id, session, trace: itsTrace };
      return {
        id,
        session,
        trace: itsTrace,
        mail: await mailbox.finished(asked.to, mail.id, context.signal),
      };
    }),
    provide(capability("message.cancel"), ({ to, session }) => ({ cancelled: mailbox.cancel(to, session) })),
    provide(capability("message.forget"), ({ to, session }) => {
      registry.entry(to);
      return { forgotten: forget(to, session) };
    }),
    provide(capability("message.list"), (args) => {
      const { to, limit } = args;
      registry.entry(to);
      return { messages: mailbox.list(to, limit) };
    }),
  ];
}

/** What comes with a message, bound to its conversation and delivered before the message is. */
async function attached(
  to: string,
  session: string,
  attachments: readonly Attachment[],
  context: CallContext,
): Promise<readonly Attachment[]> {
  if (attachments.length === 0) return [];
  const bound = await context.call("blob.attach", { to, session, attachments: [...attachments] });
  return (bound as { attachments: readonly Attachment[] & JsonValue }).attachments;
}

function builtInInfo({ id, provides = [] }: ModuleDefinition): ModuleInfo {
  return {
    id,
    kind: "service",
    display_name: id,
    description: provides.map(({ capability: { name } }) => name).join(", "),
    version: "",
    entry: "",
    state: "ready",
    problems: [],
    built_in: true,
    folder: "",
    asks: [],
    functions: [],
    daemon: null,
    usage: { calls: 0, failures: 0, cpu_ms: 0, fuel: 0, memory_peak_bytes: 0, capability_calls: 0 },
  };
}
