import "katex/dist/katex.min.css";
import { render } from "katex";

const EXPAND_MAX = 500;
const SIZE_MAX_EM = 20;

/** Draws a formula into an element. Nothing in it can lead anywhere or load anything. @throws where it is no formula */
export const drawFormula = (tex: string, into: HTMLElement, display: boolean): void =>
  render(tex, into, {
    displayMode: display,
    throwOnError: true,
    trust: false,
    strict: "ignore",
    maxExpand: EXPAND_MAX,
    maxSize: SIZE_MAX_EM,
  });
