import { reportError } from "../../core/errors";
import { cosine } from "../../core/vectors";
import { connect, type Remote } from "../../remote/connect";
import type { Preprocessing } from "../card";
import { createGate } from "../gate";
import { usefulThreads } from "../load/device";
import { KEPT_FOR } from "../load/network";
import type { Placement } from "./preprocess";
import type { PictureVectors, ReaderWorkerMethods } from "./reader-worker";

/** Several workers that read whole pictures. */
export interface Readers {
  /** Pictures that should be under way at once, so that none of them waits for work. */
  readonly lanes: number;
  /** The network's vectors of a picture. Throws as `decodeImage` does. */
  read(
    image: Blob,
    signal: AbortSignal,
  ): Promise<{ readonly place: Placement; readonly vectors: PictureVectors }>;
}

/** Readers that are started when there is work for them, and put away when there is none. */
export interface ReaderPool {
  /** Lets a job use them; undefined where the network is none for them, or where they can't be started. */
  use<T>(job: (readers: Readers | undefined) => Promise<T>): Promise<T>;
}

/** What the readers read. */
export interface ReaderTask {
  /** The network's ONNX file. */
  readonly file: Blob;
  /** The tensors that are wanted, each one vector for a picture. */
  readonly outputs: readonly string[];
  readonly preprocessing: Preprocessing;
  /** What onnxruntime says of the probe picture "disc": another network is not used. */
  probe(): Promise<PictureVectors>;
}

/** Each holds the weights once more (14 MB) and its maps (8 MB), and two decoded pictures. */
const MOST_READERS = 4;

/** Two for each: one in the network, one being decoded. */
const LANES = 2;

/** Files from this size on may take hundreds of megabytes once decoded: they are read one at a time. */
const LARGE_FILE = 10 * 1024 * 1024;

/** The same weights give the same numbers but for the order in which they are summed. */
const SAME = 0.99999;

/** Nothing is started before the first use. */
export function createReaders(task: ReaderTask): ReaderPool {
  let started: Promise<readonly Remote<ReaderWorkerMethods>[]> | undefined;
  let isUnfit = false;
  let jobs = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const putAway = () => {
    const remotes = started;
    started = undefined;
    void remotes?.then((list) => {
      for (const remote of list) remote.close();
    });
  };

  return {
    async use(job) {
      if (isUnfit) return await job(undefined);
      clearTimeout(rest);
      jobs += 1;
      try {
        started ??= start(task);
        const remotes = await started;
        isUnfit = remotes.length === 0;
        return await job(isUnfit ? undefined : overAll(remotes));
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

/** Starts the readers, and compares what they read; none where one of them reads otherwise than onnxruntime. */
async function start({ probe, ...task }: ReaderTask): Promise<readonly Remote<ReaderWorkerMethods>[]> {
  const count = Math.min(MOST_READERS, usefulThreads(navigator.hardwareConcurrency || 1));
  const remotes = Array.from({ length: count }, () =>
    connect<ReaderWorkerMethods>(
      new Worker(new URL("./reader-worker.ts", import.meta.url), { type: "module", name: "picture reader" }),
    ),
  );
  try {
    const [expected, ...found] = await Promise.all([
      probe(),
      ...remotes.map((remote) => remote.call("open", task)),
    ]);
    if (expected && found.every((vectors) => agree(vectors, expected))) return remotes;
  } catch {
    // Out of memory, or no script: onnxruntime goes on alone.
  }
  for (const remote of remotes) remote.close();
  return [];
}

function agree(found: PictureVectors | undefined, expected: PictureVectors): boolean {
  return [...expected].every(([name, vector]) => {
    const other = found?.get(name);
    return other?.length === vector.length && cosine(other, vector) > SAME;
  });
}

function overAll(remotes: readonly Remote<ReaderWorkerMethods>[]): Readers {
  const gate = createGate(1);
  const busy = remotes.map(() => 0);
  const readNow = async (image: Blob, signal: AbortSignal) => {
    const least = busy.indexOf(Math.min(...busy));
    busy[least] += 1;
    try {
      return await remotes[least].call("read", image, { signal });
    } finally {
      busy[least] -= 1;
    }
  };
  return {
    lanes: LANES * remotes.length,
    read: (image, signal) =>
      image.size < LARGE_FILE ? readNow(image, signal) : gate(() => readNow(image, signal)),
  };
}
