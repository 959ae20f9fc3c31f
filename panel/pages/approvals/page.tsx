import { ShieldCheck } from "lucide-react";
import { useLocation, useRoute } from "wouter";
import { useCapability } from "../../client/index.ts";
import { Empty, Page, ProblemNotice, Skeleton, Tabs } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { ApprovalCard } from "./approval_card.tsx";
import { Past } from "./past.tsx";
import { QuestionCard } from "./question_card.tsx";

export function ApprovalsPage() {
  const [, go] = useLocation();
  const [past] = useRoute("/approvals/past");
  return (
    <Page
      title={t.shell.approvals}
      lead={t.approvals.lead}
      bar={
        <Tabs
          label={t.shell.approvals}
          current={past ? "past" : "waiting"}
          tabs={[
            ["waiting", t.approvals.waiting],
            ["past", t.approvals.past],
          ]}
          onSelect={(name) => go(name === "past" ? "/approvals/past" : "/approvals")}
        />
      }
    >
      {past ? <Past /> : <Waiting />}
    </Page>
  );
}

function Waiting() {
  const approvals = useCapability("approval.list", {});
  const questions = useCapability("question.list", {});
  const error = approvals.error ?? questions.error;
  if (error) return <ProblemNotice problem={error} retry={() => void approvals.refetch()} />;
  if (!approvals.data || !questions.data) return <Skeleton />;
  if (approvals.data.approvals.length + questions.data.questions.length === 0)
    return (
      <Empty icon={ShieldCheck} title={t.approvals.none}>
        {t.approvals.noneMore}
      </Empty>
    );
  return (
    <>
      {questions.data.questions.map((one) => (
        <QuestionCard key={one.id} question={one} />
      ))}
      {approvals.data.approvals.map((one) => (
        <ApprovalCard key={one.id} approval={one} />
      ))}
    </>
  );
}
