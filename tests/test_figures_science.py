"""The figures of chapters 4 and 5 say what their data say, and their data name works of the bibliography."""

import csv
import re

import pytest
from matplotlib.figure import Figure

from mindbody import figures
from mindbody.curriculum import Curriculum
from mindbody.figures.loops import SHORT_REFERENCE
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(figure: Figure) -> str:
    written = [text.get_text() for axes in figure.axes for text in axes.texts]
    written += [axes.get_title(loc="left") for axes in figure.axes]
    return " ".join(" ".join(written).split())


def test_every_arrow_of_the_evidence_names_a_work_of_the_bibliography(curriculum: Curriculum) -> None:
    keys = {row["key"] for row in rows("loop_arrows.csv")}
    assert keys <= set(curriculum.context.render.references)
    assert keys == set(SHORT_REFERENCE)


@pytest.mark.parametrize("row", rows("loop_arrows.csv"), ids=lambda row: row["order"])
def test_the_evidence_prints_the_figure_of_each_arrow(row: dict[str, str]) -> None:
    """It cannot tell whether the figure stands in the paper; assets/evidence.md says where it was seen."""
    assert row["printed"] in words_of(figures.arrow_evidence())


def test_both_loops_of_marcus_feed_themselves() -> None:
    arrows = {(row["from"], row["to"]): row["effect"] for row in rows("loop_marcus_arrows.csv")}
    for circle in (("belief", "avoids", "chances"), ("belief", "tests", "notices")):
        ways = zip(circle, (*circle[1:], circle[0]), strict=True)
        assert [arrows[way] for way in ways].count("lowers") % 2 == 0


def test_every_node_of_marcus_is_drawn_with_its_words() -> None:
    words = words_of(figures.marcus_loop())
    assert all(row["label"] in words for row in rows("loop_marcus_nodes.csv"))


def test_the_title_of_the_route_counts_its_arrows() -> None:
    lines = [row["line"] for row in rows("emotion_route.csv")][1:]
    numbers = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
    title = re.search(r"Of (\w+) arrows on this road, (\w+) has", words_of(figures.emotion_route()))
    assert title is not None
    assert [numbers[title[1]], numbers[title[2]]] == [len(lines), lines.count("shown")]
