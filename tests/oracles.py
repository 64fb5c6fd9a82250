"""Slow, obvious twins of the trend statistics: document by document, no grid, no pooling."""

import numpy as np
import statsmodels.api as sm
from scipy import optimize, special


def mean_score(m, *, damped):
    if not damped:
        return 1 - np.exp(-m)
    k = np.arange(0, int(m + 12 * np.sqrt(m + 1) + 40))
    mass = np.exp(k * np.log(m) - m - special.gammaln(k + 1)) if m > 0 else (k == 0).astype(float)
    return float((mass * np.log2(1 + k)).sum())


def expected_by_document(scores, size, *, damped):
    """Expected score of each document if the item is flat."""
    total = scores.sum()

    def gap(log_rate):
        means = [mean_score(np.exp(log_rate) * s, damped=damped) for s in size]
        return sum(means) - total

    root = optimize.brentq(gap, -25, 12)
    return np.array([mean_score(np.exp(root) * s, damped=damped) for s in size])


def trend_z(scores, period, size, *, damped):
    """The trend statistic and the variance it is divided by."""
    e = expected_by_document(scores, size, damped=damped)
    total = scores.sum()
    v = ((scores - e) ** 2).sum() / total
    x = period / period.max()
    spread = (e * x**2).sum() - (e * x).sum() ** 2 / total
    return ((scores - e) * x).sum() / np.sqrt(v * spread), v


def pooled_evidence(scores, period, courses):
    """Log of the average likelihood ratio over courses, for documents of one size."""
    curves, weights = courses
    share = np.bincount(period, minlength=curves.shape[1]) / len(period)
    total = scores.sum()
    v = 1 - total / len(scores)
    average = 0.0
    for curve, weight in zip(curves, weights, strict=True):
        log_ratio = (scores * np.log(curve[period])).sum() - total * np.log((share * curve).sum())
        average += weight * np.exp(log_ratio / v)
    return np.log(average)


def permutation_p(scores, period, courses, *, n, rng):
    """The p-value of that evidence, by permuting the dates of one item's documents."""
    observed = pooled_evidence(scores, period, courses)
    drawn = [pooled_evidence(scores, rng.permutation(period), courses) for _ in range(n)]
    return (np.sum(np.array(drawn) >= observed - 1e-9) + 1) / (n + 1)


def presence_slope(scores, period, size):
    """Log fold change and standard error by a binomial model with a complementary log-log link."""
    x = period / period.max()
    link = sm.families.links.CLogLog()
    model = sm.GLM(
        scores,
        np.column_stack([np.ones(len(x)), x]),
        family=sm.families.Binomial(link),
        offset=np.log(size),
    )
    fit = model.fit(tol=1e-12, maxiter=200)
    return fit.params[1], fit.bse[1]


def length_exponent(totals, n_units):
    design = np.column_stack([np.ones(len(n_units)), np.log(n_units)])
    return sm.GLM(totals, design, family=sm.families.Poisson()).fit(tol=1e-14).params[1]
