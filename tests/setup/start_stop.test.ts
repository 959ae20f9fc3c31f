import { spawn } from "node:child_process";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isAlive, project } from "./project.ts";

describe("./start.sh", () => {
  test("starts the server in the background, waits until it is ready, prints the address as its last line", async () => {
    const { run, state } = await project();
    const started = await run("start.sh");
    expect(started).toMatchObject({ code: 0, stderr: "" });
    const { pid, port } = await state();
    expect(started.stdout.trimEnd().split("\n")).toEqual([
      "Fieldwork 0.1.0 is running.",
      `http://127.0.0.1:${port}`,
    ]);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(isAlive(pid)).toBe(true);
  });

  test("a second time says that it runs already, prints the address, and is quick", async () => {
    const { run, state } = await project();
    await run("start.sh");
    const { pid, port } = await state();
    const second = await run("start.sh");
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(`is running already (process ${pid}).\nhttp://127.0.0.1:${port}\n`);
    expect(second.ms).toBeLessThan(30_000);
    expect((await state()).pid).toBe(pid);
  });

  test("twice at the same moment starts one server, and both know its address", async () => {
    const { run, state } = await project();
    const both = await Promise.all([run("start.sh"), run("start.sh"), run("start.sh")]);
    const { port } = await state();
    for (const one of both) {
      expect(one).toMatchObject({ code: 0, stderr: "" });
      expect(one.stdout).toContain(`http://127.0.0.1:${port}`);
    }
  });

  test("with its port taken names the port and the remedy", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void holder.close());
    await new Promise((resolve) => holder.once("listening", resolve));
    const { port } = holder.address() as AddressInfo;
    const { run } = await project();
    const { code, stderr } = await run("start.sh", [], { FIELDWORK_PORT: String(port) });
    expect(code).toBe(1);
    expect(stderr).toContain(`error: port ${port} on 127.0.0.1 is taken`);
    expect(stderr).toMatch(/^remedy: .*FIELDWORK_PORT=/m);
    expect((await run("start.sh")).code).toBe(0);
  });

  test("of a main program that fails shows the end of its log", async () => {
    const { run } = await project();
    const { code, stderr } = await run("start.sh", [], { STUB: "throw" });
    expect(code).toBe(1);
    expect(stderr).toContain("a defect in the main program");
    expect(stderr).toContain("remedy: ");
  });

  test("with a home that cannot be one says so", async () => {
    const { run, base } = await project();
    await writeFile(join(base, "a file"), "");
    const { code, stderr } = await run("start.sh", [], { FIELDWORK_HOME: join(base, "a file") });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the home .*a file cannot be written.*\nremedy: Set FIELDWORK_HOME/);
  });

  test("makes the home for its owner only, and puts a log that is too large aside", async () => {
    const { run, home } = await project();
    await mkdir(join(home, "logs"), { recursive: true });
    await writeFile(join(home, "logs/server.log"), "x".repeat(10 * 1024 * 1024 + 1));
    await run("start.sh");
    expect((await stat(join(home, "logs/server.log.1"))).size).toBe(10 * 1024 * 1024 + 1);
    expect(await readFile(join(home, "logs/server.log"), "utf8")).toBe("the server listens\n");
    const fresh = await project();
    await fresh.run("start.sh");
    expect((await stat(fresh.home)).mode & 0o777).toBe(0o700);
  });

  test("with an argument it does not have ends with 2", async () => {
    const { run } = await project();
    expect(await run("start.sh", ["--foregroun"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("--foreground stays, prints the address, and ends with the server", async () => {
    const { root, home, run, state } = await project();
    const env = { PATH: process.env.PATH ?? "", FIELDWORK_HOME: home, FIELDWORK_PORT: "0" };
    const child = spawn(join(root, "start.sh"), ["--foreground"], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    const ended = new Promise((resolve) => child.once("close", resolve));
    await expect.poll(() => output).toMatch(/is running\.\nhttp:/);
    const { pid } = await state();
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect((await run("stop.sh")).stdout).toBe("Fieldwork is not running.\n");
  });
});

describe("./stop.sh", () => {
  test("stops the server and leaves nothing of it; a second time there is nothing to stop", async () => {
    const { run, state } = await project();
    await run("start.sh");
    const { pid } = await state();
    expect(await run("stop.sh")).toMatchObject({ code: 0, stdout: "Fieldwork has stopped.\n", stderr: "" });
    expect(isAlive(pid)).toBe(false);
    await expect(state()).rejects.toThrow("ENOENT");
    expect(await run("stop.sh")).toMatchObject({ code: 0, stdout: "Fieldwork is not running.\n" });
  });

  test("falls back on a signal where the token is lost", async () => {
    const { run, home } = await project();
    await run("start.sh");
    await writeFile(join(home, "run/token"), "another token altogether");
    expect(await run("stop.sh")).toMatchObject({ code: 0, stdout: "Fieldwork has stopped.\n" });
  });

  test.each(["stubborn", "stuck"])(
    "ends a %s server by force within about 5 s, and says so",
    async (STUB) => {
      const { run, state } = await project();
      await run("start.sh", [], { STUB });
      const { pid } = await state();
      if (STUB === "stuck") await new Promise((resolve) => setTimeout(resolve, 700));
      const stopped = await run("stop.sh");
      expect(stopped.code).toBe(0);
      expect(stopped.stdout).toContain("by force");
      expect(stopped.ms).toBeLessThan(30_000);
      expect(isAlive(pid)).toBe(false);
    },
  );
});

describe("what an earlier server left behind", () => {
  test("with a process id that now belongs to another program is no server: it is neither believed nor ended", async () => {
    const { run, home, state } = await project();
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    onTestFinished(() => void bystander.kill());
    const pid = bystander.pid as number;
    await mkdir(join(home, "run"), { recursive: true });
    await writeFile(
      join(home, "run/server.json"),
      JSON.stringify({ pid, host: "127.0.0.1", port: 9, version: "0" }),
    );
    expect((await run("stop.sh")).stdout).toBe("Fieldwork is not running.\n");
    expect((await run("start.sh")).stdout).toContain("is running.");
    expect((await state()).pid).not.toBe(pid);
    await run("stop.sh");
    expect(isAlive(pid)).toBe(true);
  });

  test("with the port of another home's server is not taken for it", async () => {
    const first = await project();
    await first.run("start.sh");
    const { port, pid } = await first.state();
    const second = await project();
    await mkdir(join(second.home, "run"), { recursive: true });
    await writeFile(
      join(second.home, "run/server.json"),
      JSON.stringify({ pid: 999_999, host: "127.0.0.1", port }),
    );
    expect((await second.run("stop.sh")).stdout).toBe("Fieldwork is not running.\n");
    expect(isAlive(pid)).toBe(true);
    expect((await second.run("start.sh")).stdout).toContain("is running.");
  });

  test.runIf(process.platform === "linux")(
    "with the process id of another home's server is not taken for it, though it cannot be asked",
    async () => {
      const first = await project();
      await first.run("start.sh", [], { STUB: "stubborn" });
      const { pid } = await first.state();
      const second = await project();
      await mkdir(join(second.home, "run"), { recursive: true });
      await writeFile(
        join(second.home, "run/server.json"),
        JSON.stringify({ pid, host: "127.0.0.1", port: 9 }),
      );
      expect((await second.run("stop.sh")).stdout).toBe("Fieldwork is not running.\n");
      expect(isAlive(pid)).toBe(true);
    },
  );

  test.each(["", "{", "[]", '{"pid":"1"}', "null"])(
    "that reads %j does not disturb a start",
    async (text) => {
      const { run, home } = await project();
      await mkdir(join(home, "run"), { recursive: true });
      await writeFile(join(home, "run/server.json"), text);
      expect((await run("start.sh")).code).toBe(0);
    },
  );

  test("by kill -9 does not disturb the next start", async () => {
    const { run, state } = await project();
    await run("start.sh");
    const { pid } = await state();
    process.kill(pid, "SIGKILL");
    expect((await run("start.sh")).stdout).toContain("is running.");
    expect((await state()).pid).not.toBe(pid);
  });
});

test("./restart.sh puts a new process in the place of the old one, or just starts", async () => {
  const { run, state } = await project();
  expect((await run("restart.sh")).stdout).toMatch(
    /^Fieldwork is not running\.\nFieldwork 0\.1\.0 is running\.\n/,
  );
  const { pid } = await state();
  expect((await run("restart.sh")).stdout).toMatch(
    /^Fieldwork has stopped\.\nFieldwork 0\.1\.0 is running\.\n/,
  );
  expect((await state()).pid).not.toBe(pid);
  expect(isAlive(pid)).toBe(false);
});
