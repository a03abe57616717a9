import { Pause, Play } from "lucide-react";
import { Slider } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import type { Modality } from "../../core/space";
import { chooseReading } from "../commands/encoders";
import { useBench, useWorkbench } from "../context";
import slider from "../header/Choices.module.css";
import controls from "../ui/controls.module.css";
import { formatItems } from "../ui/numbers";
import type { LayersRead } from "../workbench/types";
import styles from "./InsidePanel.module.css";
import { LayerChart } from "./LayerChart";
import { readingOfSpace, withReading } from "./reading";
import { type ComparedInputs, useCompared, useLayers } from "./useLayers";

/** Time to see where the points go, and a little to look. */
const stepMilliseconds = 1200;

/** A thumb that rests this long has arrived: the encoder is then read there, for what is added from now on. */
const arrivedMilliseconds = 700;

/** Drags the map from the network's input to its output, and charts how the comparison changes on the way. */
export function LayerScrubber({ modality }: { readonly modality: Modality }) {
  const compared = useCompared(modality);
  const { read, error, running, ask } = useLayers(modality, compared);
  const count = useBench((state) => state.items.filter((item) => item.kind === modality).length);
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
  if (read.stops.length === 0) return <p className={styles.note}>Add an item to read every layer.</p>;
  return (
    <div className={styles.scrubber} aria-busy={running}>
      <Scrubber modality={modality} compared={compared} read={read} />
    </div>
  );
}

interface ScrubberProps {
  readonly modality: Modality;
  readonly compared: ComparedInputs;
  readonly read: LayersRead;
}

function Scrubber({ modality, compared, read: { stops, similarities } }: ScrubberProps) {
  const workbench = useWorkbench();
  const encoder = useBench((state) => state[`${modality}Encoder`]);
  const shown = useBench((state) => state.shown.space.id);
  const arrival = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [dragged, setDragged] = useState<number>();
  const [playing, setPlaying] = useState(false);
  const reading = JSON.stringify([encoder.id, encoder.spec.tap, encoder.spec.pooling]);
  // Another reading that is chosen meanwhile is what the user wants now: the thumb no longer arrives.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the reading is what the effect waits for
  useEffect(
    () => () => {
      clearTimeout(arrival.current);
      setDragged(undefined);
      setPlaying(false);
    },
    [reading],
  );

  const last = stops.length - 1;
  const atShown = stops.findIndex(({ space }) => space.id === shown);
  const atRead = stops.findIndex(({ tap }) => tap.name === encoder.tap?.name);
  const stop = dragged ?? (atShown >= 0 ? atShown : atRead);
  const place = stop >= 0 && stop <= last ? stop : last;

  const show = (next: number) => {
    clearTimeout(arrival.current);
    setDragged(next);
    workbench.showLayer(stops[next].space.id);
  };
  const move = (next: number) => {
    setPlaying(false);
    show(next);
    arrival.current = setTimeout(() => {
      setDragged(undefined);
      const reading = readingOfSpace(stops[next].space.id, encoder.id);
      chooseReading(workbench, modality, withReading(encoder.spec, reading));
    }, arrivedMilliseconds);
  };
  const play = () => {
    setPlaying(true);
    show(place === last ? 0 : place);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step follows the one before, whatever else changes
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => (place + 1 < last ? show(place + 1) : move(last)), stepMilliseconds);
    return () => clearTimeout(timer);
  }, [playing, place]);

  return (
    <>
      <LayerChart
        titles={compared.titles}
        stops={stops.map(({ tap }) => tap.title)}
        similarities={similarities}
        current={place}
      />
      <Slider.Root
        className={slider.slider}
        min={0}
        max={last}
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
      <div className={styles.ends}>
        <span>input</span>
        <span className={styles.at}>
          <button
            type="button"
            className={`${controls.button} ${controls.icon}`}
            aria-label={playing ? "Stop at this layer" : "Play the layers from input to output"}
            title={playing ? "Stop at this layer" : "Play the layers from input to output"}
            onClick={() => (playing ? move(place) : play())}
          >
            {playing ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
          </button>
          <strong>{stops[place].tap.title}</strong>
        </span>
        <span>output</span>
      </div>
    </>
  );
}
