"""The figure of chapter 4: one road from a feeling to a symptom, with what is shown and what is assumed."""

from __future__ import annotations

import csv
from itertools import pairwise
from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, ASSETS, INK, MUTED, figure_style

# The dash carries the meaning; the hue only repeats it.
LINES = {"shown": "-", "possible": (0, (5, 3)), "assumed": (0, (1, 2.2))}


def emotion_route() -> Figure:
    """Draw the steps from a feeling held in to months of pain.

    Returns
    -------
    Figure
        One box a step; the arrow into it is solid when shown, dashed when possible, dotted when assumed.
    """
    with (ASSETS / "emotion_route.csv").open(encoding="utf-8", newline="") as file:
        steps = sorted(csv.DictReader(file), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.2))
        for step in steps:
            _draw_step(axes, step)
        for step, following in pairwise(steps):
            axes.annotate(
                "",
                xy=(0.21, -int(following["order"]) + 0.3),
                xytext=(0.21, -int(step["order"]) - 0.3),
                arrowprops={
                    "arrowstyle": "-|>",
                    "mutation_scale": 13,
                    "linestyle": LINES[following["line"]],
                    "linewidth": 2.2 if following["line"] == "shown" else 1.6,
                    "color": INK if following["line"] == "assumed" else ACCENT,
                    "shrinkA": 0,
                    "shrinkB": 0,
                },
            )
        axes.set_xlim(0, 1)
        axes.set_ylim(-len(steps) - 0.45, -0.55)
        axes.set_axis_off()
        axes.set_title("Of four arrows on this road, one has been shown")
    plt.close(figure)
    return figure


def _draw_step(axes: Axes, step: dict[str, str]) -> None:
    height = -int(step["order"])
    box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": INK, "linewidth": 0.9}
    axes.text(0.21, height, fill(step["step"], 25), ha="center", va="center", bbox=box, fontsize=10, zorder=3)
    axes.text(0.47, height, fill(step["note"], 42), ha="left", va="center", color=MUTED, fontsize=9.5)
