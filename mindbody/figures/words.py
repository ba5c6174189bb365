"""The figures of chapter 1: what not being believed does, what a word claims, and two learners' confidence."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from mindbody.figures.style import ACCENT, INK, MUTED, PAPER, RULE, figure_style, read_rows

# Top to bottom, as the synthesis lists them; the source stands to their left.
HEIGHTS = {"feeling": 3.0, "care": 2.0, "away": 1.0, "late": 0.0}
SOURCE = (1.05, 1.5)
RIGHT = 4.15
BOX = (2.9, 0.74)


def not_believed() -> Figure:
    """Draw the four kinds of consequence that people report, and the two arrows that are our guess.

    Returns
    -------
    Figure
        Solid arrows: reported. Dashed arrows: the authors' reading.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.0))
        _box(axes, SOURCE, (1.7, 0.9), label="Not being\nbelieved", colour=ACCENT)
        for row in read_rows("not_believed.csv"):
            height = HEIGHTS[row["box"]]
            _box(axes, (RIGHT, height), BOX, label=row["label"], detail=row["detail"])
            _arrow(axes, (1.95, 1.5 + 0.12 * (height - 1.5)), (2.64, height), "-")
        _arrow(axes, (5.66, 0.9), (5.66, 0.1), "--", curve=-0.6)
        _arrow(axes, (2.64, -0.2), (1.05, 1.0), "--", curve=-0.35)
        axes.text(6.02, 0.5, "our\nguess", color=MUTED, style="italic", fontsize=10, ha="left", va="center")
        axes.text(0.95, 0.1, "our guess", color=MUTED, style="italic", fontsize=10, ha="center", va="center")
        axes.set_xlim(0.1, 6.7)
        axes.set_ylim(-0.5, 3.45)
        axes.set_axis_off()
        axes.set_title("What people describe after not being believed")
    plt.close(figure)
    return figure


def _box(
    axes: Axes,
    middle: tuple[float, float],
    size: tuple[float, float],
    *,
    label: str,
    detail: str = "",
    colour: str = INK,
) -> None:
    width, height = size
    x, y = middle
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=PAPER,
            edgecolor=colour,
            linewidth=1.4 if colour == ACCENT else 0.9,
            zorder=2,
        )
    )
    axes.text(x, y + (0.16 if detail else 0), label, ha="center", va="center", weight="bold", fontsize=10, zorder=3)
    if detail:
        axes.text(x, y - 0.15, detail, ha="center", va="center", fontsize=10, zorder=3)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], line: str, curve: float = 0.0) -> None:
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "->",
            "color": INK,
            "linestyle": line,
            "connectionstyle": f"arc3,rad={curve}",
        },
        zorder=1,
    )


def words_claim() -> Figure:
    """Draw the names of a symptom as steps, each claiming more than the one before.

    Returns
    -------
    Figure
        Six steps; the words about the person stand below them.
    """
    rows = read_rows("words_claim.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.4))
        for row in rows:
            step = int(row["step"])
            axes.add_patch(Rectangle((0, step - 0.44), step, 0.88, facecolor=PAPER, edgecolor=RULE))
            axes.plot([step, step], [step - 0.44, step + 0.44], color=ACCENT, linewidth=2.4, solid_capstyle="butt")
            axes.text(step + 0.12, step + 0.16, row["word"], weight="bold", va="center")
            axes.text(step + 0.12, step - 0.19, row["claims"], va="center", color=MUTED, fontsize=9.5)
        axes.annotate(
            "",
            xy=(6, 0.28),
            xytext=(0, 0.28),
            arrowprops={"arrowstyle": "->", "color": MUTED},
        )
        axes.text(0, 0.0, "claims more", color=MUTED, style="italic", va="center", fontsize=10)
        axes.text(
            0,
            -0.62,
            "Apart from these: imagined and feigned. They are said of a person, not of a symptom.",
            va="center",
            fontsize=10,
        )
        axes.set_xlim(0, 12.2)
        axes.set_ylim(-0.9, 6.6)
        axes.set_axis_off()
        axes.set_title("Each word claims more than the one below it")
    plt.close(figure)
    return figure


def two_learners() -> Figure:
    """Draw the confidence of two invented learners against how often they were right.

    Returns
    -------
    Figure
        Two panels with the same axes; the diagonal is where confidence and success agree.
    """
    rows = read_rows("two_learners.csv")
    notes = {
        "first": ("First learner", "surer where she is right"),
        "second": ("Second learner", "right as often, sure or not"),
    }
    with figure_style():
        figure, panels = plt.subplots(1, 2, figsize=(6.4, 3.9), sharey=True)
        for axes, (learner, (name, note)) in zip(panels, notes.items(), strict=True):
            mine = [row for row in rows if row["learner"] == learner]
            sure = [int(row["confidence"]) for row in mine]
            right = [100 * int(row["right"]) / int(row["answers"]) for row in mine]
            axes.plot([40, 100], [40, 100], color=MUTED, linestyle="--", linewidth=1.0)
            axes.plot(sure, right, color=ACCENT, marker="o" if learner == "first" else "s")
            axes.set_xlim(40, 100)
            axes.set_ylim(40, 100)
            axes.set_xticks([50, 60, 70, 80, 90])
            axes.set_yticks([50, 60, 70, 80, 90])
            axes.set_xlabel("how sure, per cent")
            axes.set_title(f"{name}:\n{note}", fontsize=10.5)
        panels[0].set_ylabel("right, per cent")
        panels[0].text(83, 76, "sure =\nright", color=MUTED, fontsize=10, style="italic", va="top")
        panels[1].text(42.5, 88, "too modest", color=MUTED, fontsize=10)
        panels[1].text(80, 50, "too sure", color=MUTED, fontsize=10)
    plt.close(figure)
    return figure
