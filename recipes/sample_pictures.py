"""The photographs of the built-in sample: where each comes from, what it shows, who made it and on what terms.

Author, licence and source of GCompris' photographs are read from the package's own READMEs.
"""

from pathlib import Path

from PIL import Image

import gcompris
import packages
from pixels import open_picture

LONG_SIDE = 512  # pixels: enough for a thumbnail and for an encoder of 224
QUALITY = 85

SKIMAGE = {
    "tabby-cat": ("chelsea.png", "tabby cat", "animal", "CC0-1.0", "Stéfan van der Walt"),
    "espresso": ("coffee.png", "espresso", "drink", "CC0-1.0", "Rachel Michetti, courtesy of Pikolo Espresso Bar"),
    "rocket": ("rocket.jpg", "rocket", "space", "Public domain", "SpaceX"),
    "astronaut": ("astronaut.png", "astronaut", "space", "Public domain", "NASA (Eileen Collins)"),
    "galaxies": ("hubble_deep_field.jpg", "galaxies", "space", "Public domain", "NASA (Hubble Space Telescope)"),
}

ANIMALS = "explore_world_animals/resource/animals"
FARM = "explore_farm_animals/resource/animals"
SORTED = "categorization/resource/images"
GCOMPRIS = {
    "kitten": ("erase/resource/kitten.webp", "kitten", "animal"),
    "dog": (f"{FARM}/dog.webp", "German shepherd", "animal"),
    "horses": (f"{FARM}/horse.webp", "horses", "animal"),
    "cow": (f"{FARM}/cow.webp", "cow", "animal"),
    "sheep": (f"{FARM}/sheep.webp", "sheep", "animal"),
    "chickens": (f"{FARM}/chicken.webp", "chickens", "animal"),
    "duck": (f"{FARM}/duck.webp", "duck", "animal"),
    "kingfisher": ("erase/resource/kingfisher.webp", "kingfisher", "animal"),
    "penguin": ("erase/resource/penguin.webp", "penguin", "animal"),
    "butterfly": ("erase/resource/butterfly.webp", "butterfly", "animal"),
    "bee": ("erase/resource/bee.webp", "bee", "animal"),
    "crab": ("erase/resource/crab.webp", "crab", "animal"),
    "clownfish": (f"{SORTED}/fishes/fish9.webp", "clownfish", "animal"),
    "goldfish": (f"{SORTED}/fishes/fish25.webp", "goldfish", "animal"),
    "koala": (f"{ANIMALS}/koala.webp", "koala", "animal"),
    "giant-panda": (f"{ANIMALS}/panda.webp", "giant panda", "animal"),
    "polar-bear": (f"{ANIMALS}/polar_bear.webp", "polar bear", "animal"),
    "camels": ("erase/resource/camels.webp", "camels", "animal"),
    "baseball": (f"{SORTED}/others/baseball.webp", "baseball", "sport"),
    "volleyball": (f"{SORTED}/others/volleyball.webp", "volleyball", "sport"),
    "hammer": (f"{SORTED}/tools/hammer5.webp", "hammer", "tool"),
    "scissors": (f"{SORTED}/tools/scissors1.webp", "scissors", "tool"),
    "chair": (f"{SORTED}/others/chair.webp", "chair", "home"),
    "spoons": (f"{SORTED}/others/spoons.webp", "spoons", "home"),
    "frying-pan": (f"{SORTED}/others/pan.webp", "frying pan", "home"),
    "windmill": (f"{SORTED}/renewable/windmill13.webp", "windmill", "place"),
    "great-pyramid": (f"{SORTED}/monuments/greatPyramid.webp", "Great Pyramid", "place"),
    "eiffel-tower": (f"{SORTED}/monuments/eiffelTower.webp", "Eiffel Tower", "place"),
    "drum-kit": ("explore_world_music/resource/music/america.webp", "drum kit and guitar", "music"),
}

#: The one drawing: no freely licensed photograph of a football is in these packages.
BALL = "openclipart/png/recreation/sports/soccer_ballon_tanguy_jac_.png"


def _sources() -> list[dict]:
    """Every picture before it is resized."""
    listed = []
    ball = open_picture(packages.debian("openclipart-png") / BALL).crop((29, 207, 599, 743))
    listed.append(
        {
            "name": "football",
            "picture": ball,
            "label": "football (drawing)",
            "category": "sport",
            "licence": "Public domain",
            "credit": "Tanguy Jacq",
            "source": "Open Clip Art Library, Debian package openclipart-png",
        }
    )
    data = packages.pypi("scikit-image==0.26.0") / "skimage" / "data"
    for name, (file, label, category, licence, credit) in SKIMAGE.items():
        source = f"scikit-image 0.26.0 (PyPI), {file}"
        listed.append(
            {"name": name, "picture": open_picture(data / file), "label": label, "category": category}
            | {"licence": licence, "credit": credit, "source": source}
        )
    photographs = gcompris.photographs()
    for name, (path, label, category) in GCOMPRIS.items():
        known = photographs[path]
        listed.append(
            {"name": name, "picture": open_picture(known["file"]), "label": label, "category": category}
            | {key: known[key] for key in ("licence", "credit", "source")}
        )
    return listed


def write(folder: Path) -> list[dict]:
    """Write the JPEGs; returns the sample's items."""
    target = folder / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    items = []
    for entry in _sources():
        picture = entry["picture"]
        picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        path = target / f"{entry['name']}.jpg"
        picture.save(path, quality=QUALITY, optimize=True)
        items.append(
            {"image": f"pictures/{path.name}"}
            | {key: entry[key] for key in ("label", "category", "licence", "credit", "source")}
        )
    return items
