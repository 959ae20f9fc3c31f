import { z } from "zod";
import { newMemory } from "#contract";
import { answerOpen } from "../answer.ts";
import { readJson } from "../json_body.ts";
import { parseInput } from "../parse_input.ts";
import { type Route, route } from "../route.ts";
import { face } from "./face.ts";

const names = { id: "agent" };
const MEMORIES_MAX = 1000;
const many = z.array(newMemory).min(1).max(MEMORIES_MAX);

/** What an agent remembers, has learned and holds to. */
export const mindRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/api/agents/{id}/memories",
    summary: `Give an agent a memory, or an array of up to ${MEMORIES_MAX}.`,
    body: z.union([newMemory, many]),
    capability: "memory.add",
    async handle({ service, caller, params, incoming, signal }) {
      const body = await readJson(incoming, service.limits);
      const memories = Array.isArray(body) ? parseInput(many, body) : [parseInput(newMemory, body)];
      const args = { agent: params.id ?? "", memories };
      return answerOpen(await service.kernel.call(caller, "memory.add", args, { signal }));
    },
  }),
  face("GET", "/api/agents/{id}/memories", "memory.list", {
    names,
    query: {
      limit: { type: "integer", summary: "At most this many (50)" },
      before: { type: "string", summary: "Only older ones than this memory" },
      wing: { type: "string", summary: "Only of this part of life" },
      room: { type: "string", summary: "Only of this subject" },
      kind: { type: "string", summary: "Only of this kind" },
      session: { type: "string", summary: "Only of this conversation" },
      tainted: { type: "boolean", summary: "Only what comes from outside, or only what does not" },
      as_of: { type: "string", summary: "Only what held at this time (ISO 8601)" },
      current: { type: "boolean", summary: "Without what a newer memory has taken the place of" },
    },
  }),
  face("GET", "/api/agents/{id}/memories/search", "memory.search", {
    open: true,
    names: { ...names, q: "query" },
    query: {
      q: { type: "string", summary: "What to look for, in any language" },
      k: { type: "integer", summary: "At most this many (5, up to 50)" },
      wing: { type: "string", summary: "Only of this part of life" },
      kind: { type: "string", summary: "Only of this kind" },
      as_of: { type: "string", summary: "What was valid at this time (ISO 8601)" },
    },
  }),
  face("POST", "/api/agents/{id}/memories/forget", "memory.forget", { names }),
  face("GET", "/api/agents/{id}/memories/{memory}", "memory.show", { names: { ...names, memory: "id" } }),
  face("POST", "/api/agents/{id}/memories/{memory}/edit", "memory.edit", {
    names: { ...names, memory: "id" },
  }),
  face("GET", "/api/agents/{id}/mind", "mind.show", { names }),
  face("GET", "/api/agents/{id}/recalled/{turn}", "mind.recalled", { names }),
  face("POST", "/api/agents/{id}/mind/dream", "mind.dream", { names }),
  face("GET", "/api/agents/{id}/insights", "insight.list", {
    names,
    query: {
      limit: { type: "integer", summary: "At most this many (50)" },
      before: { type: "string", summary: "Only older ones than this insight" },
    },
  }),
  face("GET", "/api/agents/{id}/graph", "graph.show", {
    names,
    query: {
      around: { type: "string", summary: "Around this name; without it, between the best connected ones" },
      depth: { type: "integer", summary: "Steps away from it, 1 to 4 (2)" },
      limit: { type: "integer", summary: "At most this many names (200, up to 2000)" },
      as_of: { type: "string", summary: "What held at this time (ISO 8601)" },
      ended: { type: "boolean", summary: "Also facts that hold no longer" },
    },
  }),
  face("POST", "/api/agents/{id}/graph/{fact}/retire", "graph.retire", { names: { ...names, fact: "id" } }),
  face("GET", "/api/agents/{id}/doctrine", "doctrine.list", { names }),
  face("POST", "/api/agents/{id}/doctrine", "doctrine.set", { names }),
  face("GET", "/api/agents/{id}/lessons", "lesson.list", {
    names,
    query: { all: { type: "boolean", summary: "The retired ones too" } },
  }),
  face("POST", "/api/agents/{id}/lessons", "lesson.add", { names }),
  face("GET", "/api/agents/{id}/lessons/{lesson}", "lesson.show", { names: { ...names, lesson: "id" } }),
  face("POST", "/api/agents/{id}/lessons/{lesson}/retire", "lesson.retire", {
    names: { ...names, lesson: "id" },
  }),
  face("GET", "/api/agents/{id}/diary", "diary.list", {
    names,
    query: {
      from: { type: "string", summary: "From this day on, such as 2026-03-14" },
      to: { type: "string", summary: "Up to this day" },
      limit: { type: "integer", summary: "At most this many (30)" },
    },
  }),
  face("GET", "/api/agents/{id}/todos", "todo.list", {
    names,
    query: { all: { type: "boolean", summary: "What is done too" } },
  }),
  face("POST", "/api/agents/{id}/todos/{todo}", "todo.set", { names: { ...names, todo: "id" } }),
];
