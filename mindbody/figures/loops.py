"""The figures of chapter 5: a loop for Marcus, and what each arrow of the fear loop can carry."""

from __future__ import annotations

from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from mindbody.figures.style import ACCENT, INK, MUTED, figure_style, read_rows

# The dash says how sure, so the figure reads in grey.
DASHES = {"said": "-", "possible": (0, (5, 3)), "guess": (0, (1, 2.2))}
SIGNS = {"raises": "raises", "lowers": "– lowers"}
LINES = {"solid": "-", "dashed": (0, (5, 3)), "dotted": (0, (1, 2.2))}
SHORT_REFERENCE = {
    "zale2013fear": "Zale 2013",
    "dunlap2021fear": "Dunlap 2021",
    "markfelder2020fear": "Markfelder 2020",
    "cousins2017neuritis": "Cousins 2017",
    "martinezcalderon2019fear": "Martinez-Calderon 2019",
    "crombez2013attention": "Crombez 2013",
    "vanryckeghem2018distraction": "Van Ryckeghem 2018",
}


def marcus_loop() -> Figure:
    """Draw two loops for Marcus, each arrow with its sign and its certainty.

    Returns
    -------
    Figure
        Nodes in words; solid arrows are said by him, dashed ones possible, dotted ones a guess.
    """
    nodes = {row["node"]: row for row in read_rows("loop_marcus_nodes.csv")}
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.0))
        boxes = {name: _draw_node(axes, row, outside=name == "told") for name, row in nodes.items()}
        for arrow in read_rows("loop_marcus_arrows.csv"):
            start, end = nodes[arrow["from"]], nodes[arrow["to"]]
            axes.add_patch(
                FancyArrowPatch(
                    _place(start),
                    _place(end),
                    patchA=boxes[arrow["from"]].get_bbox_patch(),
                    patchB=boxes[arrow["to"]].get_bbox_patch(),
                    shrinkA=3,
                    shrinkB=3,
                    arrowstyle="-|>",
                    mutation_scale=13,
                    linewidth=1.6,
                    linestyle=DASHES[arrow["certainty"]],
                    color=ACCENT if arrow["effect"] == "raises" else INK,
                )
            )
            _draw_sign(axes, _place(start), _place(end), SIGNS[arrow["effect"]])
        for x, count in ((-1.42, "two"), (1.42, "no")):
            note = f"{count} lowers:\nfeeds itself"
            axes.text(x, 1.25, note, ha="center", va="center", color=MUTED, style="italic", fontsize=9.5)
        axes.set_xlim(-3.5, 3.5)
        axes.set_ylim(-0.4, 3.7)
        axes.set_axis_off()
        axes.set_title("Two sensible habits keep a belief from being tested")
    plt.close(figure)
    return figure


def _place(row: dict[str, str]) -> tuple[float, float]:
    return float(row["x"]), float(row["y"])


def _draw_node(axes: Axes, row: dict[str, str], *, outside: bool) -> Text:
    x, y = _place(row)
    box = {
        "boxstyle": "round,pad=0.45",
        "facecolor": "white",
        "edgecolor": MUTED if outside else INK,
        "linewidth": 0.9,
        "linestyle": ":" if outside else "-",
    }
    width = 40 if outside else 17
    return axes.text(x, y, fill(row["label"], width), ha="center", va="center", bbox=box, zorder=3)


def _draw_sign(axes: Axes, start: tuple[float, float], end: tuple[float, float], sign: str) -> None:
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    axes.text(*middle, sign, ha="center", va="center", fontsize=9.5, color=INK, backgroundcolor="white", zorder=4)


def arrow_evidence() -> Figure:
    """Draw the arrows of the fear loop by how much evidence each can carry.

    Returns
    -------
    Figure
        One line an arrow, from the firmest to the weakest; the figures are those of the studies named.
    """
    rows = sorted(read_rows("loop_arrows.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 5.9))
        for row in rows:
            _draw_evidence(axes, -int(row["order"]), row)
        axes.set_xlim(0, 1)
        axes.set_ylim(-len(rows) - 0.55, -0.4)
        axes.set_axis_off()
        axes.set_title(
            "Firm about disability, faint about attention;\nnone of these arrows has been shown to be a cause"
        )
    plt.close(figure)
    return figure


def _draw_evidence(axes: Axes, height: float, row: dict[str, str]) -> None:
    axes.text(0.30, height + 0.12, fill(row["from"], 22), ha="right", va="center")
    axes.annotate(
        "",
        xy=(0.46, height + 0.12),
        xytext=(0.33, height + 0.12),
        arrowprops={
            "arrowstyle": "-|>",
            "mutation_scale": 13,
            "color": INK if row["line"] == "dotted" else ACCENT,
            "linestyle": LINES[row["line"]],
            "linewidth": 2.4 if row["line"] == "solid" else 1.6,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )
    axes.text(0.49, height + 0.12, row["to"], ha="left", va="center")
    note = f"{row['printed']}; {row['basis']} ({SHORT_REFERENCE[row['key']]})"
    axes.text(0.0, height - 0.26, note, ha="left", va="center", color=MUTED, fontsize=9.5)
