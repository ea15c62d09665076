"""scikit-learn's KNeighborsClassifier and KNeighborsRegressor, with settings drawn at random, on rows that no two are as far from. Writes neighbours.json
beside it: `python neighbours_reference.py [CASES SEED FILE]`."""
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

count, seed, file = (int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]) if len(sys.argv) > 3 else (12, 6, None)
rng = np.random.default_rng(seed)
cases = []
while len(cases) < count:
    n, width, classes = int(rng.integers(5, 60)), int(rng.integers(1, 16)), int(rng.choice([0, 2, 3, 5]))
    x = rng.normal(size=(n, width)).astype(np.float32)
    asked = np.concatenate([rng.normal(size=(12, width)).astype(np.float32), x[:4]])  # Some lie on a row.
    y = rng.integers(0, classes, size=n) if classes else rng.normal(size=n).astype(np.float32)
    if classes and len(set(y)) < classes:
        continue
    k, weights = int(rng.integers(1, n + 1)), str(rng.choice(["uniform", "distance"]))
    model = (KNeighborsClassifier if classes else KNeighborsRegressor)(n_neighbors=k, weights=weights).fit(x.astype(float), y)
    answers = model.predict_proba(asked.astype(float)) if classes else model.predict(asked.astype(float))
    cases.append({
        "rows": x.astype(float).round(8).tolist(), "targets": y.tolist(), "classes": classes, "n_neighbors": k, "weights": weights,
        "asked": asked.astype(float).round(8).tolist(), "answers": np.ravel(answers).tolist(),
    })
out = {"scikit_learn": sklearn.__version__, "cases": cases}
(pathlib.Path(file) if file else pathlib.Path(__file__).with_name("neighbours.json")).write_text(json.dumps(out) + "\n")
