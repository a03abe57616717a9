"""Makes public/samples: an index, one JSON a sample, and the pictures of one of them."""

import json

import sample_pictures
import sample_words
from paths import SAMPLES


def _write(name: str, content: dict) -> None:
    SAMPLES.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (SAMPLES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def make() -> None:
    """Write all three samples and their index."""
    samples = [
        {
            "name": "article",
            "title": "Football and footwear",
            "description": "Forty-five words in seven fields: football stands by soccer, not by footwear, although both have a foot in them.",
            "items": sample_words.items(sample_words.ARTICLE),
        },
        {
            "name": "nouns",
            "title": "Common nouns",
            "description": "A few hundred everyday nouns in thirteen categories.",
            "items": sample_words.items(sample_words.NOUNS),
        },
        {
            "name": "pictures",
            "title": "Words and pictures",
            "description": "Freely licensed photographs among words for what they show: both on one map.",
            "items": sample_words.items(sample_words.PICTURES) + sample_pictures.write(SAMPLES),
        },
    ]
    for sample in samples:
        _write(sample["name"], sample)
    index = [
        {
            "name": sample["name"],
            "title": sample["title"],
            "description": sample["description"],
            "file": f"{sample['name']}.json",
            "words": sum("text" in item for item in sample["items"]),
            "images": sum("image" in item for item in sample["items"]),
        }
        for sample in samples
    ]
    _write("index", {"samples": index})
    print([(entry["name"], entry["words"], entry["images"]) for entry in index])


if __name__ == "__main__":
    make()
