"""Trees that scikit-learn grows on drawn data with drawn settings: writes random_trees.json beside it, or as many as are asked for elsewhere.

    cargo run --example headless schema > schema.json
    python3 tests/golden/random_trees_reference.py schema.json [count [file]]   (numpy, scikit-learn)

Which of two splits of the same gain is taken is nobody's definition: a draw in which a split ties with another is thrown away, as is one of which six seeds
grow different trees. Rows are 32-bit numbers.
"""
import json
import pathlib
import sys

import numpy as np
import sklearn
import sklearn.utils
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import drawn

drawn.SCHEMA = json.load(open(sys.argv[1]))
count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
path = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else pathlib.Path(__file__).with_name("random_trees.json")


def columns(rng, rows):
    kind = rng.choice(["normal", "decimal", "whole", "near", "constant", "far", "copies"])
    values = {
        "normal": lambda: rng.normal(size=rows) * 10.0 ** rng.integers(-3, 4),
        "decimal": lambda: np.round(rng.uniform(0, 3, rows), 1),
        "whole": lambda: rng.integers(0, 6, rows).astype(float),
        "near": lambda: rng.choice([0.5, 0.5 + 6e-8, 0.5 + 1.2e-7, 0.7, 1.0, 1.0 + 1.2e-7], rows),
        "constant": lambda: np.full(rows, rng.normal()),
        "far": lambda: 1000 + np.round(rng.normal(size=rows), 2),
        "copies": lambda: np.repeat(rng.normal(size=rows // 3 + 1), 3)[:rows],
    }[kind]()
    return values.astype(np.float32)


def nodes(tree):
    """Depth first from the root."""
    learned, listed = tree.tree_, []

    def visit(node):
        leaf = learned.children_left[node] < 0
        listed.append({
            "feature": None if leaf else int(learned.feature[node]),
            "threshold": None if leaf else repr(float(learned.threshold[node])),
            "rows": int(learned.n_node_samples[node]),
            "impurity": float(learned.impurity[node]),
            "value": [float(value) for value in learned.value[node][0]],
        })
        if not leaf:
            visit(learned.children_left[node])
            visit(learned.children_right[node])

    visit(0)
    return listed


def tied(tree, inputs, targets, weights, criterion, least):
    """True where another split of a node gains as much as its own, but for rounding."""
    learned, classes = tree.tree_, np.unique(targets)

    def impurity(chosen):
        share = weights[chosen] / weights[chosen].sum()
        if criterion in ("gini", "entropy"):
            of = np.array([share[targets[chosen] == each].sum() for each in classes])
            return 1 - (of ** 2).sum() if criterion == "gini" else -(of[of > 0] * np.log2(of[of > 0])).sum()
        mean = (share * targets[chosen]).sum()
        return (share * (targets[chosen] - mean) ** 2).sum()

    def visit(node, rows):
        if learned.children_left[node] < 0:
            return False
        if learned.impurity[node] < 1e-12:
            # Of one class but for the rounding of weights that were taken away from each other.
            return True
        gains = []
        for feature in range(inputs.shape[1]):
            order = rows[np.argsort(inputs[rows, feature], kind="stable")]
            for at in range(least, len(order) - least + 1):
                if at < len(order) and inputs[order[at], feature] > inputs[order[at - 1], feature] + np.float32(1e-7):
                    left, right = order[:at], order[at:]
                    gains.append(-weights[left].sum() * impurity(left) - weights[right].sum() * impurity(right))
        best = max(gains)
        if sum(gain > best - 1e-9 * (1 + abs(best)) for gain in gains) > 1:
            return True
        left = inputs[rows, learned.feature[node]] <= learned.threshold[node]
        return visit(learned.children_left[node], rows[left]) or visit(learned.children_right[node], rows[~left])

    return visit(0, np.arange(len(inputs)))


cases, rng = [], np.random.default_rng(20)
while len(cases) < count:
    rows, width = int(rng.integers(4, 70)), int(rng.integers(1, 5))
    inputs = np.column_stack([columns(rng, rows) for _ in range(width)])
    classification = bool(rng.integers(3))
    classes = int(rng.integers(2, 5))
    if classification:
        targets = np.concatenate([np.arange(classes), rng.integers(0, classes, rows)])[:rows]
        if rng.integers(2):
            targets = (np.argsort(np.argsort(inputs[:, 0], kind="stable"), kind="stable") * classes // rows + (rng.uniform(size=rows) < 0.2)) % classes
        if len(np.unique(targets)) < classes:
            continue
    else:
        targets = (np.sin(inputs[:, 0]) + rng.normal(size=rows)).astype(np.float32)
    settings = drawn.draw({"$ref": "#/$defs/Tree"}, rng, {
        ".criterion": ["gini", "entropy"] if classification else ["squared_error", "auto"],
        ".max_leaves": (2, 40), ".min_samples_split": (2, rows), ".min_samples_leaf": (1, max(1, rows // 3)),
        ".min_impurity_decrease": lambda rng: float(rng.choice([0.0, 0.0, 0.001, 0.02, 1.0])),
        ".class_weights": (None if classification else ["equal"]) or ["equal", "balanced", "given"],
        ".weights": lambda rng: [float(np.round(rng.uniform(0.1, 9), 2)) for _ in range(classes)],
    })
    weight = settings["class_weights"]
    theirs = {
        "criterion": "squared_error" if not classification else settings["criterion"], "max_depth": settings["max_depth"],
        "max_leaf_nodes": settings["max_leaves"], "min_samples_split": settings["min_samples_split"],
        "min_samples_leaf": settings["min_samples_leaf"], "min_impurity_decrease": settings["min_impurity_decrease"],
    }
    if classification and "equal" not in weight:
        theirs["class_weight"] = "balanced" if "balanced" in weight else dict(enumerate(weight["given"]["weights"]))
    kind = DecisionTreeClassifier if classification else DecisionTreeRegressor
    grown = [kind(random_state=seed, **theirs).fit(inputs, targets) for seed in range(6)]
    # Another order of features gives another tree where something ties.
    if any(nodes(tree) != nodes(grown[0]) for tree in grown[1:]):
        continue
    counted = np.ones(rows)
    if "class_weight" in theirs:
        counted = sklearn.utils.class_weight.compute_sample_weight(theirs["class_weight"], targets)
    if tied(grown[0], inputs, np.asarray(targets, float), counted, theirs["criterion"], settings["min_samples_leaf"]):
        continue
    asked = np.vstack([inputs, inputs + rng.choice([0, 0.05, -0.05, 0.1], inputs.shape).astype(np.float32)]).astype(np.float32)
    answers = grown[0].predict_proba(asked) if classification else grown[0].predict(asked)[:, None]
    cases.append({
        "tree": settings, "width": width, "inputs": [float(value) for value in inputs.ravel()], "targets": [float(value) for value in targets],
        "classes": classes if classification else 0, "nodes": nodes(grown[0]), "asked": [float(value) for value in asked.ravel()],
        "answers": [float(f"{value:.9g}") for value in answers.ravel()],
    })
path.write_text(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}, separators=(",", ":")) + "\n")
