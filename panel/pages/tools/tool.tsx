import { Play, Square, Wrench } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { Link } from "wouter";
import type { CapabilityOutput, JsonObject, ToolSpec } from "#contract";
import { call, useCapability } from "../../client/index.ts";
import {
  Badge,
  Button,
  Card,
  Code,
  duration,
  Empty,
  Facts,
  Page,
  ProblemNotice,
  Skeleton,
} from "../../design/index.ts";
import { type Schema, SchemaForm } from "../../form/index.ts";
import { t } from "../../text/index.ts";
import { EFFECT_TONES } from "./catalogue.tsx";
import style from "./tools.module.css";

/** One tool: what it does, and a form to try it. */
export function Tool({ name }: { readonly name: string }) {
  const { data, error, refetch } = useCapability("tool.specs", { names: [name] });
  const tool = data?.tools.find((one) => one.name === name);
  const back = ["/tools", t.shell.tools] as const;
  if (!tool)
    return (
      <Page title={name} back={back}>
        {error ? (
          <ProblemNotice problem={error} retry={() => refetch()} />
        ) : data ? (
          <Empty icon={Wrench} title={t.tools.missing}>
            {t.tools.missingMore}
          </Empty>
        ) : (
          <Skeleton />
        )}
      </Page>
    );
  return (
    <Page title={tool.title} lead={tool.summary} back={back} state={<code>{tool.name}</code>}>
      <Trial tool={tool} />
      <Card title={t.tools.about}>
        <Facts
          items={[
            [t.tools.needs, tool.needs.length === 0 ? t.tools.needsNothing : tool.needs.join(", ")],
            [t.tools.runs, t.tools.runsOn[tool.runs]],
            [t.tools.repeatable, tool.repeatable ? t.tools.yes : t.tools.no],
            [t.tools.version, tool.version],
          ]}
        />
        <details className={style.schema}>
          <summary>{t.tools.schema}</summary>
          <Code value={tool.input_schema} />
        </details>
      </Card>
    </Page>
  );
}

type Outcome =
  | { readonly result: CapabilityOutput<"tool.run">; readonly ms: number }
  | { readonly problem: unknown; readonly ms: number };

function Trial({ tool }: { readonly tool: ToolSpec }) {
  const [args, setArgs] = useState<Readonly<Record<string, unknown>>>({});
  const [filled, setFilled] = useState(0);
  const [outcome, setOutcome] = useState<Outcome>();
  const [running, setRunning] = useState(false);
  const stop = useRef<AbortController>(undefined);
  const example = tool.examples[0];

  const run = async (event: FormEvent) => {
    event.preventDefault();
    stop.current = new AbortController();
    const begun = performance.now();
    setRunning(true);
    setOutcome(undefined);
    const ms = () => performance.now() - begun;
    try {
      const result = await call(
        "tool.run",
        { name: tool.name, args: args as JsonObject },
        stop.current.signal,
      );
      setOutcome({ result, ms: ms() });
    } catch (problem) {
      if (!stop.current.signal.aborted) setOutcome({ problem, ms: ms() });
    } finally {
      setRunning(false);
    }
  };

  return (
    <Card
      title={t.tools.tryIt}
      actions={<Badge tone={EFFECT_TONES[tool.effect]}>{t.tools.effects[tool.effect]}</Badge>}
    >
      <p className={style.soft}>{t.tools.tryMore}</p>
      <form className={style.form} onSubmit={run}>
        <SchemaForm key={filled} schema={tool.input_schema as Schema} value={args} onChange={setArgs} />
        <div className={style.buttons}>
          {running ? (
            <Button icon={Square} onClick={() => stop.current?.abort()}>
              {t.common.stop}
            </Button>
          ) : (
            <Button look="primary" type="submit" icon={Play}>
              {t.tools.run}
            </Button>
          )}
          {example !== undefined && (
            <Button
              look="quiet"
              onClick={() => {
                setArgs(example as Record<string, unknown>);
                setFilled((n) => n + 1);
              }}
            >
              {t.tools.example}
            </Button>
          )}
        </div>
      </form>
      <div aria-live="polite" className={style.outcome}>
        {running && <p className={style.soft}>{t.tools.running}</p>}
        {outcome && "problem" in outcome && <ProblemNotice problem={outcome.problem} />}
        {outcome && "result" in outcome && <Result {...outcome} />}
      </div>
    </Card>
  );
}

function Result({ result, ms }: { readonly result: CapabilityOutput<"tool.run">; readonly ms: number }) {
  return (
    <>
      <h3>
        {t.tools.result} <small>{t.tools.took(duration(ms))}</small>
        {result.receipt && (
          <Link href={`/journal?event=${result.receipt.seq}`}>{t.tools.receipt(result.receipt.seq)}</Link>
        )}
      </h3>
      {result.tainted && <Badge tone="warn">{t.tools.tainted}</Badge>}
      {result.note && <p>{result.note}</p>}
      <Code value={result.output} />
    </>
  );
}
