"""The figures of chapter 7: Marcus's triangle in time, and how far clinicians agree on formulations."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, CORNER_COLOURS, CORNER_MARKERS, INK, MUTED, RULE, figure_style, read_rows

ROW_HEIGHT = {"room": 1.0, "hypothesis": 0.0}
ROW_TITLE = {
    "room": "In the room, in the order it happened",
    "hypothesis": "In the hypothesis, in the order it may work",
}
# Trigger and symptom are no corners: ink, and a shape that no corner has.
PLAIN_MARKER = "D"

SHORT_REFERENCE = {
    "eells1998content": "Eells 1998",
    "sorbye2019formulations": "Sørbye 2019",
    "tallberg2020ccrt": "Tallberg 2020",
    "flinn2014reliability": "Flinn 2014",
}


def triangle_in_time() -> Figure:
    """Draw what happened with Marcus above the order that the triangle of conflict proposes.

    Returns
    -------
    Figure
        Two rows of marks; a thin line joins the places of one excerpt in both rows.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.9))
        steps = read_rows("triangle_in_time.csv")
        _join_excerpts(axes, steps)
        for row in ROW_HEIGHT:
            _draw_row(axes, row, [step for step in steps if step["row"] == row])
        axes.set_xlim(0.35, 5.65)
        axes.set_ylim(-0.8, 1.84)
        axes.set_axis_off()
        axes.set_title("We meet the cover first; the hypothesis puts the feeling first")
    plt.close(figure)
    return figure


def _draw_row(axes: Axes, row: str, steps: list[dict[str, str]]) -> None:
    height = ROW_HEIGHT[row]
    above = row == "room"
    axes.text(0.45, height + (0.7 if above else -0.72), ROW_TITLE[row], color=MUTED, style="italic")
    for step, following in pairwise(steps):
        axes.annotate(
            "",
            xy=(int(following["step"]) - 0.14, height),
            xytext=(int(step["step"]) + 0.14, height),
            # Dashed: proposed. The upper row was seen, the lower row was not.
            arrowprops={"arrowstyle": "->", "color": INK, "linestyle": "-" if above else "--"},
        )
        if following["corner"] == "symptom":
            weakest = "weakest\nstep"
            axes.text(int(step["step"]) + 0.5, height + 0.05, weakest, ha="center", fontsize=10)
    for step in steps:
        corner = step["corner"]
        colour = CORNER_COLOURS.get(corner, INK)
        marker = CORNER_MARKERS.get(corner, PLAIN_MARKER)
        size = 190 if corner in CORNER_MARKERS else 90
        place = int(step["step"])
        axes.scatter([place], [height], s=size, marker=marker, color=colour, zorder=3)
        numbers = " ".join(f"[{number}]" for number in step["excerpt"].split())
        what = fill(step["label"], 14, break_long_words=False)
        axes.text(
            place,
            height + (0.12 if above else -0.12),
            f"{corner}\n{numbers}\n{what}",
            ha="center",
            va="bottom" if above else "top",
            fontsize=10,
            color=colour,
        )


def _join_excerpts(axes: Axes, steps: list[dict[str, str]]) -> None:
    for seen in (step for step in steps if step["row"] == "room"):
        for meant in (step for step in steps if step["row"] == "hypothesis"):
            if seen["excerpt"] in meant["excerpt"].split():
                axes.plot(
                    [int(seen["step"]), int(meant["step"])],
                    [ROW_HEIGHT["room"], ROW_HEIGHT["hypothesis"]],
                    color=CORNER_COLOURS[seen["corner"]],
                    linewidth=1.0,
                    alpha=0.5,
                    zorder=1,
                )


def formulation_agreement() -> Figure:
    """Draw the agreement figures that were found for formulations, and the one that is missing.

    Returns
    -------
    Figure
        One line a judgement, from description to inference, on a scale from 0 to 1. The statistics
        differ from line to line and are named beside each.
    """
    rows = sorted(read_rows("formulation_agreement.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.6))
        for row in rows:
            _draw_agreement(axes, -int(row["order"]), row)
        axes.set_xlim(0, 1.0)
        axes.set_ylim(-len(rows) - 0.5, -0.45)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axes.set_xlabel("agreement as each study reports it (different statistics)")
        axes.grid(axis="x", color=RULE)
        axes.set_title("Agreement has been measured for formulations;\nfor the three corners we found no figure")
    plt.close(figure)
    return figure


def _draw_agreement(axes: Axes, height: float, row: dict[str, str]) -> None:
    mark = height - 0.18
    axes.text(0, height + 0.34, row["judgement"], va="center", backgroundcolor="white")
    axes.text(0, height + 0.08, _note(row), color=MUTED, va="center", fontsize=10, backgroundcolor="white")
    if row["shown"] == "none":
        axes.plot([0, 1], [mark, mark], color=MUTED, linestyle=":", linewidth=1.2)
        return
    low = float(row["low"])
    if row["shown"] == "point":
        axes.plot([low], [mark], marker="o", color=ACCENT, clip_on=False)
    elif row["shown"] == "above":
        # Only a lower limit was printed, so the mark is open to the right.
        axes.annotate(
            "",
            xy=(low + 0.1, mark),
            xytext=(low, mark),
            arrowprops={"arrowstyle": "->", "color": ACCENT, "linewidth": 1.6},
        )
        axes.plot([low], [mark], marker="|", markersize=11, markeredgewidth=2, color=ACCENT)
    else:
        ends = [low, float(row["high"])]
        axes.plot(ends, [mark, mark], color=ACCENT, marker="|", markersize=11, clip_on=False)


def _note(row: dict[str, str]) -> str:
    if row["shown"] == "none":
        return row["statistic"]
    return f"{row['printed']}, {row['statistic']} ({SHORT_REFERENCE[row['key']]})"
