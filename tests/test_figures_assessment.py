"""The figures of chapter 12 show what their data say."""

import csv

from hypothesis import given
from hypothesis import strategies as st

from mindbody import figures
from mindbody.figures.assessment import LETTERS, after
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@given(prior=st.integers(1, 99), share=st.integers(1, 100))
def test_a_sign_that_is_as_frequent_without_the_condition_moves_nothing(prior: int, share: int) -> None:
    assert abs(after(prior, share, share) - prior) < 1e-9


def test_the_worked_examples_of_the_chapter() -> None:
    assert (after(40, 60, 40), after(50, 60, 20), after(10, 60, 20)) == (50, 75, 25)


def test_every_sign_is_drawn_with_its_percentages() -> None:
    words = " ".join(text.get_text() for text in figures.what_a_sign_does().axes[0].texts)
    for row in rows("sign_clinics.csv"):
        then = after(float(row["prior"]), float(row["with_condition"]), float(row["without_condition"]))
        assert f"{row['prior']}% to {then:.0f}%" in words


def test_every_finding_is_drawn_beside_its_diagnosis() -> None:
    words = " ".join(text.get_text() for text in figures.ordinary_findings().axes[0].texts).replace("\n", " ")
    for row in rows("ordinary_findings.csv"):
        assert row["finding"] in words
        assert row["diagnosis"] in words
        assert row["letter"] in LETTERS
