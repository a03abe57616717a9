import type { Item } from "../../collection/types";
import type { Modality } from "../../core/space";
import { chooseReading } from "../commands/encoders";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./InsidePanel.module.css";
import { PatchView } from "./PatchView";
import { withReading } from "./reading";
import { TokenView } from "./TokenView";

/** Texts listed with their tokens; more would be a wall of chips. */
const mostTexts = 12;

/** The tokens of texts or the patches of an image: those of the selection, else of what was added first. */
export function EncoderParts({ modality }: { readonly modality: Modality }) {
  const workbench = useWorkbench();
  const { tap, poolings, pooling, spec } = useBench((state) => state[`${modality}Encoder`]);
  const wholes = useWholes(modality);
  const many = modality === "text" ? "tokens" : "patches";
  const isSingle = poolings.length < 2;
  if (pooling !== "none" || isSingle) {
    return (
      <div className={styles.invite}>
        <p className={styles.note}>
          {isSingle
            ? `This layer gives one vector for the whole input. A layer before it has one for each of its ${many}.`
            : `Pooled by ${pooling}, each ${modality} is one point. Without pooling, each of its ${many} is.`}
        </p>
        {!isSingle && tap && (
          <button
            type="button"
            className={`${controls.button} ${controls.outlined}`}
            onClick={() =>
              chooseReading(workbench, modality, withReading(spec, { tap: tap.name, pooling: "none" }))
            }
          >
            Plot its {many}
          </button>
        )}
      </div>
    );
  }
  if (wholes.length === 0) {
    return (
      <p className={styles.note}>
        {modality === "text" ? "Add a text" : "Add a picture"} to see its {many}.
      </p>
    );
  }
  if (modality === "image") return <PatchView key={wholes[0].id} image={wholes[0]} />;
  return wholes.slice(0, mostTexts).map((text) => <TokenView key={text.id} text={text} />);
}

/** The items whose parts are shown: those selected, or whose parts are; else all, in their order. */
function useWholes(modality: Modality): readonly Item[] {
  const items = useBench((state) => state.items);
  const selection = useBench((state) => state.selection);
  const chosen = new Set(selection);
  const wholes = items.filter((item) => item.kind === modality);
  const ofChosen = new Set(items.flatMap((item) => (item.of && chosen.has(item.id) ? item.of : [])));
  const selected = wholes.filter(({ id }) => chosen.has(id) || ofChosen.has(id));
  return selected.length > 0 ? selected : wholes;
}
