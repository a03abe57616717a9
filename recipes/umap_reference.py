"""What umap-learn makes of the benchmark's vectors and of scikit-learn's digits: the quality that ours is held against.

    python -m venv /tmp/umap && /tmp/umap/bin/pip install umap-learn==0.5.12 scikit-learn==1.9.1
    npm run bench -- projection        # leaves the vectors in .cache/wordnet
    /tmp/umap/bin/python recipes/umap_reference.py

Writes bench/reference/umap-learn.json and bench/reference/digits.json (the digits themselves, so that the page lays
out the same). Quality is exact, over all points: trustworthiness and continuity (Venna & Kaski, 2001) and the share of
each point's 15 neighbours in the space that are among its 15 neighbours on the map.
"""

import base64
import json
import time
from pathlib import Path

import numpy as np
import umap
from sklearn.datasets import load_digits

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "bench" / "reference"
NEIGHBOURS = 15
SEEDS = (42, 43, 44)


def ranks_and_nearest(queries, similarities):
    """For each query row: the rank of every row (0: itself), and its nearest `NEIGHBOURS` others."""
    similarities[np.arange(len(queries)), queries] = np.inf
    order = np.argsort(-similarities, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(order.shape[1])[None, :], axis=1)
    return ranks, order[:, 1 : NEIGHBOURS + 1]


def quality(vectors, positions, metric):
    n, k = len(vectors), NEIGHBOURS
    intruders = missing = shared = 0
    if metric == "cosine":
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    squares, flat = (vectors**2).sum(1), (positions**2).sum(1)
    for start in range(0, n, 500):
        rows = np.arange(start, min(n, start + 500))
        space = vectors[rows] @ vectors.T
        if metric == "euclidean":
            space = 2 * space - squares[None, :]
        space_ranks, space_near = ranks_and_nearest(rows, space)
        map_ranks, map_near = ranks_and_nearest(rows, 2 * positions[rows] @ positions.T - flat[None, :])
        intruders += np.maximum(np.take_along_axis(space_ranks, map_near, 1) - k, 0).sum()
        missing += np.maximum(np.take_along_axis(map_ranks, space_near, 1) - k, 0).sum()
        shared += (np.take_along_axis(map_ranks, space_near, 1) <= k).sum()
    scale = 2 / (n * k * (2 * n - 3 * k - 1))
    return {
        "trustworthiness": round(float(1 - scale * intruders), 5),
        "continuity": round(float(1 - scale * missing), 5),
        "preservation": round(float(shared / (n * k)), 5),
    }


def measure(vectors, metric):
    vectors = vectors.astype(np.float64)
    found = []
    for seed in SEEDS:
        began = time.perf_counter()
        model = umap.UMAP(n_neighbors=15, min_dist=0.1, metric=metric, n_epochs=500, random_state=seed)
        positions = model.fit_transform(vectors.astype(np.float32)).astype(np.float64)
        found.append(quality(vectors, positions, metric) | {"seconds": round(time.perf_counter() - began, 1)})
    return {key: round(float(np.mean([one[key] for one in found])), 5) for key in found[0]}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    digits = load_digits()
    pixels = digits.data.astype(np.uint8)
    (OUT / "digits.json").write_text(
        json.dumps(
            {
                "origin": "scikit-learn 1.9.1, load_digits: UCI optical recognition of handwritten digits (CC BY 4.0)",
                "rows": len(pixels),
                "dimension": pixels.shape[1],
                "pixels": base64.b64encode(pixels.tobytes()).decode(),
                "labels": "".join(str(label) for label in digits.target),
            }
        )
        + "\n"
    )
    result = {"umap-learn": umap.__version__, "epochs": 500, "seeds": list(SEEDS), "neighbours": NEIGHBOURS}
    result["digits"] = measure(digits.data, "euclidean")
    path = max((ROOT / ".cache" / "wordnet").glob("*.f32"), key=lambda file: file.stat().st_size)
    vectors = np.fromfile(path, dtype="<f4").reshape(-1, 384)
    result["vectors"] = path.stem
    for rows in (1000, 5000, 10000):
        result[f"wordnet {rows}"] = measure(vectors[:rows], "cosine")
        print(rows, result[f"wordnet {rows}"], flush=True)
    (OUT / "umap-learn.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
