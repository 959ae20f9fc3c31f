import { hash } from "node:crypto";
import { rmSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { onTestFinished, vi } from "vitest";
import type { AccountSession, ErrorData, Event, JsonValue, Logger, Reply } from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { builtIn } from "../../modules/index.ts";
import { type RunningServer, startServer } from "../../server/index.ts";
import { freshHome, ROOT } from "../support/system.ts";

export const PASSWORD = "correct horse battery";
export const LOCAL_TOKEN = "0123456789abcdef".repeat(4);
export const SESSION_COOKIE = `fw_session_${hash("sha256", `cookies ${LOCAL_TOKEN}`).slice(0, 12)}`;

/** A password is a third of a second of work, and several times that where others work beside. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const silent = () => {};
const quiet: Logger = { debug: silent, info: silent, warn: silent, error: silent };

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly ok: boolean;
  readonly result: Readonly<Record<string, JsonValue>>;
  readonly error: ErrorData;
}

/** A kernel and a server in this process, whose clock the test moves. */
export interface House {
  readonly home: string;
  readonly kernel: Kernel;
  readonly server: RunningServer;
  pass(ms: number): void;
  browser(options?: BrowserOptions): Browser;
  /** With a bearer token. */
  program(token: string): Client;
  events(kind: string): readonly Event[];
  close(): Promise<void>;
}

export interface Client {
  ask(
    method: string,
    path: string,
    body?: JsonValue,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  call(cap: string, args?: JsonValue): Promise<Answer>;
}

interface BrowserOptions {
  /** The name in the address bar, instead of 127.0.0.1. */
  readonly name?: string;
  /** The address it has, of this machine. */
  readonly from?: string;
}

/** What a browser does with cookies and with the headers that pages cannot set. */
export interface Browser extends Client {
  readonly cookies: Map<string, string>;
  readonly url: string;
  setUp(): Promise<Answer>;
  login(password?: string): Promise<Answer>;
  session(): Promise<AccountSession | undefined>;
  /** Another window: the same cookies as now, kept apart from now on. */
  copy(): Browser;
}

export async function startHouse(
  given: { readonly home?: string; readonly host?: string } = {},
): Promise<House> {
  const home = given.home ?? freshHome();
  const begun = Date.now();
  let ahead = 0;
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    logger: () => quiet,
    now: () => begun + ahead,
  });
  const host = given.host ?? "127.0.0.1";
  const server = await startServer({ kernel, home, host, port: 0, token: LOCAL_TOKEN, version: "0.1.0" });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= server.close().then(kernel.close);
    return closed;
  };
  onTestFinished(async () => {
    await close();
    if (given.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const { port } = server;
  const program = (token: string): Client => {
    const ask: Client["ask"] = (method, path, body, headers) =>
      send(port, method, path, body, {
        host: `127.0.0.1:${port}`,
        authorization: `Bearer ${token}`,
        ...headers,
      });
    return { ask, call: (cap, args = {}) => ask("POST", "/api/call", { cap, args }) };
  };
  const browser = (
    { name = "127.0.0.1", from }: BrowserOptions = {},
    cookies = new Map<string, string>(),
  ): Browser => {
    const url = `http://${name}:${port}`;
    const ask: Client["ask"] = async (method, path, body, headers) => {
      const own: Record<string, string> = { host: `${name}:${port}`, "sec-fetch-site": "same-origin" };
      if (method !== "GET") own.origin = url;
      if (cookies.size > 0) own.cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join("; ");
      const answer = await send(port, method, path, body, { ...own, ...headers }, from);
      for (const line of answer.headers["set-cookie"] ?? []) {
        const [pair = ""] = line.split(";");
        const at = pair.indexOf("=");
        if (/; Max-Age=0/.test(line)) cookies.delete(pair.slice(0, at));
        else cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return answer;
    };
    return {
      url,
      cookies,
      ask,
      call: (cap, args = {}) => ask("POST", "/api/call", { cap, args }),
      setUp: () => ask("POST", "/api/account/setup", { owner: "ann", password: PASSWORD }),
      login: (password = PASSWORD) => ask("POST", "/api/account/login", { password }),
      async session() {
        const { result } = await ask("GET", "/api/account/sessions");
        return (result?.sessions as unknown as AccountSession[] | undefined)?.find((one) => one.current);
      },
      copy: () => browser({ name, ...(from === undefined ? {} : { from }) }, new Map(cookies)),
    };
  };
  return {
    home,
    kernel,
    server,
    pass(ms) {
      ahead += ms;
    },
    browser,
    program,
    events: (kind) => kernel.events.read(0, 10_000, { kind }),
    close,
  };
}

/** A request with exactly these headers. @param from  the local address it comes from */
export function send(
  port: number,
  method: string,
  path: string,
  body: JsonValue | undefined,
  headers: Readonly<Record<string, string>>,
  from?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const typed = body === undefined && method !== "POST" ? {} : { "content-type": "application/json" };
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { ...typed, ...headers },
        agent: false,
        ...(from === undefined ? {} : { localAddress: from }),
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        const reply = (/json/.test(answer.headers["content-type"] ?? "") ? JSON.parse(text) : {}) as Reply;
        resolve({ ...(reply as object), status: answer.statusCode ?? 0, headers: answer.headers } as Answer);
      },
    );
    sent.once("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** An event stream as it is open: what it has sent, and when it ends. */
export function openStream(port: number, headers: Readonly<Record<string, string>>) {
  let text = "";
  const begun = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<string>();
  const sent = request(
    {
      host: "127.0.0.1",
      port,
      path: "/api/events",
      headers: { host: `127.0.0.1:${port}`, ...headers },
      agent: false,
    },
    (answer) => {
      begun.resolve(answer.statusCode ?? 0);
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      answer.once("close", () => ended.resolve(text));
    },
  );
  sent.once("error", (error) => {
    begun.reject(error);
    ended.resolve(text);
  });
  sent.end();
  onTestFinished(() => void sent.destroy());
  return { begun: begun.promise, ended: ended.promise, text: () => text };
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
