import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Item, PatchPart } from "../../collection/types";
import { cosine } from "../../core/vectors";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import { formatSimilarity } from "../ui/numbers";
import { useObjectUrl } from "../ui/useObjectUrl";
import { useWidth } from "../ui/useWidth";
import { placeOf } from "../workbench/parts";
import styles from "./InsidePanel.module.css";
import { drawPatches, patchAt } from "./patches";
import { usePartsOf } from "./useParts";

/** Patches named beside a heat map. */
const mostNamed = 3;

/** A picture as its encoder reads it: patch by patch, tied to their points; a chosen patch heats those like it. */
export function PatchView({ image }: { readonly image: Item }) {
  const workbench = useWorkbench();
  const patches = usePartsOf(image);
  const hovered = useBench((state) => state.hovered);
  const selection = useBench((state) => state.selection);
  const space = useBench((state) => state.imageEncoder.space);
  const version = useBench((state) => state.vectorsVersion);
  const url = useObjectUrl(image.image?.file);
  const [ref, width] = useWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const { width: w = 1, height: h = 1 } = image.image ?? {};
  const height = Math.round((width * h) / w);
  const chosen = patches.find(({ id }) => selection.includes(id));
  const under = patches.find(({ id }) => id === hovered);

  // biome-ignore lint/correctness/useExhaustiveDependencies: vectors come and go without the items changing
  const heat = useMemo(() => {
    const from = chosen && workbench.vector(chosen.id, space);
    if (!from) return undefined;
    return patches.map(({ id }) => {
      const to = workbench.vector(id, space);
      return to ? cosine(from, to) : Number.NaN;
    });
  }, [workbench, patches, chosen, space, version]);

  useEffect(() => {
    if (!canvas.current || width === 0) return;
    const parts = patches.map(({ part }) => part as PatchPart);
    const marked = { chosen: patches.indexOf(chosen as Item), hovered: patches.indexOf(under as Item) };
    drawPatches(canvas.current, { width, height }, parts, heat, marked);
  }, [patches, chosen, under, heat, width, height]);

  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    return patches[
      patchAt(
        patches.map(({ part }) => part as PatchPart),
        x,
        y,
      )
    ];
  };

  return (
    <div className={styles.patches}>
      <div ref={ref} className={styles.picture}>
        {url && <img src={url} alt={image.label} onError={() => setFailed(true)} hidden={failed} />}
        <canvas
          ref={canvas}
          role="img"
          aria-label={describe(image, patches, chosen, heat)}
          onPointerMove={(event) => workbench.hover(at(event)?.id ?? null)}
          onPointerLeave={() => workbench.hover(null)}
          onPointerDown={(event) => {
            const patch = at(event);
            if (patch) workbench.select([patch.id]);
          }}
        />
      </div>
      <div className={styles.aside}>
        {heat ? (
          <Legend heat={heat} patches={patches} chosen={chosen} />
        ) : (
          <p className={styles.note}>{count(patches)}</p>
        )}
        <Chooser image={image} patches={patches} chosen={chosen} />
      </div>
    </div>
  );
}

function count(patches: readonly Item[]): string {
  const part = patches[0]?.part as PatchPart | undefined;
  if (!part) return "Reading the patches …";
  return `${part.rows} × ${part.columns} patches. Choose one on the picture or the map: those like it light up.`;
}

/** For those who do not point: the patches by number, one after the other. */
function Chooser({
  image,
  patches,
  chosen,
}: {
  image: Item;
  patches: readonly Item[];
  chosen: Item | undefined;
}) {
  const workbench = useWorkbench();
  if (patches.length === 0) return null;
  const place = chosen ? patches.indexOf(chosen) : -1;
  return (
    <label className={styles.chooser}>
      <span>Patch</span>
      <input
        type="number"
        className={controls.field}
        aria-label={`Patch of ${image.label}`}
        min={1}
        max={patches.length}
        value={place >= 0 ? place + 1 : ""}
        placeholder="–"
        onChange={(event) => {
          const patch = patches[Number(event.target.value) - 1];
          if (patch) workbench.select([patch.id]);
        }}
      />
      <span>of {patches.length}</span>
    </label>
  );
}

interface LegendProps {
  readonly heat: readonly number[];
  readonly patches: readonly Item[];
  readonly chosen: Item | undefined;
}

function Legend({ heat, patches, chosen }: LegendProps) {
  const finite = heat.filter(Number.isFinite);
  const range = [Math.min(...finite), Math.max(...finite)].map((value) => formatSimilarity(value, "cosine"));
  return (
    <div className={styles.heatLegend}>
      <span>Cosine to {chosen && placeOf(chosen.part as PatchPart)}</span>
      <span className={styles.scale}>
        <span className={controls.number}>{range[0]}</span>
        <span className={styles.ramp} aria-hidden />
        <span className={controls.number}>{range[1]}</span>
      </span>
      <span>{nearest(patches, chosen, heat)}</span>
    </div>
  );
}

function nearest(patches: readonly Item[], chosen: Item | undefined, heat: readonly number[]): string {
  const named = patches
    .map((patch, index) => ({ patch, cosine: heat[index] }))
    .filter(({ patch, cosine }) => patch !== chosen && Number.isFinite(cosine))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, mostNamed)
    .map(({ patch, cosine }) => `${placeOf(patch.part as PatchPart)} ${formatSimilarity(cosine, "cosine")}`);
  return `Most alike: ${named.join("; ")}`;
}

function describe(
  image: Item,
  patches: readonly Item[],
  chosen: Item | undefined,
  heat: readonly number[] | undefined,
): string {
  const part = patches[0]?.part as PatchPart | undefined;
  if (!part) return image.label;
  const grid = `${image.label} in ${part.rows} × ${part.columns} patches`;
  if (!chosen || !heat) return grid;
  return `${grid}; chosen ${placeOf(chosen.part as PatchPart)}. ${nearest(patches, chosen, heat)}`;
}
