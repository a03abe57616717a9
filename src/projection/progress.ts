import type { Gate } from "./gate";
import type { LayoutRun } from "./methods/method";
import { createPace } from "./pacing";
import type { ProjectionProgress, ProjectionStage } from "./types";

/** Milliseconds between frames: six or seven a second read as motion, and copying them costs next to nothing. */
const FRAME_INTERVAL = 150;

/** Share of the whole job after which only the measuring is left. */
export const QUALITY_FROM = 0.7;

/** Where each stage begins and ends in the whole job's progress, from measured times of 10,000 × 384 vectors. */
const SHARES: Readonly<Record<ProjectionStage, readonly [number, number]>> = {
  neighbours: [0, 0.4],
  prepare: [0.4, 0.5],
  layout: [0.5, QUALITY_FROM],
  quality: [QUALITY_FROM, 1],
};

/** Shows progress; the positions of a frame belong to the receiver. */
export type Report = (progress: ProjectionProgress) => void;

/** What a job tells about itself while it runs, and how long each of its stages took. */
export interface JobRun extends LayoutRun {
  /** Milliseconds by stage, and in all, up to now. */
  times(): Record<string, number>;
}

/** Makes the run of one job, which pauses while the gate is closed. `place` brings a layout's positions to where they are drawn. */
export function createRun(
  signal: AbortSignal,
  gate: Gate,
  report: Report,
  place: (positions: ArrayLike<number>) => Float32Array,
): JobRun {
  const clock = createClock(["prepare", "neighbours", "layout", "quality"], gate);
  const pace = createPace(signal, gate);
  let lastFrame = performance.now();
  let fraction = 0;
  const tell = (positions?: Float32Array) => {
    report({ stage: clock.stage(), fraction, ...(positions ? { positions } : {}) });
  };
  return {
    enter(stage) {
      clock.enter(stage);
      // A stage that comes again, or out of turn, must not set the progress back.
      fraction = Math.max(fraction, SHARES[stage][0]);
      tell();
    },
    step(share) {
      const [from, to] = SHARES[clock.stage()];
      fraction = Math.max(fraction, from + (to - from) * Math.min(1, share));
      const waiting = pace();
      if (waiting) tell();
      return waiting;
    },
    wantsFrame: () => performance.now() - lastFrame >= FRAME_INTERVAL,
    frame(positions) {
      lastFrame = performance.now();
      tell(place(positions));
    },
    times: () => clock.stop(),
  };
}

/** Adds up the time spent in each stage, pauses left out. */
function createClock(stages: readonly ProjectionStage[], gate: Gate) {
  const working = () => performance.now() - gate.milliseconds;
  const began = working();
  const spent: Record<string, number> = Object.fromEntries(stages.map((stage) => [stage, 0]));
  let current: ProjectionStage = "prepare";
  let since = began;
  const enter = (stage: ProjectionStage) => {
    const now = working();
    spent[current] += now - since;
    current = stage;
    since = now;
  };
  return {
    enter,
    stage: () => current,
    stop(): Record<string, number> {
      enter(current);
      return { ...spent, total: since - began };
    },
  };
}
