"""Writes weights.json: what scikit-learn makes of quantiles and of balanced class weights, for tests/engine/golden_losses.rs.

    python3 tests/golden/weights_reference.py > tests/golden/weights.json

Last run with scikit-learn 1.9.
"""

import json
import math

import numpy
import sklearn
from sklearn.metrics import mean_pinball_loss
from sklearn.utils.class_weight import compute_class_weight

targets = [round(2 * math.cos(1.3 * at), 4) for at in range(11)]
predictions = [round(2 * math.sin(0.9 * at + 0.2), 4) for at in range(11)]
counts = [7, 21, 2]
labels = numpy.repeat(numpy.arange(3), counts)
result = {
    "sklearn": sklearn.__version__,
    "targets": targets,
    "predictions": predictions,
    "pinball": [[q, mean_pinball_loss(targets, predictions, alpha=q)] for q in (0.05, 0.3, 0.5, 0.9)],
    "counts": counts,
    "balanced": compute_class_weight("balanced", classes=numpy.arange(3), y=labels).tolist(),
}
print(json.dumps(result, indent=1))
