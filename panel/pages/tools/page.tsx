import { Route, Switch } from "wouter";
import { NotFound } from "../../design/index.ts";
import { Catalogue } from "./catalogue.tsx";
import { Tool } from "./tool.tsx";

export function ToolsPage() {
  return (
    <Switch>
      <Route path="/tools/:name">{({ name }) => <Tool key={name} name={decodeURIComponent(name)} />}</Route>
      <Route path="/tools" component={Catalogue} />
      <Route component={NotFound} />
    </Switch>
  );
}
