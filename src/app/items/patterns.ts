import type { Item } from "../../collection/types";
import { NamedError, throwIfCancelled } from "../../core/errors";
import { connect, type Remote } from "../../remote/connect";
import type { PatternMethods } from "./pattern-protocol";

/**
 * An expression that has not answered by then never may: backtracking takes exponential time on some texts. A hundred
 * thousand texts take a plain expression 20 ms.
 */
const longestMilliseconds = 2_000;
/** Texts a message: handing them over must not hold the page for longer than a frame. */
const textsAtOnce = 5_000;

/** Why a text is no regular expression, in the browser's words without its preamble; undefined when it is one. */
export function faultOf(source: string): string | undefined {
  try {
    new RegExp(source, "iu");
    return undefined;
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return message.slice(message.lastIndexOf(": ") + 2).replace(/\.?$/, ".");
  }
}

/** What a regular expression looks at: the whole text, or what the item is called. */
const textOf = ({ text, label }: Item) => text ?? label;

/** Finds items by regular expression, in a worker that is ended when an expression takes too long. */
export class PatternSearch {
  private remote: Remote<PatternMethods> | undefined;
  private holds: readonly Item[] | undefined;

  /**
   * The items that match, in their order, whatever their case. Rejects with `PatternTooSlow`, or `Cancelled`; `source` must be an
   * expression (see `faultOf`).
   */
  async find(items: readonly Item[], source: string, signal: AbortSignal): Promise<readonly Item[]> {
    const remote = await this.holding(items, signal);
    const late = Symbol();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), longestMilliseconds);
    });
    // A worker in the middle of an expression hears no abort: ending it is the only way to stop it.
    const stop = () => this.close();
    signal.addEventListener("abort", stop);
    try {
      const hits = await Promise.race([remote.call("match", { source }, { signal }), timeout]);
      if (hits !== late) return items.filter((_, at) => hits[at] === 1);
      this.close();
      throw new NamedError("PatternTooSlow", "This expression takes too long on these items.", {
        advice: "Avoid repeated groups that repeat themselves, such as (a+)+.",
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /** Ends the worker; the next search starts another. */
  close(): void {
    this.remote?.close();
    this.remote = undefined;
    this.holds = undefined;
  }

  /** A worker that holds these items' texts. */
  private async holding(items: readonly Item[], signal: AbortSignal): Promise<Remote<PatternMethods>> {
    if (this.remote && this.holds === items) return this.remote;
    this.close();
    const worker = new Worker(new URL("./pattern-worker.ts", import.meta.url), { type: "module" });
    const remote = connect<PatternMethods>(worker);
    this.remote = remote;
    for (let at = 0; at < items.length; at += textsAtOnce) {
      throwIfCancelled(signal);
      await remote.call("hold", { texts: items.slice(at, at + textsAtOnce).map(textOf) });
    }
    this.holds = items;
    return remote;
  }
}
