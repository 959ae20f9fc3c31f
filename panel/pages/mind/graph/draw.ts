import { type Camera, type Size, toScreen } from "./camera.ts";
import type { Colours } from "./colours.ts";
import type { Scene } from "./scene.ts";

/** What is drawn, and what of it is brought out. */
export interface View {
  readonly scene: Scene;
  /** x and y of each name, in turn. */
  readonly positions: Float32Array;
  readonly camera: Camera;
  readonly size: Size;
  readonly colours: Colours;
  readonly font: string;
  /** Which names and links are there at the time that is shown. */
  readonly alive: { readonly links: Uint8Array; readonly names: Uint8Array };
  /** Places in `scene.names`. */
  readonly chosen: number | undefined;
  readonly pointed: number | undefined;
}

/** One name is written on so many square pixels; those of the best connected are larger. */
const LABEL_AREA = 13_000;
const LABELS_MOST = 120;
const LARGE_NAMES = 14;
const LABEL_PX = 12;
const LABEL_CHARS = 32;
const NAME_LEAST_PX = 3;
const PREDICATES_MOST = 14;
const FADED = 0.14;
const ABSENT = 0.1;
const RING_PX = 1.5;
const RING_LEAST_PX = 5;
type Kind = 1 | 2 | 3 | 4 | 5 | 6;

const widths = new Map<string, number>();
const WIDTHS_MOST = 5000;

/** Draws the graph: for 1,000 names about 1 ms of script, and 5 ms for a renderer without a graphics processor. */
export function draw(context: CanvasRenderingContext2D, view: View): void {
  const { size, chosen, pointed } = view;
  context.clearRect(0, 0, size.width, size.height);
  const middle = pointed ?? chosen;
  const near = middle === undefined ? undefined : nearTo(view, middle);
  const places = screenPlaces(view);
  drawLinks(context, view, places, middle);
  drawNames(context, view, places, near);
  drawLabels(context, view, places, near);
}

/** A name with those that are joined with it at the time that is shown. */
function nearTo({ scene: { links }, alive }: View, middle: number): ReadonlySet<number> {
  const near = new Set([middle]);
  for (let link = 0; link < links.length / 2; link++) {
    if (alive.links[link] === 0) continue;
    const [a, b] = [links[2 * link] as number, links[2 * link + 1] as number];
    if (a === middle) near.add(b);
    if (b === middle) near.add(a);
  }
  return near;
}

function screenPlaces({ scene, positions, camera, size }: View): Float32Array {
  const places = new Float32Array(2 * scene.names.length);
  for (let at = 0; at < scene.names.length; at++) {
    const { x, y } = toScreen(camera, size, {
      x: positions[2 * at] ?? 0,
      y: positions[2 * at + 1] ?? 0,
    });
    places[2 * at] = x;
    places[2 * at + 1] = y;
  }
  return places;
}

function drawLinks(
  context: CanvasRenderingContext2D,
  { scene, alive, colours, camera }: View,
  places: Float32Array,
  middle: number | undefined,
): void {
  const { links } = scene;
  const path = (of: (link: number, a: number, b: number) => boolean) => {
    context.beginPath();
    for (let link = 0; link < links.length / 2; link++) {
      const [a, b] = [links[2 * link] as number, links[2 * link + 1] as number];
      if (!of(link, a, b)) continue;
      context.moveTo(places[2 * a] as number, places[2 * a + 1] as number);
      context.lineTo(places[2 * b] as number, places[2 * b + 1] as number);
    }
    context.stroke();
  };
  const width = Math.min(1.6, Math.max(0.5, camera.scale));
  context.lineWidth = width;
  context.strokeStyle = colours["line-strong"];
  context.globalAlpha = ABSENT;
  path((link) => alive.links[link] === 0);
  context.globalAlpha = middle === undefined ? 0.5 : 0.16;
  path((link, a, b) => alive.links[link] === 1 && a !== middle && b !== middle);
  if (middle !== undefined) {
    context.globalAlpha = 0.85;
    context.lineWidth = width + 0.4;
    context.strokeStyle = colours.accent;
    path((link, a, b) => alive.links[link] === 1 && (a === middle || b === middle));
  }
  context.globalAlpha = 1;
}

function drawNames(
  context: CanvasRenderingContext2D,
  { scene, alive, colours, camera, chosen, size }: View,
  places: Float32Array,
  near: ReadonlySet<number> | undefined,
): void {
  const growth = growthOf(camera);
  // Circles one by one: a path of a thousand of them, and its outline, takes a software renderer ten times as long.
  const disc = (x: number, y: number, radius: number, colour: string) => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (let at = scene.byDegree.length - 1; at >= 0; at--) {
    const name = scene.byDegree[at] as number;
    const [x, y] = [places[2 * name] as number, places[2 * name + 1] as number];
    const radius = Math.max(NAME_LEAST_PX, (scene.radii[name] ?? 0) * growth);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) continue;
    const here = alive.names[name] === 1;
    const clear = here && (!near || near.has(name));
    if (clear && radius >= RING_LEAST_PX) disc(x, y, radius + RING_PX, colours.surface);
    context.globalAlpha = clear ? 1 : here ? FADED : ABSENT;
    disc(x, y, radius, colours[`kind-${scene.groups[name] as Kind}`]);
    context.globalAlpha = 1;
  }
  if (chosen === undefined) return;
  context.beginPath();
  context.arc(
    places[2 * chosen] as number,
    places[2 * chosen + 1] as number,
    radiusOf(scene, chosen, camera) + 4,
    0,
    2 * Math.PI,
  );
  context.lineWidth = 2;
  context.strokeStyle = colours.accent;
  context.stroke();
}

function drawLabels(
  context: CanvasRenderingContext2D,
  view: View,
  places: Float32Array,
  near: ReadonlySet<number> | undefined,
): void {
  const { scene, alive, colours, camera, size, chosen, pointed, font } = view;
  const first = [pointed, chosen, ...(near ?? [])].filter((at) => at !== undefined);
  const others = near ? [] : scene.byDegree;
  const most = near
    ? LABELS_MOST
    : Math.min(LABELS_MOST, (size.width * size.height * Math.max(1, camera.scale)) / LABEL_AREA);
  const large = new Set(scene.byDegree.slice(0, LARGE_NAMES));
  // The largest names are in the way of what is written.
  const taken: Box[] = [...large].map((at) => {
    const [x, y] = [places[2 * at] as number, places[2 * at + 1] as number];
    const radius = radiusOf(scene, at, camera);
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  });
  let shown = 0;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = colours.surface;
  const seen = new Set<number>();
  for (const at of [...first, ...others]) {
    if (shown >= most) break;
    if (seen.has(at) || alive.names[at] === 0) continue;
    seen.add(at);
    const [x, y] = [places[2 * at] as number, places[2 * at + 1] as number];
    if (x < 0 || y < 0 || x > size.width || y > size.height) continue;
    const strong = at === chosen || at === pointed || large.has(at);
    const forced = at === chosen || at === pointed;
    const text = shortened(scene.names[at]?.name ?? "");
    context.font = `${strong ? 600 : 480} ${LABEL_PX}px ${font}`;
    const width = widthOf(context, text, strong);
    const below = y + radiusOf(scene, at, camera) + LABEL_PX * 0.9;
    const box = {
      left: x - width / 2 - 3,
      right: x + width / 2 + 3,
      top: below - LABEL_PX * 0.75,
      bottom: below + LABEL_PX * 0.75,
    };
    if (!forced && taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    shown++;
    context.lineWidth = 4;
    context.strokeText(text, x, below);
    context.fillStyle = strong ? colours.ink : colours["ink-faint"];
    context.fillText(text, x, below);
  }
  drawPredicates(context, view, places, taken);
}

/** What joins the chosen name with others, on the lines; only where there are few. */
function drawPredicates(
  context: CanvasRenderingContext2D,
  { scene, alive, colours, chosen, pointed, font }: View,
  places: Float32Array,
  taken: Box[],
): void {
  const middle = pointed ?? chosen;
  if (middle === undefined || (scene.neighbours[middle]?.size ?? 0) > PREDICATES_MOST) return;
  context.font = `450 ${LABEL_PX - 1.5}px ${font}`;
  context.fillStyle = colours.accent;
  context.lineWidth = 4;
  for (const [link, facts] of scene.factsOf.entries()) {
    const [a, b] = [scene.links[2 * link] as number, scene.links[2 * link + 1] as number];
    if ((a !== middle && b !== middle) || alive.links[link] === 0) continue;
    const fact = scene.facts[facts.at(-1) as number];
    if (!fact) continue;
    const text = shortened(fact.predicate);
    const x = ((places[2 * a] as number) + (places[2 * b] as number)) / 2;
    const y = ((places[2 * a + 1] as number) + (places[2 * b + 1] as number)) / 2;
    const width = context.measureText(text).width;
    const box = { left: x - width / 2, right: x + width / 2, top: y - 7, bottom: y + 7 };
    if (taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** Names grow more slowly than the picture. */
const growthOf = ({ scale }: Camera): number => Math.min(scale, scale ** 0.6);

/** How large a name is on the screen, in pixels. */
export const radiusOf = ({ radii }: Scene, at: number, camera: Camera): number =>
  Math.max(NAME_LEAST_PX, (radii[at] ?? 0) * growthOf(camera));

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const shortened = (text: string): string =>
  text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS - 1)}…` : text;

function widthOf(context: CanvasRenderingContext2D, text: string, strong: boolean): number {
  const key = `${strong ? "s" : "n"} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > WIDTHS_MOST) widths.clear();
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
}
