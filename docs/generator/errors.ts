import { ERRORS } from "#contract";
import { code, generatedPage, markdownTable } from "./markdown.ts";

/** Every error code, as the contract's table has it. */
export const errorPage = (): string =>
  generatedPage(
    "Errors",
    "Every failure is `{ code, message, remedy, action?, details? }`. The code is stable and meant for programs; the message says what " +
      "happened this time; the remedy says how to mend it and may be more exact than the one here; the action, where there is one, is where it is done: `{ name, page, command }`, " +
      "a page of the panel and a command. " +
      "[Troubleshooting](../troubleshooting.md) says more about each.",
    markdownTable(
      ["code", "HTTP", "what it means", "remedy"],
      Object.entries(ERRORS).map(([name, { status, explanation, remedy }]) => [
        code(name),
        String(status),
        explanation,
        remedy,
      ]),
    ),
  );
