import { NamedError } from "../../core/errors";

/** A part of a file: from byte `start` up to, and without, byte `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One field of a protobuf message. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly type: number;
  /** The whole field, key included. */
  readonly whole: Span;
  /** What a length-delimited field holds; empty for other types. */
  readonly content: Span;
  /** A varint's value; 0 for other types. Signed, exact within ±2⁵³. */
  readonly value: number;
}

/** The error for bytes that are no ONNX file. */
export function damaged(reason: string): NamedError {
  return new NamedError("ModelCorrupt", `The model's file is damaged: ${reason}.`, {
    advice: "Choose an .onnx file that is whole.",
  });
}

/**
 * Walks the fields of a protobuf message (protobuf.dev, "Encoding") without copying anything. Throws `ModelCorrupt` when
 * a field reaches beyond `span`, which must lie within `bytes`.
 */
export function* fields(bytes: Uint8Array, span: Span): Generator<Field> {
  let at = span.start;

  const varint = (): number => {
    let low = 0;
    let high = 0;
    // Seven bits a byte, at most ten bytes: 64 bits, kept as two halves because numbers are exact to 53.
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= span.end) throw damaged("it ends in the middle of a number");
      const byte = bytes[at++];
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= (bits & 0x0f) << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) return (high | 0) * 2 ** 32 + (low >>> 0);
    }
    throw damaged("a number in it has no end");
  };

  while (at < span.end) {
    const start = at;
    const key = varint();
    const number = Math.floor(key / 8);
    const type = key & 7;
    let content: Span = { start: at, end: at };
    let value = 0;
    if (type === 0) value = varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else if (type === 2) {
      const length = varint();
      content = { start: at, end: at + length };
      at += length;
    } else throw damaged(`it has a field of the unknown type ${type}`);
    if (number < 1 || !(at >= start && at <= span.end)) throw damaged("a part of it is longer than the file");
    yield { number, type, whole: { start, end: at }, content, value };
  }
}

const decoder = new TextDecoder();

/** The text that a span holds. */
export function text(bytes: Uint8Array, { start, end }: Span): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** Whole numbers of a repeated field, packed (one field) or not (one field each). */
export function integers(bytes: Uint8Array, field: Field): number[] {
  if (field.type === 0) return [field.value];
  const values: number[] = [];
  let at = field.content.start;
  while (at < field.content.end) {
    // Each packed number is read as a field whose key was left out: the same bytes, the same bounds.
    let shift = 1;
    let value = 0;
    for (let count = 0; ; count++) {
      if (at >= field.content.end || count === 10) throw damaged("it ends in the middle of a number");
      const byte = bytes[at++];
      value += (byte & 0x7f) * shift;
      shift *= 128;
      if (byte < 0x80) break;
    }
    values.push(value >= 2 ** 63 ? value - 2 ** 64 : value);
  }
  return values;
}

/** A length-delimited field: key, length and content, as bytes. */
export function delimited(number: number, content: readonly Uint8Array[]): Uint8Array[] {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varintBytes(number * 8 + 2), ...varintBytes(length)]), ...content];
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return bytes;
}
