export const palette = {
  page: "Page",
  agent: "Agent",
  conversation: "Conversation",
  said: "Said",
  action: "Action",
  talkTo: (agent: string) => `New conversation with ${agent}`,
  colours: (theme: string) => `Colours: ${theme.toLowerCase()}`,
};
