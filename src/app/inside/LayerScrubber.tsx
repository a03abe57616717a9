import { Slider } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import type { Modality } from "../../core/space";
import { chooseReading } from "../commands/encoders";
import { useBench, useWorkbench } from "../context";
import slider from "../header/Choices.module.css";
import controls from "../ui/controls.module.css";
import { formatItems } from "../ui/numbers";
import styles from "./InsidePanel.module.css";
import { LayerChart } from "./LayerChart";
import { readingOfSpace, withReading } from "./reading";
import { useCompared, useLayers } from "./useLayers";

/** A thumb that rests this long has arrived: the encoder is then read there, for what is added from now on. */
const arrivedMilliseconds = 700;

/** Drags the map from the network's input to its output, and charts how the comparison changes on the way. */
export function LayerScrubber({ modality }: { readonly modality: Modality }) {
  const workbench = useWorkbench();
  const compared = useCompared(modality);
  const { read, error, running, ask } = useLayers(modality, compared);
  const encoder = useBench((state) => state[`${modality}Encoder`]);
  const shown = useBench((state) => state.shown.space.id);
  const count = useBench((state) => state.items.filter((item) => item.kind === modality).length);
  const arrival = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [dragged, setDragged] = useState<number>();
  useEffect(() => () => clearTimeout(arrival.current), []);

  if (error) {
    return (
      <p className={styles.note} role="alert">
        {error.message} {error.advice}
      </p>
    );
  }
  if (!read) {
    return (
      <p className={styles.note}>
        {ask ? (
          <>
            The scrubber reads every layer of {formatItems(count)} first.{" "}
            <button type="button" className={controls.link} onClick={ask}>
              Read them
            </button>
          </>
        ) : (
          "Reading every layer …"
        )}
      </p>
    );
  }
  const { stops, similarities } = read;
  if (stops.length === 0) return <p className={styles.note}>Add an item to read every layer.</p>;
  const atShown = stops.findIndex(({ space }) => space.id === shown);
  const atRead = stops.findIndex(({ tap }) => tap.name === encoder.tap?.name);
  const stop = dragged ?? (atShown >= 0 ? atShown : atRead);
  const place = stop >= 0 ? stop : stops.length - 1;

  const move = (next: number) => {
    setDragged(next);
    workbench.showLayer(stops[next].space.id);
    clearTimeout(arrival.current);
    arrival.current = setTimeout(() => {
      setDragged(undefined);
      const reading = readingOfSpace(stops[next].space.id, encoder.id);
      chooseReading(workbench, modality, withReading(encoder.spec, reading));
    }, arrivedMilliseconds);
  };

  return (
    <div className={styles.scrubber} aria-busy={running}>
      <LayerChart
        titles={compared.titles}
        stops={stops.map(({ tap }) => tap.title)}
        similarities={similarities}
        current={place}
      />
      <Slider.Root
        className={slider.slider}
        min={0}
        max={stops.length - 1}
        step={1}
        value={[place]}
        onValueChange={([next]) => move(next)}
      >
        <Slider.Track className={slider.track}>
          <Slider.Range className={slider.range} />
        </Slider.Track>
        <Slider.Thumb
          className={slider.thumb}
          aria-label="Layer scrubber"
          aria-valuetext={`${stops[place].tap.title}, ${place + 1} of ${stops.length}`}
        />
      </Slider.Root>
      <p className={styles.ends}>
        <span>input</span>
        <strong>{stops[place].tap.title}</strong>
        <span>output</span>
      </p>
    </div>
  );
}
