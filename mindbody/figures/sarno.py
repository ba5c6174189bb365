"""The figures of chapter 3: Sarno's books among the studies, and his five claims with what was found for each."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, PAPER, RULE, figure_style, read_rows

STEP = 0.72
"""Between two heights of labels on the time line."""
MASK = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""Behind a label, so that no stem runs through it."""
LINES = {"mixed": "--", "contested": ":"}
"""Between two claims: thinner the less is known of the lower one."""


def _lines(text: str) -> str:
    return text.replace("\\n", "\n")


def sarno_timeline() -> Figure:
    """Draw Sarno's books above a line of years and the studies that bear on them below.

    Returns
    -------
    Figure
        Squares are books, a bar his death, circles studies; each at its year of publication.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.6))
        axes.axhline(0, color=INK, linewidth=1.0)
        for year in range(1985, 2026, 5):
            axes.plot([year, year], [-0.06, 0.06], color=INK, linewidth=0.8)
            axes.text(year, 0.12, str(year), ha="center", va="bottom", fontsize=9, color=MUTED)
        for row in read_rows("sarno_timeline.csv"):
            _draw_event(axes, row)
        axes.text(1982, 2.05, "Sarno", color=ACCENT, weight="bold")
        axes.text(1982, -3.2, "Studies", color=INK, weight="bold")
        axes.set_xlim(1981.5, 2027)
        axes.set_ylim(-3.5, 2.3)
        axes.set_axis_off()
        axes.set_title("Four books, and then the first outcome study in a journal")
    plt.close(figure)
    return figure


def _draw_event(axes: Axes, row: dict[str, str]) -> None:
    year, level = int(row["year"]), int(row["level"])
    above = row["row"] != "study"
    end = 1.0 if above else -0.1 - STEP * level
    colour = ACCENT if above else INK
    marker = {"book": "s", "life": "|", "study": "o"}[row["row"]]
    axes.plot([year, year], [0.42 if above else 0, end], color=RULE, linewidth=1.0, zorder=0)
    axes.plot([year], [end], marker=marker, markersize=7, color=colour, zorder=3)
    note = f"{_lines(row['label'])}\n{year}"
    if above:
        axes.text(year, end + 0.14, note, ha="center", va="bottom", fontsize=9.5)
    elif row["label"].startswith(("Series", "Emotional", "Two")):
        axes.text(year - 0.6, end, note, ha="right", va="center", fontsize=9.5, bbox=MASK)
    else:
        axes.text(year + 0.6, end, note, ha="left", va="center", fontsize=9.5, bbox=MASK)


def model_chain() -> Figure:
    """Draw Sarno's five claims as a chain, and beside each what was found for it.

    Returns
    -------
    Figure
        Links on the left, findings and badges on the right.
    """
    rows = read_rows("sarno_claims.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.9))
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            place = -int(row["order"])
            axes.text(
                1.0,
                place,
                _lines(row["claim"]),
                ha="center",
                va="center",
                fontsize=10,
                weight="bold",
                bbox={"boxstyle": "round,pad=0.45", "facecolor": PAPER, "edgecolor": ACCENT},
            )
            axes.text(2.15, place + 0.05, _lines(row["found"]), va="bottom", fontsize=10, linespacing=1.25)
            axes.text(2.15, place - 0.09, row["badge"].capitalize(), va="top", fontsize=10, color=MUTED, style="italic")
            if following:
                line = LINES[following["badge"]]
                axes.plot([1.0, 1.0], [place - 0.33, place - 0.67], color=INK, linestyle=line, linewidth=1.6)
        axes.text(1.0, -0.42, "Sarno’s claim", ha="center", color=MUTED, style="italic", fontsize=10)
        axes.text(2.15, -0.42, "what was found for it", color=MUTED, style="italic", fontsize=10)
        axes.set_xlim(0.1, 6.0)
        axes.set_ylim(-5.45, -0.25)
        axes.set_axis_off()
        axes.set_title("A chain of five claims, tried one at a time")
    plt.close(figure)
    return figure
