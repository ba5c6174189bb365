"""The figures of chapter 14 count what the page prints, and what the survey reported."""

import csv
from pathlib import Path

from mindbody import figures
from mindbody.figures.style import ASSETS

PAGE = Path(__file__).parents[1] / "chapters" / "part4-clinical-work" / "14-first-conversations.md"


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_words_counted_are_the_words_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert all(row["text"] in page for row in rows("two_minutes.csv"))


def test_less_than_half_of_the_words_explain() -> None:
    words = {row["part"]: len(row["text"].split()) for row in rows("two_minutes.csv")}
    assert 2 * words["Explanation"] < sum(words.values())
    bars = [round(bar.get_width(), 3) for bar in figures.two_minutes().axes[0].patches]
    assert bars == [round(100 * count / sum(words.values()), 3) for count in words.values()]


def test_dark_squares_are_the_share_that_the_survey_prints() -> None:
    row = rows("lasting_bad_effects.csv")[0]
    assert round(100 * int(row["reported"]) / int(row["asked"]), 1) == float(row["printed"])
    pale, dark = figures.one_in_twenty().axes[0].collections
    assert len(dark.get_offsets()) == round(10 * float(row["printed"]))
    assert len(pale.get_offsets()) + len(dark.get_offsets()) == 1000
