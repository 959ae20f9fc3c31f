/**
 * Slash commands: `slash.run`. A command runs with the rights of the one who typed it.
 * @module
 */
import { capability, defineModule, provide } from "#contract";
import { runCommand } from "./commands.ts";

export default defineModule({
  id: "command",
  summary: "Runs slash commands.",
  provides: [
    provide(capability("slash.run"), async ({ text }, context) => ({
      text: (await runCommand(text, context)).text,
    })),
    provide(capability("flowork.slash"), ({ text }, context) => runCommand(text, context)),
  ],
});
