"""Writes sequence.json, the numbers that tests/engine/golden_sequence.rs holds layers over sequences to.

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


class Attention(nn.MultiheadAttention):
    def __init__(self, features, heads):
        super().__init__(features, heads, batch_first=True)

    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class Residual(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body, self.shortcut = nn.Sequential(*body), shortcut

    def forward(self, x):
        return self.body(x) + (x if self.shortcut is None else self.shortcut(x))


RNNS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
flat, image, sequence, wide, tokens = {"flat": [4]}, {"image": [2, 5, 4]}, {"sequence": [5, 3]}, {"sequence": [5, 4]}, {"tokens": [6, 4]}

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


def dense(units, function):
    return {"dense": {"units": units, "activation": {function: {}}}}


def pointwise(units, function):
    return {"pointwise": {"units": units, "activation": {function: {}}}}


def conv(channels, kernel, stride, padding, function):
    return {"conv2d": {"channels": channels, "kernel": kernel, "stride": stride, "padding": padding, "activation": {function: {}}}}


def residual(*layers):
    return {"residual": {"layers": list(layers)}}


cases += [
    ("attention, one head", sequence, [{"attention": {}}, {"flatten": {}}], lambda: [Attention(3, 1), nn.Flatten()], 15),
    (
        "attention, two heads, twice",
        wide,
        [{"attention": {"heads": 2}}, {"attention": {"heads": 2}}, {"last_step": {}}],
        lambda: [Attention(4, 2), Attention(4, 2), LastStep()],
        4,
    ),
    (
        "residual, identity",
        flat,
        [dense(4, "tanh"), residual(dense(3, "relu"), dense(4, "linear")), {"activation": {"function": {"relu": {}}}}],
        lambda: [nn.Linear(4, 4), nn.Tanh(), Residual([nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 4), nn.Identity()]), nn.ReLU()],
        4,
    ),
    (
        "residual, projection, one in another",
        flat,
        [residual(dense(3, "tanh"), residual(dense(3, "swish"), dense(3, "linear"))), residual(dense(2, "tanh"))],
        lambda: [
            Residual([nn.Linear(4, 3), nn.Tanh(), Residual([nn.Linear(3, 3), nn.SiLU(), nn.Linear(3, 3), nn.Identity()])], nn.Linear(4, 3)),
            Residual([nn.Linear(3, 2), nn.Tanh()], nn.Linear(3, 2)),
        ],
        2,
    ),
    (
        "residual over a sequence, projection",
        sequence,
        [residual({"gru": {"units": 2, "returns": "every"}}, pointwise(4, "tanh")), {"lstm": {"units": 2}}],
        lambda: [
            Residual([every_of(nn.GRU)(3, 2, batch_first=True), nn.Linear(2, 4), nn.Tanh()], nn.Linear(3, 4)),
            last_of(nn.LSTM)(4, 2, batch_first=True),
        ],
        2,
    ),
    (
        "residual over images, identity and projection",
        image,
        [residual(conv(2, 3, 1, 1, "tanh")), residual(conv(3, 3, 2, 1, "relu"), conv(3, 3, 1, 1, "linear")), {"activation": {"function": {"tanh": {}}}}, {"flatten": {}}],
        lambda: [
            Residual([nn.Conv2d(2, 2, 3, 1, 1), nn.Tanh()]),
            Residual([nn.Conv2d(2, 3, 3, 2, 1), nn.ReLU(), nn.Conv2d(3, 3, 3, 1, 1), nn.Identity()], nn.Conv2d(2, 3, 1, 2)),
            nn.Tanh(),
            nn.Flatten(),
        ],
        18,
    ),
    (
        "a small transformer",
        tokens,
        [
            {"embedding": {"features": 4}},
            {"positional_encoding": {}},
            residual({"attention": {"heads": 2}}),
            residual(pointwise(3, "relu"), pointwise(4, "linear")),
            {"last_step": {}},
        ],
        lambda: [
            Tokens(4, 4),
            PositionalEncoding(6, 4),
            Residual([Attention(4, 2)]),
            Residual([nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 4), nn.Identity()]),
            LastStep(),
        ],
        4,
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
