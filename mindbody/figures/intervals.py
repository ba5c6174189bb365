"""Intervals for proportions: Wilson's for one, and from two of them Newcombe's for a difference.

Newcombe compared eleven methods for a difference (newcombe1998difference in the references); this is his method 10,
built from the two Wilson intervals. It needs no package beyond the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Estimate:
    """A value with the limits of its interval."""

    value: float
    low: float
    high: float


def wilson(events: int, total: int, level: float = 0.95) -> Estimate:
    """Estimate a proportion with Wilson's score interval.

    Parameters
    ----------
    events, total
        How many of how many; ``0 <= events <= total`` and ``total > 0``.
    level
        Of confidence.

    Returns
    -------
    Estimate
        In [0, 1].

    Raises
    ------
    ValueError
        If the counts cannot be counts.
    """
    if total <= 0 or not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is no count: events run from 0 to the total, which is above 0")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = events / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    shrink = 1 + z * z / total
    # For none and for all of them one limit is the share itself; rounding may put it a hair to either side.
    low = 0.0 if events == 0 else (middle - spread) / shrink
    high = 1.0 if events == total else (middle + spread) / shrink
    return Estimate(share, low, high)


def difference(events: int, total: int, events_without: int, total_without: int, level: float = 0.95) -> Estimate:
    """Estimate how much larger the first proportion is than the second, with Newcombe's interval (his method 10).

    Parameters
    ----------
    events, total
        In the treated group.
    events_without, total_without
        In the comparison group.
    level
        Of confidence.

    Returns
    -------
    Estimate
        In [-1, 1].
    """
    first, second = wilson(events, total, level), wilson(events_without, total_without, level)
    value = first.value - second.value
    down = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    up = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return Estimate(value, value - down, value + up)
