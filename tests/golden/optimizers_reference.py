"""Writes optimizers.json, the numbers that tests/engine/golden_optimizers.rs holds the engine to.

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


SQUARE = [{"dense": {"units": 3, "activation": {"tanh": {}}}}, {"dense": {"units": 3, "activation": {"tanh": {}}}}]


def net(layers=LAYERS):
    sizes = [FEATURES] + [layer["dense"]["units"] for layer in layers]
    functions = [nn.ReLU() if "relu" in layer["dense"]["activation"] else nn.Tanh() for layer in layers]
    stack = [part for i, function in enumerate(functions) for part in (nn.Linear(sizes[i], sizes[i + 1]), function)]
    model = nn.Sequential(*stack, nn.Linear(sizes[-1], CLASSES))
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

    def __init__(self, step, answers=None):
        self.step, self.answers = step, answers
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


class Kept:
    """What answers where the rule itself keeps other weights than those in training."""

    def __init__(self, rule, model, layers):
        self.rule, self.model, self.own = rule, model, net(layers)

    def __call__(self, rows):
        return self.own(rows)

    def parameters(self):
        return self.own.parameters()

    def update_parameters(self, _):
        for own, kept in zip(self.own.parameters(), self.rule.answers):
            own.data = torch.tensor(kept)


def descent(settings, rule, answering=lambda model: model, updates=UPDATES):
    """Losses of the model that answers before each update, then both sets of weights."""
    layers = settings.get("layers", LAYERS)
    model = net(layers)
    if getattr(rule, "answers", None) is not None:
        answering = lambda model: Kept(rule, model, layers)
    answers = answering(model)
    getattr(rule, "start", lambda model: None)(model)
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


def adamw(p, g, state, rate, t, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization, algorithm 2."""
    state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
    state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    p *= 1 - rate * decay
    p -= rate * (state["m"] / (1 - beta1**t)) / (np.sqrt(state["v"] / (1 - beta2**t)) + epsilon)


def muon(rate, momentum=0.95, nesterov=True, match=False, rest=1.0, decay=0.0):
    """Jordan et al. 2024, https://kellerjordan.github.io/posts/muon; the conventions are those of torch.optim.Muon in PyTorch 2.9."""
    states = {}

    def orthogonalised(g):
        a, b, c = 3.4445, -4.7750, 2.0315
        x = g / max(np.linalg.norm(g), 1e-7)
        x = x.T if g.shape[0] > g.shape[1] else x
        for _ in range(5):
            gram = x @ x.T
            x = a * x + (b * gram + c * gram @ gram) @ x
        return x.T if g.shape[0] > g.shape[1] else x

    def step(parameters, gradients, t):
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            state = states.setdefault(i, {})
            if p.ndim == 1:
                adamw(p, g, state, rate * rest, t, decay)
                continue
            m = state["m"] = momentum * state.get("m", 0) + (1 - momentum) * g
            update = orthogonalised((1 - momentum) * g + momentum * m if nesterov else m)
            rows, columns = p.shape
            scale = 0.2 * math.sqrt(max(rows, columns)) if match else math.sqrt(max(1, rows / columns))
            p *= 1 - rate * decay
            p -= rate * scale * update

    return Plain(step)


def shampoo(rate, momentum=0.0, beta2=1.0, epsilon=1e-4, every=1, graft=None, longest=256):
    """
    Gupta, Koren & Singer 2018, Shampoo: Preconditioned Stochastic Tensor Optimization, algorithms 1 and 2. From Anil et al. 2020, Scalable Second Order
    Optimization for Deep Learning: grafting, roots every few updates, sides that are too long.
    """
    states = {}
    add = 1.0 if beta2 == 1 else 1 - beta2

    def step(parameters, gradients, t):
        correct = 1.0 if beta2 == 1 else 1 - beta2**t
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            state = states.setdefault(i, {"sums": [np.zeros((n, n)) for n in g.shape], "roots": [None] * g.ndim, "squares": 0, "v": 0})
            used = [axis for axis in range(g.ndim) if g.shape[axis] <= longest]
            direction = g
            for axis in used:
                matrix = np.moveaxis(g, axis, 0).reshape(g.shape[axis], -1)
                state["sums"][axis] = beta2 * state["sums"][axis] + add * matrix @ matrix.T
                if (t - 1) % every == 0:
                    values, vectors = np.linalg.eigh(state["sums"][axis] / correct)
                    powers = (np.maximum(values, 0) + epsilon) ** (-1 / (2 * len(used)))
                    state["roots"][axis] = (vectors * powers) @ vectors.T
                direction = np.moveaxis(np.tensordot(state["roots"][axis], direction, axes=(1, axis)), 0, axis)
            state["squares"] = beta2 * state["squares"] + add * g * g
            if graft == "gradient":
                direction = direction * np.linalg.norm(g) / (np.linalg.norm(direction) or 1)
            elif graft == "adagrad":
                own = np.divide(g, np.sqrt(state["squares"] / correct), out=np.zeros_like(g), where=state["squares"] > 0)
                direction = direction * np.linalg.norm(own) / (np.linalg.norm(direction) or 1)
            state["v"] = momentum * state["v"] + direction
            p -= rate * state["v"]

    return Plain(step)


def soap(rate, beta1=0.95, beta2=0.95, epsilon=1e-8, every=10):
    """
    Vyas et al. 2024, SOAP: Improving and Stabilizing Shampoo using Adam, algorithms 3 and 4. As in the authors' program the first update finds the bases
    and moves nothing, columns are put in the order of their eigenvalues before each power iteration, and tensors of one side stay in their own axes.
    """
    states = {}

    def step(parameters, gradients, t):
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            sides = range(2 if g.ndim == 2 else 0)
            outer = [g @ g.T, g.T @ g] if g.ndim == 2 else []
            if t == 1:
                sums = [(1 - beta2) * o for o in outer]
                states[i] = {"P": sums, "Q": [np.linalg.eigh(s)[1][:, ::-1] for s in sums], "M": np.zeros_like(g), "V": np.zeros_like(g)}
                continue
            state = states[i]
            turn = lambda x: state["Q"][0].T @ x @ state["Q"][1] if sides else x
            back = lambda x: state["Q"][0] @ x @ state["Q"][1].T if sides else x
            state["M"] = beta1 * state["M"] + (1 - beta1) * g
            state["V"] = beta2 * state["V"] + (1 - beta2) * turn(g) ** 2
            size = rate * math.sqrt(1 - beta2 ** (t - 1)) / (1 - beta1 ** (t - 1))
            p -= size * back(turn(state["M"]) / (np.sqrt(state["V"]) + epsilon))
            for side in sides:
                state["P"][side] = beta2 * state["P"][side] + (1 - beta2) * outer[side]
                if (t - 1) % every == 0:
                    q = state["Q"][side]
                    order = np.argsort(-np.diag(q.T @ state["P"][side] @ q))
                    state["V"] = np.take(state["V"], order, axis=side)
                    state["Q"][side] = np.linalg.qr(state["P"][side] @ q[:, order])[0]

    return Plain(step)


def schedule_free(rates, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.0, layers=LAYERS):
    """
    Defazio et al. 2024, The Road Less Scheduled, algorithm 1 (schedule-free AdamW). As in the authors' program, v is corrected where it divides, and steps
    weigh by the square of the largest rate so far; random_networks_reference.py runs that program itself.
    """
    start = [p.detach().numpy().copy() for p in net(layers).parameters()]
    x, z = [p.copy() for p in start], [p.copy() for p in start]
    v = [np.zeros_like(p) for p in start]
    rule = Plain(None, x)
    total, largest = [0.0], [0.0]

    def step(parameters, gradients, t):
        rate = rates(t - 1)
        largest[0] = max(largest[0], rate)
        total[0] += largest[0] ** 2
        c = largest[0] ** 2 / total[0]
        for i, (y, g) in enumerate(zip(parameters, gradients)):
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            z[i] = z[i] - rate * g / (np.sqrt(v[i] / (1 - beta2**t)) + epsilon) - rate * decay * y
            x[i] = (1 - c) * x[i] + c * z[i]
            y[:] = (1 - beta1) * z[i] + beta1 * x[i]

    rule.step = step
    return rule


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
    descent({"optimizer": {"muon": {}}}, muon(0.02)),
    descent(
        {"optimizer": {"muon": {"learning_rate": 0.05, "momentum": 0.8, "scale": "match_rms_adamw", "rest": 0.3, "weight_decay": 0.2}}},
        muon(0.05, momentum=0.8, match=True, rest=0.3, decay=0.2),
    ),
    descent({"optimizer": {"muon": {"nesterov": False}}}, muon(0.02, nesterov=False)),
    # As published in 2018.
    descent(
        {"optimizer": {"shampoo": {"learning_rate": 0.2, "momentum": 0, "beta2": 1, "epsilon": 1e-4, "every": 1, "graft": "none"}}}, shampoo(0.2)
    ),
    descent({"optimizer": {"shampoo": {}}}, shampoo(0.003, 0.9, 0.999, 1e-8, 10, "adagrad")),
    descent(
        {"optimizer": {"shampoo": {"learning_rate": 0.1, "beta2": 0.9, "epsilon": 1e-3, "every": 3, "graft": "gradient", "longest": 4}}},
        shampoo(0.1, 0.9, 0.9, 1e-3, 3, "gradient", 4),
    ),
    # Square layers have gradients of full rank, where the eigenbasis is unique.
    descent({"layers": SQUARE, "optimizer": {"soap": {"epsilon": 1e-4, "every": 3}}}, soap(0.02, epsilon=1e-4, every=3)),
    descent(
        {"layers": SQUARE, "optimizer": {"soap": {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-4}}},
        soap(0.05, 0.8, 0.9, 1e-4),
    ),
    descent({"optimizer": {"schedule_free_adamw": {}}}, schedule_free(lambda _: 0.05)),
    descent(
        {
            "optimizer": {"schedule_free_adamw": {"learning_rate": 0.1, "beta1": 0.7, "beta2": 0.95, "weight_decay": 0.2}},
            "schedule": {"exponential": {"gamma": 0.9}},
        },
        schedule_free(lambda update: 0.1 * 0.9**update, 0.7, 0.95, decay=0.2),
    ),
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


class Tuned:
    """Parameter groups, one a layer, with a factor of the rate each; a layer is frozen until so many updates are done."""

    def __init__(self, make, rate, factors, until, before=lambda model: None, gamma=1.0):
        self.make, self.rate, self.factors, self.until, self.before, self.gamma = make, rate, factors, until, before, gamma
        self.updates = 0

    def start(self, model):
        self.layers = [list(part.parameters()) for part in model if isinstance(part, nn.Linear)]
        self.thaw()
        groups = [{"params": layer, "lr": self.rate * factor} for layer, factor in zip(self.layers, self.factors)]
        self.optimizer = self.make(groups)
        self.schedule = optim.lr_scheduler.ExponentialLR(self.optimizer, self.gamma)

    def thaw(self):
        for layer, until in zip(self.layers, self.until):
            for parameter in layer:
                parameter.requires_grad_(self.updates >= until)

    def update(self, model):
        self.before(model)
        for group in self.optimizer.param_groups:
            decayed = [p for p in group["params"] if is_weight(p) and p.grad is not None]
            for parameter in decayed:
                parameter.data *= 1 - group["lr"] * getattr(self, "decay", 0)
        self.optimizer.step()
        self.schedule.step()
        self.updates += 1
        self.thaw()


def decayed(rule, weight_decay):
    rule.decay = weight_decay
    return rule


until = lambda updates: {"update": {"updates": updates}}
freeze = lambda first, last, when: {"freeze": {"first": first, "last": last, "until": when}}
rate = lambda first, last, factor: {"rate": {"first": first, "last": last, "factor": factor}}
NEVER = 10**9
adam05 = {"optimizer": {"adam": {"learning_rate": 0.05}}}
tuning = [
    descent({**adam05, "tuning": [rate(1, 2, 0.1)]}, Tuned(optim.Adam, 0.05, [0.1, 0.1, 1], [0, 0, 0])),
    descent({**adam05, "tuning": [freeze(1, 1, {"end": {}})]}, Tuned(optim.Adam, 0.05, [1, 1, 1], [NEVER, 0, 0])),
    descent({**adam05, "tuning": [freeze(1, 2, until(7))]}, Tuned(optim.Adam, 0.05, [1, 1, 1], [7, 7, 0])),
    descent(
        {
            "optimizer": {"nadam": {"learning_rate": 0.05}},
            "schedule": {"exponential": {"gamma": 0.95}},
            "clip": {"norm": {"limit": 0.2}},
            "weight_decay": 0.4,
            "tuning": [freeze(1, 1, until(5)), rate(3, 3, 2.0), freeze(2, 2, until(11)), rate(1, 2, 0.5)],
        },
        decayed(Tuned(lambda p: optim.NAdam(p, foreach=True), 0.05, [0.5, 0.5, 2], [5, 11, 0], by_norm(0.2), 0.95), 0.4),
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
            "tuning": tuning,
        },
    ).replace("}, {", "},\n {")
)
