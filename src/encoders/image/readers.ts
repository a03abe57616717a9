import { connect, type Remote } from "../../remote/connect";
import type { Preprocessing } from "../card";
import { createGate } from "../gate";
import { createHelpers, Dispatcher, type Helpers, type NetworkVectors } from "../networks/helpers";
import type { Placement } from "./preprocess";
import type { ReaderWorkerMethods } from "./reader-worker";

/** A worker that reads whole pictures. */
export type PictureReader = Remote<ReaderWorkerMethods>;

/** What the readers read. */
export interface ReaderTask {
  /** The network's ONNX file. */
  readonly file: Blob;
  /** The tensors that are wanted, each one vector for a picture. */
  readonly outputs: readonly string[];
  readonly preprocessing: Preprocessing;
  /** What onnxruntime says of the probe picture "disc". */
  probe(): Promise<NetworkVectors>;
}

/** Readers for many pictures. */
export function createReaders({ probe, ...task }: ReaderTask): Helpers<PictureReader> {
  return createHelpers({
    spawn: () =>
      connect<ReaderWorkerMethods>(
        new Worker(new URL("./reader-worker.ts", import.meta.url), {
          type: "module",
          name: "picture reader",
        }),
      ),
    open: (remote) => remote.call("open", task),
    probe,
  });
}

/** Two pictures for each reader: one in the network, one being decoded. */
const LANES = 2;

/** Files from this size on may take hundreds of megabytes once decoded: they are read one at a time. */
const LARGE_FILE = 10 * 1024 * 1024;

/** Several readers as one. */
export interface ReadersTogether {
  /** Pictures that should be under way at once, so that no reader waits for work. */
  readonly lanes: number;
  /** The network's vectors of a picture. Throws as `decodeImage` does. */
  read(
    image: Blob,
    signal: AbortSignal,
  ): Promise<{ readonly place: Placement; readonly vectors: NetworkVectors }>;
}

/** Hands pictures to whichever reader has the least to do; large files one at a time. */
export function together(readers: readonly PictureReader[]): ReadersTogether {
  const dispatcher = new Dispatcher(readers);
  const gate = createGate(1);
  const read = (image: Blob, signal: AbortSignal) =>
    dispatcher.give((reader) => reader.call("read", image, { signal }));
  return {
    lanes: LANES * readers.length,
    read: (image, signal) =>
      image.size < LARGE_FILE ? read(image, signal) : gate(() => read(image, signal)),
  };
}
