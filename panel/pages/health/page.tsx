import { RotateCw } from "lucide-react";
import { useCapability } from "../../client/index.ts";
import { Button, Card, Facts, Moment, Page, ProblemNotice, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { Disk } from "./disk.tsx";
import { Figures } from "./figures.tsx";
import { Problems } from "./problems.tsx";
import { Restart } from "./restart.tsx";
import { Usage } from "./usage.tsx";
import { useHistory } from "./use_history.ts";

export function HealthPage() {
  const { data: health, error, refetch, isFetching } = useCapability("system.health", {});
  const history = useHistory(health);
  return (
    <Page
      title={t.shell.health}
      lead={t.health.lead}
      actions={
        <>
          <Button icon={RotateCw} busy={isFetching} onClick={() => refetch()}>
            {t.health.refresh}
          </Button>
          <Restart />
        </>
      }
    >
      {error && !health && <ProblemNotice problem={error} retry={() => refetch()} />}
      {!health && !error && <Skeleton lines={6} />}
      {health && (
        <>
          <Problems health={health} />
          <Figures health={health} history={history} />
          <Usage health={health} />
          <Disk disk={health.disk} />
          <Card>
            <Facts
              items={[
                [t.health.version, health.version],
                [t.health.since, <Moment key="since" at={health.started_at} />],
              ]}
            />
          </Card>
        </>
      )}
    </Page>
  );
}
