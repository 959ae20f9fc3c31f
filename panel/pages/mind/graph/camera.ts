/** Where one looks at the picture: what is in the middle, and how large it is. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  /** Pixels for one unit of the picture. */
  readonly scale: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

const SCALE = { least: 0.06, most: 8, first: 1.7 };
const EDGE_PX = 56;
const clamp = (scale: number): number => Math.min(SCALE.most, Math.max(SCALE.least, scale));

export const toScreen = ({ x, y, scale }: Camera, { width, height }: Size, point: Point): Point => ({
  x: (point.x - x) * scale + width / 2,
  y: (point.y - y) * scale + height / 2,
});

export const toPicture = ({ x, y, scale }: Camera, { width, height }: Size, point: Point): Point => ({
  x: (point.x - width / 2) / scale + x,
  y: (point.y - height / 2) / scale + y,
});

/** Larger or smaller by a factor; what is at `point` of the screen stays there. */
export function zoomedAt(camera: Camera, size: Size, point: Point, factor: number): Camera {
  const scale = clamp(camera.scale * factor);
  const fixed = toPicture(camera, size, point);
  return {
    scale,
    x: fixed.x - (point.x - size.width / 2) / scale,
    y: fixed.y - (point.y - size.height / 2) / scale,
  };
}

export const movedBy = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.scale,
  y: camera.y - dy / camera.scale,
});

/** So that all is in sight. `positions`: x and y of each name in turn. */
export function fitted(positions: Float32Array, { width, height }: Size): Camera {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 2) {
    const [x, y] = [positions[at] as number, positions[at + 1] as number];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { x: 0, y: 0, scale: 1 };
  const wide = Math.max(1, right - left);
  const high = Math.max(1, bottom - top);
  const scale = Math.min((width - 2 * EDGE_PX) / wide, (height - 2 * EDGE_PX) / high, SCALE.first);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale: clamp(scale) };
}
