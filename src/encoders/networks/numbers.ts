import type { Graph } from "../graph/types";
import { fields, integers } from "../graph/wire";
import { fromFloat16 } from "../load/half";

/** `TensorProto.DataType`. */
const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;
const FLOAT16 = 10;

/**
 * A weight's numbers, in the order of the file: float32, float16 or whole numbers, those of eight bits as they are.
 * Undefined where there is no weight of that name in the file itself, or one of another type.
 */
export function weightNumbers(
  bytes: Uint8Array,
  graph: Graph,
  name: string,
): Float32Array | Int8Array | undefined {
  const tensor = graph.initialisers.get(name);
  if (!tensor) return undefined;
  const [whole] = fields(bytes, tensor.span);
  for (const field of fields(bytes, whole.content)) {
    // raw_data: little-endian numbers; the copy is aligned.
    if (field.number === 9 && field.type === 2) {
      const { buffer } = bytes.slice(field.content.start, field.content.end);
      return decode(buffer as ArrayBuffer, tensor.type);
    }
    if (field.number === 4 && field.type === 2) {
      return new Float32Array(bytes.slice(field.content.start, field.content.end).buffer);
    }
    if (field.number === 7) return Float32Array.from(integers(bytes, field));
  }
  return undefined;
}

function decode(buffer: ArrayBuffer, type: number): Float32Array | Int8Array | undefined {
  if (type === FLOAT && buffer.byteLength % 4 === 0) return new Float32Array(buffer);
  if (type === INT8) return new Int8Array(buffer);
  if (type === FLOAT16 && buffer.byteLength % 2 === 0) return fromFloat16(new Uint16Array(buffer));
  if (type === INT64 && buffer.byteLength % 8 === 0)
    return Float32Array.from(new BigInt64Array(buffer), Number);
  return undefined;
}
