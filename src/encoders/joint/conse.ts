import type { Matrix } from "../../core/matrix";
import { row } from "../../core/matrix";
import { normalise } from "../../core/vectors";
import type { ClassProbability } from "../types";
import type { ClassTexts } from "./card";

/** What an image's classes are turned into a vector with. */
export interface ConseOptions {
  /** How many classes count. */
  readonly topK: number;
  /** What the scores are divided by before the softmax. */
  readonly temperature: number;
  /** Each class's mean logit over pictures that show nothing. */
  readonly prior: Float32Array;
  /** How many of the most probable classes are looked at. */
  readonly candidates: number;
}

/** Maps texts and images into one space. */
export interface Conse {
  /** From a text's unit vector in the text encoder's space. */
  fromText(vector: Float32Array): Float32Array;
  /** From an image's most probable classes (softmax over all classes at temperature 1), best first; at least one. */
  fromClasses(classes: readonly ClassProbability[]): Float32Array;
}

/**
 * ConSE (Norouzi et al. 2013, arXiv:1312.5650, §3.2): an image's vector is the mean of its most probable classes' text
 * vectors, weighted by probability. Here the mean of all class vectors is taken off both sides, and the result has
 * length 1. Classes score by how much more is said of them than of pictures that show nothing: classifiers have their
 * favourites, which come up wherever they are unsure. `classVectors` has one unit vector per class, in the order of the
 * classifier.
 */
export function createConse(
  classVectors: Matrix,
  { topK, temperature, prior, candidates }: ConseOptions,
): Conse {
  const { dimension } = classVectors;
  const mean = meanRow(classVectors);
  const centred = (vector: Float32Array) => normalise(vector.map((value, i) => value - mean[i]));

  return {
    fromText: centred,
    fromClasses(classes) {
      // The logarithm of a probability is the logit but for what all classes have in common, which the softmax leaves out.
      const best = classes
        .slice(0, candidates)
        .map(({ index, probability }) => ({ index, score: Math.log(probability) - prior[index] }))
        .sort((a, b) => b.score - a.score)
        .slice(0, topK);
      const weights = best.map(({ score }) => Math.exp((score - best[0].score) / temperature));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const vector = new Float32Array(dimension);
      best.forEach(({ index }, place) => {
        const classVector = row(classVectors, index);
        for (let i = 0; i < dimension; i++) vector[i] += (weights[place] / sum) * classVector[i];
      });
      return centred(vector);
    },
  };
}

/**
 * One unit vector per class: the weighted sum of its texts' vectors, leaving out texts that are null or unknown to
 * `vectors`. A class without any known text gets zeros.
 */
export function combineClassTexts(
  texts: ClassTexts,
  weights: readonly number[],
  vectors: ReadonlyMap<string, Float32Array>,
  dimension: number,
): Matrix {
  const data = new Float32Array(texts.length * dimension);
  texts.forEach((names, index) => {
    const sum = new Float32Array(dimension);
    names.forEach((name, place) => {
      const vector = name === null ? undefined : vectors.get(name);
      const weight = weights[place] ?? 0;
      if (vector) for (let i = 0; i < dimension; i++) sum[i] += weight * vector[i];
    });
    data.set(normalise(sum), index * dimension);
  });
  return { data, rows: texts.length, dimension };
}

function meanRow(matrix: Matrix): Float64Array {
  const mean = new Float64Array(matrix.dimension);
  for (let index = 0; index < matrix.rows; index++) {
    const vector = row(matrix, index);
    for (let i = 0; i < mean.length; i++) mean[i] += vector[i] / matrix.rows;
  }
  return mean;
}
