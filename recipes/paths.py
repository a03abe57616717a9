"""Where the recipes read and write. Everything is relative to the repository; scratch files go to a cache folder."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
MODELS = REPOSITORY / "public" / "models"
SAMPLES = REPOSITORY / "public" / "samples"
PHOTOS = REPOSITORY / "e2e" / "fixtures" / "photos"
REFERENCE = REPOSITORY / "e2e" / "fixtures" / "reference"

#: Downloaded packages and full-precision exports: never committed, safe to delete.
CACHE = Path(os.environ.get("NEARFIELD_CACHE", Path.home() / ".cache" / "nearfield-recipes"))
