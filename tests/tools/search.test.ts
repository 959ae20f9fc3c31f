/** People say what they want in their own words; the tool for it has to be among the first found. */
import { expect, test } from "vitest";
import { createCatalogue } from "../../modules/tool/catalogue/index.ts";
import { TOOLS } from "../../modules/tool/tools/index.ts";

const catalogue = createCatalogue(TOOLS);

const PHRASINGS: readonly (readonly [string, string])[] = [
  ["show me what is in the file", "fs.read"],
  ["read lines 10 to 20 of a document", "fs.read"],
  ["open notes.txt", "fs.read"],
  ["save this text to a file", "fs.write"],
  ["create a new file", "fs.write"],
  ["add a line at the end of the log", "fs.append"],
  ["change one word in a file", "fs.edit"],
  ["replace an exact string in a source file", "fs.edit"],
  ["apply this unified diff", "fs.patch"],
  ["patch several files at once", "fs.patch"],
  ["which files are in this folder", "fs.list"],
  ["list directory", "fs.list"],
  ["find all markdown files by name", "fs.glob"],
  ["files with the extension ts", "fs.glob"],
  ["search for a text inside all files", "fs.grep"],
  ["where does the code mention this function, regex", "fs.grep"],
  ["does this file exist and how large is it", "fs.stat"],
  ["make a directory", "fs.mkdir"],
  ["rename a file", "fs.move"],
  ["remove a file", "fs.delete"],
  ["revert my last edit", "fs.undo"],
  ["go back to the previous version", "fs.undo"],
  ["how many words does this text have", "text.count"],
  ["swap every occurrence of a word in a string", "text.replace"],
  ["sort these lines and drop duplicates", "text.lines"],
  ["split a string at commas", "text.lines"],
  ["what is the difference between these two versions of a text", "text.diff"],
  ["fill placeholders in a mail template", "text.template"],
  ["extract a field from json", "json.get"],
  ["set a property in a json object", "json.set"],
  ["pretty print json", "json.format"],
  ["is this json valid against a schema", "json.validate"],
  ["parse a csv table", "csv.parse"],
  ["export rows as a spreadsheet", "csv.format"],
  ["what time is it in Tokyo", "time.now"],
  ["what day is today", "time.now"],
  ["convert 3 pm Berlin to New York timezone", "time.parse"],
  ["turn a unix timestamp into a date", "time.parse"],
  ["write a date in German", "time.format"],
  ["how many days between two dates", "time.difference"],
  ["what is the date 90 days from now", "time.add"],
  ["calculate 15 percent of 80", "calc.evaluate"],
  ["square root", "calc.evaluate"],
  ["roll a dice", "random.number"],
  ["pick a random winner from a list", "random.number"],
  ["generate a guid", "random.uuid"],
  ["sha256 checksum", "hash.text"],
  ["base64 encode this", "encode.text"],
  ["decode percent signs from a url query", "decode.text"],
  ["call a REST api", "http.fetch"],
  ["send a POST request", "http.fetch"],
  ["summarize this web page", "web.read"],
  ["read a news article from a website", "web.read"],
  ["remember that I like tea", "memory.remember"],
  ["what do you know about my sister", "memory.recall"],
  ["forget what I told you", "memory.forget"],
  ["learn from this mistake", "lesson.learn"],
  ["which lessons apply before I do this", "lesson.recall"],
  ["store a relationship between two people", "graph.add"],
  ["who is related to Ann", "graph.query"],
  ["write in the diary", "diary.write"],
  ["diary entries of last week", "diary.read"],
  ["put milk on my shopping list as a task", "todo.add"],
  ["which tasks are still open", "todo.list"],
  ["tick off a task", "todo.done"],
  ["jot down an intermediate result", "note.set"],
  ["remind me in 20 minutes", "schedule.after"],
  ["do this every monday morning", "schedule.cron"],
  ["which reminders are planned", "schedule.list"],
  ["cancel the reminder", "schedule.cancel"],
  ["ask the user a question", "user.ask"],
  ["ask a colleague, another agent", "agent.ask"],
  ["which other agents are there", "agent.list"],
  ["is there a tool for this", "tool.search"],
  ["datei lesen", "fs.read"],
  ["wie viele wörter hat der text", "text.count"],
  ["erinnere mich später", "schedule.after"],
  ["welche uhrzeit ist es", "time.now"],
  ["prozent rechnen", "calc.evaluate"],
  ["buscar texto en archivos", "fs.grep"],
  ["recordar una preferencia", "memory.remember"],
  ["lire une page web", "web.read"],
];

test("there are enough phrasings", () => expect(PHRASINGS.length).toBeGreaterThanOrEqual(60));

test.each(PHRASINGS)("%s → %s", (query, name) => {
  const found = catalogue.search(query, 3).map((one) => one.name);
  expect(found, `${query}: ${found.join(", ")}`).toContain(name);
});

test("most are the very first", () => {
  const first = PHRASINGS.filter(([query, name]) => catalogue.search(query, 1)[0]?.name === name);
  console.log(`search: first hit right for ${first.length} of ${PHRASINGS.length} phrasings`);
  expect(first.length / PHRASINGS.length).toBeGreaterThan(0.85);
});

test.each(["zxqv", "…", "カメラ", "  ", "hello", "tell me a joke about penguins", "how do I cook rice"])(
  "what no tool does finds none: %s",
  (query) => {
    expect(catalogue.search(query, 5)).toEqual([]);
  },
);

test("scores are the same whatever else is asked for, and fall", () => {
  const found = catalogue.search("rename a file", 10);
  const scores = found.map((one) => one.score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(Math.max(...scores)).toBeLessThanOrEqual(1);
  expect(catalogue.search("rename a file", 1)[0]?.score).toBe(scores[0]);
});
