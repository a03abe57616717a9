/** Runs a function once per animation frame, only while somebody asks for it: an idle map costs no CPU at all. */
export class FrameLoop {
  private handle = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSoon = false;
  private readonly frame: (now: number) => void;

  constructor(frame: (now: number) => void) {
    this.frame = frame;
  }

  /** Asks for one more frame; asking twice before it comes is asking once. */
  request(): void {
    if (this.handle !== 0) return;
    this.handle = requestAnimationFrame(() => {
      this.handle = 0;
      // The time of now, not of the frame's start: travels begun since then must not run backwards.
      this.frame(performance.now());
    });
  }

  /** Asks for a frame as soon as the code that runs now has ended, without waiting for the page's next one. */
  requestSoon(): void {
    if (this.isSoon) return;
    this.isSoon = true;
    queueMicrotask(() => {
      if (!this.isSoon) return;
      this.isSoon = false;
      this.frame(performance.now());
    });
  }

  /** Asks for a frame in `milliseconds`. */
  requestIn(milliseconds: number): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.request();
    }, milliseconds);
  }

  /** Forgets what was asked for. */
  stop(): void {
    cancelAnimationFrame(this.handle);
    clearTimeout(this.timer);
    this.handle = 0;
    this.timer = undefined;
    this.isSoon = false;
  }
}
