import { parentPort } from "node:worker_threads";
import { toErrorData } from "#contract";
import { JOBS, type JobName } from "./jobs/index.ts";

parentPort?.on("message", ({ job, args }: { readonly job: JobName; readonly args: never }) => {
  try {
    parentPort?.postMessage({ result: JOBS[job](args) });
  } catch (thrown) {
    parentPort?.postMessage({ error: toErrorData(thrown) });
  }
});
