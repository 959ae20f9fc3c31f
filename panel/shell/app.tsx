import { lazy, Suspense, useEffect, useState } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { NotFound, Page, Skeleton, Toasts } from "../design/index.ts";
import { startEvents, startRefresh } from "../live/index.ts";
import { PLACES } from "../pages/index.ts";
import { t } from "../text/index.ts";
import style from "./app.module.css";
import { Banner } from "./banner.tsx";
import { FailureBoundary } from "./failure.tsx";
import { Navigation } from "./navigation.tsx";

const loadPalette = () => import("./palette.tsx");
const Palette = lazy(loadPalette);
/** By then the page stands, and nobody has pressed a key yet. */
const PALETTE_AFTER_MS = 1500;

/** The panel of somebody who is signed in. */
export function App() {
  const [path] = useLocation();
  const [palette, setPalette] = useState(false);
  useEffect(() => {
    const stopRefresh = startRefresh();
    const stopEvents = startEvents();
    return () => {
      stopEvents();
      stopRefresh();
    };
  }, []);
  useEffect(() => {
    const timer = setTimeout(loadPalette, PALETTE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setPalette((shown) => !shown);
    };
    addEventListener("keydown", open);
    return () => removeEventListener("keydown", open);
  }, []);

  return (
    <div className={style.app}>
      <a className={style.skip} href="#content">
        {t.shell.skip}
      </a>
      <Navigation onPalette={() => setPalette(true)} />
      <div className={style.main}>
        <Banner />
        <main id="content" tabIndex={-1}>
          <FailureBoundary at={path}>
            <Suspense fallback={<Loading />}>
              <Switch>
                <Route path="/">
                  <Redirect to="/chat" replace />
                </Route>
                {PLACES.map(({ path: at, View }) => (
                  <Route key={at} path={`${at}/*?`} component={View} />
                ))}
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </FailureBoundary>
        </main>
      </div>
      <Toasts />
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

const Loading = () => (
  <Page title={t.common.loading}>
    <Skeleton lines={5} />
  </Page>
);
