"""Writes augment.json, the numbers that tests/engine/golden_augment.rs holds augmented images and mixed losses to.

    python3 tests/golden/augment_reference.py > tests/golden/augment.json

torchvision's RandomRotation and RandomAffine are PyTorch's `affine_grid` and `grid_sample` with the inverse matrix, its ColorJitter two formulas; they are
written down here for parameters that are given, in float64. Mixed losses are PyTorch's own: cross-entropy with class probabilities as targets, and
λ · criterion(y_a) + (1 − λ) · criterion(y_b), as the code of Zhang et al. (2018) has it. Last run with PyTorch 1.13.
"""

import json
import math

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)


def listed(tensor):
    return [float(f"{value:.9g}") for value in tensor.flatten().tolist()]


def transform(image, inverse):
    """`inverse` acts on pixels from the middle; the grid of PyTorch goes from -1 to 1 along both edges."""
    _, height, width = image.shape
    (a, b), (c, d) = inverse
    theta = torch.tensor([[[a, b * height / width, 0.0], [c * width / height, d, 0.0]]])
    grid = functional.affine_grid(theta, [1, *image.shape], align_corners=False)
    return functional.grid_sample(image[None], grid, mode="bilinear", padding_mode="zeros", align_corners=False)[0]


def rotated(image, degrees):
    # torchvision.transforms.functional.rotate: the inverse of a turn by -degrees in coordinates whose y points downwards.
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return transform(image, [[cosine, -sine], [sine, cosine]])


def blend(image, other, factor):
    return (factor * image + (1.0 - factor) * other).clamp(0.0, 1.0)


def grey(image):
    return (0.2989 * image[0] + 0.587 * image[1] + 0.114 * image[2]).mean() if image.shape[0] == 3 else image.mean()


images = []
for shape in [(1, 5, 7), (3, 6, 4), (2, 8, 8)]:
    image = torch.rand(shape)
    images.append(
        {
            "shape": shape,
            "image": listed(image),
            "rotated": [[degrees, listed(rotated(image, degrees))] for degrees in [-170.0, -33.3, 0.0, 12.0, 45.0, 90.0]],
            "zoomed": [[factor, listed(transform(image, [[1 / factor, 0], [0, 1 / factor]]))] for factor in [0.4, 0.85, 1.0, 1.3, 1.9]],
            "brightened": [[factor, listed(blend(image, torch.zeros(()), factor))] for factor in [0.0, 0.7, 1.6]],
            "contrasted": [[factor, listed(blend(image, grey(image), factor))] for factor in [0.0, 0.7, 1.6]],
        }
    )


def case(loss, classes, weights, raw, first, second, shares, function):
    raw = raw.clone().requires_grad_()
    value = function(raw)
    (gradient,) = torch.autograd.grad(value, raw)
    names = {"loss": loss, "classes": classes, "weights": weights, "raw": listed(raw), "targets": listed(first), "others": listed(second)}
    return {**names, "shares": listed(shares), "value": value.item(), "gradient": listed(gradient)}


mixes = []
rows = 6
shares = torch.rand(rows)
even = torch.full((rows,), 0.3)
order = torch.randperm(rows)
for smoothing in [0.0, 0.2]:
    raw, first = torch.randn(rows, 4) * 2, torch.tensor([0, 1, 2, 3, 1, 0])
    second = first[order]
    soft = shares[:, None] * functional.one_hot(first, 4) + (1 - shares[:, None]) * functional.one_hot(second, 4)
    name = {"softmax_cross_entropy": {"label_smoothing": smoothing}}
    mixes.append(case(name, 4, [], raw, first, second, shares, lambda raw: functional.cross_entropy(raw, soft, label_smoothing=smoothing)))
    weights = [1.0, 2.5, 0.5, 4.0]
    criterion = torch.nn.CrossEntropyLoss(torch.tensor(weights), label_smoothing=smoothing)
    mixes.append(case(name, 4, weights, raw, first, second, even, lambda raw: 0.3 * criterion(raw, first) + 0.7 * criterion(raw, second)))
raw, first = torch.randn(rows, 1) * 2, torch.tensor([0, 1, 1, 0, 1, 0])
second = first[order]
soft = shares * first + (1 - shares) * second
binary = {"binary_cross_entropy": {"label_smoothing": 0.0}}
mixes.append(case(binary, 2, [], raw, first, second, shares, lambda raw: functional.binary_cross_entropy_with_logits(raw[:, 0], soft)))
signs = lambda targets: 2.0 * targets - 1.0
apart = lambda raw, loss: (shares * loss(raw[:, 0], signs(first), reduction="none") + (1 - shares) * loss(raw[:, 0], signs(second), reduction="none")).mean()
mixes.append(case({"mse": {}}, 2, [], raw, first, second, shares, lambda raw: apart(raw, functional.mse_loss)))
mixes.append(case({"mae": {}}, 2, [], raw, first, second, shares, lambda raw: apart(raw, functional.l1_loss)))
print(json.dumps({"torch": torch.__version__, "images": images, "mixes": mixes}, separators=(",", ":")).replace('{"shape"', '\n{"shape"').replace('{"loss"', '\n{"loss"'))
