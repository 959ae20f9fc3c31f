import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { type RunningServer, readiness } from "../server/index.ts";
import { type Check, type Finding, fail, ok } from "./check.ts";

const DEFAULT_PORT = 1987;
const ANSWER_MS = 5000;

export const port: Check = {
  name: "port",
  async run(patient) {
    if (patient.server) return [await answers(patient.server)];
    const wanted = Number(patient.env.FIELDWORK_PORT || DEFAULT_PORT);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
      return [
        fail(
          `FIELDWORK_PORT is "${patient.env.FIELDWORK_PORT}"`,
          "Set it to a number from 1 to 65535, or not at all.",
        ),
      ];
    if (await isFree(wanted, patient.env.FIELDWORK_HOST || "127.0.0.1")) return [ok(`${wanted} is free`)];
    const holder = holderOf(wanted);
    return [
      fail(
        `port ${wanted} is taken${holder ? ` by ${holder}` : ""}`,
        "Stop that program, or set FIELDWORK_PORT to another port.",
      ),
    ];
  },
};

async function answers(server: RunningServer): Promise<Finding> {
  const { ready, said } = await readiness(server, ANSWER_MS);
  if (ready) return ok(`${server.url} answers`);
  return fail(
    `${server.url} is not ready: ${said}`,
    "See logs/server.log in the home; `fw restart` if it stays so.",
  );
}

async function isFree(wanted: number, host: string): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(wanted, host);
    await once(probe, "listening");
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

/** `name (process 123)`, where the system lets us see it; proc(5). */
function holderOf(wanted: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  const sockets = new Set(["tcp", "tcp6"].flatMap((family) => listening(`/proc/net/${family}`, wanted)));
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (openFiles(pid).some((file) => sockets.has(file)))
      return `${quietly(() => readFileSync(`/proc/${pid}/comm`, "utf8").trim(), "a program")} (process ${pid})`;
  }
  return "another user's program";
}

/** Sockets in state LISTEN (0A) on a port, as `/proc/PID/fd` names them. */
function listening(table: string, wanted: number): string[] {
  const hex = wanted.toString(16).toUpperCase().padStart(4, "0");
  return quietly(() => readFileSync(table, "utf8"), "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === "0A")
    .map((columns) => `socket:[${columns[9]}]`);
}

const openFiles = (pid: string): string[] =>
  quietly(() => readdirSync(`/proc/${pid}/fd`), [] as string[]).map((fd) =>
    quietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ""),
  );

function quietly<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
