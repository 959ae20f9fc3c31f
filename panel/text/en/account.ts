export const account = {
  hello: "Welcome",
  setup: {
    title: "Make this Fieldwork yours",
    lead: "Your account lives on this machine alone. There is nobody else to sign up with.",
    name: "Your name",
    password: "Password",
    passwordHint: "10 characters at least. A sentence is easy to keep and hard to guess.",
    again: "The password once more",
    differ: "The two are not the same.",
    short: (missing: number) => `${missing} more ${missing === 1 ? "character" : "characters"}.`,
    action: "Create the account",
    elsewhere: "The account is made on the machine Fieldwork runs on",
    elsewhereMore:
      "Nobody has an account here yet. Open http://localhost:1987 on that machine, or run there: ./fw setup --owner NAME",
  },
  signIn: {
    title: "Sign in",
    lead: "Good to see you again.",
    password: "Password",
    action: "Sign in",
    passkey: "Sign in with a passkey",
    or: "or",
    forgotten: "Password forgotten?",
    forgottenMore: "On the machine that Fieldwork runs on, this sets a new one:",
    wait: (seconds: number) => `Too many tries. The next one is possible in ${seconds} s.`,
    refused: "The passkey was not used. Try again, or take the password.",
  },
  confirm: {
    title: "Confirm that it is you",
    lead: "This could let somebody else in, so say once more who you are. It goes on by itself then, and you are not asked again for ten minutes.",
    action: "Confirm",
    passkey: "Confirm with a passkey",
  },
  away: {
    title: "Fieldwork is not running",
    more: "As soon as it answers, this page goes on by itself. This starts it:",
  },
};
