import { moved } from "../../remote/protocol";
import { serve } from "../../remote/serve";
import { readGraph } from "../graph/read";
import { Bert } from "../networks/bert";
import { planBert } from "../networks/bert-plan";
import type { NetworkVectors } from "../networks/helpers";

/** Tokens of some texts. */
export type TokenIds = readonly (readonly number[])[];

/** What a worker that reads tokens does, on one thread. */
export interface TokenReaderMethods {
  /** Gives the layer `output` of a probe; undefined for networks that are not understood. */
  open: {
    input: { readonly file: Blob; readonly output: string; readonly probe: readonly number[] };
    output: NetworkVectors | undefined;
    progress: never;
  };
  /** The layer's vectors of all tokens, text after text. */
  read: { input: TokenIds; output: Float32Array<ArrayBuffer>; progress: never };
}

let bert: Bert | undefined;

serve<TokenReaderMethods>({
  async open({ file, output, probe }) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const plan = planBert(bytes, readGraph(bytes), output);
    bert = plan && Bert.open(plan);
    return bert && new Map([[output, bert.run([probe])]]);
  },

  read(texts) {
    if (!bert) throw new TypeError("a reader was asked before it was open");
    const states = bert.run(texts);
    return moved(states, [states.buffer]);
  },
});
