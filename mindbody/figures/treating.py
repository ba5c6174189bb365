"""The figures of chapter 15: a plan over twelve meetings, and those whom treatments did not help enough."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

MEETINGS = 12
REVIEWS = (4, 8, 12)


def twelve_meetings() -> Figure:
    """Draw the outline for Marcus: one bar a phase over twelve meetings, and the reviews.

    Returns
    -------
    Figure
        A thin line carries on a phase that never quite ends; dashed lines are the reviews.
    """
    rows = sorted(read_rows("twelve_meetings.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.4))
        for row in rows:
            height, start, end = -int(row["order"]), int(row["start"]), int(row["end"])
            if row["thin_to"]:
                axes.plot([end + 0.5, int(row["thin_to"]) + 0.5], [height, height], color=ACCENT, linewidth=2)
            # A bar covers its meetings whole: meeting 3 reaches from 2.5 to 3.5.
            axes.barh(height, end - start + 1, left=start - 0.5, height=0.3, color=ACCENT)
            axes.text(0.5, height + 0.24, row["phase"], color=INK, va="bottom")
            axes.text(MEETINGS + 0.5, height + 0.24, row["what"], color=MUTED, va="bottom", ha="right", fontsize=10)
        for review in REVIEWS:
            axes.axvline(review + 0.5, color=RULE, linestyle="--", zorder=0)
            axes.text(review + 0.45, -len(rows) - 0.75, "review", color=MUTED, ha="right", fontsize=10)
        axes.set_xlim(0.5, MEETINGS + 0.6)
        axes.set_ylim(-len(rows) - 0.9, -0.3)
        axes.set_xticks(range(1, MEETINGS + 1))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("meeting")
        axes.set_title("Phases overlap; the dates of review do not move")
    plt.close(figure)
    return figure


def not_reached() -> Figure:
    """Draw, for each treated group, the share that did not reach its study's mark.

    Returns
    -------
    Figure
        One bar a group, dark for those who did not reach the mark.
    """
    rows = sorted(read_rows("not_reached.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.0))
        for row in rows:
            height, missed = -int(row["order"]), 100 - float(row["reached"])
            axes.barh(height, 100, height=0.28, color=RULE)
            axes.barh(height, missed, height=0.28, color=INK)
            axes.text(0, height + 0.2, f"{row['treatment']}: {row['mark']}", color=MUTED, va="bottom", fontsize=10)
            axes.text(missed + 1, height, f"{missed:.0f}%", color=INK, va="center")
        axes.set_xlim(0, 100)
        axes.set_ylim(-len(rows) - 0.5, -0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("per cent of those treated who did not reach the mark")
        axes.set_title("In every study many did not get there")
    plt.close(figure)
    return figure
