import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mail } from "../../contract/index.ts";
import {
  type ModelAnswer,
  type ModelRequest,
  type ModelServer,
  startModelServer,
} from "../model-server/index.ts";
import { type System, until, writeModule } from "../support/system.ts";

const day = (ago: number, hour = 9) => {
  const at = new Date();
  at.setUTCDate(at.getUTCDate() - ago);
  at.setUTCHours(hour, 12, 0, 0);
  return at.toISOString();
};

const MEMORIES = [
  {
    content:
      "Ada's greenhouse has 14 tomato plants of the kind Harzfeuer; they are watered every second day.",
    wing: "home",
    room: "garden",
    kind: "fact",
    importance: 0.8,
  },
  {
    content: "Ada prefers short answers with the number first.",
    wing: "self",
    room: "style",
    kind: "preference",
    importance: 0.9,
  },
  {
    content: "The workshop's laser cutter is booked every Thursday from 14:00 to 16:00.",
    wing: "work",
    room: "workshop",
    kind: "fact",
    importance: 0.6,
  },
  {
    content: "The bus to the workshop is line 12; since the timetable changed it leaves at :08 and :38.",
    wing: "work",
    room: "commute",
    kind: "fact",
    importance: 0.5,
  },
  {
    content: "Ben turns 40 on 3 December; Ada plans a dinner for eight people.",
    wing: "family",
    room: "birthdays",
    kind: "event",
    importance: 0.85,
  },
  {
    content: "The electricity tariff is 31 cents a kilowatt-hour until the end of March.",
    wing: "home",
    room: "energy",
    kind: "fact",
    importance: 0.4,
  },
  { content: "Ada is allergic to hazelnuts.", wing: "family", room: "health", kind: "fact", importance: 1 },
  {
    content: "The heat pump's service contract ends in June; the installer is called Nordwärme.",
    wing: "home",
    room: "energy",
    kind: "fact",
    importance: 0.55,
  },
] as const;

const FACTS = [
  ["Ada", "lives in", "Lindenweg 4"],
  ["Ada", "sister of", "Ben"],
  ["Ben", "works at", "Workshop Ost"],
  ["Ada", "rents a bench at", "Workshop Ost"],
  ["Workshop Ost", "owns", "Laser cutter"],
  ["Ada", "owns", "Greenhouse"],
  ["Greenhouse", "holds", "Tomato plants"],
  ["Lindenweg 4", "is heated by", "Heat pump"],
  ["Nordwärme", "services", "Heat pump"],
  ["Ada", "is allergic to", "Hazelnuts"],
  ["Clara", "friend of", "Ada"],
  ["Clara", "bakes for", "Workshop Ost"],
] as const;

const AMOUNT = `About **1.5 litres** a plant on a mild day. The amount follows the temperature, roughly

$$
V = 14 \\cdot \\left(1.2 + 0.05\\,(T - 15)\\right)
$$

with $T$ in degrees. As a program:

\`\`\`ts
const litres = (t: number): number => 14 * (1.2 + 0.05 * (t - 15));
const plan = days.map((day) => \`\${day.name},\${litres(day.t)}\`).join("\\n");
await host.fs.write({ path: "watering.csv", text: plan });
\`\`\`
`;

const PLAN = `Water **every second day**, in the morning:

| Week | Days | Litres for 14 plants |
|---|---|---:|
| 47 | Mo, We, Fr, Su | 84 |
| 48 | Tu, Th, Sa | 63 |

\`\`\`mermaid
flowchart LR
  A[Forecast] --> B{Above 25 °C?}
  B -- yes --> C[Every day]
  B -- no --> D[Every second day]
\`\`\`
`;

/** As fast as a model on a good machine writes. */
const UNHURRIED = { first_ms: 400, between_ms: 10, delta_chars: 24 } as const;

/** A model that plays a household's helper. */
function script({ body }: ModelRequest): ModelAnswer {
  const messages = body.messages as { role: string; content: unknown }[];
  const from = messages.findLastIndex(({ role }) => role === "user");
  const said = JSON.stringify(messages[from]?.content ?? "");
  const results = messages.slice(from).filter(({ role }) => role === "tool").length;
  const usage = { input: 1840 + results * 210, output: 236, cache_read: 1200 };
  if (said.includes("Is there frost") && results > 0)
    return { text: "Without the forecast I cannot tell.", usage };
  if (said.includes("Is there frost"))
    return {
      tool_calls: [{ name: "web_read", args: { url: "https://weather.example/forecast?days=7" } }],
      usage,
    };
  if (said.includes("Plan the dinner"))
    return {
      tool_calls: [
        {
          name: "user_ask",
          args: {
            question: "Does Clara come too? Then I plan for nine.",
            options: ["Yes", "No", "I ask her"],
          },
        },
      ],
      usage,
    };
  if (said.includes("water the tomatoes")) {
    if (results === 0)
      return {
        tool_calls: [{ name: "memory_recall", args: { query: "tomato plants greenhouse" } }],
        usage,
      };
    return { text: PLAN, usage, ...UNHURRIED };
  }
  if (said.includes("much water does") && results === 0)
    return { tool_calls: [{ name: "calc_evaluate", args: { expression: "14 * 1.5" } }], usage };
  if (said.includes("much water does"))
    return {
      thinking: "A mild day: the base amount and the warmth above 15 degrees.",
      text: AMOUNT,
      usage,
      ...UNHURRIED,
    };
  if (said.includes("know who is who")) {
    if (results === 0)
      return {
        tool_calls: FACTS.map(([subject, predicate, object]) => ({
          name: "tool_use",
          args: { name: "graph.add", args: { subject, predicate, object, several: true } },
        })),
        usage,
      };
    return { text: "I have noted how they are connected.", usage };
  }
  if (said.includes("birthday"))
    return {
      text: "Ben's birthday is **Thursday, 3 December**. Without hazelnuts, I would cook:\n\n- pumpkin soup with roasted seeds\n- braised chicory, potatoes\n- apple crumble with oats instead of nuts\n\nShall I write the shopping list for eight?",
      usage,
      delta_chars: 24,
    };
  if (said.includes("price of a kilowatt-hour"))
    return { text: "**31 cents** until the end of March.", usage };
  if (said.includes("long answer"))
    return {
      text: Array.from({ length: 400 }, (_, n) => `Sentence ${n + 1} of a long answer goes on and on. `).join(
        "",
      ),
      usage,
      delta_chars: 40,
      between_ms: 12,
    };
  if (said.includes("slowly"))
    return {
      text: "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.",
      usage,
      delta_chars: 3,
      between_ms: 120,
    };
  return { text: "Yes. Tell me more, and I keep it in mind.", usage };
}

/** A bracket is missing at its end. */
const LEDGER = `import { agent } from "fieldwork";

/** Keeps what the household spends, and tells how much is left of the month. */
export default agent({
  async onMessage(message, host) {
    const [, amount, what] = /^(\\d+(?:\\.\\d+)?) (.+)$/.exec(message.text) ?? [];
    if (amount === undefined) return "Say an amount and what it was for: 12.50 bread";
    await host.store.doc.put("spent", message.id, { what, amount: Number(amount) });
    const spent = await host.store.doc.query("spent");
    const sum = spent.reduce((total, { body }) => total + body.amount, 0;
    return \`\${what}: \${amount}. This month: \${sum.toFixed(2)}\`;
  },
});
`;

export interface Household {
  readonly model: ModelServer;
  /** Says something as the owner and waits for the answer. */
  say(text: string, session: string, agent?: string): Promise<void>;
  close(): Promise<void>;
}

/** Fills a home with a believable life: a model, conversations, memories, lessons, a graph, agents in every state. */
export async function furnish(system: System): Promise<Household> {
  const model = await startModelServer(script);
  const nowhere = { ollama: null, llamacpp: null, lmstudio: null, vllm: null };
  await system.result("setting.set", { key: "gateway.detect_ports", value: nowhere });
  await until("field is there", async () => (await system.call("agent.show", { id: "field" })).ok);
  await system.call("agent.approve", { id: "field", grants: "all" });
  await system.result("model.add", {
    name: "household",
    dialect: "openai",
    base_url: `${model.url}/v1`,
    model: "household-7b",
    key: "sk-household",
    input_usd: 0.15,
    output_usd: 0.6,
  });
  await system.result("model.use", { model: "household" });

  await system.result("memory.add", {
    agent: "field",
    memories: MEMORIES.map((one, n) => ({ ...one, valid_from: day(20 - n * 2) })),
  });
  await system.result("lesson.add", {
    agent: "field",
    situation: "The owner asks when a bus leaves",
    mistake: "Answered from the old timetable",
    better: "Look at the date of the timetable first; line 12 leaves at :08 and :38 now",
  });
  await system.result("lesson.add", {
    agent: "field",
    situation: "Cooking for the family",
    mistake: "Suggested a cake with hazelnuts",
    better: "Ada is allergic to hazelnuts: leave out nuts, or ask",
  });
  writeModule(
    system.home,
    "weather",
    {
      "agent.ts":
        'import { agent } from "fieldwork";\nexport default agent({ onMessage: async () => "Mild, 12 degrees." });\n',
    },
    {
      display_name: "Weather",
      description: "Reads the forecast of the weather service and tells it in one line.",
      capabilities_required: ["http.fetch:https://api.weather.example/"],
      capabilities_optional: ["fs.write:notes/", "secret.use:weather-key"],
    },
  );
  writeModule(
    system.home,
    "ledger",
    {
      "agent.ts": LEDGER,
    },
    { display_name: "Ledger", description: "Keeps the household's accounts." },
  );
  await until("the others are noticed", async () => (await system.call("agent.show", { id: "ledger" })).ok);

  const say: Household["say"] = async (text, session, agent = "field") => {
    const { mail } = await system.result<{ mail: Mail }>("message.send", {
      to: agent,
      session,
      text,
      wait: true,
    });
    if (mail.state !== "done") throw new Error(`the message failed: ${JSON.stringify(mail.error)}`);
  };
  /** Says what ends in something that waits for the owner. */
  const ask = async (text: string, session: string, waits: () => Promise<boolean>) => {
    await system.result("message.send", { to: "field", session, text });
    await until(`something waits in ${session}`, waits);
  };
  await say("So that you know who is who: this is our family, and the workshop.", "family");
  await say("What is the price of a kilowatt-hour until March?", "energy");
  await say("Ben's birthday: when is it, and what shall I cook?", "birthday");
  await say("How much water does a tomato plant need?", "tomatoes");
  await say("How shall I water the tomatoes next week? Make me a plan.", "tomatoes");
  await system.result("agent.config", { id: "field", set: { policy: { network: "ask" } } });
  const { approvals, questions } = {
    approvals: async () =>
      (await system.result<{ approvals: unknown[] }>("approval.list")).approvals.length > 0,
    questions: async () =>
      (await system.result<{ questions: unknown[] }>("question.list")).questions.length > 0,
  };
  await ask("Is there frost this week? Look at the forecast.", "frost", approvals);
  await ask("Plan the dinner for Ben's birthday.", "dinner", questions);
  const titles = [
    ["family", "Who is who"],
    ["energy", "The price of electricity"],
    ["birthday", "Ben's birthday"],
    ["frost", "Frost this week?"],
    ["dinner", "The dinner on 3 December"],
    ["tomatoes", "Watering plan for the greenhouse"],
  ] as const;
  for (const [session, title] of titles)
    await system.result("session.change", { agent: "field", session, title, pinned: session === "birthday" });
  writeFileSync(
    join(system.home, "agents", "field.fwagent", "workspace", "watering.csv"),
    "Mo,21\nWe,21\nFr,21\n",
  );
  return { model, say, close: () => model.close() };
}
