import { Route, Switch, useParams } from "wouter";
import { useAddress } from "../../address/index.ts";
import { NotFound } from "../../design/index.ts";
import { EventDialog } from "../../receipt/index.ts";
import { Log } from "./log/log.tsx";
import { Trace } from "./trace/trace.tsx";

/** The journal as it grows, or one trace of it; `?event=` opens a row beside either. */
export function JournalPage() {
  const { chosen, choose } = useAddress();
  const seq = Number(chosen("event"));
  return (
    <>
      <Switch>
        <Route path="/journal/:trace" component={TraceOfAddress} />
        <Route path="/journal" component={Log} />
        <Route component={NotFound} />
      </Switch>
      {Number.isSafeInteger(seq) && seq > 0 && (
        <EventDialog
          seq={seq}
          onShow={(next) => choose({ event: String(next) }, { replace: true })}
          onClose={() => choose({ event: undefined })}
        />
      )}
    </>
  );
}

function TraceOfAddress() {
  const { trace } = useParams<{ trace: string }>();
  return <Trace key={trace} trace={trace} />;
}
