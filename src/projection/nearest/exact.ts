import {
  COMPARISON_SHARE,
  fastNearestNeighbours,
  openKernel,
  settleCandidates,
  stripeShare,
} from "../../core/knn/fast-nearest";
import type { Candidates, SimilarityKernel } from "../../core/knn/kernel";
import type { Matrix } from "../../core/matrix";
import type { NearestNeighbours } from "../../core/nearest";
import type { Metric } from "../../core/space";
import type { Step } from "../../core/step";
import { connect, type Remote } from "../../remote/connect";
import type { HelperMethods } from "./protocol";

/** Products above which helpers are worth starting: 0.12 s for one processor, twice what a start takes. */
const WORTH_HELP = 3e9;

/** Where threads share no memory each helper holds its own copy of the vectors; more would take memory for little time. */
const MOST_COPIES = 3;

/** More wait for each other's memory more than they help. */
const MOST_HELPERS = 7;

/** Stripes that a helper is given at a time: some 40 ms at 10,000 rows, so that messages are few and the end is even. */
const BATCH = 4;

/**
 * The `k` nearest other rows of every row, exactly, by WebAssembly on this worker and, for many rows, on helpers beside it.
 * On an isolated page they all work on one copy of the rows; elsewhere each helper is sent its own. A helper that fails leaves its share to this worker.
 */
export async function exactNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  step: Step,
): Promise<NearestNeighbours> {
  const wanted = Math.max(0, Math.min(k, matrix.rows - 1));
  const products = (matrix.rows ** 2 / 2) * matrix.dimension;
  const count = products < WORTH_HELP ? 0 : helperCount();
  if (count === 0 || wanted === 0) return fastNearestNeighbours(matrix, k, metric, step);
  const kernel =
    openKernel(matrix, metric, wanted, "int16", count) ?? openKernel(matrix, metric, wanted, "int16");
  if (!kernel) return fastNearestNeighbours(matrix, k, metric, step);
  const queue = new StripeQueue(kernel.stripes);
  const shared = kernel.sharedRows;
  const helpers = Array.from({ length: shared ? count : Math.min(MOST_COPIES, count) }, (_, i) => {
    const take = shared
      ? (remote: Remote<HelperMethods>) => remote.call("share", { rows: shared, place: i + 1 })
      : (remote: Remote<HelperMethods>) => sendCopy(remote, matrix, metric, wanted);
    return new Helper(take, queue, step);
  });
  try {
    const found = [await compareOwn(kernel, queue, step)];
    for (const helper of helpers) {
      const candidates = await helper.finish();
      if (candidates) found.push(candidates);
    }
    // What a failed helper had taken is still to be done, on a kernel of its own: stripes must come in order.
    if (queue.hasReturned) found.push(await compareReturned(matrix, metric, wanted, queue, step));
    return await settleCandidates(matrix, metric, wanted, found, kernel.keyError, step);
  } finally {
    for (const helper of helpers) helper.close();
  }
}

/** As many as there are processors beside this one. Tests in Node have no workers, and none is needed. */
function helperCount(): number {
  if (typeof Worker === "undefined") return 0;
  return Math.min(MOST_HELPERS, (navigator.hardwareConcurrency || 1) - 1);
}

/** Hands out stripes in increasing order. */
class StripeQueue {
  readonly #stripes: number;
  #next = 0;
  #returned: number[] = [];

  constructor(stripes: number) {
    this.#stripes = stripes;
  }

  take(count: number): number[] {
    const from = this.#next;
    this.#next = Math.min(this.#stripes, from + count);
    return Array.from({ length: this.#next - from }, (_, i) => from + i);
  }

  giveBack(stripes: readonly number[]): void {
    this.#returned.push(...stripes);
  }

  get hasReturned(): boolean {
    return this.#returned.length > 0;
  }

  takeReturned(): number[] {
    const returned = this.#returned.toSorted((a, b) => a - b);
    this.#returned = [];
    return returned;
  }

  /** Share of the pairs whose comparison has begun. */
  get share(): number {
    return stripeShare(this.#next - 1, this.#stripes);
  }
}

async function compareOwn(kernel: SimilarityKernel, queue: StripeQueue, step: Step): Promise<Candidates> {
  for (let [stripe] = queue.take(1); stripe !== undefined; [stripe] = queue.take(1)) {
    kernel.compareStripe(stripe);
    const waiting = step(COMPARISON_SHARE * queue.share);
    if (waiting) await waiting;
  }
  return kernel.candidates();
}

async function compareReturned(
  matrix: Matrix,
  metric: Metric,
  k: number,
  queue: StripeQueue,
  step: Step,
): Promise<Candidates> {
  const kernel = openKernel(matrix, metric, k, "int16");
  if (!kernel) throw new Error("the kernel was there before");
  for (const stripe of queue.takeReturned()) {
    kernel.compareStripe(stripe);
    const waiting = step(COMPARISON_SHARE);
    if (waiting) await waiting;
  }
  return kernel.candidates();
}

function sendCopy(remote: Remote<HelperMethods>, matrix: Matrix, metric: Metric, k: number) {
  const data = matrix.data.slice(0, matrix.rows * matrix.dimension);
  const own = { data, rows: matrix.rows, dimension: matrix.dimension };
  return remote.call("hold", { matrix: own, metric, k }, { transfer: [data.buffer] });
}

/** One helper worker, at work from its making on. */
class Helper {
  readonly #remote: Remote<HelperMethods>;
  readonly #taken: number[] = [];
  readonly #working: Promise<Candidates | undefined>;

  /** `take` makes the worker take the rows over. */
  constructor(take: (remote: Remote<HelperMethods>) => Promise<unknown>, queue: StripeQueue, step: Step) {
    this.#remote = connect<HelperMethods>(
      new Worker(new URL("./helper.ts", import.meta.url), { type: "module" }),
    );
    this.#working = this.#work(take, queue, step).catch(() => {
      queue.giveBack(this.#taken);
      return undefined;
    });
  }

  /** What the helper found, once no stripes are left; undefined when it failed. */
  finish(): Promise<Candidates | undefined> {
    return this.#working;
  }

  close(): void {
    this.#remote.close();
  }

  async #work(
    take: (remote: Remote<HelperMethods>) => Promise<unknown>,
    queue: StripeQueue,
    step: Step,
  ): Promise<Candidates> {
    await take(this.#remote);
    const next = () => {
      const stripes = queue.take(BATCH);
      this.#taken.push(...stripes);
      if (stripes.length === 0) return undefined;
      const call = this.#remote.call("compare", { stripes });
      // When the helper fails, the batch before this one says so first.
      call.catch(() => undefined);
      return call;
    };
    // Two batches are under way at a time: this worker answers only between slices of its own work.
    let first = next();
    let second = next();
    while (first) {
      await first;
      // The helper pauses, and is cancelled, with this worker.
      await step(COMPARISON_SHARE * queue.share);
      first = second;
      second = next();
    }
    return this.#remote.call("candidates", undefined);
  }
}
