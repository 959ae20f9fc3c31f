import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { JsonValue, Reply } from "#contract";
import { RUNTIME_ENVIRONMENT, RUNTIME_FLAGS } from "../../setup/runtime.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const READY_MS = 50_000;

export interface SystemOptions {
  /** An existing home; a fresh one otherwise, removed by {@link System.end}. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the program is, to run a changed copy of it. */
  readonly root?: string;
}

/** A real server process on a home of its own. */
export interface System {
  readonly home: string;
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  /** The reply of a capability, asked for as the owner. */
  call(cap: string, args?: JsonValue, signal?: AbortSignal): Promise<Reply<never>>;
  /** Its result. @throws with code and message when it is an error. */
  result<T = Record<string, JsonValue>>(cap: string, args?: JsonValue): Promise<T>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  /** Ends the process however it takes, and removes a home that was made here. */
  end(): Promise<void>;
  /** What the process has printed. */
  output(): string;
}

export function freshHome(): string {
  return mkdtempSync(join(tmpdir(), "fw-home-"));
}

/** Starts `main.ts` and waits until it is ready. @throws with what it printed when it ends before. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const home = options.home ?? freshHome();
  const root = options.root ?? ROOT;
  const child = spawn(process.execPath, [...RUNTIME_FLAGS, join(root, "main.ts")], {
    cwd: root,
    env: {
      ...RUNTIME_ENVIRONMENT,
      ...process.env,
      FIELDWORK_HOME: home,
      FIELDWORK_PORT: "0",
      FIELDWORK_GATEWAY_PORT: "0",
      FIELDWORK_HOST: "127.0.0.1",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-200_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  // A bench or test that fails midway leaves no server behind.
  const orphaned = () => void child.kill("SIGKILL");
  process.once("exit", orphaned);
  child.once("exit", () => process.off("exit", orphaned));

  const state = await ready(home, child, () => printed);
  const url = `http://127.0.0.1:${state.port}`;
  const token = readFileSync(join(home, "run", "token"), "utf8").trim();

  const call: System["call"] = async (cap, args = {}, signal) => {
    const response = await fetch(`${url}/api/call`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ cap, args }),
      ...(signal ? { signal } : {}),
    });
    return (await response.json()) as Reply<never>;
  };
  return {
    home,
    url,
    pid: child.pid as number,
    token,
    call,
    async result(cap, args) {
      const reply = await call(cap, args);
      if (!reply.ok)
        throw Object.assign(new Error(`${cap}: ${reply.error.code}: ${reply.error.message}`), {
          error: reply.error,
        });
      return reply.result;
    },
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    stop() {
      child.kill("SIGTERM");
      return exited;
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        await exited;
      }
      if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
    output: () => printed,
  };
}

async function ready(home: string, child: ChildProcess, printed: () => string): Promise<{ port: number }> {
  const path = join(home, "run", "server.json");
  for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(20)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended while it started:\n${printed()}`);
    if (!existsSync(path)) continue;
    const state = JSON.parse(readFileSync(path, "utf8")) as { pid: number; port: number };
    if (state.pid === child.pid) return state;
  }
  child.kill("SIGKILL");
  throw new Error(`the server is not ready after ${READY_MS} ms:\n${printed()}`);
}

/** Writes a module's folder into a home: `manifest.json` from the parts given, and the files. */
export function writeModule(
  home: string,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  manifest: Readonly<Record<string, JsonValue>> = {},
): string {
  const folder = join(home, "agents", `${id}.fwagent`);
  mkdirSync(join(folder, "workspace"), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const full = {
    id,
    version: "1.0.0",
    kind: "agent",
    display_name: id,
    entry: "agent.ts",
    abi_version: 1,
    ...manifest,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(full, null, 1));
  return folder;
}

/** Waits until a condition holds. */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  ms = 50_000,
): Promise<T> {
  for (const end = Date.now() + ms; ; await sleep(25)) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`it never came to this: ${what}`);
  }
}

/** Writes a module, waits until it is noticed, and approves all that it asks for. */
export async function addModule(
  system: System,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  manifest: Readonly<Record<string, JsonValue>> = {},
): Promise<void> {
  writeModule(system.home, id, files, manifest);
  await until(`${id} is noticed`, async () => (await system.call("agent.show", { id })).ok);
  await system.result("agent.approve", { id, grants: "all" });
}
