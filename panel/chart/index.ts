/**
 * Small pictures of figures; each says in words what it shows.
 * @module
 */

export { type Bar, Bars } from "./bars.tsx";
export { type Day, DayBars } from "./day_bars.tsx";
export { Sparkline } from "./sparkline.tsx";
