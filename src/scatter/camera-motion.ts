import { type Camera, copyCamera, createCamera, mixCameras, zoomAbout } from "./camera";
import { progress } from "./easing";

/** Time constant of the wheel's glide in milliseconds: notches melt into one motion, yet the map follows at once. */
const GLIDE = 55;
/** A rest of zoom (in its logarithm) that can't be seen. */
const GLIDE_REST = 0.0005;

/** Moves a camera over time: to a given view, or gliding after the wheel. */
export class CameraMotion {
  private readonly camera: Camera;
  private readonly start = createCamera();
  private readonly goal = createCamera();
  private startTime = 0;
  private duration = 0;
  private moving = false;
  private glide = 0;
  private glideX = 0;
  private glideY = 0;
  private lastTick = 0;

  constructor(camera: Camera) {
    this.camera = camera;
  }

  /** True while the camera moves by itself. */
  get active(): boolean {
    return this.moving || this.glide !== 0;
  }

  /** Where the camera will stand when its motion has ended, without the wheel's glide. */
  get destination(): Readonly<Camera> {
    return this.moving ? this.goal : this.camera;
  }

  /** Moves to `goal` in `duration` milliseconds; 0: at once. */
  travel(goal: Readonly<Camera>, now: number, duration: number): void {
    this.glide = 0;
    if (duration <= 0) {
      copyCamera(goal, this.camera);
      this.moving = false;
      return;
    }
    copyCamera(this.camera, this.start);
    copyCamera(goal, this.goal);
    this.startTime = now;
    this.duration = duration;
    this.moving = true;
  }

  /** Lets the zoom glide by `factor` about a place `dx`, `dy` CSS pixels from the view's centre. */
  glideZoom(factor: number, dx: number, dy: number, now: number): void {
    this.moving = false;
    if (this.glide === 0) this.lastTick = now;
    this.glide += Math.log(factor);
    this.glideX = dx;
    this.glideY = dy;
  }

  /** Stops where it is: the user took hold of the map. */
  stop(): void {
    this.moving = false;
    this.glide = 0;
  }

  /** Moves the camera on to `now`. True while there is more to come. */
  tick(now: number, least: number, most: number): boolean {
    if (this.moving) {
      const t = Math.min(1, Math.max(0, (now - this.startTime) / this.duration));
      mixCameras(this.start, this.goal, progress(t, this.duration), this.camera);
      if (t >= 1) {
        copyCamera(this.goal, this.camera);
        this.moving = false;
      }
    }
    if (this.glide !== 0) {
      const passed = Math.max(0, now - this.lastTick);
      this.lastTick = now;
      const step = this.glide * (1 - Math.exp(-passed / GLIDE));
      const done = Math.abs(this.glide - step) < GLIDE_REST;
      zoomAbout(this.camera, Math.exp(done ? this.glide : step), this.glideX, this.glideY, least, most);
      this.glide = done ? 0 : this.glide - step;
    }
    return this.active;
  }
}
