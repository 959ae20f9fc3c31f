import { Route, Switch } from "wouter";
import { Catalogue } from "./catalogue.tsx";
import { Tool } from "./tool.tsx";

export function ToolsPage() {
  return (
    <Switch>
      <Route path="/tools/:name">{({ name }) => <Tool key={name} name={decodeURIComponent(name)} />}</Route>
      <Route path="/tools" component={Catalogue} />
    </Switch>
  );
}
