/**
 * `exec.run`: a granted program, without a shell, in the workspace, in the operating system's sandbox where there is one.
 * @module
 */
import { defineModule, outside, provide } from "#contract";
import { canonicalProgram } from "./program.ts";
import { runProgram } from "./run.ts";
import { createSandboxFinder } from "./sandbox.ts";
import { settings } from "./settings.ts";

const [, execRun] = outside;
const findSandbox = createSandboxFinder();

export default defineModule({
  id: "exec",
  summary: "Runs programs of this machine, in the operating system's sandbox.",
  provides: [
    provide(execRun, {
      async targets(args, { host }) {
        const program = await canonicalProgram(args.program, host.home);
        return { targets: [program], decisive: [program, ...args.args], args: { ...args, program } };
      },
      run: (args, context) => runProgram(args, context, findSandbox),
    }),
  ],
  settings,
});
