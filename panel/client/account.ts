import { createContext, use } from "react";

/** Who is signed in. */
export interface Account {
  readonly name: string;
  signOut(): void;
}

export const AccountContext = createContext<Account>({ name: "", signOut() {} });

export const useAccount = (): Account => use(AccountContext);
