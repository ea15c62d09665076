"""Writes lbfgs.json, the numbers that tests/engine/golden_second_order.rs holds L-BFGS to.

    python3 tests/golden/lbfgs_reference.py > tests/golden/lbfgs.json

PyTorch's own `LBFGS` with the strong-Wolfe line search, one iteration an update, in float64. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
UPDATES = 20
ROWS, FEATURES = 24, 3
inputs = torch.tensor([[math.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
labels = torch.tensor([(r * r + r // 3) % 3 for r in range(ROWS)])
values = torch.tensor([math.sin(2.1 * x[0]) + x[1] * x[2] for x in inputs.tolist()])


def flat(tensors):
    return [round(value, 9) for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


def net(units, outputs):
    model = nn.Sequential(nn.Linear(FEATURES, units), nn.Tanh(), nn.Linear(units, outputs))
    at = 0
    for parameter in model.parameters():
        numbers = [0.6 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]
        at += parameter.numel()
        parameter.data = torch.tensor(numbers).reshape(parameter.shape)
    return model


def descent(units, classes, history_size, l2):
    model = net(units, max(classes, 1))
    initial = flat(model.parameters())
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=1, history_size=history_size, line_search_fn="strong_wolfe")
    losses = []

    def loss():
        raw = model(inputs)
        if classes:
            return nn.functional.cross_entropy(raw, labels)
        return nn.functional.mse_loss(raw.squeeze(1), values)

    def closure():
        optimizer.zero_grad()
        total = loss() + l2 / 2 * sum((p**2).sum() for p in model.parameters() if p.dim() > 1)
        total.backward()
        return total

    evaluations = []
    for _ in range(UPDATES):
        losses.append(round(loss().item(), 9))
        optimizer.step(closure)
        evaluations.append(optimizer.state[next(model.parameters())]["func_evals"])
    # An update's first look is at where the last one ended, which the engine remembers.
    looks = [now - before - 1 for before, now in zip([0] + evaluations, evaluations)]
    return {
        "units": units, "classes": classes, "history_size": history_size, "l2": l2,
        "initial": initial, "losses": losses, "looks": looks, "weights": flat(model.parameters()),
    }


result = {
    "torch": torch.__version__,
    "features": FEATURES,
    "inputs": flat([inputs]),
    "labels": labels.tolist(),
    "values": flat([values]),
    "cases": [descent(5, 3, 10, 0.0), descent(4, 3, 3, 0.02), descent(6, 0, 5, 0.0), descent(5, 0, 10, 0.01)],
}
print(json.dumps(result))
