"""Writes augment_rows.json, the numbers that tests/engine/golden_augment.rs holds augmented sequences and SMOTE to.

    python3 tests/golden/augment_rows_reference.py > tests/golden/augment_rows.json

Curves are SciPy's `CubicSpline`, what lies between steps NumPy's `interp`, neighbours scikit-learn's, and what is made of them the formulas of the papers,
for parameters that are given. Last run with NumPy 2.4, SciPy 1.17 and scikit-learn 1.9.
"""

import json

import numpy as np
from scipy.interpolate import CubicSpline
from sklearn.neighbors import NearestNeighbors

random = np.random.default_rng(5)


def listed(array):
    return [float(f"{value:.9g}") for value in np.asarray(array, float).flatten()]


curves = []
for knots, steps in [(4, 10), (5, 32), (6, 33), (12, 17)]:
    values = 1 + 0.3 * random.standard_normal(knots)
    curve = CubicSpline(np.linspace(0, steps - 1, knots), values)(np.arange(steps))
    curves.append({"values": listed(values), "steps": steps, "curve": listed(curve)})

warps, slices = [], []
for steps, features in [(12, 1), (30, 2)]:
    series = random.standard_normal((steps, features))
    lengths = np.abs(1 + 0.3 * random.standard_normal(steps)) + 0.1
    times = np.concatenate([[0], np.cumsum(lengths[1:])])
    times *= (steps - 1) / times[-1]
    warped = np.stack([np.interp(np.arange(steps), times, series[:, at]) for at in range(features)], 1)
    warps.append({"steps": steps, "features": features, "series": listed(series), "lengths": listed(lengths), "warped": listed(warped)})
    for first, length in [(0, steps), (2, steps - 4), (steps // 2, 3)]:
        places = np.linspace(0, length - 1, steps)
        piece = series[first : first + length]
        stretched = np.stack([np.interp(places, np.arange(length), piece[:, at]) for at in range(features)], 1)
        slices.append({"features": features, "series": listed(series), "first": first, "length": length, "stretched": listed(stretched)})

neighbours = []
for rows, units, k in [(20, 2, 5), (40, 7, 3), (6, 3, 5)]:
    table = random.standard_normal((rows, units)).astype(np.float32)
    # imbalanced-learn asks for one more, because the nearest of all is the row itself.
    nearest = NearestNeighbors(n_neighbors=k + 1, algorithm="brute").fit(table).kneighbors(return_distance=True, X=table)[1][:, 1:]
    neighbours.append({"units": units, "k": k, "rows": table.flatten().tolist(), "nearest": nearest.flatten().tolist()})
print(json.dumps({"curves": curves, "warps": warps, "slices": slices, "neighbours": neighbours}, separators=(",", ":")).replace(',"warps"', ',\n"warps"').replace(',"slices"', ',\n"slices"').replace(',"neighbours"', ',\n"neighbours"'))
