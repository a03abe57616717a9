/** Rows that are compared with all later ones in one step: 64 × 10,000 × 384 products take some 20 ms. */
export const STRIPE = 64;

/** Rows of the other side of a tile; the kernel's own number. */
const BLOCK = 64;

/** Rows that a list given to `join` may have. */
export const LONGEST_LIST = 128;

/** First byte that is free: the kernel has no data of its own, but address 0 is kept empty. */
const FIRST = 64;

/**
 * How a kernel holds rows: as float32 numbers, or as whole ones of 16 bits, which are compared twice as fast and take half the memory,
 * and leave open which of two rows is nearer where they are within some 10⁻⁴ of a row's length.
 */
export type Precision = "float32" | "int16";

/** A register's bytes. */
const REGISTER = 16;

/** What a kernel works on. */
export interface KernelShape {
  readonly precision: Precision;
  readonly rows: number;
  readonly dimension: number;
  /** Entries kept for each row. */
  readonly kept: number;
}

/** Addresses of what one kernel alone reads and writes. */
export interface Region {
  readonly thresholds: number;
  readonly keys: number;
  readonly ids: number;
  readonly list: number;
  readonly gathered: number;
  readonly tile: number;
}

/**
 * Where everything lies in a kernel's memory: the rows and their penalties first, which several kernels can share, then a region
 * for each of these. Addresses are multiples of a register's width.
 */
export function memoryPlan({ precision, rows, dimension, kept }: KernelShape) {
  const stride = aligned((precision === "int16" ? 2 : 4) * dimension);
  const padded = padTo(rows, 4);
  const data = FIRST;
  const penalties = data + stride * padded;
  const regions = penalties + aligned(4 * padded);
  const sizes = {
    thresholds: 4 * padded,
    keys: 4 * padded * kept,
    ids: 4 * padded * kept,
    list: 4 * LONGEST_LIST,
    gathered: stride * LONGEST_LIST,
    tile: 4 * Math.max(STRIPE * BLOCK, LONGEST_LIST * LONGEST_LIST),
  };
  const regionBytes = Object.values(sizes).reduce((sum, size) => sum + aligned(size), 0);
  return {
    /** Bytes of a row. */
    stride,
    /** Rows with padding, a multiple of four. */
    padded,
    data,
    penalties,
    /** Bytes in all for so many kernels. */
    bytes: (kernels: number) => regions + kernels * regionBytes,
    /** The region of the kernel with this number, from 0. */
    region(place: number): Region {
      let at = regions + place * regionBytes;
      const take = (size: number) => {
        at += aligned(size);
        return at - aligned(size);
      };
      return {
        thresholds: take(sizes.thresholds),
        keys: take(sizes.keys),
        ids: take(sizes.ids),
        list: take(sizes.list),
        gathered: take(sizes.gathered),
        tile: take(sizes.tile),
      };
    },
  };
}

function aligned(bytes: number): number {
  return padTo(bytes, REGISTER);
}

function padTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
