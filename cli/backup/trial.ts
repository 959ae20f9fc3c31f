import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FieldworkError } from "#contract";
import { findServer, readiness } from "../server/index.ts";

const MIGRATE_MS = 30 * 60_000;
const READY_MS = 60_000;
const STOP_MS = 10_000;
const TAIL_CHARS = 2000;

interface Program {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  /** The last of what it wrote. */
  tail(): string;
}

/** Runs the migrations on a home that no server uses. @throws FieldworkError with the last of what the program said. */
export async function migrate(root: string, home: string): Promise<void> {
  const program = run(root, home, ["--migrate-only", "--home", home], {});
  const code = await Promise.race([program.exited, wait(MIGRATE_MS, "late" as const, { ref: false })]);
  if (code === 0) return;
  program.child.kill("SIGKILL");
  throw failed(
    "The migration",
    code === "late" ? "took longer than 30 minutes" : `ended with code ${code}`,
    program.tail(),
  );
}

/**
 * Starts a server on a home that no other one uses, on spare ports, and stops it after something was asked of it.
 * @throws FieldworkError when it does not become ready.
 */
export async function tryOut<T = void>(root: string, home: string, ask?: () => Promise<T>): Promise<T> {
  const [port, gatewayPort] = await Promise.all([sparePort(), sparePort()]);
  const program = run(root, home, [], {
    FIELDWORK_PORT: String(port),
    FIELDWORK_GATEWAY_PORT: String(gatewayPort),
    FIELDWORK_HOST: "127.0.0.1",
    FIELDWORK_TRIAL: "1",
  });
  try {
    await becomeReady(home, program);
    return (await ask?.()) as T;
  } finally {
    await stop(program);
  }
}

async function becomeReady(home: string, program: Program): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let said = "it never said where it listens";
  while (Date.now() < deadline) {
    if (program.child.exitCode !== null || program.child.signalCode !== null)
      throw failed("The trial start", `ended with code ${program.child.exitCode}`, program.tail());
    const server = await findServer(home);
    const answer = server?.answers ? await readiness(server, 2000) : undefined;
    if (answer?.ready) return;
    said = answer?.said ?? said;
    await wait(100);
  }
  throw failed("The trial start", "did not become ready within a minute", `${said}\n${program.tail()}`);
}

async function stop({ child, exited }: Program): Promise<void> {
  child.kill("SIGTERM");
  const gone = await Promise.race([exited.then(() => true), wait(STOP_MS, false, { ref: false })]);
  if (!gone) child.kill("SIGKILL");
  await exited;
}

function run(
  root: string,
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, [join(root, "main.ts"), ...args], {
    cwd: root,
    env: { ...process.env, FIELDWORK_LOG: "", FIELDWORK_TETHERED: "1", ...env, FIELDWORK_HOME: home },
    // Its input closes with this process, however that ends, and it ends with its input.
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  let tail = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      tail = (tail + chunk.toString("utf8")).slice(-TAIL_CHARS);
    });
  const exited = Promise.race([
    once(child, "close").then(([code]) => code as number | null),
    once(child, "error").then(([error]) => {
      tail += String(error);
      return -1;
    }),
  ]).catch(() => -1);
  return { child, exited, tail: () => tail.trim() };
}

const failed = (what: string, how: string, tail: string): FieldworkError =>
  new FieldworkError("internal", `${what} ${how}${tail === "" ? "" : `: ${tail}`}`, {
    remedy: "The home was not touched. Go on with the program you had, and report this.",
  });

async function sparePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
