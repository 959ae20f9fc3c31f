import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  type Caller,
  type ErrorData,
  type Event,
  FieldworkError,
  fromErrorData,
  type JsonObject,
  type JsonValue,
  type LiveEvent,
  type Logger,
  type Receipt,
  type Reply,
} from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { createTurn, type Turn } from "../../kernel/turns/index.ts";
import { builtIn } from "../../modules/index.ts";
import { freshHome, ROOT, writeModule } from "../support/system.ts";

export const OWNER: Caller = { id: "owner", tier: "owner" };
export const PROBE: Caller = { id: "probe", tier: "guest" };
export const SESSION = "talk";

const silent = () => {};
const quiet: Logger = { debug: silent, info: silent, warn: silent, error: silent };

export interface ToolReply<T> {
  readonly output: T;
  readonly note?: string;
  readonly tainted: boolean;
  readonly receipt: Receipt;
}

/** A real kernel with all built-in modules in this process, and an agent in whose name tools are run. */
export interface Workshop {
  readonly kernel: Kernel;
  readonly home: string;
  readonly workspace: string;
  readonly live: readonly LiveEvent[];
  /** What a local web server answers, by path. */
  readonly pages: Map<string, { readonly type: string; readonly body: string; readonly status?: number }>;
  readonly site: string;
  /** A handling of a message, in which calls share their taint. */
  turn(): Turn;
  run<T = Record<string, JsonValue>>(
    name: string,
    args?: JsonObject,
    turn?: Turn,
    trace?: string,
  ): Promise<ToolReply<T>>;
  refused(name: string, args?: JsonObject, turn?: Turn): Promise<ErrorData>;
  owner<T = Record<string, JsonValue>>(cap: string, args?: JsonValue): Promise<T>;
  events(kind: string): readonly Event[];
  close(): Promise<void>;
}

const AGENT = `import { agent } from "fieldwork";
export default agent({ handle: (request) => ({ heard: request.payload.text }) });
`;

const SKILL = `---
name: letters
description: How letters are written.
---
Begin with the date.
`;

export async function openWorkshop(): Promise<Workshop> {
  const home = freshHome();
  const web = await startSite();
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    logger: () => quiet,
  });
  const live: LiveEvent[] = [];
  kernel.events.live((event) => void live.push(event));

  const call = async <T>(
    caller: Caller,
    cap: string,
    args: JsonValue,
    turn?: Turn,
    trace?: string,
  ): Promise<T> => {
    const reply: Reply = await kernel.call(caller, cap, args, {
      turn,
      ...(trace === undefined ? {} : { trace }),
    });
    if (!reply.ok) throw fromErrorData(reply.error);
    return reply.result as T;
  };
  const owner = <T>(cap: string, args: JsonValue = {}): Promise<T> => call<T>(OWNER, cap, args);
  const add = async (id: string, manifest: JsonObject, grants: readonly string[]) => {
    writeModule(
      home,
      id,
      { "agent.ts": AGENT, "skills/letters/SKILL.md": SKILL },
      manifest as Record<string, JsonValue>,
    );
    for (let tries = 0; ; tries++) {
      const shown = await kernel.call(OWNER, "agent.show", { id });
      if (shown.ok) break;
      if (tries > 400) throw fromErrorData(shown.error);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await owner("agent.approve", { id, grants: "all" });
    for (const grant of grants) await owner("grant.give", { module: id, grant });
  };
  await add("probe", { tools: ["fs", "text.count", "nothing.here"] }, [
    `http.fetch:${web.url}/`,
    "bus.request:librarian",
  ]);
  await add("librarian", { description: "Knows the books." }, []);

  const turn = () => createTurn({ session: SESSION, source: { kind: "owner", id: "owner" } });
  const run: Workshop["run"] = (name, args = {}, of, trace) =>
    call(PROBE, "tool.run", { name, args }, of ?? turn(), trace);
  return {
    kernel,
    home,
    workspace: join(home, "agents", "probe.fwagent", "workspace"),
    live,
    pages: web.pages,
    site: web.url,
    turn,
    run,
    async refused(name, args = {}, of) {
      try {
        const done = await run(name, args, of);
        throw new Error(`${name} was not refused: ${JSON.stringify(done).slice(0, 500)}`);
      } catch (error) {
        if (!(error instanceof FieldworkError)) throw error;
        const { code, message, remedy, details } = error;
        return { code, message, remedy, ...(details === undefined ? {} : { details }) };
      }
    },
    owner,
    events: (kind) => kernel.events.read(0, 10_000, { kind }),
    async close() {
      await kernel.close();
      web.server.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Site {
  readonly server: Server;
  readonly url: string;
  readonly pages: Workshop["pages"];
}

async function startSite(): Promise<Site> {
  const pages: Workshop["pages"] = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? "");
    if (!page) response.writeHead(404, { "content-type": "text/plain" }).end("nothing here");
    else response.writeHead(page.status ?? 200, { "content-type": page.type }).end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages };
}
