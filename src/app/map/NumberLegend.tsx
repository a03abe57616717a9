import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import { cssOf, cssRamp } from "../colours/ramp";
import type { DrawnScale, LegendEntry, NumberScale } from "../colours/types";
import { useApp, useView } from "../context";
import controls from "../ui/controls.module.css";
import { Dot } from "../ui/Mark";
import { formatNumber } from "../ui/numbers";
import styles from "./Legend.module.css";
import { readNumber } from "./readNumber";
import { useEntryButton } from "./useEntryButton";

interface NumberLegendProps {
  /** The fifths of the scale, then the items without a number, if any. */
  readonly legend: readonly LegendEntry[];
  readonly scale: DrawnScale;
}

/** A ramp with its ends, which can be set to clip what lies beyond, and turned round. Each fifth of it filters. */
export function NumberLegend({ legend, scale }: NumberLegendProps) {
  const { view } = useApp();
  const by = useView((state) => state.colourBy);
  const all = useMemo(() => legend.map(({ key }) => key), [legend]);
  const change = (next: NumberScale) =>
    view.setState(({ scales }) => ({ scales: { ...scales, [by]: { ...scales[by], ...next } } }));
  const bins = legend.filter(({ key }) => key !== "number:none");
  const without = legend.find(({ key }) => key === "number:none");
  const hasNumbers = bins.some(({ count }) => count > 0);
  if (!hasNumbers) {
    return (
      <span className={styles.empty}>
        {by === "similarity" ? "Select an item to measure from." : "No item has a number here."}
      </span>
    );
  }
  return (
    <>
      <span className={styles.scale}>
        <End
          label="Smallest number"
          value={scale.low}
          fault={(low) =>
            low >= scale.high ? `It must lie below the other end, ${formatNumber(scale.high)}.` : ""
          }
          onCommit={(low) => change({ low })}
          isSet={scale.low !== scale.extent[0]}
        />
        <ul className={styles.ramp} aria-label="Legend">
          {bins.map((entry, bin) => (
            <Segment key={entry.key} entry={entry} all={all} bin={bin} of={bins.length} scale={scale} />
          ))}
        </ul>
        <End
          label="Largest number"
          value={scale.high}
          fault={(high) =>
            high <= scale.low ? `It must lie above the other end, ${formatNumber(scale.low)}.` : ""
          }
          onCommit={(high) => change({ high })}
          isSet={scale.high !== scale.extent[1]}
        />
        <button
          type="button"
          className={`${controls.button} ${styles.turn}`}
          aria-label="Turn the colours round"
          title="Turn the colours round"
          aria-pressed={scale.inverted}
          onClick={() => change({ inverted: !scale.inverted })}
        >
          <ArrowLeftRight size={13} aria-hidden />
        </button>
      </span>
      {without && <Without entry={without} all={all} />}
    </>
  );
}

interface SegmentProps {
  readonly entry: LegendEntry;
  readonly all: readonly string[];
  /** Which part of the ramp it is, from 0. */
  readonly bin: number;
  readonly of: number;
  readonly scale: DrawnScale;
}

function Segment({ entry, all, bin, of, scale }: SegmentProps) {
  const button = useEntryButton(entry, all);
  return (
    <li>
      <button
        type="button"
        className={styles.segment}
        aria-label={`${entry.label}: ${entry.count}`}
        style={{ background: cssRamp(bin / of, (bin + 1) / of, scale.inverted) }}
        {...button}
      />
    </li>
  );
}

function Without({ entry, all }: { readonly entry: LegendEntry; readonly all: readonly string[] }) {
  const button = useEntryButton(entry, all);
  return (
    <button type="button" className={styles.entry} {...button}>
      <Dot colour={cssOf(entry.slot)} />
      {entry.label}
    </button>
  );
}

interface EndProps {
  readonly label: string;
  readonly value: number;
  /** True when the user chose it. */
  readonly isSet: boolean;
  /** Why a number can't be this end; empty when it can. */
  fault(value: number): string;
  /** Undefined goes back to the numbers' own end. */
  onCommit(value: number | undefined): void;
}

/**
 * One end of the scale. An emptied field goes back to where the numbers end; what is no number changes nothing, and neither
 * does one beyond the other end, which is said.
 */
function End({ label, value, isSet, fault, onCommit }: EndProps) {
  const shown = formatNumber(value);
  const commit = (field: HTMLInputElement) => {
    const next = readNumber(field.value);
    const wrong = next === null || next === undefined ? "" : fault(next);
    field.setCustomValidity(wrong);
    if (wrong) field.reportValidity();
    else if (field.value === shown || next === null) field.value = shown;
    else onCommit(next);
  };
  const leave = (field: HTMLInputElement) => {
    if (field.validity.customError) field.value = shown;
    field.setCustomValidity("");
    commit(field);
  };
  return (
    <input
      key={shown}
      className={styles.end}
      aria-label={label}
      title={`${label}: what lies beyond has the same colour. Empty: as the numbers are.`}
      data-set={isSet || undefined}
      inputMode="decimal"
      autoComplete="off"
      defaultValue={shown}
      onInput={(event) => event.currentTarget.setCustomValidity("")}
      onBlur={(event) => leave(event.currentTarget)}
      onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget)}
    />
  );
}
