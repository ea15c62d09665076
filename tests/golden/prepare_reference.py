"""What scikit-learn makes of a small table by each step of preparation and cleaning: writes prepare.json beside it.

python3 tests/golden/prepare_reference.py   (numpy, scikit-learn)

The first 30 rows train, the last 10 are only transformed. Inputs are rounded to 32 bits, as the engine holds them.
"""
import json
import pathlib

import numpy as np
from scipy.special import digamma
from sklearn import decomposition, feature_selection, impute, preprocessing

rng = np.random.default_rng(7)
rows, train = 40, 30
table = np.column_stack([
    rng.lognormal(0.5, 0.8, rows),
    rng.normal(3, 2, rows),
    rng.exponential(2, rows) * rng.choice([-1, 1], rows),
    rng.uniform(0, 10, rows) + rng.normal(0, 1, rows),
    rng.integers(0, 4, rows).astype(float),
]).astype(np.float32).astype(np.float64)
classes = ((table[:, 0] + table[:, 1] + rng.normal(0, 2, rows)) > 5).astype(int) + (table[:, 3] > 7)
numbers = (2 * table[:, 1] - table[:, 3] ** 2 / 5 + rng.normal(0, 1, rows)).astype(np.float32).astype(np.float64)

holed = table.copy()
holed[rng.uniform(size=table.shape) < 0.15] = np.nan


def learned(step, target=None):
    """All rows by a step that has seen the first ones."""
    step.fit(table[:train], None if target is None else target[:train])
    return step.transform(table).tolist()


def kept(score, target, k=2):
    return learned(feature_selection.SelectKBest(score, k=k), target)


def filled(step):
    step.fit(holed[:train])
    return step.transform(holed).tolist()


def fences():
    first, third = np.nanquantile(holed[:train], [0.25, 0.75], axis=0)
    return np.clip(holed, first - 1.5 * (third - first), third + 1.5 * (third - first))


def scores():
    mean, deviation = np.nanmean(holed[:train], axis=0), np.nanstd(holed[:train], axis=0)
    return np.clip(holed, mean - 1.5 * deviation, mean + 1.5 * deviation)


def information_of_classes(x, labels, k=3):
    """Ross (2014), strictly nearer than the k-th neighbour. scikit-learn's own counts hang on the rounding of `radius`."""
    x = x / x.std()
    far = np.abs(x[:, None] - x[None])
    counts, neighbours, sizes = [], [], []
    for at, label in enumerate(labels):
        others = np.sort(far[at][(labels == label) & (np.arange(len(x)) != at)])
        near = min(k, len(others))
        counts.append((far[at] < others[near - 1]).sum())
        neighbours.append(near)
        sizes.append(len(others) + 1)
    return max(0.0, digamma(len(x)) + np.mean(digamma(neighbours)) - np.mean(digamma(sizes)) - np.mean(digamma(counts)))


def information_of_numbers(x, y, k=3):
    """Kraskov, Stoegbauer & Grassberger (2004), estimator 1."""
    dx, dy = (np.abs(v[:, None] - v[None]) / v.std() for v in (x, y))
    both = np.maximum(dx, dy)
    np.fill_diagonal(both, np.inf)
    far = np.sort(both, axis=1)[:, k - 1:k]
    return max(0.0, digamma(len(x)) + digamma(k) - np.mean(digamma((dx < far).sum(1)) + digamma((dy < far).sum(1))))


def checked(ours, theirs):
    """The definition's numbers, which scikit-learn's come near to."""
    assert np.abs(np.array(ours) - theirs).max() < 0.02, (ours, theirs)
    return ours


def gaps(values):
    return [[None if np.isnan(value) else value for value in row] for row in np.asarray(values)]


golden = {
    "table": table.tolist(),
    "classes": classes.tolist(),
    "numbers": numbers.tolist(),
    "holed": gaps(holed),
    "steps": {
        "scale": learned(preprocessing.StandardScaler()),
        "scale min_max": learned(preprocessing.MinMaxScaler()),
        "scale robust": learned(preprocessing.RobustScaler()),
        "normalize": learned(preprocessing.Normalizer()),
        "normalize l1": learned(preprocessing.Normalizer("l1")),
        "normalize max": learned(preprocessing.Normalizer("max")),
        "power": learned(preprocessing.PowerTransformer()),
        "power plain": learned(preprocessing.PowerTransformer(standardize=False)),
        "bins": learned(preprocessing.KBinsDiscretizer(5, encode="onehot-dense", strategy="quantile", quantile_method="linear")),
        "bins uniform": learned(preprocessing.KBinsDiscretizer(4, encode="ordinal", strategy="uniform")),
        "polynomial": learned(preprocessing.PolynomialFeatures(2, include_bias=False)),
        "polynomial interactions": learned(preprocessing.PolynomialFeatures(3, interaction_only=True, include_bias=False)),
        "pca": learned(decomposition.PCA(3)),
        "pca whiten": learned(decomposition.PCA(2, whiten=True)),
        "select": kept(feature_selection.f_classif, classes),
        "select numbers": kept(feature_selection.f_regression, numbers),
    },
    "scores": {
        "f_classif": feature_selection.f_classif(table, classes)[0].tolist(),
        "f_regression": feature_selection.f_regression(table, numbers)[0].tolist(),
        # The last column is whole numbers, whose ties scikit-learn breaks with noise.
        "mutual_info_classif": checked(
            [information_of_classes(table[:, at], classes) for at in range(4)],
            feature_selection.mutual_info_classif(table[:, :4], classes, random_state=0),
        ),
        "mutual_info_regression": checked(
            [information_of_numbers(table[:, at], numbers) for at in range(4)],
            feature_selection.mutual_info_regression(table[:, :4], numbers, random_state=0),
        ),
    },
    "fillings": {
        "mean": filled(impute.SimpleImputer(strategy="mean")),
        "median": filled(impute.SimpleImputer(strategy="median")),
        "most_frequent": filled(impute.SimpleImputer(strategy="most_frequent")),
        "constant": filled(impute.SimpleImputer(strategy="constant", fill_value=-1)),
        "nearest": filled(impute.KNNImputer(n_neighbors=3)),
    },
    "outliers": {"iqr": gaps(fences()), "z_score": gaps(scores())},
}
path = pathlib.Path(__file__).with_name("prepare.json")


def short(value):
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, list):
        return [short(item) for item in value]
    return {key: short(item) for key, item in value.items()} if isinstance(value, dict) else value


path.write_text(json.dumps(short(golden), separators=(",", ":")) + "\n")
