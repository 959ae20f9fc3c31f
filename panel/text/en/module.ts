/** What is said of any module, agents among them. */
export const module = {
  states: {
    new: "Waits for your approval",
    ready: "Ready",
    disabled: "Disabled",
    broken: "Broken",
    removed: "Removed",
  },
  kinds: {
    agent: "Agent",
    group: "Group",
    channel: "Channel",
    tool: "Tool",
    slash: "Slash commands",
    app: "App",
    scanner: "Scanner",
    service: "Service",
    unknown: "Unknown kind",
  } as Readonly<Record<string, string>>,
  problemAt: (message: string, file: string, line: number | null) =>
    line === null ? `${file}: ${message}` : `${file}, line ${line}: ${message}`,
  active: "Last active",
};
