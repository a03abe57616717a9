/**
 * The map's one camera, for the plane and for space.
 *
 * A point `p` is turned about the centre of the view, `v = R · (p − centre)`, scaled to CSS pixels and divided by
 * `w = 1 − perspective · v.z · zoom / focal`. With `perspective` 0 that is an orthographic map, with 1 a perspective
 * camera that stands `focal` pixels before the centre; values between are what the passage from 2-D to 3-D goes through.
 */
export interface Camera {
  /** World coordinates at the centre of the view. */
  x: number;
  y: number;
  z: number;
  /** CSS pixels per world unit at the depth of the centre; above 0. */
  zoom: number;
  /** Turn about the vertical axis, in radians; growing, it moves what is near the viewer to the right. */
  yaw: number;
  /** Tilt towards the viewer, in radians, in [−π/2, π/2]; above 0 looks down on the points. */
  pitch: number;
  /** 0 for a flat map, 1 for full perspective. */
  perspective: number;
}

/** The size of what the camera looks at and of the screen it draws on. */
export interface Lens {
  /** CSS pixels. */
  width: number;
  /** CSS pixels. */
  height: number;
  /** World distance from the camera's centre to the farthest point; at least a little above 0. */
  reach: number;
}

/** Where a point lands: CSS pixels from the top left corner, and its depth divisor (1 at the centre, larger is farther). */
export interface Projected {
  x: number;
  y: number;
  w: number;
}

/** Points nearer than this share of the focal distance are not drawn: they would fill the screen. */
export const NEAR = 0.06;
/** A focal distance of 1.5 screens gives a field of view of 37°, about what a screen at arm's length spans. */
const FOCAL_SCREENS = 1.5;
/** Just short of the poles, where "up" would flip. */
const MAX_PITCH = Math.PI / 2 - 0.02;

/** A camera at the origin looking flat at the plane, 1 pixel a unit. */
export function createCamera(): Camera {
  return { x: 0, y: 0, z: 0, zoom: 1, yaw: 0, pitch: 0, perspective: 0 };
}

/** Copies every number of `from` into `to`. */
export function copyCamera(from: Readonly<Camera>, to: Camera): void {
  Object.assign(to, from);
}

/** True when two cameras show exactly the same. */
export function sameCamera(a: Readonly<Camera>, b: Readonly<Camera>): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.z === b.z &&
    a.zoom === b.zoom &&
    a.yaw === b.yaw &&
    a.pitch === b.pitch &&
    a.perspective === b.perspective
  );
}

/** Distance in CSS pixels from the eye to the centre of the view. */
export function focalLength(lens: Readonly<Lens>): number {
  return FOCAL_SCREENS * Math.max(1, Math.min(lens.width, lens.height) * 0.5 + lens.height * 0.5);
}

/** The world directions that are drawn to the right, upwards and towards the viewer; unit length. */
export function axes(camera: Readonly<Camera>): {
  right: readonly number[];
  up: readonly number[];
  towards: readonly number[];
} {
  const cy = Math.cos(camera.yaw);
  const sy = Math.sin(camera.yaw);
  const cp = Math.cos(camera.pitch);
  const sp = Math.sin(camera.pitch);
  return { right: [cy, 0, sy], up: [sp * sy, cp, -sp * cy], towards: [-cp * sy, sp, cp * cy] };
}

/**
 * Writes the column-major 4×4 matrix from world to clip coordinates into `out` (16 numbers).
 * Depth runs from −1 (nearest) to 1 over the points' reach, so that the depth buffer is well used at every zoom.
 */
export function writeMatrix(camera: Readonly<Camera>, lens: Readonly<Lens>, out: Float32Array): void {
  const { x, y, z, zoom } = camera;
  const { right, up, towards } = axes(camera);
  const q = (camera.perspective * zoom) / focalLength(lens);
  const reach = Math.max(lens.reach, 1e-12);
  const nearest = q * reach > 1 - NEAR ? (1 - NEAR) / q : reach;
  const wNear = 1 - q * nearest;
  const wFar = 1 + q * reach;
  const depthSlope = -(wNear + wFar) / (nearest + reach);
  const depthOffset = wFar + depthSlope * reach;
  const sx = (2 * zoom) / Math.max(1, lens.width);
  const sy2 = (2 * zoom) / Math.max(1, lens.height);
  for (let axis = 0; axis < 3; axis++) {
    out[axis * 4] = right[axis] * sx;
    out[axis * 4 + 1] = up[axis] * sy2;
    out[axis * 4 + 2] = towards[axis] * depthSlope;
    out[axis * 4 + 3] = -towards[axis] * q;
  }
  const along = (v: readonly number[]) => v[0] * x + v[1] * y + v[2] * z;
  out[12] = -along(right) * sx;
  out[13] = -along(up) * sy2;
  out[14] = -along(towards) * depthSlope + depthOffset;
  out[15] = 1 + along(towards) * q;
}

/**
 * Where a world point is drawn under a matrix of `writeMatrix`, written into `out`. False when the point is behind or
 * too near the eye (`out` is then left as it was). Allocates nothing.
 */
export function project(
  matrix: Float32Array,
  lens: Readonly<Lens>,
  x: number,
  y: number,
  z: number,
  out: Projected,
): boolean {
  const w = matrix[3] * x + matrix[7] * y + matrix[11] * z + matrix[15];
  if (!(w >= NEAR)) return false;
  out.x = (0.5 + (0.5 * (matrix[0] * x + matrix[4] * y + matrix[8] * z + matrix[12])) / w) * lens.width;
  out.y = (0.5 - (0.5 * (matrix[1] * x + matrix[5] * y + matrix[9] * z + matrix[13])) / w) * lens.height;
  out.w = w;
  return true;
}

/** Moves the view so that what was drawn at the centre is drawn `dx`, `dy` CSS pixels (right, down) from it. */
export function pan(camera: Camera, dx: number, dy: number): void {
  const across = -dx / camera.zoom;
  const upwards = dy / camera.zoom;
  const { right, up } = axes(camera);
  camera.x += right[0] * across + up[0] * upwards;
  camera.y += right[1] * across + up[1] * upwards;
  camera.z += right[2] * across + up[2] * upwards;
}

/**
 * Multiplies the zoom, keeping in place what is drawn at (`dx`, `dy`) CSS pixels (right, down) from the centre of the
 * view. The zoom stays inside `[least, most]`.
 */
export function zoomAbout(
  camera: Camera,
  factor: number,
  dx: number,
  dy: number,
  least: number,
  most: number,
): void {
  const zoom = Math.min(most, Math.max(least, camera.zoom * factor));
  pan(camera, -dx, -dy);
  camera.zoom = zoom;
  pan(camera, dx, dy);
}

/** Turns the view by angles in radians, keeping "up" up. */
export function orbit(camera: Camera, yaw: number, pitch: number): void {
  camera.yaw += yaw;
  camera.pitch = Math.min(MAX_PITCH, Math.max(-MAX_PITCH, camera.pitch + pitch));
}

/**
 * The camera a share `t` in [0, 1] of the way from `a` to `b`, written into `out`. The zoom moves evenly in its
 * logarithm, and the centre so that one place of the screen stays fixed, as when zooming by hand: a centre moved
 * evenly would swing out of view when the zooms differ much.
 */
export function mixCameras(a: Readonly<Camera>, b: Readonly<Camera>, t: number, out: Camera): void {
  const zoom = a.zoom * (b.zoom / a.zoom) ** t;
  const ratio = a.zoom / b.zoom;
  const share = Math.abs(1 - ratio) < 1e-3 ? t : (1 - a.zoom / zoom) / (1 - ratio);
  out.x = a.x + (b.x - a.x) * share;
  out.y = a.y + (b.y - a.y) * share;
  out.z = a.z + (b.z - a.z) * share;
  out.zoom = zoom;
  out.yaw = a.yaw + (b.yaw - a.yaw) * t;
  out.pitch = a.pitch + (b.pitch - a.pitch) * t;
  out.perspective = a.perspective + (b.perspective - a.perspective) * t;
}
