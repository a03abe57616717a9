/** Outputs that the kernel `pointwise` works on together. */
const PANEL = 8;

/**
 * A matrix of `outputs × inputs` numbers, or with `transposed` of `inputs × outputs`, in panels of eight outputs:
 * `[outputs / 8][inputs][8]`.
 */
export function byPanels(
  matrix: ArrayLike<number>,
  outputs: number,
  inputs: number,
  transposed = false,
): Float32Array {
  return intoPanels(new Float32Array(outputs * inputs), matrix, outputs, inputs, transposed);
}

/** As `byPanels`, for whole numbers of eight bits that lie as `inputs × outputs`. */
export function bytePanels(matrix: Int8Array, outputs: number, inputs: number): Int8Array {
  return intoPanels(new Int8Array(outputs * inputs), matrix, outputs, inputs, true);
}

function intoPanels<Numbers extends Float32Array | Int8Array>(
  packed: Numbers,
  matrix: ArrayLike<number>,
  outputs: number,
  inputs: number,
  transposed: boolean,
): Numbers {
  const [output, input] = transposed ? [1, outputs] : [inputs, 1];
  for (let o = 0; o < outputs; o++) {
    const start = (o - (o % PANEL)) * inputs + (o % PANEL);
    for (let i = 0; i < inputs; i++) packed[start + i * PANEL] = matrix[o * output + i * input];
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
