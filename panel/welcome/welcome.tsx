import { ArrowRight } from "lucide-react";
import { useLocation } from "wouter";
import { Button, useTitle } from "../design/index.ts";
import { ModelChooser } from "../model/index.ts";
import { t } from "../text/index.ts";
import { Steps } from "./steps.tsx";
import style from "./welcome.module.css";

const AGENT = "field";

/** The first run after the account: a model, or none for now; then the first conversation. */
export function Welcome() {
  const [, go] = useLocation();
  useTitle(t.account.hello);
  const begin = () => go(`/chat/${AGENT}`, { replace: true });
  return (
    <div className={style.welcome}>
      <main>
        <Steps current={1} />
        <header>
          <h1>{t.welcome.title}</h1>
          <p>{t.welcome.lead}</p>
        </header>
        <ModelChooser action={t.welcome.start} onDone={begin} onWithout={begin}>
          <section className={style.none}>
            <div>
              <h2>{t.welcome.none}</h2>
              <p>{t.welcome.noneMore}</p>
            </div>
            <Button icon={ArrowRight} onClick={begin}>
              {t.welcome.goOn}
            </Button>
          </section>
        </ModelChooser>
      </main>
    </div>
  );
}
