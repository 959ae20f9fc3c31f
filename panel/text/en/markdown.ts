export const markdown = {
  code: "text",
  copyCode: "Copy the code",
  done: "done",
  open: "open",
  diagram: "Diagram",
  asSource: "Show its source",
  asPicture: "Show it as a picture",
  noDiagram: "This diagram cannot be drawn; this is its source.",
};
