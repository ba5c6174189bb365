"""How every figure of the book looks: one style file, one set of colours, one marker a corner."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt

# mindbody/figures/style.py -> repository top. Data and style stand in assets/ beside the package.
ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
STYLE_FILE = ASSETS / "styles" / "mindbody.mplstyle"

INK = "#1f2933"
MUTED = "#5b6670"
RULE = "#d9dee2"
PAPER = "#fbfaf7"
ACCENT = "#0b6b63"

# The corners keep one hue and one shape in book, widget, figure and report.
# Feeling and anxiety are alike in grey, so the shape and the word carry the meaning.
FEELING = "#b3541e"
ANXIETY = "#8a6d00"
DEFENCE = "#2f5d8a"

FEELING_MARKER = "o"
ANXIETY_MARKER = "^"
DEFENCE_MARKER = "s"

CORNER_COLOURS = {"feeling": FEELING, "anxiety": ANXIETY, "defence": DEFENCE}
CORNER_MARKERS = {
    "feeling": FEELING_MARKER,
    "anxiety": ANXIETY_MARKER,
    "defence": DEFENCE_MARKER,
}


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw with the book's style inside the block and leave the caller's settings as they were."""
    with plt.style.context(STYLE_FILE):
        yield


def read_rows(name: str) -> list[dict[str, str]]:
    """Read the rows of a figure's data, a CSV file in ``assets/``."""
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
