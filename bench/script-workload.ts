import { QuickJS } from "quickjs-wasi";

/** What a script does all day: recursion, objects, JSON, sorting, maps, texts and regular expressions. */
export const SCRIPT = `{
  const fibonacci = (n) => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
  const rows = [];
  for (let i = 0; i < 2000; i++) rows.push({ id: i, name: "row " + (i * 7919) % 1000, tags: [i % 3, i % 5] });
  const back = JSON.parse(JSON.stringify(rows));
  back.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id));
  const words = new Map();
  for (const row of back) words.set(row.name, (words.get(row.name) ?? 0) + row.tags.length);
  let text = "";
  for (const [name, count] of words) text += name.replace(/row (\\d)/, "$1-") + count;
  fibonacci(20) + text.length;
}`;

/** QuickJS as its package runs it, with imports beside what the package gives: it knows nothing of the one that metering adds. */
export async function startQuickJs(module: WebAssembly.Module, added: WebAssembly.Imports): Promise<QuickJS> {
  const { instantiate } = WebAssembly;
  Object.assign(WebAssembly, {
    instantiate: (wasm: WebAssembly.Module, imports: WebAssembly.Imports) =>
      instantiate(wasm, { ...imports, ...added }),
  });
  try {
    return await QuickJS.create({ wasm: module });
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}
