import { z } from "zod";
import { defineTool } from "#contract";
import { evaluate } from "./parser.ts";
import { decimalText } from "./rational.ts";

export const evaluateExpression = defineTool({
  name: "calc.evaluate",
  version: 1,
  title: "Calculate",
  summary:
    "Work out an arithmetic expression, exactly where that is possible: + - * / ^ % !, brackets, sqrt, round, min, max, log, sin and others.",
  keywords:
    "math compute arithmetic calculator add multiply divide percent sum square root number equation rechnen berechnen mathe prozent calcular porcentaje calculer",
  input: z.object({
    expression: z
      .string()
      .min(1)
      .max(1000)
      .describe("Such as (12.5 + 7) * 3, 200 + 15%, sqrt(2), round(10/3, 2)"),
    variables: z
      .record(z.string().max(64), z.number())
      .default({})
      .describe("Numbers by name, for use in the expression"),
  }),
  output: z.object({
    result: z.string().describe("The result in decimal digits"),
    exact: z.boolean().describe("Nothing had to be rounded"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { expression: "0.1 + 0.2" },
    { expression: "round(price * 1.19, 2)", variables: { price: 9.99 } },
  ],
  run({ expression, variables }) {
    const names = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const value = evaluate(expression, names);
    if (!("exact" in value)) return Promise.resolve({ result: approximate(value.near), exact: false });
    const { text, exact } = decimalText(value.exact);
    return Promise.resolve({ result: text, exact });
  },
});

/** The last digits of a rounded number say nothing. */
const approximate = (x: number): string => String(Number(x.toPrecision(15)));
