"""The figures of chapter 13: what intake notes contained, and Marcus on one page."""

from __future__ import annotations

from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from mindbody.figures.style import ACCENT, INK, MUTED, PAPER, figure_style, read_rows

WIDTH = 6.0
GAP = 0.16


def notes_contain() -> Figure:
    """Draw how many intake notes contained each part of a formulation.

    Returns
    -------
    Figure
        One bar a part, from the most to the least often found.
    """
    rows = sorted(read_rows("notes_contain.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.4))
        for row in rows:
            height, share = -int(row["order"]), int(row["percent"])
            axes.barh(height, share, height=0.6, color=ACCENT)
            axes.text(share + 1.5, height, f"{share}%", va="center", color=INK)
        axes.set_yticks([-int(row["order"]) for row in rows], [row["what"] for row in rows])
        axes.set_xlim(0, 105)
        axes.set_xlabel("per cent of 56 intake evaluations")
        axes.set_title("Described nearly always, situated hardly ever")
    plt.close(figure)
    return figure


def one_page() -> Figure:
    """Draw Marcus's formulation as layers, each resting on the one below.

    Returns
    -------
    Figure
        Solid boxes for what was told, seen or examined, dashed ones for what is supposed.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.2))
        for row in read_rows("one_page.csv"):
            bottom = 1.25 * int(row["layer"])
            numbers = " ".join(f"[{number}]" for number in row["excerpts"].split())
            axes.text(0, bottom + 0.8, f"{row['title']}  {numbers}", color=ACCENT, va="bottom", fontweight="bold")
            pieces = row["pieces"].split("; ")
            width = (WIDTH - GAP * (len(pieces) - 1)) / len(pieces)
            for place, piece in enumerate(pieces):
                left = place * (width + GAP)
                axes.add_patch(
                    FancyBboxPatch(
                        (left, bottom),
                        width,
                        0.72,
                        boxstyle="round,pad=0,rounding_size=0.08",
                        facecolor=PAPER,
                        edgecolor=INK if row["seen"] == "yes" else MUTED,
                        linestyle="-" if row["seen"] == "yes" else "--",
                    )
                )
                words = fill(piece, 14 if len(pieces) > 3 else 19, break_long_words=False)
                axes.text(left + width / 2, bottom + 0.36, words, ha="center", va="center", fontsize=10, color=INK)
        axes.set_xlim(-0.05, WIDTH + 0.05)
        axes.set_ylim(-0.1, 4.95)
        axes.set_axis_off()
        axes.set_title("What is supposed rests on what was found")
    plt.close(figure)
    return figure
