"""The figures of chapter 8: Marcus at three poles, and how well patterns and memories have been shown to agree."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, CORNER_COLOURS, CORNER_MARKERS, INK, MUTED, RULE, figure_style, read_rows

# The poles share hue and shape with the corners, as in the widget: past like feeling, and so on.
POLE_CORNER = {"past": "feeling", "current": "anxiety", "clinician": "defence"}
# As the widget draws them: the past below, the present above.
POLE_PLACE = {"current": (0.0, 1.0), "clinician": (2.0, 1.0), "past": (1.0, 0.0)}

SHORT_REFERENCE = {
    "tallberg2020ccrt": "as quoted by Tallberg 2020",
    "reuben2016lest": "Reuben 2016",
}


def triangle_of_person() -> Figure:
    """Draw Marcus's three poles and the links between them, all of which are guesses.

    Returns
    -------
    Figure
        Three marks with a person and an excerpt each, joined by dashed lines.
    """
    poles = {row["pole"]: row for row in read_rows("triangle_of_person.csv")}
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.1))
        for one, other in (("past", "current"), ("past", "clinician"), ("current", "clinician")):
            _join(axes, POLE_PLACE[one], POLE_PLACE[other])
        for pole, place in POLE_PLACE.items():
            _draw_pole(axes, pole, place, poles[pole])
        axes.set_xlim(-0.75, 2.75)
        axes.set_ylim(-0.62, 1.62)
        axes.set_axis_off()
        axes.set_title("Three persons, one way of being calm; every link is a question")
    plt.close(figure)
    return figure


def _join(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.plot([start[0], end[0]], [start[1], end[1]], color=MUTED, linestyle="--", linewidth=1.2, zorder=1)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    axes.text(*middle, "?", ha="center", va="center", color=INK, fontsize=12, backgroundcolor="white", zorder=2)


def _draw_pole(axes: Axes, pole: str, place: tuple[float, float], row: dict[str, str]) -> None:
    corner = POLE_CORNER[pole]
    axes.scatter(*place, s=230, marker=CORNER_MARKERS[corner], color=CORNER_COLOURS[corner], zorder=3)
    above = place[1] > 0
    axes.text(
        place[0],
        place[1] + (0.13 if above else -0.13),
        f"{pole} [{row['excerpt']}]\n{row['who']}\n" + row["what"].replace("\\n", "\n"),
        ha="center",
        va="bottom" if above else "top",
        fontsize=10,
        color=CORNER_COLOURS[corner],
        zorder=3,
    )


def pattern_agreement() -> Figure:
    """Draw what has been measured about relationship patterns and about memory, and what has not.

    Returns
    -------
    Figure
        One line a question, on a scale from 0 to 1; a dotted line where no figure was found.
    """
    rows = sorted(read_rows("pattern_agreement.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.1))
        for row in rows:
            _draw_agreement(axes, -int(row["order"]), row)
        axes.set_xlim(0, 1.0)
        axes.set_ylim(-len(rows) - 0.45, -0.45)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axes.set_xlabel("agreement beyond chance (kappa; two different kinds)")
        axes.grid(axis="x", color=RULE)
        axes.set_title("Raters agree fairly on a pattern told today;\nmemory and record agree much less")
    plt.close(figure)
    return figure


def _draw_agreement(axes: Axes, height: float, row: dict[str, str]) -> None:
    mark = height - 0.2
    axes.text(0, height + 0.32, row["judgement"], va="center", backgroundcolor="white")
    axes.text(0, height + 0.06, _note(row), color=MUTED, va="center", fontsize=10, backgroundcolor="white")
    if row["shown"] == "none":
        axes.plot([0, 1], [mark, mark], color=MUTED, linestyle=":", linewidth=1.2)
        return
    ends = [float(row["low"]), float(row["high"])]
    axes.plot(ends, [mark, mark], color=ACCENT, marker="|", markersize=11)
    if row["shown"] == "interval":
        axes.plot([float(row["point"])], [mark], marker="o", color=ACCENT)


def _note(row: dict[str, str]) -> str:
    if row["shown"] == "none":
        return row["statistic"]
    return f"{row['statistic']} {row['printed']}; {SHORT_REFERENCE[row['key']]}"
