"""Writes tree.json, the trees that tests/engine/golden_tree.rs holds ours to.

    python3 tests/golden/tree_reference.py > tests/golden/tree.json

scikit-learn's trees with `max_leaf_nodes` grow best first. Of splits that tie it takes any, so nodes are kept large
enough not to tie. Last run with scikit-learn 1.9.
"""

import json

import numpy
import sklearn
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

generator = numpy.random.default_rng(7)
inputs = generator.normal(size=(400, 3)).astype(numpy.float32)
classes = ((inputs[:, 0] * inputs[:, 1] > 0).astype(int) + (inputs[:, 2] > 0.8).astype(int)).tolist()
for row in range(0, 400, 9):
    classes[row] = (classes[row] + 1) % 3
values = (numpy.sin(2 * inputs[:, 0]) + inputs[:, 1] ** 2 + 0.1 * generator.normal(size=400)).astype(numpy.float32).tolist()


def nodes(tree):
    """Depth first from the root, as (feature, threshold, rows, impurity, value)."""
    learned, listed = tree.tree_, []

    def visit(node):
        leaf = learned.children_left[node] < 0
        listed.append(
            {
                "feature": None if leaf else int(learned.feature[node]),
                "threshold": None if leaf else float(learned.threshold[node]),
                "rows": int(learned.n_node_samples[node]),
                "impurity": float(learned.impurity[node]),
                "value": [float(value) for value in learned.value[node][0]],
            }
        )
        if not leaf:
            visit(learned.children_left[node])
            visit(learned.children_right[node])

    visit(0)
    return listed


cases = []
for criterion, settings in [
    ("gini", {"max_leaves": 12, "min_samples_leaf": 8}),
    ("entropy", {"max_leaves": 9}),
    ("gini", {"max_leaves": 40, "max_depth": 4, "min_samples_split": 41}),
    ("gini", {"max_leaves": 40, "min_impurity_decrease": 0.012}),
    ("squared_error", {"max_leaves": 15, "min_samples_leaf": 6}),
    ("squared_error", {"max_leaves": 30, "min_samples_leaf": 4, "max_depth": 5}),
]:
    kind = DecisionTreeRegressor if criterion == "squared_error" else DecisionTreeClassifier
    settings = {"max_depth": 12, "min_samples_split": 2, "min_samples_leaf": 1, "min_impurity_decrease": 0.0, **settings}
    theirs = {("max_leaf_nodes" if name == "max_leaves" else name): value for name, value in settings.items()}
    tree = kind(criterion=criterion, random_state=0, **theirs).fit(inputs, values if kind is DecisionTreeRegressor else classes)
    cases.append({"tree": {"criterion": criterion, **settings}, "nodes": nodes(tree)})

print(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "inputs": [float(value) for value in inputs.reshape(-1)],
            "classes": classes,
            "values": values,
            "cases": cases,
        },
        indent=1,
    )
)
