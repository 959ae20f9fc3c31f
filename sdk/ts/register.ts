/**
 * Lets Node find `"fieldwork"` and `"fieldwork/testing"` when an agent's tests run outside the sandbox:
 * `node --import <sdk>/register.ts --test`.
 *
 * @module
 */
import { registerHooks } from "node:module";

const MODULES: Readonly<Record<string, string>> = {
  fieldwork: new URL("./index.ts", import.meta.url).href,
  "fieldwork/testing": new URL("./testing.ts", import.meta.url).href,
};

registerHooks({
  resolve(specifier, context, next) {
    const url = MODULES[specifier];
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
  },
});
