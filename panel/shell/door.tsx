import { App } from "./app.tsx";

/** The way in. */
export function Door() {
  return <App />;
}
