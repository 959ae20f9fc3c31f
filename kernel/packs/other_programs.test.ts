import { execFileSync, spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { agentFolder, manifestText } from "./fixtures/agent.ts";
import { scratch, write } from "./fixtures/scratch.ts";
import { pack, readPack } from "./index.ts";

const has = (program: string) => spawnSync(program, ["--help"]).error === undefined;

describe("packs of other programs are read:", () => {
  const files = {
    "manifest.json": manifestText(),
    "agent.ts": "export default 1;\n",
    "skills/ü/SKILL.md": "x".repeat(5000),
  };
  const read = async (file: string) =>
    Object.fromEntries(
      (await readPack(file)).entries.map(({ path, size }) => [path.replace("greeter.fwagent/", ""), size]),
    );
  const sizes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.length]));

  test("fflate", async () => {
    const file = join(scratch(), "a.zip");
    writeFileSync(
      file,
      zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))),
    );
    expect(await read(file)).toEqual(sizes);
  });

  test.skipIf(!has("zip"))("zip, to a file and to a pipe", async () => {
    const folder = scratch();
    write(join(folder, "greeter.fwagent"), files);
    execFileSync("zip", ["-qr", "a.zip", "greeter.fwagent"], { cwd: folder });
    writeFileSync(
      join(folder, "b.zip"),
      execFileSync("zip", ["-qr", "-", "greeter.fwagent"], { cwd: folder }),
    );
    expect(await read(join(folder, "a.zip"))).toEqual(sizes);
    expect(await read(join(folder, "b.zip"))).toEqual(sizes);
  });

  test.skipIf(!has("zip"))("but not links that zip kept", async () => {
    const folder = scratch();
    write(join(folder, "greeter.fwagent"), files);
    symlinkSync("/etc/passwd", join(folder, "greeter.fwagent", "link"));
    execFileSync("zip", ["-qry", "a.zip", "greeter.fwagent"], { cwd: folder });
    await expect(readPack(join(folder, "a.zip"))).rejects.toMatchObject({
      details: { problems: [expect.stringContaining("link")] },
    });
  });

  test.skipIf(!has("python3"))("Python's zipfile, to a file and to a pipe", async () => {
    const folder = write(scratch(), files);
    const script = `import sys, zipfile
class Pipe:
    def __init__(self, file): self.file = file
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
for name, wrap in (("a.zip", lambda file: file), ("b.zip", Pipe)):
    with open(name, "wb") as file, zipfile.ZipFile(wrap(file), "w", zipfile.ZIP_DEFLATED) as zip:
        for path in sys.argv[1:]: zip.write(path)`;
    execFileSync("python3", ["-c", script, ...Object.keys(files)], { cwd: folder });
    expect(await read(join(folder, "a.zip"))).toEqual(sizes);
    expect(await read(join(folder, "b.zip"))).toEqual(sizes);
  });

  test.skipIf(!has("unzip"))("and unzip reads ours", async () => {
    const file = join(scratch(), "a.zip");
    await pack(agentFolder({ "skills/ü/SKILL.md": "x" }), file);
    expect(execFileSync("unzip", ["-t", file], { encoding: "utf8" })).toContain("No errors detected");
  });
});
