"""Agreement of markers: textbook values, and words in place of what cannot be computed."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindbody.statistics.agreement import Pair, band, icc, ordinal_alpha, tables, weighted_kappa

# Shrout and Fleiss, Psychological Bulletin 1979, 86, 420-428, table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units, gaps.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def a_pair(script: str, first: float, second: float, criterion: str = "A1", **options: Any) -> Pair:
    """Make a pair of marks on a criterion of three points."""
    return Pair(script, "w-text", criterion, 3, first, second, **options)


def a_class(differences: list[float], criteria: tuple[str, ...] = ("A1", "A2"), **options: Any) -> list[Pair]:
    """Make texts of varied quality whose second marker differs by so much in the first criterion."""
    rng = random.Random(7)
    pairs = []
    for number, difference in enumerate(differences):
        level = rng.randint(1, 2)
        for criterion in criteria:
            second = level + (difference if criterion == criteria[0] else 0)
            pairs.append(a_pair(f"t{number}", level, second, criterion, **options))
    return pairs


@pytest.mark.parametrize(("average", "value"), [(False, 0.29), (True, 0.62)], ids=["single", "average"])
def test_the_icc_is_that_of_shrout_and_fleiss(average: bool, value: float):
    """Their table 4 prints ICC(2,1) = .29 and ICC(2,4) = .62 for these ratings."""
    assert round(icc(SHROUT_FLEISS, average=average).value, 2) == value


def test_the_interval_of_the_icc_holds_the_point_and_is_said_in_koo_and_lis_words():
    found = icc(SHROUT_FLEISS)
    assert found.low < found.value < found.high
    assert found.words == "Poor to good (0.29, 95 % interval 0.02 to 0.76)."


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ([9, 7, 8, 7, 6, 8, 3, 5, 10], [8, 8, 6, 6, 7, 6, 1, 4, 8], 0.758620689655172),
        ([9, 7, 8, 7, 6, 8, 3, 5, 10], [3, 5, 6, 6, 7, 6, 1, 4, 8], 0.438095238095238),
    ],
    ids=["near", "far"],
)
def test_the_weighted_kappa_is_that_of_a_published_example(first: list[int], second: list[int], value: float):
    """The two examples of QuadraticWeightedKappa in the manual of Maple's package EssayTools."""
    assert weighted_kappa(list(zip(first, second, strict=True))).value == pytest.approx(value, abs=1e-12)


def test_the_ordinal_alpha_is_that_of_krippendorffs_example_with_gaps():
    """He prints .815 for ordinal data."""
    assert round(ordinal_alpha(KRIPPENDORFF).value, 3) == 0.815


def test_kappa_takes_the_distance_between_half_points():
    whole = weighted_kappa([(0, 0), (1, 2), (2, 2), (3, 2), (0, 1)])
    half = weighted_kappa([(0, 0), (0.5, 1), (1, 1), (1.5, 1), (0, 0.5)])
    assert half.value == pytest.approx(whole.value)


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.49, "poor"), (0.5, "moderate"), (0.74, "moderate"), (0.75, "good"), (0.9, "good"), (0.91, "excellent")],
    ids=str,
)
def test_the_bands_are_those_of_koo_and_li(value: float, word: str):
    assert band(value) == word


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "No text has two marks yet"),
        ([(1,)], "Only one marker"),
        ([(1, 2)], "Too few texts"),
        ([(2, 2)] * 8, "All marks are 2"),
        ([(1, 2), (1, 3), (1, 1)], "One of the markers gave every text 1"),
    ],
    ids=["none", "one marker", "one text", "no variance", "one mark for all"],
)
def test_what_cannot_be_computed_is_said_in_words(pairs: list[tuple[float, ...]], said: str):
    for compute in (icc, weighted_kappa):
        found = compute(pairs)
        assert (found.value, found.low, found.high) == (None, None, None)
        assert said in found.words


def test_complete_agreement_is_one_without_an_interval():
    assert icc([(0, 0), (1, 1), (3, 3)]).value == 1
    assert weighted_kappa([(0, 0), (1, 1), (3, 3)]).value == 1
    assert ordinal_alpha([[0, 1, 3], [0, 1, 3]]).value == 1


def test_a_criterion_says_how_often_marks_are_equal_and_how_often_far_apart():
    found = tables("07", a_class([0, 0, 1, -1, 2 - 0])).criteria[0]
    assert (found.n, found.exact, found.adjacent, found.far) == (5, 2 / 5, 4 / 5, 1)
    assert found.severity == pytest.approx(2 / 5)
    assert "The same points in 40% of 5 texts; far apart in 1" in found.words
    assert "Read the levels" in found.words


def test_the_two_ends_of_a_checklist_are_far_apart():
    assert Pair("t", "w-letter", "letter-flags", 1, 0, 1).far
    assert not Pair("t", "w-text", "A1", 3, 0, 1).far


def test_totals_leave_out_a_text_that_is_not_wholly_marked_twice():
    pairs = [*a_class([0, 1, -1, 1]), a_pair("half", 3, 0)]
    found = tables("07", pairs)
    assert found.totals[0].n == 4
    assert found.totals[0].max == 6
    assert found.criteria[0].n == 5
    assert found.scripts == 5


def test_a_month_in_which_the_second_marker_drifts_is_flagged():
    calm = a_class([0, 1, -1], at="2026-10-05T09:00:00+00:00")
    drifted = [
        Pair(f"n{number}", "w-text", name, 3, 3, 2, at="2026-11-05T09:00:00+00:00")
        for number in range(3)
        for name in ("A1", "A2")
    ]
    october, november = tables("07", [*calm, *drifted]).months
    assert (october.month, october.severity, october.flagged) == ("2026-10", 0, False)
    assert (november.month, november.severity, november.flagged) == ("2026-11", -2, True)
    assert "gave 2.0 points less than the first marker" in november.words


def test_two_texts_are_too_few_to_call_a_drift():
    pairs = [a_pair(f"t{number}", 3, 0, at="2026-11-05") for number in range(2)]
    (month,) = tables("07", pairs).months
    assert not month.flagged
    assert "Too few" in month.words


@pytest.mark.parametrize(("count", "warned"), [(29, True), (30, False)], ids=["29", "30"])
def test_fewer_than_thirty_texts_are_warned_of(count: int, warned: bool):
    found = tables("07", a_class([0] * count))
    assert any("Below 30" in warning for warning in found.warnings) == warned


def test_markers_who_did_different_texts_keep_their_own_rows_in_alpha():
    pairs = [a_pair(f"t{n}", n % 3, n % 3, second_marker="bo" if n % 2 else "cy") for n in range(8)]
    found = tables("07", pairs)
    assert found.second_markers == ("bo", "cy")
    assert found.criteria[0].alpha.value == 1
    assert any("several second markers" in warning for warning in found.warnings)


def test_nothing_marked_twice_is_a_sentence_and_no_table():
    found = tables("07", [])
    assert (found.criteria, found.totals, found.months) == ((), (), ())
    assert "nothing to compare" in found.warnings[0]


def numbers(value: Any) -> list[float]:
    """Return every number in a dataclass, to any depth."""
    if is_dataclass(value):
        return [number for field in fields(value) for number in numbers(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [number for part in value for number in numbers(part)]
    return [float(value)] if isinstance(value, int | float) else []


levels = st.integers(0, 3)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(levels, levels), max_size=12))
def test_no_marks_whatever_give_a_number_that_is_none(marks: list[tuple[int, int]]):
    found = tables("07", [a_pair(f"t{n}", first, second) for n, (first, second) in enumerate(marks)])
    assert all(isfinite(number) for number in numbers(found))
    assert "nan" not in repr(found)
    for criterion in found.criteria:
        for estimate in (criterion.icc, criterion.kappa, criterion.alpha):
            assert estimate.words
            ends = [end for end in (estimate.low, estimate.value, estimate.high) if end is not None]
            assert all(low <= high + 0.01 for low, high in pairwise(ends))
