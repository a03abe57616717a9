import styles from "./ComparePanel.module.css";

interface SimilarityMatrixProps {
  readonly texts: readonly string[];
  /** `texts.length²` cosines, row-major. */
  readonly values: Float32Array;
}

/** Tinting stops at this share of the accent: beyond it the numbers on it fall below 4.5:1. */
const deepestTint = 42;

/** All pairs as a table whose cells are tinted by their number. */
export function SimilarityMatrix({ texts, values }: SimilarityMatrixProps) {
  if (texts.length ** 2 !== values.length) return null;
  const cell = (row: number, column: number) => values[row * texts.length + column];
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <caption className={styles.caption}>Cosine of every pair</caption>
        <thead>
          <tr>
            <td />
            {texts.map((text) => (
              <th key={text} scope="col" title={text}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {texts.map((text, row) => (
            <tr key={text}>
              <th scope="row" title={text}>
                {text}
              </th>
              {texts.map((other, column) => (
                <td key={other} style={{ background: tint(cell(row, column)) }}>
                  {row === column ? "1" : cell(row, column).toFixed(2).replace("-", "−")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function tint(similarity: number): string {
  const share = Math.max(0, Math.min(1, similarity)) * deepestTint;
  return `color-mix(in srgb, var(--accent) ${share.toFixed(1)}%, transparent)`;
}
