import { Brain } from "lucide-react";
import { useState } from "react";
import { useCapability } from "../../../client/index.ts";
import { Badge, Button, Dialog, Empty, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./thread.module.css";

const FOLDED_CHARS = 360;

/** What stood before the model besides the conversation, and why. */
export function Recalled({
  agent,
  turn,
  onClose,
}: {
  readonly agent: string;
  readonly turn: string;
  onClose(): void;
}) {
  const { data, error, refetch } = useCapability("mind.recalled", { agent, turn });
  const pieces = data?.recalled ?? [];
  return (
    <Dialog side title={t.chat.recall.title} onClose={onClose}>
      {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={5} />}
      {data && pieces.length === 0 && (
        <Empty icon={Brain} title={t.chat.recall.nothing}>
          {t.chat.recall.nothingMore}
        </Empty>
      )}
      {data && pieces.length > 0 && (
        <p className={style.lead}>
          {t.chat.recall.lead(pieces.filter(({ used }) => used).length, pieces.length)}{" "}
          {t.chat.recall.budget(data.tokens, data.budget_tokens)}
        </p>
      )}
      <ol className={style.pieces}>
        {pieces.map(({ origin, id, score, why, used, content, tainted }) => (
          <li key={`${origin} ${id}`} data-unused={!used || undefined}>
            <header>
              <strong>{t.chat.recall.origins[origin] ?? origin}</strong>
              {!used && <Badge>{t.chat.recall.unused}</Badge>}
              {tainted && <Badge tone="warn">{t.chat.recall.untrusted}</Badge>}
              <Score value={score} />
            </header>
            {content === null ? (
              <p>
                <em>{t.chat.recall.forgotten}</em>
              </p>
            ) : (
              <Content text={content} />
            )}
            {why.length > 0 && <p className={style.why}>{why.join(" · ")}</p>}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function Content({ text }: { readonly text: string }) {
  const [unfolded, setUnfolded] = useState(false);
  const folds = text.length > FOLDED_CHARS && !unfolded;
  return (
    <>
      <p>{folds ? `${text.slice(0, FOLDED_CHARS)} …` : text}</p>
      {folds && (
        <Button small look="quiet" onClick={() => setUnfolded(true)}>
          {t.common.more}
        </Button>
      )}
    </>
  );
}

function Score({ value }: { readonly value: number }) {
  const percent = Math.round(Math.max(0, Math.min(1, value)) * 100);
  return (
    <span className={style.score} title={t.chat.recall.score(percent)}>
      <span className="visually-hidden">{t.chat.recall.score(percent)}</span>
      <span aria-hidden style={{ width: `${percent}%` }} />
    </span>
  );
}
