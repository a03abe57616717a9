"""Makes src/encoders/image/filters.reference.json: what Pillow makes of a picture with each of its filters."""

import hashlib
import json

import numpy as np
import PIL
from PIL import Image

from paths import REPOSITORY

TARGET = REPOSITORY / "src" / "encoders" / "image" / "filters.reference.json"
FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "box": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "hamming": Image.Resampling.HAMMING,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
SIZES = [((40, 30), (13, 7)), ((13, 7), (40, 30)), ((61, 45), (32, 32)), ((90, 61), (53, 36)), ((20, 20), (20, 33))]


def picture(width: int, height: int) -> Image.Image:
    """Whole numbers only, so that every language draws the same."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return Image.fromarray(((x * (7 + c) + y * (13 - 2 * c) + (x * y) % (31 + c)) % 256).astype(np.uint8))


def make() -> None:
    cases = []
    for name, resample in FILTERS.items():
        for source, target in SIZES:
            data = np.asarray(picture(*source).resize(target, resample)).tobytes()
            cases.append(
                {
                    "resample": name,
                    "from": list(source),
                    "to": list(target),
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "start": list(data[:12]),
                }
            )
    rows = ",\n    ".join(json.dumps(case) for case in cases)
    TARGET.write_text(f'{{\n  "madeBy": "Pillow {PIL.__version__}",\n  "cases": [\n    {rows}\n  ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    make()
