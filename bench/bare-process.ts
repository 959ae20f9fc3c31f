import { spawn } from "node:child_process";

/** A Node process that does nothing but wait. */
export async function startBare(): Promise<{ readonly pid: number; end(): void }> {
  const child = spawn(
    process.execPath,
    ["-e", "setInterval(() => {}, 1 << 30); process.stdout.write('up')"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return { pid: child.pid as number, end: () => void child.kill() };
}
