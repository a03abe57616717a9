/** Outputs that the kernel `pointwise` works on together. */
const PANEL = 8;

/** A matrix of `outputs × inputs` numbers in panels of eight outputs: `[outputs / 8][inputs][8]`. */
export function byPanels(matrix: Float32Array, outputs: number, inputs: number): Float32Array {
  const packed = new Float32Array(outputs * inputs);
  for (let o = 0; o < outputs; o++) {
    const start = (o - (o % PANEL)) * inputs + (o % PANEL);
    for (let i = 0; i < inputs; i++) packed[start + i * PANEL] = matrix[o * inputs + i];
  }
  return packed;
}

/** Filters of `channels × taps` numbers as `[taps][channels]`. */
export function byTaps(filters: Float32Array, channels: number, taps: number): Float32Array {
  const packed = new Float32Array(channels * taps);
  for (let c = 0; c < channels; c++) {
    for (let tap = 0; tap < taps; tap++) packed[tap * channels + c] = filters[c * taps + tap];
  }
  return packed;
}
