import { useColours } from "../colours/useColours";
import { useBench } from "../context";
import controls from "../ui/controls.module.css";
import { formatSimilarity } from "../ui/numbers";
import { useWidth } from "../ui/useWidth";
import { chartPath, chartScale } from "./chart";
import styles from "./InsidePanel.module.css";

interface LayerChartProps {
  /** What is compared: the first with each of the others. */
  readonly titles: readonly string[];
  /** The layers' names, from input to output. */
  readonly stops: readonly string[];
  /** For each stop, the cosine of each title after the first to the first. */
  readonly similarities: readonly (readonly number[])[];
  /** The stop that is shown. */
  readonly current: number;
}

const height = 76;
/** Half of the slider's thumb, so that the chart's columns stand above its stops. */
const inset = 8;

/** How like each candidate is to the anchor, layer by layer: lines, and the same as a table for screen readers. */
export function LayerChart({ titles, stops, similarities, current }: LayerChartProps) {
  const [ref, width] = useWidth();
  const items = useBench((state) => state.items);
  const colours = useColours();
  const [anchor, ...candidates] = titles;
  const drawn = candidates.map((title, index) => {
    const item = items.find((each) => each.label === title);
    return {
      title,
      values: similarities.map((row) => row[index] ?? Number.NaN),
      // The colour it has on the map, where that tells the lines apart.
      colour: item?.category ? colours.css(item) : `var(--data-${index})`,
    };
  });
  if (candidates.length === 0) {
    return (
      <p className={styles.note}>With two to compare, a chart shows how alike they are layer by layer.</p>
    );
  }
  const scale = chartScale(drawn.flatMap(({ values }) => values));
  const x = (stop: number) => inset + (stop / Math.max(1, stops.length - 1)) * (width - 2 * inset);
  const y = (value: number) => 4 + (1 - (value - scale.low) / (scale.high - scale.low)) * (height - 8);
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.legend}>
        <span>Cosine to {anchor}</span>
        {drawn.map(({ title, values, colour }) => (
          <span key={title} className={styles.entry}>
            <span className={styles.dash} style={{ background: colour }} aria-hidden />
            <span className={styles.name}>{title}</span>
            <span className={controls.number}>{number(values[current])}</span>
          </span>
        ))}
      </figcaption>
      <div ref={ref} className={styles.plot} style={{ height }} aria-hidden>
        {width > 0 && (
          <svg width={width} height={height} role="presentation">
            {[scale.low, scale.high].map((value) => (
              <line
                key={value}
                x1={inset}
                x2={width - inset}
                y1={y(value)}
                y2={y(value)}
                className={styles.rule}
              />
            ))}
            <line x1={x(current)} x2={x(current)} y1={0} y2={height} className={styles.now} />
            {drawn.map(({ title, values, colour }) => (
              <g key={title} style={{ color: colour }}>
                <path d={chartPath(values, x, y)} className={styles.line} />
                {values.map(
                  (value, stop) =>
                    Number.isFinite(value) && (
                      <circle
                        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is known by its place
                        key={stop}
                        cx={x(stop)}
                        cy={y(value)}
                        r={stop === current ? 4 : 2}
                        className={styles.dot}
                      />
                    ),
                )}
              </g>
            ))}
            <text x={inset} y={y(scale.high) + 11} className={styles.tick}>
              {number(scale.high)}
            </text>
            <text x={inset} y={y(scale.low) - 3} className={styles.tick}>
              {number(scale.low)}
            </text>
          </svg>
        )}
      </div>
      <table className={controls.hidden}>
        <caption>Cosine to {anchor} by layer</caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            {candidates.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stops.map((title, stop) => (
            <tr key={title} aria-current={stop === current || undefined}>
              <th scope="row">{title}</th>
              {drawn.map((line) => (
                <td key={line.title}>{number(line.values[stop])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function number(value: number | undefined): string {
  return value !== undefined && Number.isFinite(value) ? formatSimilarity(value, "cosine") : "–";
}
