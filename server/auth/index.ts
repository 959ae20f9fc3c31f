/** Who a request comes from: hosts, origins, cookies, tokens. @module */
export { hostName } from "./address.ts";
export { LOCAL_OWNER, NOBODY, SIGN_IN } from "./callers.ts";
export { type Cookies, createCookies } from "./cookies.ts";
export { createGuard, type Guard } from "./guard.ts";
export { createIdentify, type Identify, unauthenticated } from "./identify.ts";
export { isThisMachine } from "./setup_place.ts";
export { giveSession, renewSession, visitOf } from "./visit.ts";
