"""The teaching model of chapters 4 and 5, drawn. TEACHING MODEL, NOT DATA: see mindbody/teaching_model.py."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import MUTED, figure_style
from mindbody.teaching_model import STEPS, Inputs, run

SCENARIOS: Mapping[str, Inputs] = {
    "high threat and attention": Inputs(tissue=0.4, expectation=0.3, threat=0.9, attention=0.9, safety=0.1),
    "the same, and safety is learned": Inputs(tissue=0.4, expectation=0.3, threat=0.9, attention=0.9, safety=0.9),
    "low threat and attention": Inputs(tissue=0.4, expectation=0.3, threat=0.1, attention=0.1, safety=0.5),
}
"""One tissue signal, three courses."""

# Lines differ in dash as well as in hue, so that they are told apart in grey.
_DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1, 2)))
_APART = 0.6


def teaching_model(
    scenarios: Mapping[str, Inputs] | None = None,
    title: str = "The tissue signal fades in every run;\nwhether the symptom does depends on the loop",
) -> Figure:
    """Draw runs of the teaching model. TEACHING MODEL, NOT DATA; the figure says so on its face.

    Parameters
    ----------
    scenarios
        What to write beside a curve -> its inputs; at most four. Runs with different tissue signals show none of
        them as a line of its own.
    title
        A sentence that says what the figure shows.

    Returns
    -------
    Figure
        Symptom (0 to 10) against steps, one line a scenario, each named where it ends.
    """
    chosen = SCENARIOS if scenarios is None else scenarios
    if not 1 <= len(chosen) <= len(_DASHES):
        raise ValueError(f"{len(chosen)} scenarios: draw one to {len(_DASHES)}, or make two figures")
    runs = {label: run(inputs) for label, inputs in chosen.items()}
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.0))
        ends = {}
        for (label, made), dash in zip(runs.items(), _DASHES, strict=False):
            (line,) = axes.plot(made.symptom, linestyle=dash)
            ends[label] = (made.end, line.get_color())
        tissues = {made.tissue for made in runs.values()}
        if len(tissues) == 1:
            tissue = tissues.pop()
            axes.plot(tissue, color=MUTED, linewidth=1)
            ends["tissue signal"] = (tissue[-1], MUTED)
        for (label, (_, colour)), height in zip(ends.items(), _spread([end for end, _ in ends.values()]), strict=True):
            axes.text(STEPS + 1.2, height, label, color=colour, va="center", clip_on=False)
        axes.set_xlim(0, STEPS)
        axes.set_ylim(0, 10)
        axes.set_yticks(range(0, 11, 2))
        axes.set_ylabel("Symptom")
        axes.set_xlabel("Step (no unit). A teaching model, not data")
        axes.set_title(title)
    plt.close(figure)
    return figure


def _spread(heights: list[float]) -> list[float]:
    """Move labels apart that would stand on each other, keeping their order."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    for below, index in pairwise(order):
        placed[index] = max(placed[index], placed[below] + _APART)
    return placed
