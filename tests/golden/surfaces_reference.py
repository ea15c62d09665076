"""Writes surfaces.json, the ways that tests/engine/golden_surfaces.rs holds racers on surfaces to.

    python3 tests/golden/surfaces_reference.py > tests/golden/surfaces.json

Surfaces are written here from their sources; slopes are PyTorch's automatic ones and steps its optimizers', in float64. The engine works in float32,
so that ways are short. Last run with PyTorch 1.13.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
UPDATES = 12


def ravine(x, y, condition, angle):
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    u, v = c * x + s * y, c * y - s * x
    return (u**2 + condition * v**2) / 2


SURFACES = {
    "bowl": ({}, lambda x, y: (x**2 + y**2) / 2, [-1.6, 1.2]),
    "ravine": ({"condition": 20, "angle": 25}, lambda x, y: ravine(x, y, 20, 25), [-1.5, 0.5]),
    "rosenbrock": ({}, lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, [-1.2, 1.0]),
    "beale": ({}, lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2, [1.0, 1.0]),
    "saddle": ({}, lambda x, y: x**2 / 2 + y**4 / 4 - y**2 / 2, [1.0, 0.3]),
    "himmelblau": ({}, lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, [-0.5, -1.0]),
    "rastrigin": ({}, lambda x, y: 20 + x**2 - 10 * torch.cos(2 * math.pi * x) + y**2 - 10 * torch.cos(2 * math.pi * y), [2.3, -1.6]),
}

RATE = 5e-4
OPTIMIZERS = [
    ({"gradient_descent": {"learning_rate": RATE}}, lambda p: torch.optim.SGD(p, RATE)),
    ({"momentum": {"learning_rate": RATE, "momentum": 0.9}}, lambda p: torch.optim.SGD(p, RATE, momentum=0.9)),
    ({"nesterov": {"learning_rate": RATE, "momentum": 0.8}}, lambda p: torch.optim.SGD(p, RATE, momentum=0.8, nesterov=True)),
    ({"rmsprop": {"learning_rate": 0.02}}, lambda p: torch.optim.RMSprop(p, 0.02)),
    ({"adam": {"learning_rate": 0.1}}, lambda p: torch.optim.Adam(p, 0.1)),
]


def way(function, start, optimizer):
    place = torch.nn.Parameter(torch.tensor(start))
    chosen = optimizer([place])
    path, values = [list(start)], []
    for _ in range(UPDATES):
        chosen.zero_grad()
        value = function(place[0], place[1])
        values.append(value.item())
        value.backward()
        chosen.step()
        path.append(place.detach().tolist())
    values.append(function(place[0], place[1]).item())
    return {"path": [[round(v, 10) for v in at] for at in path], "values": [round(v, 10) for v in values]}


races = []
for name, (settings, function, start) in SURFACES.items():
    racers = [{"optimizer": document, **way(function, start, optimizer)} for document, optimizer in OPTIMIZERS]
    races.append({"surface": {name: settings}, "start": start, "racers": racers})
print(json.dumps({"updates": UPDATES, "races": races}))
