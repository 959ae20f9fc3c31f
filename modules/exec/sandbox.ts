import { execFile } from "node:child_process";
import { lstatSync, readlinkSync } from "node:fs";
import type { WorkingFolder } from "./folder.ts";

/** What is run in place of a program, so that it runs inside the sandbox. */
export interface Wrapped {
  readonly program: string;
  readonly args: readonly string[];
  /** Where the program sees its workspace. */
  readonly workspace: string;
}

/** The operating system's sandbox; bubblewrap on Linux. */
export interface Sandbox {
  wrap(program: string, args: readonly string[], folder: WorkingFolder, network: boolean): Wrapped;
}

const CANDIDATES = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"] as const;
const PROBE_TIMEOUT_MS = 5000;
const SYSTEM_FOLDERS = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] as const;
/** Of /etc only what programs need to load libraries, name users and know the time; nothing that holds a secret. */
const SYSTEM_FILES = [
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/group",
  "/etc/ld.so.cache",
  "/etc/ld.so.conf",
  "/etc/ld.so.conf.d",
  "/etc/localtime",
  "/etc/mime.types",
  "/etc/nsswitch.conf",
  "/etc/passwd",
  "/etc/pki/ca-trust",
  "/etc/pki/tls/certs",
  "/etc/protocols",
  "/etc/services",
  "/etc/ssl/certs",
  "/etc/ssl/openssl.cnf",
  "/etc/timezone",
] as const;
const NETWORK_FILES = ["/etc/hosts", "/etc/resolv.conf", "/run/systemd/resolve"] as const;

/**
 * Finds a sandbox that works here, or `undefined`. Asked once; the answer is kept.
 * @param candidates where bubblewrap may be
 */
export function createSandboxFinder(
  candidates: readonly string[] = CANDIDATES,
): () => Promise<Sandbox | undefined> {
  let found: Promise<Sandbox | undefined> | undefined;
  return () => {
    found ??= process.platform === "linux" ? probeAll(candidates) : Promise.resolve(undefined);
    return found;
  };
}

async function probeAll(candidates: readonly string[]): Promise<Sandbox | undefined> {
  for (const bwrap of candidates) if (await works(bwrap)) return { wrap: wrapWith(bwrap) };
  return undefined;
}

/** Is bubblewrap there, and does the kernel let it make namespaces? In many containers it does not. */
function works(bwrap: string): Promise<boolean> {
  const args = [...isolation(false), ...system(), "--", "/bin/true"];
  return new Promise((resolve) => {
    execFile(bwrap, args, { env: {}, timeout: PROBE_TIMEOUT_MS }, (error) => resolve(error === null));
  });
}

const wrapWith =
  (bwrap: string): Sandbox["wrap"] =>
  (program, args, folder, network) => ({
    program: bwrap,
    workspace: "/workspace",
    args: [
      ...isolation(network),
      ...system(),
      ...(network ? NETWORK_FILES.flatMap((path) => ["--ro-bind-try", path, path]) : []),
      ...(program.startsWith("/usr/") || SYSTEM_FOLDERS.some((one) => program.startsWith(`${one}/`))
        ? []
        : ["--ro-bind", program, program]),
      "--bind",
      folder.workspace,
      "/workspace",
      "--chdir",
      folder.inside === "" ? "/workspace" : `/workspace/${folder.inside}`,
      "--",
      program,
      ...args,
    ],
  });

const isolation = (network: boolean): string[] => [
  "--unshare-all",
  ...(network ? ["--share-net"] : []),
  "--die-with-parent",
  "--new-session",
  "--cap-drop",
  "ALL",
  "--hostname",
  "sandbox",
];

function system(): string[] {
  return [
    "--ro-bind",
    "/usr",
    "/usr",
    ...SYSTEM_FOLDERS.flatMap(systemFolder),
    ...SYSTEM_FILES.flatMap((path) => ["--ro-bind-try", path, path]),
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    "--tmpfs",
    "/tmp",
  ];
}

/** Most systems keep /bin and its like as links into /usr. */
function systemFolder(path: string): string[] {
  try {
    return lstatSync(path).isSymbolicLink()
      ? ["--symlink", readlinkSync(path), path]
      : ["--ro-bind", path, path];
  } catch {
    return [];
  }
}
