/** A slice of work, in milliseconds: half a frame, so that input is answered in between. */
const SLICE = 7;
/** Pause before a job begins, in milliseconds: while points move it would have to begin anew each time. */
const REST = 120;

/** Does one long job in slices, between frames and without asking for any. */
export class IdleWork {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins a job once nothing has been begun for a while; one that is under way is given up. */
  begin(job: () => Iterator<void>, done: () => void): void {
    this.stop();
    let steps: Iterator<void> | undefined;
    const slice = () => {
      const until = performance.now() + SLICE;
      steps ??= job();
      while (performance.now() < until) {
        if (!steps.next().done) continue;
        this.timer = undefined;
        done();
        return;
      }
      this.timer = setTimeout(slice);
    };
    this.timer = setTimeout(slice, REST);
  }

  /** Gives the job up. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
