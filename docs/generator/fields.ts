import { code, markdownTable } from "./markdown.ts";
import { boundsText, defaultText, type Shape, typeText } from "./shape.ts";

/** What is taken, a row an argument. */
export function inputTable(input: Shape): string {
  const fields = Object.entries(input.properties ?? {});
  if (fields.length === 0) return "Takes nothing.";
  return markdownTable(
    ["argument", "type", "", "bounds", ""],
    fields.map(([name, field]) => [
      code(name),
      code(typeText(field)),
      input.required?.includes(name)
        ? "required"
        : field.default === undefined
          ? "optional"
          : `default ${defaultText(field.default)}`,
      boundsText(field),
      field.description ?? "",
    ]),
  );
}

/** One line where it fits, else a field a line. */
export function wrapped(shape: Shape): string {
  const line = typeText(shape);
  if (line.length <= 100 || !shape.properties) return line;
  const fields = Object.entries(shape.properties).map(
    ([name, field]) => `  ${name}${shape.required?.includes(name) ? "" : "?"}: ${typeText(field)};`,
  );
  return `{\n${fields.join("\n")}\n}`;
}
