"""The figures of chapter 16 draw the survey's ratios, and a rule that speaks where its caption says."""

import csv

import pytest

from mindbody import figures
from mindbody.figures.outcome import WEEKS, rule_speaks
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_ratios_are_those_of_the_evidence_file_and_are_drawn() -> None:
    block = (ASSETS / "evidence.md").read_text(encoding="utf-8").split("### crawford2016negative\n")[1]
    block = block.split("\n### ")[0]
    dots = [line for line in figures.knowing_what().axes[0].lines if line.get_marker() == "o"]
    for row, dot in zip(rows("lasting_bad_odds.csv"), dots, strict=True):
        assert row["ratio"] in block
        assert f"{row['low']}-{row['high']}" in block
        assert float(dot.get_xdata()[0]) == float(row["ratio"])


def test_one_of_two_people_gets_worse_and_the_rule_says_when() -> None:
    courses = {name: [float(row[name]) for row in rows("two_courses.csv")] for name in ("a", "b")}
    assert courses["a"][:1] == courses["b"][:1]
    assert courses["a"][3] == courses["b"][3]
    assert rule_speaks(courses["a"]) is None
    assert rule_speaks(courses["b"]) == 8
    _, second = figures.two_courses().axes
    assert [float(line.get_xdata()[0]) for line in second.lines][-1] == 8


@pytest.mark.parametrize(
    ("scores", "week"),
    [((5, 6, 6, 6), 4), ((5, 6, 6, 5, 6), None), ((5, 6), None), ((5, 5.9, 6, 7, 8), 5)],
)
def test_only_weeks_in_a_row_count(scores: tuple[float, ...], week: int | None) -> None:
    assert WEEKS == 3
    assert rule_speaks(scores) == week
