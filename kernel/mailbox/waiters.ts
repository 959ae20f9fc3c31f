import { FieldworkError, type Mail } from "#contract";

/** Those who wait for the answer to a message. */
export interface Waiters {
  /** @throws FieldworkError `cancelled` when the signal says that nobody waits any more */
  wait(id: string, signal: AbortSignal | undefined): Promise<Mail>;
  finished(mail: Mail): void;
  failed(id: string, error: unknown): void;
  /** Tells everybody. */
  close(error: FieldworkError): void;
}

export function createWaiters(): Waiters {
  const waiters = new Map<string, Set<PromiseWithResolvers<Mail>>>();
  const tell = (id: string, told: (waiter: PromiseWithResolvers<Mail>) => void) => {
    const all = waiters.get(id) ?? [];
    waiters.delete(id);
    for (const waiter of all) told(waiter);
  };
  const failed = (id: string, error: unknown) => tell(id, (waiter) => waiter.reject(error));
  return {
    wait(id, signal) {
      const waiter = Promise.withResolvers<Mail>();
      const all = waiters.getOrInsertComputed(id, () => new Set()).add(waiter);
      const leave = () => {
        all.delete(waiter);
        if (all.size === 0) waiters.delete(id);
        waiter.reject(
          new FieldworkError("cancelled", "Nobody waits for the answer any more; the message goes on."),
        );
      };
      if (signal?.aborted) leave();
      else signal?.addEventListener("abort", leave, { once: true });
      return waiter.promise.finally(() => signal?.removeEventListener("abort", leave));
    },
    finished: (mail) => tell(mail.id, (waiter) => waiter.resolve(mail)),
    failed,
    close(error) {
      for (const id of [...waiters.keys()]) failed(id, error);
    },
  };
}
