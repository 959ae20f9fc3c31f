import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { CapabilityOutput } from "#contract";
import { refresh, upload } from "../../../client/index.ts";
import { Button, bytes, Dialog, Notice, ProblemNotice, Progress, say } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { AskList } from "./ask_list.tsx";
import { distinct, grantOf, proposed } from "./asks.ts";
import style from "./install.module.css";
import { Introduction } from "./introduction.tsx";

type Pack = CapabilityOutput<"pack.inspect">;

const ZIP = { "content-type": "application/zip" };

/**
 * A pack from this computer: looked at, shown with what it asks for, and installed when it is accepted. Until then nothing of it
 * stays on the server; closing this stops what is under way.
 */
export function Install({ file, onClose }: { readonly file: File; onClose(): void }) {
  const words = t.agents.install;
  const [, go] = useLocation();
  const [pack, setPack] = useState<Pack>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [part, setPart] = useState<number>();
  const [problem, setProblem] = useState<unknown>();
  const running = useRef<AbortController>(undefined);

  const send = async <Result,>(query: string): Promise<Result | undefined> => {
    const attempt = new AbortController();
    running.current = attempt;
    setProblem(undefined);
    setPart(0);
    try {
      return await upload<Result>(`/api/packs${query}`, file, {
        headers: ZIP,
        signal: attempt.signal,
        progress: (sent) => setPart(sent),
      });
    } catch (thrown) {
      if (!attempt.signal.aborted) setProblem(thrown);
      return undefined;
    } finally {
      if (running.current === attempt) setPart(undefined);
    }
  };
  const inspect = useEffectEvent(async () => {
    const found = await send<Pack>("");
    if (!found) return;
    setPack(found);
    setChosen(proposed(distinct(found.asks)));
  });
  useEffect(() => {
    void inspect();
    return () => running.current?.abort();
  }, []);

  const install = async () => {
    if (!pack) return;
    const query = new URLSearchParams({ install: "true", sha256: pack.sha256 });
    if (chosen.size === 0) query.set("grants", "none");
    for (const grant of chosen) query.append("grants", grant);
    const installed = await send<Agent>(`?${query}`);
    if (!installed) return;
    void refresh("agent.");
    say(words.done(installed.display_name), {
      label: t.agents.open,
      run: () => go(`/agents/${installed.id}`),
    });
    onClose();
  };

  const busy = part !== undefined;
  const asks = pack && distinct(pack.asks);
  const strange = asks?.some(({ known }) => !known) ?? false;
  return (
    <Dialog
      title={pack?.replaces ? words.titleUpgrade : words.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          {pack && (
            <Button look="primary" busy={busy} disabled={strange} onClick={() => void install()}>
              {pack.replaces ? words.acceptUpgrade : words.accept}
            </Button>
          )}
        </>
      }
    >
      {!pack && busy && (
        <div className={style.sending} role="status">
          <p>{words.looking(file.name, bytes(file.size))}</p>
          <Progress value={part < 1 ? part : undefined} label={words.sending} />
        </div>
      )}
      {pack && asks && (
        <>
          <Introduction {...pack} />
          {strange && (
            <Notice tone="bad" title={words.strange}>
              {words.strangeMore}
            </Notice>
          )}
          {pack.dropped.length > 0 && <Notice tone="warn">{words.dropped(pack.dropped.length)}</Notice>}
          <AskList
            asks={asks}
            fresh={new Set(pack.replaces ? pack.new_asks.map(grantOf) : [])}
            chosen={chosen}
            onChange={setChosen}
          />
          <p className={style.size}>{words.size(pack.files, bytes(pack.bytes))}</p>
          {busy && <Progress value={part < 1 ? part : undefined} label={words.sending} />}
        </>
      )}
      {problem !== undefined && (
        <ProblemNotice problem={problem} {...(pack ? {} : { retry: () => void inspect() })} />
      )}
    </Dialog>
  );
}
