"""The figures of chapter 13 print what the study printed, and nothing about Marcus that his key does not hold."""

import csv

from mindbody import figures
from mindbody.curriculum import Curriculum
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_bars_are_the_percentages_of_the_study() -> None:
    bars = [bar.get_width() for bar in figures.notes_contain().axes[0].patches]
    assert bars == [95, 43, 37, 16, 2, 2] == [int(row["percent"]) for row in rows("notes_contain.csv")]


def test_what_is_supposed_is_dashed() -> None:
    drawn = [patch.get_linestyle() for patch in figures.one_page().axes[0].patches]
    expected = [
        "solid" if row["seen"] == "yes" else "dashed" for row in rows("one_page.csv") for _ in row["pieces"].split("; ")
    ]
    assert [{"-": "solid", "--": "dashed"}.get(line, line) for line in drawn] == expected


def test_every_number_on_the_page_is_an_excerpt_of_marcus(curriculum: Curriculum) -> None:
    excerpts = {str(number) for number in curriculum.cases["c1-marcus"].excerpts}
    assert {number for row in rows("one_page.csv") for number in row["excerpts"].split()} <= excerpts
