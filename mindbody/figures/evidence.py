"""The figures of chapter 6: differences between arms, what a change within one arm hides, and a follow-up."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mindbody.figures.intervals import Estimate, difference
from mindbody.figures.style import ACCENT, DEFENCE, FEELING, INK, MUTED, RULE, figure_style, read_rows

# Each arm has a hue, a marker and a dash, so that it can be told apart in grey.
ARM_STYLE = {
    "Pain reprocessing": (ACCENT, "o", "-"),
    "Usual care": (FEELING, "s", "--"),
    "Open placebo": (DEFENCE, "^", ":"),
}

# Behind words that stand on hatching.
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}


def estimate_of(row: dict[str, str]) -> Estimate | None:
    """Return difference and interval in percentage points, or None where the counts were not seen."""
    if not row["treated_total"]:
        return None
    names = ("treated", "treated_total", "compared", "compared_total")
    found = difference(*(int(row[name]) for name in names))
    return Estimate(found.value * 100, found.low * 100, found.high * 100)


def trial_differences() -> Figure:
    """Draw absolute differences, with an interval where counts were seen and hollow where only percentages were.

    Returns
    -------
    Figure
        One line a comparison, in percentage points.
    """
    rows = sorted(read_rows("trial_differences.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.9))
        for row in rows:
            _draw_difference(axes, -int(row["order"]), row)
        axes.axvline(0, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xlim(-2, 78)
        axes.set_ylim(-len(rows) - 0.5, -0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=RULE)
        axes.set_xlabel("absolute difference, percentage points (line: 95% interval)")
        axes.set_title("Large after treatment, smaller later;\nmost of these cannot be given an interval")
    plt.close(figure)
    return figure


def _draw_difference(axes: Axes, height: float, row: dict[str, str]) -> None:
    mark = height - 0.14
    axes.text(0.4, height + 0.24, row["label"], va="center", backgroundcolor="white")
    found = estimate_of(row)
    if found:
        axes.plot([found.low, found.high], [mark, mark], color=ACCENT, solid_capstyle="butt")
        axes.plot([found.value], [mark], marker="o", color=ACCENT)
        said, end = f"{found.value:.0f} ({found.low:.0f} to {found.high:.0f})", found.high
    else:
        value = float(row["treated_percent"]) - float(row["compared_percent"])
        axes.plot([value], [mark], marker="o", markerfacecolor="white", markeredgewidth=1.6, color=ACCENT)
        said, end = f"{value:.0f}", value
    axes.text(end + 1.5, mark, said, va="center", fontsize=10, color=INK, backgroundcolor="white")


def within_between() -> Figure:
    """Draw how much of a change within a treated group was also there without the treatment.

    Returns
    -------
    Figure
        One bar an outcome, split where a comparison was reported and undivided where none was.
    """
    rows = sorted(read_rows("within_between.csv"), key=lambda row: int(row["order"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.3))
        for row in rows:
            _draw_change(axes, -int(row["order"]), row)
        axes.axhline(-3.56, color=RULE, linewidth=1)
        axes.set_xlim(0, 1.22)
        axes.set_ylim(-len(rows) - 0.45, -0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("change from before to after, in standard deviations")
        axes.set_title(
            "Part of every change comes without the therapy;\nwithout a comparison nobody knows how large a part"
        )
    plt.close(figure)
    return figure


def _draw_change(axes: Axes, height: float, row: dict[str, str]) -> None:
    with_therapy = float(row["with_therapy"])
    mark = height - 0.16
    axes.text(0, height + 0.22, row["label"], va="center")
    if not row["without"]:
        axes.barh(mark, with_therapy, height=0.34, facecolor="white", edgecolor=MUTED, hatch="///", linewidth=1)
        words = f"{with_therapy:.2f}: no comparison, so the parts are unknown"
        axes.text(
            0.03, mark, words, va="center", fontsize=10, bbox={"facecolor": "white", "edgecolor": "none", "pad": 2}
        )
        return
    without = float(row["without"])
    axes.barh(mark, without, height=0.34, facecolor="white", edgecolor=MUTED, hatch="...", linewidth=1)
    axes.barh(mark, with_therapy - without, left=without, height=0.34, color=ACCENT)
    axes.text(
        without / 2,
        mark,
        f"{without:.2f}",
        va="center",
        ha="center",
        fontsize=10,
        bbox=PLATE,
    )
    axes.text(
        (without + with_therapy) / 2, mark, f"{with_therapy - without:.2f}", va="center", ha="center", color="white"
    )
    axes.text(with_therapy + 0.02, mark, f"{with_therapy:.2f} with therapy", va="center", fontsize=10)


def prt_over_time() -> Figure:
    """Draw the share who were pain-free or nearly in each arm, after treatment and five years on.

    Returns
    -------
    Figure
        One line an arm, labelled at its end.
    """
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.9))
        for row in read_rows("prt_over_time.csv"):
            colour, marker, dash = ARM_STYLE[row["arm"]]
            shares = [float(row["after"]), float(row["five_years"])]
            axes.plot([0, 1], shares, color=colour, marker=marker, linestyle=dash)
            axes.text(-0.04, shares[0], f"{shares[0]:.0f}", ha="right", va="center", color=colour)
            axes.text(1.04, shares[1], f"{shares[1]:.0f}  {row['arm']}", va="center", color=colour)
        axes.set_xlim(-0.2, 1.62)
        axes.set_ylim(0, 75)
        axes.set_xticks([0, 1], ["after treatment", "five years on"])
        axes.set_yticks([0, 25, 50, 75])
        axes.grid(axis="y", color=RULE)
        axes.set_ylabel("per cent pain-free or nearly")
        axes.set_title("Five years on, the treated were still ahead\nand the others had come nearer")
    plt.close(figure)
    return figure
