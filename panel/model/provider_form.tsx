import { type FormEvent, useState } from "react";
import type { CapabilityOutput } from "#contract";
import { call } from "../client/index.ts";
import { Button, ProblemNotice, Select, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./model.module.css";
import type { Trial } from "./trial.tsx";

type Provider = CapabilityOutput<"model.providers">["providers"][number];
type Catalogue = CapabilityOutput<"model.catalogue">["models"];

/** The name a model gets here, from what the provider calls it. */
const nameFor = (model: string) =>
  model
    .toLowerCase()
    .replace(/^.*\//, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
    .slice(0, 64) || "model";

/** What stands in the form, to begin with again where it did not work. */
export interface Entered {
  readonly provider: string;
  readonly key: string;
  readonly address: string;
  readonly model: string;
  readonly catalogue: Catalogue | undefined;
}

/** A provider, a key, and one of its models. */
export function ProviderForm({
  providers,
  entered,
  onChosen,
}: {
  readonly providers: readonly Provider[];
  readonly entered?: Entered | undefined;
  onChosen(trial: Trial, entered: Entered): void;
}) {
  const remote = providers.filter((one) => !one.local || one.base_url === "");
  const [id, setId] = useState(entered?.provider ?? remote[0]?.id ?? "");
  const [key, setKey] = useState(entered?.key ?? "");
  const [address, setAddress] = useState(entered?.address ?? "");
  const [model, setModel] = useState(entered?.model ?? "");
  const [catalogue, setCatalogue] = useState<Catalogue | undefined>(entered?.catalogue);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const provider = remote.find((one) => one.id === id);
  if (!provider) return null;
  const base_url = provider.base_url || address.trim();
  const ready = base_url !== "" && (provider.key !== "required" || key !== "");

  const choose = (next: string) => {
    setId(next);
    setCatalogue(undefined);
    setModel("");
    setProblem(undefined);
  };
  const list = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { models } = await call("model.catalogue", {
        ...(provider.base_url ? { provider: provider.id } : { base_url, dialect: provider.dialect }),
        ...(key ? { key } : {}),
      });
      const talking = models.filter((one) => !one.embeds);
      setCatalogue(talking);
      setModel(talking[0]?.id ?? "");
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (model === "") return void list();
    const known = catalogue?.find((one) => one.id === model);
    const trial: Trial = {
      kind: "add",
      model: {
        name: nameFor(model),
        dialect: provider.dialect,
        base_url,
        model,
        ...(key ? { key } : {}),
        ...(known?.context_tokens ? { context_tokens: known.context_tokens } : {}),
        ...(known?.input_usd == null ? {} : { input_usd: known.input_usd }),
        ...(known?.output_usd == null ? {} : { output_usd: known.output_usd }),
      },
    };
    onChosen(trial, { provider: id, key, address, model, catalogue });
  };

  return (
    <form className={style.form} onSubmit={submit}>
      <div className={style.pair}>
        <Select
          label={t.welcome.provider}
          options={remote.map((one) => [one.id, one.name] as const)}
          value={id}
          onChange={(event) => choose(event.target.value)}
        />
        {provider.key !== "none" && (
          <TextField
            label={provider.key === "required" ? t.welcome.key : t.welcome.keyOptional}
            hint={provider.key_help}
            type="password"
            name="key"
            maxLength={4096}
            value={key}
            onChange={(event) => setKey(event.target.value.trim())}
          />
        )}
      </div>
      {provider.base_url === "" && (
        <TextField
          label={t.welcome.address}
          hint={t.welcome.addressHint}
          type="url"
          name="address"
          maxLength={2048}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      )}
      {catalogue && catalogue.length > 0 ? (
        <Select
          label={t.welcome.modelName}
          options={catalogue.map((one) => [one.id, one.name || one.id] as const)}
          value={model}
          onChange={(event) => setModel(event.target.value)}
        />
      ) : (
        <TextField
          label={t.welcome.modelName}
          hint={t.welcome.modelHint}
          name="model"
          maxLength={256}
          value={model}
          onChange={(event) => setModel(event.target.value.trim())}
        />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div className={style.buttons}>
        <Button look="primary" type="submit" disabled={!ready || model === ""}>
          {t.welcome.use}
        </Button>
        {provider.lists && !catalogue && (
          <Button onClick={list} busy={busy} disabled={!ready}>
            {busy ? t.welcome.listing : t.welcome.list}
          </Button>
        )}
      </div>
    </form>
  );
}
