"""Gradient boosting of scikit-learn on drawn data with drawn settings: writes boosting.json beside it, or as many cases as are asked for elsewhere.

    python3 tests/golden/boosting_reference.py [count [file]]   (numpy, scikit-learn 1.9.1)

Which of two splits of the same gain is taken is nobody's definition: a draw of which six seeds, with their six orders of features, answer differently is
thrown away. Slopes of absolute error and quantiles are two numbers, whose gains tie all the time, so rows have weights there. Rows are 32-bit numbers; the
bags of subsamples are those that scikit-learn drew.
"""
import json
import pathlib
import sys

import numpy as np
import sklearn
import sklearn.ensemble._gb as gb
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

assert sklearn.__version__ == "1.9.1", sklearn.__version__
count = int(sys.argv[1]) if len(sys.argv) > 1 else 27
path = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("boosting.json")
ROUNDS = [1, 5, 30]
LOSSES = ["squared_error", "absolute_error", "huber", "quantile", "log_loss", "softmax"]

drawn_bags = []
draw_bag = gb._random_sample_mask


def remembered(rows, size, state):
    """scikit-learn's own bag of the round, the same for every seed of a case: ties are to be the only difference."""
    mask = draw_bag(rows, size, BAGS)
    drawn_bags.append([int(row) for row in np.flatnonzero(mask)])
    return mask


gb._random_sample_mask = remembered
cases, rng, tries = [], np.random.default_rng(21), 0
while len(cases) < count:
    tries += 1
    loss = LOSSES[len(cases) % len(LOSSES)]
    rows, width, classes = int(rng.integers(30, 110)), int(rng.integers(1, 5)), {"log_loss": 2, "softmax": int(rng.integers(3, 5))}.get(loss, 0)
    inputs = (rng.normal(size=(rows, width)) * 10.0 ** rng.integers(-2, 3, width)).astype(np.float32)
    signal = np.sin(2 * inputs[:, 0] / inputs[:, 0].std()) + 0.5 * inputs[:, -1] / inputs[:, -1].std() + 0.3 * rng.normal(size=rows)
    if classes:
        targets = np.argsort(np.argsort(signal)) * classes // rows
    else:
        targets = (signal * 10.0 ** rng.integers(-1, 3) + rng.integers(-5, 50)).astype(np.float32)
        targets[rng.integers(0, rows, 3)] *= 4
    weights = rng.uniform(0.2, 3, rows) if loss in ("absolute_error", "quantile") or rng.integers(3) == 0 else None
    if weights is not None and rng.integers(2):
        weights[rng.integers(0, rows, 4)] = 0
    leaves = int(rng.integers(2, 9)) if rng.integers(2) else None
    settings = {
        "loss": "log_loss" if classes else loss, "alpha": float(np.round(rng.uniform(0.05, 0.95), 2)),
        "learning_rate": float(np.round(10 ** rng.uniform(-2, 0), 3)), "subsample": 1.0 if rng.integers(3) else float(np.round(rng.uniform(0.4, 0.95), 2)),
        "max_depth": int(rng.integers(1, 5)), "max_leaves": leaves, "min_samples_split": int(rng.integers(2, 12)),
        "min_samples_leaf": int(rng.integers(1, 8)), "min_impurity_decrease": float(rng.choice([0, 0, 0, 1e-3, 0.02])),
    }
    theirs = {("max_leaf_nodes" if name == "max_leaves" else name): value for name, value in settings.items()}
    if classes:
        theirs.pop("alpha")
    asked = np.vstack([inputs[:15], inputs[15:30] + rng.normal(size=(15, width)) * inputs.std(0) * 0.3]).astype(np.float32)
    grown, bag_seed = [], int(rng.integers(1 << 30))
    for seed in range(6):
        drawn_bags.clear()
        BAGS = np.random.RandomState(bag_seed)
        model = (GradientBoostingClassifier if classes else GradientBoostingRegressor)(n_estimators=max(ROUNDS), random_state=seed, **theirs)
        model.fit(inputs, targets, sample_weight=weights)
        staged = list(model.staged_predict_proba(asked) if classes else model.staged_predict(asked))
        grown.append((np.array([staged[round - 1] for round in ROUNDS]), model.train_score_[np.array(ROUNDS) - 1]))
    scale = 1 + np.abs(grown[0][0]).max()
    if any(np.abs(other[0] - grown[0][0]).max() > 1e-9 * scale for other in grown[1:]):
        continue
    settings.pop("subsample")
    cases.append({
        "settings": settings, "classes": classes, "width": width, "inputs": [float(value) for value in inputs.ravel()],
        "targets": [float(value) for value in targets], "weights": [] if weights is None else [float(f"{value:.17g}") for value in weights],
        "bags": list(drawn_bags), "asked": [float(value) for value in asked.ravel()],
        "answers": [[float(f"{value:.9g}") for value in answer.ravel()] for answer in grown[0][0]],
        "train_score": [float(f"{value:.9g}") for value in grown[0][1]],
    })
path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "rounds": ROUNDS, "cases": cases}, separators=(",", ":")) + "\n")
print(f"{len(cases)} of {tries} draws", file=sys.stderr)
