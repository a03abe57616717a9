import styles from "./Progress.module.css";

interface ProgressProps {
  readonly label: string;
  /** What is done of `max`; a band that passes while it is undefined. */
  readonly value: number | undefined;
  readonly max: number | undefined;
}

/** How far something has come. */
export function Progress({ label, value, max }: ProgressProps) {
  return <progress className={styles.progress} aria-label={label} value={value} max={max} />;
}
