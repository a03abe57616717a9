import { lazy, Suspense } from "react";
import { useBench } from "../context";
import { Bar } from "../ui/Bar";
import styles from "./StatusBar.module.css";

const TrustPopover = lazy(() => import("./TrustPopover"));

/** How far the map's distances can be believed: one number, and more behind it. */
export function MapTrust() {
  const trust = useBench((state) => state.layout.trustworthiness);
  const done = useBench((state) => state.layout.status === "done");
  if (!done || trust === undefined || Number.isNaN(trust)) return null;
  const summary = (
    <>
      Map trust {trust.toFixed(2)}
      <span className={styles.trustBar}>
        <Bar fraction={trust} colour={trust >= 0.8 ? "var(--ok)" : "var(--warn)"} />
      </span>
    </>
  );
  return (
    <Suspense fallback={<span className={styles.trust}>{summary}</span>}>
      <TrustPopover className={styles.trust}>{summary}</TrustPopover>
    </Suspense>
  );
}
