"""Prints how often a picture's own caption is among its nearest ten, for the shipped joint space and for what else was tried.

Pictures: recipes/labelled.py (none from ImageNet). Captions: all different captions of the same set.
"""

import itertools
from functools import cache

import numpy as np

import conse
import efficientnet
import labelled
import texts
from pixels import fit, open_picture
from shipped import ImageEncoder, TextEncoder


@cache
def encoder() -> TextEncoder:
    """One text encoder for all rows of the table."""
    return TextEncoder()


_vectors: dict[str, np.ndarray] = {}


def encode(words: list[str]) -> np.ndarray:
    """Text vectors, each text encoded once."""
    missing = [word for word in dict.fromkeys(words) if word not in _vectors]
    if missing:
        _vectors.update(zip(missing, encoder().encode(missing, 32), strict=True))
    return np.stack([_vectors[word] for word in words])


@cache
def logits(name: str, how: str) -> np.ndarray:
    """The classifier on one set, fitted one way; `zoom` is a closer crop, `flip` a mirror image."""
    pixels = np.stack(
        [
            fit(open_picture(path), "pad" if how.startswith("pad") else "crop", zoom=1.15 if "zoom" in how else 1)
            for path, _ in labelled.ALL[name]()
        ]
    )
    return ImageEncoder().encode(pixels[:, :, ::-1].copy() if "flip" in how else pixels)[1]


def mixed(name: str, ways: tuple[str, ...]) -> np.ndarray:
    """Several views of a picture: the mean of their probabilities, as logits."""
    if len(ways) == 1:
        return logits(name, ways[0])
    views = [logits(name, how) for how in ways]
    chances = [np.exp(view - np.logaddexp.reduce(view, axis=1, keepdims=True)) for view in views]
    return np.log(np.mean(chances, axis=0) + 1e-12)


def ranks(name: str, classes: np.ndarray, ways=("pad",), template="{}", centre="classes", **options) -> np.ndarray:
    """For each picture: the place of its own caption among all captions."""
    captions = [caption for _, caption in labelled.ALL[name]()]
    different = sorted(set(captions))
    mean = {"classes": classes.mean(axis=0), "none": np.zeros(384)}[centre]
    images = conse.image_vectors(mixed(name, ways), classes, mean=mean, **options)
    words = conse.text_vectors(encode([template.format(caption) for caption in different]), classes, mean=mean)
    similarity = images @ words.T
    own = np.array([different.index(caption) for caption in captions])
    return (similarity > similarity[np.arange(len(own)), own][:, None]).sum(axis=1) + 1


def named(weights=(1, 0, 0), template="{}") -> np.ndarray:
    """Class vectors from names and kinds."""
    rows = [[text and template.format(text) for text in row] for row in conse.class_texts()]
    return conse.combine(rows, encode, weights)


def with_synonyms() -> np.ndarray:
    """Class vectors as the mean over all of ImageNet's names of a class."""
    synonyms = efficientnet.ClassDictionary()._load_json("label_to_names")
    rows = [
        list(dict.fromkeys([name, *synonyms[str(index)].split(", ")]))
        for index, name in enumerate(efficientnet.class_names())
    ]
    return conse.unit(np.stack([encode(row).mean(axis=0) for row in rows]))


def with_descriptions(weight: float) -> np.ndarray:
    """Class vectors from names and, more lightly, what the class looks like."""
    known = efficientnet.ClassDictionary()._load_json("gpt")
    names = efficientnet.class_names()
    described = [known.get(str(index), {}).get("description") or name for index, name in enumerate(names)]
    return conse.unit(encode(names) + weight * encode(described))


def shipped() -> tuple[dict, dict]:
    """Arguments of `ranks`: without and with what is said of pictures that show nothing."""
    kinds = {"classes": conse.class_vectors(), "top_k": conse.TOP_K, "temperature": conse.TEMPERATURE}
    return kinds, {**kinds, "prior": conse.class_prior()}


def table() -> list[tuple[str, dict]]:
    """What was tried: a name and the arguments of `ranks`."""
    plain = named()
    base = {"classes": plain, "top_k": 10, "temperature": 1.0}
    kinds, ours = shipped()
    a = "a photo of a {}"
    rows = [
        ("names only, not centred", {**base, "centre": "none"}),
        ("names only, centred (the base of what follows)", base),
        ("centre crop instead of padding", {**base, "ways": ("crop",)}),
        ("closer crop", {**base, "ways": ("crop zoom",)}),
        ("padded and mirrored", {**base, "ways": ("pad", "pad flip")}),
        ("padded and cropped", {**base, "ways": ("pad", "crop")}),
        ("padded, cropped, both mirrored", {**base, "ways": ("pad", "pad flip", "crop", "crop flip")}),
        *[(f"k = {k}", {**base, "top_k": k}) for k in (1, 3, 5, 20, 50, 1000)],
        *[(f"temperature {t}", {**base, "temperature": t}) for t in (0.7, 1.5, 2.0)],
        ("“a photo of a …” on both sides", {**base, "classes": named(template=a), "template": a}),
        ("“a …” on both sides", {**base, "classes": named(template="a {}"), "template": "a {}"}),
        ("mean of all names of a class", {**base, "classes": with_synonyms()}),
        ("name + 0.3 description", {**base, "classes": with_descriptions(0.3)}),
        ("name + 0.25 kind above", {**base, "classes": named((1, 0.25, 0))}),
        ("name + 0.5 kind above", {**base, "classes": named((1, 0.5, 0))}),
        ("name + 0.35 everyday kind", {**base, "classes": named((1, 0, 0.35))}),
        ("name + 0.25 kind above + 0.15 everyday kind", {**base, "classes": named((1, 0.25, 0.15))}),
        ("the last with temperature 1.5", kinds),
        ("SHIPPED: the last minus what is said of pictures that show nothing", ours),
        ("shipped, padded and cropped", {**ours, "ways": ("pad", "crop")}),
    ]
    return rows


def balls() -> None:
    """Where pictures of a football land among the words of the reference texts."""
    words = [*texts.WORDS, *texts.PHRASES]
    classes = conse.class_vectors()
    vectors = conse.text_vectors(encode(words), classes)
    for name in labelled.SETS:
        shown = conse.image_vectors(logits(name, "pad"), classes, prior=conse.class_prior())
        for index, (_, caption) in enumerate(labelled.SETS[name]()):
            if caption == "soccer ball":
                similarity = shown[index] @ vectors.T
                nearest = np.argsort(-similarity)[:6]
                print(f"soccer ball ({name}):", ", ".join(f"{words[one]} {similarity[one]:.2f}" for one in nearest))


if __name__ == "__main__":
    counts = []
    for name, items in labelled.SETS.items():
        pictures = items()
        captions = len({caption for _, caption in pictures})
        counts.append(f"{name}: {len(pictures)} pictures, {captions} captions, chance {1000 / captions:.1f} %")
    print("; ".join(counts))
    print("| variant | " + " | ".join(f"{name}: in ten | first | median" for name in labelled.SETS) + " |")
    print("|---|" + "---:|---:|---:|" * len(labelled.SETS))
    for title, arguments in table():
        cells = []
        for name in labelled.SETS:
            places = ranks(name, **arguments)
            cells += [f"{(places <= 10).mean():.1%}", f"{(places == 1).mean():.1%}", f"{np.median(places):g}"]
        print(f"| {title} | " + " | ".join(cells) + " |", flush=True)
    for name, arguments in itertools.product(labelled.HELD_OUT, shipped()):
        places = ranks(name, **arguments)
        how = "shipped" if "prior" in arguments else "without the prior"
        print(f"{name}, {how}: {(places <= 10).mean():.1%} in ten, {(places == 1).mean():.1%} first, median {np.median(places):g}")
    balls()
