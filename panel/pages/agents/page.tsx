import { Route, Switch } from "wouter";
import { NotFound } from "../../design/index.ts";
import { AgentPage } from "./agent/agent.tsx";
import { AgentListPage } from "./list/list.tsx";

export function AgentsPage() {
  return (
    <Switch>
      <Route path="/agents">
        <AgentListPage />
      </Route>
      <Route path="/agents/new">
        <AgentListPage making />
      </Route>
      <Route path="/agents/:id/:tab?">
        {({ id, tab }) => <AgentPage key={id} id={decodeURIComponent(id)} tab={tab} />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
