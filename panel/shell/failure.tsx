import { Component, type ReactNode } from "react";
import { Button, Page, ProblemNotice } from "../design/index.ts";
import { t } from "../text/index.ts";

/** A page that breaks takes nothing else along. Another address is another try. */
export class FailureBoundary extends Component<
  { readonly at: string; readonly children: ReactNode },
  { readonly failed: unknown; readonly at: string }
> {
  override state = { failed: undefined as unknown, at: this.props.at };

  static getDerivedStateFromError(failed: unknown) {
    return { failed };
  }

  static getDerivedStateFromProps(props: { readonly at: string }, state: { readonly at: string }) {
    return props.at === state.at ? null : { failed: undefined, at: props.at };
  }

  override render() {
    if (this.state.failed === undefined) return this.props.children;
    return (
      <Page title={t.shell.broken}>
        <ProblemNotice problem={this.state.failed} />
        <div>
          <Button onClick={() => location.reload()}>{t.shell.reload}</Button>
        </div>
      </Page>
    );
  }
}
