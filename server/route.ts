import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { Caller } from "#contract";
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
  readonly streams: EventStreams;
  readonly measurements: Measurements;
  stop(): void;
}

/** One request under way. */
export interface Exchange {
  readonly service: Service;
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
  /** `open` routes answer without the local token; they tell nothing about the owner's data. */
  readonly access: "open" | "token";
  readonly summary: string;
  readonly query: QueryShape;
  readonly body: BodyKind;
  /** The media type of a good answer. */
  readonly type: string;
  /** The capability this route is a face of. */
  readonly capability?: string;
  /** What a good answer's `result` is, by its status, where it is not what the capability gives. */
  readonly results?: Readonly<Record<number, z.ZodType>>;
  /** A thrown value becomes an error reply. */
  handle(exchange: Exchange): Response | Promise<Response>;
}

/** Whoever holds the local token is the owner. */
export const OWNER: Caller = { id: "owner", tier: "owner" };

/** A route with the usual: needs the token, takes no query and no body, answers a JSON reply. */
export function route(given: Pick<Route, "method" | "path" | "summary" | "handle"> & Partial<Route>): Route {
  return { access: "token", query: {}, body: "none", type: "application/json", ...given };
}
