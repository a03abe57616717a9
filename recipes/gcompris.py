"""The photographs inside the Debian package gcompris-qt-data, with the author, licence and source its READMEs give."""

import re
from pathlib import Path

import packages
import qt_resources
from paths import CACHE

ROOM = "/gcompris/src/activities/"


def _blocks(readme: str) -> dict[str, dict]:
    """A README's entries: file name → author, licence, source."""
    found = {}
    for block in readme.split("\n\n"):
        fields = dict(re.findall(r"^(Copyright|Source|License|Files): *(.*)$", block, re.MULTILINE))
        names = re.findall(r"^(?:Files: *)?([\w/]+\.webp)$", block, re.MULTILINE)
        for name in names:
            found[Path(name).name] = {
                "credit": fields.get("Copyright", "").strip(),
                "licence": licence(fields.get("License", "")),
                "source": fields.get("Source", "").strip(),
            }
    return found


def licence(text: str) -> str:
    """A README's licence as an SPDX identifier; public-domain works get the words."""
    text = text.strip()
    if text.lower() == "public domain":
        return "Public domain"
    return re.sub(r"\s+", "-", text)


def photographs() -> dict[str, dict]:
    """Path below the activity (`erase/resource/bee.webp`) → file on disk, credit, licence, source."""
    folder = CACHE / "gcompris"
    shelf = packages.debian("gcompris-qt-data") / "gcompris-qt" / "rcc"
    listed = {}
    for name in ["erase", "explore_farm_animals", "explore_world_animals", "explore_world_music", "categorization"]:
        content = dict(qt_resources.entries((shelf / f"{name}.rcc").read_bytes()))
        for path, stored in content.items():
            if not path.endswith(".webp"):
                continue
            parent = path.rsplit("/", 1)[0]
            readmes = [text for key, text in content.items() if key.startswith(parent + "/README")]
            known = _blocks("\n\n".join(text.decode() for text in readmes))
            entry = known.get(Path(path).name)
            if not entry or not entry["licence"]:
                continue
            target = folder / path.removeprefix(ROOM)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(stored)
            listed[path.removeprefix(ROOM)] = {**entry, "file": target}
    return listed
