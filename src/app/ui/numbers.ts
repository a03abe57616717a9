import type { Metric } from "../../core/space";

const digits = new Intl.NumberFormat("en-GB");

/** 12345 → "12,345" */
export function formatCount(count: number): string {
  return digits.format(count);
}

/** "1 item", "48 items" */
export function formatItems(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "item" : "items"}`;
}

/**
 * A similarity with three decimals, as the metric's users write it: the Euclidean metric's similarity is minus the
 * distance, so the distance is shown. Minus signs are real ones; −0.000 is 0.000.
 */
export function formatSimilarity(similarity: number, metric: Metric): string {
  const value = metric === "euclidean" ? -similarity : similarity;
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/**
 * How long a neighbour's bar is, in [0, 1]. Cosine is its own scale; dot products are measured against the largest
 * on show; for distances, the bar is full at 0 and half as long at twice the nearest distance on show, so that nearer
 * is always longer.
 */
export function barFraction(similarity: number, metric: Metric, all: readonly number[]): number {
  if (metric === "cosine") return clamp(similarity);
  const best = Math.max(...all);
  if (metric === "dot") return best > 0 ? clamp(similarity / best) : 0;
  const scale = Math.max(-best * 2, 1e-9);
  return clamp(scale / (scale - similarity));
}

/** 0.9312 → "93 %"; below one per cent "< 1 %". */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return "< 1 %";
  return `${Math.round(share * 100)} %`;
}

const plain = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4, useGrouping: true });
/** Below ten thousand a number may be a year, and nobody writes those with a comma. */
const years = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4, useGrouping: false });
const tiny = new Intl.NumberFormat("en-GB", { notation: "scientific", maximumSignificantDigits: 3 });

/** Any number in a few characters: "1999", "12,350", "0.1235", "1.2E9"; minus signs are real ones. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const format = size !== 0 && (size < 1e-4 || size >= 1e7) ? tiny : size < 9_999.5 ? years : plain;
  return format.format(value).replace("-", "−");
}

/** "12.1 of 23.5 MB": decimal megabytes, as download sizes are given; a total below 1 MB in whole kilobytes. */
export function formatBytes(loaded: number, total: number): string {
  if (total < 1e6) return `${Math.round(loaded / 1e3)} of ${Math.round(total / 1e3)} kB`;
  return `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}

/** 23366767 → "23.4 MB"; gigabytes from a thousand of them, kilobytes below one. */
export function formatMegabytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
