"""Labelled pictures that are not ImageNet's, to measure the joint space on. None of them is shipped from here.

- `photographs`: cut-outs of Tux Paint's stamps (Debian tuxpaint-stamps-default) with their English captions,
  and GCompris' photographs (Debian gcompris-qt-data) labelled by file name.
- `emoji`: Noto's drawings of animals, food, vehicles, sports and things (npm emoji-datasource-google), 64 px.
- `twemoji`: Twemoji's drawings of the same (npm emoji-datasource-twitter), by which nothing was chosen.
"""

import json
import re
from pathlib import Path

import gcompris
import packages

#: Not pictures of one nameable thing: drawings, letters, mirrored copies, single stones of a graveyard.
SKIPPED = re.compile(r"/(symbols|flags|cartoon|plastic|planets|roadsigns)/|_mirror|grave-|dreydl-|/military/|party-h")

#: What a GCompris file shows, where its name does not say it.
RENAMED = {
    "buffetset": "teacup and saucer",
    "blackslate": "blackboard",
    "knife": "knife, fork and spoon",
    "cuttingTool": "pliers",
    "sideCutter": "pliers",
    "pan": "frying pan",
    "bulb": "light bulb",
    "dragon": "Komodo dragon",
    "long_nosed_monkey": "proboscis monkey",
    "spray": "spray bottle",
    "weighingMachine": "weighing scale",
    "chamaeleon": "chameleon",
    "leMusee": "Louvre",
    "africa": "drums",
    "america": "drum kit and guitar",
    "middleeast": "lute",
    "orchestra": "orchestra",
}

EMOJI_GROUPS = {"Animals & Nature", "Food & Drink", "Travel & Places", "Activities", "Objects"}
EMOJI_SKIPPED = {"time", "sky & weather", "event", "place-map", "place-other", "plant-other", "light & video", "book-paper"}


def stamps() -> list[tuple[Path, str]]:
    """Tux Paint's photographic stamps with captions of at most four words."""
    root = packages.debian("tuxpaint-stamps-default") / "tuxpaint" / "stamps"
    found = []
    for picture in sorted(root.rglob("*.png")):
        text = picture.with_suffix(".txt")
        if SKIPPED.search(str(picture)) or not text.exists():
            continue
        caption = text.read_text(encoding="utf-8", errors="replace").split("\n")[0]
        caption = re.sub(r"\(.*?\)|[.!“”]", "", caption).split(",")[0].strip().lower()
        caption = re.sub(r"^(an?|the|some|our|it's a|eat your|very \w+|(a )?(pair|bunch) of) ", "", caption)
        if 1 <= len(caption.split()) <= 4 and not re.search(r"yum|fire fire|boom|ripe|george|edward|appoo|grandma", caption):
            found.append((picture, caption))
    return found


def gcompris_photographs() -> list[tuple[Path, str]]:
    """GCompris' animals, tools and things, one caption each; fish, dams and landmarks are left out as ambiguous."""
    found = []
    for path, entry in sorted(gcompris.photographs().items()):
        if re.search(r"/(fishes|monuments|renewable|numbers|alphabets)/|/music/(aus|ire|ita|jap|mex)", path):
            continue
        stem = re.sub(r"\d+$", "", Path(path).stem)
        caption = RENAMED.get(stem) or re.sub(r"([A-Z])", r" \1", stem).replace("_", " ").lower()
        found.append((entry["file"], caption))
    return found


def photographs() -> list[tuple[Path, str]]:
    """Every labelled photograph."""
    return stamps() + gcompris_photographs()


def drawings(maker: str) -> list[tuple[Path, str]]:
    """A maker's emoji that show a thing, named by Unicode."""
    folder = packages.npm(f"emoji-datasource-{maker}@16.0.0")
    found = []
    for entry in json.loads((folder / "emoji.json").read_text(encoding="utf-8")):
        if entry["category"] not in EMOJI_GROUPS or entry["subcategory"] in EMOJI_SKIPPED or not entry[f"has_img_{maker}"]:
            continue
        picture = folder / "img" / maker / "64" / entry["image"]
        name = entry["name"].lower()
        if picture.exists() and not re.search(r"symbol|sign|with|button", name):
            found.append((picture, name))
    return found


def emoji() -> list[tuple[Path, str]]:
    """Noto's drawings."""
    return drawings("google")


def twemoji() -> list[tuple[Path, str]]:
    """Twemoji's drawings."""
    return drawings("twitter")


SETS = {"photographs": photographs, "emoji": emoji}
HELD_OUT = {"twemoji": twemoji}
ALL = {**SETS, **HELD_OUT}
