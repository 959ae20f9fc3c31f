import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed, toErrorData } from "#contract";
import { type KernelPort, keepLogBounded, startServer } from "../../server/index.ts";

/** The least that a main program must do for the start and stop commands, over the real server. */
const { FIELDWORK_HOME: home = "", FIELDWORK_LOG: log, STUB: behaviour = "" } = process.env;
const run = (name: string) => join(home, "run", name);
const token = "the-local-token-of-the-stub";
const kernel: KernelPort = {
  async call(_, cap) {
    if (cap === "system.stop") setTimeout(() => process.emit("SIGTERM", "SIGTERM"), 50);
    return succeed({});
  },
  permits: () => succeed({}),
  events: { read: () => [], lastSeq: () => 0, subscribe: () => () => {}, live: () => () => {} },
  ready: () => ({ ready: behaviour !== "unready", problems: [] }),
  metrics: () => "",
};

process.title = "fieldwork";
mkdirSync(join(home, "run"), { recursive: true });
if (log) keepLogBounded(log);
if (behaviour === "throw") throw new Error("a defect in the main program");
try {
  const host = process.env.FIELDWORK_HOST || "127.0.0.1";
  const port = Number(process.env.FIELDWORK_PORT || 1987);
  const server = await startServer({ kernel, home, host, port, token, version: "0.1.0" });
  writeFileSync(run("token"), token, { mode: 0o600 });
  const { port: bound, instance } = server;
  const state = {
    pid: process.pid,
    host,
    port: bound,
    version: "0.1.0",
    instance,
    started_at: new Date().toISOString(),
  };
  writeFileSync(run("server.json"), JSON.stringify(state));
  console.log("the server listens");
  const stop = async () => {
    if (behaviour === "stubborn") return;
    await server.close();
    rmSync(run("server.json"), { force: true });
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop()).on("SIGINT", () => void stop());
  if (behaviour === "stuck")
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 500);
} catch (thrown) {
  writeFileSync(run("start-error.json"), JSON.stringify(toErrorData(thrown)));
  process.exit(1);
}
