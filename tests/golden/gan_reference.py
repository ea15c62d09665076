"""Writes gan.json, the numbers that tests/engine/golden_gan.rs holds the engine to.

    python3 tests/golden/gan_reference.py > tests/golden/gan.json

Games drawn at random with a fixed seed: rows, noise, sizes, activations, losses, smoothing, optimizers, updates of the discriminator a turn. A game is
played move by move as PyTorch's DCGAN tutorial does it: the losses on a batch of rows and on made ones are added up before the discriminator's step. Batch
normalisation is in some of them, so that the order of its passes counts. Everything is computed in float64. Last run with PyTorch 2.15.
"""

import json
import random

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
draw = random.Random(5)

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "leaky_relu": lambda: nn.LeakyReLU(0.01), "elu": nn.ELU}
EXTRA = {"adam": {"beta1": 0.5}, "rmsprop": {"alpha": 0.9}, "mini_batch": {}}
OPTIMIZERS = {
    "adam": lambda p, rate: torch.optim.Adam(p, lr=rate, betas=(0.5, 0.999)),
    "mini_batch": lambda p, rate: torch.optim.SGD(p, lr=rate),
    "rmsprop": lambda p, rate: torch.optim.RMSprop(p, lr=rate, alpha=0.9),
}


def numbers(tensor):
    return [round(value, 9) for value in tensor.detach().reshape(-1).tolist()]


def player(inputs, outputs):
    """A network, and the same as the engine's layers."""
    modules, layers, width = [], [], inputs
    for _ in range(draw.randint(0, 2)):
        units, name = draw.randint(2, 9), draw.choice(sorted(ACTIVATIONS))
        modules += [nn.Linear(width, units), ACTIVATIONS[name]()]
        layers.append({"dense": {"units": units, "activation": {name: {}}}})
        width = units
        if draw.random() < 0.3:
            modules.append(nn.BatchNorm1d(width))
            layers.append({"batch_norm": {}})
    return nn.Sequential(*modules, nn.Linear(width, outputs)), layers


bce = nn.functional.binary_cross_entropy_with_logits


def losses(kind):
    """(real, made, generator): mean losses of raw answers."""
    if kind == "least_squares":
        return (lambda z, label: 0.5 * ((z - label) ** 2).mean(), lambda z: 0.5 * (z**2).mean(), lambda z: 0.5 * ((z - 1) ** 2).mean())
    real, made = lambda z, label: bce(z, torch.full_like(z, label)), lambda z: bce(z, torch.zeros_like(z))
    return real, made, (lambda z: -made(z)) if kind == "minimax" else lambda z: real(z, 1.0)


cases = []
for _ in range(36):
    features, noise, rows, batch = draw.randint(1, 4), draw.randint(1, 4), 12, draw.choice([4, 6, 12])
    generator, g_layers = player(noise, features)
    discriminator, d_layers = player(features, 1)
    kind, smoothing, steps = draw.choice(["non_saturating", "minimax", "least_squares"]), draw.choice([0.0, 0.1, 0.3]), draw.randint(1, 3)
    # Before batch normalisation a bias may have the gradient 0, of which an optimizer that divides by its size makes steps of rounding alone.
    names = ["mini_batch" if {"batch_norm": {}} in layers else draw.choice(sorted(OPTIMIZERS)) for layers in (g_layers, d_layers)]
    rates = [draw.choice([0.003, 0.01, 0.03]) for _ in range(2)]
    optimizers = [OPTIMIZERS[name](model.parameters(), rate) for name, rate, model in zip(names, rates, (generator, discriminator))]
    x = torch.randn(rows, features).float().double()
    initial = numbers(torch.cat([p.reshape(-1) for model in (generator, discriminator) for p in model.parameters()]).float().double())
    start = torch.tensor(initial)
    at = 0
    for model in (generator, discriminator):
        for p in model.parameters():
            p.data = start[at : at + p.numel()].float().double().reshape(p.shape)
            at += p.numel()
    real_loss, made_loss, generator_loss = losses(kind)
    moves, judged = [], 0
    for _ in range(12):
        if judged < steps:
            order = draw.sample(range(rows), batch)
            z = torch.randn(batch, noise).float().double()
            optimizers[1].zero_grad()
            answers = discriminator(x[order])
            first = real_loss(answers, 1.0 - smoothing)
            first.backward()
            second = made_loss(discriminator(generator(z).detach()))
            second.backward()
            optimizers[1].step()
            moves.append({"order": order, "noise": numbers(z), "loss": (first + second).item()})
            judged += 1
        else:
            z = torch.randn(batch, noise).float().double()
            optimizers[0].zero_grad()
            loss = generator_loss(discriminator(generator(z)))
            loss.backward()
            optimizers[0].step()
            moves.append({"order": [], "noise": numbers(z), "loss": loss.item()})
            judged = 0
    settings = {
        "noise": noise, "loss": kind, "smoothing": smoothing, "discriminator_steps": steps, "batch_size": batch,
        **{
            role: {"layers": layers, "optimizer": {name: {"learning_rate": rate, **EXTRA[name]}}}
            for role, layers, name, rate in zip(("generator", "discriminator"), (g_layers, d_layers), names, rates)
        },
    }
    final = numbers(torch.cat([p.reshape(-1) for model in (generator, discriminator) for p in model.parameters()]))
    cases.append({"settings": settings, "rows": numbers(x), "features": features, "initial": initial, "moves": moves, "final": final})
print(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases}))
