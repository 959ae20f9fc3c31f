import { Plus } from "lucide-react";
import { useState } from "react";
import { refresh, useCapability } from "../../../client/index.ts";
import { Button, Card, Dialog, Empty, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { ModelChooser } from "../../../model/index.ts";
import { t } from "../../../text/index.ts";
import { SectionHead } from "../section.tsx";
import style from "../settings.module.css";
import { Candidates } from "./candidates.tsx";
import { ModelRow } from "./model_row.tsx";
import { Usage } from "./usage.tsx";

export function Models() {
  const { data, error, refetch } = useCapability("model.list", {});
  const [adding, setAdding] = useState(false);
  const candidates = data?.uses.find(({ agent }) => agent === "")?.candidates ?? [];
  return (
    <>
      <SectionHead
        title={t.settings.sections.models}
        lead={t.settings.models.lead}
        actions={
          <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
            {t.settings.models.add}
          </Button>
        }
      />
      {error && <ProblemNotice problem={error} retry={() => refetch()} />}
      {!data && !error && <Skeleton />}
      {data && data.models.length === 0 && (
        <Empty icon={Plus} title={t.settings.models.none}>
          {t.settings.models.noneMore}
        </Empty>
      )}
      {data && data.models.length > 0 && (
        <ul className={style.rows}>
          {data.models.map((one) => (
            <ModelRow key={one.name} model={one} candidates={candidates} />
          ))}
        </ul>
      )}
      {candidates.length > 1 && (
        <Card title={t.settings.models.candidates}>
          <Candidates candidates={candidates} />
        </Card>
      )}
      <Usage />
      {adding && (
        <Dialog wide title={t.settings.models.add} onClose={() => setAdding(false)}>
          <ModelChooser
            onDone={() => {
              setAdding(false);
              refresh("model.");
            }}
          />
        </Dialog>
      )}
    </>
  );
}
