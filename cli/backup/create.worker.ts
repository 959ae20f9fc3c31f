/** Copies the home of the server that started this thread, while it goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { fail, succeed } from "#contract";
import { createLiveBackup } from "./create.ts";

const { home, to } = workerData as { home: string; to: string | undefined };

try {
  const { path, bytes, files } = await createLiveBackup(home, to, new Date());
  parentPort?.postMessage(succeed({ path, bytes, files }));
} catch (thrown) {
  parentPort?.postMessage(fail(thrown));
}
