import { existsSync } from "node:fs";
import { say } from "./problem.mjs";
import { capture } from "./program.mjs";

/** What the tests use of the system, each as a file that shows it is there and the Debian package that brings it. */
const NEEDED = {
  libatomic1: [
    "/usr/lib/x86_64-linux-gnu/libatomic.so.1",
    "/usr/lib/aarch64-linux-gnu/libatomic.so.1",
    "/usr/lib64/libatomic.so.1",
  ],
  bubblewrap: ["/usr/bin/bwrap"],
  zip: ["/usr/bin/zip"],
  unzip: ["/usr/bin/unzip"],
  bsdutils: ["/usr/bin/script"],
  chromium: ["/usr/bin/chromium"],
};

/** On Debian and as root, installs what the tests would otherwise have to leave out. Elsewhere they say what they leave out. */
export async function ensurePackages() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const missing = Object.keys(NEEDED).filter((name) => !NEEDED[name].some((path) => existsSync(path)));
  if (missing.length === 0) return;
  say(`Installing ${missing.join(", ")} for the tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await capture("apt-get", ["update"], { env });
  const { code, output } = await capture(
    "apt-get",
    ["install", "-y", "--no-install-recommends", ...missing],
    { env },
  );
  if (code !== 0) say(`They could not be installed; some tests will be left out:\n${output.slice(-1000)}`);
}
