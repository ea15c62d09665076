"""Support vector machines that scikit-learn fits to drawn data with drawn settings: writes svm.json beside it, or as many as are asked for elsewhere.

    python3 tests/golden/svm_reference.py [count [file [seed]]]   (numpy, scikit-learn 1.9.1)

Tolerance 1e-6 on both sides. Rows are 32-bit numbers. The objective is the dual's, computed in 64 bits from the coefficients. A fit that needs more than
200,000 updates of a pair is thrown away.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics.pairwise import pairwise_kernels
from sklearn.svm import SVC, SVR

warnings.filterwarnings("error", category=ConvergenceWarning)
count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
path = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("svm.json")
rng = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 17)
small = path.name == "svm.json"


def classes():
    kind = rng.choice(["iris", "wine", "cancer", "blobs", "moons", "circles", "copies", "noise", "whole"])
    seed = int(rng.integers(1 << 30))
    rows = int(rng.integers(12, 45 if small else 220))
    if kind in ("iris", "wine", "cancer"):
        x, y = {"iris": datasets.load_iris, "wine": datasets.load_wine, "cancer": datasets.load_breast_cancer}[kind](return_X_y=True)
        chosen = rng.permutation(len(x))[:rows]
        x, y = x[chosen], y[chosen]
        # Raw columns of wine differ by a factor of a thousand.
        if kind != "iris" and rng.integers(4):
            x = (x - x.mean(axis=0)) / x.std(axis=0)
        if small:
            x = x[:, :4]
    elif kind == "blobs":
        x, y = datasets.make_blobs(rows, n_features=int(rng.integers(1, 6)), centers=int(rng.integers(2, 6)), cluster_std=float(rng.uniform(0.5, 4)), random_state=seed)
    elif kind == "moons":
        x, y = datasets.make_moons(rows, noise=float(rng.uniform(0.05, 0.4)), random_state=seed)
    elif kind == "circles":
        x, y = datasets.make_circles(rows, noise=float(rng.uniform(0.02, 0.2)), factor=0.5, random_state=seed)
    elif kind == "copies":
        # The same rows twice, some with another label.
        x = np.repeat(rng.normal(size=(rows // 2 + 1, 2)), 2, axis=0)
        y = ((x[:, 0] > 0) ^ (rng.uniform(size=len(x)) < 0.15)).astype(int)
    elif kind == "noise":
        x, y = rng.normal(size=(rows, 3)), rng.integers(0, 3, rows)
    else:
        x = rng.integers(0, 4, (rows, 2)).astype(float)
        y = (x.sum(axis=1).astype(int) + (rng.uniform(size=rows) < 0.2)) % 3
    y = np.unique(y, return_inverse=True)[1]
    return kind, x.astype(np.float32), y


def numbers():
    kind = rng.choice(["diabetes", "sine", "plane", "steps", "far"])
    rows = int(rng.integers(12, 40 if small else 200))
    if kind == "diabetes":
        x, y = datasets.load_diabetes(return_X_y=True)
        chosen = rng.permutation(len(x))[:rows]
        x, y = x[chosen][:, :4] * 20, (y[chosen] - 152) / 77
    else:
        x = rng.uniform(-3, 3, (rows, int(rng.integers(1, 4))))
        noise = rng.normal(size=rows) * 0.2
        y = {"sine": np.sin(2 * x[:, 0]) + noise, "plane": x.sum(axis=1) + noise, "steps": np.round(x[:, 0]), "far": 500 + 20 * x[:, 0] + noise}[kind]
    return kind, x.astype(np.float32), y.astype(np.float32)


def gamma():
    return [{"scale": {}}, {"auto": {}}, {"given": {"value": float(f"{10 ** rng.uniform(-2, 1):.3g}")}}][rng.integers(3)]


def kernel():
    kind = rng.choice(["linear", "rbf", "rbf", "poly", "sigmoid"])
    settings = {}
    if kind != "linear":
        settings["gamma"] = gamma()
    if kind in ("poly", "sigmoid"):
        settings["coef0"] = float(rng.choice([0.0, 0.0, 1.0, -1.0, 0.37]))
    if kind == "poly":
        settings["degree"] = int(rng.choice([0, 1, 2, 3, 3, 4, 5]))
    return str(kind), settings


def fitted(model, x, y, weights):
    model.fit(x, y, sample_weight=weights)
    return model


def digits(values, most=12):
    return [float(f"{value:.{most}g}") for value in np.asarray(values, float).ravel()]


cases = []
while len(cases) < count:
    classification = bool(rng.integers(4))
    data, x, y = classes() if classification else numbers()
    if classification and len(np.unique(y)) < 2:
        continue
    kind, settings = kernel()
    c = float(f"{10 ** rng.uniform(-2, 3):.3g}")
    given = settings.get("gamma", {})
    theirs = {
        "kernel": kind, "C": c, "tol": 1e-6, "shrinking": bool(rng.integers(2)), "coef0": settings.get("coef0", 0.0), "degree": settings.get("degree", 3),
        "gamma": given["given"]["value"] if "given" in given else "auto" if "auto" in given else "scale", "max_iter": 200_000,
    }
    ours = {"kernel": {kind: settings}, "c": c, "tol": 1e-6, "shrinking": theirs["shrinking"]}
    weights = np.round(rng.uniform(0.1, 3, len(x)), 2) if rng.integers(4) == 0 else None
    if weights is not None and rng.integers(2):
        weights[rng.uniform(size=len(x)) < 0.1] = 0
        if classification and len(np.unique(y[weights > 0])) < len(np.unique(y)):
            continue
    if classification:
        theirs["decision_function_shape"] = "ovo"
        choice = rng.integers(4)
        if choice == 0:
            ours["class_weights"], theirs["class_weight"] = {"balanced": {}}, "balanced"
        elif choice == 1:
            each = [float(np.round(rng.uniform(0.1, 9), 2)) for _ in np.unique(y)]
            ours["class_weights"], theirs["class_weight"] = {"given": {"weights": each}}, dict(enumerate(each))
    else:
        ours["epsilon"] = theirs["epsilon"] = float(rng.choice([0.0, 0.05, 0.1, 0.5]))
    x64 = x.astype(np.float64)
    try:
        model = fitted((SVC if classification else SVR)(**theirs), x64, y.astype(np.float64) if not classification else y, weights)
    except ConvergenceWarning:
        continue
    spread = x64.std(axis=0)
    asked = np.vstack([x64, x64 + rng.normal(size=x.shape) * spread * 0.5, rng.uniform(-3, 3, x.shape) * spread + x64.mean(axis=0)]).astype(np.float32)
    if small:
        asked = asked[rng.permutation(len(asked))[:20]]
    asked64 = asked.astype(np.float64)
    decisions = model.decision_function(asked64) if classification else model.predict(asked64)
    scores = predictions = None
    if classification:
        predictions = model.predict(asked64).tolist()
        model.set_params(decision_function_shape="ovr")
        scores = digits(model.decision_function(asked64))
        # libsvm's sign: positive on the side of the lower class; scikit-learn turns it only where there are two.
        decisions = -decisions if len(model.classes_) == 2 else decisions
    # scikit-learn counts support_ without the rows of weight 0.
    counted = np.ones(len(x), bool) if weights is None else weights > 0
    support = x64[counted][model.support_]
    gram = pairwise_kernels(support, metric=kind, filter_params=True, gamma=model._gamma, coef0=theirs["coef0"], degree=theirs["degree"])
    objectives = []
    if classification:
        starts = np.concatenate([[0], np.cumsum(model.n_support_)])
        for i in range(len(model.classes_)):
            for j in range(i + 1, len(model.classes_)):
                coefficients = np.zeros(len(support))
                coefficients[starts[i]:starts[i + 1]] = model.dual_coef_[j - 1, starts[i]:starts[i + 1]]
                coefficients[starts[j]:starts[j + 1]] = model.dual_coef_[i, starts[j]:starts[j + 1]]
                objectives.append(coefficients @ gram @ coefficients / 2 - np.abs(coefficients).sum())
    else:
        coefficients = model.dual_coef_[0]
        objectives.append(coefficients @ gram @ coefficients / 2 + theirs["epsilon"] * np.abs(coefficients).sum() - coefficients @ y[counted][model.support_].astype(float))
    cases.append({
        "data": str(data), "svm": ours, "width": x.shape[1], "inputs": digits(x, 9), "targets": digits(y, 9),
        "classes": len(np.unique(y)) if classification else 0, "weights": None if weights is None else [float(weight) for weight in weights],
        "asked": digits(asked, 9), "decisions": digits(decisions), "scores": scores, "predictions": predictions,
        "objectives": digits(objectives), "support": len(support), "updates": np.atleast_1d(model.n_iter_).tolist(),
    })
path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "tolerance": 1e-6, "cases": cases}, separators=(",", ":")) + "\n")
