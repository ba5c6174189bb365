"""The figures of chapter 11: an edge that differs, what a sign can also be, how often people think of suicide."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, ANXIETY, INK, MUTED, RULE, figure_style, read_rows

CHANNELS = ("striated", "smooth", "cognitive-perceptual", "conversion")


def capacity_edges() -> Figure:
    """Draw the same question put to two invented people whose edge is at different heights.

    Returns
    -------
    Figure
        Two panels; the part of a line above its person's edge is drawn thick.
    """
    points, edges = read_rows("capacity_courses.csv"), read_rows("capacity_edges.csv")
    with figure_style():
        figure, panels = plt.subplots(1, 2, figsize=(6.6, 3.3), sharey=True)
        for axes, edge in zip(panels, edges, strict=True):
            mine = [row for row in points if row["person"] == edge["person"]]
            minutes, levels = [float(row["minute"]) for row in mine], [float(row["level"]) for row in mine]
            height = float(edge["edge"])
            axes.axhspan(height, 8, color=RULE, zorder=0)
            axes.axhline(height, color=INK, linestyle="--", linewidth=1.2)
            axes.plot(minutes, levels, color=ANXIETY, linewidth=1.8)
            over = [level if level > height else float("nan") for level in levels]
            axes.plot(minutes, over, color=ANXIETY, linewidth=4, marker="^", linestyle="-")
            at = float(edge["minute"])
            axes.annotate(
                edge["say"].replace("; ", ";\n"),
                (at, levels[minutes.index(at)]),
                xytext=(at, 0.75),
                fontsize=9,
                color=MUTED,
                ha="center",
                arrowprops={"arrowstyle": "-", "color": MUTED},
            )
            axes.text(0.1, height + 0.15, "her edge", fontsize=9, color=INK)
            axes.set_title(edge["person"])
            axes.set_xlabel("minute")
            axes.set_xlim(0, 10)
            axes.set_ylim(0, 8)
        panels[0].set_ylabel("anxiety (invented)")
    plt.close(figure)
    return figure


def look_alikes() -> Figure:
    """Draw which medical conditions can look like which channel.

    Returns
    -------
    Figure
        A grid of channels and look-alikes, a mark where the one can pass for the other.
    """
    rows = read_rows("look_alikes.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.6, 4.2))
        for height, row in enumerate(reversed(rows)):
            axes.axhline(height, color=RULE, linewidth=0.8, zorder=0)
            for place, channel in enumerate(CHANNELS):
                if row[channel] == "1":
                    axes.scatter(place, height, s=90, color=ACCENT, zorder=2)
        axes.set_yticks(range(len(rows)), [row["look_alike"] for row in reversed(rows)])
        axes.set_xticks(range(len(CHANNELS)), ["striated", "smooth", "cognitive-\nperceptual", "conversion"])
        axes.xaxis.tick_top()
        axes.set_xlim(-0.5, len(CHANNELS) - 0.5)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
    plt.close(figure)
    return figure


def suicidality_in_pain() -> Figure:
    """Draw the pooled shares of people with chronic pain who report thoughts of suicide, or an attempt.

    Returns
    -------
    Figure
        Three points with their 95% intervals, in per cent.
    """
    rows = read_rows("suicidality_pain.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 2.6))
        for height, row in enumerate(reversed(rows)):
            axes.plot(
                [float(row["low"]), float(row["high"])], [height, height], color=ACCENT, marker="|", markersize=10
            )
            axes.plot([float(row["point"])], [height], color=ACCENT, marker="o")
            axes.text(0, height + 0.3, row["what"], va="center")
            axes.text(float(row["high"]) + 1, height, f"{row['point']}%", va="center", color=MUTED)
        axes.set_xlim(0, 52)
        axes.set_ylim(-0.5, len(rows) - 0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("per cent of people with chronic pain, pooled, with 95% interval")
        axes.grid(axis="x", color=RULE)
    plt.close(figure)
    return figure
