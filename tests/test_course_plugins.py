"""``nbgrader autograde`` with our plug-ins: no kernel, no code of a trainee's, marks that survive."""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from mindbody.course.grading import Tables
from mindbody.course.plugins import HideKeys
from mindbody.course.release import environment
from tests.hostile import ANSWER_FILES, HARMLESS
from tests.hostile_notebooks import NOTEBOOKS
from tests.submissions import Row, cells, gradebook, hand_in, hand_in_class, nbgrader, perfect, specs_of, submission

MEDICINE = "02-medicine"


def _wrong(course: Path, learner: str = "lee") -> dict[str, Any]:
    """Make answers that earn nothing, so that any point above nought was stolen."""
    tables = Tables.read(course, MEDICINE)
    specs = specs_of(course, MEDICINE)
    data = submission(specs, tables, learner=learner, quality=0.5, seed=5)
    for name, item in tables.items.items():
        if item.retake_of:
            data["items"].pop(name, None)
        elif item.counted:
            data["items"][name] = {"version": item.version, "answer": {"atoms": [], "numbers": {}, "texts": {}}}
    return data


def _points(course: Path, student: str) -> float:
    return sum(row.score for (_, who, _), row in gradebook(course).items() if who == student)


# --- honest submissions ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mark a perfect and a wrong submission on a machine on which every kernel leaves a trace."""
    folder = tmp_path_factory.mktemp("marked")
    course = Path(shutil.copytree(made_project / "exercises", folder / "exercises"))
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    started = [sys.executable, "-c", f"open({str(folder / 'kernel-started')!r}, 'w')", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": started, "display_name": "x", "language": "python"}))
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    hand_in(course, "perfect", perfect(specs, tables), MEDICINE)
    hand_in(course, "wrong", _wrong(course), MEDICINE)
    command = [sys.executable, "-m", "nbgrader", "autograde", MEDICINE]
    env = {**environment(), "JUPYTER_PATH": str(folder / "jupyter")}
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return course


def test_no_kernel_starts(marked: Path):
    assert not (marked.parent / "kernel-started").exists()


def test_a_perfect_submission_earns_every_point_that_needs_no_person(marked: Path):
    rows = {cell: row for (_, who, cell), row in gradebook(marked).items() if who == "perfect"}
    assert sum(row.score for row in rows.values()) == 20
    assert all(row.auto == row.max for cell, row in rows.items() if not cell.startswith("w-"))


def test_wrong_answers_earn_nothing(marked: Path):
    assert _points(marked, "wrong") == 0


def test_gates_have_a_row_of_no_points_and_say_whether_they_were_passed(marked: Path):
    rows = gradebook(marked)
    for gate in ("gate_red-flags", "gate_red-flags-graded"):
        assert rows[MEDICINE, "perfect", gate].max == 0
    said = {name: json.dumps(outputs) for name, _, outputs in cells(marked, "perfect", MEDICINE)}
    assert ": passed." in said["gate_red-flags-graded"]
    said = {name: json.dumps(outputs) for name, _, outputs in cells(marked, "wrong", MEDICINE)}
    assert ": not answered." in said["gate_red-flags-graded"]


def test_written_work_waits_for_a_person_and_only_where_there_is_some(marked: Path):
    rows = gradebook(marked)
    criteria = [cell for (_, who, cell) in rows if who == "perfect" and cell.startswith("w-letter_")]
    assert len(criteria) == 6
    assert all(rows[MEDICINE, "perfect", cell].waiting for cell in criteria)


def test_the_marker_sees_the_text_and_the_mark_scheme(marked: Path):
    shown = {name: (source, json.dumps(outputs)) for name, source, outputs in cells(marked, "perfect", MEDICINE)}
    assert "words; asked for" in shown["w-letter-exercise"][1]
    assert "BEGIN MARK SCHEME" in shown["w-letter_letter-flags"][0]


def test_only_known_files_are_left_of_a_submission(marked: Path):
    folder = marked / "autograded" / "perfect" / MEDICINE
    known = {f"{MEDICINE}.ipynb", "answers.json", "exercise.json", "timestamp.txt"}
    assert {path.name for path in folder.iterdir()} == known


# --- scores that a person gave ---------------------------------------------------------------------------------------


def _score(course: Path, cell: str, points: float | None = None, student: str = "lee") -> Row:
    """Score a criterion as Formgrader's page does, or only look."""
    if points is not None:
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
            grade = book.find_grade(cell, "07-conflict", "07-conflict", student)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(cell, "07-conflict", "07-conflict", student).manual_comment = "Well seen."
            book.db.commit()
    return gradebook(course)["07-conflict", student, cell]


def _mark(course: Path, *more: str, assignment: str = "07-conflict") -> None:
    done = nbgrader(course, "autograde", assignment, *more)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_person_is_asked_again_only_when_the_text_changed(course: Path):
    specs, tables = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    data = perfect(specs, tables, "lee")
    data["items"]["w-rival"]["answer"]["texts"]["text"] = "It may be that she left the room."
    hand_in(course, "lee", data, "07-conflict")
    _mark(course)
    assert _score(course, "w-rival_rival-cited").waiting
    _score(course, "w-rival_rival-cited", 2)

    _mark(course, "--force")
    assert _score(course, "w-rival_rival-cited") == Row(None, 2, 2, 3, waiting=False)

    changed = copy.deepcopy(data)
    changed["items"]["g-which-corner"]["answer"]["atoms"] = []
    hand_in(course, "lee", changed, "07-conflict")
    _mark(course)
    assert not _score(course, "w-rival_rival-cited").waiting
    assert _score(course, "g-which-corner").auto == 0

    changed["items"]["w-rival"]["answer"]["texts"]["text"] = "It may be that he left the room."
    hand_in(course, "lee", changed, "07-conflict")
    _mark(course)
    asked = _score(course, "w-rival_rival-cited")
    assert (asked.waiting, asked.manual) == (True, 2)
    _mark(course, "--force")
    assert _score(course, "w-rival_rival-cited").waiting

    _score(course, "w-rival_rival-cited", 3)
    _mark(course, "--force")
    assert _score(course, "w-rival_rival-cited") == Row(None, 3, 3, 3, waiting=False)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        comment = book.find_comment("w-rival_rival-cited", "07-conflict", "07-conflict", "lee")
        assert comment.comment == "Well seen."

    kept = course / ".mindbody" / "tables" / "07-conflict" / "g-define@1.json"
    table = json.loads(kept.read_text(encoding="utf-8"))
    table["table"]["groups"][0]["credits"] = {}
    kept.write_text(json.dumps(table), encoding="utf-8")
    assert _score(course, "g-define").auto == 1
    _mark(course)
    assert _score(course, "g-define").auto == 0, "a mended key marks everybody anew"


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
    for name, attack in NOTEBOOKS.items():
        attack(hand_in(course, f"n-{name}", _wrong(course), MEDICINE), code)
    for index, data in enumerate([*(data for data, _ in ANSWER_FILES.values()), *HARMLESS.values()]):
        hand_in(course, f"a-{index}", data, MEDICINE)
    started = time.monotonic()
    done = nbgrader(course, "autograde", MEDICINE, timeout=300)
    (folder / "log.txt").write_text(done.stderr, encoding="utf-8")
    (folder / "status").write_text(f"{done.returncode} {time.monotonic() - started:.0f}", encoding="utf-8")
    yield course, canary
    for path in (course / "submitted").rglob("*"):
        if path.is_fifo():
            path.unlink()


@pytest.mark.slow
def test_no_submission_stops_the_others(attacked: tuple[Path, Path]):
    course, canary = attacked
    log = (canary.parent / "log.txt").read_text(encoding="utf-8")
    assert (canary.parent / "status").read_text().split()[0] == "0", log[-3000:]
    assert "Traceback" not in log
    for name in ("00-honest", "zz-honest"):
        assert _points(course, name) == 20


@pytest.mark.slow
def test_nothing_a_trainee_wrote_is_ever_executed(attacked: tuple[Path, Path]):
    _, canary = attacked
    assert not canary.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_attack_steals_no_point_and_leaves_nothing_behind(attacked: tuple[Path, Path], name: str):
    """Every submission here has wrong answers, so each has a row and no point, and its notebook is ours."""
    course, _ = attacked
    rows = [row for (_, who, _), row in gradebook(course).items() if who == f"n-{name}"]
    assert rows
    assert sum(row.score for row in rows) == 0
    folder = course / "autograded" / f"n-{name}" / MEDICINE
    assert {path.name for path in folder.iterdir()} <= {
        f"{MEDICINE}.ipynb", "answers.json", "exercise.json", "timestamp.txt", "submission_secret.txt",
    }  # fmt: skip
    assert not any(path.is_symlink() for path in folder.iterdir())
    honest = [(name, source) for name, source, _ in cells(course, "00-honest", MEDICINE)]
    assert [(name, source) for name, source, _ in cells(course, f"n-{name}", MEDICINE)] == honest
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"root:x:" not in everything


@pytest.mark.slow
def test_a_broken_answer_file_earns_nothing_and_says_why(attacked: tuple[Path, Path]):
    course, _ = attacked
    assert sum(row.score for (_, who, _), row in gradebook(course).items() if who.startswith("a-")) == 0
    for index, (name, (_, reason)) in enumerate(ANSWER_FILES.items()):
        said = {cell: json.dumps(outputs) for cell, _, outputs in cells(course, f"a-{index}", MEDICINE)}
        assert "refused" in said["completion"], (name, reason)


@pytest.mark.slow
def test_no_output_holds_html_that_a_trainee_wrote(attacked: tuple[Path, Path]):
    course, _ = attacked
    for path in (course / "autograded").glob(f"*/{MEDICINE}/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                assert set(output["data"]) <= {"text/html", "text/plain"}
                for tag in ("<script", "<img", "<iframe", "<svg", "javascript:"):
                    assert tag not in json.dumps(output).lower()


@pytest.mark.slow
def test_nbgraders_own_feedback_holds_no_key_and_no_file_of_ours(attacked: tuple[Path, Path]):
    """The stock command, should somebody run it: our own pages are another matter (test_course_feedback.py)."""
    course, _ = attacked
    done = nbgrader(course, "generate_feedback", MEDICINE, "--student", "00-honest")
    assert done.returncode == 0, done.stderr
    pages = list((course / "feedback").rglob("*"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages if path.is_file())
    assert "BEGIN HIDDEN" not in text
    assert "MARK SCHEME" not in text
    assert "work.points" not in text
    assert "cdnjs" not in text


def test_hidden_regions_are_cut_even_if_they_are_never_closed():
    from types import SimpleNamespace as Cell

    for source, left in (
        ("a\n### BEGIN HIDDEN TESTS\nkey\n### END HIDDEN TESTS\nb", "a\nb"),
        ("a\n=== BEGIN MARK SCHEME ===\nkey", "a"),
        ("a", "a"),
    ):
        notebook = Cell(cells=[Cell(source=source)])
        HideKeys().preprocess(notebook, {})
        assert notebook.cells[0].source == left


# --- interrupted -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_that_is_killed_at_random_moments_and_run_again_gives_the_same_gradebook(course: Path, tmp_path: Path):
    """The moments are drawn anew each time and named when it fails; it cannot prove that there is no worse one."""
    hand_in_class(course, 16)
    calm = Path(shutil.copytree(course, tmp_path / "calm"))
    started = time.monotonic()
    _mark(calm, assignment=MEDICINE)
    whole = time.monotonic() - started
    command = [sys.executable, "-m", "nbgrader", "autograde", MEDICINE]
    # The first part of a run is Python's start, in which there is nothing to harm.
    moments = [whole * random.uniform(0.35, 1) for _ in range(6)]
    killed_inside = 0
    for moment in moments:
        # Marked ones are marked again, else the later runs would have nothing left to be killed in.
        running = subprocess.Popen(
            [*command, "--force"], cwd=course, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            running.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            killed_inside += (course / "autograded").is_dir()
    _mark(course, assignment=MEDICINE)
    assert killed_inside, moments
    assert gradebook(course) == gradebook(calm), moments
    for folder in (course / "submitted").glob(f"*/{MEDICINE}"):
        assert cells(course, folder.parent.name, MEDICINE) == cells(calm, folder.parent.name, MEDICINE), moments
