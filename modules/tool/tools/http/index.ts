/** Programming interfaces on the web. @module */
import type { Tool } from "#contract";
import { fetchUrl } from "./fetch.ts";

export const http: readonly Tool[] = [fetchUrl];
