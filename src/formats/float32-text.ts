/** Exact powers of ten: 10^22 is the last that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** No float32 needs more significant decimal digits than this to be told from its neighbours. */
const mostDigits = 9;

/**
 * How far a scaled value may be off: it is below 1e9 and rounded once or twice to a double, so by less than 2.3e-7.
 * A candidate as near as this to the edge of the rounding interval is left to the exact path.
 */
const doubt = 1e-6;

/**
 * Numbers from here on are written with an exponent: whole columns of them would be too long for the 64-bit integers
 * that pandas makes of columns without a point.
 */
const firstLargeExponent = 16;

/** Longest text: sign, "0.00000", nine digits; or sign and 16 digits; or sign, digits, point and exponent. */
export const longestFloat32Text = 24;

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The decimal found last, `digits × 10^power`; two variables instead of an object for every cell of a table. */
let digits = 0;
let power = 0;

/** Sets `digits` and `power` for a positive float32 by asking the language for ever more digits. Always right. */
function searchExactly(value: number): void {
  const isPowerOfTwo = (bits[0] & 0x7fffff) === 0;
  for (let count = 1; ; count++) {
    const [mantissa, exponent] = value.toExponential(count - 1).split("e");
    digits = Number(mantissa.replace(".", ""));
    power = Number(exponent) - count + 1;
    if (Math.fround(Number(`${digits}e${power}`)) === value) return;
    // Below a power of two floats lie closer together than above: the second-nearest decimal, above, can be the one.
    if (isPowerOfTwo && Math.fround(Number(`${digits + 1}e${power}`)) === value) {
      digits += 1;
      return;
    }
  }
}

/**
 * Sets `digits` and `power` to the shortest decimal that reads back to a positive float32, and the one nearest to it
 * among those. Works on the value scaled to nine digits before the point; what that cannot decide goes the exact way.
 */
function search(value: number): void {
  const biased = bits[0] >>> 23;
  const scale = 8 - Math.floor((biased - 127) * Math.LOG10E * Math.LN2);
  if (biased === 0 || (bits[0] & 0x7fffff) === 0 || scale > 22 || scale < -21) {
    searchExactly(value);
    return;
  }
  power = -scale;
  let scaled = scale >= 0 ? value * powers[scale] : value / powers[-scale];
  if (scaled >= 1e9) {
    power += 1;
    scaled = power <= 0 ? value * powers[-power] : value / powers[power];
  }
  const halfGap = 2 ** (biased - 151);
  const reach = power <= 0 ? halfGap * powers[-power] : halfGap / powers[power];
  digits = Math.round(scaled);
  // Every decimal with fewer digits is also one with more: try coarser ones until one falls out of reach.
  for (let cut = 1; cut <= mostDigits; cut++) {
    const unit = powers[cut];
    const candidate = Math.round(scaled / unit);
    const distance = Math.abs(candidate * unit - scaled);
    if (Math.abs(distance - reach) < doubt) {
      searchExactly(value);
      return;
    }
    if (distance > reach) {
      digits = Math.round(scaled / powers[cut - 1]);
      power += cut - 1;
      return;
    }
  }
  searchExactly(value);
}

function writeAscii(text: string, bytes: Uint8Array, at: number): number {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
  return at + text.length;
}

const zero = 48;
const point = 46;
const minus = 45;

/** Writes the `count` decimal digits of `digits`, with a point before the last `fraction` of them if that is above 0. */
function writeDigits(count: number, fraction: number, bytes: Uint8Array, at: number): number {
  const end = at + count + (fraction > 0 ? 1 : 0);
  let rest = digits;
  let place = end;
  for (let index = 0; index < count; index++) {
    if (index === fraction && fraction > 0) bytes[--place] = point;
    const next = Math.floor(rest / 10);
    bytes[--place] = zero + (rest - next * 10);
    rest = next;
  }
  return end;
}

function writeZeros(count: number, bytes: Uint8Array, at: number): number {
  bytes.fill(zero, at, at + count);
  return at + count;
}

/**
 * Writes a float32 as the decimal text with the fewest significant digits that reads back to the same float32, be it
 * read as a double and then rounded, or directly. It is written plainly from 1e-6 to below 1e16 and with an exponent
 * outside. Negative zero is "-0.0", since pandas reads a column of "-0" and whole numbers as integers, which have none.
 * The others are "NaN", "Infinity" and "-Infinity".
 *
 * `value` is a float32 (a number that `Math.fround` leaves alone); `bytes` must have room for `longestFloat32Text` at
 * `at`. Returns the place after the text.
 */
export function writeFloat32(value: number, bytes: Uint8Array, at: number): number {
  if (!Number.isFinite(value)) return writeAscii(String(value), bytes, at);
  let end = at;
  if (value < 0 || Object.is(value, -0)) bytes[end++] = minus;
  if (value === 0) return writeAscii(end === at ? "0" : "0.0", bytes, end);

  float[0] = Math.abs(value);
  search(float[0]);
  let count = 1;
  while (count < mostDigits && powers[count] <= digits) count += 1;

  const exponent = count - 1 + power;
  if (exponent < -6 || exponent >= firstLargeExponent) {
    end = writeDigits(count, count - 1, bytes, end);
    return writeAscii(`e${exponent}`, bytes, end);
  }
  if (power >= 0) return writeZeros(power, bytes, writeDigits(count, 0, bytes, end));
  if (exponent >= 0) return writeDigits(count, -power, bytes, end);
  end = writeZeros(1, bytes, end);
  bytes[end++] = point;
  return writeDigits(count, 0, bytes, writeZeros(-exponent - 1, bytes, end));
}
