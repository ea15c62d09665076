"""Writes elastic_net.json, scikit-learn's elastic nets, for tests/engine/golden_optimizers.rs.

    python3 tests/golden/elastic_net_reference.py > tests/golden/elastic_net.json

Last run with scikit-learn 1.9.
"""

import json
import math

import numpy as np
from sklearn.linear_model import ElasticNet

ROWS, FEATURES = 24, 4
inputs = np.array([[math.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
# The third feature does not matter, the fourth hardly.
targets = inputs @ [1.5, -0.8, 0.0, 0.05] + 0.3 + 0.1 * np.cos(np.arange(ROWS) * 2.1)

cases = []
for alpha, ratio in [(0.1, 0.5), (0.05, 1.0), (0.3, 0.0), (0.2, 0.8)]:
    model = ElasticNet(alpha=alpha, l1_ratio=ratio, tol=1e-12, max_iter=100_000).fit(inputs, targets)
    cases.append({"alpha": alpha, "l1_ratio": ratio, "coefficients": model.coef_.tolist(), "intercept": model.intercept_})

print(json.dumps({"inputs": inputs.reshape(-1).tolist(), "targets": targets.tolist(), "cases": cases}, indent=1))
