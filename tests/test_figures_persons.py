"""The figures of chapter 8 say what their data say, and their data are in the case and in the sources."""

import csv

import pytest
from matplotlib.figure import Figure

from mindbody import figures
from mindbody.curriculum import Curriculum
from mindbody.figures.style import ASSETS
from mindbody.items.placement import PlacementKey


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(figure: Figure) -> str:
    return " ".join(text.get_text() for axes in figure.axes for text in axes.texts)


def test_the_three_poles_of_marcus_are_references_of_the_practice_key(curriculum: Curriculum) -> None:
    item = next(item for item in curriculum.assignments["08-persons"].items if item.id == "c1-persons")
    assert isinstance(item.key, PlacementKey)
    slots = item.key.slots
    assert all(slots[row["pole"]][row["excerpt"]] == 1 for row in rows("triangle_of_person.csv"))


def test_every_link_between_persons_is_drawn_as_a_question() -> None:
    figure = figures.triangle_of_person()
    assert [line.get_linestyle() for line in figure.axes[0].lines] == ["--"] * 3
    assert words_of(figure).split().count("?") == 3


def test_what_was_not_measured_is_drawn_as_not_measured() -> None:
    figure = figures.pattern_agreement()
    dotted = [line for line in figure.axes[0].lines if line.get_linestyle() == ":"]
    assert len(dotted) == len([row for row in rows("pattern_agreement.csv") if row["shown"] == "none"])
    assert words_of(figure).count("no published figure found") == len(dotted)


@pytest.mark.parametrize("row", rows("pattern_agreement.csv"), ids=lambda row: row["order"])
def test_printed_agreement_is_the_agreement_drawn(row: dict[str, str]) -> None:
    """It cannot tell whether the figure stands in the paper; assets/evidence.md says where it was seen."""
    for name in ("low", "point", "high"):
        assert not row[name] or row[name] in row["printed"]
