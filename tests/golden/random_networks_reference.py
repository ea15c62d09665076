"""Writes random_networks.json, which tests/engine/random_networks.rs holds the engine to: networks drawn from the engine's own schema, trained by PyTorch.

    cargo run --release --example headless -- schema > schema.json
    python3 tests/golden/random_networks_reference.py schema.json 48 1 > tests/golden/random_networks.json

The second argument is how many networks, the third the seed. `all` behind them keeps networks as well in which single precision goes astray (PyTorch's
own, by up to a hundredth) and prints many more digits: for long runs, with `DESCENT_RANDOM_NETWORKS=file cargo test --test engine random_networks`.

Everything in float64, and once more in float32: how far PyTorch's two answers lie apart is what `noise` says. Rows, targets and first weights are
functions of their indices, the order of the batches is the engine's stream `shuffle`, which is computed here. What draws noise of its own (dropout) is left
out, and so are optimizers that search, which second_order_reference.py has. Last run with PyTorch 2.15, schedulefree 1.4.1.
"""

import json
import math
import random
import sys

import numpy as np
import schedulefree
import torch
from torch import nn
from torch.nn import functional

SCHEMA = json.load(open(sys.argv[1]))
COUNT, SEED, ALL = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["all"]
rng = random.Random(SEED)
torch.set_num_threads(1)


# ---- Drawing settings from the schema.

# Where the schema allows more than what can be compared in a few updates: (least, most). Rates are drawn about their defaults.
NARROW = {
    "units": (1, 9), "channels": (1, 5), "kernel": (1, 3), "stride": (1, 2), "padding": (0, 1), "features": (1, 6), "heads": (1, 3),
    "epsilon": (1e-8, 1e-3), "momentum": (0.0, 0.95), "beta1": (0.0, 0.98), "beta2": (0.5, 0.999), "alpha": (0.1, 2.0), "weight_decay": (0.0, 0.5),
    "l1": (1e-4, 0.05), "l2": (1e-4, 0.3), "limit": (0.05, 3.0), "decay": (0.3, 0.99), "gamma": (0.5, 1.0), "delta": (0.2, 3.0),
    "t_max": (3, 30), "t_0": (2, 9), "t_mult": (1, 2), "total_steps": (5, 30), "total_iters": (5, 30), "step_size": (2, 9), "step_size_up": (2, 6),
    "step_size_down": (2, 6), "max_factor": (1.0, 3.0), "div_factor": (1.0, 25.0), "final_div_factor": (1.0, 100.0), "pct_start": (0.1, 0.9),
    "power": (0.5, 3.0), "eta_min": (0.0, 1e-4), "every": (1, 4), "longest": (2, 64), "rest": (0.3, 3.0), "lr_decay": (0.0, 0.5),
    "initial_accumulator_value": (0.0, 1.0), "label_smoothing": (0.0, 0.4), "negative_slope": (0.001, 0.5),
}


def resolve(schema):
    while "$ref" in schema:
        own = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**SCHEMA["$defs"][schema["$ref"].split("/")[-1]], **own}
    return schema


def three(value):
    return float(f"{value:.3g}")


def number(name, schema):
    least, most = schema.get("minimum", 0), schema.get("maximum", 1)
    if name == "gamma" and most > 1:
        low, high = 0.0, 3.0
    elif name == "alpha" and most < 2:
        low, high = least, most
    else:
        low, high = NARROW.get(name, (least, most))
    low, high = max(low, least), min(high, most)
    if schema["type"] == "integer":
        return rng.randint(int(low), int(high))
    if schema.get("x-scale") == "log" and low > 0:
        return three(math.exp(rng.uniform(math.log(low), math.log(high))))
    return three(rng.uniform(low, high))


def draw(schema, name="", also=lambda variant: True):
    """A value that the schema allows; fields are left out now and then, so that defaults are compared too."""
    schema = resolve(schema)
    if name == "learning_rate":
        return three(schema["default"] * 10 ** rng.uniform(-1, 0.2))
    if "oneOf" in schema or "anyOf" in schema:
        variants = [resolve(variant) for variant in schema.get("oneOf") or schema["anyOf"]]
        if all("const" in variant or "enum" in variant for variant in variants):
            return rng.choice([value for variant in variants for value in variant.get("enum", [variant.get("const")])])
        variants = [variant for variant in variants if also(variant["required"][0])]
        (kind, inner), = rng.choice(variants)["properties"].items()
        return {kind: draw(inner, kind)}
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if schema.get("type") == "boolean":
        return rng.random() < 0.5
    if schema.get("type") in ("number", "integer"):
        return number(name, schema)
    assert schema.get("type") == "object", schema
    properties = schema.get("properties", {})
    return {key: draw(inner, key) for key, inner in properties.items() if key == "learning_rate" or rng.random() < 0.7}


def full(schema, value):
    """With the defaults of what was left out."""
    schema = resolve(schema)
    for variant in schema.get("oneOf") or schema.get("anyOf") or []:
        properties = resolve(variant).get("properties")
        if isinstance(value, dict) and properties and value.keys() == properties.keys():
            return {kind: full(inner, value[kind]) for kind, inner in properties.items()}
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {key: full(inner, value[key] if key in value else resolve(inner)["default"]) for key, inner in properties.items()}
    return value


def find(name):
    """The schema of a field of a network."""
    for definition in SCHEMA["$defs"].values():
        properties = definition.get("properties", {})
        if "optimizer" in properties and "layers" in properties:
            return properties[name]
    raise KeyError(name)


def variants(schema):
    schema = resolve(schema)
    return {resolve(v)["required"][0]: resolve(v)["properties"][resolve(v)["required"][0]] for v in schema.get("oneOf") or schema["anyOf"]}


LAYERS = variants(resolve(find("layers"))["items"])
ACTIVATION = {
    "linear": lambda s: nn.Identity(), "sigmoid": lambda s: nn.Sigmoid(), "tanh": lambda s: nn.Tanh(), "relu": lambda s: nn.ReLU(),
    "leaky_relu": lambda s: nn.LeakyReLU(s["negative_slope"]), "elu": lambda s: nn.ELU(s["alpha"]), "swish": lambda s: nn.SiLU(),
    "gelu": lambda s: nn.GELU(), "softplus": lambda s: nn.Softplus(),
}


def activation(settings):
    ((name, inner),) = settings.items()
    return ACTIVATION[name](inner)


# ---- The engine's layers in PyTorch.


class Unfit(Exception):
    pass


class Last(nn.Module):
    def __init__(self, inner, every):
        super().__init__()
        self.inner, self.every = inner, every

    def forward(self, x):
        answer = self.inner(x)[0]
        return answer if self.every else answer[:, -1]


class LastStep(nn.Module):
    def forward(self, x):
        return x[:, -1]


class MeanOfSteps(nn.Module):
    def forward(self, x):
        return x.mean(1)


class Waves(nn.Module):
    def __init__(self, steps, features):
        super().__init__()
        position = torch.arange(steps).unsqueeze(1)
        scale = torch.exp(torch.arange(0, features, 2) * (-math.log(10000.0) / features))
        waves = torch.zeros(steps, features)
        waves[:, 0::2] = torch.sin(position * scale)
        waves[:, 1::2] = torch.cos(position * scale)[:, : features // 2]
        self.register_buffer("waves", waves)

    def forward(self, x):
        return x + self.waves


class Tokens(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


class SelfAttention(nn.MultiheadAttention):
    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = nn.Sequential(*body), shortcut

    def forward(self, x):
        return self.body(x) + (x if self.shortcut is None else self.shortcut(x))


class Norm(nn.Module):
    """BatchNorm1d wants features second. A batch of one number a channel is normalised by the running statistics, which it does not move."""

    def __init__(self, shape, settings):
        super().__init__()
        of = nn.BatchNorm2d if shape[0] == "image" else nn.BatchNorm1d
        channels = shape[2] if shape[0] == "sequence" else shape[1]
        self.turned = shape[0] == "sequence"
        self.norm = of(channels, eps=settings["epsilon"], momentum=settings["momentum"])

    def forward(self, x):
        if self.turned:
            return self.norm(x.transpose(1, 2)).transpose(1, 2)
        return self.norm(x)


def need(condition):
    if not condition:
        raise Unfit


def windowed(shape, kernel, stride, padding, channels):
    need(shape[0] == "image")
    sizes = [(n + 2 * padding - kernel) // stride + 1 for n in shape[2:]]
    need(all(n + 2 * padding >= kernel for n in shape[2:]) and padding < max(kernel, 1))
    return ("image", channels, *sizes)


def module(layer, shape):
    """PyTorch's modules of one of the engine's layers with all its settings, and the shape that leaves."""
    ((name, s),) = layer.items()
    if name != "embedding":
        need(shape[0] != "tokens")
    if name == "dense" or name == "drop_connect":
        need(shape[0] == "flat")
        return [nn.Linear(shape[1], s["units"]), activation(s["activation"])], ("flat", s["units"])
    if name == "conv2d":
        after = windowed(shape, s["kernel"], s["stride"], s["padding"], s["channels"])
        return [nn.Conv2d(shape[1], s["channels"], s["kernel"], s["stride"], s["padding"]), activation(s["activation"])], after
    if name in ("max_pool", "average_pool"):
        after = windowed(shape, s["kernel"], s["stride"], 0, shape[1] if shape[0] == "image" else 0)
        return [(nn.MaxPool2d if name == "max_pool" else nn.AvgPool2d)(s["kernel"], s["stride"])], after
    if name == "global_average_pool":
        need(shape[0] in ("image", "sequence"))
        return ([nn.AdaptiveAvgPool2d(1), nn.Flatten()], ("flat", shape[1])) if shape[0] == "image" else ([MeanOfSteps()], ("flat", shape[2]))
    if name == "batch_norm":
        return [Norm(shape, s)], shape
    if name == "layer_norm":
        over = shape[2:] if shape[0] == "sequence" else shape[1:]
        return [nn.LayerNorm(list(over), eps=s["epsilon"])], shape
    if name == "flatten":
        return [nn.Flatten()], ("flat", math.prod(shape[1:]))
    if name == "activation":
        return [activation(s["function"])], shape
    if name in ("rnn", "lstm", "gru"):
        need(shape[0] == "sequence")
        every = s["returns"] == "every"
        inner = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[name](shape[2], s["units"], batch_first=True)
        return [Last(inner, every)], ("sequence", shape[1], s["units"]) if every else ("flat", s["units"])
    if name == "embedding":
        need(shape[0] == "tokens")
        return [Tokens(shape[2], s["features"])], ("sequence", shape[1], s["features"])
    if name == "positional_encoding":
        need(shape[0] == "sequence")
        return [Waves(*shape[1:])], shape
    if name == "pointwise":
        need(shape[0] == "sequence")
        return [nn.Linear(shape[2], s["units"]), activation(s["activation"])], ("sequence", shape[1], s["units"])
    if name == "last_step":
        need(shape[0] == "sequence")
        return [LastStep()], ("flat", shape[2])
    if name == "attention":
        need(shape[0] == "sequence" and shape[2] % s["heads"] == 0)
        return [SelfAttention(shape[2], s["heads"], batch_first=True)], shape
    assert name == "residual", name
    body, after = modules(s["layers"], shape)
    return [Residual(body, shortcut(shape, after))], after


def shortcut(before, after):
    if before == after:
        return None
    need(before[0] == after[0])
    if before[0] == "flat":
        return nn.Linear(before[1], after[1])
    if before[0] == "sequence":
        need(before[1] == after[1])
        return nn.Linear(before[2], after[2])
    for stride in range(1, 16):
        if all((b - 1) // stride + 1 == a for b, a in zip(before[2:], after[2:])):
            return nn.Conv2d(before[1], after[1], 1, stride)
    raise Unfit


def modules(layers, shape):
    built = []
    for layer in layers:
        more, shape = module(layer, shape)
        built += more
    return built, shape


def draw_layers(shape, most, depth=0):
    """Layers that fit one after the other, with flat rows at the end where this is the network itself."""
    layers = []
    for _ in range(rng.randint(0 if depth == 0 and shape[0] == "flat" else 1, most)):
        for _ in range(60):
            name = rng.choice([name for name in LAYERS if name not in ("dropout", "drop_connect", "residual")] + ["dense"] * 4 + ["residual"] * 2 * (depth < 2))
            if name == "residual":
                inner = draw_layers(shape, 3, depth + 1)
                layer = {"residual": {"layers": inner}}
            else:
                layer = {name: full(LAYERS[name], draw(LAYERS[name], name))}
            try:
                _, after = module(layer, shape)
            except Unfit:
                continue
            if math.prod(after[1:]) <= 80:
                layers.append(layer)
                shape = after
                break
    if depth == 0 and shape[0] != "flat":
        _, flat = module({"flatten": {}}, shape) if shape[0] != "tokens" else (None, None)
        need(flat)
        layers.append({"flatten": {}})
    return layers


# ---- The order of the batches.

MASK = (1 << 64) - 1


class Stream:
    """src/math/random.rs: FNV-1a over seed and name, SplitMix64, Xoshiro256++."""

    def __init__(self, seed, name):
        state = 0xCBF29CE484222325
        for byte in seed.to_bytes(4, "little") + name.encode():
            state = ((state ^ byte) * 0x100000001B3) & MASK
        self.s = []
        for _ in range(4):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))

    def next(self):
        s = self.s
        turn = lambda x, k: ((x << k) | (x >> (64 - k))) & MASK
        result = (turn((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = turn(s[3], 45)
        return result

    def shuffle(self, items):
        last = len(items) - 1
        while last > 0:
            bits = self.next()
            for half, at in ((bits >> 32, last), (bits & 0xFFFFFFFF, last - 1)):
                if at > 0:
                    other = half * (at + 1) >> 32
                    items[at], items[other] = items[other], items[at]
            last -= 2


# ---- Losses, rates, optimizers.


def loss_of(settings, raw, target, task, weights):
    ((name, s),) = settings.items()
    classes = task["classes"]
    rows = len(target)
    counts = torch.ones(rows, dtype=raw.dtype) if weights is None else torch.tensor(weights, dtype=raw.dtype)[target.long()]
    mean = lambda each: (counts * each).sum() / counts.sum()
    if name == "auto":
        name, s = ("mse", {}) if classes == 0 else ("binary_cross_entropy" if classes == 2 else "softmax_cross_entropy", {"label_smoothing": 0.0})
    if name == "softmax_cross_entropy" or name == "binary_cross_entropy":
        logits = torch.stack([torch.zeros_like(raw[:, 0]), raw[:, 0]], 1) if raw.shape[1] == 1 else raw
        return nn.CrossEntropyLoss(weight=None if weights is None else torch.tensor(weights, dtype=raw.dtype), label_smoothing=s["label_smoothing"])(logits, target.long())
    if name == "focal":
        if classes == 2:
            sign = 2 * target - 1
            share = torch.where(target > 0, s["alpha"], 1 - s["alpha"])
            x = sign * raw[:, 0]
            return mean(-share * torch.exp(s["gamma"] * functional.logsigmoid(-x)) * functional.logsigmoid(x))
        ce = functional.cross_entropy(raw, target.long(), reduction="none")
        return mean((-torch.expm1(-ce)) ** s["gamma"] * ce)
    if classes == 0:
        wanted = target[:, None]
    elif classes == 2:
        wanted = (2 * target - 1)[:, None]
    else:
        wanted = functional.one_hot(target.long(), classes).to(raw.dtype)
    d = raw - wanted
    each = {
        "mse": lambda: d * d,
        "mae": lambda: d.abs(),
        "huber": lambda: functional.huber_loss(raw, wanted, reduction="none", delta=s["delta"]),
        "log_cosh": lambda: d.abs() + torch.log1p(torch.exp(-2 * d.abs())) - math.log(2),
        "quantile": lambda: torch.maximum((1 - s["q"]) * d, -s["q"] * d),
    }[name]()
    return mean(each.mean(1))


def outputs_of(settings, task):
    ((name, _),) = settings.items()
    classes = task["classes"]
    if classes == 0:
        return 1
    return 2 if classes == 2 and name == "softmax_cross_entropy" else 1 if classes == 2 else classes


def rates(schedule, warmup, base, updates):
    """The rate of every update, from PyTorch's own schedulers."""
    ((name, s),) = schedule.items()
    dummy = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    of = torch.optim.lr_scheduler
    make = {
        "constant": lambda: of.LambdaLR(dummy, lambda t: 1.0),
        "exponential": lambda: of.ExponentialLR(dummy, s["gamma"]),
        "step": lambda: of.StepLR(dummy, s["step_size"], s["gamma"]),
        "polynomial": lambda: of.PolynomialLR(dummy, s["total_iters"], s["power"]),
        "cosine": lambda: of.CosineAnnealingLR(dummy, s["t_max"], s["eta_min"]),
        "warm_restarts": lambda: of.CosineAnnealingWarmRestarts(dummy, s["t_0"], s["t_mult"], s["eta_min"]),
        "cyclic": lambda: of.CyclicLR(dummy, base, base * s["max_factor"], s["step_size_up"], s["step_size_down"], s["mode"], s["gamma"], cycle_momentum=False),
        "one_cycle": lambda: of.OneCycleLR(dummy, base * s["max_factor"], s["total_steps"], pct_start=s["pct_start"], anneal_strategy=s["anneal_strategy"], cycle_momentum=False, div_factor=s["div_factor"], final_div_factor=s["final_div_factor"]),
    }[name]
    scheduler = make()
    end = {"cosine": lambda: s["t_max"], "one_cycle": lambda: s["total_steps"] - 1}.get(name, lambda: 10**9)()
    found = []
    for update in range(updates):
        found.append(dummy.param_groups[0]["lr"])
        if update < end:
            dummy.step()
            scheduler.step()
    warm = warmup["updates"]
    risen = []
    if warm:
        dummy = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=found[0])
        linear = of.LinearLR(dummy, warmup["start_factor"], 1.0, warm)
        for _ in range(warm):
            risen.append(dummy.param_groups[0]["lr"])
            dummy.step()
            linear.step()
    return (risen + found)[:updates]


class Torch:
    def __init__(self, groups, make):
        self.optimizer = make(groups)
        getattr(self.optimizer, "train", lambda: None)()

    def step(self, rate, factors):
        for group, factor in zip(self.optimizer.param_groups, factors):
            group["lr"] = rate * factor
        self.optimizer.step()

    def answers(self, parameters):
        if not isinstance(self.optimizer, schedulefree.AdamWScheduleFree) or self.optimizer.param_groups[0]["betas"][0] == 0:
            return [p.detach().clone() for p in parameters]
        kept = [p.detach().clone() for p in parameters]
        self.optimizer.eval()
        found = [p.detach().clone() for p in parameters]
        self.optimizer.train()
        for p, k in zip(parameters, kept):
            p.data.copy_(k)
        return found


class Own:
    """Optimizers that PyTorch lacks, or computes in half precision: a function of (matrix, gradient, its own state, rate, update, is it a weight)."""

    def __init__(self, parameters, rule):
        self.parameters, self.rule, self.t = parameters, rule, 0
        self.states = [{} for _ in parameters]

    def step(self, rate, factors):
        self.t += 1
        for p, state in zip(self.parameters, self.states):
            if p.grad is not None:
                matrix = p.data.reshape(p.shape[0], -1)
                self.rule(matrix, p.grad.reshape(matrix.shape), state, rate, self.t, p.weighs)

    def answers(self, parameters):
        return [p.detach().clone() for p in parameters]


def lion(s):
    def rule(p, g, state, rate, t, weighs):
        m = state.get("m", torch.zeros_like(g))
        step = torch.sign(s["beta1"] * m + (1 - s["beta1"]) * g)
        state["m"] = s["beta2"] * m + (1 - s["beta2"]) * g
        p -= rate * (step + s["weight_decay"] * p)

    return rule


def adamw_step(p, g, state, rate, t, decay):
    state["m"] = 0.9 * state.get("m", 0) + 0.1 * g
    state["v"] = 0.999 * state.get("v", 0) + 0.001 * g * g
    p *= 1 - rate * decay
    p -= rate * (state["m"] / (1 - 0.9**t)) / (torch.sqrt(state["v"] / (1 - 0.999**t)) + 1e-8)


def muon(s):
    def rule(p, g, state, rate, t, weighs):
        if not weighs:
            return adamw_step(p, g, state, rate * s["rest"], t, s["weight_decay"])
        m = state["m"] = s["momentum"] * state.get("m", 0) + (1 - s["momentum"]) * g
        x = (1 - s["momentum"]) * g + s["momentum"] * m if s["nesterov"] else m
        turned = p.shape[0] > p.shape[1]
        x = x.T if turned else x
        x = x / max(x.norm().item(), 1e-7)
        for _ in range(5):
            gram = x @ x.T
            x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
        x = x.T if turned else x
        rows, columns = p.shape
        scale = 0.2 * math.sqrt(max(rows, columns)) if s["scale"] == "match_rms_adamw" else math.sqrt(max(1, rows / columns))
        p *= 1 - rate * s["weight_decay"]
        p -= rate * scale * x

    return rule


def shampoo(s):
    """As shampoo() of optimizers_reference.py."""
    beta2 = s["beta2"]
    add = 1.0 if beta2 == 1 else 1 - beta2

    def rule(p, g, state, rate, t, weighs):
        correct = 1.0 if beta2 == 1 else 1 - beta2**t
        used = [axis for axis in range(1 + weighs) if p.shape[axis] <= s["longest"]]
        direction = g.double()
        for axis in used:
            turned = direction.T if axis else direction
            own = (g.T if axis else g).double().reshape(p.shape[axis], -1)
            total = state[axis] = beta2 * state.get(axis, 0) + add * own @ own.T
            if (t - 1) % s["every"] == 0:
                values, vectors = torch.linalg.eigh(total / correct)
                state[axis, "root"] = (vectors * (values.clamp(min=0) + s["epsilon"]) ** (-1 / (2 * len(used)))) @ vectors.T
            turned = state[axis, "root"] @ turned
            direction = turned.T if axis else turned
        squares = state["squares"] = beta2 * state.get("squares", 0) + add * g * g
        if s["graft"] == "gradient":
            direction = direction * g.norm() / (direction.norm() or 1)
        elif s["graft"] == "adagrad":
            own = torch.where(squares > 0, g / torch.sqrt(squares / correct), torch.zeros_like(g))
            direction = direction * own.norm() / (direction.norm() or 1)
        state["v"] = s["momentum"] * state.get("v", 0) + direction.to(p.dtype)
        p -= rate * state["v"]

    return rule


def optimizer_of(settings, parameters, groups):
    ((name, s),) = settings.items()
    of, rate = torch.optim, s["learning_rate"]
    betas = (s.get("beta1"), s.get("beta2"))
    torch_ones = {
        "gradient_descent": lambda g: of.SGD(g, lr=rate),
        "sgd": lambda g: of.SGD(g, lr=rate),
        "mini_batch": lambda g: of.SGD(g, lr=rate),
        "momentum": lambda g: of.SGD(g, lr=rate, momentum=s["momentum"], dampening=s["dampening"]),
        "nesterov": lambda g: of.SGD(g, lr=rate, momentum=s["momentum"], nesterov=s["momentum"] > 0),
        "adagrad": lambda g: of.Adagrad(g, lr=rate, lr_decay=s["lr_decay"], initial_accumulator_value=s["initial_accumulator_value"], eps=s["epsilon"]),
        "rmsprop": lambda g: of.RMSprop(g, lr=rate, alpha=s["alpha"], eps=s["epsilon"], momentum=s["momentum"], centered=s["centered"]),
        "adam": lambda g: of.Adam(g, lr=rate, betas=betas, eps=s["epsilon"], amsgrad=s["amsgrad"]),
        "adamw": lambda g: of.AdamW(g, lr=rate, betas=betas, eps=s["epsilon"], weight_decay=s["weight_decay"], amsgrad=s["amsgrad"]),
        "nadam": lambda g: of.NAdam(g, lr=rate, betas=betas, eps=s["epsilon"], momentum_decay=s["momentum_decay"]),
        "schedule_free_adamw": lambda g: schedulefree.AdamWScheduleFree(g, lr=rate, betas=betas, eps=s["epsilon"], weight_decay=s["weight_decay"]),
    }
    if name in torch_ones:
        return Torch(groups, torch_ones[name])
    return Own(parameters, {"lion": lion, "muon": muon, "shampoo": shampoo}[name](s))


# ---- Training.


def wave(index):
    return 0.5 * math.sin(2.3 * index + 0.4)


def rows_of(shape, count, dtype):
    if shape[0] == "tokens":
        return torch.tensor([[(r * 7 + c * 3 + r * c % 5) % shape[2] for c in range(shape[1])] for r in range(count)], dtype=dtype)
    units = math.prod(shape[1:])
    flat = [[math.sin(1.7 * (units * r + c)) + 0.3 * math.cos(0.9 * c * (r + 1)) for c in range(units)] for r in range(count)]
    # The engine's rows are of single precision.
    return torch.tensor(np.array(flat, dtype=np.float32), dtype=dtype).reshape(count, *shape[1:])


def targets_of(task, count, dtype):
    if task["classes"] == 0:
        return torch.tensor(np.array([math.sin(2.1 * r) + 0.3 for r in range(count)], dtype=np.float32), dtype=dtype)
    return torch.tensor([(r * r + r // 2) % task["classes"] if r >= task["classes"] else r for r in range(count)], dtype=dtype)


def train(case, dtype):
    torch.set_default_dtype(dtype)
    net, shape, task, count, updates = case["full"], case["shape"], case["task"], case["rows"], case["updates"]
    built, after, layers, now = [], shape, [], shape
    for layer in net["layers"]:
        more, now = module(layer, now)
        layers.append([p for part in more for p in part.parameters()])
        built += more
    last = nn.Linear(now[1], outputs_of(net["loss"], task))
    layers.append(list(last.parameters()))
    for p in (p for layer in layers for p in layer):
        p.weighs = p.ndim > 1
    for part in built:
        for norm in part.modules():
            # The scales of an image have three dimensions and are scales all the same.
            for p in norm.parameters() if isinstance(norm, nn.LayerNorm) else ():
                p.weighs = False
    model = nn.Sequential(*built, last, activation(net["output_activation"]))
    parameters = [p for layer in layers for p in layer]
    at = 0
    for p in parameters:
        values = torch.tensor(np.array([wave(at + i) for i in range(p.numel())], dtype=np.float32), dtype=dtype).reshape(p.shape)
        scales = p.numel() > 0 and bool((p.data == 1).all())
        p.data = 1 + 0.4 * values if scales else values
        if scales:
            p.data = p.data.float().to(dtype)
        at += p.numel()
    x, y = rows_of(shape, count, dtype), targets_of(task, count, dtype)
    weights = None
    if "balanced" in net["class_weights"]:
        weights = [count / (task["classes"] * max(1, int((y == k).sum()))) for k in range(task["classes"])]
    if "given" in net["class_weights"]:
        weights = net["class_weights"]["given"]["weights"]
    factor = lambda at: math.prod(rule["rate"]["factor"] for rule in net["tuning"] if "rate" in rule and rule["rate"]["first"] <= at + 1 <= rule["rate"]["last"])
    until = lambda at: max([rule["freeze"]["until"]["update"]["updates"] for rule in net["tuning"] if "freeze" in rule and rule["freeze"]["first"] <= at + 1 <= rule["freeze"]["last"]], default=0)
    with_weights = [at for at, layer in enumerate(layers) if layer]
    factors, waits = [factor(at) for at in with_weights], [until(at) for at in with_weights]
    groups = [{"params": layers[at]} for at in with_weights]
    ((name, s),) = net["optimizer"].items()
    rule = optimizer_of(net["optimizer"], parameters, groups)
    plan = rates(net["schedule"], net["warmup"], s["learning_rate"], updates)
    batch = {"gradient_descent": count, "sgd": 1}.get(name, min(net["batch_size"], count))
    order, stream, position = list(range(count)), Stream(1, "shuffle"), 0
    average, averaged = None, 0
    losses = []

    def answering():
        return average if average is not None else rule.answers(parameters)

    def measure():
        kept = [p.detach().clone() for p in parameters]
        for p, a in zip(parameters, answering()):
            p.data.copy_(a)
        model.eval()
        with torch.no_grad():
            value = loss_of(net["loss"], model(x), y, task, weights).item()
        model.train()
        for p, k in zip(parameters, kept):
            p.data.copy_(k)
        return value

    for update in range(updates):
        if update % 4 == 0:
            losses.append(measure())
        if position == 0 and batch < count:
            stream.shuffle(order)
        rows = order[position : position + batch]
        position = 0 if position + batch >= count else position + batch
        for p in parameters:
            p.grad = None
        loss_of(net["loss"], model(x[rows]), y[rows], task, weights).backward()
        rate = plan[update]
        with torch.no_grad():
            frozen = {id(p) for at, wait in zip(with_weights, waits) if update < wait for p in layers[at]}
            trained = [p for p in parameters if id(p) not in frozen]
            for p in parameters:
                if p.weighs:
                    p.grad += net["l2"] * p + net["l1"] * torch.sign(p)
                if id(p) in frozen:
                    p.grad = None
            if trained and "norm" in net["clip"]:
                nn.utils.clip_grad_norm_(trained, net["clip"]["norm"]["limit"])
            if trained and "value" in net["clip"]:
                nn.utils.clip_grad_value_(trained, net["clip"]["value"]["limit"])
            for at, f in zip(with_weights, factors):
                for p in layers[at]:
                    if p.weighs and id(p) not in frozen:
                        p *= 1 - rate * f * net["weight_decay"]
            rule.step(rate, factors)
            if "units" in net["max_norm"]:
                limit = net["max_norm"]["units"]["limit"]
                for p in trained:
                    if p.weighs:
                        matrix = p.data.reshape(p.shape[0], -1)
                        norms = matrix.norm(dim=1, keepdim=True)
                        matrix *= torch.where(norms > limit, limit / (norms + 1e-7), torch.ones_like(norms))
            if "ema" in net["average"]:
                ema = net["average"]["ema"]
                if average is None:
                    average = [p.detach().clone() for p in parameters]
                    averaged = 1
                else:
                    keep = min(ema["decay"], (1 + averaged) / (10 + averaged)) if ema["warm_up"] else ema["decay"]
                    for a, p in zip(average, parameters):
                        a += (1 - keep) * (p - a)
                    averaged += 1
    losses.append(measure())
    join = lambda tensors: np.concatenate([t.detach().double().numpy().reshape(-1) for t in tensors]) if tensors else np.zeros(0)
    return np.array(losses), join(parameters), join(answering())


# ---- Drawing cases.

# What the first networks have, whatever else is drawn for them: no parameter of an optimizer is left to chance.
until = lambda updates: {"update": {"updates": updates}}
falling, cyclic = {"exponential": {"gamma": 0.9}}, {"cyclic": {"step_size_up": 3, "step_size_down": 4, "max_factor": 3.0}}
FORCED = [
    {"optimizer": {"adam": {"learning_rate": 0.03, "beta2": 0.7, "amsgrad": True}}, "schedule": cyclic},
    {"optimizer": {"adamw": {"learning_rate": 0.03, "beta2": 0.8, "amsgrad": True, "weight_decay": 0.2}}},
    {"optimizer": {"rmsprop": {"learning_rate": 0.01, "alpha": 0.9, "centered": True, "epsilon": 1e-3}}},
    {"optimizer": {"rmsprop": {"learning_rate": 0.005, "alpha": 0.9, "momentum": 0.8, "epsilon": 1e-3}}, "schedule": falling},
    {"optimizer": {"rmsprop": {"learning_rate": 0.005, "alpha": 0.95, "momentum": 0.7, "centered": True, "epsilon": 1e-3}}},
    {"optimizer": {"adagrad": {"learning_rate": 0.1, "lr_decay": 0.2, "initial_accumulator_value": 0.1}}},
    {"optimizer": {"momentum": {"learning_rate": 0.1, "momentum": 0.8, "dampening": 0.6}}},
    {"optimizer": {"nadam": {"learning_rate": 0.02, "momentum_decay": 0.3}}},
    {"optimizer": {"schedule_free_adamw": {"learning_rate": 0.05, "weight_decay": 0.1}}, "schedule": falling},
    {"optimizer": {"schedule_free_adamw": {"learning_rate": 0.03, "beta1": 0.8}}, "schedule": cyclic, "warmup": {"updates": 6, "start_factor": 0.1}},
    {"optimizer": {"schedule_free_adamw": {"learning_rate": 0.02, "beta2": 0.9}}, "schedule": falling, "tuning": [{"freeze": {"first": 1, "last": 1, "until": until(6)}}]},
    {"optimizer": {"shampoo": {"learning_rate": 0.01, "every": 2, "longest": 64}}},
]


def case():
    shape = rng.choice([("flat", rng.randint(1, 7)), ("flat", rng.randint(1, 7)), ("image", rng.randint(1, 2), rng.randint(4, 6), rng.randint(4, 6)), ("sequence", rng.randint(3, 6), rng.randint(1, 4)), ("tokens", rng.randint(3, 6), rng.randint(3, 6))])
    task = {"classes": rng.choice([0, 2, 3, 4])}
    layers = draw_layers(shape, 4)
    has = lambda name: f'"{name}"' in json.dumps(layers)
    rows = rng.randint(9, 40)
    search = ("lbfgs", "newton", "levenberg_marquardt", "soap")
    forced = FORCED[len(found)] if len(found) < len(FORCED) else {}
    optimizer = forced.get("optimizer") or draw(find("optimizer"), also=lambda kind: kind not in search)
    ((name, s),) = optimizer.items()
    if "longest" in s:
        s["longest"] = 64
    batch = rng.choice([rows, rng.randint(2, rows), rng.randint(2, 8)])
    if has("batch_norm"):
        need(name != "sgd")
        batch = max(batch, 3)
        need(rows % batch != 1)
    loss = draw(find("loss"))
    ((loss_name, _),) = loss.items()
    need(task["classes"] or loss_name in ("auto", "mse", "mae", "huber", "log_cosh", "quantile"))
    need(not task["classes"] or loss_name != "quantile")
    need(loss_name != "binary_cross_entropy" or task["classes"] == 2)
    net = {"layers": layers, "optimizer": optimizer, "loss": loss, "batch_size": batch}
    own = task["classes"] and loss_name in ("auto", "binary_cross_entropy", "softmax_cross_entropy", "focal")
    if not own and rng.random() < 0.3:
        net["output_activation"] = draw(find("output_activation"))
    if rng.random() < 0.6:
        net["schedule"] = draw(find("schedule"), also=lambda kind: kind != "reduce_on_plateau")
    if rng.random() < 0.4:
        net["warmup"] = {"updates": rng.randint(1, 8), "start_factor": three(rng.uniform(0.01, 1))}
    if task["classes"] and rng.random() < 0.4:
        net["class_weights"] = rng.choice([{"balanced": {}}, {"given": {"weights": [three(rng.uniform(0.3, 3)) for _ in range(task["classes"])]}}])
    if rng.random() < 0.25:
        net["l1"] = draw(find("l1"), "l1")
    if rng.random() < 0.25:
        net["l2"] = draw(find("l2"), "l2")
    if rng.random() < 0.35:
        net["clip"] = draw(find("clip"))
    free = name == "schedule_free_adamw"
    if not free and rng.random() < 0.25:
        net["weight_decay"] = draw(find("weight_decay"), "weight_decay")
    if not free and rng.random() < 0.25:
        net["max_norm"] = {"units": {"limit": three(rng.uniform(0.3, 2))}}
    if not free and rng.random() < 0.3:
        net["average"] = draw(find("average"))
    if name not in ("lion", "muon", "shampoo") and rng.random() < 0.35:
        count = len(layers) + 1
        built = [module_parameters(layers, shape, at) for at in range(len(layers))] + [1]
        able = [at + 1 for at, has_weights in enumerate(built) if has_weights]
        first = rng.choice(able)
        last = rng.choice([at for at in able if at >= first])
        rule = {"rate": {"first": first, "last": last, "factor": three(rng.uniform(0.1, 2))}}
        if rng.random() < 0.6 and count > 1 and first != last or (first, last) != (able[0], able[-1]):
            rule = rng.choice([rule, {"freeze": {"first": first, "last": last, "until": {"update": {"updates": rng.randint(1, 9)}}}}])
        net["tuning"] = [rule]
    net.update(forced)
    if "tuning" in forced:
        need(layers and module_parameters(layers, shape, 0) and not has("residual"))
    names = ("layers", "output_activation", "loss", "class_weights", "optimizer", "schedule", "warmup", "l1", "l2", "weight_decay", "max_norm", "clip", "average")
    complete = {key: full(find(key), net.get(key, resolve(find(key))["default"])) for key in names if key != "layers"}
    complete.update({"layers": layers, "batch_size": batch, "tuning": net.get("tuning", [])})
    ((_, schedule),) = complete["schedule"].items()
    ((_, settings),) = complete["optimizer"].items()
    need(schedule.get("eta_min", 0) <= settings["learning_rate"])
    return {"net": net, "shape": shape, "task": task, "rows": rows, "updates": rng.randint(12, 30), "full": complete}


def module_parameters(layers, shape, which):
    for at, layer in enumerate(layers):
        built, shape = module(layer, shape)
        if at == which:
            return sum(p.numel() for part in built for p in part.parameters())


SHAPES = {
    "flat": lambda s: {"flat": list(s[1:])}, "image": lambda s: {"image": list(s[1:])}, "sequence": lambda s: {"sequence": list(s[1:])}, "tokens": lambda s: {"tokens": list(s[1:])},
}
MOST_WEIGHTS = 4000 if ALL else 110
MOST_NOISE = 1e-2 if ALL else 3e-6
found = []
while len(found) < COUNT:
    try:
        drawn = case()
        losses, weights, answers = train(drawn, torch.float64)
        if len(weights) > MOST_WEIGHTS or not np.isfinite(losses).all() or not np.isfinite(weights).all():
            continue
        single = train(drawn, torch.float32)
    except Unfit:
        continue
    noise = max(float(np.abs(a - b).max(initial=0.0)) for a, b in zip((losses, weights, answers), single))
    if not noise <= MOST_NOISE or np.abs(weights).max() > 1e3:
        continue
    digits = lambda values: [float(f"{value:.9g}" if ALL else f"{value:.7g}") for value in values]
    entry = {
        "net": drawn["net"], "shape": SHAPES[drawn["shape"][0]](drawn["shape"]), "classes": drawn["task"]["classes"], "rows": drawn["rows"],
        "updates": drawn["updates"], "noise": float(f"{noise:.2g}"), "losses": digits(losses), "weights": digits(weights),
    }
    if np.abs(weights - answers).max() > 0:
        entry["answering"] = digits(answers)
    found.append(entry)
header = {"torch": torch.__version__, "schedulefree": "1.4.1", "seed": SEED}
print(json.dumps({**header, "cases": found}).replace('{"net"', '\n{"net"'))
