import { test } from "vitest";
import { openWorkshop } from "/work/next/tests/tools/support.ts";
test("speed", async () => {
  const shop = await openWorkshop();
  const time = async (name: string, args: any, n = 500) => {
    const turn = shop.turn(); const t: number[] = [];
    for (let i = 0; i < n; i++) { const b = performance.now(); await shop.run(name, args, turn); t.push(performance.now() - b); }
    t.sort((a, b) => a - b); console.log(name, "p50", t[n >> 1]!.toFixed(3), "p99", t[Math.floor(n * .99)]!.toFixed(3));
  };
  await shop.run("fs.write", { path: "a.txt", content: "hello\n".repeat(100) });
  await time("calc.evaluate", { expression: "1+2*3" });
  await time("time.now", {});
  await time("fs.read", { path: "a.txt" });
  await time("fs.write", { path: "b.txt", content: "x" }, 200);
  await time("text.replace", { text: "abc", find: "b", replacement: "c" });
  await time("memory.recall", { query: "what is it" });
  await time("tool.search", { query: "compare two texts" });
  await shop.close();
}, 60000);
