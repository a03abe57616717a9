import styles from "./marks.module.css";

interface BarProps {
  /** Share of the bar that is filled, in [0, 1]. */
  readonly fraction: number;
  /** CSS colour. The default is the accent. */
  readonly colour?: string;
  /** Higher, for the comparison. The default is false. */
  readonly thick?: boolean;
}

/** A number drawn as a length. Always stands beside the number itself, so it is hidden from screen readers. */
export function Bar({ fraction, colour = "var(--accent)", thick = false }: BarProps) {
  return (
    <span className={`${styles.bar} ${thick ? styles.thick : ""}`} aria-hidden>
      <span style={{ width: `${Math.min(1, Math.max(0, fraction)) * 100}%`, background: colour }} />
    </span>
  );
}
