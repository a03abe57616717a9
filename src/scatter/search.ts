import { Choice, type Chosen } from "./choice";
import type { Finder } from "./finder/finder";
import { IdleWork } from "./idle-work";
import type { SeenFrom, SeenPoints, Spot } from "./near";
import type { Sight } from "./sight";

/** What looking at points may hold the page at a stretch, milliseconds: a user feels none of it. */
export const SLICE = 2;

/** What is looked for. */
export interface Wanted {
  readonly points: SeenPoints;
  /** How they are seen now; it is not kept. */
  readonly from: SeenFrom;
  /** The points as they are seen now, for whoever looks by himself. */
  sight(): Sight;
  readonly spot: Spot;
  /** See `NearRequest.reach`. */
  readonly reach: number;
  /** Called with what was found. */
  tell(chosen: Chosen): void;
}

/** Looks for the point that is meant by a place among all points: has a worker do it, or does so itself in slices. */
export class Search {
  /** The longest stretch for which it held the page, milliseconds. */
  longest = 0;
  private readonly work = new IdleWork({ rest: 0, slice: SLICE });
  private asked = new AbortController();
  private readonly finder: Finder;
  private readonly prepare: () => Wanted;

  /** @param prepare called whenever it begins: what is looked for, and where, as of then. */
  constructor(finder: Finder, prepare: () => Wanted) {
    this.finder = finder;
    this.prepare = prepare;
  }

  /** Begins, anew if it was under way. */
  begin(): void {
    this.stop();
    const started = performance.now();
    this.longest = 0;
    const wanted = this.prepare();
    if (this.finder.ready) this.ask(wanted);
    else this.look(wanted);
    this.longest = performance.now() - started;
  }

  /** Gives up what is under way. */
  stop(): void {
    this.work.stop();
    this.asked.abort();
  }

  private ask({ points, from, spot, reach, tell }: Wanted): void {
    this.asked = new AbortController();
    this.finder.show(points);
    this.finder.ask("near", { from, spot, reach }, this.asked.signal, tell, () => this.begin());
  }

  private look(wanted: Wanted): void {
    const { spot, reach, tell } = wanted;
    const sight = wanted.sight();
    const choice = new Choice();
    choice.begin(reach);
    this.work.begin(
      () => sight.near(spot, choice),
      () => {
        this.longest = Math.max(this.longest, this.work.longest);
        tell(choice);
      },
    );
  }
}
