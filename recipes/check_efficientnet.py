"""Prints how close the shipped EfficientNet-Lite0 comes to the full-precision PyTorch model, and reads every tap once."""

import json

import numpy as np

import card
import efficientnet
import graph
from paths import SAMPLES
from pixels import FORMULAS, fit, open_picture, pattern
from shipped import ImageEncoder, session


def pictures() -> np.ndarray:
    """The sample photographs, then the two synthetic probes."""
    photos = [fit(open_picture(path), efficientnet.FIT) for path in sorted((SAMPLES / "pictures").glob("*.jpg"))]
    return np.stack([*photos, *[pattern(name) for name in FORMULAS]])


def measure() -> dict:
    """Cosines between shipped and reference features on the same pixels, and how often the top class changes."""
    pixels = pictures()
    features, logits = ImageEncoder().encode(pixels)
    expected, expected_logits = efficientnet.reference(pixels)
    cosines = (features * expected).sum(1) / np.linalg.norm(features, axis=1) / np.linalg.norm(expected, axis=1)
    return {
        "pictures": len(pixels),
        "meanCosine": round(float(cosines.mean()), 7),
        "minCosine": round(float(cosines.min()), 7),
        "topClassChanged": int((logits.argmax(1) != expected_logits.argmax(1)).sum()),
    }


def read_taps() -> None:
    """Each tap of the card becomes an output by appended bytes, and has the shape the card says."""
    content = (efficientnet.FOLDER / "onnx" / "model.onnx").read_bytes()
    inputs = {"pixel_values": np.zeros((2, 3, 224, 224), dtype=np.float32)}
    for tap in card.read(efficientnet.FOLDER)["taps"]:
        output = tap["name"] in ("features", "logits")
        opened = session(content if output else graph.with_output(content, tap["name"]))
        print(f"{tap['name']:18} {opened.run([tap['name']], inputs)[0].shape}")


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
    read_taps()
