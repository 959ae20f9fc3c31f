import { delimiter } from "node:path";
import { z } from "zod";
import type { Setting } from "#contract";

const systemFolders: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  win32: ["C:\\Windows\\System32", "C:\\Windows", "C:\\Program Files\\Git\\cmd"],
  darwin: ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin"],
};

export const settings: readonly Setting[] = [
  {
    key: "exec.path",
    summary: "The folders in which programs are looked up by name, and the PATH they see.",
    schema: z.string().max(8192),
    initial: (systemFolders[process.platform] ?? ["/usr/local/bin", "/usr/bin", "/bin"]).join(delimiter),
  },
  {
    key: "exec.network",
    summary: "Whether programs in the sandbox may use the network.",
    schema: z.boolean(),
    initial: false,
  },
  {
    key: "exec.require_sandbox",
    summary: "Whether programs are refused where the operating system offers no sandbox.",
    schema: z.boolean(),
    initial: false,
  },
];
