"""scikit-learn's KMeans from given centres, with settings drawn at random, centres that lose all their rows among them. Writes k_means.json beside it:
`python k_means_reference.py [CASES SEED FILE]`."""
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, load_wine
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")  # Fewer distinct rows than clusters.
count, seed, file = (int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]) if len(sys.argv) > 3 else (14, 5, None)
rng = np.random.default_rng(seed)
real = [StandardScaler().fit_transform(load()["data"]).astype(np.float32) for load in (load_iris, load_wine)]


def rows():
    kind = rng.integers(4)
    if kind < 2:
        chosen = real[kind]
        return chosen[rng.permutation(len(chosen))[: rng.integers(20, len(chosen) + 1)]]
    n, width = rng.integers(5, 80), rng.integers(1, 5)
    points = rng.normal(size=(n, width)) + 4 * rng.integers(0, 3, size=(n, 1))
    if kind == 3:
        points = np.round(points)  # Rows that are the same, and ties.
    return points.astype(np.float32)


def decided_by_rounding(x, centres, iterations):
    """True where on the way a row is as near to two centres, or two rows are as far away when a centre without rows takes the farthest."""
    x, centres = x.astype(float), centres.copy()
    for _ in range(iterations + 2):
        squares = ((x[:, None, :] - centres[None]) ** 2).sum(axis=2)
        near = np.sort(squares, axis=1)
        if len(centres) > 1 and ((near[:, 1] - near[:, 0]) < 1e-9 * (1 + near[:, 0])).any():
            return True
        labels, moved = squares.argmin(axis=1), centres.copy()
        counts = np.bincount(labels, minlength=len(centres)).astype(float)
        sums = np.stack([x[labels == at].sum(axis=0) for at in range(len(centres))])
        empty, order = np.flatnonzero(counts == 0), np.argsort(-near[:, 0], kind="stable")
        if len(empty):
            far = near[order, 0][: len(empty) + 1]
            if (np.abs(np.diff(far)) < 1e-9 * (1 + far[1:])).any():
                return True
            for cluster, row in zip(empty, order):
                sums[labels[row]] -= x[row]
                counts[labels[row]] -= 1
                sums[cluster], counts[cluster] = x[row], 1
        moved[counts > 0] = sums[counts > 0] / counts[counts > 0, None]
        centres = moved
    return False


cases = []
while len(cases) < count:
    x = rows()
    k = int(rng.integers(1, min(8, len(x)) + 1))
    start = x[rng.choice(len(x), k, replace=False)].astype(float)
    if rng.integers(3) == 0:
        start[rng.integers(k)] += 1000  # Nobody is near it.
    tol = float(rng.choice([0.0, 1e-4, 1e-2, 0.3]))
    model = KMeans(n_clusters=k, init=start, n_init=1, tol=tol, max_iter=1000, algorithm="lloyd").fit(x.astype(float))
    if decided_by_rounding(x, start, model.n_iter_):
        continue
    truth = rng.integers(0, 3, size=len(x))
    cases.append({
        "rows": x.astype(float).round(7).tolist(), "start": start.round(7).tolist(), "tol": tol,
        "centres": model.cluster_centers_.tolist(), "labels": model.labels_.tolist(), "inertia": model.inertia_, "iterations": int(model.n_iter_),
        "truth": truth.tolist(), "adjusted_rand": adjusted_rand_score(truth, model.labels_),
    })
out = {"scikit_learn": sklearn.__version__, "cases": cases}
(pathlib.Path(file) if file else pathlib.Path(__file__).with_name("k_means.json")).write_text(json.dumps(out) + "\n")
