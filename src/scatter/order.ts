import { exhaust } from "./steps";

/** Bits sorted by in one pass: 2,048 counters stay in the processor's nearest cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Numbers per step: about half a millisecond's work. */
const STEP = 1 << 16;

/**
 * Indices 0 … count − 1 in ascending order of 32-bit keys, equal keys in the order of `start`: three passes of counting
 * sort (Knuth, "The Art of Computer Programming", volume 3, 5.2.5), which beats comparing at a million.
 *
 * @param start the order to begin with; the default is ascending indices.
 */
export function orderByKey(keys: Uint32Array, count: number, start?: Uint32Array): Uint32Array {
  return exhaust(orderingByKey(keys, count, start));
}

/** As `orderByKey`, in steps of a millisecond or less. */
export function* orderingByKey(
  keys: Uint32Array,
  count: number,
  start?: Uint32Array,
): Generator<void, Uint32Array> {
  let from: Uint32Array = start ? start.slice(0, count) : new Uint32Array(count);
  if (!start) for (let index = 0; index < count; index++) from[index] = index;
  let into: Uint32Array = new Uint32Array(count);
  const places = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    yield;
    places.fill(0);
    for (let first = 0; first < count; first += STEP) {
      if (first > 0) yield;
      const end = Math.min(count, first + STEP);
      for (let index = first; index < end; index++) places[(keys[index] >>> shift) & (DIGITS - 1)]++;
    }
    let total = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const here = places[digit];
      places[digit] = total;
      total += here;
    }
    for (let first = 0; first < count; first += STEP) {
      yield;
      const end = Math.min(count, first + STEP);
      for (let at = first; at < end; at++) {
        const index = from[at];
        into[places[(keys[index] >>> shift) & (DIGITS - 1)]++] = index;
      }
    }
    [from, into] = [into, from];
  }
  return from;
}

/**
 * Indices 0 … count − 1 in an order that looks random and is always the same: steps of the golden ratio's share of the
 * whole, which spread any beginning of the order evenly over all (Knuth, volume 3, 6.4). In steps, as `orderingByKey`.
 */
export function* spreadOrder(count: number): Generator<void, Uint32Array> {
  let step = Math.max(1, Math.round(count * 0.6180339887));
  while (commonDivisor(step, count) > 1) step++;
  const order = new Uint32Array(count);
  for (let at = 0, index = 0; at < count; at++) {
    if (at % STEP === STEP - 1) yield;
    order[at] = index;
    index += step;
    if (index >= count) index -= count;
  }
  return order;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Keys whose ascending order is the numbers' descending order; NaN comes last. */
export function descendingKeys(numbers: Float32Array, count: number): Uint32Array {
  const keys = new Uint32Array(numbers.slice(0, count).buffer);
  for (let index = 0; index < count; index++) {
    const bits = keys[index];
    // IEEE 754 numbers of one sign are ordered as their bits; negative ones the other way round.
    keys[index] = Number.isNaN(numbers[index]) ? 0xffffffff : bits >>> 31 ? bits : ~bits & 0x7fffffff;
  }
  return keys;
}
