"""Statistics of items and of part scores: difficulty, discrimination, reliability, differences between groups.

Classical test theory on plain arrays, one row a trainee. Libraries compute what they have (statsmodels, scipy,
pingouin, scikit-learn). What cannot be said is said in words (``Estimate.said``), never as ``nan``.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

FEWEST = 20
"""Answers below which no statistic of an item is shown."""

ROUGH = 50
"""Answers below which a figure is called rough: a choice of ours; its interval says how rough."""

TAILS = 0.27
"""Share of the class at either end that is compared (Kelley's 27 %)."""

BANDS = 5
"""Bands of equal total score within which groups are compared."""

RESAMPLES = 100
"""Bootstrap samples for the interval of omega: enough for two places of its ends."""

SAME = "everybody earned the same, so nothing can be said of differences"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A statistic with its 95 % confidence interval, or the reason why there is none.

    Attributes
    ----------
    n
        Trainees it rests on.
    value, low, high
        None where there is nothing to say; ``low`` and ``high`` also where no interval is known.
    said
        Why there is no value, a clause to follow a colon.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""

    @property
    def rough(self) -> bool:
        """Whether there is a value that rests on few answers."""
        return self.value is not None and self.n < ROUGH


@dataclass(frozen=True)
class Reliability:
    """Reliability of a part score.

    Attributes
    ----------
    n, items
        Trainees, and items that tell them apart.
    alpha
        Cronbach's alpha, with Feldt's interval.
    omega
        McDonald's omega of a one-factor model, with a bootstrap interval (percentiles).
    deviation, error
        Standard deviation of the total, and its standard error of measurement, both in points.
    """

    n: int
    items: int
    alpha: Estimate
    omega: Estimate
    deviation: float | None = None
    error: float | None = None


def few(n: int) -> str:
    """Say that there are too few answers."""
    if not n:
        return "nobody has answered"
    return f"only {n} {'has' if n == 1 else 'have'} answered; shown from {FEWEST}"


def difficulty(shares: npt.ArrayLike) -> Estimate:
    """Return how much of an item's points the class earned.

    Parameters
    ----------
    shares
        Points ÷ maximum of each trainee, in [0, 1]; ``nan`` where there is no answer.

    Returns
    -------
    Estimate
        The mean; the higher, the easier. The interval is Wilson's (1927) where answers are right or wrong, else
        Student's. Where all earned the same it is Wilson's too: on the wide side, since a mark in [0, 1] varies at
        most as much as right-or-wrong with the same mean.
    """
    from statsmodels.stats.proportion import proportion_confint

    known = _known(shares)
    n = len(known)
    if n < FEWEST:
        return Estimate(n, said=few(n))
    mean = float(known.mean())
    if _flat(known) or np.isin(known, (0.0, 1.0)).all():
        low, high = proportion_confint(float(known.sum()), n, method="wilson")
    else:
        low, high = stats.t.interval(0.95, n - 1, mean, stats.sem(known))
    return Estimate(n, mean, max(0.0, float(low)), min(1.0, float(high)))


def item_rest(shares: npt.ArrayLike, rest: npt.ArrayLike) -> Estimate:
    """Correlate an item with the score on all the others (corrected item-total correlation).

    Parameters
    ----------
    shares
        Points ÷ maximum of each trainee; ``nan`` where there is no answer.
    rest
        Her points on the other items.

    Returns
    -------
    Estimate
        Pearson's r with Fisher's interval.
    """
    item, score = _pairs(shares, rest)
    n = len(item)
    if n < FEWEST:
        return Estimate(n, said=few(n))
    if _flat(item) or _flat(score):
        return Estimate(n, said=SAME)
    found = stats.pearsonr(item, score)
    interval = found.confidence_interval(0.95)
    return Estimate(n, float(found.statistic), float(interval.low), float(interval.high))


def upper_lower(shares: npt.ArrayLike, rest: npt.ArrayLike) -> Estimate:
    """Return the difference in difficulty between the best and the weakest 27 % by the other items (Kelley 1939).

    Trainees with the same score as the last of a tail belong to it.
    """
    item, score = _pairs(shares, rest)
    n = len(item)
    if n < FEWEST:
        return Estimate(n, said=few(n))
    low, high = np.quantile(score, [TAILS, 1 - TAILS])
    if low >= high:
        return Estimate(n, said="the total scores are too much alike to tell strong from weak")
    return Estimate(n, float(item[score >= high].mean() - item[score <= low].mean()))


def thirds(scores: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return for each trainee the third of the class by score: 0 weakest, 1, 2 strongest; equals stand together."""
    ranks = stats.rankdata(np.asarray(scores, dtype=float), method="average")
    found: npt.NDArray[np.int64] = np.clip(np.ceil(3 * ranks / max(1, len(ranks))) - 1, 0, 2).astype(np.int64)
    return found


def reliability(points: npt.ArrayLike, seed: int = 0) -> Reliability:
    """Estimate how reliable the sum of some items is.

    Parameters
    ----------
    points
        Trainees × items, in points, without gaps.
    seed
        Of the bootstrap.

    Returns
    -------
    Reliability
        Items on which everybody earned the same are left out. The standard error of measurement is the total's
        standard deviation × √(1 - alpha).
    """
    matrix = np.asarray(points, dtype=float)
    n = len(matrix)
    matrix = matrix[:, np.ptp(matrix, axis=0) > 0] if matrix.size else np.zeros((n, 0))
    items = matrix.shape[1]
    if n < FEWEST:
        return _unknown(n, items, few(n))
    if items < 3:
        return _unknown(n, items, f"{items} items tell the trainees apart; it takes three")
    total = matrix.sum(axis=1)
    deviation = float(total.std(ddof=1))
    if _flat(total):
        return _unknown(n, items, SAME)
    found = alpha(matrix)
    error = deviation * math.sqrt(1 - max(0.0, min(1.0, found.value or 0.0)))
    return Reliability(n, items, found, _omega_with_interval(matrix, seed), deviation, error)


def standardised_difference(shares: npt.ArrayLike, scores: npt.ArrayLike, focal: npt.ArrayLike) -> Estimate:
    """Compare a group with the others on an item at equal total score.

    The standardised difference of Dorans and Kulick (1986): within bands of total score, the group's mean minus the
    others', averaged with the group's numbers as weights.

    Parameters
    ----------
    shares
        Points ÷ maximum of each trainee; ``nan`` where there is no answer.
    scores
        Her total.
    focal
        Whether she is of the group.

    Returns
    -------
    Estimate
        ``n`` is the group's; negative where the item is harder for it. Nothing is said where the group or the others
        are fewer than 20, or share no band of scores.
    """
    all_shares, all_scores, belongs = np.asarray(shares, float), np.asarray(scores, float), np.asarray(focal, bool)
    known = ~np.isnan(all_shares)
    item, score, belongs = all_shares[known], all_scores[known], belongs[known]
    n, others = int(belongs.sum()), int((~belongs).sum())
    if min(n, others) < FEWEST:
        return Estimate(n, said=few(min(n, others)))
    band = np.clip(np.ceil(BANDS * stats.rankdata(score) / len(score)) - 1, 0, BANDS - 1)
    total, weights = 0.0, 0
    for one in range(BANDS):
        mine, theirs = item[(band == one) & belongs], item[(band == one) & ~belongs]
        if len(mine) and len(theirs):
            total += len(mine) * float(mine.mean() - theirs.mean())
            weights += len(mine)
    if not weights:
        return Estimate(n, said="the groups have no total scores in common")
    return Estimate(n, total / weights)


def _known(values: npt.ArrayLike) -> Floats:
    given: Floats = np.asarray(values, dtype=float)
    known: Floats = given[~np.isnan(given)]
    return known


def _pairs(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[Floats, Floats]:
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    known = ~(np.isnan(one) | np.isnan(other))
    return one[known], other[known]


def _flat(values: Floats) -> bool:
    # Sums of hundredths differ by rounding where they are the same.
    return bool(np.ptp(values) < 1e-9)


def _unknown(n: int, items: int, said: str) -> Reliability:
    return Reliability(n, items, Estimate(n, said=said), Estimate(n, said=said))


def alpha(matrix: npt.ArrayLike) -> Estimate:
    """Return Cronbach's alpha (1951) with Feldt's interval.

    Parameters
    ----------
    matrix
        Trainees × items, without gaps, and at least two items of which vary.
    """
    import pandas as pd
    import pingouin

    rows = np.asarray(matrix, dtype=float)
    value, (low, high) = pingouin.cronbach_alpha(pd.DataFrame(rows))
    return Estimate(len(rows), float(value), float(low), float(high))


def omega(matrix: npt.ArrayLike) -> float | None:
    """Return McDonald's omega (1999) of the sum of some items: (Σλ)² ÷ ((Σλ)² + Σψ) of a one-factor model.

    Parameters
    ----------
    matrix
        Trainees × items, without gaps. The model is fitted by maximum likelihood.

    Returns
    -------
    float or None
        None where nothing varies.
    """
    from sklearn.decomposition import FactorAnalysis

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that stops at the limit of steps is near enough for two decimals
        fitted: Any = FactorAnalysis(1, tol=1e-4, max_iter=200, svd_method="lapack").fit(np.asarray(matrix, float))
    shared = float(fitted.components_[0].sum()) ** 2
    whole = shared + float(fitted.noise_variance_.sum())
    return shared / whole if whole > 0 else None


def _omega_with_interval(matrix: Floats, seed: int) -> Estimate:
    from threadpoolctl import threadpool_limits

    value = omega(matrix)
    if value is None:
        return Estimate(len(matrix), said=SAME)
    rng = np.random.default_rng(seed)
    found = []
    # These matrices are small: threads would only wait for each other.
    with threadpool_limits(1):
        for _ in range(RESAMPLES):
            sample = matrix[rng.integers(len(matrix), size=len(matrix))]
            again = omega(sample) if np.all(np.ptp(sample, axis=0) > 0) else None
            if again is not None:
                found.append(again)
    if len(found) < RESAMPLES / 2:
        return Estimate(len(matrix), value)
    low, high = np.quantile(found, [0.025, 0.975])
    return Estimate(len(matrix), value, float(low), float(high))
