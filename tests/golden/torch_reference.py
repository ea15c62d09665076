"""Writes torch.json, the numbers that tests/engine/golden_torch.rs holds the engine to.

    python3 tests/golden/torch_reference.py > tests/golden/torch.json

Everything is computed in float64, so that what differs is the engine's own rounding. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
UPDATES = 20


def flat(tensors):
    return [round(value, 9) for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


# A small net: 3 → 5 tanh → 4 ReLU → outputs, on rows that are functions of their indices.
ROWS, FEATURES, CLASSES = 10, 3, 3
inputs = torch.tensor([[math.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
labels = torch.tensor([r % CLASSES for r in range(ROWS)])


def net():
    model = nn.Sequential(nn.Linear(FEATURES, 5), nn.Tanh(), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, CLASSES))
    at = 0
    for parameter in model.parameters():
        values = [0.6 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]
        at += parameter.numel()
        parameter.data = torch.tensor(values).reshape(parameter.shape)
    return model


def descent(make, l2=0.0):
    """20 full-batch updates; L2 as coupled weight decay on the weights, not the biases."""
    model = net()
    weights = [p for p in model.parameters() if p.dim() > 1]
    biases = [p for p in model.parameters() if p.dim() == 1]
    optimizer = make([{"params": weights, "weight_decay": l2}, {"params": biases}]) if l2 else make(model.parameters())
    losses = []
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(inputs), labels)
        loss.backward()
        losses.append(round(loss.item(), 9))
        optimizer.step()
    return {"losses": losses, "weights": flat(model.parameters())}


optim = torch.optim
# Engine settings beside the optimizer that they stand for.
cases = [
    ({"gradient_descent": {"learning_rate": 0.3}}, 0.0, lambda p: optim.SGD(p, lr=0.3)),
    ({"mini_batch": {"learning_rate": 0.3}}, 0.0, lambda p: optim.SGD(p, lr=0.3)),
    ({"momentum": {"learning_rate": 0.1, "momentum": 0.9}}, 0.0, lambda p: optim.SGD(p, lr=0.1, momentum=0.9)),
    ({"nesterov": {"learning_rate": 0.1, "momentum": 0.8}}, 0.0, lambda p: optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True)),
    ({"adagrad": {"learning_rate": 0.1, "epsilon": 1e-10}}, 0.0, lambda p: optim.Adagrad(p, lr=0.1, eps=1e-10)),
    ({"rmsprop": {"learning_rate": 0.01, "alpha": 0.9, "epsilon": 1e-8}}, 0.0, lambda p: optim.RMSprop(p, lr=0.01, alpha=0.9)),
    ({"adam": {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95}}, 0.0, lambda p: optim.Adam(p, lr=0.05, betas=(0.8, 0.95))),
    ({"adam": {"learning_rate": 0.05}}, 0.3, lambda p: optim.Adam(p, lr=0.05)),
    ({"adamw": {"learning_rate": 0.05, "weight_decay": 0.2}}, 0.0, lambda p: optim.AdamW(p, lr=0.05, weight_decay=0.2)),
    ({"mini_batch": {"learning_rate": 0.3}}, 0.1, lambda p: optim.SGD(p, lr=0.3)),
]
optimizers = [{"optimizer": settings, "l2": l2, **descent(make, l2)} for settings, l2, make in cases]

# One row an update, in the order of the rows: SGD.
model = net()
optimizer = optim.SGD(model.parameters(), lr=0.1)
for update in range(UPDATES):
    row = slice(update % ROWS, update % ROWS + 1)
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(inputs[row]), labels[row]).backward()
    optimizer.step()
single = {"learning_rate": 0.1, "weights": flat(model.parameters())}

grid = torch.linspace(-6, 6, 49)
functions = {
    "linear": ({}, lambda z: z * 1.0),
    "sigmoid": ({}, torch.sigmoid),
    "tanh": ({}, torch.tanh),
    "relu": ({}, torch.relu),
    "leaky_relu": ({"negative_slope": 0.02}, nn.LeakyReLU(0.02)),
    "elu": ({"alpha": 1.3}, nn.ELU(1.3)),
    "swish": ({}, nn.SiLU()),
    "gelu": ({}, nn.GELU()),
    "softplus": ({}, nn.Softplus()),
}
activations = []
for name, (settings, function) in functions.items():
    z = grid.clone().requires_grad_()
    value = function(z)
    value.sum().backward()
    activations.append({"activation": {name: settings}, "value": flat([value]), "slope": flat([z.grad])})

# Quantiles of a million weights, for fan-in 320 and fan-out 200.
FAN_IN, FAN_OUT = 320, 200
LEVELS = [0.0, 0.01, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.99, 1.0]
initialisers = []
for settings, fill in [
    ({"zeros": {}}, nn.init.zeros_),
    ({"uniform": {"bound": 0.3}}, lambda w: nn.init.uniform_(w, -0.3, 0.3)),
    ({"normal": {"deviation": 0.2}}, lambda w: nn.init.normal_(w, 0.0, 0.2)),
    ({"xavier_uniform": {}}, nn.init.xavier_uniform_),
    ({"xavier_normal": {}}, nn.init.xavier_normal_),
    ({"he_uniform": {}}, lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu")),
    ({"he_normal": {}}, lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu")),
    ({"fan_in": {}}, lambda w: nn.init.kaiming_uniform_(w, a=5**0.5)),
]:
    sample = torch.cat([fill(torch.empty(FAN_OUT, FAN_IN)).reshape(-1) for _ in range(16)])
    quantiles = sorted(sample.tolist())
    initialisers.append(
        {
            "initialiser": settings,
            "mean": sample.mean().item(),
            "deviation": sample.std().item(),
            "quantiles": [quantiles[min(int(level * len(quantiles)), len(quantiles) - 1)] for level in LEVELS],
        }
    )

print(
    json.dumps(
        {
            "torch": torch.__version__,
            "inputs": flat([inputs]),
            "labels": labels.tolist(),
            "initial": flat(net().parameters()),
            "updates": UPDATES,
            "optimizers": optimizers,
            "sgd": single,
            "grid": grid.tolist(),
            "activations": activations,
            "fan": {"inputs": FAN_IN, "outputs": FAN_OUT},
            "levels": LEVELS,
            "initialisers": initialisers,
        },
        indent=1,
    )
)
