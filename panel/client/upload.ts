import { t } from "../text/index.ts";
import { withConfirmation } from "./confirmation.ts";
import { offline, ProblemError } from "./problem.ts";

/**
 * Sends a file as the body of a request, telling how much is over (0…1). `fetch` cannot tell, hence the older way.
 * @throws ProblemError; what the signal was aborted with
 */
export const upload = <Result>(path: string, file: Blob, options: UploadOptions = {}): Promise<Result> =>
  withConfirmation(() => uploadOnce<Result>(path, file, options));

interface UploadOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  progress?(part: number): void;
}

function uploadOnce<Result>(path: string, file: Blob, options: UploadOptions): Promise<Result> {
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest();
    sent.open("POST", path);
    sent.responseType = "json";
    for (const [name, value] of Object.entries(options.headers ?? {})) sent.setRequestHeader(name, value);
    sent.upload.onprogress = ({ loaded, total }) => options.progress?.(total > 0 ? loaded / total : 0);
    sent.onerror = () => reject(offline());
    sent.onabort = () => reject(options.signal?.reason);
    sent.onload = () => {
      const answer = sent.response as {
        ok: boolean;
        result: Result;
        error: ConstructorParameters<typeof ProblemError>[0];
      } | null;
      if (answer?.ok) resolve(answer.result);
      else
        reject(
          new ProblemError(
            answer?.error ?? {
              code: "internal",
              message: t.problems.status(sent.status),
              remedy: t.problems.reload,
            },
          ),
        );
    };
    options.signal?.addEventListener("abort", () => sent.abort(), { once: true });
    sent.send(file);
  });
}
