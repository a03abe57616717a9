import type { CallContext } from "../../remote/protocol";
import type { ModelCard } from "../card";
import type { LoadProgress } from "../types";
import type { Opened, OpenInput, RuntimePlan } from "./open-model";

/** What is opened, before the device is known. */
export type EarlyInput<Card extends ModelCard> = Omit<OpenInput<Card>, "plan">;

type Open<Card extends ModelCard> = (
  input: EarlyInput<Card>,
  plan: Promise<RuntimePlan>,
  context: CallContext<LoadProgress>,
) => Promise<Opened<Card>>;

/** An opening that a worker began before the page asked for it, kept for the first one who asks for the same. */
export class EarlyOpening<Card extends ModelCard> {
  private readonly open: Open<Card>;
  private readonly controller = new AbortController();
  private readonly plan: Promise<RuntimePlan>;
  /** Tells the device, without which an opening can't come to its end. */
  readonly planned: (plan: RuntimePlan) => void;
  private readonly question: Promise<string | undefined>;
  private opened: Promise<Opened<Card>> | undefined;
  private last: LoadProgress | undefined;
  private listener: ((progress: LoadProgress) => void) | undefined;

  /** Begins as soon as `find` knows what to open; where it can't, nothing is opened. */
  constructor(find: () => Promise<EarlyInput<Card>>, open: Open<Card>) {
    this.open = open;
    let planned: (plan: RuntimePlan) => void = () => undefined;
    this.plan = new Promise((resolve) => {
      planned = resolve;
    });
    this.planned = planned;
    this.question = find().then(
      (input) => this.begin(input),
      () => undefined,
    );
  }

  private async begin(input: EarlyInput<Card>): Promise<string> {
    this.opened = this.open(input, this.plan, {
      signal: this.controller.signal,
      progress: (progress) => {
        this.last = progress;
        this.listener?.(progress);
      },
    });
    // Whoever asks hears of the failure; meanwhile it must not count as unhandled.
    this.opened.catch(() => {});
    return question({ ...input, plan: await this.plan });
  }

  /** What came of it, when it was begun with exactly this input; else it is given up, and undefined. */
  async take(
    input: OpenInput<Card>,
    { signal, progress }: CallContext<LoadProgress>,
  ): Promise<Opened<Card> | undefined> {
    if ((await this.question) !== question(input)) {
      this.controller.abort();
      return undefined;
    }
    signal.addEventListener("abort", () => this.controller.abort());
    if (signal.aborted) this.controller.abort();
    if (this.last) progress(this.last);
    this.listener = progress;
    return await this.opened;
  }
}

/** The same for two inputs that ask for the same. */
function question<Card extends ModelCard>({ card, plan, files, asked, runtime }: OpenInput<Card>): string {
  return JSON.stringify([card, plan, files, asked, runtime]);
}
