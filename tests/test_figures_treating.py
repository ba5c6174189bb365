"""The figures of chapter 15 draw what was planned, and what the trials printed."""

import csv

from mindbody import figures
from mindbody.figures.style import ASSETS
from mindbody.figures.treating import MEETINGS, REVIEWS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_phase_lies_within_the_twelve_meetings() -> None:
    bars = figures.twelve_meetings().axes[0].patches
    assert len(bars) == len(rows("twelve_meetings.csv"))
    assert all(bar.get_x() >= 0.5 and bar.get_x() + bar.get_width() <= MEETINGS + 0.5 for bar in bars)


def test_some_phases_overlap_and_the_ending_begins_last() -> None:
    bars = figures.twelve_meetings().axes[0].patches
    starts = [bar.get_x() for bar in bars]
    assert starts == sorted(starts)
    assert bars[3].get_x() < bars[2].get_x() + bars[2].get_width()


def test_a_review_stands_at_the_end_of_every_fourth_meeting() -> None:
    drawn = [line for line in figures.twelve_meetings().axes[0].lines if line.get_linestyle() == "--"]
    assert [float(line.get_xdata()[0]) for line in drawn] == [review + 0.5 for review in REVIEWS]


def test_a_dark_bar_is_what_the_printed_figure_leaves_of_a_hundred() -> None:
    dark = figures.not_reached().axes[0].patches[1::2]
    for bar, row in zip(dark, rows("not_reached.csv"), strict=True):
        assert row["reached"] in row["printed"]
        assert round(bar.get_width() + float(row["reached"]), 6) == 100


def test_every_bar_names_a_work_with_a_block_in_the_evidence_file() -> None:
    evidence = (ASSETS / "evidence.md").read_text(encoding="utf-8")
    for row in rows("not_reached.csv"):
        block = evidence.split(f"### {row['key']}\n")[1].split("\n### ")[0]
        assert f"{row['reached']}%" in block
