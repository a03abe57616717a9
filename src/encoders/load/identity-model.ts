/**
 * The smallest model onnxruntime opens: one `Identity` node from `x` to `y`, both one float32. Opening it starts the
 * runtime while the real model is still on its way. The bytes are a protobuf `ModelProto` (onnx.proto3).
 */
export const IDENTITY_MODEL: Uint8Array = message([
  // ir_version = 8
  [0x08, 8],
  // graph
  field(7, [
    // node: input, output, op_type
    field(1, [field(1, ascii("x")), field(2, ascii("y")), field(4, ascii("Identity"))]),
    // name
    field(2, ascii("g")),
    // input and output
    field(11, valueInfo("x")),
    field(12, valueInfo("y")),
  ]),
  // opset_import: version = 17
  field(8, [[0x10, 17]]),
]);

/** `ValueInfoProto`: a name, and a tensor type with `elem_type` FLOAT (1) and a shape of one axis of length 1. */
function valueInfo(name: string): number[][] {
  const shape = field(2, [field(1, [[0x08, 1]])]);
  return [field(1, ascii(name)), field(2, [field(1, [[0x08, 1], shape])])];
}

/** A length-delimited protobuf field; everything here is shorter than 128 bytes, so lengths take one byte. */
function field(number: number, parts: readonly number[][]): number[] {
  const content = parts.flat();
  return [(number << 3) | 2, content.length, ...content];
}

function ascii(text: string): number[][] {
  return [Array.from(text, (character) => character.charCodeAt(0))];
}

function message(parts: readonly number[][]): Uint8Array {
  return Uint8Array.from(parts.flat());
}
