import {
  BookText,
  Brain,
  CircleHelp,
  Coins,
  Cpu,
  GraduationCap,
  type LucideIcon,
  MessageSquare,
  MoveRight,
  Package,
  Power,
  Settings2,
  Shield,
  Timer,
  Waypoints,
  Wrench,
} from "lucide-react";
import type { Event } from "#contract";
import type { NameOf } from "../agent/index.ts";
import { t } from "../text/index.ts";

/** A colour of `tokens.css` for kinds of things. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6;

interface Family {
  readonly icon: LucideIcon;
  readonly hue: Hue;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  account: { icon: Shield, hue: 5 },
  approval: { icon: CircleHelp, hue: 5 },
  capability: { icon: MoveRight, hue: 6 },
  doctrine: { icon: BookText, hue: 1 },
  effect: { icon: Shield, hue: 5 },
  fact: { icon: Waypoints, hue: 1 },
  grant: { icon: Shield, hue: 5 },
  lesson: { icon: GraduationCap, hue: 1 },
  llm: { icon: Cpu, hue: 4 },
  message: { icon: MessageSquare, hue: 2 },
  memory: { icon: Brain, hue: 1 },
  mind: { icon: Brain, hue: 1 },
  model: { icon: Coins, hue: 4 },
  module: { icon: Package, hue: 6 },
  recall: { icon: Brain, hue: 1 },
  schedule: { icon: Timer, hue: 6 },
  secret: { icon: Shield, hue: 5 },
  session: { icon: MessageSquare, hue: 2 },
  setting: { icon: Settings2, hue: 6 },
  store: { icon: Brain, hue: 1 },
  system: { icon: Power, hue: 6 },
  tool: { icon: Wrench, hue: 3 },
  token: { icon: Shield, hue: 5 },
  turn: { icon: MessageSquare, hue: 2 },
};
const OTHER: Family = { icon: MoveRight, hue: 6 };

const nameOf = (dotted: string): Family | undefined => FAMILIES[dotted.split(".")[0] ?? ""];

/** Their subject is what was called. */
const CALLS: ReadonlySet<string> = new Set(["capability.called", "effect.begun", "owner.acted"]);

/** The picture and colour of an event: of its kind, and for a call of what was called. */
export const familyOf = ({ kind, subject }: Pick<Event, "kind" | "subject">): Family =>
  (CALLS.has(kind) ? nameOf(subject ?? "") : nameOf(kind)) ?? OTHER;

/** Kinds whose subject is a module. */
const OF_MODULES = /^(module|grant|schedule|doctrine|message)\./;
/** What else may name one in the data. */
const NAMING = ["agent", "from"] as const;

/** What an event says, in words, with agents by their names; who did it stands beside it. */
export function sentenceOf(
  { kind, subject, data }: Pick<Event, "kind" | "subject" | "data">,
  nameOf: NameOf,
): string {
  const words = t.journal.kinds[kind];
  const about = subject !== null && OF_MODULES.test(kind) ? nameOf(subject) : (subject ?? "");
  if (!words) return t.journal.unknownKind(kind, about);
  const named = NAMING.flatMap((key) => {
    const id = data[key];
    return typeof id === "string" ? [[key, nameOf(id)] as const] : [];
  });
  return words(about, { ...data, ...Object.fromEntries(named) });
}

/** How long it took, in milliseconds, where it says so. */
export function tookMs({ data }: Pick<Event, "data">): number | undefined {
  const took = data.ms ?? data.wall_ms;
  return typeof took === "number" ? took : undefined;
}

/** False: it did not work. */
export const wentWell = ({ kind, data }: Pick<Event, "kind" | "data">): boolean =>
  data.ok !== false && kind !== "effect.denied" && !kind.endsWith(".failed") && !kind.endsWith(".broken");
