import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Caller, CapabilityName } from "#contract";
import type { Cookies } from "./auth/index.ts";
import type { EventStreams } from "./events/streams.ts";
import type { Limits } from "./limits.ts";
import type { Measurements } from "./measurements/index.ts";
import type { KernelPort } from "./port.ts";
import type { QueryShape } from "./query.ts";

/** What the routes work with, the same for every request. */
export interface Service {
  readonly kernel: KernelPort;
  /** Absolute path of the home; uploads pass through its `tmp/`. */
  readonly home: string;
  readonly version: string;
  /** Random, new at each start: tells this process from another that has its process id. */
  readonly instance: string;
  readonly limits: Limits;
  readonly cookies: Cookies;
  readonly streams: EventStreams;
  readonly measurements: Measurements;
}

/** One request under way. */
export interface Exchange {
  readonly service: Service;
  /** Who asks; `nobody` on an open route. */
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Aborted when the client goes away before its answer. */
  readonly signal: AbortSignal;
}

/**
 * What a route takes as its body; `args` are the arguments of its capability that are not in the path or query, a schema is JSON of
 * the route's own.
 */
export type BodyKind = "none" | "args" | "call" | "zip" | "file" | z.ZodType;

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** As OpenAPI writes it: `/api/agents/{id}`. */
  readonly path: string;
  /**
   * `open` routes answer everybody and do not ask who it is; they tell nothing about the owner's data. `visitor`: everybody too,
   * and knows who is signed in. `token`: nobody without session or token.
   */
  readonly access: "open" | "visitor" | "token";
  readonly summary: string;
  readonly query: QueryShape;
  readonly body: BodyKind;
  /** The media type of a good answer. */
  readonly type: string;
  /** The capability this route is a face of. */
  readonly capability?: string;
  /** A capability that whoever asks has to be allowed, where the route answers without calling one. */
  readonly permit?: CapabilityName;
  /** What a good answer's `result` is, by its status, where it is not what the capability gives. */
  readonly results?: Readonly<Record<number, z.ZodType>>;
  /** A thrown value becomes an error reply. */
  handle(exchange: Exchange): Response | Promise<Response>;
}

/** A route with the usual: needs session or token, takes no query and no body, answers a JSON reply. */
export function route(given: Pick<Route, "method" | "path" | "summary" | "handle"> & Partial<Route>): Route {
  return { access: "token", query: {}, body: "none", type: "application/json", ...given };
}
