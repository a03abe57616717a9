"""Makes e2e/fixtures/reference/layers.json and layers.f16: what the full-precision PyTorch models hold at every layer.

layers.f16 are little-endian float16 numbers, one vector after another. layers.json says what they are:

    { "text":  { "inputs": [{ "text", "ids" }],  "taps": [{ "name", "vectors": [{ pooling: offset }] }] },
      "image": { "inputs": [{ "pixels" }],       "taps": [{ "name", "dimension", "vectors": [{ pooling: offset }] }] } }

with one entry of `vectors` for each input, and offsets in numbers. Texts are pooled over all their tokens, maps over all
their cells. Pictures are the synthetic ones of the card's probes.
"""

import json

import numpy as np
import torch

import efficientnet
import minilm
from paths import REFERENCE
from pixels import FORMULAS, normalise, pattern

TEXTS = ["football", "The river bank is wet; the savings bank is shut."]


def make() -> None:
    """Write both files."""
    numbers: list[np.ndarray] = []

    def keep(vector: torch.Tensor) -> int:
        offset = sum(one.size for one in numbers)
        numbers.append(vector.numpy().astype("<f2"))
        return offset

    with torch.no_grad():
        content = {"text": _texts(keep), "image": _pictures(keep)}
    (REFERENCE / "layers.f16").write_bytes(b"".join(one.tobytes() for one in numbers))
    (REFERENCE / "layers.json").write_text(json.dumps(content, ensure_ascii=False) + "\n")


def _texts(keep) -> dict:
    model, tokenizer = minilm.reference_model(), minilm.reference_tokenizer()
    names = ["embeddings_output", *[f"layer_{index}_output" for index in range(minilm.LAYERS - 1)], "last_hidden_state"]
    inputs, taps = [], [{"name": name, "dimension": 384, "vectors": []} for name in names]
    for text in TEXTS:
        tokens = tokenizer(text, return_tensors="pt")
        inputs.append({"text": text, "ids": tokens["input_ids"][0].tolist()})
        for tap, states in zip(taps, model(**tokens, output_hidden_states=True).hidden_states, strict=True):
            pooled = {"mean": states[0].mean(0), "cls": states[0, 0], "max": states[0].amax(0), "none": states[0, 1]}
            tap["vectors"].append({name: keep(vector) for name, vector in pooled.items()})
    return {"inputs": inputs, "taps": taps}


def _pictures(keep) -> dict:
    module = efficientnet.FeaturesAndLogits(efficientnet.reference_model())
    taps = [{"name": name, "vectors": []} for name in [*efficientnet.tap_names(), "features", "logits"]]
    for name in FORMULAS:
        features, logits, *maps = module(torch.from_numpy(normalise(pattern(name))))
        for tap, states in zip(taps, [*maps, features, logits], strict=True):
            tap["dimension"] = states.shape[1]
            if states.ndim == 4:
                # One cell away from the edges stands for all of them.
                cell = states[0, :, states.shape[2] // 2, states.shape[3] // 3]
                pooled = {"mean": states[0].mean((1, 2)), "max": states[0].amax((1, 2)), "none": cell}
            else:
                pooled = {"none": states[0]}
            tap["vectors"].append({pooling: keep(vector) for pooling, vector in pooled.items()})
    return {"inputs": [{"pixels": name} for name in FORMULAS], "taps": taps}


if __name__ == "__main__":
    make()
