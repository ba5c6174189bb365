"""The forest plot of the studies: what a treatment added to something else, one panel a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from mindbody.bibliography import read_labels
from mindbody.figures.style import ACCENT, ASSETS, INK, MUTED, figure_style
from mindbody.studies import COMPARATORS, FOLLOW_UPS, KINDS, MEASURES, POPULATIONS, Effect, domain, read_studies

WIDTH = 6.4
LEFT = 3.2
"""Inches for the names of the comparisons."""
ROW = 0.55
"""Inches a comparison takes."""
FOOT = 0.6
"""Inches below a panel, for its axis."""
NOTE = 0.35
FRAME = FOOT + 0.5
"""Inches of a panel beside its rows: title and axis."""


def forest_plot(population: str | None = None, comparator: str | None = None, follow_up: str | None = None) -> Figure:
    """Draw the comparisons of ``assets/studies.csv`` that have a size.

    Parameters
    ----------
    population, comparator, follow_up
        Draw only these, e.g. ``population="back"``; all of them when None.

    Returns
    -------
    Figure
        One panel a measure. A filled square is a trial and a filled diamond pooled trials, each with its 95%
        interval; an open mark has no interval because none was seen.

    Raises
    ------
    ValueError
        If a filter names what does not exist, or nothing fits.
    """
    labels = read_labels(ASSETS / "references.bib")
    wanted = {"population": population, "comparator": comparator, "follow_up": follow_up}
    for (name, value), known in zip(wanted.items(), (POPULATIONS, COMPARATORS, FOLLOW_UPS), strict=True):
        if value is not None and value not in known:
            raise ValueError(f'{name} "{value}" does not exist (there are {", ".join(known)})')
    effects = [
        effect
        for effect in read_studies(ASSETS / "studies.csv", labels)
        if effect.estimate is not None
        and all(value is None or getattr(effect, name) == value for name, value in wanted.items())
    ]
    if not effects:
        raise ValueError("no comparison with a size fits: leave one of the filters out")
    panels = [(measure, [effect for effect in effects if effect.measure == measure]) for measure in MEASURES]
    panels = [(measure, rows) for measure, rows in panels if rows]
    heights = [FRAME + ROW * len(rows) for _, rows in panels]
    with figure_style():
        # Inches are kept by hand, so that a row is as high in a panel of one as in a panel of ten.
        whole = sum(heights) + NOTE
        figure = plt.figure(figsize=(WIDTH, whole), layout="none")
        top = whole
        for height, (measure, rows) in zip(heights, panels, strict=True):
            bottom = top - height + FOOT
            box = (LEFT / WIDTH, bottom / whole, (WIDTH - LEFT - 0.15) / WIDTH, ROW * len(rows) / whole)
            _draw_panel(figure.add_axes(box), measure, rows, labels)
            top -= height
        figure.text(0.008, 0.1 / whole, "Open marks have no interval, because none was seen.", color=MUTED, fontsize=9)
    plt.close(figure)
    return figure


def _draw_panel(axes: Axes, measure: str, rows: Sequence[Effect], labels: dict[str, str]) -> None:
    for line, effect in enumerate(rows):
        _draw_effect(axes, line, effect)
        kind = "" if effect.kind == "trial" else f" ({KINDS[effect.kind]})"
        comparison = f"{_short(effect.treatment)} v. {_short(effect.versus)}, {effect.when}"
        _label(axes, line, 11, f"{labels[effect.key]}{kind}", color=INK, fontsize=9.5)
        _label(axes, line, -1, comparison, color=MUTED, fontsize=8)
        _label(axes, line, -12, effect.outcome, color=MUTED, fontsize=8)
    axes.axvline(0, color=MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    axes.set_xlim(*domain(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(MEASURES[measure].axis, x=1, ha="right")
    axes.annotate(
        MEASURES[measure].title,
        (0, 1),
        xycoords=("figure fraction", "axes fraction"),
        xytext=(4, 10),
        textcoords="offset points",
        fontsize=12,
        fontweight="bold",
        annotation_clip=False,
    )


def _label(axes: Axes, line: float, up: float, words: str, **look: Any) -> None:
    axes.annotate(
        words,
        (0, line),
        xycoords=axes.get_yaxis_transform(),
        xytext=(-8, up),
        textcoords="offset points",
        ha="right",
        va="center",
        annotation_clip=False,
        **look,
    )


def _draw_effect(axes: Axes, line: float, effect: Effect) -> None:
    if effect.estimate is None:
        return
    at = float(effect.estimate)
    seen = effect.low is not None and effect.high is not None
    if effect.low is not None and effect.high is not None:
        axes.plot([float(effect.low), float(effect.high)], [line, line], color=ACCENT, solid_capstyle="butt")
    axes.plot(
        at,
        line,
        marker="D" if effect.kind == "review" else "s",
        color=ACCENT,
        markersize=7,
        markerfacecolor=ACCENT if seen else "white",
        markeredgewidth=1.6,
        linestyle="none",
    )


_SHORT = {
    "pain reprocessing therapy": "PRT",
    "psychophysiologic symptom relief therapy": "PSRT",
    "emotional awareness and expression therapy": "EAET",
    "cognitive behavioural therapy": "CBT",
    "mindfulness-based stress reduction": "MBSR",
    "cognitive functional therapy": "CFT",
    "cognitive functional therapy with biofeedback": "CFT + feedback",
    "open-label placebo injection": "open placebo",
    "open-label placebo pills": "open placebo",
    "pain neuroscience education": "pain education",
    "usual care or waiting list": "usual care",
    "psychological therapies": "psychotherapies",
    "affective self-awareness": "self-awareness",
}


def _short(words: str) -> str:
    return _SHORT.get(words, words.partition(" (")[0])
