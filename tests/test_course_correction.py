"""Correcting an item after its release: who is marked differently, and nobody worse unless the instructor says so."""

import ast
import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.course.correction import Change, Comparison, compare, csv_of, decide, page_of, summary, write_report
from mindbody.course.grading import CourseError, ItemTables, Marked, Tables, Version, mark_item
from mindbody.course.notebooks import source_notebook
from mindbody.course.reader import ItemAnswer
from mindbody.course.release import keep_tables
from mindbody.course.scores import results
from mindbody.curriculum import Curriculum, load
from mindbody.marking import Answer, Gate, Group, MarkingTable
from tests.submissions import hand_in, specs_of, submission

NAME, ITEM = "07-conflict", "g-which-corner"
SHAPE = {"fields": {"f": {"atoms": ["opt:a", "opt:b", "opt:c"], "at_most": 1, "required": True}}}
NARROW = {"fields": {"f": {"atoms": ["opt:a", "opt:b"], "at_most": 1, "required": True}}}


def version(right: str, shape: Any = SHAPE, *, gate: bool = False, **correction: Any) -> Version:
    """Make a version of a choice of which one option is right."""
    group = Group("g", "", ("f",), {f"opt:{right}": 100}, 100)
    gates = (Gate("g", "", all_of=(f"opt:{right}",)),) if gate else ()
    return Version(shape, MarkingTable(200, (group,), gates), **correction)


def points(chosen: str, of: Version, **item: Any) -> tuple[float, int | None, bool | None]:
    """Mark a choice and return its points, what the corrected key would give if it is held, and its gate."""
    tables = ItemTables("x", "X", "choice", "graded", 1, 200, versions={1: of}, **item)
    found = mark_item(ItemAnswer(1, Answer(frozenset({f"opt:{chosen}"}))), tables)
    return found.points, found.corrected, found.passed


# --- the rule ---------------------------------------------------------------------------------------------------------


def test_a_mark_goes_up_by_a_corrected_key():
    assert points("b", version("a", instead=version("b"))) == (200, None, None)


def test_no_mark_goes_down_by_a_corrected_key_and_what_it_would_be_is_known():
    assert points("a", version("a", instead=version("b"))) == (200, 0, None)


def test_a_mark_goes_down_where_the_instructor_says_so():
    assert points("a", version("a", instead=version("b"), hold=False)) == (0, None, None)


def test_an_answer_for_which_the_corrected_item_has_no_room_keeps_its_own_mark():
    assert points("c", version("c", instead=version("a", NARROW), hold=False)) == (200, None, None)
    assert points("c", version("a", NARROW, instead=version("c"))) == (200, None, None)


def test_a_key_mended_twice_takes_the_best_of_the_three():
    twice = version("a", instead=version("b", instead=version("c")))
    assert [points(one, twice) for one in "abc"] == [(200, 0, None), (200, 0, None), (200, None, None)]


def test_a_gate_that_was_passed_stays_passed_unless_marks_may_go_down():
    corrected = version("b", gate=True)
    assert points("a", version("a", gate=True, instead=corrected), gate="x/g")[2] is True
    assert points("a", version("a", gate=True, instead=corrected, hold=False), gate="x/g")[2] is False
    assert points("b", version("a", gate=True, instead=corrected), gate="x/g")[2] is True


@given(st.sampled_from("abc"), st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_holding_never_lowers_a_mark_whatever_is_corrected_how_often(chosen: str, keys: list[str]):
    chain = version(keys[-1])
    for right in reversed(keys[:-1]):
        chain = version(right, instead=chain)
    assert points(chosen, chain)[0] == max(points(chosen, version(right))[0] for right in keys)


@pytest.mark.parametrize(("how", "most"), [("full", 200), ("none", 0)])
def test_an_exercise_set_aside_gives_everybody_all_its_points_or_nobody_any(how: str, most: int):
    tables = ItemTables("x", "X", "choice", "graded", 1, 200, versions={1: version("a")}, set_aside=how)
    wrong = mark_item(ItemAnswer(1, Answer(frozenset({"opt:b"}))), tables)
    nothing = mark_item(None, tables)
    assert [(one.points, one.max) for one in (wrong, nothing)] == [(most, most)] * 2
    assert wrong.answer.atoms == {"opt:b"}


# --- a course ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    """Copy a course and hand in for six trainees, who choose c, c, c, b, b and a in the item that is corrected."""
    root = Path(shutil.copytree(made_project, tmp_path / "project"))
    course = root / "exercises"
    specs, tables = specs_of(course, NAME), Tables.read(course, NAME)
    for index, chosen in enumerate("cccbba"):
        data = submission(specs, tables, learner=f"t{index}", quality=1, seed=index)
        for state in (data["items"][ITEM], data["items"][ITEM]["first"], data["items"][ITEM]["last"]):
            state["answer"] = {"atoms": [f"opt:{chosen}"], "numbers": {}, "texts": {}}
        hand_in(course, f"t{index}", data, NAME)
    return root


def edit(root: Path, *, raised: bool) -> Curriculum:
    """Say that b is right, not c; raise the version or not."""
    for folder in ("bank", "keys"):
        path = root / "exercises" / folder / f"{NAME}.yaml"
        before, found, after = path.read_text(encoding="utf-8").partition(ITEM)
        if raised:
            after = after.replace("version: 1", "version: 2", 1)
        if folder == "keys":
            after = after.replace("right: c\n", "right: b\n", 1)
        path.write_text(before + found + after, encoding="utf-8")
    return load(root)


def moves(course: Path) -> dict[str, float]:
    return {one.student: one.after - one.before for one in compare(course, NAME).changes if one.item == ITEM}


def test_older_answers_are_marked_by_the_version_that_was_answered_until_told_otherwise(project: Path):
    course = project / "exercises"
    raised = edit(project, raised=True)
    keep_tables(course, raised, raised.assignments[NAME])
    assert not moves(course)
    assert decide(course, NAME, [ITEM], newest=True) == [ITEM]
    found = moves(course)
    assert {name for name, move in found.items() if move > 0} == {"t3", "t4"}
    assert not any(move < 0 for move in found.values())
    decide(course, NAME, [ITEM], newest=False)
    assert not moves(course)


def test_marks_go_down_only_once_the_instructor_says_so_and_are_held_again_when_she_takes_it_back(project: Path):
    course = project / "exercises"
    mended = edit(project, raised=False)
    keep_tables(course, mended, mended.assignments[NAME], mend_keys=True)
    assert {name for name, move in moves(course).items() if move < 0} == set()
    held = [one for one in compare(course, NAME).changes if one.note.startswith("held")]
    assert {one.student for one in held} == {"t0", "t1", "t2"}
    decide(course, NAME, [], lower=True)
    assert {name for name, move in moves(course).items() if move < 0} == {"t0", "t1", "t2"}
    decide(course, NAME, [], lower=False)
    assert not any(move < 0 for move in moves(course).values())


def test_a_decision_outlives_the_next_edit_of_the_course(project: Path):
    course = project / "exercises"
    mended = edit(project, raised=False)
    keep_tables(course, mended, mended.assignments[NAME], mend_keys=True)
    decide(course, NAME, [ITEM], lower=True)
    before = moves(course)
    keep_tables(course, mended, mended.assignments[NAME])
    assert moves(course) == before


def test_a_correction_changes_what_the_marks_depend_on_so_that_all_are_marked_anew(project: Path):
    course = project / "exercises"
    raised = edit(project, raised=True)
    keep_tables(course, raised, raised.assignments[NAME])
    names = [Tables.read(course, NAME).fingerprint()]
    decide(course, NAME, [ITEM], newest=True)
    names.append(Tables.read(course, NAME).fingerprint())
    decide(course, NAME, [ITEM], lower=True)
    names.append(Tables.read(course, NAME).fingerprint())
    assert len(set(names)) == 3


def test_the_notebook_carries_the_correction_so_that_stock_nbgrader_marks_alike(project: Path):
    course = project / "exercises"
    raised = edit(project, raised=True)
    keep_tables(course, raised, raised.assignments[NAME])
    decide(course, NAME, [ITEM], newest=True)
    versions = keep_tables(course, raised, raised.assignments[NAME])
    notebook = source_notebook(raised, raised.assignments[NAME], versions)
    cell = next(cell for cell in notebook["cells"] if cell["id"] == ITEM)
    call = next(line for line in cell["source"].splitlines() if line.startswith("work.points("))
    _, tables = ast.literal_eval(call.removeprefix("work.points"))
    carried = {number: Version.from_json(data) for number, data in tables.items()}
    for chosen in "abc":
        assert points(chosen, carried[1]) == points(chosen, versions[ITEM][1])
    assert points("b", carried[1])[0] > 0
    assert points("c", carried[1])[1] == 0


def test_an_exercise_is_not_taken_out_of_the_bank_once_answers_were_handed_in(project: Path):
    course, curriculum = project / "exercises", load(project)
    assignment = curriculum.assignments[NAME]
    fewer = replace(assignment, items=tuple(item for item in assignment.items if item.id != ITEM))
    with pytest.raises(CourseError, match=rf"{ITEM} is gone.*set_aside: full"):
        keep_tables(course, curriculum, fewer)


def test_an_exercise_set_aside_is_said_to_be_so(project: Path):
    course = project / "exercises"
    bank = course / "bank" / f"{NAME}.yaml"
    before, found, after = bank.read_text(encoding="utf-8").partition(f"id: {ITEM}\n")
    indent = before[before.rindex("\n") + 1 :].replace("-", " ")
    bank.write_text(f"{before}{found}{indent}set_aside: full\n{after}", encoding="utf-8")
    curriculum = load(project)
    keep_tables(course, curriculum, curriculum.assignments[NAME])
    changes = [one for one in compare(course, NAME).changes if one.item == ITEM]
    assert len(changes) == 6
    assert all(one.after == one.most and "set aside: everybody" in one.note for one in changes)
    marked: list[Marked] = [one.marked for one in results(course, NAME)]
    assert all(one.items[ITEM].answer.atoms for one in marked)


@pytest.mark.parametrize(("items", "message"), [(["nothing"], 'no exercise "nothing"'), ([ITEM], "one version of it")])
def test_what_cannot_be_decided_says_why(project: Path, items: list[str], message: str):
    with pytest.raises(CourseError, match=message):
        decide(project / "exercises", NAME, items, newest=True)


# --- the report -------------------------------------------------------------------------------------------------------

EVIL = "=cmd|' /C calc'!A0 <script>alert(1)</script>\x1b[31m"


def hostile() -> Comparison:
    return Comparison(NAME, EVIL, 2, (Change(EVIL, EVIL, EVIL, 1, 1, 2, 2, EVIL), Change("lee", "x", "X", 1, 2, 1, 2)))


def test_the_report_says_in_a_sentence_who_gains_and_who_loses():
    assert summary(hostile()) == "Of 2 who handed in, 1 gain and 1 lose points, +0.00 on average of those."
    assert summary(Comparison(NAME, "", 7, ())) == "No mark of the 7 who handed in changes."


def test_nothing_hostile_runs_in_the_page_or_the_table(tmp_path: Path):
    page = page_of(hostile())
    assert "<script" not in page
    assert "default-src 'none'" in page
    rows = list(csv.reader(io.StringIO(csv_of(hostile()).decode("utf-8-sig"), newline="")))
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert [path.exists() for path in write_report(hostile(), tmp_path / "new")] == [True, True]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match="--out"):
        write_report(hostile(), tmp_path / "file")
