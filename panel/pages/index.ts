import {
  Bot,
  Boxes,
  Brain,
  HeartPulse,
  type LucideIcon,
  MessageSquareText,
  ScrollText,
  Settings,
  ShieldQuestion,
  Wrench,
} from "lucide-react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { t } from "../text/index.ts";

/** A place of the menu. Each is loaded when it is first opened. */
export interface Place {
  readonly name: keyof typeof t.shell;
  readonly path: string;
  readonly icon: LucideIcon;
  readonly View: LazyExoticComponent<ComponentType>;
}

export const PLACES: readonly Place[] = [
  { name: "chat", path: "/chat", icon: MessageSquareText, View: lazy(() => import("./chat/index.ts")) },
  { name: "agents", path: "/agents", icon: Bot, View: lazy(() => import("./agents/index.ts")) },
  { name: "mind", path: "/mind", icon: Brain, View: lazy(() => import("./mind/index.ts")) },
  { name: "tools", path: "/tools", icon: Wrench, View: lazy(() => import("./tools/index.ts")) },
  {
    name: "approvals",
    path: "/approvals",
    icon: ShieldQuestion,
    View: lazy(() => import("./approvals/index.ts")),
  },
  { name: "journal", path: "/journal", icon: ScrollText, View: lazy(() => import("./journal/index.ts")) },
  { name: "modules", path: "/modules", icon: Boxes, View: lazy(() => import("./modules/index.ts")) },
  { name: "health", path: "/health", icon: HeartPulse, View: lazy(() => import("./health/index.ts")) },
  { name: "settings", path: "/settings", icon: Settings, View: lazy(() => import("./settings/index.ts")) },
];
