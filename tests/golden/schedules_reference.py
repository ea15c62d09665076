"""Writes schedules.json, the numbers that tests/engine/golden_schedules.rs holds the learning-rate schedules to.

    python3 tests/golden/schedules_reference.py > tests/golden/schedules.json

Each is stepped after every update, from a rate of 0.2. Last run with PyTorch 2.15.
"""

import json

import torch
from torch import nn, optim
from torch.optim import lr_scheduler as scheduler

torch.set_default_dtype(torch.float64)
BASE, UPDATES = 0.2, 100


def rates(make, losses=None, updates=UPDATES):
    parameter = nn.Parameter(torch.zeros(1))
    optimizer = optim.SGD([parameter], lr=BASE)
    schedule = make(optimizer)
    trace = []
    for update in range(updates):
        trace.append(float(f"{optimizer.param_groups[0]['lr']:.12g}"))
        parameter.grad = torch.zeros(1)
        optimizer.step()
        if update + 1 < updates:
            schedule.step(*([losses[update]] if losses else []))
    return trace


def case(settings, make, warmup=None, updates=UPDATES):
    """With (updates, start factor) of a warm-up, or None."""
    if warmup is None:
        return {"schedule": settings, "rates": rates(make, updates=updates)}
    length, factor = warmup

    def both(optimizer):
        first = scheduler.LinearLR(optimizer, start_factor=factor, end_factor=1.0, total_iters=length)
        return scheduler.SequentialLR(optimizer, [first, make(optimizer)], milestones=[length])

    return {"schedule": settings, "warmup": {"updates": length, "start_factor": factor}, "rates": rates(both, updates=updates)}


def cyclic(o, **settings):
    return scheduler.CyclicLR(o, base_lr=BASE, cycle_momentum=False, **settings)


def one_cycle(o, **settings):
    return scheduler.OneCycleLR(o, cycle_momentum=False, **settings)


constant = lambda o: scheduler.LambdaLR(o, lambda _: 1.0)  # noqa: E731
cosine = lambda o: scheduler.CosineAnnealingLR(o, UPDATES, 0.01)  # noqa: E731
# Falls, stalls, falls a little (under the threshold), stalls.
stalling = [1.0 / (1 + u) if u < 6 else 0.16 - (0.00001 * u if u < 15 else 0.05) + (0.01 if u % 5 == 0 else 0) for u in range(UPDATES)]
# An accuracy that rises, stalls, and rises again; a coefficient of determination that begins below zero and shakes.
rising = [min(0.5 + 0.02 * u, 0.7) + (0.005 if u % 4 == 0 else 0) + (0.1 if u > 40 else 0) for u in range(UPDATES)]
crossing = [-3.0 + 0.04 * (u // 3) * (1 if u % 2 else 0.9) + (2.0 if u > 50 else 0) for u in range(UPDATES)]
cases = [
    case({"constant": {}}, constant),
    case({"step": {"step_size": 7, "gamma": 0.6}}, lambda o: scheduler.StepLR(o, 7, 0.6)),
    case({"exponential": {"gamma": 0.97}}, lambda o: scheduler.ExponentialLR(o, 0.97)),
    case({"polynomial": {"total_iters": 80, "power": 1.0}}, lambda o: scheduler.PolynomialLR(o, 80, 1.0)),
    case({"polynomial": {"total_iters": 60, "power": 2.3}}, lambda o: scheduler.PolynomialLR(o, 60, 2.3)),
    # Up to its end; past it PyTorch's climbs again and ours stays.
    case({"cosine": {"t_max": UPDATES, "eta_min": 0.01}}, cosine),
    case({"warm_restarts": {"t_0": 13, "t_mult": 1, "eta_min": 0.01}}, lambda o: scheduler.CosineAnnealingWarmRestarts(o, 13, 1, 0.01)),
    case({"warm_restarts": {"t_0": 9, "t_mult": 3, "eta_min": 0.0}}, lambda o: scheduler.CosineAnnealingWarmRestarts(o, 9, 3)),
    # Up to its end; past it PyTorch's raises an error and ours stays.
    case({"one_cycle": {"total_steps": UPDATES}}, lambda o: one_cycle(o, max_lr=BASE, total_steps=UPDATES)),
    case(
        {"one_cycle": {"total_steps": 90, "max_factor": 3.0, "pct_start": 0.45, "anneal_strategy": "linear", "div_factor": 10.0, "final_div_factor": 50.0}},
        lambda o: one_cycle(o, max_lr=3 * BASE, total_steps=90, pct_start=0.45, anneal_strategy="linear", div_factor=10.0, final_div_factor=50.0),
        updates=90,
    ),
    case({"cyclic": {"max_factor": 5.0, "step_size_up": 8, "step_size_down": 8}}, lambda o: cyclic(o, max_lr=5 * BASE, step_size_up=8)),
    case(
        {"cyclic": {"max_factor": 2.5, "step_size_up": 5, "step_size_down": 12, "mode": "triangular2"}},
        lambda o: cyclic(o, max_lr=2.5 * BASE, step_size_up=5, step_size_down=12, mode="triangular2"),
    ),
    case(
        {"cyclic": {"max_factor": 4.0, "step_size_up": 6, "step_size_down": 9, "mode": "exp_range", "gamma": 0.98}},
        lambda o: cyclic(o, max_lr=4 * BASE, step_size_up=6, step_size_down=9, mode="exp_range", gamma=0.98),
    ),
    {
        "schedule": {"reduce_on_plateau": {"factor": 0.5, "patience": 2, "threshold": 0.001, "cooldown": 1, "min_rate": 0.02}},
        "losses": stalling,
        "rates": rates(lambda o: scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=0.001, cooldown=1, min_lr=0.02), stalling),
    },
    {
        "schedule": {"reduce_on_plateau": {"metric": "accuracy", "factor": 0.5, "patience": 2, "threshold": 0.01, "cooldown": 2, "min_rate": 0.001}},
        "losses": rising,
        "rates": rates(
            lambda o: scheduler.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=2, threshold=0.01, cooldown=2, min_lr=0.001), rising
        ),
    },
    # What can be negative: the share of a negative best lies below it.
    {
        "schedule": {"reduce_on_plateau": {"metric": "r2", "factor": 0.8, "patience": 1, "threshold": 0.05}},
        "losses": crossing,
        "rates": rates(lambda o: scheduler.ReduceLROnPlateau(o, mode="max", factor=0.8, patience=1, threshold=0.05), crossing),
    },
    case({"constant": {}}, constant, warmup=(5, 1 / 3)),
    case({"exponential": {"gamma": 0.97}}, lambda o: scheduler.ExponentialLR(o, 0.97), warmup=(20, 0.1)),
    case({"polynomial": {"total_iters": 60, "power": 2.3}}, lambda o: scheduler.PolynomialLR(o, 60, 2.3), warmup=(12, 0.25)),
    case({"step": {"step_size": 7, "gamma": 0.6}}, lambda o: scheduler.StepLR(o, 7, 0.6), warmup=(10, 0.01)),
    case({"cosine": {"t_max": UPDATES, "eta_min": 0.01}}, cosine, warmup=(30, 0.05)),
]
print(json.dumps({"torch": torch.__version__, "base": BASE, "schedules": cases}, separators=(",", ":")).replace('{"schedule"', '\n{"schedule"'))
