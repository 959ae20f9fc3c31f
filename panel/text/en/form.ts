export const form = {
  optional: "(optional)",
  nothing: "–",
  byDefault: (value: unknown) => `${typeof value === "string" ? value : JSON.stringify(value)} by default`,
  asJson: "Written as JSON.",
  notJson: "This is not JSON yet.",
};
