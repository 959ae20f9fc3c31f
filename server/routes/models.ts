import type { Route } from "../route.ts";
import { face } from "./face.ts";

/** Models and what they cost. */
export const modelRoutes: readonly Route[] = [
  face("GET", "/api/models", "model.list"),
  face("POST", "/api/models", "model.add"),
  face("GET", "/api/models/usage", "model.usage", {
    query: { days: { type: "integer", summary: "How many days back (7)" } },
  }),
  face("POST", "/api/models/detect", "model.detect"),
  face("POST", "/api/models/use", "model.use"),
  face("GET", "/api/models/keys", "model.keys"),
  face("POST", "/api/models/keys", "model.key"),
  face("GET", "/api/models/providers", "model.providers"),
  face("POST", "/api/models/catalogue", "model.catalogue"),
  face("POST", "/api/models/{name}/test", "model.test"),
  face("DELETE", "/api/models/{name}", "model.remove"),
];
