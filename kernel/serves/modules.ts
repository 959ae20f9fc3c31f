import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type AboutModule,
  capability,
  type Host,
  type ModuleDefinition,
  type ModuleInfo,
  type Provider,
  provide,
  type Source,
} from "#contract";
import type { Installer } from "../install/index.ts";
import type { ModuleFiles } from "../module-files/index.ts";
import { configurationTexts, createTurn, textsOf } from "../turns/index.ts";
import { type ModuleConfigParts, serveModuleConfig } from "./module-config.ts";

export interface ModuleParts extends ModuleConfigParts {
  readonly files: ModuleFiles;
  readonly installer: Installer;
  readonly builtIn: readonly ModuleDefinition[];
  hostOf(module: string): Host;
  /** When it last did something, in milliseconds since 1970. */
  lastOf(module: string): number | undefined;
}

/** Modules: seen, decided on, installed, called. */
export function serveModules(parts: ModuleParts): Provider[] {
  const { registry, installer, files, builtIn, hostOf, lastOf } = parts;
  /** With what others know of it, one after the other: each may have to open the module's database. */
  const full = async (info: ModuleInfo): Promise<ModuleInfo> => {
    const at = lastOf(info.id);
    let told: AboutModule = {};
    for (const module of builtIn) {
      if (!module.about) continue;
      told = { ...told, ...module.about(info.id, hostOf(module.id)) };
      await nextTurn();
    }
    return { ...info, last_active_at: at === undefined ? null : new Date(at).toISOString(), ...told };
  };
  const shown = (id: string) => full(registry.info(id));
  return [
    provide(capability("agent.list"), async ({ kind }) => {
      const own = registry.ids().map((id) => registry.info(id));
      const all = [...own, ...builtIn.map(builtInInfo)];
      const wanted = kind === undefined ? all : all.filter((one) => one.kind === kind);
      const agents: ModuleInfo[] = [];
      for (const one of wanted) agents.push(one.built_in ? one : await full(one));
      return { agents };
    }),
    provide(capability("agent.show"), ({ id }) => {
      const own = builtIn.find((one) => one.id === id);
      return own && !registry.has(id) ? builtInInfo(own) : shown(id);
    }),
    provide(capability("agent.approve"), async (args) => full(await registry.approve(args.id, args.grants))),
    provide(capability("agent.enable"), async (args) => full(await registry.setEnabled(args.id, true))),
    provide(capability("agent.disable"), async (args) => full(await registry.setEnabled(args.id, false))),
    provide(capability("agent.files"), ({ id }) => files.list(id)),
    provide(capability("agent.file.read"), ({ id, path }) => files.read(id, path)),
    provide(capability("agent.file.write"), async ({ id, path, content, expect }) => {
      const { info, ...written } = await files.write(id, path, content, expect);
      return { ...written, ...stateIn(info) };
    }),
    provide(capability("agent.file.delete"), async ({ id, path, expect }) =>
      stateIn(await files.delete(id, path, expect)),
    ),
    provide(capability("agent.templates"), async () => ({ templates: await installer.templates() })),
    provide(capability("agent.duplicate"), async ({ id, to, display_name, state }) =>
      full(await installer.duplicate(id, to, display_name, state)),
    ),
    provide(capability("agent.remove"), async (args) => {
      await installer.remove(args.id, args.purge);
      return { ok: true as const };
    }),
    provide(capability("agent.new"), (args) => {
      const { id, template, display_name } = args;
      return installer.create(id, template, display_name);
    }),
    serveModuleConfig(parts),
    provide(capability("agent.export"), (args) => installer.export(args.id, args.state)),
    provide(capability("pack.inspect"), (args) => installer.inspect(args.path)),
    provide(capability("pack.install"), (args) => {
      const { path, grants, enable, sha256 } = args;
      return installer.install(path, grants, enable, sha256);
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
  ];
}

const stateIn = ({ state, problems, diagnostics }: ModuleInfo) => ({ state, problems, diagnostics });

function builtInInfo({ id, summary = "", provides = [] }: ModuleDefinition): ModuleInfo {
  return {
    id,
    kind: "service",
    display_name: id,
    description: summary,
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
    diagnostics: [],
    icon: null,
    author: null,
    has_prompt: false,
    last_active_at: null,
    sessions: 0,
    model: null,
    provides: provides.map(({ capability: { name, summary: what } }) => ({ name, summary: what })),
  };
}
