"""Writes losses.json, the numbers that tests/engine/golden_losses.rs holds the losses to.

    python3 tests/golden/losses_reference.py > tests/golden/losses.json

Computed in float64 by PyTorch's own functions; the gradients are autograd's. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional

torch.set_default_dtype(torch.float64)

raw_values = torch.tensor([-1.2, 0.3, 2.5, 0.9, -4.0, 0.05, 1.0])
values = torch.tensor([0.5, 0.2, -1.5, 0.9, 2.0, 0.0, 1.4])
classes2 = torch.tensor([0, 1, 1, 0, 0, 1, 1])
# Far out as well, where probabilities are 0 or 1 to every digit.
raw_far = torch.tensor([-30.0, 30.0, -25.0, 18.0, 0.0, 60.0, -60.0])
raw_classes = torch.tensor([[math.cos(r * 3.1 + c) * 3 for c in range(4)] for r in range(7)])
raw_sure = 8 * raw_classes
classes4 = torch.tensor([0, 1, 2, 3, 0, 2, 1])
two, four = [0.3, 1.9], [1.0, 0.25, 4.0, 1.7]


def flat(tensor):
    return [round(value, 10) for value in tensor.detach().reshape(-1).tolist()]


def case(settings, classes, raw, targets, function, weights=()):
    raw = raw.clone().requires_grad_()
    value = function(raw)
    value.backward()
    return {
        "loss": settings,
        "classes": classes,
        "weights": list(weights),
        "raw": flat(raw),
        "targets": [float(t) for t in targets],
        "value": value.item(),
        "gradient": flat(raw.grad),
    }


def sigmoid_focal_loss(inputs, targets, alpha, gamma):
    """torchvision.ops.sigmoid_focal_loss with reduction="none", line by line."""
    p = torch.sigmoid(inputs)
    ce_loss = functional.binary_cross_entropy_with_logits(inputs, targets, reduction="none")
    p_t = p * targets + (1 - p) * (1 - targets)
    loss = ce_loss * ((1 - p_t) ** gamma)
    alpha_t = alpha * targets + (1 - alpha) * (1 - targets)
    return alpha_t * loss


def far_focal_loss(inputs, targets, alpha, gamma):
    """The same where 1 - p_t is zero to every digit, and torchvision's gradient is not a number."""
    signs = 2 * targets - 1
    alpha_t = alpha * targets + (1 - alpha) * (1 - targets)
    return -alpha_t * torch.exp(gamma * functional.logsigmoid(-signs * inputs)) * functional.logsigmoid(signs * inputs)


def focal(raw, targets, gamma):
    """(1 − p)^γ times cross-entropy, with log-probabilities throughout."""
    ce = functional.cross_entropy(raw, targets, reduction="none")
    return (-torch.expm1(-ce)) ** gamma * ce


def pinball(raw, targets, q):
    return torch.max(q * (targets - raw), (q - 1) * (targets - raw)).mean()


def weighted(rows, targets, weights):
    counts = torch.tensor(weights)[targets]
    return (counts * rows).sum() / counts.sum()


def binary(raw):
    """One output as two: softmax over 0 and z."""
    return torch.stack([torch.zeros_like(raw), raw], dim=1)


def smooth(epsilon, weights=None):
    return nn.CrossEntropyLoss(weight=None if weights is None else torch.tensor(weights), label_smoothing=epsilon)


signs = 2.0 * classes2 - 1
one_hot = functional.one_hot(classes4, 4).double()
binary_name, softmax_name = "binary_cross_entropy", "softmax_cross_entropy"
cases = [
    case({"mse": {}}, 0, raw_values, values, lambda raw: functional.mse_loss(raw, values)),
    case({"mae": {}}, 0, raw_values, values, lambda raw: functional.l1_loss(raw, values)),
    case({"huber": {"delta": 0.7}}, 0, raw_values, values, lambda raw: functional.huber_loss(raw, values, delta=0.7)),
    case({"log_cosh": {}}, 0, raw_values, values, lambda raw: torch.log(torch.cosh(raw - values)).mean()),
    case({"log_cosh": {}}, 0, raw_values * 1e-3, values * 1e-3, lambda raw: torch.log(torch.cosh(raw - values * 1e-3)).mean()),
    # No target is met exactly: there autograd's slope is the mean of both sides' and ours zero.
    case({"quantile": {"q": 0.85}}, 0, raw_values + 0.01, values, lambda raw: pinball(raw, values, 0.85)),
    case({"quantile": {"q": 0.5}}, 0, raw_values + 0.01, values, lambda raw: pinball(raw, values, 0.5)),
    case({"mse": {}}, 2, raw_values, classes2, lambda raw: weighted((raw - signs) ** 2, classes2, two), two),
    case({"mae": {}}, 4, raw_classes, classes4, lambda raw: weighted((raw - one_hot).abs().mean(dim=1), classes4, four), four),
    case({binary_name: {}}, 2, raw_values, classes2, lambda raw: functional.binary_cross_entropy_with_logits(raw, classes2.double())),
    case({binary_name: {}}, 2, raw_values, classes2, lambda raw: smooth(0, two)(binary(raw), classes2), two),
    case({binary_name: {"label_smoothing": 0.2}}, 2, raw_values, classes2, lambda raw: smooth(0.2)(binary(raw), classes2)),
    case({binary_name: {"label_smoothing": 0.2}}, 2, raw_values, classes2, lambda raw: smooth(0.2, two)(binary(raw), classes2), two),
    case({softmax_name: {}}, 4, raw_classes, classes4, lambda raw: functional.cross_entropy(raw, classes4)),
    case({softmax_name: {}}, 4, raw_classes, classes4, lambda raw: smooth(0, four)(raw, classes4), four),
    case({softmax_name: {"label_smoothing": 0.1}}, 4, raw_classes, classes4, lambda raw: smooth(0.1)(raw, classes4)),
    case({softmax_name: {"label_smoothing": 0.3}}, 4, raw_classes, classes4, lambda raw: smooth(0.3, four)(raw, classes4), four),
    case({softmax_name: {"label_smoothing": 0.3}}, 2, binary(raw_values), classes2, lambda raw: smooth(0.3, two)(raw, classes2), two),
]
for gamma, alpha in [(2.0, 0.25), (0.5, 0.7), (0.0, 0.5), (5.0, 0.25)]:
    for raw, function in [(raw_values, sigmoid_focal_loss), (raw_far, far_focal_loss)]:
        for weights in [None, two]:
            cases.append(
                case(
                    {"focal": {"gamma": gamma, "alpha": alpha}},
                    2,
                    raw,
                    classes2,
                    lambda raw: weighted(function(raw, classes2.double(), alpha, gamma), classes2, weights or [1.0, 1.0]),
                    weights or (),
                )
            )
    for raw in [raw_classes, raw_sure]:
        cases.append(case({"focal": {"gamma": gamma}}, 4, raw, classes4, lambda raw: focal(raw, classes4, gamma).mean()))
    cases.append(case({"focal": {"gamma": gamma}}, 4, raw_classes, classes4, lambda raw: weighted(focal(raw, classes4, gamma), classes4, four), four))
print(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")).replace('{"loss"', '\n{"loss"'))
