"""Makes the awkward files of e2e/fixtures/photos: rotated, transparent, animated, newer formats, broken, enormous."""

import io
import json

import numpy as np
from PIL import Image

import packages
import sample_pictures
from paths import PHOTOS, SAMPLES

PAGE = "<!doctype html>\n<title>Not found</title>\n<p>This is a web page, not a picture.</p>\n"
SCRIPT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
    "<script>parent.document.title = 'script ran'; fetch('/script-ran')</script>"
    '<rect width="64" height="64" fill="#c33" onload="fetch(\'/script-ran\')"/></svg>\n'
)


def _jpeg(picture: Image.Image, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92, **options)
    return buffer.getvalue()


def files() -> dict[str, tuple[bytes, str, str]]:
    """File name → content, what must come of it (`item` or `error`), and why it is there."""
    cat = Image.open(SAMPLES / "pictures" / "tabby-cat.jpg").convert("RGB")
    ball = Image.open(packages.debian("openclipart-png") / sample_pictures.BALL).crop((29, 207, 599, 743))
    ball = ball.resize((285, 268), Image.Resampling.LANCZOS)
    hammer = Image.open(SAMPLES / "pictures" / "hammer.jpg").convert("RGB")
    rotated = Image.Exif()
    rotated[0x0112] = 6

    def saved(picture: Image.Image, kind: str, **options) -> bytes:
        buffer = io.BytesIO()
        picture.save(buffer, kind, **options)
        return buffer.getvalue()

    frames = [saved_on_white(ball), hammer.resize(ball.size, Image.Resampling.LANCZOS)]
    levels = (np.asarray(cat.convert("L")).astype(np.uint16)) * 257
    whole = (SAMPLES / "pictures" / "tabby-cat.jpg").read_bytes()
    return {
        "upright.jpg": (_jpeg(cat), "item", "the upright twin of orientation-6.jpg"),
        "orientation-6.jpg": (
            _jpeg(cat.transpose(Image.Transpose.ROTATE_90), exif=rotated.tobytes()),
            "item",
            "stored lying on its side with EXIF orientation 6; upright it is upright.jpg",
        ),
        "transparent.png": (saved(ball, "PNG", optimize=True), "item", "transparent around a football; goes on white"),
        "two-frames.gif": (
            saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=500, loop=0),
            "item",
            "the first frame is a football, the second a hammer; the first counts",
        ),
        "picture.webp": (saved(cat, "WEBP", quality=90, method=6), "item", "WebP of upright.jpg"),
        "picture.avif": (saved(cat, "AVIF", quality=85, speed=6), "item", "AVIF of upright.jpg"),
        "grey.jpg": (_jpeg(cat.convert("L")), "item", "one channel only"),
        "sixteen-bit.png": (saved(Image.fromarray(levels), "PNG", optimize=True), "item", "16 bits a sample, grey"),
        "one-pixel.png": (saved(Image.new("RGB", (1, 1), (200, 30, 30)), "PNG"), "item", "1 × 1"),
        "tall.png": (
            saved(Image.new("RGB", (3, 900), (30, 90, 200)), "PNG"),
            "item",
            "3 × 900: the short side becomes 1 pixel before padding",
        ),
        "truncated.jpg": (whole[: len(whole) * 2 // 5], "error", "the first two fifths of a JPEG, no end marker"),
        "empty.png": (b"", "error", "no byte at all"),
        "page.png": (PAGE.encode(), "error", "a web page named .png"),
        "script.svg": (SCRIPT.encode(), "error", "an SVG with a script, which must never run"),
        "enormous.png": (
            saved(Image.new("1", (20000, 20000), 1), "PNG", optimize=True),
            "error",
            "20,000 × 20,000 pixels of one bit in a few kilobytes",
        ),
    }


def saved_on_white(picture: Image.Image) -> Image.Image:
    """Opaque RGB on white."""
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def make() -> None:
    """Write the files and the list of what must come of each."""
    PHOTOS.mkdir(parents=True, exist_ok=True)
    listed = []
    for name, (content, expected, why) in files().items():
        (PHOTOS / name).write_bytes(content)
        listed.append({"file": name, "expect": expected, "why": why})
    text = json.dumps({"cases": listed}, ensure_ascii=False, indent=1)
    (PHOTOS / "edge-cases.json").write_text(text + "\n", encoding="utf-8")
    print({name: len(content) for name, (content, _, _) in files().items()})


if __name__ == "__main__":
    make()
