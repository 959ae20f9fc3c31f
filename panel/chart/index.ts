/**
 * Small pictures of figures; each says in words what it shows.
 * @module
 */

export { type Bar, Bars, DayBars } from "./bars.tsx";
export { Sparkline } from "./sparkline.tsx";
