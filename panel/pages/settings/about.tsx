import { useCapability } from "../../client/index.ts";
import { Card, Facts, Moment } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { SectionHead } from "./section.tsx";

export function About() {
  const { data: health } = useCapability("system.health", {});
  return (
    <>
      <SectionHead title={t.product} lead={t.settings.about.lead} />
      <Card>
        <Facts
          items={[
            [t.settings.about.version, health?.version],
            [t.settings.about.state, health && t.health.states[health.state]],
            [t.settings.about.since, health && <Moment key="since" at={health.started_at} />],
            [t.settings.about.home, t.settings.about.homeWords],
            [
              t.settings.about.api,
              <a key="api" href="/api/openapi.json">
                /api/openapi.json
              </a>,
            ],
            [t.settings.about.licence, t.settings.about.licenceWords],
          ]}
        />
      </Card>
    </>
  );
}
