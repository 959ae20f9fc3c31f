import { useEffect, useState } from "react";

/** Whole seconds until something may be tried again. */
export function useCountdown() {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const wait = (ms: number) => {
    setNow(Date.now());
    setUntil(Date.now() + ms);
  };
  return { seconds: Math.max(0, Math.ceil((until - now) / 1000)), wait };
}
