/** Draws the next number, uniform in [0, 1). */
export type Random = () => number;

/** 2^32: turns an unsigned 32-bit word into a number in [0, 1). */
const WORDS = 4294967296;

/** Words thrown away after seeding, so that near seeds give unlike streams; the count PractRand's sfc32 uses. */
const WARM_UP = 12;

/**
 * A seeded pseudo-random generator: sfc32, "small fast counting" (Chris Doty-Humphrey, PractRand 0.95), with the
 * seed in its three state words and its counter at 1. Same seed, same stream, on every machine.
 * `seed` is any finite number; its integer part and its high word are used.
 */
export function seededRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / WORDS) >>> 0;
  let c = 0;
  let counter = 1;
  const next = () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word;
    return (word >>> 0) / WORDS;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

/** One draw from the standard normal distribution, by the polar method (Marsaglia & Bray, 1964). */
export function gaussian(random: Random): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/**
 * `count` different integers from 0 … `below` − 1, each subset equally likely, in increasing order; all of them when
 * `count` is no smaller than `below`. A partial Fisher–Yates shuffle (Knuth, TAOCP 2, algorithm 3.4.2P).
 */
export function sampleWithoutReplacement(below: number, count: number, random: Random): Uint32Array {
  const pool = Uint32Array.from({ length: below }, (_, index) => index);
  if (count >= below) return pool;
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (below - i));
    const taken = pool[j];
    pool[j] = pool[i];
    pool[i] = taken;
  }
  return pool.slice(0, count).sort();
}
