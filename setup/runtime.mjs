/**
 * How Node runs the server. New objects get 8 MiB, not up to 32, before they are looked through: many short pauses instead of few
 * long ones, and less memory. Threads share two heaps of the C library, where each would keep what it once used in one of its own.
 */
export const RUNTIME_FLAGS = ["--max-semi-space-size=8"];
export const RUNTIME_ENVIRONMENT = { MALLOC_ARENA_MAX: "2" };
