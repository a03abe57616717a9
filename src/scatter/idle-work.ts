/** A slice of work, in milliseconds: a fraction of a frame, so that input is answered and frames drawn in between. */
const SLICE = 4;
/** Pause before a job begins, in milliseconds: while points move it would have to begin anew each time. */
const REST = 120;

/** How a job is cut up. */
export interface IdlePace {
  /** Milliseconds of rest before it begins; the default is 120. */
  readonly rest?: number;
  /** Milliseconds of work at a stretch; the default is 4. */
  readonly slice?: number;
}

/** Does one long job in slices, between frames and without asking for any. */
export class IdleWork {
  /** The longest stretch of the last job, in milliseconds. */
  longest = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly rest: number;
  private readonly slice: number;

  constructor({ rest = REST, slice = SLICE }: IdlePace = {}) {
    this.rest = rest;
    this.slice = slice;
  }

  /** Begins a job once nothing has been begun for a while; one that is under way is given up. */
  begin(job: () => Iterator<void>, done: () => void): void {
    this.stop();
    this.longest = 0;
    let steps: Iterator<void> | undefined;
    const work = () => {
      const started = performance.now();
      let spent = 0;
      steps ??= job();
      let finished: boolean | undefined = false;
      while (!finished && spent < this.slice) {
        finished = steps.next().done;
        spent = performance.now() - started;
      }
      this.longest = Math.max(this.longest, spent);
      this.timer = finished ? undefined : setTimeout(work);
      if (finished) done();
    };
    this.timer = setTimeout(work, this.rest);
  }

  /** Gives the job up. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
