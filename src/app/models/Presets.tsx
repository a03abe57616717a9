import { PRESETS, type Preset } from "../../encoders";
import styles from "./ModelsDialog.module.css";

/** Models worth trying, with what they cost before anything of them is fetched. */
export function Presets({ onChoose }: { onChoose(id: string): void }) {
  return (
    <section aria-label="Encoders of the Hub worth trying">
      <h3 className={styles.heading}>Worth trying</h3>
      <ul className={styles.presets}>
        {PRESETS.map((preset) => (
          <li key={preset.id}>
            <button type="button" className={styles.preset} onClick={() => onChoose(preset.id)}>
              <strong>{preset.title}</strong>
              <span className={styles.facts}>{facts(preset)}</span>
              <span className={styles.note}>{preset.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "words · CLS · MIT · 34–133 MB" */
function facts({ modalities, pooling, licence, prefix, megabytes }: Preset): string {
  const reads = modalities.map((modality) => (modality === "text" ? "words" : "images")).join(" and ");
  // Of two towers both are fetched.
  const sizes = modalities.map((modality) => Object.values(megabytes[modality] ?? {}));
  const [least, most] = [Math.min, Math.max].map((of) =>
    Math.round(sizes.reduce((sum, each) => sum + (each.length > 0 ? of(...each) : 0), 0)),
  );
  const bytes = least === most ? `${most} MB` : `${least}–${most} MB`;
  return [reads, pooling === "none" ? "own vector" : pooling, prefix && `“${prefix}”`, licence, bytes]
    .filter(Boolean)
    .join(" · ");
}
