import { connect, type Remote } from "../../remote/connect";
import { createHelpers, type Helpers, type NetworkVectors } from "../networks/helpers";
import type { TokenIds, TokenReaderMethods } from "./reader-worker";

/** A worker that reads tokens. */
export type TokenReader = Remote<TokenReaderMethods>;

/** Gives a layer's vectors of all tokens of some texts, text after text. */
export type ReadStates = (texts: TokenIds, signal: AbortSignal) => Promise<Float32Array>;

/** What the readers read. */
export interface TokenReaderTask {
  /** The network's ONNX file. */
  readonly file: Blob;
  /** The layer that is wanted. */
  readonly output: string;
  /** Tokens that are read first, and what onnxruntime says of them. */
  readonly ids: readonly number[];
  probe(): Promise<NetworkVectors>;
}

/** Readers for many texts. */
export function createTokenReaders({ file, output, ids, probe }: TokenReaderTask): Helpers<TokenReader> {
  return createHelpers({
    spawn: () =>
      connect<TokenReaderMethods>(
        new Worker(new URL("./reader-worker.ts", import.meta.url), { type: "module", name: "text reader" }),
      ),
    open: (remote) => remote.call("open", { file, output, probe: ids }),
    probe,
  });
}
