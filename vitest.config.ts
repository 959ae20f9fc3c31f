import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{contract,kernel,modules,server,panel,cli,sdk,templates,tests}/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
