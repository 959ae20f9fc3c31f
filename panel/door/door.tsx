import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect } from "react";
import { useLocation } from "wouter";
import { AccountContext, onSignedOut, problemOf, queries } from "../client/index.ts";
import { complain, ProblemNotice } from "../design/index.ts";

import { t } from "../text/index.ts";
import { Away } from "./away.tsx";
import { Confirmation } from "./confirmation.tsx";
import { Frame } from "./frame.tsx";
import { Setup } from "./setup.tsx";
import { SignIn } from "./sign_in.tsx";
import { readAccount, signOut } from "./state.ts";

const App = lazy(() => import("../shell/index.ts"));
const Welcome = lazy(() => import("../welcome/index.ts"));

/** The way in: first launch, signing in, or the panel. */
export function Door() {
  const [path, go] = useLocation();
  const { data: account, error, refetch } = useQuery({ queryKey: ["account"], queryFn: readAccount });
  useEffect(() => onSignedOut(() => void queries.invalidateQueries({ queryKey: ["account"] })), []);
  const look = useCallback(() => refetch(), [refetch]);
  const leave = () =>
    signOut()
      .then(() => {
        queries.clear();
        return refetch();
      })
      .catch(complain);

  if (error && !account)
    return problemOf(error).code === "offline" ? (
      <Away onLook={look} />
    ) : (
      <Frame title={t.product}>
        <ProblemNotice problem={error} retry={look} />
      </Frame>
    );
  if (!account) return null;
  if (account.setup.needed && account.signed_in === null)
    return (
      <Setup
        here={account.setup.here}
        onDone={async () => {
          go("/welcome", { replace: true });
          await refetch();
        }}
      />
    );
  if (account.signed_in === null)
    return (
      <SignIn
        account={account}
        onDone={() => {
          // Nobody told this page what changed meanwhile: the home may even be one of another day.
          queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "account" });
          return refetch();
        }}
      />
    );
  return (
    <AccountContext value={{ name: account.signed_in.owner, signOut: leave }}>
      <Suspense>{path === "/welcome" ? <Welcome /> : <App />}</Suspense>
      <Confirmation />
    </AccountContext>
  );
}
