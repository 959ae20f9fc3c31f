import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{contract,kernel,modules,server,panel,cli,sdk,templates,tests}/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A machine may be slow; what is waited for still comes.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 45_000 } },
  },
});
