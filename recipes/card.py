"""Cards: `card.json` says all the page needs to know about one folder of public/models."""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np


def base64_vector(vector: np.ndarray) -> str:
    """Little-endian float32, base64."""
    return base64.b64encode(np.ascontiguousarray(vector, dtype="<f4").tobytes()).decode()


def files(folder: Path) -> list[dict]:
    """Path, size and SHA-256 of every file of the folder but the card itself; the weights come first."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "card.json"]
    paths.sort(key=lambda path: (path.suffix != ".onnx", str(path)))
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]


def write(folder: Path, card: dict) -> None:
    """Write the card, with the folder's files listed last."""
    card = {**card, "files": files(folder)}
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read(folder: Path) -> dict:
    """The folder's card."""
    return json.loads((folder / "card.json").read_text(encoding="utf-8"))
