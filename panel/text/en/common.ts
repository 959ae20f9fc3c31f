export const common = {
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  saved: "Saved",
  delete: "Delete",
  remove: "Remove",
  retry: "Try again",
  copy: "Copy",
  copied: "Copied",
  search: "Search",
  more: "More",
  back: "Back",
  next: "Next",
  done: "Done",
  loading: "Loading …",
  justNow: "just now",
  messages: "Messages",
  none: "None",
  undo: "Undo",
  stop: "Stop",
  edit: "Edit",
  add: "Add",
  /** Who acts and is no module of the home. */
  actors: { owner: "You", kernel: "Fieldwork" } as Readonly<Record<string, string>>,
};

export const problems = {
  offline: "The server cannot be reached.",
  offlineRemedy: "It is tried again by itself. Is Fieldwork running? ./start.sh starts it.",
  reload: "Try again; if it stays, reload the page and look at the journal.",
  status: (status: number) => `The server answered with status ${status}.`,
};
