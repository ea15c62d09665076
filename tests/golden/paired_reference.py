"""Sign test, signed-rank test and quartiles of paired updates: what SciPy and NumPy say. Writes paired.json.

Runs that never arrived (null) are larger than all that did, and even among themselves.
"""
import json
import numpy as np
from scipy import stats

rng = np.random.default_rng(6)
LATE = 1e12


def case(a, b):
    x = np.array([LATE if v is None else v for v in a], float)
    y = np.array([LATE if v is None else v for v in b], float)
    d = x - y
    wins, losses = int((d > 0).sum()), int((d < 0).sum())
    out = {"a": a, "b": b, "sign_p": stats.binomtest(wins, wins + losses, 0.5).pvalue if wins + losses else 1.0}
    # Differences to a run that never arrived are all equally large.
    d = np.where(np.abs(d) > LATE / 2, np.sign(d) * LATE, d)
    d = d[d != 0]
    if len(d):
        tied = len(set(np.abs(d))) < len(d)
        method = stats.PermutationMethod(n_resamples=np.inf) if tied else "exact"
        found = stats.wilcoxon(d, zero_method="wilcox", method=method)
        out |= {"rank_sum": float(found.statistic), "rank_p": float(found.pvalue)}
    else:
        out |= {"rank_sum": 0.0, "rank_p": 1.0}
    if None not in a and None not in b:
        out["saved"] = np.quantile(100 * (1 - y / x), [0.25, 0.5, 0.75]).tolist()
    return out


cases = []
for n in [1, 2, 3, 5, 6, 8, 10, 12, 20, 30]:
    a = rng.permutation(np.arange(1, 3000))[:n]
    b = np.maximum(1, a * rng.uniform(0.3, 1.3, n)).round(3)
    cases.append(case(a.tolist(), b.tolist()))
for n in [3, 5, 8, 10, 12]:  # ties among the differences, and pairs that are even
    a = rng.integers(4, 12, n) * 30
    b = rng.integers(3, 10, n) * 30
    cases.append(case(a.tolist(), b.tolist()))
for n in [4, 7, 10, 12]:  # runs that never arrive, on either side and on both
    a = [None if rng.random() < 0.3 else int(v) for v in rng.integers(50, 400, n)]
    b = [None if rng.random() < 0.3 else int(v) for v in rng.integers(30, 300, n)]
    cases.append(case(a, b))
cases += [case([None] * 3, [None] * 3), case([10, 20], [10, 20]), case([100] * 6, [62] * 6)]

with open(__file__.replace("_reference.py", ".json"), "w") as file:
    json.dump(cases, file, indent=None)
