import { delimited } from "./wire";

/** A tiny ONNX file, written step by step; for tests. */
export class NetworkWriter {
  private readonly parts: Uint8Array[] = [];
  private made = 0;

  /** A graph input of the given type (1 float32, 7 int64) and axes. */
  input(name: string, type: number, axes: readonly (number | string)[]): string {
    this.parts.push(...delimited(11, value(name, type, axes)));
    return name;
  }

  /** A weight of zeros. */
  weight(...axes: readonly number[]): string {
    const name = `weight_${this.made++}`;
    const size = axes.reduce((product, axis) => product * axis, 1);
    const dims = delimited(
      1,
      axes.map((axis) => Uint8Array.of(axis)),
    );
    const data = delimited(9, [new Uint8Array(4 * size)]);
    this.parts.push(
      ...delimited(5, [...dims, Uint8Array.of(0x10, 1), ...delimited(8, [ascii(name)]), ...data]),
    );
    return name;
  }

  /** A node; the name of its first output, which is made up unless given. */
  node(
    op: string,
    inputs: readonly string[],
    { output = `${op}_${this.made++}`, more = [], numbers = {}, name = "", body }: NodeOptions = {},
  ): string {
    const attributes = Object.entries(numbers).flatMap(([key, list]) =>
      delimited(5, [
        ...delimited(1, [ascii(key)]),
        ...list.flatMap((number) => [Uint8Array.of(0x40), varint(number)]),
        Uint8Array.of(0xa0, 0x01, 7),
      ]),
    );
    const content = [
      ...inputs.flatMap((input) => delimited(1, [ascii(input)])),
      ...[output, ...more].flatMap((one) => delimited(2, [ascii(one)])),
      ...delimited(3, [ascii(name)]),
      ...delimited(4, [ascii(op)]),
      ...attributes,
      ...(body ? delimited(5, [...delimited(1, [ascii("then_branch")]), ...delimited(6, [body])]) : []),
    ];
    this.parts.push(...delimited(1, content));
    return output;
  }

  /** The graph alone, for a node's body. */
  body(...outputs: readonly string[]): Uint8Array {
    const ends = outputs.flatMap((output) => delimited(12, delimited(1, [ascii(output)])));
    return concat([...this.parts, ...ends]);
  }

  /** The file, with these tensors as outputs. */
  finish(...outputs: readonly string[]): Uint8Array {
    const graph = delimited(7, [this.body(...outputs)]);
    return concat([Uint8Array.of(0x08, 8), ...graph, ...delimited(8, [Uint8Array.of(0x10, 17)])]);
  }
}

interface NodeOptions {
  readonly output?: string;
  readonly more?: readonly string[];
  readonly numbers?: Readonly<Record<string, readonly number[]>>;
  readonly name?: string;
  /** A graph that the node may run: what `body` of another writer gives. */
  readonly body?: Uint8Array;
}

function value(name: string, type: number, axes: readonly (number | string)[]): Uint8Array[] {
  const shape = axes.flatMap((axis) =>
    delimited(
      1,
      typeof axis === "number" ? [Uint8Array.of(0x08), varint(axis)] : delimited(2, [ascii(axis)]),
    ),
  );
  const tensor = [Uint8Array.of(0x08, type), ...delimited(2, shape)];
  return [...delimited(1, [ascii(name)]), ...delimited(2, delimited(1, tensor))];
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Joins bytes. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
