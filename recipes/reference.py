"""Makes e2e/fixtures/reference: what the full-precision PyTorch models say, for tests in the browser to compare with.

- minilm.json / minilm.f32: texts and their unit vectors; tokens.json: token ids of tricky texts.
- efficientnet.json / efficientnet.f32: files and their raw features, decoded and fitted by Pillow.
- joint.json: which words pictures land by in the joint space.
"""

import json

import numpy as np
from tokenizers import Tokenizer

import conse
import edge_cases
import efficientnet
import minilm
import sample_words
import texts
from paths import PHOTOS, REFERENCE, REPOSITORY, SAMPLES
from pixels import fit, open_picture
from shipped import ImageEncoder, TextEncoder

TRICKY = [
    "",
    " ",
    "football",
    "FOOTBALL",
    "Fußball",
    "naïve café — déjà vu",
    "e\u0301 is not \u00e9, or is it?",
    "⚽ I love 🍕 and ☕!",
    "👩‍👩‍👧‍👦 family",
    "🏳️‍🌈",
    "كرة القدم",
    "כדורגל",
    "足球和サッカー",
    "축구",
    "футбол",
    "nul\u0000in the middle",
    "tab\tand\nline",
    "zero\u200bwidth\u00adsoft",
    "state-of-the-art, don't!",
    "https://example.org/a?b=c&d=é#e",
    "[CLS] [SEP] [MASK]",
    "a" * 250,
    "x" * 101,
    "３．１４ ﬁne №5 ½",
    "12,345.67 €",
    "word " * 300,
]


def _write(name: str, content: dict) -> None:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=True, indent=1)
    (REFERENCE / name).write_text(text + "\n", encoding="utf-8")


def write_texts() -> None:
    """Texts with vectors, and token ids."""
    listed = texts.reference_texts()
    minilm.reference_vectors(listed).astype("<f4").tofile(REFERENCE / "minilm.f32")
    tokenizer = minilm.reference_tokenizer()
    lengths = [len(tokenizer(text)["input_ids"]) for text in listed]
    _write(
        "minilm.json",
        {
            "encoder": "all-minilm-l6-v2",
            "vectors": "minilm.f32",
            "dimension": 384,
            "format": "one row of little-endian float32 for each text, mean-pooled, of length 1",
            "texts": [
                {"text": text, "tokens": length, "truncated": length > minilm.MAX_LENGTH}
                for text, length in zip(listed, lengths, strict=True)
            ],
        },
    )
    plain = Tokenizer.from_file(str(minilm.FOLDER / "tokenizer.json"))
    plain.enable_truncation(minilm.MAX_LENGTH)
    _write("tokens.json", {"maxLength": minilm.MAX_LENGTH, "cases": [{"text": t, "ids": plain.encode(t).ids} for t in TRICKY]})


def write_pictures() -> None:
    """The sample photographs and the readable edge cases, end to end from the file."""
    paths = sorted((SAMPLES / "pictures").glob("*.jpg"))
    paths += [PHOTOS / name for name, (_, expected, _) in edge_cases.files().items() if expected == "item"]
    pixels = np.stack([fit(open_picture(path), efficientnet.FIT) for path in paths])
    features, logits = efficientnet.reference(pixels)
    features.astype("<f4").tofile(REFERENCE / "efficientnet.f32")
    names = efficientnet.class_names()
    _write(
        "efficientnet.json",
        {
            "encoder": "efficientnet-lite0",
            "vectors": "efficientnet.f32",
            "dimension": 1280,
            "format": "one row of little-endian float32 for each picture, raw features, not normalised",
            "pictures": [
                {
                    "file": path.relative_to(REPOSITORY).as_posix(),
                    "real": path.parent != PHOTOS and path.stem != "football",
                    "topClass": int(row.argmax()),
                    "topName": names[int(row.argmax())],
                    "topProbability": round(float(np.exp(row.max() - np.logaddexp.reduce(row))), 4),
                }
                for path, row in zip(paths, logits, strict=True)
            ],
        },
    )


def write_joint() -> None:
    """The nearest of the article's words, and of the picture sample's words, for every sample picture."""
    classes = conse.class_vectors()
    paths = sorted((SAMPLES / "pictures").glob("*.jpg"))
    pixels = np.stack([fit(open_picture(path), efficientnet.FIT) for path in paths])
    images = conse.image_vectors(ImageEncoder().encode(pixels)[1], classes, prior=conse.class_prior())
    encoder = TextEncoder()

    def nearest(vector: np.ndarray, categories: dict[str, str], count: int) -> list[dict]:
        words = [item["text"] for item in sample_words.items(categories)]
        similarity = conse.text_vectors(encoder.encode(words), classes) @ vector
        order = np.argsort(-similarity)[:count]
        return [{"text": words[index], "similarity": round(float(similarity[index]), 3)} for index in order]

    _write(
        "joint.json",
        {
            "space": "conse-minilm-efficientnet",
            "note": "by the shipped encoders in onnxruntime; similarities in the browser may differ in the third digit",
            "pictures": [
                {
                    "file": path.relative_to(REPOSITORY).as_posix(),
                    "article": nearest(vector, sample_words.ARTICLE, 5),
                    "pictures": nearest(vector, sample_words.PICTURES, 3),
                }
                for path, vector in zip(paths, images, strict=True)
            ],
        },
    )


def make() -> None:
    """Everything."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    edge_cases.make()
    write_texts()
    write_pictures()
    write_joint()
    print(sorted(path.name for path in REFERENCE.iterdir()))


if __name__ == "__main__":
    make()
