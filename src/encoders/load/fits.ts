import { NamedError } from "../../core/errors";
import type { Weights } from "../hub/format";
import type { NumberFormat } from "../source";
import type { DeviceFacts, DevicePlan } from "./device";

/** What a model weighs. */
export interface Weight {
  readonly title: string;
  readonly bytes: number;
  /** Of its largest table of numbers, as far as that is known. */
  readonly largestTensor?: number;
}

/** What one of a model's number formats weighs. `largest` counts the numbers of its largest table. */
export function weightOf(
  title: string,
  { formats, largest = 0 }: { readonly formats: readonly Weights[]; readonly largest?: number },
  format: NumberFormat,
): Weight {
  const bytes = formats.find((one) => one.format === format)?.bytes ?? 0;
  return { title, bytes, largestTensor: largest * (format === "fp32" ? 4 : 2) };
}

/** WebAssembly addresses 4 GiB, and while a model opens, its file and its weights stand there side by side. */
const MOST_ON_WASM = 1.9e9;

/** A model stands in memory about three times while it opens: the download, the runtime's copy, the weights laid out. */
const COPIES = 3;

/** Most bytes that a model may have here, as far as is known. */
export function mostBytes({ memory = Number.POSITIVE_INFINITY }: Pick<DeviceFacts, "memory">): number {
  return Math.min(MOST_ON_WASM, memory / COPIES);
}

/**
 * Throws `ModelTooLarge`, naming the limit, when a model can't fit on this device. What passes may still fail: browsers say
 * little of how much memory is free.
 */
export function requireFits(
  { title, bytes, largestTensor = 0 }: Weight,
  facts: Pick<DeviceFacts, "memory" | "largestBuffer">,
  plan: Pick<DevicePlan, "kind">,
): void {
  const size = megabytes(bytes);
  const memory = facts.memory;
  if (memory !== undefined && bytes * COPIES > memory) {
    throw tooLarge(
      `${title} has ${size}; it would take about ${megabytes(bytes * COPIES)} of the ${megabytes(memory)} that this device has.`,
    );
  }
  if (bytes > MOST_ON_WASM) {
    throw tooLarge(
      `${title} has ${size}, more than the ${megabytes(MOST_ON_WASM)} that WebAssembly can open.`,
    );
  }
  if (plan.kind === "webgpu" && largestTensor > facts.largestBuffer) {
    throw tooLarge(
      `${title} has a table of ${megabytes(largestTensor)}, more than the ${megabytes(facts.largestBuffer)} that the graphics device takes at once.`,
    );
  }
}

function tooLarge(message: string): NamedError {
  return new NamedError("ModelTooLarge", message, {
    advice: "Choose a smaller model, or a number format with fewer bytes.",
  });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
}
