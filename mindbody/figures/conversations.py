"""The figures of chapter 14: what the words to Marcus are spent on, and lasting bad effects in a thousand people."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from mindbody.figures.style import ACCENT, INK, MUTED, RULE, figure_style, read_rows

THOUSAND = 1000
ACROSS = 50


def two_minutes() -> Figure:
    """Draw the share of words that each part of the explanation to Marcus takes.

    Returns
    -------
    Figure
        One bar a part, in the order in which they are said, with what in it is his own.
    """
    rows = sorted(read_rows("two_minutes.csv"), key=lambda row: int(row["order"]))
    counts = [len(row["text"].split()) for row in rows]
    shares = [100 * count / sum(counts) for count in counts]
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.6))
        for row, share in zip(rows, shares, strict=True):
            height = -int(row["order"])
            axes.barh(height, share, height=0.34, color=ACCENT)
            axes.text(0, height + 0.3, row["part"], color=INK, va="bottom")
            axes.text(share + 1, height, f"his own: {row['his_own']}", color=MUTED, va="center", fontsize=10)
        axes.set_xlim(0, 100)
        axes.set_ylim(-len(rows) - 0.5, -0.3)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(f"per cent of its {sum(counts)} words")
        axes.set_title("More than half of an explanation is not explaining")
    plt.close(figure)
    return figure


def one_in_twenty() -> Figure:
    """Draw the survey's share of people with lasting bad effects as squares in a thousand.

    Returns
    -------
    Figure
        A thousand squares, those who reported such effects dark.
    """
    row = read_rows("lasting_bad_effects.csv")[0]
    dark = round(THOUSAND * int(row["reported"]) / int(row["asked"]))
    with figure_style():
        figure, axes = plt.subplots(figsize=(6.4, 3.1))
        for start, end, colour in ((dark, THOUSAND, RULE), (0, dark, ACCENT)):
            places = range(start, end)
            axes.scatter(
                [place % ACROSS for place in places],
                [-(place // ACROSS) for place in places],
                s=34,
                marker="s",
                color=colour,
            )
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.set_title(f"Of {THOUSAND} who answered, {dark} reported lasting bad effects")
    plt.close(figure)
    return figure
