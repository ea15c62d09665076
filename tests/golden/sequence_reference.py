"""Writes sequence.json, the numbers that tests/golden_sequence.rs holds layers over sequences to.

    python3 tests/golden/sequence_reference.py > tests/golden/sequence.json

Twenty updates of gradient descent on the mean squared error, all rows at once, in float64. Rows, targets and initial weights are functions of
their indices, which both sides compute. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
UPDATES, ROWS, RATE = 20, 6, 0.1


def last_of(kind):
    class Last(kind):
        def forward(self, x):
            return super().forward(x)[0][:, -1]

    return Last


def every_of(kind):
    class Every(kind):
        def forward(self, x):
            return super().forward(x)[0]

    return Every


class LastStep(nn.Module):
    def forward(self, x):
        return x[:, -1]


class PositionalEncoding(nn.Module):
    """Vaswani et al. 2017, section 3.5, as in PyTorch's tutorial on transformers; an odd number of features ends with a sine."""

    def __init__(self, steps, features):
        super().__init__()
        position = torch.arange(steps).unsqueeze(1)
        scale = torch.exp(torch.arange(0, features, 2) * (-math.log(10000.0) / features))
        waves = torch.zeros(steps, features)
        waves[:, 0::2] = torch.sin(position * scale)
        waves[:, 1::2] = torch.cos(position * scale)[:, : features // 2]
        self.register_buffer("waves", waves, persistent=False)

    def forward(self, x):
        return x + self.waves


class Tokens(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


RNNS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
sequence, tokens = {"sequence": [5, 3]}, {"tokens": [6, 4]}

# What it is, the rows, the engine's layers, and PyTorch's modules before the output layer of so many inputs.
cases = []
for name, kind in RNNS.items():
    cases += [
        (f"{name} last", sequence, [{name: {"units": 4}}], lambda kind=kind: [last_of(kind)(3, 4, batch_first=True)], 4),
        (
            f"{name} every, twice",
            sequence,
            [{name: {"units": 3, "returns": "every"}}, {name: {"units": 4, "returns": "every"}}, {"flatten": {}}],
            lambda kind=kind: [every_of(kind)(3, 3, batch_first=True), every_of(kind)(3, 4, batch_first=True), nn.Flatten()],
            20,
        ),
    ]
cases += [
    (
        "embedding",
        tokens,
        [{"embedding": {"features": 3}}, {"positional_encoding": {}}, {"gru": {"units": 3}}],
        lambda: [Tokens(4, 3), PositionalEncoding(6, 3), last_of(nn.GRU)(3, 3, batch_first=True)],
        3,
    ),
    (
        "pointwise",
        sequence,
        [{"pointwise": {"units": 4, "activation": {"gelu": {}}}}, {"positional_encoding": {}}, {"pointwise": {"units": 3, "activation": {"tanh": {}}}}, {"last_step": {}}],
        lambda: [nn.Linear(3, 4), nn.GELU(), PositionalEncoding(5, 4), nn.Linear(4, 3), nn.Tanh(), LastStep()],
        3,
    ),
]


def rows(shape):
    ((kind, sizes),) = shape.items()
    count = sizes[0] if kind == "tokens" else math.prod(sizes)
    if kind == "tokens":
        return torch.tensor([[(7 * r + 3 * c + r * c) % sizes[1] for c in range(count)] for r in range(ROWS)])
    return torch.tensor([[math.sin(1.7 * (count * r + c)) + 0.05 for c in range(count)] for r in range(ROWS)]).reshape(ROWS, *sizes)


def trajectory(what, shape, layers, modules, inputs):
    model = nn.Sequential(*modules(), nn.Linear(inputs, 1))
    at = 0
    for parameter in model.parameters():
        parameter.data = torch.tensor([0.5 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]).reshape(parameter.shape)
        at += parameter.numel()
    x, y = rows(shape), torch.tensor([[math.cos(r)] for r in range(ROWS)])
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    losses = []
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(round(loss.item(), 8))
        loss.backward()
        optimizer.step()
    tensors = [{"name": name, "shape": list(tensor.shape)} for name, tensor in model.state_dict().items()]
    weights = [round(value, 7) for tensor in model.state_dict().values() for value in tensor.reshape(-1).tolist()]
    return {"what": what, "shape": shape, "layers": layers, "losses": losses, "tensors": tensors, "weights": weights}


cases = [json.dumps(trajectory(*case)) for case in cases]
print(f'{{"torch": "{torch.__version__}", "rows": {ROWS}, "rate": {RATE}, "cases": [\n' + ",\n".join(cases) + "\n]}")
