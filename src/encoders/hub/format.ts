import type { Modality } from "../../core/space";
import type { NumberFormat } from "../source";

/** The facts that a number format is chosen from. */
export interface FormatFacts {
  readonly device: "webgpu" | "wasm";
  /** True when the graphics adapter computes in float16. */
  readonly shaderF16: boolean;
  readonly modality: Modality;
  /** Files of more bytes can't be opened here. The default is no limit. */
  readonly mostBytes?: number;
}

/** One of a model's files of weights, or a file and what belongs to it. */
export interface Weights {
  readonly format: NumberFormat;
  /** To be fetched, weights outside of the graph included. */
  readonly bytes: number;
}

/** The format to take, and why, as one sentence for people. */
export interface FormatChoice {
  readonly format: NumberFormat;
  readonly reason: string;
}

/**
 * On WASM a text model up to this size comes in full precision: 100 MB are ten seconds on a common line. Larger ones come
 * in eight bits, with a quarter of the bytes and about twice the speed, which cost texts little (cosine 0.98 and more).
 */
const TEXT_IN_FULL = 100_000_000;

/** Eight bits spoil pictures' vectors far more than texts' (CLIP's and MobileCLIP's vision towers become noise). */
const IMAGE_IN_FULL = 400_000_000;

const EIGHT_BITS: readonly NumberFormat[] = ["q8", "int8", "uint8"];

/**
 * Chooses among the formats that exist. Undefined when none of them suits the device, although there are some: eight bits
 * and bnb4 leave the WebGPU provider, and are slow or wrong there; another device should be taken.
 */
export function chooseFormat(available: readonly Weights[], facts: FormatFacts): FormatChoice | undefined {
  const { mostBytes = Number.POSITIVE_INFINITY } = facts;
  const fitting = available.filter(({ bytes }) => bytes <= mostBytes);
  // Where nothing fits, what would have been taken says by how much.
  const among = fitting.length > 0 ? fitting : available;
  const has = (format: NumberFormat) => among.find((weights) => weights.format === format);
  for (const { format, reason, when = true } of wishes(facts, has)) {
    if (when && has(format)) return { format, reason };
  }
  return undefined;
}

interface Wish extends FormatChoice {
  /** The default is always. */
  readonly when?: boolean;
}

function wishes(
  { device, shaderF16, modality }: FormatFacts,
  has: (format: NumberFormat) => Weights | undefined,
): readonly Wish[] {
  if (device === "webgpu") {
    const half = "The graphics device computes in float16, in half the bytes of float32.";
    return [
      { format: "fp16", when: shaderF16, reason: half },
      { format: "fp32", reason: shaderF16 ? "There is no float16 file." : "The device has no float16." },
      { format: "q4f16", when: shaderF16, reason: "There is only a file of four-bit weights." },
      { format: "q4", reason: "There is only a file of four-bit weights." },
    ];
  }
  const limit = modality === "text" ? TEXT_IN_FULL : IMAGE_IN_FULL;
  const inFull = (has("fp32")?.bytes ?? 0) <= limit;
  const eight = "Eight-bit weights: a quarter of the bytes, and faster on WASM.";
  const last = "There is no other file.";
  const eightBits = EIGHT_BITS.map((format) => ({ format, reason: eight }));
  const halves: Wish[] = [
    { format: "fp16", reason: "Half the bytes of float32; WASM computes in float32 all the same." },
  ];
  return [
    { format: "fp32", when: inFull, reason: "Full precision, and small enough to fetch." },
    ...(modality === "text" ? [...eightBits, ...halves] : [...halves, ...eightBits]),
    { format: "fp32", reason: last },
    { format: "q4", reason: last },
    { format: "bnb4", reason: last },
    { format: "q4f16", reason: last },
  ];
}
