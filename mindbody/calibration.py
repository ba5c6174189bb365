"""How well confidence goes with being right: Brier score, reliability curve, over- and under-confidence.

For the learner and for reports only; it changes no mark. The same rules stand in JavaScript in
``frontend/src/calibration.js``; the fixtures in ``tests/fixtures/calibration`` are run by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mindbody.marking import Answer, parse_number

BANDS = 5
FEWEST = 10
"""Judgements below which nothing is said of over- or under-confidence: a choice of ours, not a measured bound."""

WIDE = 15
"""Percentage points between mean confidence and accuracy above which they do not agree (objective ori-4)."""

SURE = 80
"""Per cent from which a wrong answer on a safety item asks for a re-take."""

CARD_FIELD = "-sure"
"""Ends the name of the field that holds the confidence in what was chosen in another."""


@dataclass(frozen=True)
class Judgement:
    """One confidence in [0, 100] per cent, and whether the answer it spoke of earned full credit."""

    confidence: int
    right: bool


@dataclass(frozen=True)
class Band:
    """The judgements with a confidence in [``start``, ``end``) per cent, the last band with its end."""

    start: int
    end: int
    n: int
    confidence: int
    right: int


@dataclass(frozen=True)
class Calibration:
    """Agreement of confidence and accuracy.

    Attributes
    ----------
    n
        Judgements.
    confidence, right
        Mean confidence, and share of right answers, in whole per cent; 0 when there is none.
    gap
        Their difference before rounding, in whole percentage points; positive when confidence is the greater.
    brier
        Mean of (confidence - outcome)^2 with both in [0, 1] (Brier 1950), in thousandths; 0 is perfect, 250 is what
        saying 50 % each time earns.
    verdict
        ``few``, ``over``, ``under`` or ``close``.
    bands
        The reliability curve: those of the five bands that hold a judgement.
    """

    n: int
    confidence: int
    right: int
    gap: int
    brier: int
    verdict: str
    bands: tuple[Band, ...]


def judgements(
    answer: Answer, confidence: int | None, mark: Mapping[str, Any], shape: Mapping[str, Any]
) -> list[Judgement]:
    """Return what a checked answer says of its own certainty.

    Parameters
    ----------
    answer
        The answer.
    confidence
        Of the item as a whole, per cent; None when it was not asked.
    mark
        As ``Mark.to_json`` gives it.
    shape
        The item's shape: a number field ``c1-sure`` holds the confidence in what was chosen in field ``c1``.

    Returns
    -------
    list of Judgement
        The item's, then one for each card with a confidence and a choice, in the order of the shape.
    """
    found = [] if confidence is None else [Judgement(confidence, mark["points"] == mark["max"] > 0)]
    right = {note["atom"] for note in mark["notes"] if note["verdict"] == "right"}
    for name, field in shape["fields"].items():
        sure = parse_number(answer.numbers.get(name + CARD_FIELD, ""))
        chosen = answer.atoms.intersection(field.get("atoms", ()))
        if sure is not None and sure.denominator == 1 and 0 <= sure <= 100 and chosen:
            found.append(Judgement(int(sure), bool(chosen & right)))
    return found


def calibrate(found: Iterable[Judgement]) -> Calibration:
    """Compare confidence with outcomes."""
    found = list(found)
    if not found:
        return Calibration(0, 0, 0, 0, 0, "few", ())
    gap = _rounded(_mean(found) - _accuracy(found))
    brier = Fraction(sum((one.confidence - 100 * one.right) ** 2 for one in found), 10 * len(found))
    verdict = "few" if len(found) < FEWEST else "over" if gap > WIDE else "under" if gap < -WIDE else "close"
    width = 100 // BANDS
    bands = []
    for index in range(BANDS):
        inside = [one for one in found if min(BANDS - 1, one.confidence // width) == index]
        if inside:
            bands.append(
                Band(
                    index * width,
                    (index + 1) * width,
                    len(inside),
                    _rounded(_mean(inside)),
                    _rounded(_accuracy(inside)),
                )
            )
    return Calibration(
        len(found),
        _rounded(_mean(found)),
        _rounded(_accuracy(found)),
        gap,
        _rounded(brier),
        verdict,
        tuple(bands),
    )


def _mean(found: Sequence[Judgement]) -> Fraction:
    return Fraction(sum(one.confidence for one in found), len(found))


def _accuracy(found: Sequence[Judgement]) -> Fraction:
    return Fraction(100 * sum(one.right for one in found), len(found))


def _rounded(value: Fraction) -> int:
    """Round half away from nought, as JavaScript's twin does with integers."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole
