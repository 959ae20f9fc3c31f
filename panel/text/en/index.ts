import { account } from "./account.ts";
import { agents } from "./agents.ts";
import { approvals } from "./approvals.ts";
import { chat } from "./chat.ts";
import { common, problems } from "./common.ts";
import { editor } from "./editor.ts";
import { form } from "./form.ts";
import { health } from "./health.ts";
import { journal } from "./journal.ts";
import { markdown } from "./markdown.ts";
import { mind } from "./mind.ts";
import { modules } from "./modules.ts";
import { palette } from "./palette.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { tools } from "./tools.ts";
import { welcome } from "./welcome.ts";

export const en = {
  language: "en",
  product: "Fieldwork",
  account,
  agents,
  approvals,
  chat,
  common,
  form,
  editor,
  health,
  journal,
  markdown,
  mind,
  modules,
  palette,
  problems,
  settings,
  shell,
  tools,
  welcome,
};
