import type { Cloud } from "./cloud";
import type { Frames } from "./frames";
import { Intake } from "./intake";
import { flagMarks, type Marks } from "./marks";
import type { Minimap } from "./minimap";
import type { Pointing } from "./pointing";
import type { Renderer } from "./renderer";
import { replacing } from "./replace";
import type { ScatterLine, ScatterPoints, ScatterRegion } from "./types";
import type { View } from "./view";

/** While a layout streams, the camera follows in steps at least this long, so that it doesn't jitter. */
const FOLLOW = 250;
/** So many points are taken in at once, in a few milliseconds; more in slices, between frames. */
const AT_ONCE = 20_000;

/** What has to know when points or marks are others. */
interface Parts {
  readonly cloud: Cloud;
  readonly marks: Marks;
  readonly view: View;
  readonly renderer: Renderer;
  readonly minimap: Minimap;
  readonly pointing: Pointing;
  readonly frames: Frames;
}

/** What the map shows: the setters of `Scatter` for points and marks, in the order in which they are called. */
export class Contents {
  private readonly intake = new Intake();
  /** How many points there are, with those that are being taken in. */
  private count = 0;
  private readonly parts: Parts;
  private readonly isStill: () => boolean;

  /** @param isStill true when nothing may travel or glide. */
  constructor(parts: Parts, isStill: () => boolean) {
    this.parts = parts;
    this.isStill = isStill;
  }

  setPoints(points: ScatterPoints): void {
    this.count = points.count;
    this.intake.begin(this.takingIn(points));
    if (points.count <= AT_ONCE) this.intake.finish();
  }

  setPositions(positions: Float32Array, travel = 0): void {
    const { cloud, view, renderer, frames } = this.parts;
    this.intake.finish();
    const now = performance.now();
    const duration = this.isStill() ? 0 : travel;
    const wasEmpty = cloud.visible === 0;
    frames.pointsMoved(now);
    renderer.pointsMoved(cloud.move(positions, now, duration));
    this.placesChanged();
    if (!view.moved || wasEmpty) {
      view.fit(null, now, wasEmpty || this.isStill() ? 0 : Math.max(duration, FOLLOW));
    }
    frames.invalidate();
  }

  setColours(colours: Uint8Array): void {
    const { cloud, renderer, minimap, frames } = this.parts;
    const kept = this.kept(colours);
    this.intake.afterwards(() => {
      cloud.recolour(kept);
      renderer.coloursChanged();
      minimap.pointsChanged();
      frames.invalidate();
    });
  }

  setVisible(mask: Uint8Array | null): void {
    const { cloud, renderer, frames } = this.parts;
    if (mask && mask.length < this.count) {
      throw new RangeError(`a mask of ${mask.length} entries for ${this.count} points`);
    }
    const kept = mask && this.kept(mask);
    this.intake.afterwards(() => {
      // An app says that all are shown whenever it shows other points, and a million are not gone through for nothing.
      if (!kept && !cloud.filtered) return;
      cloud.filter(kept);
      renderer.pointsFiltered();
      this.placesChanged();
      frames.invalidate();
    });
  }

  setSelection(indices: readonly number[]): void {
    const { marks } = this.parts;
    const selection = [...indices];
    this.intake.afterwards(() => {
      if (selection.length === 0 && marks.selection.length === 0) return;
      marks.selection = selection;
      this.flagsChanged();
    });
  }

  setHover(index: number | null): void {
    const { marks, frames } = this.parts;
    this.intake.afterwards(() => {
      if (marks.hovered === index) return;
      marks.hovered = index;
      frames.invalidateOverlay();
    });
  }

  setEmphasis(indices: readonly number[] | null): void {
    const { marks } = this.parts;
    const emphasis = indices && [...indices];
    this.intake.afterwards(() => {
      if (!emphasis && !marks.emphasis) return;
      marks.emphasis = emphasis;
      this.flagsChanged();
    });
  }

  setLines(lines: readonly ScatterLine[]): void {
    const { marks, renderer, frames } = this.parts;
    const kept = [...lines];
    this.intake.afterwards(() => {
      marks.lines = kept;
      renderer.linesChanged();
      frames.invalidate();
    });
  }

  setRegions(regions: readonly ScatterRegion[]): void {
    const { renderer, frames } = this.parts;
    const kept = [...regions];
    this.intake.afterwards(() => {
      renderer.labels.regions.set(kept);
      renderer.surveyor.due = true;
      frames.invalidate();
    });
  }

  fit(indices: readonly number[] | null, travel: number): void {
    const { view, frames } = this.parts;
    const kept = indices && [...indices];
    this.intake.afterwards(() => {
      view.fit(kept, performance.now(), this.isStill() ? 0 : travel);
      frames.invalidate();
    });
  }

  /** Does something once the points are there: now, when none are being taken in. */
  afterwards(action: () => void): void {
    this.intake.afterwards(action);
  }

  /** Takes in at once what is left of points that are being taken in. */
  finish(): void {
    this.intake.finish();
  }

  /** Forgets points that are being taken in. */
  stop(): void {
    this.intake.stop();
  }

  /** Replaces the points, in steps; no frame is drawn meanwhile, so that the last one stays. */
  private *takingIn(points: ScatterPoints): Generator<void> {
    const { cloud, view, frames } = this.parts;
    const wasEmpty = cloud.visible === 0;
    const turned = cloud.dimensions !== points.dimensions;
    frames.hold();
    try {
      const travel = yield* replacing(this.parts, points, () => this.placesChanged(), this.isStill);
      if (wasEmpty || turned || !view.moved) view.fit(null, performance.now(), wasEmpty ? 0 : travel);
    } finally {
      frames.release();
    }
  }

  /** An array of the caller's, who may write to it again before the points that it is about are there. */
  private kept(array: Uint8Array): Uint8Array {
    return this.intake.busy ? array.slice() : array;
  }

  /** Points were replaced, moved or hidden. */
  private placesChanged(): void {
    const { view, minimap, pointing } = this.parts;
    view.pointsChanged();
    minimap.pointsChanged();
    pointing.stale = true;
  }

  private flagsChanged(): void {
    const { cloud, marks, renderer, frames } = this.parts;
    flagMarks(cloud, marks);
    renderer.flagsChanged();
    frames.invalidate();
  }
}
