"""Small operations on an ONNX graph: rename tensors, drop what an exporter leaves behind, save, append an output."""

from pathlib import Path

import onnx
from onnx import numpy_helper


def rename(graph: onnx.GraphProto, names: dict[str, str]) -> None:
    """Give tensors readable names: old name → new name, everywhere they are produced or used."""
    for node in graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    for tensor in graph.initializer:
        tensor.name = names.get(tensor.name, tensor.name)
    for value in [*graph.input, *graph.output]:
        value.name = names.get(value.name, value.name)


def constants(graph: onnx.GraphProto) -> dict:
    """The graph's weights as numpy arrays, by name."""
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def clean(model: onnx.ModelProto) -> None:
    """Remove stack traces, notes and inferred shapes: they add bytes and say where the file was made."""
    graph = model.graph
    del model.metadata_props[:]
    del model.functions[:]
    model.doc_string = ""
    graph.doc_string = ""
    del graph.metadata_props[:]
    del graph.value_info[:]
    for part in [*graph.node, *graph.input, *graph.output, *graph.initializer]:
        part.doc_string = ""
        del part.metadata_props[:]
    for tensor in graph.initializer:
        del tensor.external_data[:]
    used = {name for node in graph.node for name in node.input} | {value.name for value in graph.output}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def save(model: onnx.ModelProto, path: Path, producer: str) -> None:
    """Check the model and write it; the same graph gives the same bytes."""
    model.producer_name = producer
    model.producer_version = ""
    clean(model)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


def with_output(model_bytes: bytes, name: str) -> bytes:
    """The same model with the inner tensor `name` as one more output.

    Protobuf messages merge when their bytes are joined, so appending a second, nearly empty model
    that holds only `graph { output { name } }` is enough; the runtime infers the tensor's type.
    The page does exactly this to read a tap.
    """
    value = name.encode()
    output = b"\x0a" + bytes([len(value)]) + value  # ValueInfoProto.name = 1
    graph = b"\x62" + bytes([len(output)]) + output  # GraphProto.output = 12
    return model_bytes + b"\x3a" + bytes([len(graph)]) + graph  # ModelProto.graph = 7
