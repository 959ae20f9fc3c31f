/** What went wrong and how to mend it, for the person at the terminal. */
export class Problem extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

export const say = (text) => process.stdout.write(`${text}\n`);

/** Runs a command's main function; its result is the exit code. A problem is told in two lines, exit 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (thrown) {
    process.stderr.write(
      `error: ${thrown instanceof Problem ? thrown.message : (thrown?.stack ?? thrown)}\n`,
    );
    if (thrown?.remedy) process.stderr.write(`remedy: ${thrown.remedy}\n`);
    process.exitCode = 1;
  }
}

/** Refuses arguments that a command does not have: exit 2. */
export function refuseUnknown(given, known, usage) {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown === undefined) return false;
  process.stderr.write(`error: unknown argument ${unknown}\nusage: ${usage}\n`);
  return true;
}
