import { connect, type Remote } from "../../remote/connect";
import type { SeenPoints } from "../near";
import type { FinderMethods } from "./methods";

/**
 * A worker that looks through the page's own arrays, where memory can be shared: the page is held for no longer than it
 * takes to ask. Where it can't be, or the worker can't be had, the page looks by itself, in slices.
 */
export class Finder {
  private remote: Remote<FinderMethods> | undefined;
  /** What the worker was shown last. */
  private shown: SeenPoints | undefined;
  private hasFailed = false;

  /** True when the worker is there to be asked. */
  get ready(): boolean {
    return this.remote !== undefined;
  }

  /** Has the worker begin, unless that is of no use: `shared` says whether the arrays can be seen by it. */
  start(shared: boolean): void {
    if (this.remote || this.hasFailed || !shared) return;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "finder" });
    this.remote = connect<FinderMethods>(worker);
  }

  /** Has the worker look through these from now on. It is told only where they lie in other memory than those before. */
  show(points: SeenPoints): void {
    if (!this.remote || (this.shown && isSame(points, this.shown))) return;
    this.shown = points;
    // Who asks for something learns why it can't be told.
    this.remote.call("show", points).catch(() => {});
  }

  /**
   * Asks the worker. `answered` gets its answer, unless `signal` says that nobody waits for it; `failed` is called when
   * there will be none, and from then on there is no worker.
   */
  ask<K extends keyof FinderMethods>(
    method: K,
    input: FinderMethods[K]["input"],
    signal: AbortSignal,
    answered: (output: FinderMethods[K]["output"]) => void,
    failed: () => void,
  ): void {
    this.remote?.call(method, input, { signal }).then(
      (output) => {
        if (!signal.aborted) answered(output);
      },
      () => {
        if (signal.aborted) return;
        this.hasFailed = true;
        this.close();
        failed();
      },
    );
  }

  /** Ends the worker. */
  close(): void {
    this.remote?.close();
    this.remote = this.shown = undefined;
  }
}

function isSame(a: SeenPoints, b: SeenPoints): boolean {
  // Boxes get other memory whenever points do, and are swapped with them.
  return a.to === b.to && a.from === b.from && a.style === b.style && a.count === b.count;
}
