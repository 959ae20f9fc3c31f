import { Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import type { CapabilityOutput } from "#contract";
import { AgentName } from "../../agent/index.ts";
import { refresh, useAct } from "../../client/index.ts";
import { Ago, Button, Card, ProblemNotice, say, TextArea } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./approvals.module.css";

type Question = CapabilityOutput<"question.list">["questions"][number];

/** What an agent asks, answered by a press or in words. */
export function QuestionCard({ question: one }: { readonly question: Question }) {
  const [words, setWords] = useState("");
  const answer = useAct("question.answer", () => {
    say(t.approvals.answered);
    refresh("question.");
  });
  const send = (text: string) => answer.run({ id: one.id, answer: text }).catch(() => undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() !== "") void send(words.trim());
  };
  return (
    <Card
      title={
        <>
          <AgentName id={one.agent} full /> {t.approvals.asks}
        </>
      }
    >
      <p className={style.plain}>{one.question}</p>
      {one.options.length > 0 && (
        <div className={style.buttons}>
          {one.options.map((option) => (
            <Button key={option} disabled={answer.busy} onClick={() => send(option)}>
              {option}
            </Button>
          ))}
        </div>
      )}
      <form className={style.answer} onSubmit={submit}>
        <TextArea
          label={t.approvals.answer}
          rows={2}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button
          look={one.options.length > 0 ? "plain" : "primary"}
          type="submit"
          icon={Send}
          busy={answer.busy}
          disabled={words.trim() === ""}
        >
          {t.approvals.send}
        </Button>
      </form>
      {answer.problem && <ProblemNotice problem={answer.problem} />}
      <p className={style.foot}>
        {t.approvals.asked} <Ago at={one.asked_at} /> ·{" "}
        <Link href={`/chat/${one.agent}/${encodeURIComponent(one.session)}`}>{t.approvals.conversation}</Link>
      </p>
    </Card>
  );
}
