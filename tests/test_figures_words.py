"""The figures of chapter 1 say what their data say; that they can be read at a glance these tests cannot prove."""

import csv

from mindbody.figures import not_believed, two_learners, words_claim
from mindbody.figures.style import ASSETS


def _rows(name):
    with (ASSETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_each_reported_consequence_has_a_box_and_each_guess_is_called_one():
    texts = _texts(not_believed())
    for row in _rows("not_believed.csv"):
        assert row["label"] in texts
        assert row["detail"] in texts
    assert sum("guess" in text for text in texts) == 2


def test_the_steps_stand_in_the_order_of_the_file():
    texts = _texts(words_claim())
    rows = _rows("words_claim.csv")
    assert [text for text in texts if text in {row["word"] for row in rows}] == [row["word"] for row in rows]
    assert [int(row["step"]) for row in rows] == list(range(1, len(rows) + 1))


def test_both_invented_learners_are_seventy_per_cent_sure_and_seventy_per_cent_right():
    rows = _rows("two_learners.csv")
    for learner in ("first", "second"):
        mine = [row for row in rows if row["learner"] == learner]
        answers = sum(int(row["answers"]) for row in mine)
        assert sum(int(row["right"]) for row in mine) / answers == 0.7
        assert sum(int(row["confidence"]) * int(row["answers"]) for row in mine) / answers == 70
    assert len(two_learners().axes) == 2
