"""The figures of chapter 11 show what their data say."""

import csv

from mindbody import figures
from mindbody.figures.style import ASSETS


def rows(name: str) -> list[dict[str, str]]:
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_person_stays_below_her_edge_and_the_other_crosses_hers() -> None:
    edges = {row["person"]: float(row["edge"]) for row in rows("capacity_edges.csv")}
    crossed = {row["person"] for row in rows("capacity_courses.csv") if float(row["level"]) > edges[row["person"]]}
    assert crossed == {"Person B"}
    assert len(figures.capacity_edges().axes) == 2


def test_the_same_question_is_put_to_both() -> None:
    points = rows("capacity_courses.csv")
    begun = {name: [row["level"] for row in points if row["person"] == name][:4] for name in ("Person A", "Person B")}
    assert begun["Person A"] == begun["Person B"]


def test_every_channel_has_a_look_alike_and_every_look_alike_a_channel() -> None:
    grid = [[int(value) for name, value in row.items() if name != "look_alike"] for row in rows("look_alikes.csv")]
    assert all(map(any, grid))
    assert all(map(any, zip(*grid, strict=True)))
    assert len(figures.look_alikes().axes[0].collections) == sum(map(sum, grid))


def test_each_pooled_share_lies_in_its_interval_and_is_printed() -> None:
    words = " ".join(text.get_text() for text in figures.suicidality_in_pain().axes[0].texts)
    for row in rows("suicidality_pain.csv"):
        assert float(row["low"]) < float(row["point"]) < float(row["high"])
        assert f"{row['point']}%" in words
