import { MessageCircleQuestion, ShieldQuestion } from "lucide-react";
import { useId, useState } from "react";
import type { Approval } from "#contract";
import { AgentName } from "../../../agent/index.ts";
import { useAct } from "../../../client/index.ts";
import { Button, Code, Facts, Moment, ProblemNotice, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./thread.module.css";
import { plainOf, ValueList } from "./values.tsx";

/** A call that waits for the owner's consent, decided where it was asked. */
export function ApprovalCard({
  approval,
  agent,
}: {
  readonly approval: Approval;
  /** Whose conversation it is; another one may ask in its turn. */
  readonly agent: string;
}) {
  const give = useAct("approval.give");
  const refuse = useAct("approval.refuse");
  const title = useId();
  const { id, module, capability, targets, args, reason, expires_at } = approval;
  const problem = give.problem ?? refuse.problem;
  const plain = plainOf(args);
  const busy = give.busy || refuse.busy;
  return (
    <section className={style.card} aria-labelledby={title}>
      <h2 id={title}>
        <ShieldQuestion size={18} strokeWidth={1.8} aria-hidden /> {t.chat.approval.title}
      </h2>
      <p className={style.question}>{wishOf(approval)}</p>
      <p className={style.why}>{reason}</p>
      <Facts
        items={[
          ...(module === agent
            ? []
            : [[t.chat.approval.by, <AgentName key="by" id={module} full />] as const]),
          [t.chat.approval.capability, <code key="capability">{capability}</code>],
          ...(targets.length > 0 ? [[t.chat.approval.targets, targets.join(", ")] as const] : []),
          [t.chat.approval.until, <Moment key="until" at={expires_at} />],
        ]}
      />
      {plain ? (
        <div className={style.exactly}>
          <p>{t.chat.approval.args}</p>
          <ValueList values={plain} />
        </div>
      ) : (
        <details className={style.exactly}>
          <summary>{t.chat.approval.args}</summary>
          <Code value={args} />
        </details>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div className={style.choices}>
        <Button
          look="primary"
          busy={give.busy}
          disabled={busy}
          onClick={() => void give.run({ id }).catch(() => undefined)}
        >
          {t.chat.approval.allow}
        </Button>
        <Button
          busy={refuse.busy}
          disabled={busy}
          onClick={() => void refuse.run({ id }).catch(() => undefined)}
        >
          {t.chat.approval.refuse}
        </Button>
      </div>
    </section>
  );
}

/** What is wanted, in words; who wants it is the one that is talked with. */
function wishOf({ module, plain }: Approval): string {
  const wants = `${module} wants to `;
  const wish = plain.startsWith(wants) ? plain.slice(wants.length) : plain;
  return `${wish.charAt(0).toLocaleUpperCase()}${wish.slice(1)}`;
}

/** A question of the agent, answered where it was asked. */
export function QuestionCard({
  id,
  question,
  options,
}: {
  readonly id: string;
  readonly question: string;
  readonly options: readonly string[];
}) {
  const { run, busy, problem } = useAct("question.answer");
  const [answer, setAnswer] = useState("");
  const title = useId();
  const say = (words: string) =>
    words.trim() !== "" && void run({ id, answer: words }).catch(() => undefined);
  return (
    <section className={style.card} aria-labelledby={title}>
      <h2 id={title}>
        <MessageCircleQuestion size={18} strokeWidth={1.8} aria-hidden /> {t.chat.question.title}
      </h2>
      <p className={style.question}>{question}</p>
      {options.length > 0 && (
        <div className={style.choices}>
          {options.map((option) => (
            <Button key={option} disabled={busy} onClick={() => say(option)}>
              {option}
            </Button>
          ))}
        </div>
      )}
      <form
        className={style.answer}
        onSubmit={(event) => {
          event.preventDefault();
          say(answer);
        }}
      >
        <TextField
          bare
          label={t.chat.question.answer}
          placeholder={options.length > 0 ? t.chat.question.other : t.chat.question.answer}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        <Button type="submit" look="primary" busy={busy} disabled={answer.trim() === ""}>
          {t.chat.question.send}
        </Button>
      </form>
      {problem && <ProblemNotice problem={problem} />}
    </section>
  );
}
