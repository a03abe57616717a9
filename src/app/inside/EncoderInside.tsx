import type { Modality } from "../../core/space";
import { useBench } from "../context";
import { EncoderParts } from "./EncoderParts";
import styles from "./InsidePanel.module.css";
import { LayerScrubber } from "./LayerScrubber";
import { ParityCheck } from "./ParityCheck";
import { ReadingSelects } from "./ReadingSelects";

/** One encoder: what is read out of it, how that looks from layer to layer, and the parts of the selected item. */
export function EncoderInside({ modality }: { readonly modality: Modality }) {
  const status = useBench((state) => state[`${modality}Encoder`].status);
  const layered = useBench((state) => state[`${modality}Encoder`].taps.length > 1);
  if (status === "idle" && !layered) {
    return (
      <p className={styles.note}>
        {modality === "image"
          ? "Add a picture, and its encoder opens."
          : "The encoder opens with the first word."}
      </p>
    );
  }
  return (
    <>
      <div className={styles.reading}>
        <ReadingSelects modality={modality} />
        <ParityCheck modality={modality} />
      </div>
      <div className={styles.layers}>{layered && <LayerScrubber modality={modality} />}</div>
      <div className={styles.parts}>
        <EncoderParts modality={modality} />
      </div>
    </>
  );
}
