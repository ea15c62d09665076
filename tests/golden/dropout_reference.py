"""Writes dropout.json, the numbers that tests/engine/golden_dropout.rs holds dropout, DropConnect and the activation layer to.

    python3 tests/golden/dropout_reference.py > tests/golden/dropout.json

PyTorch's masks cannot be had, so the engine's are drawn here: the stream `dropout` of src/math/random.rs, written down a second time.
What they do to a network, forward and backward, is PyTorch's, in float64. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)
UPDATES, ROWS, FEATURES, CLASSES, LANES, SEED = 20, 10, 3, 3, 12, 1
WORD = (1 << 64) - 1


class Stream:
    """Xoshiro256++ (Blackman & Vigna), seeded by SplitMix64 from the FNV-1a hash of the seed's bytes and the name."""

    def __init__(self, seed, name):
        state = 0xCBF29CE484222325
        for byte in seed.to_bytes(4, "little") + name.encode():
            state = (state ^ byte) * 0x100000001B3 & WORD
        self.s = []
        for _ in range(4):
            state = (state + 0x9E3779B97F4A7C15) & WORD
            z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & WORD
            z = (z ^ z >> 27) * 0x94D049BB133111EB & WORD
            self.s.append(z ^ z >> 31)

    def draw(self):
        def rotated(x, k):
            return (x << k | x >> 64 - k) & WORD

        s = self.s
        result = (rotated((s[0] + s[3]) & WORD, 23) + s[0]) & WORD
        t = s[1] << 17 & WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotated(s[3], 45)
        return result

    def mask(self, count, p):
        """Four numbers a draw, its lowest sixteen bits first; `p` as the nearest 65536th."""
        dropped = math.floor(p * 65536 + 0.5)
        bits = [word >> shift & 0xFFFF for word in (self.draw() for _ in range(-(-count // 4))) for shift in (0, 16, 32, 48)]
        return torch.tensor([65536 / (65536 - dropped) if value >= dropped else 0.0 for value in bits[:count]])


class Dropout(nn.Module):
    """Units are `[units][lanes]` in the engine, whose last lanes are padding."""

    def __init__(self, stream, p):
        super().__init__()
        self.stream, self.p = stream, p

    def forward(self, x):
        rows, units = x.shape
        return x * self.stream.mask(units * LANES, self.p).reshape(units, LANES)[:, :rows].T if self.training else x


class DropConnect(nn.Linear):
    def __init__(self, stream, p, inputs, outputs):
        super().__init__(inputs, outputs)
        self.stream, self.p = stream, p

    def forward(self, x):
        weight = self.weight * self.stream.mask(self.weight.numel(), self.p).reshape(self.weight.shape) if self.training else self.weight
        return functional.linear(x, weight, self.bias)


def flat(tensors):
    return [round(value, 9) for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


stream = Stream(SEED, "dropout")
layers = [
    {"dense": {"units": 7, "activation": {"tanh": {}}}},
    {"dropout": {"p": 0.4}},
    {"drop_connect": {"units": 5, "activation": {"relu": {}}, "p": 0.3}},
    {"dropout": {"p": 0.15}},
    {"dense": {"units": 4, "activation": {"linear": {}}}},
    {"activation": {"function": {"swish": {}}}},
]
model = nn.Sequential(
    *(nn.Linear(FEATURES, 7), nn.Tanh()),
    Dropout(stream, 0.4),
    *(DropConnect(stream, 0.3, 7, 5), nn.ReLU()),
    Dropout(stream, 0.15),
    *(nn.Linear(5, 4), nn.Identity()),
    nn.SiLU(),
    nn.Linear(4, CLASSES),
)
at = 0
for parameter in model.parameters():
    parameter.data = torch.tensor([0.6 * math.sin(2.3 * (at + i) + 0.4) for i in range(parameter.numel())]).reshape(parameter.shape)
    at += parameter.numel()
inputs = torch.tensor([[math.sin(1.7 * (FEATURES * r + c)) + 0.05 for c in range(FEATURES)] for r in range(ROWS)])
labels = torch.tensor([r % CLASSES for r in range(ROWS)])

initial = flat(model.parameters())
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
losses = []
for _ in range(UPDATES):
    model.eval()
    losses.append(round(functional.cross_entropy(model(inputs), labels).item(), 9))
    model.train()
    optimizer.zero_grad()
    functional.cross_entropy(model(inputs), labels).backward()
    optimizer.step()

result = {
    "torch": torch.__version__,
    "seed": SEED,
    "draws": [str(word) for word in (lambda fresh: [fresh.draw() for _ in range(4)])(Stream(SEED, "dropout"))],
    "layers": layers,
    "inputs": flat([inputs]),
    "labels": labels.tolist(),
    "initial": initial,
    "losses": losses,
    "names": list(model.state_dict()),
    "weights": flat(model.parameters()),
}
print(json.dumps(result, indent=1))
