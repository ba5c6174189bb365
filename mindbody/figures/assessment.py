"""The figures of chapter 12: what a sign does to a probability, and findings that only look like rule-in signs."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

LETTERS = {"F": "functional", "I": "inconsistent", "T": "triggered"}


def after(prior: float, with_it: float, without_it: float) -> float:
    """Return the per cent of those with a sign who have the condition; all three are per cent."""
    having, not_having = prior * with_it, (100 - prior) * without_it
    return 100 * having / (having + not_having)


def what_a_sign_does() -> Figure:
    """Draw, for invented numbers, the probability before and after a sign.

    Returns
    -------
    Figure
        One line a sign, from a hollow mark (before) to a full one (after).
    """
    rows = read_rows("sign_clinics.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.2))
        for height, row in enumerate(reversed(rows)):
            prior = float(row["prior"])
            then = after(prior, float(row["with_condition"]), float(row["without_condition"]))
            axes.text(0, height + 0.32, f"of 100: {row['label']}", fontsize=10, va="center")
            axes.plot([prior, then], [height, height], color=ACCENT, linewidth=1.8, zorder=1)
            axes.plot([prior], [height], color=ACCENT, marker="o", markerfacecolor="white", markersize=8)
            axes.plot([then], [height], color=ACCENT, marker="D", markersize=6)
            axes.text(max(prior, then) + 2.5, height, f"{prior:.0f}% to {then:.0f}%", va="center", color=MUTED)
        axes.set_xlim(0, 100)
        axes.set_ylim(-0.5, len(rows) - 0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("per cent with the condition, before (ring) and after (diamond) the sign")
        axes.grid(axis="x", color=RULE)
    plt.close(figure)
    return figure


def ordinary_findings() -> Figure:
    """Draw findings that a popular list would count, and the diagnosis for which each is ordinary.

    Returns
    -------
    Figure
        Three columns: the finding, the letter it tempts one to give, the diagnosis it is ordinary for.
    """
    rows = read_rows("ordinary_findings.csv")
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.8, 3.0))
        for height, row in enumerate(reversed(rows)):
            axes.axhline(height - 0.5, color=RULE, linewidth=0.8)
            axes.text(0, height, row["finding"].replace("; ", ";\n"), va="center", color=INK, fontsize=10)
            axes.text(0.41, height, f"{row['letter']}?", va="center", ha="center", color=MUTED, fontsize=12)
            axes.text(0.48, height, row["diagnosis"], va="center", color=ACCENT, fontsize=10)
        top = len(rows) - 0.3
        for place, head in ((0, "finding"), (0.41, "tempts as"), (0.48, "ordinary for")):
            axes.text(place, top, head, ha="center" if place == 0.41 else "left", color=MUTED, fontsize=9)
        axes.set_xlim(0, 1)
        axes.set_ylim(-0.6, len(rows))
        axes.set_axis_off()
    plt.close(figure)
    return figure
