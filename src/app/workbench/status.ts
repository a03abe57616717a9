import { counted } from "./counted";
import type { EncoderState, Task, WorkbenchState } from "./types";

const MEGABYTE = 1e6;

const STAGES = {
  download: "Fetching",
  verify: "Checking the files of",
  start: "Starting",
  check: "Comparing with the reference:",
} as const;

function loading(encoder: EncoderState): string {
  const { progress, title, note } = encoder;
  const why = note === undefined ? "" : `${note} `;
  if (!progress) return `${why}Fetching ${title}`;
  const text = `${why}${STAGES[progress.stage]} ${title}`;
  if (progress.stage !== "download") return text;
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
  return `${text}: ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
}

function progressOf({ title, done, total }: Task): string {
  if (total > 1) return `${title}: ${done.toLocaleString("en")} done`;
  return done > 0 && done < 1 ? `${title}: ${Math.round(done * 100)} %` : title;
}

/** One sentence on what is going on, the most pressing first. */
export function statusOf(state: Omit<WorkbenchState, "status">): string {
  const { textEncoder, imageEncoder, tasks, layout, items } = state;
  for (const encoder of [textEncoder, imageEncoder]) {
    if (encoder.status === "failed")
      return `${encoder.title} is not available: ${encoder.error?.message ?? ""}`;
  }
  for (const encoder of [textEncoder, imageEncoder])
    if (encoder.status === "loading") return loading(encoder);
  if (layout.status === "running" && layout.isPaused)
    return `The layout is paused at ${Math.round(layout.fraction * 100)} %.`;
  const task = tasks.at(-1);
  if (task) return progressOf(task);
  if (layout.status === "running")
    return `Laying out ${counted(items.length, "item")}: ${Math.round(layout.fraction * 100)} %`;
  if (layout.status === "failed") return `The layout failed: ${layout.error?.message ?? ""}`;
  if (layout.error) return "The layout was stopped before its end.";
  if (items.length === 0) return "Ready. The map is empty.";
  const selected = state.selection.length;
  const item = selected === 1 ? items.find((one) => one.id === state.selection[0]) : undefined;
  if (item) return `Ready. ${item.label} is selected.`;
  return selected > 1 ? `Ready. ${counted(selected, "item")} selected.` : "Ready";
}
