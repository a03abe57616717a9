import { moved } from "../../remote/protocol";
import { serve } from "../../remote/serve";
import type { Preprocessing } from "../card";
import { createGate } from "../gate";
import { readGraph } from "../graph/read";
import { Convnet } from "../networks/convnet";
import { planConvnet } from "../networks/convnet-plan";
import type { NetworkVectors } from "../networks/helpers";
import { DECODED_AT_ONCE } from "./decode";
import { type PreparedImage, prepareImage } from "./prepare";
import type { Placement } from "./preprocess";
import { probeTensor } from "./probe-pictures";

/** What a worker that reads whole pictures does: from the file to the network's vectors, on one thread. */
export interface ReaderWorkerMethods {
  /** Gives the vectors of the probe picture "disc"; undefined for networks that are not understood. */
  open: {
    input: {
      readonly file: Blob;
      readonly outputs: readonly string[];
      readonly preprocessing: Preprocessing;
    };
    output: NetworkVectors | undefined;
    progress: never;
  };
  read: {
    input: Blob;
    output: { readonly place: Placement; readonly vectors: NetworkVectors };
    progress: never;
  };
}

/** While the network runs over one picture, the browser decodes the next one on a thread of its own. */
const gate = createGate(DECODED_AT_ONCE);

let opened: { readonly convnet: Convnet; readonly preprocessing: Preprocessing } | undefined;

serve<ReaderWorkerMethods>({
  async open({ file, outputs, preprocessing }) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const plan = planConvnet(bytes, readGraph(bytes), outputs, preprocessing.size);
    const convnet = plan && Convnet.open(plan);
    if (!convnet) return undefined;
    opened = { convnet, preprocessing };
    return convnet.run(probeTensor("disc", preprocessing));
  },

  async read(image, { signal }) {
    return await gate(async () => {
      const { convnet, preprocessing } = requireOpened();
      const { tensor, place }: PreparedImage = await prepareImage(image, preprocessing, signal);
      const vectors = convnet.run(tensor);
      return moved(
        { place, vectors },
        [...vectors.values()].map(({ buffer }) => buffer as ArrayBuffer),
      );
    });
  },
});

function requireOpened() {
  if (opened) return opened;
  throw new TypeError("a reader was asked before it was open");
}
