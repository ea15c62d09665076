"""What scikit-learn makes of drawn tables by drawn preparations: writes random_preparations.json beside it, or as many as are asked for elsewhere.

    cargo run --example headless schema > schema.json
    python3 tests/golden/random_preparations_reference.py schema.json [count [file]]   (numpy, scikit-learn)

Each step is fitted on the training rows that were drawn. Where the last bits would decide (a value beside the edge of a bin, scores or variances as large
as each other, a component of nothing), the draw is thrown away. Columns are in 64 bits.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn import decomposition, feature_selection, impute, preprocessing

import drawn

warnings.simplefilter("ignore")
drawn.SCHEMA = json.load(open(sys.argv[1]))
count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
path = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else pathlib.Path(__file__).with_name("random_preparations.json")
SCALES = {"standard": preprocessing.StandardScaler, "min_max": preprocessing.MinMaxScaler, "robust": preprocessing.RobustScaler}


class Unclear(Exception):
    """The last bits decide."""


def columns(rng, rows):
    kind = rng.choice(["normal", "decimal", "whole", "positive", "constant", "far", "dates", "tiny", "skewed", "negative", "big"])
    return kind, {
        "normal": lambda: rng.normal(size=rows) * 10.0 ** rng.integers(-3, 4),
        "decimal": lambda: np.round(rng.uniform(-3, 3, rows), 1),
        "whole": lambda: rng.integers(0, 6, rows).astype(float),
        "positive": lambda: rng.lognormal(0, 1, rows),
        "constant": lambda: np.full(rows, np.round(rng.normal(), 3)),
        "far": lambda: 1e6 + np.round(rng.normal(size=rows), 3),
        "dates": lambda: 20240101.0 + rng.integers(0, 31, rows),
        "tiny": lambda: rng.normal(size=rows) * 1e-9,
        "skewed": lambda: 0.1 + rng.exponential(0.02, rows) ** 2,
        "negative": lambda: -rng.lognormal(1, 0.5, rows),
        "big": lambda: 2e9 + rng.integers(0, 300, rows),
    }[kind]()


def checked_bins(step, fitted, values):
    for edges, column in zip(fitted.bin_edges_, values.T):
        inner = edges[1:-1][np.isfinite(edges[1:-1])]
        size = max(np.abs(column).max(), 1e-300)
        gaps = np.abs(column[:, None] - inner[None])
        if ((gaps > 0) & (gaps < 1e-9 * size)).any():
            raise Unclear
        if step["edges"] == "quantile" and len(edges) < 2 and step["one_hot"]:
            raise Unclear


def stepped(name, step, values, train, targets, classification):
    """(all rows, after a step that has seen the training rows)."""
    seen = values[train]
    if name == "scale":
        return values if step["method"] == "none" else SCALES[step["method"]]().fit(seen).transform(values)
    if name == "normalize":
        lengths = np.linalg.norm(values, axis=1)
        if ((lengths > 0) & (lengths < 1e-13)).any():
            raise Unclear
        return preprocessing.Normalizer(step["norm"]).fit(seen).transform(values)
    if name == "log":
        lowest = seen.min(axis=0)
        if (lowest <= -1).any():
            raise Unclear
        return np.log1p(np.where(values > -1, values, lowest))
    if name == "power":
        fitted = preprocessing.PowerTransformer(standardize=False).fit(seen)
        # A likelihood that is flat to the last bits has its maximum anywhere: another order of the rows finds another.
        again = preprocessing.PowerTransformer(standardize=False).fit(seen[::-1])
        made = preprocessing.PowerTransformer(standardize=step["standardize"]).fit(seen).transform(values)
        other = again.transform(values)
        if step["standardize"]:
            other = preprocessing.StandardScaler().fit(again.transform(seen)).transform(other)
        if not np.isfinite(made).all() or np.abs(made).max() > 1e30 or not np.allclose(made, other, rtol=1e-7, atol=1e-7):
            raise Unclear
        # Beside 0 and 2 the variance's logarithm, as SciPy computes it, is a difference of large numbers: it stops short of the maximum.
        if (np.abs(fitted.lambdas_) < 1e-3).any() or (np.abs(fitted.lambdas_ - 2) < 1e-3).any():
            raise Unclear
        spread = fitted.transform(seen)
        if ((spread.std(axis=0) > 0) & (spread.std(axis=0) < 1e-9 * np.abs(spread).max(axis=0))).any():
            raise Unclear
        return made
    if name == "bins":
        # scikit-learn has no encoding for a column without any bin; ours is one bin.
        fitted = preprocessing.KBinsDiscretizer(
            step["bins"], encode="ordinal", strategy=step["edges"], quantile_method="linear", subsample=None).fit(seen)
        checked_bins(step, fitted, values)
        bins = fitted.transform(values)
        if not step["one_hot"]:
            return bins
        return np.column_stack([(bins[:, [at]] == np.arange(max(1, each))) for at, each in enumerate(fitted.n_bins_)]).astype(float)
    if name == "polynomial":
        made = preprocessing.PolynomialFeatures(step["degree"], interaction_only=step["interaction_only"], include_bias=False).fit(seen).transform(values)
        if made.shape[1] > 80:
            raise Unclear
        return made
    if name == "pca":
        most = min(seen.shape)
        if step["components"] > most:
            raise Unclear
        fitted = decomposition.PCA(step["components"], whiten=step["whiten"], svd_solver="full").fit(seen)
        variances = decomposition.PCA(svd_solver="full").fit(seen).explained_variance_
        kept = variances[:step["components"] + 1]
        if variances[0] <= 0 or (variances[:step["components"]] < 1e-9 * variances[0]).any() or (kept[1:] > 0.99 * kept[:-1]).any():
            raise Unclear
        sizes = np.sort(np.abs(fitted.components_), axis=1)
        if sizes.shape[1] > 1 and (sizes[:, -2] > 0.999 * sizes[:, -1]).any():
            raise Unclear
        return fitted.transform(values)
    if name == "select":
        if step["k"] > seen.shape[1]:
            raise Unclear
        score = feature_selection.f_classif if classification else feature_selection.f_regression
        fitted = feature_selection.SelectKBest(score, k=step["k"]).fit(seen, targets[train])
        scores = np.sort(np.nan_to_num(fitted.scores_, nan=-1.0))[::-1]
        spread = seen.std(axis=0)
        if (spread <= 1e-7 * np.abs(seen).max(axis=0)).any():
            raise Unclear
        if step["k"] < len(scores) and scores[step["k"] - 1] - scores[step["k"]] < 1e-5 * abs(scores[step["k"] - 1]):
            raise Unclear
        return fitted.transform(values)
    raise ValueError(name)


def cleaned(step, values, train):
    seen, (name, setting) = values[train], next(iter(step.items()))
    if name == "impute":
        (how, what), = setting["with"].items()
        if np.isnan(seen).all(axis=0).any():
            raise Unclear
        if how == "nearest":
            far = [np.sort(row[np.isfinite(row)]) for row in sklearn.metrics.pairwise.nan_euclidean_distances(values[np.isnan(values).any(axis=1)], seen)]
            if any((np.diff(row) < 1e-6 * (1 + row[1:])).any() for row in far):
                raise Unclear
            return impute.KNNImputer(n_neighbors=what["neighbours"]).fit(seen).transform(values)
        return impute.SimpleImputer(strategy=how, fill_value=what.get("value")).fit(seen).transform(values)
    (rule, setting), = setting["rule"].items()
    if rule == "iqr":
        low, high = np.nanquantile(seen, [0.25, 0.75], axis=0)
        reach = setting["factor"] * (high - low)
        return np.clip(values, low - reach, high + reach)
    mean, reach = np.nanmean(seen, axis=0), setting["deviations"] * np.nanstd(seen, axis=0)
    return np.clip(values, mean - reach, mean + reach)


def encoded(words, train, how):
    if how == "ordinal":
        made = preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    else:
        made = preprocessing.OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    return made.fit(words[train]).transform(words)


rng, cases = np.random.default_rng(11), []
LIMITS = {
    ".components": (1, 4), ".k": (1, 4), ".score": ["anova_f"], ".action": ["clip"], ".bins.bins": (2, 12), ".degree": (2, 3), ".neighbours": (1, 6),
    ".value": (-5.0, 5.0),
}
while len(cases) < count:
    rows = int(rng.integers(6, 40))
    drawn_columns = [columns(rng, rows) for _ in range(int(rng.integers(1, 5)))]
    values = np.column_stack([column for _, column in drawn_columns])
    far = any(kind in ("far", "dates", "big", "tiny", "skewed") for kind, _ in drawn_columns)
    order = rng.permutation(rows)
    train = np.sort(order[: max(3, rows * 2 // 3)])
    held = np.sort(order[max(3, rows * 2 // 3):])
    classification = bool(rng.integers(2))
    targets = rng.integers(0, 3, rows) if classification else np.round(values[:, 0] + rng.normal(size=rows), 3)
    if classification and len(np.unique(targets[train])) < 2:
        continue
    words = rng.choice(["pine", "oak", "Ash", "elm", "10", "9"], rows, p=[0.4, 0.3, 0.1, 0.1, 0.05, 0.05]) if rng.integers(3) == 0 else None
    if not far and rng.integers(2):
        values[rng.uniform(size=values.shape) < 0.15] = np.nan
    raw, clean = values.copy(), []
    prepare = drawn.draw({"$ref": "#/$defs/Prepare"}, rng, {
        ".damage": lambda rng: [], ".features": lambda rng: [], ".target": lambda rng: "none",
        ".clean": lambda rng: [
            drawn.draw({"$ref": "#/$defs/Cleaning"}, rng, {".clean": ["impute", "outliers"], **LIMITS}, ".clean") for _ in range(rng.integers(0, 3))
        ] if not far else [],
        ".steps": lambda rng: [drawn.draw({"$ref": "#/$defs/Step"}, rng, LIMITS, "") for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3]))],
    })
    if np.isnan(values).any() and not any("impute" in step for step in prepare["clean"]):
        prepare["clean"].append({"impute": {"with": {"median": {}}}})
    try:
        for step in prepare["clean"]:
            values = cleaned(step, values, train)
        if words is not None:
            values = np.column_stack([values, encoded(words[:, None], train, prepare["words"])])
        for step in prepare["steps"]:
            (name, settings), = step.items()
            values = stepped(name, settings, values, train, targets, classification)
            spread, size = values[train].std(axis=0), np.abs(values[train]).max(axis=0)
            if ((spread > 1e-14 * size) & (spread < 1e-7 * size)).any():
                raise Unclear
        if prepare["scale"] != "none":
            values = SCALES[prepare["scale"]]().fit(values[train]).transform(values)
        # What is left of a column but rounding is nobody's.
        spread = values[train].std(axis=0)
        if not np.isfinite(values).all() or np.abs(values).max() > 1e30 or ((spread > 0) & (spread < 1e-12)).any():
            raise Unclear
    except (Unclear, ValueError):
        continue
    cases.append({
        "prepare": prepare, "classes": 3 if classification else 0, "targets": [float(value) for value in targets],
        "rows": [[None if np.isnan(value) else float(value) for value in row] for row in raw],
        "words": None if words is None else words.tolist(), "train": train.tolist(), "held": held.tolist(),
        "expected": [[float(f"{value:.9g}") for value in row] for row in values],
    })
path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}, separators=(",", ":")) + "\n")
