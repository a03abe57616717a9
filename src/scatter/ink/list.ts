/**
 * What is to be drawn on a canvas, as plain data: a worker can be sent it. Operations lie one after another in `numbers`,
 * each its code from `Op` and then its arguments, in their order. Where an argument is a text, the number is its place in
 * `texts`, which holds each text once.
 */
export interface InkList {
  /** Larger than what is used, and its own buffer's only view: the buffer can be moved to a worker. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** How many of the numbers are used. */
  readonly used: number;
  readonly texts: readonly string[];
}

/** The codes of the methods and properties of a canvas' context that the map draws with. */
export const Op = {
  setTransform: 0,
  clearRect: 1,
  fillRect: 2,
  beginPath: 3,
  closePath: 4,
  moveTo: 5,
  lineTo: 6,
  arc: 7,
  roundRect: 8,
  fill: 9,
  stroke: 10,
  fillText: 11,
  strokeText: 12,
  fillStyle: 13,
  strokeStyle: 14,
  lineWidth: 15,
  lineJoin: 16,
  globalAlpha: 17,
  font: 18,
  textAlign: 19,
  textBaseline: 20,
  direction: 21,
} as const;
