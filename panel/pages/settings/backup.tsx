import { Archive, Download, RotateCcw, Square, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { CapabilityOutput } from "#contract";
import { call, refresh, useCapability } from "../../client/index.ts";
import {
  Badge,
  Button,
  bytes,
  Confirm,
  complain,
  count,
  Menu,
  Moment,
  Notice,
  ProblemNotice,
  Progress,
  Skeleton,
  say,
} from "../../design/index.ts";
import { useEvents } from "../../live/index.ts";
import { locale, t } from "../../text/index.ts";
import { Row, SectionHead } from "./section.tsx";
import style from "./settings.module.css";

type BackupInfo = CapabilityOutput<"backup.list">["backups"][number];
type Asking = { readonly act: "restore" | "delete"; readonly backup: BackupInfo };

/** Backups: made, fetched, put back, deleted. */
export function Backup() {
  const { data, error } = useCapability("backup.list", {});
  const [asking, setAsking] = useState<Asking>();
  const [restoring, setRestoring] = useState(false);
  const making = useMaking();
  return (
    <>
      <SectionHead
        title={t.settings.sections.backup}
        lead={t.settings.backup.lead}
        actions={
          making.busy ? (
            <Button icon={Square} onClick={making.stop}>
              {t.common.stop}
            </Button>
          ) : (
            <Button look="primary" icon={Archive} onClick={making.start}>
              {t.settings.backup.make}
            </Button>
          )
        }
      />
      {making.busy && (
        <div role="status">
          <p>{making.step ?? t.settings.backup.making}</p>
          <Progress value={making.part} label={t.settings.backup.making} />
        </div>
      )}
      {making.problem !== undefined && <ProblemNotice problem={making.problem} />}
      {restoring && <Notice tone="info" title={t.settings.backup.restoring} />}
      {error && <ProblemNotice problem={error} />}
      {!data && !error && <Skeleton />}
      {data?.backups.length === 0 && <p className={style.soft}>{t.settings.backup.none}</p>}
      {data && data.backups.length > 0 && (
        <ul className={style.rows}>
          {data.backups.map((one) => (
            <Row
              key={one.name}
              name={<Moment at={one.created_at} />}
              marks={!one.usable && <Badge tone="bad">{t.settings.backup.unusable}</Badge>}
              about={
                one.problem ??
                [
                  bytes(one.bytes),
                  t.settings.backup.files(count(one.files)),
                  t.settings.backup.version(one.version),
                ].join(" · ")
              }
              actions={
                <>
                  <Button
                    small
                    icon={RotateCcw}
                    disabled={!one.usable}
                    onClick={() => setAsking({ act: "restore", backup: one })}
                  >
                    {t.settings.backup.restore}
                  </Button>
                  <Menu
                    small
                    label={t.common.more}
                    items={[
                      {
                        label: t.settings.backup.download,
                        icon: Download,
                        onSelect: () =>
                          // Asked first: a download has no place to confirm in.
                          call("backup.locate", { name: one.name })
                            .then(() => location.assign(`/api/backups/${encodeURIComponent(one.name)}`))
                            .catch(complain),
                      },
                      {
                        label: t.settings.backup.delete,
                        icon: Trash2,
                        danger: true,
                        onSelect: () => setAsking({ act: "delete", backup: one }),
                      },
                    ]}
                  />
                </>
              }
            />
          ))}
        </ul>
      )}
      {asking?.act === "restore" && (
        <Confirm
          title={t.settings.backup.restore}
          words={t.settings.backup.restoreWords(new Date(asking.backup.created_at).toLocaleString(locale))}
          action={t.settings.backup.restore}
          onConfirm={() =>
            call("system.restore", { name: asking.backup.name }).then(() => setRestoring(true))
          }
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking?.act === "delete" && (
        <Confirm
          title={t.settings.backup.delete}
          words={t.settings.backup.deleteWords(asking.backup.name)}
          action={t.settings.backup.delete}
          onConfirm={() => call("backup.delete", { name: asking.backup.name }).then(() => refresh("backup."))}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** A backup under way: how far it is, and how to stop it. */
function useMaking() {
  const [busy, setBusy] = useState(false);
  const [step, setStep] = useState<string>();
  const [part, setPart] = useState<number>();
  const [problem, setProblem] = useState<unknown>();
  const cancel = useRef<AbortController>(undefined);
  useEvents((event) => {
    if (event.kind !== "work.progress" || !("data" in event) || event.data.work !== "system.backup") return;
    const { step: words, done, of } = event.data as { step: string; done: number; of: number | null };
    setStep(words);
    setPart(of ? done / of : undefined);
  });
  const start = async () => {
    cancel.current = new AbortController();
    setBusy(true);
    setProblem(undefined);
    setStep(undefined);
    setPart(undefined);
    try {
      const made = await call("system.backup", {}, cancel.current.signal);
      say(t.settings.backup.made(bytes(made.bytes)));
      refresh("backup.");
    } catch (thrown) {
      if (!cancel.current.signal.aborted) setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, step, part, problem, start, stop: () => cancel.current?.abort() };
}
