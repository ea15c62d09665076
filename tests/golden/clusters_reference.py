"""What scikit-learn's generators of points give without noise, and how wide its blobs are. Writes clusters.json beside it."""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.datasets import make_blobs, make_circles, make_moons

STRETCH = np.array([[0.6, -0.6], [-0.4, 0.8]])  # plot_kmeans_assumptions, plot_cluster_comparison


def listed(points, labels):
    return {"points": np.round(points, 12).tolist(), "labels": labels.tolist()}


# Centres as Descent puts them: class k of n at angle 2πk/n, clockwise from the y axis.
angles = 2 * np.pi * np.arange(4) / 4
centres = 4 * np.stack([np.sin(angles), np.cos(angles)], axis=1)
points, labels = make_blobs(400_000, centers=centres, cluster_std=0.3 + 2 * 0.1, random_state=0)
stretched = points @ STRETCH
out = {
    "scikit_learn": sklearn.__version__,
    "moons": listed(*make_moons(40, shuffle=False, noise=None)),
    "circles": listed(*make_circles(40, shuffle=False, noise=None, factor=0.5)),
    "covariance": {
        "round": np.round(np.cov(points[labels == 0].T), 6).tolist(),
        "stretched": np.round(np.cov(stretched[labels == 0].T), 6).tolist(),
    },
    "centres": {"round": centres.round(12).tolist(), "stretched": (centres @ STRETCH).round(12).tolist()},
}
path = pathlib.Path(__file__).with_name("clusters.json")
path.write_text(json.dumps(out, indent=1) + "\n")
