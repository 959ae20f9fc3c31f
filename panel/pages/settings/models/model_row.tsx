import { ListEnd, ListX, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ModelInfo } from "#contract";
import { call, refresh, useAct } from "../../../client/index.ts";
import {
  Badge,
  Button,
  Confirm,
  complain,
  count,
  dollars,
  duration,
  Menu,
  Notice,
  say,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Row } from "../section.tsx";

/** One model: what it is, whether it works, and its place among the candidates. */
export function ModelRow({
  model,
  candidates,
}: {
  readonly model: ModelInfo;
  readonly candidates: readonly string[];
}) {
  const {
    name,
    base_url,
    model: id,
    context_tokens,
    input_usd,
    output_usd,
    embeds,
    has_key,
    dialect,
  } = model;
  const [removing, setRemoving] = useState(false);
  const test = useAct("model.test");
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof test.run>>>();
  const use = (next: readonly string[]) =>
    call("model.use", { model: next.join(",") })
      .then(() => refresh("model."))
      .catch(complain);
  const builtIn = dialect === "builtin";
  const about = builtIn
    ? t.settings.models.builtin
    : [
        base_url.replace(/^https?:\/\//, ""),
        id !== name && id,
        context_tokens && t.settings.models.context(count(context_tokens)),
        input_usd != null &&
          output_usd != null &&
          t.settings.models.price(dollars(input_usd), dollars(output_usd)),
        has_key && t.settings.models.hasKey,
      ]
        .filter(Boolean)
        .join(" · ");
  const at = candidates.indexOf(name);
  return (
    <>
      <Row
        name={name}
        marks={
          <>
            {at === 0 && <Badge tone="good">{t.settings.models.default}</Badge>}
            {at > 0 && <Badge>{at + 1}</Badge>}
            {embeds && <Badge tone="info">{t.settings.models.embeds}</Badge>}
          </>
        }
        about={about}
        actions={
          <>
            <Button
              small
              busy={test.busy}
              onClick={() => test.run({ name }).then(setOutcome).catch(complain)}
            >
              {test.busy ? t.settings.models.testing : t.settings.models.test}
            </Button>
            <Menu
              small
              label={t.common.more}
              items={[
                {
                  label: t.settings.models.makeDefault,
                  icon: Star,
                  disabled: at === 0,
                  onSelect: () => use([name, ...candidates.filter((one) => one !== name)]),
                },
                at > 0
                  ? {
                      label: t.settings.models.dropCandidate,
                      icon: ListX,
                      onSelect: () => use(candidates.filter((one) => one !== name)),
                    }
                  : {
                      label: t.settings.models.addCandidate,
                      icon: ListEnd,
                      disabled: at === 0 || candidates.length === 0,
                      onSelect: () => use([...candidates, name]),
                    },
                {
                  label: t.settings.models.remove,
                  icon: Trash2,
                  danger: true,
                  disabled: builtIn,
                  onSelect: () => setRemoving(true),
                },
              ]}
            />
          </>
        }
      />
      {outcome && (
        <li>
          <Notice
            tone={outcome.ok ? "good" : "bad"}
            title={outcome.ok ? t.welcome.answered(name, duration(outcome.ms)) : t.welcome.failed(name)}
          >
            {outcome.text} {outcome.remedy}
          </Notice>
        </li>
      )}
      {removing && (
        <Confirm
          title={t.settings.models.remove}
          words={t.settings.models.removeWords(name)}
          action={t.settings.models.remove}
          onConfirm={() =>
            call("model.remove", { name }).then(() => {
              say(t.settings.models.removed);
              refresh("model.");
            })
          }
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
