"""``mindbody mark``: the same gradebook and notebooks as ``nbgrader autograde``, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from nbgrader import api

from mindbody.course import gradebook as tables_of_ours
from mindbody.course.batch import Batch, Submitted
from mindbody.course.grading import Tables
from mindbody.course.pool import Processes
from tests.every_kind import KINDS_COURSE
from tests.hostile import ANSWER_FILES, ENTRIES, HARMLESS
from tests.hostile_notebooks import NOTEBOOKS
from tests.submissions import Row, gradebook, hand_in, hand_in_class, nbgrader, perfect, specs_of, submission

MEDICINE = "02-medicine"


def run(course: Path, assignment: str = MEDICINE, **settings: Any) -> dict[str, Submitted]:
    """Mark an assignment here, in this process, unless told otherwise."""
    return {one.student: one for one in Batch(course, assignment, **settings).mark(lambda _done, _total: None)}


_OF_A_SUBMISSION = """
FROM {} g
JOIN submitted_notebook sn ON sn.id = g.notebook_id
JOIN submitted_assignment s ON s.id = sn.assignment_id
JOIN notebook n ON n.id = sn.notebook_id
JOIN base_cell c ON c.id = g.cell_id
"""
_QUERIES = {
    "student": "SELECT * FROM student",
    "submission": """
        SELECT a.name, s.student_id, s.timestamp, s.extension, n.name, sn.flagged, sn.late_submission_penalty
        FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id
        JOIN submitted_notebook sn ON sn.assignment_id = s.id JOIN notebook n ON n.id = sn.notebook_id""",
    "grade": """
        SELECT s.student_id, n.name, c.name, typeof(auto_score), coalesce(auto_score, -1), coalesce(manual_score, -1),
        coalesce(extra_credit, -1), needs_manual_grade"""
    + _OF_A_SUBMISSION.format("grade"),
    "comment": "SELECT s.student_id, n.name, c.name, coalesce(auto_comment, ''), coalesce(manual_comment, '')"
    + _OF_A_SUBMISSION.format("comment"),
    "assignment": "SELECT name, duedate, course_id FROM assignment",
    "cell": "SELECT name, type FROM base_cell",
}


def rows(course: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the gradebook has, with names in the place of its random ids."""
    with closing(sqlite3.connect(f"file:{course / 'gradebook.db'}?mode=ro", uri=True)) as book:
        return {name: sorted(book.execute(query), key=str) for name, query in _QUERIES.items()}


def published(course: Path) -> dict[str, bytes]:
    """Return every file under ``autograded/``."""
    folder = course / "autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- the same as nbgrader --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(project_of_every_kind: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Mark one class in two copies of a course: with ``nbgrader autograde`` and our plug-ins, and in a batch."""
    folder = tmp_path_factory.mktemp("both")
    ours = Path(shutil.copytree(project_of_every_kind / "exercises", folder / "ours"))
    hand_in_class(ours, 16)
    specs, tables = specs_of(ours, MEDICINE), Tables.read(ours, MEDICINE)
    hand_in(ours, "nothing", None, MEDICINE)
    hand_in(ours, "broken", b"{", MEDICINE)
    hand_in(ours, "perfect", perfect(specs, tables), MEDICINE)
    (hand_in(ours, "timeless", perfect(specs, tables), MEDICINE) / "timestamp.txt").unlink()
    theirs = Path(shutil.copytree(ours, folder / "theirs"))
    for name in (MEDICINE, KINDS_COURSE):
        done = nbgrader(theirs, "autograde", name)
        assert done.returncode == 0, done.stderr
        run(ours, name)
    return ours, theirs


@pytest.mark.slow
def test_a_batch_fills_the_gradebook_as_nbgrader_with_our_plug_ins_does(both: tuple[Path, Path]):
    ours, theirs = map(rows, both)
    assert ours == theirs
    assert len(ours["grade"]) > 200


@pytest.mark.slow
def test_a_batch_publishes_the_same_files_byte_for_byte(both: tuple[Path, Path]):
    ours, theirs = map(published, both)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.slow
def test_nbgrader_has_nothing_left_to_mark_after_a_batch_and_the_other_way_round(both: tuple[Path, Path]):
    ours, theirs = both
    before = rows(ours), published(ours)
    done = nbgrader(ours, "autograde", MEDICINE)
    assert done.returncode == 0, done.stderr
    assert "Autograding" not in done.stderr
    assert (rows(ours), published(ours)) == before
    marked: list[int] = []
    list(Batch(theirs, MEDICINE).mark(lambda _done, total: marked.append(total)))
    assert set(marked) == {0}


def test_our_tables_are_those_of_nbgrader():
    """A new nbgrader may add columns that must be filled, or change one."""
    theirs = api.Base.metadata.tables
    for name, table in tables_of_ours._KEPT.tables.items():
        for column in table.columns:
            same = theirs[name].columns[column.name]
            assert type(column.type) is type(same.type), (name, column.name)
        needed = {
            column.name
            for column in theirs[name].columns
            if not (column.nullable or column.default is not None or column.server_default is not None)
        }
        assert needed - {"cell_type"} <= set(table.columns.keys()), name
    filled = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
    defaults = {
        (name, column.name): column.default.arg
        for name in filled
        for column in theirs[name].columns
        if column.default is not None and not callable(column.default.arg)
    }
    assert defaults == {("submitted_notebook", "flagged"): False, ("grade", "needs_manual_grade"): True}


# --- everybody's state -----------------------------------------------------------------------------------------------


def test_everybody_has_a_state_and_a_second_run_marks_nobody(course: Path):
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    written = perfect(specs, tables, "writes")
    silent = perfect(specs, tables, "silent")
    for name in [name for name in silent["items"] if name.startswith("w-")]:
        del silent["items"][name]
    hand_in(course, "writes", written, MEDICINE)
    hand_in(course, "silent", silent, MEDICINE)
    hand_in(course, "broken", b"[", MEDICINE)
    (course / "submitted" / "linked").mkdir()
    (course / "submitted" / "linked" / MEDICINE).symlink_to(course / "submitted" / "writes" / MEDICINE)
    first = run(course)
    assert {name: one.state for name, one in first.items()} == {
        "broken": "refused",
        "linked": "failed",
        "silent": "marked",
        "writes": "waiting",
    }
    assert "not an object" in first["broken"].reason or "not JSON" in first["broken"].reason
    assert (first["silent"].points, first["writes"].waiting) == (20, 6)
    before = rows(course), published(course)
    assert run(course) == first
    assert (rows(course), published(course)) == before


def test_processes_give_what_one_process_gives(course: Path, tmp_path: Path):
    hand_in_class(course, 12)
    alone = Path(shutil.copytree(course, tmp_path / "alone"))
    assert run(course, workers=Processes(2)) == run(alone)
    assert rows(course) == rows(alone)
    assert published(course) == published(alone)


# --- scores that a person gave ---------------------------------------------------------------------------------------


def _score(course: Path, cell: str, points: float | None = None) -> Row:
    """Score a criterion as Formgrader's page does, or only look."""
    if points is not None:
        with api.Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
            grade = book.find_grade(cell, "07-conflict", "07-conflict", "lee")
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(cell, "07-conflict", "07-conflict", "lee").manual_comment = "Well seen."
            book.db.commit()
    return gradebook(course)["07-conflict", "lee", cell]


def test_a_person_is_asked_again_only_when_the_text_changed(course: Path):
    specs, tables = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    data = perfect(specs, tables, "lee")
    data["items"]["w-rival"]["answer"]["texts"]["text"] = "It may be that she left the room."
    hand_in(course, "lee", data, "07-conflict")
    run(course, "07-conflict")
    assert _score(course, "w-rival_rival-cited").waiting
    _score(course, "w-rival_rival-cited", 2)
    run(course, "07-conflict", everybody=True)
    assert _score(course, "w-rival_rival-cited") == Row(None, 2, 2, 3, waiting=False)

    data["items"]["g-which-corner"]["answer"]["atoms"] = []
    hand_in(course, "lee", data, "07-conflict")
    run(course, "07-conflict")
    assert not _score(course, "w-rival_rival-cited").waiting
    assert _score(course, "g-which-corner").auto == 0

    data["items"]["w-rival"]["answer"]["texts"]["text"] = "It may be that he left the room."
    hand_in(course, "lee", data, "07-conflict")
    run(course, "07-conflict")
    asked = _score(course, "w-rival_rival-cited")
    assert (asked.waiting, asked.manual) == (True, 2)
    _score(course, "w-rival_rival-cited", 3)
    run(course, "07-conflict", everybody=True)
    assert _score(course, "w-rival_rival-cited") == Row(None, 3, 3, 3, waiting=False)
    with api.Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        comment = book.find_comment("w-rival_rival-cited", "07-conflict", "07-conflict", "lee")
        assert comment.comment == "Well seen."


# --- attacks ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Mark one class in which every trainee but two attacks, and give the course and the file no attack may make."""
    folder = tmp_path_factory.mktemp("attacked")
    course = Path(shutil.copytree(made_project / "exercises", folder / "exercises"))
    canary = folder / "canary"
    code = f"import pathlib; pathlib.Path({str(canary)!r}).write_text('ran')"
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    for name in ("00-honest", "zz-honest"):
        hand_in(course, name, perfect(specs, tables), MEDICINE)
    wrong = submission(specs, tables, learner="lee", quality=0.5, seed=5)
    for name, item in tables.items.items():
        if item.retake_of:
            wrong["items"].pop(name, None)
        elif item.counted:
            wrong["items"][name] = {"version": item.version, "answer": {"atoms": [], "numbers": {}, "texts": {}}}
    for name, attack in NOTEBOOKS.items():
        attack(hand_in(course, f"n-{name}", wrong, MEDICINE), code)
    for index, data in enumerate([*(data for data, _ in ANSWER_FILES.values()), *HARMLESS.values()]):
        hand_in(course, f"a-{index}", data, MEDICINE)
    for index, (make, _) in enumerate(ENTRIES.values()):
        make(hand_in(course, f"e-{index}", None, MEDICINE) / "answers.json")
    (folder / "states.json").write_text(
        json.dumps({name: [one.state, one.reason] for name, one in run(course, workers=Processes(2)).items()})
    )
    yield course, canary
    for path in (course / "submitted").rglob("*"):
        if path.is_fifo():
            path.unlink()


def test_no_attack_runs_steals_or_stops(attacked: tuple[Path, Path]):
    course, canary = attacked
    states = json.loads((canary.parent / "states.json").read_text())
    assert not canary.exists()
    earned: dict[str, float] = {}
    for (_, who, _), row in gradebook(course).items():
        earned[who] = earned.get(who, 0) + row.score
    assert {who for who, points in earned.items() if points} == {"00-honest", "zz-honest"}
    assert earned["00-honest"] == earned["zz-honest"] == 20
    assert earned.keys() == states.keys()
    assert {state for state, _ in states.values()} <= {"marked", "waiting", "refused"}


def test_each_broken_file_is_refused_with_its_reason(attacked: tuple[Path, Path]):
    _, canary = attacked
    states = json.loads((canary.parent / "states.json").read_text())
    for index, (name, (_, reason)) in enumerate(ANSWER_FILES.items()):
        state, said = states[f"a-{index}"]
        assert state == "refused", name
        assert reason in said or "these are answers to" in said, (name, said)
    for index, (name, (_, reason)) in enumerate(ENTRIES.items()):
        state, said = states[f"e-{index}"]
        assert state == "refused", name
        assert reason in said, (name, said)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_attack_leaves_nothing_of_its_own_behind(attacked: tuple[Path, Path], name: str):
    course, _ = attacked
    folder = course / "autograded" / f"n-{name}" / MEDICINE
    files = {f"{MEDICINE}.ipynb", "answers.json", "exercise.json", "timestamp.txt", "submission_secret.txt"}
    assert {path.name for path in folder.iterdir()} <= files
    assert not any(path.is_symlink() for path in folder.iterdir())
    assert b"root:x:" not in b"".join(path.read_bytes() for path in folder.iterdir())
    honest = json.loads((course / "autograded" / "00-honest" / MEDICINE / f"{MEDICINE}.ipynb").read_text())
    found = json.loads((folder / f"{MEDICINE}.ipynb").read_text())
    assert [cell["source"] for cell in found["cells"]] == [cell["source"] for cell in honest["cells"]]
