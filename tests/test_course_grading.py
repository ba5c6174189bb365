"""Marking a submission: pure functions of answers and tables."""

import random
from datetime import UTC, datetime
from typing import Any

from mindbody.course.grading import ItemTables, Marked, MarkedItem, Tables, Version, mark_submission, refuse
from mindbody.course.reader import ItemAnswer, State, Submission
from mindbody.marking import Answer, Gate, Group, MarkingTable

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SHAPE = {"fields": {"answer": {"atoms": ["opt:a", "opt:b"], "at_most": 1, "required": 1}}}


def _version(right: str = "a", points: int = 200, *, gate: bool = False) -> Version:
    gates = (Gate("g", "G", all_of=(f"opt:{right}",)),) if gate else ()
    group = Group("answer", "Answer", ("answer",), {f"opt:{right}": 100}, 100)
    return Version(SHAPE, MarkingTable(points, (group,), gates))


def _item(name: str, mode: str = "graded", **fields: Any) -> ItemTables:
    default = {"title": name, "kind": "choice", "version": 1, "points": 200}
    gate = fields.get("gate") is not None
    return ItemTables(id=name, mode=mode, **{**default, "versions": {1: _version(gate=gate)}, **fields})


def _text(name: str) -> ItemTables:
    shape = {"fields": {"text": {"text": {"max": 100}, "required": 1}}}
    return _item(name, kind="text", points=300, versions={1: Version(shape, MarkingTable(0, ()))})


def _tables(*items: ItemTables) -> Tables:
    return Tables("course", "ch", "Chapter", {item.id: item for item in items})


def _given(atom: str, version: int = 1, first: str | None = None) -> ItemAnswer:
    last = Answer(frozenset({f"opt:{atom}"}))
    begun = State(Answer(frozenset({f"opt:{first}"})), NOW) if first else None
    return ItemAnswer(version, last, begun, State(last, NOW) if first else None)


def _mark(tables: Tables, assignment: str = "ch", **given: ItemAnswer) -> Marked:
    return mark_submission(Submission(assignment, given), tables)


def test_a_graded_item_earns_its_points():
    marked = _mark(_tables(_item("x"), _item("y"), _item("z")), x=_given("a"), y=_given("b"))
    assert [item.points for item in marked.items.values()] == [200, 0, 0]
    assert marked.graded == (200, 600)
    assert [item.answered for item in marked.items.values()] == [True, True, False]


def test_practice_is_marked_by_its_first_answer_and_stays_out_of_the_points():
    tables = _tables(_item("x", "practice"), _item("y", "practice"))
    marked = _mark(tables, x=_given("a", first="b"), y=_given("b", first="a"))
    assert marked.practice == (200, 400)
    assert marked.graded == (0, 0)
    assert marked.items["x"].last is not None
    assert marked.items["x"].last.points == 200


def test_practice_that_was_never_checked_is_not_done():
    marked = _mark(_tables(_item("x", "practice")), x=_given("a"))
    assert marked.completion("practice") == (0, 1)
    assert marked.practice == (0, 200)


def test_each_answer_is_marked_by_the_version_that_was_answered():
    item = _item("x", version=2, versions={1: _version("b"), 2: _version("a")})
    assert _mark(_tables(item), x=_given("b", version=1)).graded == (200, 200)
    assert _mark(_tables(item), x=_given("b", version=2)).graded == (0, 200)


def test_an_older_version_that_was_worth_more_cannot_earn_more_than_there_is_now():
    item = _item("x", version=2, versions={1: _version("b", points=600), 2: _version("a")})
    assert _mark(_tables(item), x=_given("b", version=1)).graded == (200, 200)


def test_a_version_that_never_was_is_refused_with_a_reason():
    marked = _mark(_tables(_item("x")), x=_given("a", version=7))
    assert marked.graded == (0, 200)
    assert "version 7" in (marked.items["x"].refused or "")


def test_an_answer_that_breaks_the_shape_earns_nothing_and_stops_no_other():
    everything = ItemAnswer(1, Answer(frozenset({"opt:a", "opt:b", "opt:c"})))
    marked = _mark(_tables(_item("x"), _item("y")), x=everything, y=_given("a"))
    assert marked.items["x"].points == 0
    assert "at most 1" in (marked.items["x"].refused or "")
    assert marked.items["y"].points == 200


def test_answers_to_another_assignment_earn_nothing_and_say_so():
    marked = _mark(_tables(_item("x")), assignment="other", x=_given("a"))
    assert marked.graded == (0, 200)
    assert marked.refused == 'these are answers to "other", not to "ch"'


def test_a_refused_file_has_every_item_at_nought_and_every_gate_open():
    marked = refuse("it is a folder", _tables(_item("x", gate="ch/g"), _item("y", "practice")))
    assert (marked.graded, marked.practice, marked.completion()) == ((0, 200), (0, 200), (0, 2))
    assert [gate.passed for gate in marked.gates] == [None]


def test_a_gate_is_passed_by_any_variant_and_open_while_none_is_answered():
    tables = _tables(_item("x", gate="ch/g"), _item("y", gate="ch/g", retake_of="x"))
    assert [gate.passed for gate in _mark(tables).gates] == [None]
    assert [gate.passed for gate in _mark(tables, x=_given("b")).gates] == [False]
    assert [gate.passed for gate in _mark(tables, x=_given("b"), y=_given("a")).gates] == [True]


def test_a_re_take_settles_its_gate_and_earns_no_points():
    tables = _tables(_item("x", gate="ch/g"), _item("y", gate="ch/g", retake_of="x"))
    marked = _mark(tables, x=_given("b"), y=_given("a"))
    assert marked.graded == (0, 200)
    assert (marked.items["y"].points, marked.items["y"].max) == (0, 0)
    assert marked.completion() == (1, 1)


def test_a_practice_gate_counts_only_what_was_checked():
    tables = _tables(_item("x", "practice", gate="ch/g"))
    assert _mark(tables, x=_given("a")).gates[0].passed is None
    assert _mark(tables, x=_given("a", first="b")).gates[0].passed is True


def test_written_work_is_answered_or_not_and_earns_nothing_here():
    tables = _tables(_text("w"))
    blank, words = (ItemAnswer(1, Answer(texts={"text": text})) for text in ("  \n", "It may be."))
    assert _mark(tables, w=blank).completion() == (0, 1)
    assert _mark(tables, w=words).completion() == (1, 1)
    assert _mark(tables, w=words).graded == (0, 0)
    assert _mark(tables, w=words).items["w"].max == 300


def test_an_equal_task_may_be_done_instead():
    tables = _tables(_item("x"), _item("y", alternative_to="x", points=100))
    marked = _mark(tables, y=_given("a"))
    assert marked.completion() == (1, 1)
    assert marked.graded == (200, 200)
    assert (marked.items["y"].points, marked.items["y"].max) == (0, 0)


def test_an_equal_task_done_beside_the_other_earns_nothing_more():
    tables = _tables(_item("x"), _item("y", alternative_to="x"))
    assert _mark(tables, x=_given("b"), y=_given("a")).graded == (0, 200)
    assert _mark(tables, x=_given("a"), y=_given("b")).graded == (200, 200)


def test_marking_is_the_same_in_any_order():
    tables = _tables(*(_item(f"i{index}") for index in range(8)))
    given = {name: _given("ab"[index % 2]) for index, name in enumerate(tables.items)}
    shuffled = list(given.items())
    random.Random(3).shuffle(shuffled)
    assert _mark(tables, **given).items == _mark(tables, **dict(shuffled)).items


def test_items_that_the_course_does_not_have_are_passed_over():
    marked = _mark(_tables(_item("x")), x=_given("a"), stranger=_given("a"))
    assert list(marked.items) == ["x"]
    assert isinstance(marked.items["x"], MarkedItem)


def test_tables_have_the_same_fingerprint_whatever_they_explain():
    plain, explained = _item("x"), _item("x")
    table = explained.versions[1].table
    wordy = MarkingTable(table.points, table.groups, table.gates, {"opt:a": "Because."}, {})
    explained = _item("x", versions={1: Version(SHAPE, wordy)})
    assert _tables(plain).fingerprint() == _tables(explained).fingerprint()
    assert _tables(plain).fingerprint() != _tables(_item("x", versions={1: _version("b")})).fingerprint()
