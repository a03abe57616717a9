import { useBench, useWorkbench } from "../context";
import { axisNames, componentsShown } from "../map/axes";
import { formatShare } from "../ui/numbers";
import { AxesSettings } from "./AxesSettings";
import styles from "./Choices.module.css";
import { MetricSetting, NumberField, NumberSetting, Row, SeedSetting, SliderSetting, Why } from "./settings";

/** t-SNE's default, as in src/projection/types.ts. */
const defaultPerplexity = 30;
/** Beyond it a layout of any size has long come to rest. */
const mostEpochs = 10_000;
/** More components than any encoder here has numbers. */
const mostComponents = 4096;

/** The options of the chosen projection alone. */
export function MethodSettings() {
  const method = useBench((state) => state.projection.method);
  if (method === "tsne") return <TsneSettings />;
  if (method === "pca") return <PcaSettings />;
  if (method === "lda") return <Explained term="separation" />;
  if (method === "axes") return <AxesSettings />;
  return <UmapSettings />;
}

function UmapSettings() {
  const workbench = useWorkbench();
  const { neighbours, minDistance, epochs } = useBench((state) => state.projection);
  return (
    <>
      <SliderSetting
        label="Neighbours"
        term="neighbourCount"
        value={neighbours}
        min={2}
        max={100}
        step={1}
        onCommit={(value) => workbench.setProjection({ neighbours: value })}
      />
      <SliderSetting
        label="Minimum distance"
        term="minDistance"
        value={minDistance}
        min={0}
        max={0.99}
        step={0.01}
        onCommit={(value) => workbench.setProjection({ minDistance: value })}
      />
      <MetricSetting />
      <SeedSetting />
      <NumberSetting
        label="Epochs"
        term="epochs"
        value={epochs}
        min={1}
        max={mostEpochs}
        placeholder="auto"
        onCommit={(value) => workbench.setProjection({ epochs: value })}
      />
    </>
  );
}

function TsneSettings() {
  const workbench = useWorkbench();
  const perplexity = useBench((state) => state.projection.perplexity) ?? defaultPerplexity;
  return (
    <>
      <SliderSetting
        label="Perplexity"
        term="perplexity"
        value={perplexity}
        min={2}
        max={100}
        step={1}
        onCommit={(value) => workbench.setProjection({ perplexity: value })}
      />
      <MetricSetting />
      <SeedSetting />
    </>
  );
}

function PcaSettings() {
  const workbench = useWorkbench();
  const projection = useBench((state) => state.projection);
  const components = componentsShown(projection);
  return (
    <>
      <Row name="Components">
        <span className={styles.numbers}>
          {components.map((component, axis) => (
            <NumberField
              key={axisNames[axis]}
              label={`Component ${axisNames[axis]}`}
              value={component + 1}
              min={1}
              max={mostComponents}
              onCommit={(value) =>
                value !== undefined &&
                workbench.setProjection({ components: components.with(axis, value - 1) })
              }
            />
          ))}
        </span>
      </Row>
      <Explained term="explained" />
    </>
  );
}

/** How much each axis shows, and all of them together. */
function Explained({ term }: { readonly term: "explained" | "separation" }) {
  const method = useBench((state) => state.projection.method);
  const layout = useBench((state) => state.layout);
  const projection = useBench((state) => state.projection);
  if (layout.method !== method || !layout.explained) return null;
  const together = layout.explained.reduce((sum, share) => sum + share, 0);
  const components = componentsShown(projection);
  return (
    <div className={styles.explained}>
      {layout.explained.map((share, axis) => (
        <Row
          key={axisNames[axis]}
          name={term === "explained" ? `Component ${components[axis] + 1}` : `Axis ${axisNames[axis]}`}
        >
          <span className={styles.value}>{formatShare(share)}</span>
        </Row>
      ))}
      <p className={styles.note}>
        {term === "explained"
          ? `Together ${formatShare(together)} of the items' spread in the space.`
          : `Together ${formatShare(together)} of the spread between categories.`}{" "}
        <Why term={term} />
      </p>
    </div>
  );
}
