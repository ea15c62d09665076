"""Rows that count differently: trees and k-means of scikit-learn with `sample_weight`, networks of PyTorch with the loss sum(w l) / sum(w). Writes
sample_weights.json beside it, for tests/engine/golden_sample_weights.rs.

    python3 tests/golden/sample_weights_reference.py   (numpy, scikit-learn 1.9.1, PyTorch 2.15)

Support vector machines and gradient boosting with weights are in svm_reference.py and boosting_reference.py. Rows and weights are 32-bit numbers, some
weights are 0. Networks are computed in float64; their rows, targets and first weights are functions of indices, the order of the batches is the engine's
stream `shuffle`, which is computed here. A tree in which two splits tie, or that grows differently with another order of features, is thrown away.
"""
import json
import math
import pathlib

import numpy as np
import sklearn
import torch
from sklearn.cluster import KMeans
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from torch import nn
from torch.nn import functional

assert sklearn.__version__ == "1.9.1" and torch.__version__.startswith("2.15"), (sklearn.__version__, torch.__version__)
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
rng = np.random.default_rng(17)


def numbers(values, digits=9):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, float).ravel()]


def weights_of(rows, absent=True):
    weights = rng.uniform(0.05, 4, rows)
    if absent:
        weights[rng.uniform(size=rows) < 0.12] = 0
    return np.round(weights, 2).astype(np.float32)


# ---- Trees.


def nodes(tree):
    learned, listed = tree.tree_, []

    def visit(node):
        leaf = learned.children_left[node] < 0
        listed.append({
            "feature": None if leaf else int(learned.feature[node]), "threshold": None if leaf else repr(float(learned.threshold[node])),
            "rows": int(learned.n_node_samples[node]), "impurity": float(f"{learned.impurity[node]:.9g}"), "value": numbers(learned.value[node][0]),
        })
        if not leaf:
            visit(learned.children_left[node])
            visit(learned.children_right[node])

    visit(0)
    return listed


def tied(tree, inputs, targets, weights, criterion, least):
    """True where another split of a node gains as much as its own, but for rounding."""
    learned = tree.tree_

    def impurity(rows):
        share = weights[rows] / weights[rows].sum()
        if criterion == "squared_error":
            mean = (share * targets[rows]).sum()
            return (share * (targets[rows] - mean) ** 2).sum()
        of = np.array([share[targets[rows] == each].sum() for each in np.unique(targets)])
        return 1 - (of ** 2).sum() if criterion == "gini" else -(of[of > 0] * np.log2(of[of > 0])).sum()

    def visit(node, rows):
        if learned.children_left[node] < 0:
            return False
        gains = []
        for feature in range(inputs.shape[1]):
            order = rows[np.argsort(inputs[rows, feature], kind="stable")]
            for at in range(least, len(order) - least + 1):
                if at < len(order) and inputs[order[at], feature] > inputs[order[at - 1], feature] + np.float32(1e-7):
                    gains.append(-sum(weights[side].sum() * impurity(side) for side in (order[:at], order[at:])))
        best = max(gains)
        if learned.impurity[node] < 1e-12 or sum(gain > best - 1e-9 * (1 + abs(best)) for gain in gains) > 1:
            return True
        left = inputs[rows, learned.feature[node]] <= learned.threshold[node]
        return visit(learned.children_left[node], rows[left]) or visit(learned.children_right[node], rows[~left])

    return visit(0, np.flatnonzero(weights > 0))


trees = []
while len(trees) < 16:
    rows, width, classes = int(rng.integers(12, 60)), int(rng.integers(1, 4)), int(rng.choice([0, 2, 3]))
    inputs = (rng.normal(size=(rows, width)) if rng.integers(2) else np.round(rng.uniform(0, 3, (rows, width)), 1)).astype(np.float32)
    signal = np.sin(2 * inputs[:, 0]) + 0.3 * rng.normal(size=rows)
    targets = np.argsort(np.argsort(signal)) * classes // rows if classes else signal.astype(np.float32)
    weights = weights_of(rows)
    if classes and len(np.unique(targets[weights > 0])) < classes:
        continue
    criterion = str(rng.choice(["gini", "entropy"])) if classes else "squared_error"
    settings = {
        "criterion": criterion, "max_depth": int(rng.integers(2, 8)), "max_leaves": int(rng.integers(2, 20)), "min_samples_split": int(rng.integers(2, 9)),
        "min_samples_leaf": int(rng.integers(1, 6)), "min_impurity_decrease": float(rng.choice([0.0, 0.0, 0.01])),
    }
    theirs = {("max_leaf_nodes" if name == "max_leaves" else name): value for name, value in settings.items()}
    counted = weights.astype(float)
    choice = rng.integers(3) if classes else 0
    if choice == 1:
        settings["class_weights"], theirs["class_weight"] = {"balanced": {}}, "balanced"
        counted = counted * (rows / (classes * np.bincount(targets)))[targets]
    elif choice == 2:
        each = numbers(np.round(rng.uniform(0.2, 5, classes), 2))
        settings["class_weights"], theirs["class_weight"] = {"given": {"weights": each}}, dict(enumerate(each))
        counted = counted * np.array(each)[targets]
    kind = DecisionTreeClassifier if classes else DecisionTreeRegressor
    grown = [kind(random_state=seed, **theirs).fit(inputs, targets, sample_weight=weights.astype(float)) for seed in range(6)]
    if any(nodes(tree) != nodes(grown[0]) for tree in grown[1:]) or tied(grown[0], inputs, targets, counted, criterion, settings["min_samples_leaf"]):
        continue
    trees.append({
        "tree": settings, "width": width, "inputs": numbers(inputs), "targets": numbers(targets), "weights": numbers(weights), "classes": classes,
        "nodes": nodes(grown[0]),
    })

# ---- k-means.


def decided_by_rounding(x, weights, centres, iterations):
    """True where on the way a row is nearly as near to two centres, or a centre loses all of its rows and its place depends on rows of weight 0, of which
    scikit-learn takes one."""
    for _ in range(iterations + 2):
        squares = ((x[:, None, :] - centres[None]) ** 2).sum(axis=2)
        near = np.sort(squares, axis=1)
        if (near[:, 1] - near[:, 0] < 1e-9 * (1 + near[:, 0])).any():
            return True
        labels, moved = squares.argmin(axis=1), centres.copy()
        counts = np.bincount(labels, weights, minlength=len(centres))
        sums = np.stack([(weights[labels == at, None] * x[labels == at]).sum(axis=0) for at in range(len(centres))])
        empty, order = np.flatnonzero(counts == 0), np.argsort(-near[:, 0], kind="stable")
        if len(empty) > 1 or (len(empty) and weights[order[0]] == 0):
            return True
        for cluster in empty:
            row = order[0]
            sums[labels[row]] -= weights[row] * x[row]
            counts[labels[row]] -= weights[row]
            sums[cluster], counts[cluster] = weights[row] * x[row], weights[row]
        moved[counts > 0] = sums[counts > 0] / counts[counts > 0, None]
        centres = moved
    return False


clusters = []
while len(clusters) < 10:
    rows, width, k = int(rng.integers(12, 60)), int(rng.integers(1, 4)), int(rng.integers(2, 6))
    x = (rng.normal(size=(rows, width)) + 4 * rng.integers(0, 3, size=(rows, 1))).astype(np.float32)
    weights = weights_of(rows)
    start = np.round(x[rng.choice(rows, k, replace=False)].astype(float), 4)
    if rng.integers(3) == 0:
        start[rng.integers(k)] += 1000  # Nobody is near it.
    tol = float(rng.choice([0.0, 1e-4, 1e-2]))
    model = KMeans(n_clusters=k, init=start, n_init=1, tol=tol, max_iter=1000, algorithm="lloyd").fit(x.astype(float), sample_weight=weights.astype(float))
    if decided_by_rounding(x.astype(float), weights.astype(float), start.copy(), model.n_iter_):
        continue
    clusters.append({
        "rows": [numbers(row) for row in x], "weights": numbers(weights), "start": start.tolist(), "tol": tol, "centres": model.cluster_centers_.tolist(),
        "labels": model.labels_.tolist(), "inertia": model.inertia_,
    })

# ---- Networks.

MASK = (1 << 64) - 1


class Stream:
    """src/math/random.rs: FNV-1a over seed and name, SplitMix64, Xoshiro256++."""

    def __init__(self, seed, name):
        state = 0xCBF29CE484222325
        for byte in seed.to_bytes(4, "little") + name.encode():
            state = ((state ^ byte) * 0x100000001B3) & MASK
        self.s = []
        for _ in range(4):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))

    def next(self):
        s = self.s
        turn = lambda x, k: ((x << k) | (x >> (64 - k))) & MASK
        result = (turn((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = turn(s[3], 45)
        return result

    def shuffle(self, items):
        last = len(items) - 1
        while last > 0:
            bits = self.next()
            for half, at in ((bits >> 32, last), (bits & 0xFFFFFFFF, last - 1)):
                if at > 0:
                    other = half * (at + 1) >> 32
                    items[at], items[other] = items[other], items[at]
            last -= 2


ROWS, UNITS, UPDATES = 23, 3, 24
INPUTS = torch.tensor([[math.sin(1.7 * (UNITS * r + c)) + 0.3 * math.cos(0.9 * c * (r + 1)) for c in range(UNITS)] for r in range(ROWS)], dtype=torch.float32).double()


def targets_of(classes):
    if classes == 0:
        return torch.tensor([math.sin(2.1 * r) + 0.3 for r in range(ROWS)], dtype=torch.float32).double()
    return torch.tensor([r if r < classes else (r * r + r // 2) % classes for r in range(ROWS)])


def parts(name, s, raw, target, classes, each):
    """What every row adds above and below the line, its own weight left out."""
    counts = torch.ones(len(target)) if each is None else torch.tensor(each)[target]
    if classes:
        signs, one_hot = 2.0 * target - 1, functional.one_hot(target, classes).double()
    desired = target[:, None] if classes == 0 else signs[:, None] if classes == 2 else one_hot
    if name == "mse":
        return counts * ((raw - desired) ** 2).mean(1), counts
    if name == "mae":
        return counts * (raw - desired).abs().mean(1), counts
    if name == "huber":
        return counts * functional.huber_loss(raw, desired, delta=s["delta"], reduction="none").mean(1), counts
    if name == "quantile":
        return counts * torch.maximum(s["q"] * (desired - raw), (s["q"] - 1) * (desired - raw)).mean(1), counts
    two = torch.cat([torch.zeros_like(raw), raw], 1) if raw.shape[1] == 1 else raw
    if name == "focal":
        ce = functional.cross_entropy(two, target, reduction="none")
        alpha = torch.tensor([1 - s["alpha"], s["alpha"]])[target] if classes == 2 else 1.0
        return counts * alpha * (-torch.expm1(-ce)) ** s["gamma"] * ce, counts
    smoothing, weight = s.get("label_smoothing", 0.0), None if each is None else torch.tensor(each)
    return functional.cross_entropy(two, target, weight=weight, label_smoothing=smoothing, reduction="none"), counts


def train(case, weights):
    classes, batch = case["classes"], case["batch"]
    ((name, s),) = case["loss"].items()
    outputs = classes if classes > 2 or name == "softmax_cross_entropy" else 1
    model = nn.Sequential(nn.Linear(UNITS, 4), nn.Tanh(), nn.Linear(4, outputs))
    flat = [0.5 * math.sin(2.3 * at + 0.4) for at in range(sum(p.numel() for p in model.parameters()))]
    torch.nn.utils.vector_to_parameters(torch.tensor(flat, dtype=torch.float32).double(), model.parameters())
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05, eps=1e-8) if case["adam"] else torch.optim.SGD(model.parameters(), lr=0.2)
    target, counted, losses = targets_of(classes), torch.tensor(weights, dtype=torch.float32).double(), []
    order, stream, position = list(range(ROWS)), Stream(1, "shuffle"), 0

    def loss(rows):
        above, below = parts(name, s, model(INPUTS[rows]), target[rows], classes, case["class_weights"])
        above, below = (counted[rows] * above).sum(), (counted[rows] * below).sum()
        return above / below if below > 0 else 0 * above

    for update in range(UPDATES):
        if update % 4 == 0:
            losses.append(loss(range(ROWS)).item())
        if position == 0 and batch < ROWS:
            stream.shuffle(order)
        rows = order[position : position + batch]
        position = 0 if position + batch >= ROWS else position + batch
        optimizer.zero_grad()
        loss(rows).backward()
        optimizer.step()
    losses.append(loss(range(ROWS)).item())
    return losses, torch.nn.utils.parameters_to_vector(model.parameters()).tolist()


LOSSES = [
    (0, {"mse": {}}), (0, {"mae": {}}), (0, {"huber": {"delta": 0.4}}), (0, {"quantile": {"q": 0.8}}), (2, {"mse": {}}), (3, {"huber": {"delta": 0.4}}),
    (2, {"binary_cross_entropy": {}}), (2, {"binary_cross_entropy": {"label_smoothing": 0.2}}), (3, {"softmax_cross_entropy": {}}),
    (3, {"softmax_cross_entropy": {"label_smoothing": 0.1}}), (2, {"focal": {"gamma": 2.0, "alpha": 0.3}}), (3, {"focal": {"gamma": 1.5}}),
]
networks = []
for at, (classes, loss) in enumerate(LOSSES):
    for batch in (ROWS, 5):
        case = {"classes": classes, "loss": loss, "batch": batch, "adam": bool((at + batch) % 2), "class_weights": None}
        if classes and (at + batch) % 3 == 0:
            case["class_weights"] = numbers(np.round(rng.uniform(0.2, 3, classes), 2))
        weights = weights_of(ROWS)
        if batch < ROWS:
            # Nothing counts in the first batch.
            order = list(range(ROWS))
            Stream(1, "shuffle").shuffle(order)
            weights[order[:batch]] = 0
        losses, learned = train(case, weights)
        networks.append({**case, "weights": numbers(weights), "losses": numbers(losses, 8), "learned": numbers(learned, 8)})

header = {"scikit-learn": sklearn.__version__, "torch": torch.__version__, "updates": UPDATES}
text = json.dumps({**header, "trees": trees, "clusters": clusters, "networks": networks}, separators=(",", ":"))
for start in ('{"tree"', '{"rows":[[', '{"classes"'):
    text = text.replace(start, "\n" + start)
pathlib.Path(__file__).with_name("sample_weights.json").write_text(text + "\n")
