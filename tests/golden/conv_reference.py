"""Writes conv.json, the numbers that tests/engine/golden_conv.rs holds convolutions, pools and normalisations to.

    /usr/bin/python3 tests/golden/conv_reference.py > tests/golden/conv.json

Every case is a small network of the engine's layers and the same in PyTorch, in float64: twenty updates of plain gradient descent from the same
weights, in training mode; before each update, and after the last, the loss of predictions. Last run with PyTorch 1.13.
"""

import json
import math
import re

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
UPDATES, CLASSES = 20, 3


class Features(nn.Module):
    """Rows are [N, steps, features] in the engine; BatchNorm1d wants features second."""

    def __init__(self, features):
        super().__init__()
        self.norm = nn.BatchNorm1d(features)

    def forward(self, x):
        return self.norm(x.transpose(1, 2)).transpose(1, 2)


class MeanOfSteps(nn.Module):
    def forward(self, x):
        return x.mean(1)


ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "linear": nn.Identity, "gelu": nn.GELU}


def modules(layer, shape):
    """The engine's layer as PyTorch's modules, and the shape that leaves."""
    ((name, settings),) = layer.items()
    act = lambda: ACTIVATIONS[next(iter(settings["activation"]))]()
    if name == "conv2d":
        k, s, p = settings["kernel"], settings["stride"], settings["padding"]
        conv = nn.Conv2d(shape[0], settings["channels"], k, s, p)
        return [conv, act()], (settings["channels"], *((n + 2 * p - k) // s + 1 for n in shape[1:]))
    if name in ("max_pool", "average_pool"):
        k, s = settings["kernel"], settings["stride"]
        pool = (nn.MaxPool2d if name == "max_pool" else nn.AvgPool2d)(k, s)
        return [pool], (shape[0], *((n - k) // s + 1 for n in shape[1:]))
    if name == "global_average_pool":
        return ([nn.AdaptiveAvgPool2d(1), nn.Flatten()], shape[:1]) if len(shape) == 3 else ([MeanOfSteps()], shape[1:])
    if name == "batch_norm":
        norm = {1: nn.BatchNorm1d, 2: lambda _: Features(shape[1]), 3: nn.BatchNorm2d}[len(shape)]
        return [norm(shape[0])], shape
    if name == "layer_norm":
        return [nn.LayerNorm(shape[1:] if len(shape) == 2 else shape)], shape
    if name == "activation":
        return [ACTIVATIONS[next(iter(settings["function"]))]()], shape
    if name == "flatten":
        return [nn.Flatten()], (math.prod(shape),)
    assert name == "dense", name
    return [nn.Linear(shape[0], settings["units"]), act()], (settings["units"],)


def flat(tensors, digits=8):
    return [round(value, digits) for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


def case(name, shape, rows, layers, rate):
    built, size = [], shape
    for layer in layers:
        more, size = modules(layer, size)
        built += more
    model = nn.Sequential(*built, nn.Linear(size[0], CLASSES))
    at = 0
    for parameter in model.parameters():
        wave = torch.tensor([0.5 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]).reshape(parameter.shape)
        # Scales of normalisations stay near 1.
        parameter.data = 1 + 0.4 * wave if (parameter.data == 1).all() else wave
        at += parameter.numel()
    units = math.prod(shape)
    inputs = torch.tensor([[math.sin(1.7 * (units * r + c)) + 0.3 * math.cos(0.9 * c * (r + 1)) for c in range(units)] for r in range(rows)])
    labels = torch.tensor([r % CLASSES for r in range(rows)])
    images = inputs.reshape(rows, *shape)
    initial = flat(model.parameters())
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    losses = []
    for update in range(UPDATES + 1):
        model.eval()
        losses.append(round(functional.cross_entropy(model(images), labels).item(), 8))
        if update == UPDATES:
            break
        model.train()
        optimizer.zero_grad()
        functional.cross_entropy(model(images), labels).backward()
        optimizer.step()
    # In the engine, statistics come behind all parameters; PyTorch counts batches besides.
    state = {name.replace(".norm.", "."): tensor for name, tensor in model.state_dict().items() if not name.endswith("num_batches_tracked")}
    running = [name for name in state if "running" in name]
    learned = [name for name in state if "running" not in name]
    with torch.no_grad():
        model.eval()
        probabilities = torch.softmax(model(images), 1)
    return {
        "name": name,
        "shape": shape,
        "layers": layers,
        "rate": rate,
        "inputs": flat([inputs], 6),
        "labels": labels.tolist(),
        "initial": initial,
        "losses": losses,
        "probabilities": flat([probabilities]),
        "names": learned + running,
        "tensors": flat(state[name] for name in learned + running),
    }


def conv(channels, kernel, stride, padding, activation):
    return {"conv2d": {"channels": channels, "kernel": kernel, "stride": stride, "padding": padding, "activation": {activation: {}}}}


def pool(kind, kernel, stride):
    return {f"{kind}_pool": {"kernel": kernel, "stride": stride}}


def bend(function):
    return {"activation": {"function": {function: {}}}}


def dense(units, activation):
    return {"dense": {"units": units, "activation": {activation: {}}}}


FLATTEN, MEAN, BATCH, LAYER = {"flatten": {}}, {"global_average_pool": {}}, {"batch_norm": {}}, {"layer_norm": {}}
cases = [
    ("LeNet in small", (1, 8, 7), 6, [conv(3, 3, 1, 1, "relu"), pool("max", 2, 2), conv(4, 3, 1, 1, "relu"), pool("max", 2, 2), FLATTEN], 0.1),
    ("strides, much padding, overlapping means", (2, 7, 6), 5, [conv(4, 4, 2, 3, "tanh"), pool("average", 2, 1), conv(3, 3, 3, 1, "gelu"), FLATTEN], 0.1),
    ("1×1 kernels, overlapping maxima, means of channels", (3, 5, 6), 7, [conv(5, 1, 1, 0, "relu"), pool("max", 3, 2), conv(6, 2, 1, 0, "tanh"), MEAN], 0.2),
    ("a tail that no window reaches", (2, 6, 8), 4, [pool("average", 2, 3), conv(4, 2, 2, 1, "linear"), pool("max", 2, 2), FLATTEN], 0.1),
    ("batch normalisation of images", (2, 5, 4), 6, [conv(3, 3, 1, 1, "linear"), BATCH, bend("relu"), pool("max", 2, 2), BATCH, FLATTEN], 0.1),
    ("batch normalisation of units", (4,), 9, [dense(6, "linear"), BATCH, bend("tanh"), dense(5, "relu"), BATCH], 0.2),
    ("batch normalisation of features", (5, 3), 6, [BATCH, bend("tanh"), BATCH, FLATTEN], 0.1),
    ("layer normalisation of images", (2, 5, 4), 6, [LAYER, conv(3, 2, 1, 0, "tanh"), LAYER, MEAN], 0.2),
    ("layer normalisation of units", (4,), 6, [LAYER, dense(6, "linear"), LAYER, bend("relu")], 0.2),
    ("layer normalisation of features, means of steps", (5, 4), 7, [LAYER, bend("tanh"), LAYER, MEAN], 0.3),
]
result = {"torch": torch.__version__, "cases": [case(*of) for of in cases]}
# One number a line would make the file three times as long.
text = json.dumps(result, ensure_ascii=False, indent=1)
print(re.sub(r"\[\s+([-0-9.e,\s]+?)\s+\]", lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]", text))
