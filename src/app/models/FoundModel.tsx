import { useEffect, useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import type { Modality } from "../../core/space";
import {
  chooseDevice,
  type DeviceFacts,
  type DevicePlan,
  deviceFacts,
  type EncoderSpec,
  mostBytes,
  type NumberFormat,
  type Offer,
  type ResolvedModel,
  requireFits,
  weightOf,
} from "../../encoders";
import { useApp, useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import { formatBytes, formatMegabytes } from "../ui/numbers";
import { Progress } from "../ui/Progress";
import { Select } from "../ui/Select";
import type { EncoderState } from "../workbench/types";
import styles from "./ModelsDialog.module.css";

/** The encoders that were in use before. */
type Encoders = readonly (readonly [Modality, EncoderSpec])[];

/** What a model is, what it costs, and the choice to use it: licence, bytes and pooling stand before the click. */
export function FoundModel({ model }: { readonly model: ResolvedModel }) {
  const { view } = useApp();
  const workbench = useWorkbench();
  const choice = useBench((state) => state.deviceChoice);
  const encoders = { text: useBench((s) => s.textEncoder), image: useBench((s) => s.imageEncoder) };
  const [facts, setFacts] = useState<DeviceFacts>();
  const [asked, setAsked] = useState<NumberFormat>();
  const [before, setBefore] = useState<Encoders>();
  const [error, setError] = useState<ErrorReport>();
  useEffect(() => {
    let gone = false;
    void deviceFacts().then((found) => !gone && setFacts(found));
    return () => {
      gone = true;
    };
  }, []);

  const modalities = (["text", "image"] as const).filter((modality) => model[modality]);
  const offers = modalities.map((modality) => model[modality] as Offer<unknown>);
  const plan = facts && planOf(choice, facts);
  const chosen = plan && offers[0].choose({ ...plan, mostBytes: mostBytes(facts) });
  const format = asked ?? chosen?.format;
  const bytes = offers.reduce(
    (sum, offer) => sum + (offer.formats.find((each) => each.format === format)?.bytes ?? 0),
    0,
  );
  const tooLarge = plan && format && tooLargeFor(model.title, offers, format, facts, plan);

  const use = async () => {
    setError(undefined);
    const former = modalities.map((modality) => [modality, encoders[modality].spec] as const);
    setBefore(former);
    try {
      const spec = { source: model.source, ...(format ? { format } : {}) };
      await Promise.all(modalities.map((modality) => workbench.setEncoder(modality, spec)));
      view.setState({ dialog: null });
    } catch (thrown) {
      if (isCancelled(thrown)) return;
      setError(reportError(thrown));
      putBack(former);
    } finally {
      setBefore((current) => (isLoading(modalities.map((m) => encoders[m])) ? current : undefined));
    }
  };
  /** What was there serves on; what has been fetched is kept. */
  const putBack = (former: Encoders = []) => {
    for (const [modality, spec] of former) workbench.setEncoder(modality, spec).catch(() => {});
  };
  const cancel = () => {
    putBack(before);
    setBefore(undefined);
  };
  const loading = modalities
    .map((modality) => encoders[modality])
    .filter((encoder) => encoder.id === model.id && encoder.status === "loading");

  return (
    <section className={styles.found} aria-label={`The model ${model.title}`}>
      <p className={styles.name}>
        <strong>{model.title}</strong>{" "}
        <span className={styles.facts}>
          {[model.id, model.licence ?? "no licence named", modalities.map(reads).join(" and ")].join(" · ")}
        </span>
      </p>
      <dl className={styles.card}>
        {modalities.map((modality) => (
          <Card key={modality} modality={modality} model={model} />
        ))}
      </dl>
      {offers
        .flatMap(({ assumptions }) => assumptions)
        .map((assumption) => (
          <p key={assumption} className={styles.note}>
            {assumption}
          </p>
        ))}
      {plan && !chosen && asked === undefined ? (
        <p className={styles.error}>
          None of its number formats runs on this device. Choose WASM as the device.
        </p>
      ) : (
        <div className={styles.row}>
          <Select
            label="Number format"
            prefix="Format"
            value={format ?? ""}
            options={offers[0].formats.map((each) => ({
              value: each.format,
              title: each.format,
              side: formatMegabytes(each.bytes),
              ...(each.format === chosen?.format ? { note: chosen.reason } : {}),
            }))}
            onChange={(value) => setAsked(value as NumberFormat)}
          />
          <span className={styles.grow} />
          {loading.length > 0 ? (
            <button type="button" className={`${controls.button} ${controls.outlined}`} onClick={cancel}>
              Cancel
            </button>
          ) : (
            <button
              type="button"
              className={`${controls.button} ${controls.primary}`}
              disabled={!format || tooLarge !== undefined}
              onClick={use}
            >
              Use it: {formatMegabytes(bytes)}
            </button>
          )}
        </div>
      )}
      {tooLarge && (
        <p className={styles.error} role="alert">
          <strong>{tooLarge.message}</strong> {tooLarge.advice}
        </p>
      )}
      {loading.map((encoder) => (
        <Loading key={encoder.spec.tap ?? encoder.title} encoder={encoder} />
      ))}
      {error && (
        <p className={styles.error} role="alert">
          <strong>{error.message}</strong> {error.advice}
        </p>
      )}
    </section>
  );
}

function isLoading(encoders: readonly EncoderState[]): boolean {
  return encoders.some(({ status }) => status === "loading");
}

/** What a number format is chosen by; undefined where the device that was asked for is not there. */
function planOf(choice: Parameters<typeof chooseDevice>[0], facts: DeviceFacts) {
  try {
    const { kind } = chooseDevice(choice, facts);
    return { kind, device: kind, shaderF16: facts.shaderF16 };
  } catch {
    return undefined;
  }
}

/** What keeps a model from this device, before a byte of it is fetched. */
function tooLargeFor(
  title: string,
  offers: readonly Offer<unknown>[],
  format: NumberFormat,
  facts: DeviceFacts,
  plan: Pick<DevicePlan, "kind">,
): ErrorReport | undefined {
  try {
    for (const offer of offers) requireFits(weightOf(title, offer, format), facts, plan);
    return undefined;
  } catch (thrown) {
    return reportError(thrown);
  }
}

function reads(modality: Modality): string {
  return modality === "text" ? "words" : "images";
}

/** The facts of the card that say how vectors come about. */
function Card({ modality, model }: { readonly modality: Modality; readonly model: ResolvedModel }) {
  const offer = modality === "text" ? model.text : model.image;
  if (!offer) return null;
  const { card } = offer;
  const vectors = [
    `${card.dimension || "?"} numbers`,
    card.pooling === "none" ? "pooled by the network" : `pooled by ${card.pooling}`,
    card.normalise ? "scaled to length 1" : "not scaled",
  ];
  const input =
    "preprocessing" in card
      ? [`${card.preprocessing.size} px`, card.preprocessing.fit, card.preprocessing.resample]
      : [`${card.maxLength} tokens`, ...(card.prefix ? [`prefix “${card.prefix}”`] : [])];
  return (
    <div>
      <dt>{reads(modality)}</dt>
      <dd>
        {input.join(", ")} → {vectors.join(", ")}
      </dd>
    </div>
  );
}

function Loading({ encoder }: { readonly encoder: EncoderState }) {
  const { progress, title } = encoder;
  const isFetching = progress?.stage === "download";
  return (
    <div className={styles.loading}>
      <Progress
        label={`Loading ${title}`}
        value={isFetching ? progress.loaded : undefined}
        max={progress?.total}
      />
      <span className={controls.number}>
        {isFetching
          ? `${formatBytes(progress.loaded, progress.total)}${
              progress.bytesPerSecond > 0 ? `, ${formatMegabytes(progress.bytesPerSecond)} a second` : ""
            }`
          : "Starting …"}
      </span>
    </div>
  );
}
