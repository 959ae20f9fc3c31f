const whole = new Intl.NumberFormat("en");

export const receipt = {
  title: (seq: number) => `Event ${whole.format(seq)}`,
  when: "When",
  who: "Who",
  kind: "Kind",
  subject: "About",
  took: "Took",
  outcome: "Outcome",
  ok: "Succeeded",
  bad: "Failed",
  trace: "Trace",
  proof: "Proof",
  holds: "This row is as it was written",
  holdsMore: "Its hash fits its content, and it follows the row before it.",
  holdsFirst: "Its hash fits its content. The row before it is no longer kept.",
  brokenHash: "This row was changed after it was written",
  brokenHashMore:
    "Its content does not give the hash that stands in it. Verify the whole chain, and restore a backup if it was not you.",
  brokenChain: "This row does not follow the one before it",
  brokenChainMore:
    "A row was changed, added or taken away. Verify the whole chain, and restore a backup if it was not you.",
  verify: "Verify this row",
  hash: "Hash",
  prev: "Row before",
  args: "Arguments",
  result: "Result",
  data: "All that stands in it",
  earlier: "The event before",
  later: "The event after",
  name: (seq: number) => `Receipt: event ${seq}`,
};
