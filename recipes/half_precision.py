"""Weights stored as float16 behind a `Cast`: half the bytes, float32 arithmetic.

No device feature is needed (a float16 *model* would need `shader-f16` on WebGPU): the runtime folds
each `Cast` into a float32 constant when the session opens.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

#: Smaller tensors (biases, depthwise filters) stay float32: they cost little.
SMALLEST = 12 * 1024


def halve_weights(graph: onnx.GraphProto) -> list[str]:
    """Store the large float32 weights as float16, each behind one `Cast`; returns their names."""
    casts, done = [], []
    for tensor in list(graph.initializer):
        if tensor.data_type != onnx.TensorProto.FLOAT or np.prod(tensor.dims) < SMALLEST or len(tensor.dims) < 2:
            continue
        half = numpy_helper.to_array(tensor).astype(np.float16)
        assert np.isfinite(half).all(), tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(half, f"{tensor.name}_float16"))
        casts.append(
            helper.make_node(
                "Cast", [f"{tensor.name}_float16"], [tensor.name], name=f"{tensor.name}_cast", to=onnx.TensorProto.FLOAT
            )
        )
        done.append(tensor.name)
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend([*casts, *nodes])
    return done
