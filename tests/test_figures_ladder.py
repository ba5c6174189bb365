"""The figures of chapter 10 draw what was heard and what was found, and mark the rest as open."""

import csv

import numpy as np

from mindbody import figures
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_rungs_that_were_heard_are_drawn_solid_and_cited() -> None:
    axes = figures.rungs().axes[0]
    unheard = [row for row in rows("rungs.csv") if row["heard"] == "no"]
    assert len([line for line in axes.lines if line.get_linestyle() == ":"]) == len(unheard) == 3
    assert not any(row["excerpt"] for row in unheard)


def test_links_that_do_not_survive_control_for_mood_are_hollow() -> None:
    axes = figures.alexithymia().axes[0]
    hollow = [line for line in axes.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "white"]
    drawn = [np.asarray(line.get_xdata(), dtype=float)[0] for line in hollow]
    lost = [row for row in rows("alexithymia.csv") if row["survives"] == "no"]
    assert drawn == [float(row["d"]) for row in lost] == [0.20, 0.17]
