"""Weight-only int8: every large weight matrix becomes int8 with one float32 scale per output channel.

Activations stay float32, so the model runs at full-precision speed on WASM and on WebGPU alike. A
`MatMul` weight gets a `DequantizeLinear` in front of it. The table a `Gather` reads is left as int8
and only the rows that were read are scaled: the runtime never holds the table in float32.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

#: Smaller tensors (biases, layer norms) stay float32: they cost little and matter much.
SMALLEST = 64 * 1024


def quantise(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 along `axis`; the scale of each channel is the one with the least squared error."""
    rows = np.moveaxis(weight, axis, 0).reshape(weight.shape[axis], -1)
    largest = np.maximum(np.abs(rows).max(axis=1), 1e-12)
    best_error = np.full(len(rows), np.inf)
    best_scale = largest / 127
    for fraction in np.linspace(1.0, 0.6, 41):
        scale = (largest * fraction / 127).astype(np.float32)
        levels = np.clip(np.rint(rows / scale[:, None]), -127, 127)
        error = ((levels * scale[:, None] - rows) ** 2).sum(axis=1)
        better = error < best_error
        best_error[better] = error[better]
        best_scale[better] = scale[better]
    shape = [1] * weight.ndim
    shape[axis] = -1
    scale = best_scale.astype(np.float32)
    levels = np.clip(np.rint(weight / scale.reshape(shape)), -127, 127).astype(np.int8)
    return levels, scale


def quantise_weights(graph: onnx.GraphProto) -> list[str]:
    """Replace the large weights of `MatMul` and `Gather` nodes; returns their names."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes, done = [], []
    for node in graph.node:
        index = {"MatMul": 1, "Gather": 0}.get(node.op_type)
        tensor = weights.get(node.input[index]) if index is not None else None
        if tensor is None or tensor.data_type != onnx.TensorProto.FLOAT or np.prod(tensor.dims) < SMALLEST:
            nodes.append(node)
            continue
        name = tensor.name
        axis = 1 if node.op_type == "MatMul" else 0
        levels, scale = quantise(numpy_helper.to_array(tensor), axis)
        done.append(name)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(levels, f"{name}_int8"))
        if node.op_type == "MatMul":
            graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
            nodes.append(
                helper.make_node(
                    "DequantizeLinear", [f"{name}_int8", f"{name}_scale"], [name], name=f"{name}_dequantise", axis=1
                )
            )
            nodes.append(node)
        else:
            graph.initializer.append(numpy_helper.from_array(scale[:, None], f"{name}_scale"))
            ids, rows = node.input[1], node.output[0]
            nodes += [
                helper.make_node("Gather", [f"{name}_int8", ids], [f"{rows}_int8"], name=f"{rows}_levels"),
                helper.make_node("Gather", [f"{name}_scale", ids], [f"{rows}_scale"], name=f"{rows}_scales"),
                helper.make_node("Cast", [f"{rows}_int8"], [f"{rows}_cast"], name=f"{rows}_to_float", to=1),
                helper.make_node("Mul", [f"{rows}_cast", f"{rows}_scale"], [rows], name=f"{rows}_dequantise"),
            ]
    del graph.node[:]
    graph.node.extend(nodes)
    return done
