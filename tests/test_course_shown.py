"""What a marker sees of an answer."""

import json
import re

import pytest

from mindbody.course.grading import MarkedItem, Tables
from mindbody.course.notebooks import exercise_data, item_head
from mindbody.course.shown import answer_html, number, points_text
from mindbody.curriculum import Curriculum
from mindbody.items import KINDS
from mindbody.marking import Answer

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\x00\ud800</dd>"


def _specs(curriculum: Curriculum) -> dict[str, dict]:
    return {
        name: spec
        for assignment in curriculum.assignments.values()
        for name, spec in exercise_data(curriculum, assignment)["items"].items()
    }


def test_whatever_a_trainee_typed_is_escaped_in_every_kind(curriculum: Curriculum):
    """Every field of every item gets a script; tests/test_course_formgrader.py shows it to a browser."""
    kinds = set()
    for spec in _specs(curriculum).values():
        fields = spec["shape"]["fields"]
        typed = {**dict.fromkeys(fields, ATTACK), "reflection": ATTACK}
        answer = Answer(frozenset({ATTACK}), typed, typed)
        shown = answer_html(spec, answer, refused=ATTACK)
        assert "<script" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown
        shown.encode("utf-8")
        kinds.add(spec["kind"])
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    ("item", "answer", "words"),
    [
        ("02-medicine/g-dizzy-route", Answer(frozenset({"opt:a"})), "Chosen"),
        ("07-conflict/c1-corners", Answer(frozenset({"9@defence"})), "[9]"),
        ("02-medicine/g-ces-number", Answer(numbers={}), "<em>not answered</em>"),
        ("07-conflict/w-rival", Answer(texts={"text": "Two words"}), "Text (2 words; asked for"),
    ],
)
def test_an_answer_is_shown_in_words(curriculum: Curriculum, item: str, answer: Answer, words: str):
    shown = answer_html(_specs(curriculum)[item], answer)
    assert words in shown


def test_every_atom_of_every_item_is_shown_in_words(curriculum: Curriculum):
    for spec in _specs(curriculum).values():
        atoms = {atom for field in spec["shape"]["fields"].values() for atom in field.get("atoms", [])}
        assert "Unknown to this exercise" not in answer_html(spec, Answer(frozenset(atoms))), spec["id"]


def test_points_are_written_as_people_write_them():
    assert [number(points) for points in (450, 600, 25, 0, 1000)] == ["4.5", "6", "0.25", "0", "10"]


def test_what_is_said_of_an_item_gives_nothing_of_its_key_away(curriculum: Curriculum):
    item = MarkedItem("x", 0, 200, answered=False, refused="it breaks the shape")
    assert points_text(item) == "Not marked: it breaks the shape."
    assert points_text(MarkedItem("x", 0, 200, answered=False)) == "Not answered."


def test_the_head_of_an_item_can_be_read_back(curriculum: Curriculum, whole_project):
    for assignment in curriculum.taught.values():
        tables = Tables.read(whole_project / "exercises", assignment.id)
        for item in assignment.items:
            head = json.loads(json.dumps(item_head(item)))
            assert re.fullmatch(r"[a-z0-9-]+", head["id"])
            assert tables.items[item.id].criteria == tuple(head["criteria"])
