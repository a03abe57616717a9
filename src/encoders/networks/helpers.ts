import { reportError } from "../../core/errors";
import { cosine } from "../../core/vectors";
import { usefulThreads } from "../load/device";
import { KEPT_FOR } from "../load/network";

/** What a network gives, by tensor. */
export type NetworkVectors = ReadonlyMap<string, Float32Array>;

/** Workers that run a network by kernels of our own, each on one thread. */
export interface Helpers<Worker> {
  /** True while they stand ready. */
  readonly isWarm: boolean;
  /**
   * Lets a job use them, and starts them for the first one; undefined where the network is none for them, or where they
   * can't be started. They are put away some time after the last job.
   */
  use<T>(job: (workers: readonly Worker[] | undefined) => Promise<T>): Promise<T>;
}

/** How helpers are started. */
export interface HelperTask<Worker> {
  spawn(): Worker;
  /** What it gives for a known input; undefined for networks that are not understood. */
  open(worker: Worker): Promise<NetworkVectors | undefined>;
  /** What onnxruntime gives for that input: helpers that give something else are not used. */
  probe(): Promise<NetworkVectors>;
}

/** Each holds the weights once more, 14 MB for pictures and 23 MB for texts, and some megabytes to work in. */
const MOST_HELPERS = 4;

/** The same weights give the same numbers but for the order in which they are summed. */
const SAME = 0.99999;

/** Nothing is started before the first use. */
export function createHelpers<Worker extends { close(): void }>(task: HelperTask<Worker>): Helpers<Worker> {
  let started: Promise<readonly Worker[]> | undefined;
  let isWarm = false;
  let isUnfit = false;
  let jobs = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const putAway = () => {
    const workers = started;
    started = undefined;
    isWarm = false;
    void workers?.then((list) => {
      for (const worker of list) worker.close();
    });
  };

  return {
    get isWarm() {
      return isWarm;
    },
    async use(job) {
      if (isUnfit) return await job(undefined);
      clearTimeout(rest);
      jobs += 1;
      try {
        started ??= start(task);
        const workers = await started;
        isUnfit = workers.length === 0;
        isWarm = !isUnfit;
        return await job(isUnfit ? undefined : workers);
      } catch (error) {
        if (reportError(error).name === "WorkerCrashed") putAway();
        throw error;
      } finally {
        jobs -= 1;
        clearTimeout(rest);
        if (jobs === 0) rest = setTimeout(putAway, KEPT_FOR);
      }
    },
  };
}

/** Starts the helpers, and compares what they give; none where one of them gives something else than onnxruntime. */
async function start<Worker extends { close(): void }>({
  spawn,
  open,
  probe,
}: HelperTask<Worker>): Promise<readonly Worker[]> {
  const count = Math.min(MOST_HELPERS, usefulThreads(navigator.hardwareConcurrency || 1));
  const workers = Array.from({ length: count }, spawn);
  try {
    const [expected, ...found] = await Promise.all([probe(), ...workers.map(open)]);
    if (expected && found.every((vectors) => agree(vectors, expected))) return workers;
  } catch {
    // Out of memory, or no script: onnxruntime goes on alone.
  }
  for (const worker of workers) worker.close();
  return [];
}

function agree(found: NetworkVectors | undefined, expected: NetworkVectors): boolean {
  return [...expected].every(([name, vector]) => {
    const other = found?.get(name);
    return other?.length === vector.length && cosine(other, vector) > SAME;
  });
}

/** Hands work to the helper that has the least of it. */
export class Dispatcher<Worker> {
  readonly #workers: readonly Worker[];
  readonly #busy: number[];

  constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    this.#busy = workers.map(() => 0);
  }

  async give<T>(work: (worker: Worker) => Promise<T>): Promise<T> {
    const least = this.#busy.indexOf(Math.min(...this.#busy));
    this.#busy[least] += 1;
    try {
      return await work(this.#workers[least]);
    } finally {
      this.#busy[least] -= 1;
    }
  }
}
