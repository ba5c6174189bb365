"""The imaging pair of chapter 2: findings without pain, and the same findings with pain.

Neither figure may stand without the other. The first alone reads as "scans mean nothing",
the second alone as "the scan explains the pain".
"""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

# Ends at a light teal, so that ink stays above 4.5:1 on every cell.
_TINTS = LinearSegmentedColormap.from_list("tints", ["#ffffff", "#5fb0a7"])


def imaging_by_age() -> Figure:
    """Draw how often spinal findings were estimated in pain-free people, by age.

    Returns
    -------
    Figure
        One cell a finding and age. A cell whose figure we have not seen is left blank.
    """
    shares = {(row["finding"], int(row["age"])): int(row["percent"]) for row in read_rows("imaging_by_age.csv")}
    ages = sorted({age for _, age in shares})
    oldest_common = max(age for age in ages if _complete(shares, age))
    findings = sorted({finding for finding, _ in shares}, key=lambda finding: -shares[finding, oldest_common])
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 4.5))
        for line, finding in enumerate(findings):
            for column, age in enumerate(ages):
                percent = shares.get((finding, age))
                if percent is None:
                    continue
                axes.add_patch(
                    Rectangle(
                        (column - 0.47, line - 0.45),
                        0.94,
                        0.9,
                        facecolor=_TINTS(percent / 100),
                        edgecolor=RULE,
                        linewidth=0.6,
                    )
                )
                axes.text(
                    column,
                    line,
                    str(percent),
                    ha="center",
                    va="center",
                    fontsize=11,
                    color=INK,
                )
        axes.set_xlim(-0.5, len(ages) - 0.5)
        axes.set_ylim(len(findings) - 0.5, -0.5)
        axes.set_xticks(range(len(ages)), [str(age) for age in ages])
        axes.set_yticks(range(len(findings)), [_capital(finding) for finding in findings])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel("Age in years; each figure is the per cent of pain-free people")
        figure.suptitle(
            "Spinal findings grow common with age\nin people who have no pain",
            x=0.01,
            ha="left",
            fontsize=12,
            fontweight="bold",
        )
    plt.close(figure)
    return figure


def imaging_with_pain() -> Figure:
    """Draw the odds of each finding in people with back pain against people without.

    Returns
    -------
    Figure
        A forest plot on a log axis: odds ratio and 95% confidence interval a finding.
    """
    rows = sorted(read_rows("imaging_odds.csv"), key=lambda row: -float(row["odds_ratio"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.6))
        for line, row in enumerate(rows):
            odds, low, high = (float(row[name]) for name in ("odds_ratio", "low", "high"))
            axes.plot([low, high], [line, line], color=ACCENT, linewidth=1.8, solid_capstyle="butt")
            axes.plot(odds, line, marker="s", color=ACCENT, markersize=7)
            axes.text(
                1.03,
                line,
                f"{odds:.2f} ({low:.2f}\N{EN DASH}{high:.2f})",
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=10,
            )
        axes.axvline(1, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.set_xscale("log")
        axes.set_xlim(0.7, 55)
        axes.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
        axes.minorticks_off()
        axes.set_ylim(len(rows) - 0.4, -0.9)
        axes.set_yticks(range(len(rows)), [_capital(row["finding"]) for row in rows])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.text(1.06, -0.62, "1: equally frequent", fontsize=10, color=MUTED, va="center")
        axes.set_xlabel("Odds ratio with 95% interval (each step on the axis multiplies)")
        figure.suptitle(
            "Up to the age of 50, several findings are\nmore frequent in people with back pain",
            x=0.01,
            ha="left",
            fontsize=12,
            fontweight="bold",
        )
    plt.close(figure)
    return figure


def _complete(shares: dict[tuple[str, int], int], age: int) -> bool:
    return all((finding, age) in shares for finding in {finding for finding, _ in shares})


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
