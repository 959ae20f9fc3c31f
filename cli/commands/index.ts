/**
 * Every command, in the order in which `fw help` shows them.
 * @module
 */
import type { Command } from "../command/index.ts";
import { ACCOUNT_COMMANDS } from "./account.ts";
import { AGENT_COMMANDS } from "./agent/index.ts";
import { APPROVAL_COMMANDS } from "./approval.ts";
import { backup, restore, rollback } from "./backup.ts";
import { backupDelete, backupList } from "./backups.ts";
import { call } from "./call.ts";
import { chat } from "./chat.ts";
import { doctor } from "./doctor.ts";
import { DOCTRINE_COMMANDS } from "./doctrine.ts";
import { GRANT_COMMANDS } from "./grant.ts";
import { GRAPH_COMMANDS } from "./graph.ts";
import { type CommandGroup, helpCommand } from "./help.ts";
import { journal } from "./journal.ts";
import { journalTrace } from "./journal_trace.ts";
import { LESSON_COMMANDS } from "./lesson.ts";
import { MEMORY_COMMANDS } from "./memory.ts";
import { messageList } from "./message.ts";
import { MODEL_COMMANDS } from "./model.ts";
import { passwordReset } from "./password_reset.ts";
import { QUESTION_COMMANDS } from "./question.ts";
import { SCHEDULE_COMMANDS } from "./schedule.ts";
import { reseal } from "./seal.ts";
import { SECRET_COMMANDS } from "./secret.ts";
import { SESSION_COMMANDS } from "./session.ts";
import { SETTING_COMMANDS } from "./setting.ts";
import { setup } from "./setup.ts";
import { restart, start, stop } from "./start.ts";
import { status } from "./status.ts";
import { TOKEN_COMMANDS } from "./token.ts";
import { TOOL_COMMANDS } from "./tool.ts";
import { upgrade } from "./upgrade.ts";
import { version } from "./version.ts";

const help = helpCommand(() => GROUPS);

export const GROUPS: readonly CommandGroup[] = [
  { title: "The server", commands: [start, stop, restart, status, doctor, setup] },
  { title: "Talking", commands: [chat, ...SESSION_COMMANDS, ...QUESTION_COMMANDS] },
  {
    title: "What an agent knows",
    commands: [...MEMORY_COMMANDS, ...LESSON_COMMANDS, ...DOCTRINE_COMMANDS, ...GRAPH_COMMANDS],
  },
  { title: "Models and tools", commands: [...MODEL_COMMANDS, ...TOOL_COMMANDS] },
  { title: "Agents", commands: [...AGENT_COMMANDS, ...SCHEDULE_COMMANDS, messageList] },
  { title: "What they may do", commands: [...GRANT_COMMANDS, ...APPROVAL_COMMANDS, ...SECRET_COMMANDS] },
  { title: "Who signs in", commands: [...ACCOUNT_COMMANDS, passwordReset, ...TOKEN_COMMANDS] },
  { title: "What happens", commands: [journal, journalTrace, call, ...SETTING_COMMANDS] },
  { title: "Your data", commands: [backup, backupList, backupDelete, restore, upgrade, rollback] },
  { title: "More", commands: [reseal, version, help] },
];

export const COMMANDS: readonly Command[] = GROUPS.flatMap((group) => group.commands);
