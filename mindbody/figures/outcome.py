"""The figures of chapter 16: who reports lasting bad effects, and two courses that a rule tells apart."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

WORSE = 1.0
"""Points above the first week that count as worse, on the scale of 0 to 10."""
WEEKS = 3
"""Weeks in a row after which the rule speaks."""


def rule_speaks(scores: Sequence[float]) -> int | None:
    """Return the week in which the rule for worse first speaks, or None.

    Parameters
    ----------
    scores
        One score a week, 0 to 10, the first week first.

    Returns
    -------
    int or None
        The last of the first ``WEEKS`` weeks in a row that are at least ``WORSE`` above week 1, counted from 1.
    """
    running = 0
    for week, score in enumerate(scores, start=1):
        running = running + 1 if score - scores[0] >= WORSE else 0
        if running == WEEKS:
            return week
    return None


def knowing_what() -> Figure:
    """Draw the survey's two odds ratios with their intervals.

    Returns
    -------
    Figure
        A logarithmic axis on which 1 is no difference.
    """
    rows = sorted(read_rows("lasting_bad_odds.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 2.6))
        axes.axvline(1, color=RULE, zorder=0)
        for row in rows:
            height = -int(row["order"])
            ratio, low, high = (float(row[name]) for name in ("ratio", "low", "high"))
            axes.plot([low, high], [height, height], color=ACCENT, linewidth=2)
            axes.plot(ratio, height, marker="o", color=ACCENT, markersize=8)
            axes.text(0.46, height + 0.25, f"{row['what']}: {ratio:g} ({low:g} to {high:g})", color=INK, va="bottom")
        axes.set_xscale("log")
        axes.set_xlim(0.45, 2.2)
        axes.set_xticks([0.5, 0.75, 1, 1.5, 2], ["0.5", "0.75", "1", "1.5", "2"])
        axes.minorticks_off()
        axes.set_ylim(-len(rows) - 0.5, -0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("odds ratio for lasting bad effects (1: no difference)")
        axes.set_title("Those who knew what they were having reported less harm")
    plt.close(figure)
    return figure


def two_courses() -> Figure:
    """Draw two invented courses that look alike at first, and where the rule for worse speaks.

    Returns
    -------
    Figure
        One panel a person; the dashed line is one point above the start.
    """
    rows = read_rows("two_courses.csv")
    weeks = [int(row["week"]) for row in rows]
    with figure_style():
        figure, panels = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
        for axes, name in zip(panels, ("a", "b"), strict=True):
            scores = [float(row[name]) for row in rows]
            axes.axhline(scores[0] + WORSE, color=MUTED, linestyle="--", linewidth=1)
            axes.plot(weeks, scores, color=ACCENT, marker="o", markersize=4)
            if week := rule_speaks(scores):
                axes.axvline(week, color=INK, linewidth=1)
                axes.text(week - 0.2, 1.2, "three weeks\nworse", color=INK, ha="right")
            axes.set_title(f"Person {name.upper()}")
            axes.set_xlabel("week (invented)")
            axes.set_xticks([1, 4, 8, 12])
        panels[0].text(12.3, 7.15, "one point worse", color=MUTED, ha="right", va="bottom", fontsize=10)
        panels[0].set_ylabel("score, 0 to 10")
        panels[0].set_ylim(0, 10)
    plt.close(figure)
    return figure
