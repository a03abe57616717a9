import { IdleWork } from "./idle-work";
import { exhaust } from "./steps";

/** Milliseconds of work at a stretch: half a frame's, so that input is answered and the page's own frames come. */
const SLICE = 8;

/**
 * Takes many points in, in slices between frames. What depends on them waits, or has the rest done at once: so nobody can
 * tell that they were not there from the beginning, but by the time.
 */
export class Intake {
  private readonly work = new IdleWork({ rest: 0, slice: SLICE });
  private steps: Iterator<void> | null = null;
  private isBegun = false;
  private actions: (() => void)[] = [];

  /** True while points are being taken in. */
  get busy(): boolean {
    return this.steps !== null;
  }

  /**
   * Begins with the next task. Points that were handed over before are taken in first, unless nothing was done with them
   * yet: those are dropped.
   */
  begin(steps: Iterator<void>): void {
    if (this.isBegun || this.actions.length > 0) this.finish();
    this.isBegun = false;
    const all = this.withActions(steps);
    this.steps = all;
    this.work.begin(
      () => all,
      () => {},
    );
  }

  /** Does something once the points are there: now, when none are being taken in. */
  afterwards(action: () => void): void {
    if (this.steps) this.actions.push(action);
    else action();
  }

  /** Takes in at once what is left. */
  finish(): void {
    const { steps } = this;
    if (!steps) return;
    this.work.stop();
    exhaust(steps);
  }

  /** Forgets the points that were to be taken in. */
  stop(): void {
    this.work.stop();
    this.steps = null;
    this.actions = [];
  }

  private *withActions(steps: Iterator<void>): Generator<void> {
    this.isBegun = true;
    try {
      while (!steps.next().done) yield;
      for (let action = this.actions.shift(); action; action = this.actions.shift()) {
        yield;
        action();
      }
    } finally {
      this.steps = null;
      this.actions = [];
    }
  }
}
