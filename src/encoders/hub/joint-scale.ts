import type { JointScale } from "../card";
import { readBeginning } from "../graph/read";
import type { GraphNode } from "../graph/types";
import type { FetchOptions } from "../load/fetch";
import { type FileAt, fileBytes } from "../load/files";
import { fromFloat16 } from "../load/half";
import { readPart } from "./edges";
import { type Json, object, text } from "./json";
import type { Repository } from "./repository";
import { keepText, readText } from "./store";
import { findWeights } from "./weights";

/**
 * The trained scale is a number inside the network of both towers, which the towers' own files do not hold. CLIP's stands
 * at its limit of 100 (Radford 2021, §2.5). SigLIP's and its bias (Zhai 2023, §3.2) are about those of
 * siglip-base-patch16-224; its ranking of labels does not depend on them, only how sure it looks.
 */
const CLIP: JointScale = { logitScale: 100, logitBias: 0, activation: "softmax" };
const SIGLIP: JointScale = { logitScale: 117, logitBias: -12.9, activation: "sigmoid" };

/** The network's steps stand at the file's beginning: some hundred bytes for each of the thousands that large ones have. */
const BEGINNING = 2 * 1024 * 1024;

/** The two numbers stand among the first weights or, as they are used last, among the last. */
const END = 256 * 1024;

/** How a two-tower model turns cosines into probabilities, and whether it is what the model learned. */
export interface FoundScale {
  readonly joint: JointScale;
  readonly isExact: boolean;
}

type Scale = Pick<JointScale, "logitScale" | "logitBias">;

/**
 * Looks for the scale (and SigLIP's bias) in the beginning and the end of the file of both towers, where the model has
 * one; else gives what such models have. What was found in a file of the Hub is kept, unless `keep` is false: the file is
 * not. Throws `Cancelled`.
 */
export async function findJointScale(
  { files }: Repository,
  config: Json,
  { signal, keep = true }: Pick<FetchOptions, "signal" | "keep"> = {},
): Promise<FoundScale> {
  const usual = text(config.model_type)?.startsWith("siglip") ? SIGLIP : CLIP;
  const [whole] = findWeights(files, "model").sort((a, b) => a.bytes - b.bytes);
  if (!whole) return { joint: usual, isExact: false };
  const address = whole.graph.from === "hub" ? keptAt(whole.graph.url) : undefined;
  const kept = address && parseScale(await readText(address));
  const found = kept ?? (await readEdges(whole.graph, signal));
  if (address && found && !kept && keep) await keepText(address, JSON.stringify(found));
  return found ? { joint: { ...usual, ...found }, isExact: true } : { joint: usual, isExact: false };
}

/** What is kept under a file's address and a question is forgotten with the file's model. */
const keptAt = (url: string) => `${url}?scale`;

/** Undefined for what is no scale that was kept. */
function parseScale(kept: string | undefined): Scale | undefined {
  if (kept === undefined) return undefined;
  const { logitScale, logitBias } = object(JSON.parse(kept));
  return typeof logitScale === "number" && typeof logitBias === "number"
    ? { logitScale, logitBias }
    : undefined;
}

async function readEdges(graph: FileAt, signal?: AbortSignal): Promise<Scale | undefined> {
  const bytes = fileBytes(graph);
  const [head, tail] = await Promise.all([
    readPart(graph, 0, BEGINNING, signal),
    readPart(graph, bytes - END, bytes, signal),
  ]);
  return head && readScale(head, bytes, [head, ...(tail ? [tail] : [])]);
}

/**
 * The numbers behind `logits = cosine · scale + bias`. `head` is the beginning of an ONNX file of `size` bytes, `parts`
 * are where weights may stand. Undefined where they are not found.
 */
export function readScale(head: Uint8Array, size: number, parts: readonly Uint8Array[]): Scale | undefined {
  const makers = new Map<string, GraphNode>();
  for (const node of readBeginning(head, size)) for (const name of node.outputs) makers.set(name, node);
  const number = (name: string): number | undefined => {
    const maker = makers.get(name);
    if (maker?.op === "Exp") {
      const exponent = number(maker.inputs[0]);
      return exponent === undefined ? undefined : Math.exp(exponent);
    }
    if (maker?.op === "Cast" || maker?.op === "Identity") return number(maker.inputs[0]);
    return parts.map((bytes) => scalar(bytes, name)).find((value) => value !== undefined);
  };
  let node = makers.get("logits_per_image");
  while (node && /^(Transpose|Cast|Identity)$/.test(node.op)) node = makers.get(node.inputs[0]);
  let logitBias = 0;
  if (node?.op === "Add") {
    const bias = node.inputs.map(number).find((value) => value !== undefined);
    node = node.inputs.map((name) => makers.get(name)).find((maker) => maker?.op === "Mul");
    if (bias === undefined) return undefined;
    logitBias = bias;
  }
  if (node?.op !== "Mul") return undefined;
  const logitScale = node.inputs.map(number).find((value) => value !== undefined);
  // Whatever else was found there is no scale.
  return logitScale !== undefined && logitScale > 0 && logitScale < 1e4
    ? { logitScale, logitBias }
    : undefined;
}

/**
 * A weight of one number, looked for by its name: ONNX writes a tensor's name (field 8) right before its bytes (field 9),
 * and so it can be found in a part of a file whose beginning is in the middle of another weight.
 */
function scalar(bytes: Uint8Array, name: string): number | undefined {
  const letters = new TextEncoder().encode(name);
  if (letters.length === 0 || letters.length > 127) return undefined;
  const key = Uint8Array.of(0x42, letters.length, ...letters, 0x4a);
  for (let at = bytes.indexOf(0x42); at >= 0; at = bytes.indexOf(0x42, at + 1)) {
    if (!key.every((byte, i) => bytes[at + i] === byte)) continue;
    const value = at + key.length + 1;
    const length = bytes[value - 1];
    if (value + length > bytes.length) return undefined;
    const { buffer } = bytes.slice(value, value + length);
    if (length === 4) return new Float32Array(buffer)[0];
    if (length === 2) return fromFloat16(new Uint16Array(buffer))[0];
  }
  return undefined;
}
