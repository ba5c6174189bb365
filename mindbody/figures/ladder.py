"""The figures of chapter 10: where Marcus stands on the ladder, and what alexithymia goes with."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

LEFT, RIGHT = 0.2, 2.6


def rungs() -> Figure:
    """Draw five rungs, those that Marcus has been heard on solid, and the question one rung up.

    Returns
    -------
    Figure
        A ladder; dotted rungs have not been heard.
    """
    rows = read_rows("rungs.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.9))
        for side in (LEFT, RIGHT):
            axes.plot([side, side], [0.5, 5.6], color=RULE, linewidth=3, zorder=1)
        for row in rows:
            height, heard = int(row["rung"]), row["heard"] == "yes"
            colour = INK if heard else MUTED
            line = "-" if heard else ":"
            axes.plot([LEFT, RIGHT], [height, height], color=ACCENT if heard else MUTED, linestyle=line, linewidth=2)
            middle = (LEFT + RIGHT) / 2
            axes.text(middle, height + 0.12, row["name"], ha="center", va="bottom", color=colour, weight="bold")
            cited = f" [{row['excerpt']}]" if row["excerpt"] else ""
            axes.text(RIGHT + 0.2, height, row["shown"] + cited, va="center", color=colour, fontsize=10)
        axes.annotate("", xy=(4.75, 2.95), xytext=(4.75, 2.25), arrowprops={"arrowstyle": "->", "color": ACCENT})
        axes.text(4.9, 2.6, "“Is there a word\nfor what you felt?”", va="center", color=ACCENT, fontsize=10)
        axes.set_xlim(0, 6.8)
        axes.set_ylim(0.4, 5.7)
        axes.set_axis_off()
        axes.set_title("Marcus, two rungs up, and the next question")
    plt.close(figure)
    return figure


def alexithymia() -> Figure:
    """Draw the pooled differences and links of alexithymia in chronic pain.

    Returns
    -------
    Figure
        One mark a comparison; hollow where nothing was left once negative affect was controlled.
    """
    rows = read_rows("alexithymia.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.6))
        for row in rows:
            height, kept = -int(row["order"]), row["survives"] == "yes"
            axes.plot(
                float(row["d"]),
                height,
                marker="o",
                markersize=9,
                color=ACCENT,
                markerfacecolor=ACCENT if kept else "white",
            )
            note = row["d"] if kept else f"{row['d']}  not significant, mood controlled"
            axes.text(float(row["d"]) + 0.035, height, note, va="center", fontsize=10)
        axes.axhline(-2.5, color=RULE)
        axes.set_yticks([-int(row["order"]) for row in rows], [row["measure"] for row in rows])
        for place, group in ((-0.42, "higher with pain"), (-2.72, "among people with pain")):
            axes.text(0.985, place - 0.05, group, ha="right", va="center", color=MUTED, fontsize=10, style="italic")
        axes.set_xlim(0, 1)
        axes.set_ylim(-6.6, -0.1)
        axes.set_xlabel("standardised difference or link (d)")
        axes.grid(axis="x", color=RULE)
        axes.set_title("Alexithymia goes with mood\nmore than with how strong the pain is")
    plt.close(figure)
    return figure
