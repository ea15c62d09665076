"""Writes optimizers.json, the numbers that tests/golden_optimizers.rs holds the engine to.

    python3 tests/golden/optimizers_reference.py > tests/golden/optimizers.json

Gradients, clipping, averaging and NAdam are PyTorch's; the optimizers that PyTorch 1.13 lacks are written here in numpy from their papers, each
beside its source. Everything in float64. Last run with PyTorch 1.13 and numpy 1.24.
"""

import json
import math

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

torch.set_default_dtype(torch.float64)
UPDATES = 20


def flat(tensors):
    return [round(float(value), 9) for tensor in tensors for value in np.asarray(tensor.detach() if torch.is_tensor(tensor) else tensor).reshape(-1)]


# As in torch_reference.py: 3 → 5 tanh → 4 ReLU → 3, on rows that are functions of their indices.
ROWS, FEATURES, CLASSES = 10, 3, 3
inputs = torch.tensor([[math.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
labels = torch.tensor([r % CLASSES for r in range(ROWS)])
LAYERS = [{"dense": {"units": 5, "activation": {"tanh": {}}}}, {"dense": {"units": 4, "activation": {"relu": {}}}}]


def net():
    model = nn.Sequential(nn.Linear(FEATURES, 5), nn.Tanh(), nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, CLASSES))
    at = 0
    for parameter in model.parameters():
        values = [0.6 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]
        at += parameter.numel()
        parameter.data = torch.tensor(values).reshape(parameter.shape)
    return model


def loss_of(model):
    return nn.functional.cross_entropy(model(inputs), labels)


class Plain:
    """A model whose optimizer is a function of numpy arrays: `step(parameters, gradients, t)` changes the parameters, t from 1."""

    def __init__(self, step):
        self.step = step
        self.updates = 0

    def update(self, model):
        self.updates += 1
        parameters = [p.detach().numpy() for p in model.parameters()]
        self.step(parameters, [p.grad.numpy() for p in model.parameters()], self.updates)


class Torch:
    """PyTorch's own optimizer, with what is done around its step."""

    def __init__(self, make, before=lambda model: None, after=lambda model: None):
        self.make, self.before, self.after = make, before, after
        self.optimizer = None

    def update(self, model):
        self.optimizer = self.optimizer or self.make(model)
        self.before(model)
        self.optimizer.step()
        self.after(model)


def descent(settings, rule, answering=lambda model: model, updates=UPDATES):
    """Losses of the model that answers before each update, then both sets of weights."""
    model = net()
    answers = answering(model)
    losses = []
    for _ in range(updates):
        losses.append(round(loss_of(answers).item(), 9))
        model.zero_grad()
        loss_of(model).backward()
        rule.update(model)
        if answers is not model:
            answers.update_parameters(model)
    case = {"net": {"layers": LAYERS, "batch_size": ROWS, **settings}, "losses": losses, "weights": flat(model.parameters())}
    return case if answers is model else {**case, "answering": flat(answers.parameters())}


optim = torch.optim
is_weight = lambda parameter: parameter.ndim > 1


def lion(rate, beta1, beta2, decay):
    """Chen et al. 2023, Symbolic Discovery of Optimization Algorithms, program 1."""
    momentum = {}

    def step(parameters, gradients, t):
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            m = momentum.get(i, np.zeros_like(p))
            update = np.sign(beta1 * m + (1 - beta1) * g)
            momentum[i] = beta2 * m + (1 - beta2) * g
            p -= rate * (update + decay * p)

    return Plain(step)


# The single-tensor NAdam of 1.13 has one factor too many in its product (mended in 2.0); the other one has not.
nadam = lambda **settings: Torch(lambda model: optim.NAdam(model.parameters(), foreach=True, **settings))

optimizers = [
    descent({"optimizer": {"nadam": {"learning_rate": 0.03}}}, nadam(lr=0.03)),
    descent(
        {"optimizer": {"nadam": {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95, "momentum_decay": 0.1}}},
        nadam(lr=0.05, betas=(0.8, 0.95), momentum_decay=0.1),
    ),
    descent({"optimizer": {"lion": {"learning_rate": 0.01}}}, lion(0.01, 0.9, 0.99, 0.0)),
    descent({"optimizer": {"lion": {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0.3}}}, lion(0.02, 0.8, 0.9, 0.3)),
]

# Controls: what is done around a step.
sgd = lambda model: optim.SGD(model.parameters(), lr=0.3, momentum=0.9)
momentum = {"optimizer": {"momentum": {"learning_rate": 0.3, "momentum": 0.9}}}
adam = lambda model: optim.Adam(model.parameters(), lr=0.05)


def decay(rate, weight_decay):
    def before(model):
        for parameter in filter(is_weight, model.parameters()):
            parameter.data *= 1 - rate * weight_decay

    return before


def max_norm(limit):
    """Keras's MaxNorm(limit, axis=0) on kernels [in, out]: here rows of [out, in]."""

    def after(model):
        for parameter in filter(is_weight, model.parameters()):
            norms = parameter.data.pow(2).sum(1, keepdim=True).sqrt()
            parameter.data *= norms.clip(0, limit) / (1e-7 + norms)

    return after


def penalised(l1, l2):
    """The slope of l1 Σ|w| + l2/2 Σw², as part of the loss."""

    def before(model):
        for parameter in filter(is_weight, model.parameters()):
            parameter.grad += l1 * parameter.data.sign() + l2 * parameter.data

    return before


def both(*parts):
    return lambda model: [part(model) for part in parts]


def ema(decay):
    return lambda model: AveragedModel(model, avg_fn=lambda average, now, _: decay * average + (1 - decay) * now)


def warm_ema(decay):
    """TensorFlow's ExponentialMovingAverage with num_updates."""

    def average_fn(average, now, n):
        keep = min(decay, (1 + n.item()) / (10 + n.item()))
        return keep * average + (1 - keep) * now

    return lambda model: AveragedModel(model, avg_fn=average_fn)


by_norm = lambda limit: lambda model: nn.utils.clip_grad_norm_(model.parameters(), limit)
by_value = lambda limit: lambda model: nn.utils.clip_grad_value_(model.parameters(), limit)

controls = [
    descent({**momentum, "clip": {"norm": {"limit": 0.1}}}, Torch(sgd, by_norm(0.1))),
    descent({**momentum, "clip": {"norm": {"limit": 100}}}, Torch(sgd, by_norm(100))),
    descent({**momentum, "clip": {"value": {"limit": 0.03}}}, Torch(sgd, by_value(0.03))),
    descent({"optimizer": {"adam": {"learning_rate": 0.05}}, "weight_decay": 0.7}, Torch(adam, decay(0.05, 0.7))),
    descent({**momentum, "max_norm": {"units": {"limit": 0.9}}}, Torch(sgd, after=max_norm(0.9))),
    descent({**momentum, "average": {"ema": {"decay": 0.8}}}, Torch(sgd), ema(0.8)),
    descent({**momentum, "average": {"ema": {"decay": 0.8, "warm_up": True}}}, Torch(sgd), warm_ema(0.8)),
    # All at once: what differs is the order.
    descent(
        {
            **momentum,
            "l1": 0.01,
            "l2": 0.2,
            "clip": {"norm": {"limit": 0.2}},
            "weight_decay": 0.3,
            "max_norm": {"units": {"limit": 0.9}},
            "average": {"ema": {"decay": 0.7}},
        },
        Torch(sgd, both(penalised(0.01, 0.2), by_norm(0.2), decay(0.3, 0.3)), max_norm(0.9)),
        ema(0.7),
    ),
]

print(
    json.dumps(
        {
            "torch": torch.__version__,
            "inputs": flat([inputs]),
            "labels": labels.tolist(),
            "initial": flat(net().parameters()),
            "optimizers": optimizers,
            "controls": controls,
        },
    ).replace("}, {", "},\n {")
)
