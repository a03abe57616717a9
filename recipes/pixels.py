"""From a picture to the image encoder's input, exactly as the page does it, and the synthetic probe pictures.

1. Decode, obey the EXIF orientation, lay transparent pixels on white, take RGB in 0..255.
2. Fit into a square of 224 (`pad`: the long side becomes 224, centred on white; `crop`: the short side
   becomes 224, the centre is kept). The resampling is Pillow's bicubic (a = -0.5, antialiased: the filter
   widens with the reduction; columns first, then rows, rounded to 0..255 after each).
3. (value - 127) / 128 for each channel, planes in the order red, green, blue.
"""

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

SIZE = 224
BACKGROUND = (255, 255, 255)


def open_picture(path: Path) -> Image.Image:
    """Upright RGB on white."""
    picture = ImageOps.exif_transpose(Image.open(path))
    if picture.mode.startswith("I"):  # 16 bits a sample: Pillow would clip them
        picture = Image.fromarray(np.rint(np.asarray(picture) / 257).astype(np.uint8))
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, (*BACKGROUND, 255)), picture).convert("RGB")


def fit(picture: Image.Image, how: str = "pad", size: int = SIZE, zoom: float = 1.0) -> np.ndarray:
    """A size × size × 3 array of 0..255. `zoom` above 1 crops closer: only measured, the page uses 1."""
    width, height = picture.size
    side = max(width, height) if how == "pad" else min(width, height) / zoom
    scale = size / side
    new = (max(1, math.floor(width * scale + 0.5)), max(1, math.floor(height * scale + 0.5)))
    resized = picture.resize(new, Image.Resampling.BICUBIC)
    left, top = (size - new[0]) // 2, (size - new[1]) // 2
    square = Image.new("RGB", (size, size), BACKGROUND)
    square.paste(resized, (left, top))
    return np.asarray(square)


def normalise(pixels: np.ndarray) -> np.ndarray:
    """[…, height, width, 3] of 0..255 → [batch, 3, height, width] of about -1..1."""
    pixels = pixels[None] if pixels.ndim == 3 else pixels
    return ((pixels.astype(np.float32) - 127) / 128).transpose(0, 3, 1, 2).copy()


#: The formulas of the probes as they stand in the card; integers only, so every language gets the same bytes.
FORMULAS = {
    "gradient": "value(c, y, x) = (x * (c + 1) + y * (3 - c)) mod 256",
    "disc": "inside = (x - 112)^2 + (y - 112)^2 < 6400; value(c, y, x) = inside ? 240 - 20 * c : [40, 120, 50][c]",
}


def pattern(name: str) -> np.ndarray:
    """A probe picture: 224 × 224 × 3, 0..255."""
    y, x, c = np.meshgrid(np.arange(SIZE), np.arange(SIZE), np.arange(3), indexing="ij")
    if name == "gradient":
        values = (x * (c + 1) + y * (3 - c)) % 256
    elif name == "disc":
        inside = (x - 112) ** 2 + (y - 112) ** 2 < 6400
        values = np.where(inside, 240 - 20 * c, np.array([40, 120, 50])[c])
    else:
        raise ValueError(name)
    return values.astype(np.uint8)
