import type { Modality } from "../../core/space";
import type { Pooling } from "../../encoders";
import { chooseReading } from "../commands/encoders";
import { useBench, useWorkbench } from "../context";
import { Select } from "../ui/Select";
import { poolingTitle, shapeText, withReading } from "./reading";

/** Which layer of an encoder is read out, and how it becomes one vector: what the map is made of. */
export function ReadingSelects({ modality }: { readonly modality: Modality }) {
  const workbench = useWorkbench();
  const encoder = useBench((state) => state[`${modality}Encoder`]);
  const { tap, taps, pooling, poolings, spec } = encoder;
  const toLayer = (name: string) => {
    // Pooled as now, where that layer can be.
    const kept = pooling && workbench.poolings(modality, name).includes(pooling) ? pooling : undefined;
    chooseReading(workbench, modality, withReading(spec, { tap: name, ...(kept ? { pooling: kept } : {}) }));
  };
  // While the encoder opens, its own layer is known by no name yet: then it is not named.
  const toPooling = (next: string) =>
    chooseReading(workbench, modality, withReading(spec, { tap: tap?.name, pooling: next as Pooling }));
  return (
    <>
      <Select
        label="Layer"
        prefix="Layer"
        wide
        value={tap?.name ?? ""}
        options={taps.map(({ name, title, shape }) => ({ value: name, title, note: shapeText(shape) }))}
        onChange={toLayer}
      />
      <Select
        label="Pooling"
        prefix="Pooling"
        wide
        value={pooling ?? ""}
        options={poolings.map((each) => ({ value: each, ...poolingTitle(each, tap) }))}
        onChange={toPooling}
      />
    </>
  );
}
