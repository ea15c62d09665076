"""Writes second_order.json, the numbers that tests/engine/golden_second_order.rs holds Newton's method and Levenberg–Marquardt to.

    python3 tests/golden/second_order_reference.py > tests/golden/second_order.json

SciPy's `trust-ncg` in float64, one iteration an update. Gradients are written out; products with the Hessian are complex steps of them
(Squire & Trapp 1998), exact to the last digits and not by any rule that the engine uses; so are the slopes of residuals, whose damped
equations are solved by orthogonal factors (`lstsq`), not as normal equations. Last run with SciPy 1.17 and NumPy 2.
"""

import json

import numpy as np
from scipy import linalg, optimize

UPDATES, ROWS, FEATURES, CLASSES = 20, 24, 3, 3
inputs = np.array([[np.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
labels = np.array([(r * r + r // 3) % CLASSES for r in range(ROWS)])
values = np.sin(2.1 * inputs[:, 0]) + inputs[:, 1] * inputs[:, 2]
# What an engine in single precision is given.
inputs, values = inputs.astype(np.float32).astype(float), values.astype(np.float32).astype(float)


class Net:
    """FEATURES → `units` tanh → outputs, parameters flat in PyTorch's order; everything also for complex parameters."""

    def __init__(self, units, classes, l2):
        self.units, self.classes, self.l2, self.outputs = units, classes, l2, max(classes, 1)
        sizes = [units * FEATURES, units, self.outputs * units, self.outputs]
        self.ends = np.cumsum(sizes)
        self.initial = np.concatenate([0.6 * np.sin(2.3 * np.arange(sum(sizes)) + 0.4)]).astype(np.float32).astype(float)
        self.is_weight = np.concatenate([np.full(size, place % 2 == 0) for place, size in enumerate(sizes)])

    def parts(self, x):
        a, b, c, _ = self.ends
        return x[:a].reshape(self.units, FEATURES), x[a:b], x[b:c].reshape(self.outputs, self.units), x[c:]

    def raw(self, x):
        w1, b1, w2, b2 = self.parts(x)
        hidden = np.tanh(inputs @ w1.T + b1)
        return hidden, hidden @ w2.T + b2

    def loss(self, x, penalty=True):
        _, raw = self.raw(x)
        if self.classes:
            shifted = raw - raw.real.max(axis=1, keepdims=True)
            total = np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(ROWS), labels])
        else:
            total = np.mean((raw[:, 0] - values) ** 2)
        return total + (self.l2 / 2 * (x[self.is_weight] ** 2).sum() if penalty else 0.0)

    def gradient(self, x):
        _, _, w2, _ = self.parts(x)
        hidden, raw = self.raw(x)
        if self.classes:
            d = np.exp(raw - raw.real.max(axis=1, keepdims=True))
            d = d / d.sum(axis=1, keepdims=True)
            d[np.arange(ROWS), labels] -= 1.0
            d = d / ROWS
        else:
            d = 2.0 * (raw - values[:, None]) / ROWS
        dz = d @ w2 * (1.0 - hidden**2)
        gradient = np.concatenate([(dz.T @ inputs).ravel(), dz.sum(axis=0), (d.T @ hidden).ravel(), d.sum(axis=0)])
        return gradient + self.l2 * np.where(self.is_weight, x, 0.0)

    def product(self, x, v):
        h = 1e-100
        return self.gradient(x + 1j * h * v).imag / h


# Cases that rounding every product to single precision does not lead elsewhere: where the inner steps end at a tolerance that they
# just miss or just meet, it would.
def newton(units, classes, radius, l2):
    net = Net(units, classes, l2)
    path = [net.initial]
    optimize.minimize(
        net.loss, net.initial, method="trust-ncg", jac=net.gradient, hessp=net.product, callback=lambda x: path.append(x.copy()),
        options={"initial_trust_radius": radius, "max_trust_radius": 1000.0, "eta": 0.15, "gtol": 0.0, "maxiter": UPDATES},
    )
    assert len(path) == UPDATES + 1
    return {
        "units": units, "classes": classes, "radius": radius, "l2": l2, "initial": net.initial.tolist(),
        "losses": [round(net.loss(x, penalty=False), 9) for x in path[:-1]],
        "weights": [round(value, 9) for value in path[-1].tolist()],
    }


class Squares(Net):
    """The same with a squared loss: of numbers, of two classes as −1 and 1, of more as one-hot."""

    def __init__(self, units, classes, l2):
        super().__init__(units, 0 if classes == 2 else classes, l2)
        targets = {0: values[:, None], 2: 2.0 * (labels[:, None] % 2) - 1.0}
        self.desired = targets[classes] if classes in targets else np.eye(classes)[labels]

    def residuals(self, x):
        """Scaled so that the loss is the sum of squares; L2 as residuals of its own."""
        distances = (self.raw(x)[1] - self.desired).ravel()
        return np.concatenate([distances / np.sqrt(distances.size), np.sqrt(self.l2 / 2) * x[self.is_weight]])

    def jacobian(self, x):
        h = 1e-100
        return np.stack([self.residuals(x + 1j * h * unit).imag / h for unit in np.eye(x.size)], axis=1)

    def squares(self, x, penalty=True):
        r = self.residuals(x)
        return (r**2).sum() if penalty else (r[: self.desired.size] ** 2).sum()


def marquardt(units, classes, damping, l2, start=1.0, tries=5, updates=UPDATES):
    """Madsen, Nielsen & Tingleff 2004, algorithm 3.16, on F = Σ r²; `damping` 0 is algorithm 3.1 with full steps."""
    net = Squares(units, classes, l2)
    x, mu, nu, losses = (start * net.initial).astype(np.float32).astype(float), None, 2.0, []
    initial, rejected = x.tolist(), 0
    for _ in range(updates):
        losses.append(round(net.squares(x, penalty=False), 9))
        r, j = np.sqrt(2.0) * net.residuals(x), np.sqrt(2.0) * net.jacobian(x)
        if damping == 0.0:
            x = x + linalg.lstsq(j, -r)[0]
            continue
        mu = damping * (j**2).sum(axis=0).max() if mu is None else mu
        for _ in range(tries):
            step = linalg.lstsq(np.vstack([j, np.sqrt(mu) * np.eye(x.size)]), -np.concatenate([r, np.zeros(x.size)]))[0]
            foretold = 0.5 * step @ (mu * step - j.T @ r)
            ratio = (net.squares(x) - net.squares(x + step)) / foretold
            if ratio > 0.0:
                x, mu, nu = x + step, mu * max(1.0 / 3.0, 1.0 - (2.0 * ratio - 1.0) ** 3), 2.0
                break
            mu, nu, rejected = mu * nu, 2.0 * nu, rejected + 1
        else:
            nu = 2.0
    return {
        "units": units, "classes": classes, "damping": damping, "l2": l2, "initial": initial, "rejected": rejected,
        "losses": losses, "weights": [round(value, 9) for value in x.tolist()],
    }


result = {
    "features": FEATURES,
    "inputs": inputs.ravel().tolist(),
    "labels": labels.tolist(),
    "values": values.tolist(),
    "newton": [newton(5, 3, 1.0, 0.0), newton(6, 3, 2.0, 0.003), newton(3, 0, 0.3, 0.0), newton(5, 0, 2.0, 0.003)],
    "marquardt": [
        marquardt(4, 0, 0.1, 0.0), marquardt(5, 0, 1.0, 0.01), marquardt(4, 2, 0.001, 0.0), marquardt(4, 3, 0.1, 0.0),
        marquardt(2, 0, 0.0, 0.01),
    ],
}
print(json.dumps(result))
