"""The figures of chapter 9: what two surveys found, and two routes from self-attack to a symptom."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from mindbody.figures.style import ACCENT, INK, MUTED, PAPER, RULE, figure_style, read_rows

SURVEYS = {"1": "First survey\n237 with, 237 without", "2": "Second survey\n294 with, 278 without"}
COLUMNS = {"1": 2.9, "2": 4.75}
SIGNS = {"higher": "▲", "lower": "▼", "same": "=", "unnamed": "▲?"}

BOXES = {
    "attack": ((0.85, 1.5), "Self-attack", ""),
    "guard": ((3.2, 2.75), "A body on guard", "bracing, going over it at night"),
    "doing": ((3.2, 0.25), "What one does", "pushing on, hiding, refusing help"),
    "pain": ((5.55, 1.5), "Pain", ""),
}
SIZES = {"attack": (1.4, 0.72), "guard": (2.5, 0.84), "doing": (2.5, 0.84), "pain": (1.1, 0.72)}
ENDS = {
    ("attack", "guard"): ((1.1, 1.9), (1.92, 2.6)),
    ("guard", "pain"): ((4.48, 2.6), (5.3, 1.9)),
    ("attack", "doing"): ((1.1, 1.1), (1.92, 0.4)),
    ("doing", "pain"): ((4.48, 0.4), (5.3, 1.1)),
    ("pain", "attack"): ((5.7, 1.1), (0.7, 1.1)),
}


def perfectionism_found() -> Figure:
    """Draw the direction of four differences in two surveys; no sizes were seen, so none are drawn.

    Returns
    -------
    Figure
        One row a measure, one column a survey.
    """
    rows = read_rows("perfectionism_found.csv")
    measures = list(dict.fromkeys(row["measure"] for row in rows))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.4))
        for survey, place in COLUMNS.items():
            axes.text(place, len(measures) - 0.1, SURVEYS[survey], ha="center", va="bottom", fontsize=10, weight="bold")
        for height, measure in enumerate(reversed(measures)):
            axes.axhline(height - 0.5, color=RULE, linewidth=0.8)
            axes.text(0, height, measure.replace(" perf", "\nperf"), va="center")
        for row in rows:
            height = len(measures) - 1 - measures.index(row["measure"])
            _draw_finding(axes, (COLUMNS[row["survey"]], height), row)
        axes.set_xlim(-0.05, 5.8)
        axes.set_ylim(-0.6, len(measures) + 0.6)
        axes.set_axis_off()
        axes.set_title("People with chronic pain, compared with people without")
    plt.close(figure)
    return figure


def _draw_finding(axes: Axes, place: tuple[float, float], row: dict[str, str]) -> None:
    sure = row["direction"] in ("higher", "lower")
    colour = ACCENT if sure else MUTED
    axes.text(place[0] - 0.62, place[1], SIGNS[row["direction"]], ha="right", va="center", color=colour)
    axes.text(place[0] - 0.5, place[1], row["printed"].replace("\\n", "\n"), va="center", color=colour, fontsize=10)


def two_routes() -> Figure:
    """Draw two guessed routes from self-attack to pain, the way back, and the one thing that was measured.

    Returns
    -------
    Figure
        Dashed arrows are hypotheses; the solid line is an association without a direction.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.0))
        for row in read_rows("two_routes.csv"):
            if row["kind"] == "measured":
                axes.plot([1.6, 4.95], [1.62, 1.62], color=INK, linewidth=1.6, zorder=1)
                axes.text(3.28, 1.7, row["label"], ha="center", va="bottom", fontsize=10)
            else:
                _draw_guess(axes, row)
        for name, (place, label, detail) in BOXES.items():
            _draw_box(axes, place, SIZES[name], label, detail)
        axes.set_xlim(0.05, 6.2)
        axes.set_ylim(-0.35, 3.3)
        axes.set_axis_off()
        axes.set_title("Two routes, and the way back: guesses that can be tried")
    plt.close(figure)
    return figure


def _draw_guess(axes: Axes, row: dict[str, str]) -> None:
    start, end = ENDS[(row["from"], row["to"])]
    back = row["from"] == "pain"
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "->",
            "color": MUTED if back else INK,
            "linestyle": "--",
            "connectionstyle": f"arc3,rad={-0.06 if back else 0}",
        },
        zorder=1,
    )
    if row["label"]:
        axes.text(3.2, 1.1, row["label"], ha="center", va="center", color=MUTED, fontsize=10, backgroundcolor="white")


def _draw_box(axes: Axes, place: tuple[float, float], size: tuple[float, float], label: str, detail: str) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (place[0] - size[0] / 2, place[1] - size[1] / 2),
            *size,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=PAPER,
            edgecolor=INK,
            linewidth=0.9,
            zorder=2,
        )
    )
    axes.text(place[0], place[1] + (0.16 if detail else 0), label, ha="center", va="center", weight="bold", zorder=3)
    if detail:
        axes.text(place[0], place[1] - 0.17, detail, ha="center", va="center", fontsize=9.5, zorder=3)
