"""The figures of chapter 9 draw no size that was not seen, and no guess as a finding."""

import csv

from matplotlib.figure import Figure
from matplotlib.text import Annotation

from mindbody import figures
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_of(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_every_finding_of_both_surveys_is_drawn_with_its_direction() -> None:
    words = words_of(figures.perfectionism_found())
    found = rows("perfectionism_found.csv")
    assert len({(row["measure"], row["survey"]) for row in found}) == len(found) == 8
    assert words.count("▼") == len([row for row in found if row["direction"] == "lower"])
    assert words.count("▲") == len([row for row in found if row["direction"] == "higher"])
    assert words.count("▲?") == len([row for row in found if "not named" in row["printed"]])


def test_only_what_was_measured_is_drawn_solid() -> None:
    figure = figures.two_routes()
    guesses = [row for row in rows("two_routes.csv") if row["kind"] == "guess"]
    arrows = [text.arrow_patch for text in figure.axes[0].texts if isinstance(text, Annotation)]
    assert len(arrows) == len(guesses)
    assert {arrow.get_linestyle() for arrow in arrows if arrow} == {"--"}
    assert [line.get_linestyle() for line in figure.axes[0].lines] == ["-"]
