import type { CallContext } from "../../remote/protocol";
import type { ModelCard } from "../card";
import type { LoadProgress } from "../types";
import type { Opened, OpenInput } from "./open-model";

type Open<Card extends ModelCard> = (
  input: OpenInput<Card>,
  context: CallContext<LoadProgress>,
) => Promise<Opened<Card>>;

/** An opening that a worker began before the page asked for it, kept for the first one who asks for the same. */
export class EarlyOpening<Card extends ModelCard> {
  private readonly controller = new AbortController();
  private readonly question: string;
  private readonly opened: Promise<Opened<Card>>;
  private last: LoadProgress | undefined;
  private listener: ((progress: LoadProgress) => void) | undefined;

  /** Begins at once. */
  constructor(input: OpenInput<Card>, open: Open<Card>) {
    this.question = question(input);
    this.opened = open(input, {
      signal: this.controller.signal,
      progress: (progress) => {
        this.last = progress;
        this.listener?.(progress);
      },
    });
    // Whoever asks hears of the failure; meanwhile it must not count as unhandled.
    this.opened.catch(() => {});
  }

  /** What comes of it, when it was begun with exactly this input; else it is given up, and undefined. */
  take(
    input: OpenInput<Card>,
    { signal, progress }: CallContext<LoadProgress>,
  ): Promise<Opened<Card>> | undefined {
    if (this.question !== question(input)) {
      this.controller.abort();
      return undefined;
    }
    signal.addEventListener("abort", () => this.controller.abort());
    if (signal.aborted) this.controller.abort();
    if (this.last) progress(this.last);
    this.listener = progress;
    return this.opened;
  }
}

/** The same for two inputs that ask for the same. */
function question<Card extends ModelCard>({ card, plan, files, asked, runtime }: OpenInput<Card>): string {
  return JSON.stringify([card, plan, files, asked, runtime]);
}
