"""Intervals agree with a published example, and the figures of chapter 6 claim no interval without counts."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody import figures
from mindbody.figures.evidence import estimate_of
from mindbody.figures.intervals import difference, wilson
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_difference_has_the_interval_of_newcombes_first_example() -> None:
    """56 of 70 against 48 of 80: 0.2000, from 0.0524 to 0.3339 by his method 10."""
    found = difference(56, 70, 48, 80)
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


@given(total=st.integers(1, 500), share=st.floats(0, 1))
def test_a_proportion_lies_in_its_interval_and_both_in_zero_to_one(total: int, share: float) -> None:
    found = wilson(round(share * total), total)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(one=st.integers(1, 200), other=st.integers(1, 200), share=st.floats(0, 1), rest=st.floats(0, 1))
def test_turning_a_comparison_round_turns_its_difference_round(one: int, other: int, share: float, rest: float) -> None:
    events, without = round(share * one), round(rest * other)
    there, back = difference(events, one, without, other), difference(without, other, events, one)
    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-back.high)


@pytest.mark.parametrize(("events", "total"), [(-1, 10), (11, 10), (0, 0)])
def test_what_is_no_count_is_refused(events: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no count"):
        wilson(events, total)


def test_a_comparison_without_counts_has_no_interval_and_a_hollow_mark() -> None:
    data = rows("trial_differences.csv")
    hollow = [line for line in figures.trial_differences().axes[0].lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == len([row for row in data if estimate_of(row) is None])


def test_percentages_beside_counts_are_the_percentages_of_the_counts() -> None:
    for row in rows("trial_differences.csv"):
        if row["treated_total"]:
            assert round(100 * int(row["treated"]) / int(row["treated_total"])) == int(row["treated_percent"])
            assert round(100 * int(row["compared"]) / int(row["compared_total"])) == int(row["compared_percent"])


def test_a_change_without_a_comparison_is_not_divided() -> None:
    data = rows("within_between.csv")
    bars = figures.within_between().axes[0].patches
    assert len(bars) == sum(2 if row["without"] else 1 for row in data)


def test_every_arm_is_labelled_at_its_end() -> None:
    words = " ".join(text.get_text() for text in figures.prt_over_time().axes[0].texts)
    assert all(row["arm"] in words and row["five_years"] in words for row in rows("prt_over_time.csv"))
