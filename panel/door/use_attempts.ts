import { useState } from "react";
import { problemOf } from "../client/index.ts";
import { t } from "../text/index.ts";
import { useCountdown } from "./countdown.ts";

type Way = "password" | "passkey";

/** Tries to prove who one is: what is under way, what went wrong, and how long to wait before the next one. */
export function useAttempts(onDone: () => unknown) {
  const [busy, setBusy] = useState<Way>();
  const [problem, setProblem] = useState<unknown>();
  const { seconds, wait } = useCountdown();
  const attempt = async (way: Way, act: () => Promise<unknown>) => {
    setBusy(way);
    setProblem(undefined);
    try {
      await act();
      await onDone();
    } catch (thrown) {
      const refused = thrown instanceof Error && ["NotAllowedError", "AbortError"].includes(thrown.name);
      setProblem(refused ? new Error(t.account.signIn.refused) : thrown);
      setBusy(undefined);
      const { code, details } = problemOf(thrown);
      if (code === "rate_limited")
        wait((details as { retry_after_ms?: number } | undefined)?.retry_after_ms ?? 1000);
    }
  };
  return { busy, problem, seconds, attempt };
}
