"""Prints how close the shipped MiniLM comes to the full-precision PyTorch model, and reads every tap once."""

import json

import numpy as np

import card
import graph
import minilm
from shipped import TextEncoder, session
from texts import reference_texts


def measure() -> dict:
    """Cosines between shipped and reference vectors over the reference texts."""
    texts = reference_texts()
    cosines = (TextEncoder().encode(texts) * minilm.reference_vectors(texts)).sum(axis=1)
    return {
        "texts": len(texts),
        "meanCosine": round(float(cosines.mean()), 6),
        "minCosine": round(float(cosines.min()), 6),
        "worst": texts[int(cosines.argmin())][:60],
    }


def read_taps() -> None:
    """Each tap of the card becomes an output by appended bytes, and has the shape the card says."""
    content = (minilm.FOLDER / "onnx" / "model.onnx").read_bytes()
    inputs = {name: np.ones((2, 7), dtype=np.int64) for name in minilm.INPUTS}
    described = card.read(minilm.FOLDER)
    names = [tap["name"] for tap in described["taps"]] + described["attention"]["names"]
    for name in names:
        opened = session(content if name == "last_hidden_state" else graph.with_output(content, name))
        print(f"{name:22} {opened.run([name], inputs)[0].shape}")


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=2))
    read_taps()
