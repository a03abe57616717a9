import { NamedError } from "../../core/errors";
import type { ClassProbability } from "../types";

/** Classes reported for each image: as many as the joint space looks at (its card's `candidates`), more than are shown. */
const TOP_CLASSES = 20;

/** The most probable classes by softmax over all logits, best first; `logits` and `names` have one length. */
export function topClasses(
  logits: Float32Array,
  names: readonly string[],
  count = TOP_CLASSES,
): ClassProbability[] {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return Array.from(logits.keys())
    .sort((a, b) => logits[b] - logits[a] || a - b)
    .slice(0, count)
    .map((index) => ({ index, name: names[index], probability: Math.exp(logits[index] - largest) / sum }));
}

/** Checks a file of class names. Throws `ModelCorrupt`. */
export function parseClassNames(json: unknown, file: string): readonly string[] {
  if (Array.isArray(json) && json.length > 0 && json.every((name) => typeof name === "string")) return json;
  throw new NamedError("ModelCorrupt", `${file} is damaged: it should be a list of class names.`, {
    advice: "Retry, or put the model's files there again.",
  });
}
