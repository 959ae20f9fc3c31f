import { lazy, Suspense, useEffect, useState } from "react";
import { onConfirmation } from "../client/index.ts";

const Prove = lazy(() => import("./prove.tsx"));

/** Where whoever is signed in confirms, over whatever is shown, that it is them. */
export function Confirmation() {
  const [asked, setAsked] = useState<{ settle(confirmed: boolean): void }>();
  useEffect(
    () =>
      onConfirmation(
        () =>
          new Promise((resolve) =>
            setAsked({
              settle(confirmed) {
                setAsked(undefined);
                resolve(confirmed);
              },
            }),
          ),
      ),
    [],
  );
  if (!asked) return null;
  return (
    <Suspense>
      <Prove onDone={() => asked.settle(true)} onClose={() => asked.settle(false)} />
    </Suspense>
  );
}
