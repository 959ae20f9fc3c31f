import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Event } from "#contract";
import { freshPlace, fw, spawnFw } from "../test/fw.ts";
import { makeHome, makeJournal, withDatabase } from "../test/home.ts";
import { serve } from "../test/server.ts";

function homeWith(events: number) {
  const { home } = freshPlace();
  makeHome(home, { events });
  return home;
}
const change = (home: string, sql: string) => withDatabase(join(home, "journal.db"), (db) => db.exec(sql));

describe("`fw journal --verify` without a server", () => {
  test("holds for a journal nobody changed", async () => {
    const { code, stdout } = await fw(["journal", "--verify"], { home: homeWith(50) });
    expect([code, stdout]).toEqual([0, "✓ The chain of 50 events holds.\n"]);
  });

  test.each([
    ["data altered", "UPDATE events SET data = '{\"n\":99}' WHERE seq = 7", 7, /altered/],
    ["time altered", "UPDATE events SET at = at + 1 WHERE seq = 1", 1, /altered/],
    ["actor altered", "UPDATE events SET actor = 'notes' WHERE seq = 20", 20, /altered/],
    ["hash altered", "UPDATE events SET hash = replace(hash, 'a', 'b') WHERE seq = 5", 5, /altered/],
    ["row deleted", "DELETE FROM events WHERE seq = 9", 9, /missing/],
    ["first rows deleted", "DELETE FROM events WHERE seq <= 3", 1, /missing/],
    [
      "rows exchanged",
      "UPDATE events SET seq = -1 WHERE seq = 4; UPDATE events SET seq = 4 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = -1",
      4,
      /follow/,
    ],
    ["anchor altered", "INSERT INTO anchor VALUES (2, 'x'); DELETE FROM events WHERE seq <= 2", 3, /follow/],
  ])("names the first bad event: %s", async (_, sql, first_bad, problem) => {
    const home = homeWith(20);
    change(home, sql);
    const ran = await fw(["journal", "--verify", "--json"], { home });
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({
      ok: false,
      first_bad,
      events: first_bad === 1 || first_bad === 3 ? 0 : first_bad - 1,
      problem: expect.stringMatching(problem),
    });
    expect((await fw(["journal", "--verify"], { home })).stdout).toContain(`broken at event ${first_bad}`);
  });

  test("begins at the anchor after pruning", async () => {
    const home = homeWith(20);
    change(
      home,
      "INSERT INTO anchor SELECT seq, hash FROM events WHERE seq = 12; DELETE FROM events WHERE seq <= 12",
    );
    expect((await fw(["journal", "--verify", "--json"], { home })).json()).toEqual({
      ok: true,
      events: 8,
      first_bad: null,
      problem: null,
    });
  });

  test("says that a file is damaged", async () => {
    const home = homeWith(2000);
    const path = join(home, "journal.db");
    const { readFileSync } = await import("node:fs");
    const bytes = readFileSync(path);
    bytes.fill(0xff, 16_384, bytes.length - 8192);
    writeFileSync(path, bytes);
    const ran = await fw(["journal", "--verify", "--json"], { home });
    expect(ran.code).toBe(1);
    expect(ran.json()).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/damaged|missing|altered/),
    });
  });

  test("says that there is no journal", async () => {
    const { home, folder } = freshPlace();
    expect((await fw(["journal", "--verify"], { home: folder })).stderr).toContain("There is no");
    expect((await fw(["journal", "--verify"], { home })).stderr).toContain("There is no home folder");
  });
});

describe("`fw journal` without a server", () => {
  test("reads the newest events, oldest first, filtered by trace and kind", async () => {
    const home = homeWith(10);
    const seqs = async (...args: string[]) =>
      ((await fw(["journal", ...args, "--json"], { home })).json() as { events: Event[] }).events.map(
        (one) => one.seq,
      );
    expect(await seqs("--limit", "3")).toEqual([8, 9, 10]);
    expect(await seqs("--trace", "t1", "--limit", "2")).toEqual([7, 9]);
    expect(await seqs("--kind", "module.*")).toEqual([2, 4, 6, 8, 10]);
    expect(await seqs("--kind", "module.loaded", "--trace", "t1")).toEqual([]);
  });

  test("shows guests' words neutralised, one event a line", async () => {
    const { home, folder } = freshPlace();
    makeJournal(folder, 1, [{ data: { text: "a\nb\x1b[2J\u009b31m" }, subject: "x\ny" }]);
    const { stdout } = await fw(["journal", "--home", folder], { home });
    expect(stdout).toMatch(/^1 {2}2026-\d\d-\d\d \d\d:\d\d:\d\d {2}system\.started +owner → x y +\{.*\}\n$/);
    expect(stdout).not.toMatch(/[\x1b\x9b]/);
  });
});

test("`fw journal --text` seeks on until there are enough, or it is at the beginning", async () => {
  const { home } = freshPlace();
  const page = (seqs: number[], next_before: number | null) => ({
    events: seqs.map((seq) => ({
      ...{ seq, at: 1, trace: "t", span: "s", parent: null, actor: "a", kind: "k.k", subject: null },
      ...{ data: {}, prev: "", hash: "" },
    })),
    last_seq: 900,
    next_before,
    looked: 300,
  });
  const pages = [page([800, 810], 600), page([], 300), page([20], null)];
  const server = await serve(home, { "journal.query": () => pages.shift() });
  const { code, json } = await fw(["journal", "--text", "k.k rare", "--limit", "5", "--json"], { home });
  expect(code).toBe(0);
  expect((json() as { events: Event[] }).events.map(({ seq }) => seq)).toEqual([20, 800, 810]);
  expect(server.calls.map(({ args }) => args)).toEqual([
    { text: "k.k rare", newest: true, limit: 5 },
    { text: "k.k rare", newest: true, limit: 3, before: 600 },
    { text: "k.k rare", newest: true, limit: 3, before: 300 },
  ]);
});

describe("`fw journal --follow`", () => {
  const event = (seq: number): Event => ({
    seq,
    at: 1,
    trace: "t",
    span: "s",
    parent: null,
    actor: "a",
    kind: "k.k",
    subject: null,
    data: {},
    prev: "",
    hash: "",
  });

  function followed(home: string, ...args: string[]) {
    const child = spawnFw(["journal", "--follow", "--json", ...args], { home });
    let out = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    const seqs = () =>
      out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => (JSON.parse(line) as Event).seq);
    return { child, seqs };
  }

  test("prints what there is, then each event as one line of JSON, and takes a broken stream up again", async () => {
    const { home } = freshPlace();
    const server = await serve(home, {
      "journal.query": () => ({ events: [event(4), event(5)], last_seq: 5 }),
    });
    const { child, seqs } = followed(home, "--kind", "k.k");
    await expect.poll(() => server.streams.length).toBe(1);
    expect(Object.fromEntries(server.streams[0]!.query)).toEqual({ after: "5", kind: "k.k" });
    server.streams[0]!.send(event(6));
    server.streams[0]!.send(event(8));
    await expect.poll(seqs).toEqual([4, 5, 6, 8]);
    server.streams[0]!.drop();
    await expect.poll(() => server.streams.length).toBe(2);
    expect(server.streams[1]!.query.get("after")).toBe("8");
    server.streams[1]!.send(event(9));
    await expect.poll(seqs).toEqual([4, 5, 6, 8, 9]);
    child.stdout?.destroy();
    server.streams[1]!.send(event(10));
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });

  test("ends with 1 when the server stays away", async () => {
    const { home } = freshPlace();
    const server = await serve(home, { "journal.query": () => ({ events: [], last_seq: 0 }) });
    const { child } = followed(home);
    await expect.poll(() => server.streams.length).toBe(1);
    await server.close();
    const [code] = await once(child, "exit");
    expect(code).toBe(1);
  });
});
