/** Where a job waits while it is paused. */
export class Gate {
  readonly #waiting = new Set<() => void>();
  #isOpen = true;
  #closedSince = 0;
  #closedFor = 0;

  /** Milliseconds that it was closed in all, up to now. */
  get milliseconds(): number {
    return this.#closedFor + (this.#isOpen ? 0 : performance.now() - this.#closedSince);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closedSince = performance.now();
  }

  open(): void {
    this.#closedFor = this.milliseconds;
    this.#isOpen = true;
    for (const goOn of this.#waiting) goOn();
  }

  /** Resolves once it is open, or the signal is aborted. */
  async passed(signal: AbortSignal): Promise<void> {
    while (!this.#isOpen && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const goOn = () => {
          this.#waiting.delete(goOn);
          signal.removeEventListener("abort", goOn);
          resolve();
        };
        this.#waiting.add(goOn);
        signal.addEventListener("abort", goOn);
      });
    }
  }
}
