import type { Affinities } from "./affinities";
import { SpaceTree } from "./space-tree";

/** Attraction is this many times as strong in the first rounds, so that groups form early; scikit-learn's number. */
const EXAGGERATION = 12;

/** Rounds with exaggeration; fewer where there are few rounds. */
const EARLY_ROUNDS = 250;

/** Smallest learning rate; above, it is n / 12 / 4 (Belkina et al., 2019, and scikit-learn's "auto"). */
const LEAST_RATE = 50;

/** Cells that look smaller than this (width by distance) count as one point; van der Maaten's (2014, §5). */
const ANGLE = 0.5;

/** Gains by which each coordinate's rate follows the agreement of its steps (Jacobs, 1988); van der Maaten's numbers. */
const GAIN = 0.2;
const LOSS = 0.8;
const LEAST_GAIN = 0.01;

/**
 * t-SNE's gradient descent (van der Maaten & Hinton, 2008, §3.4) with the push of all points by a Barnes–Hut tree (van der Maaten,
 * 2014): O(n log n) a round. Deterministic.
 */
export class TsneDescent {
  readonly #affinities: Affinities;
  readonly #dimensions: 2 | 3;
  readonly #rounds: number;
  readonly #positions: Float64Array;
  readonly #steps: Float64Array;
  readonly #gains: Float64Array;
  readonly #push: Float64Array;
  readonly #tree: SpaceTree;
  readonly #stack: Int32Array;
  #done = 0;

  /** `start` is `n × dimensions` and copied; it should be tiny, about 10⁻⁴ across. */
  constructor(affinities: Affinities, dimensions: 2 | 3, start: Float64Array, rounds: number) {
    this.#affinities = affinities;
    this.#dimensions = dimensions;
    this.#rounds = rounds;
    this.#positions = start.slice();
    this.#steps = new Float64Array(start.length);
    this.#gains = new Float64Array(start.length).fill(1);
    this.#push = new Float64Array(start.length);
    this.#tree = new SpaceTree(start.length / dimensions, dimensions);
    this.#stack = new Int32Array(this.#tree.stackSize);
  }

  /** Share of the rounds done, in [0, 1]. */
  get progress(): number {
    return this.#done / this.#rounds;
  }

  /** A view of the positions, `n × dimensions`, that moves with every step. */
  get positions(): Float64Array {
    return this.#positions;
  }

  /** One round. */
  step(): void {
    const positions = this.#positions;
    const dimensions = this.#dimensions;
    const rows = positions.length / dimensions;
    const early = this.#done < Math.min(EARLY_ROUNDS, this.#rounds / 3);
    const exaggeration = early ? EXAGGERATION : 1;
    const momentum = early ? 0.5 : 0.8;
    const rate = Math.max(rows / EXAGGERATION / 4, LEAST_RATE);

    this.#tree.build(positions);
    this.#push.fill(0);
    let normaliser = 0;
    for (let i = 0; i < rows; i++)
      normaliser += this.#tree.push(positions, i, ANGLE, this.#push, this.#stack);
    for (let i = 0; i < rows; i++) this.#move(i, exaggeration, momentum, rate, Math.max(normaliser, 1e-300));
    this.#centre();
    this.#done++;
  }

  /** Steps of one point. All gradients read the positions of before: a point's own pull is summed before it moves. */
  #move(i: number, exaggeration: number, momentum: number, rate: number, normaliser: number): void {
    const dimensions = this.#dimensions;
    const positions = this.#positions;
    const { offsets, others, weights } = this.#affinities;
    const own = i * dimensions;
    let pullX = 0;
    let pullY = 0;
    let pullZ = 0;
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const other = others[at] * dimensions;
      const dx = positions[own] - positions[other];
      const dy = positions[own + 1] - positions[other + 1];
      const dz = dimensions === 3 ? positions[own + 2] - positions[other + 2] : 0;
      const strength = weights[at] / (1 + dx * dx + dy * dy + dz * dz);
      pullX += strength * dx;
      pullY += strength * dy;
      pullZ += strength * dz;
    }
    this.#advance(own, exaggeration * pullX - this.#push[own] / normaliser, momentum, rate);
    this.#advance(own + 1, exaggeration * pullY - this.#push[own + 1] / normaliser, momentum, rate);
    if (dimensions === 3)
      this.#advance(own + 2, exaggeration * pullZ - this.#push[own + 2] / normaliser, momentum, rate);
  }

  #advance(at: number, slope: number, momentum: number, rate: number): void {
    const isAgreed = slope > 0 === this.#steps[at] < 0;
    this.#gains[at] = Math.max(LEAST_GAIN, isAgreed ? this.#gains[at] + GAIN : this.#gains[at] * LOSS);
    this.#steps[at] = momentum * this.#steps[at] - rate * this.#gains[at] * 4 * slope;
    this.#positions[at] += this.#steps[at];
  }

  #centre(): void {
    const dimensions = this.#dimensions;
    const rows = this.#positions.length / dimensions;
    for (let t = 0; t < dimensions; t++) {
      let mean = 0;
      for (let at = t; at < this.#positions.length; at += dimensions) mean += this.#positions[at] / rows;
      for (let at = t; at < this.#positions.length; at += dimensions) this.#positions[at] -= mean;
    }
  }
}
