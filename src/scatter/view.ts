import {
  copyCamera,
  createCamera,
  focalLength,
  type Lens,
  NEAR,
  orbit,
  pan,
  sameCamera,
  writeMatrix,
  zoomAbout,
} from "./camera";
import { CameraMotion } from "./camera-motion";
import type { Cloud } from "./cloud";
import {
  type Bounds,
  createBounds,
  farthestAlong,
  fitPlane,
  fitSpace,
  type Insets,
  labelInsets,
  measure,
} from "./fit";
import type { ScatterView } from "./types";

/** How far the user may zoom out and in, as multiples of the zoom that shows everything. */
const FARTHEST = 1 / 12;
const NEAREST = 4000;
/** The angles from which a map in space is first seen: enough of a turn that depth shows at once. */
const SPACE_YAW = -0.55;
const SPACE_PITCH = 0.38;
/** Radians per CSS pixel of dragging: half a turn across 600 px. */
const ORBIT_RATE = Math.PI / 600;

/** The camera of the map: what it shows, how it moves, and where it may go. */
export class View {
  readonly lens: Lens = { width: 1, height: 1, reach: 1 };
  readonly matrix = new Float32Array(16);
  /** False while the map follows the points by itself; true once the user has moved the camera. */
  moved = false;
  private readonly camera = createCamera();
  private readonly motion = new CameraMotion(this.camera);
  private readonly drawn = createCamera();
  private readonly goal = createCamera();
  /** Where the points go. */
  readonly bounds = createBounds();
  private readonly partBounds = createBounds();
  private readonly cloud: Cloud;
  private readonly insets: Insets | undefined;
  private fittedZoom = 1;
  private stale = true;
  private changed = true;

  constructor(cloud: Cloud, insets: Insets | undefined) {
    this.cloud = cloud;
    this.insets = insets;
  }

  /** Sets the size of the view in CSS pixels. */
  resize(width: number, height: number): void {
    this.lens.width = width;
    this.lens.height = height;
    this.stale = true;
  }

  /** The points were replaced or moved: measures where they go. */
  pointsChanged(): void {
    const { cloud } = this;
    cloud.blocks.bounds(cloud.to, cloud.style, this.bounds);
    copyCamera(this.camera, this.goal);
    this.aim(null, this.bounds);
    this.fittedZoom = this.goal.zoom;
    this.stale = true;
  }

  /** Moves the camera so that points fill the view; see `Scatter.fit`. The angles follow the number of dimensions. */
  fit(indices: readonly number[] | null, now: number, travel: number): void {
    const { cloud } = this;
    let bounds = this.bounds;
    if (indices) {
      bounds = this.partBounds;
      measure(cloud.to, cloud.count, cloud.style, indices, bounds);
    }
    if (bounds.count === 0) return;
    copyCamera(this.motion.destination, this.goal);
    if (!indices) this.turnBack();
    this.aim(indices, bounds);
    if (indices) {
      this.goal.zoom = Math.min(this.goal.zoom, this.fittedZoom * 12);
      // One point has no extent to fill the view with: it is brought to the middle, at least as near as now.
      if (bounds.radius === 0) this.goal.zoom = Math.max(this.camera.zoom, this.fittedZoom * 2.5);
      this.goal.x = (bounds.minX + bounds.maxX) / 2;
      this.goal.y = (bounds.minY + bounds.maxY) / 2;
      this.goal.z = (bounds.minZ + bounds.maxZ) / 2;
    } else {
      this.moved = false;
    }
    this.motion.travel(this.goal, now, travel);
    this.stale = true;
  }

  /** Turns the view about a drag in space, or moves it on the plane. */
  drag(dx: number, dy: number, shifting: boolean): void {
    this.take();
    if (this.cloud.dimensions === 3 && !shifting) orbit(this.camera, dx * ORBIT_RATE, dy * ORBIT_RATE);
    else pan(this.camera, dx, dy);
  }

  /** Turns a map in space, by radians; one in the plane stays as it is. */
  orbitBy(yaw: number, pitch: number): void {
    if (this.cloud.dimensions !== 3) return;
    this.take();
    orbit(this.camera, yaw, pitch);
  }

  /** Moves the view by CSS pixels. */
  panBy(dx: number, dy: number): void {
    this.take();
    pan(this.camera, dx, dy);
  }

  /** Brings a place of the plane to the middle of the view. */
  centreOn(x: number, y: number): void {
    this.take();
    this.camera.x = x;
    this.camera.y = y;
  }

  /** The part of the plane that is in view, in world units: left, bottom, right, top. For a flat map. */
  visibleBox(): readonly [number, number, number, number] {
    const { x, y, zoom } = this.camera;
    const across = this.lens.width / 2 / zoom;
    const upright = this.lens.height / 2 / zoom;
    return [x - across, y - upright, x + across, y + upright];
  }

  /** Zooms at once about a place of the view. */
  zoomAt(factor: number, x: number, y: number): void {
    this.take();
    zoomAbout(this.camera, factor, x - this.lens.width / 2, y - this.lens.height / 2, ...this.limits());
  }

  /** Lets the zoom glide about a place of the view. */
  glideAt(factor: number, x: number, y: number, now: number): void {
    this.moved = true;
    this.motion.glideZoom(factor, x - this.lens.width / 2, y - this.lens.height / 2, now);
  }

  /** Moves the camera on, and writes the matrix. True when the picture has changed since the last call. */
  tick(now: number): boolean {
    this.motion.tick(now, ...this.limits());
    this.refresh();
    const { changed } = this;
    this.changed = false;
    return changed;
  }

  /** Brings the matrix up to date with the camera, without moving it. */
  refresh(): void {
    if (!this.stale && sameCamera(this.camera, this.drawn)) return;
    this.stale = false;
    this.changed = true;
    copyCamera(this.camera, this.drawn);
    this.lens.reach = this.reach();
    writeMatrix(this.camera, this.lens, this.matrix);
  }

  /** True while the camera moves by itself. */
  get travelling(): boolean {
    return this.motion.active;
  }

  /** True when the map is seen flat from above, as a plane. */
  get flat(): boolean {
    return this.camera.perspective === 0 && this.camera.yaw === 0 && this.camera.pitch === 0;
  }

  get perspective(): number {
    return this.camera.perspective;
  }

  get zoom(): number {
    return this.camera.zoom;
  }

  /** Zoom as a multiple of the zoom that shows everything. */
  get magnification(): number {
    return this.camera.zoom / this.fittedZoom;
  }

  /** Depth divisor at the nearest point. */
  get near(): number {
    return Math.max(NEAR, 1 - this.depthRate * this.bounds.radius);
  }

  /** Depth divisor at the farthest point. */
  get far(): number {
    return 1 + this.depthRate * this.bounds.radius;
  }

  /** Area that the points spread over, in world units squared, as seen from the camera. */
  get area(): number {
    const { bounds } = this;
    if (this.cloud.dimensions === 3) return 2 * bounds.radius * bounds.radius;
    return (
      Math.max(bounds.maxX - bounds.minX, bounds.radius / 4) *
      Math.max(bounds.maxY - bounds.minY, bounds.radius / 4)
    );
  }

  describe(): ScatterView {
    const { x, y, z, zoom } = this.camera;
    return { centre: [x, y, z], zoom, dimensions: this.cloud.dimensions };
  }

  /** By how much the depth divisor grows per world unit away from the eye. */
  private get depthRate(): number {
    return (this.camera.perspective * this.camera.zoom) / focalLength(this.lens);
  }

  /** Points `goal` at some points, from the angles that the number of dimensions asks for. */
  private aim(indices: readonly number[] | null, bounds: Bounds): void {
    const { cloud, goal, lens } = this;
    if (cloud.dimensions === 2) {
      goal.yaw = goal.pitch = goal.perspective = 0;
      fitPlane(goal, bounds, lens, this.room());
      return;
    }
    if (goal.perspective === 0) {
      goal.yaw = SPACE_YAW;
      goal.pitch = SPACE_PITCH;
      goal.perspective = 1;
    }
    const { to, style, count, blocks } = cloud;
    fitSpace(goal, bounds, lens, this.room(), (a, b, c) =>
      indices ? farthestAlong(a, b, c, to, count, style, indices) : blocks.farthestAlong(a, b, c, to, style),
    );
  }

  /** Sets the goal back to the angles from which a map in space is first seen, by the shorter way round. */
  private turnBack(): void {
    const { goal, camera } = this;
    if (goal.perspective === 0) return;
    const turns = Math.round((camera.yaw - SPACE_YAW) / (2 * Math.PI));
    camera.yaw -= turns * 2 * Math.PI;
    goal.yaw = SPACE_YAW;
    goal.pitch = SPACE_PITCH;
  }

  private take(): void {
    this.moved = true;
    this.motion.stop();
  }

  private limits(): [number, number] {
    return [this.fittedZoom * FARTHEST, this.fittedZoom * NEAREST];
  }

  private room(): Insets {
    return this.insets ?? labelInsets(this.lens);
  }

  /** Distance from the camera's centre to the farthest point. */
  private reach(): number {
    const { bounds, camera } = this;
    const x = (bounds.minX + bounds.maxX) / 2 - camera.x;
    const y = (bounds.minY + bounds.maxY) / 2 - camera.y;
    const z = (bounds.minZ + bounds.maxZ) / 2 - camera.z;
    return (Math.hypot(x, y, z) + bounds.radius) * 1.05 + 1e-9;
  }
}
