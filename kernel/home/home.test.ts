import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { networkFileSystem, openHome } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-home-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const invalid = (message: string) => ({ code: "home_invalid", message: expect.stringContaining(message) });

test.each([
  [0x6969, "NFS"],
  [0xff534d42, "CIFS"],
  [0xff534d42 | 0, "CIFS"],
  [0xfe534d42, "SMB 2"],
  [0x01021997, "9P"],
  [0x00c36400, "Ceph"],
  [0x47504653, "GPFS"],
  [0x01161970, "GFS2"],
])("the type %i is %s, on Linux", (type, name) => {
  expect(networkFileSystem(type, "linux")).toBe(name);
  expect(networkFileSystem(type, "darwin")).toBeUndefined();
});

test.each([
  ["ext4", 0xef53],
  ["xfs", 0x58465342],
  ["btrfs", 0x9123683e],
  ["zfs", 0x2fc12fc1],
  ["f2fs", 0xf2f52010],
  ["overlay", 0x794c7630],
  ["tmpfs", 0x01021994],
  ["FUSE", 0x65735546],
])("%s is not refused", (_, type) => expect(networkFileSystem(type, "linux")).toBeUndefined());

test("a home is made for its owner only, and put right where it is wider", async () => {
  const path = join(folder, "deep", "home");
  const home = await openHome(path);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(home.folder("a", "b")).mode & 0o777).toBe(0o700);
  expect(existsSync(join(path, ".writable"))).toBe(false);
  home.release();
  const wide = join(folder, "wide");
  mkdirSync(wide, { mode: 0o755 });
  (await openHome(wide)).release();
  if (process.platform !== "win32") expect(statSync(wide).mode & 0o777).toBe(0o700);
});

test("a home is taken by one at a time", async () => {
  const home = await openHome(folder);
  await expect(openHome(folder)).rejects.toMatchObject(invalid("Another Fieldwork"));
  home.release();
  (await openHome(folder)).release();
});

test("a lock that is damaged is not taken for another program", async () => {
  mkdirSync(join(folder, "run"));
  writeFileSync(join(folder, "run", "lock.db"), "no database ".repeat(1000));
  await expect(openHome(folder)).rejects.toMatchObject({
    ...invalid("cannot be locked"),
    remedy: expect.stringContaining("lock.db"),
  });
});

test("a home that is a file is refused", async () => {
  const path = join(folder, "file");
  writeFileSync(path, "");
  await expect(openHome(path)).rejects.toMatchObject(invalid("cannot be made"));
});
