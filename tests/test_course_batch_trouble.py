"""``mindbody mark`` when something goes wrong on the way: nothing is lost, doubled or half written, and it is said."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import pytest

from mindbody.cli import main
from mindbody.course import batch, gradebook, journal
from mindbody.course.batch import Batch, Submitted
from mindbody.course.grading import CourseError, Tables
from mindbody.course.lock import course_lock
from mindbody.course.mark_one import Outcome, Request, mark_many
from mindbody.course.pool import Processes
from mindbody.course.roster import STUDENT
from mindbody.course.settings import late_penalty
from tests.submissions import hand_in, perfect, specs_of, submission
from tests.test_course_batch import MEDICINE, published, rows, run

COUNT = 40


@pytest.fixture
def full(course: Path) -> Path:
    """Give a course in which forty trainees handed in chapter 2."""
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    for index in range(COUNT):
        data = submission(specs, tables, learner="x", quality=index / COUNT, seed=index)
        hand_in(course, f"trainee-{index:02}", data, MEDICINE)
    return course


@pytest.fixture
def calm(full: Path, tmp_path: Path) -> Path:
    """Give the same course, marked undisturbed."""
    copy = Path(shutil.copytree(full, tmp_path / "calm"))
    run(copy)
    return copy


def _same(course: Path, calm: Path) -> None:
    assert rows(course) == rows(calm)
    assert published(course) == published(calm)


# --- stopped ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_run_that_is_killed_at_random_moments_and_run_again_marks_exactly_the_rest(full: Path, calm: Path):
    """The moments are drawn anew each time and named when it fails; it cannot prove that there is no worse one."""
    for name in ("assets", "chapters"):
        (full.parent / name).mkdir()
    environment = {**os.environ, "MINDBODY_ROOT": str(full.parent)}
    command = [sys.executable, "-m", "mindbody.cli", "mark", MEDICINE, "--no-feedback", "--workers", "2"]
    moments, inside, left = [], 0, []
    for _ in range(4):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # From when the first are published, since before that there is nothing to harm.
        while running.poll() is None and len(list((full / "autograded").glob("*"))) <= inside:
            time.sleep(0.005)
        moments.append(random.uniform(0, 0.3))
        time.sleep(moments[-1])
        children = psutil.Process(running.pid).children() if running.poll() is None else []
        running.kill()
        running.wait()
        left += psutil.wait_procs(children, timeout=20)[1]
        inside = len(list((full / "autograded").glob("*")))
    assert left == [], "workers outlive their parent"
    assert inside, moments
    todo: list[int] = []
    list(Batch(full, MEDICINE).mark(lambda _done, total: todo.append(total)))
    assert todo[0] <= COUNT - inside + 1, (moments, "marked what was marked")
    _same(full, calm)


def _killer(place: str, again: str, requests: Sequence[Request]) -> list[Outcome]:
    for request in requests:
        if request.student in {"trainee-07", "trainee-23"} and (again == "always" or not Path(place).exists()):
            Path(place).touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return mark_many(requests)


@pytest.mark.slow
@pytest.mark.parametrize("again", ["once", "always"])
def test_a_killed_worker_costs_nobody_else_her_mark(
    full: Path, calm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: str
):
    monkeypatch.setattr(batch, "mark_many", partial(_killer, str(tmp_path / "killed"), again))
    found = run(full, workers=Processes(2))
    guilty = {"trainee-07", "trainee-23"} if again == "always" else set()
    assert {one.student for one in found.values() if one.state == "failed"} == guilty
    assert all("killed" in found[name].reason for name in guilty)
    monkeypatch.undo()
    run(full)
    _same(full, calm)


def test_a_notebook_that_a_power_cut_left_half_written_is_marked_anew(full: Path, calm: Path):
    run(full)
    path = full / "autograded" / "trainee-05" / MEDICINE / f"{MEDICINE}.ipynb"
    path.write_bytes(path.read_bytes()[:-200])
    shutil.rmtree(full / "autograded" / "trainee-06")
    todo: list[int] = []
    list(Batch(full, MEDICINE).mark(lambda _done, total: todo.append(total)))
    assert todo[0] == 2
    _same(full, calm)


def test_the_journal_outlives_a_line_that_was_cut_off(full: Path):
    run(full)
    path = journal.journal_path(full, MEDICINE)
    path.write_bytes(path.read_bytes()[:-20])
    run(full, everybody=True)
    entries = list(journal.entries(full, MEDICINE))
    assert len(entries) == 2 * COUNT - 1
    assert {entry["state"] for entry in entries} == {"marked"}
    assert path.read_bytes().isascii()


# --- in the way ------------------------------------------------------------------------------------------------------


def test_a_second_command_is_kept_out_with_a_reason(course: Path):
    with (
        course_lock(course, "marking 02-medicine"),
        pytest.raises(CourseError, match=r"another command \(marking 02-medicine, process \d+\) is at work on"),
        course_lock(course, "collecting 02-medicine"),
    ):
        pass
    with course_lock(course, "collecting 02-medicine"):
        pass


@pytest.mark.parametrize(
    "words",
    [
        ["course"],
        ["collect", MEDICINE, "downloads"],
        ["mark", MEDICINE],
        ["feedback", MEDICINE],
        ["second", MEDICINE, "--marker", "bo"],
        ["agree", MEDICINE],
        ["correct", MEDICINE],
        ["release", MEDICINE],
    ],
    ids=lambda words: words[0],
)
def test_every_verb_that_changes_a_course_waits_for_the_other_to_end(
    words: list[str],
    made_project: Path,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    for name in ("assets", "chapters"):
        (course.parent / name).symlink_to(made_project / name)
    monkeypatch.setenv("MINDBODY_ROOT", str(course.parent))
    with course_lock(course, "marking 02-medicine"):
        assert main(words) == 1
    assert "another command (marking 02-medicine" in capsys.readouterr().err


def test_a_gradebook_that_somebody_else_is_writing_is_waited_for_and_then_named(
    full: Path, calm: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(gradebook, "PATIENCE", 0.3)
    with closing(sqlite3.connect(full / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CourseError, match=r"another program has been writing the gradebook .* nothing is lost"):
            run(full)
        other.execute("ROLLBACK")
    assert not (full / "autograded").exists()
    run(full)
    _same(full, calm)


def test_a_gradebook_that_may_only_be_read_is_named(full: Path):
    address = f"sqlite:///file:{full / 'gradebook.db'}?mode=ro&uri=true"
    with pytest.raises(CourseError, match="may only be read: make file and folder writable"):
        run(full, database=address)
    assert not (full / "autograded").exists()


@pytest.mark.parametrize("damage", ["no database", "an overwritten page"])
def test_a_damaged_gradebook_is_named_with_the_remedy(full: Path, damage: str):
    book = full / "gradebook.db"
    whole = book.read_bytes()
    book.write_bytes(b"not a database" * 99 if damage == "no database" else whole[:4096] + b"\xff" * 99_999)
    with pytest.raises(CourseError, match=r"gradebook.db: the file is damaged: put a backup in its place"):
        run(full)


def test_marks_that_a_new_gradebook_lacks_are_made_again(full: Path, calm: Path):
    empty = (full / "gradebook.db").read_bytes()
    run(full)
    (full / "gradebook.db").write_bytes(empty)
    assert {one.state for one in run(full).values()} <= {"marked", "waiting"}
    _same(full, calm)


def test_marks_of_an_earlier_submission_in_a_gradebook_from_a_backup_are_made_again(full: Path, calm: Path):
    lee, specs, tables = "trainee-00", specs_of(full, MEDICINE), Tables.read(full, MEDICINE)
    for course in (full, calm):
        run(course)
        backup = (course / "gradebook.db").read_bytes()
        folder = hand_in(course, lee, perfect(specs, tables), MEDICINE)
        (folder / "timestamp.txt").write_text("2026-11-21 10:00:00 UTC", encoding="ascii")
        assert run(course)[lee].points == 20
    (full / "gradebook.db").write_bytes(backup)
    assert run(full)[lee].points == 20
    _same(full, calm)


def test_a_folder_that_cannot_be_written_is_named(full: Path, calm: Path):
    (full / ".mindbody" / "stage").write_text("in the way")
    with pytest.raises(CourseError, match=r"stage cannot be written"):
        run(full)
    (full / ".mindbody" / "stage").unlink()
    run(full)
    _same(full, calm)


@pytest.mark.slow
@pytest.mark.parametrize("room", ["no room for a notebook", "no room for the gradebook"])
def test_a_full_disk_is_named_and_loses_nothing(full: Path, calm: Path, room: str):
    """A limit on the size of a file stands for the disk; what the system says is another error, handled alike."""
    limit = 20_000 if room == "no room for a notebook" else (full / "gradebook.db").stat().st_size
    for name in ("assets", "chapters"):
        (full.parent / name).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "mindbody.cli", "mark", MEDICINE, "--no-feedback", "--workers", "1"],
        env={**os.environ, "MINDBODY_ROOT": str(full.parent)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "run the same command again" in done.stderr
    run(full)
    _same(full, calm)


# --- late ------------------------------------------------------------------------------------------------------------


def _handed_in_twice(course: Path) -> None:
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    for name, time_of in (("early", "2026-11-19 09:00:00 UTC"), ("tardy", "2026-11-20 11:30:00.500000 UTC")):
        folder = hand_in(course, name, perfect(specs, tables), MEDICINE)
        (folder / "timestamp.txt").write_text(time_of, encoding="ascii")


def test_late_work_is_shown_and_costs_nothing(course: Path):
    _handed_in_twice(course)
    found = run(course, due=datetime(2026, 11, 20, 10, tzinfo=UTC), penalty=late_penalty(course))
    assert (found["early"].late, found["tardy"].late) == (0, 5400.5)
    assert found["tardy"].points == found["early"].points == 20
    assert found["tardy"].penalty == 0


def test_a_penalty_that_the_instructor_sets_up_is_applied_once(course: Path):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    _handed_in_twice(course)
    due = datetime(2026, 11, 20, 10, tzinfo=UTC)
    for everybody in (False, True):
        found = run(course, due=due, penalty=late_penalty(course), everybody=everybody)
        assert (found["early"].penalty, found["tardy"].penalty) == (0, 20)


def test_a_penalty_follows_the_due_time_and_the_setting_of_now(course: Path):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    _handed_in_twice(course)
    penalty, noon, later = (
        late_penalty(course),
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    )
    assert run(course)["tardy"].penalty == 0
    assert run(course, due=noon, penalty=penalty)["tardy"].penalty == 20
    assert run(course, due=later, penalty=penalty)["tardy"].penalty == 0
    assert run(course, due=noon, penalty=penalty)["tardy"].penalty == 20
    assert run(course, due=noon)["tardy"].penalty == 0


def test_a_penalty_counts_the_written_work_that_was_scored_since(course: Path):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    _handed_in_twice(course)
    settings = {"due": datetime(2026, 11, 20, 10, tzinfo=UTC), "penalty": late_penalty(course)}
    run(course, **settings)
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        book.execute("UPDATE grade SET manual_score = 1, needs_manual_grade = 0 WHERE needs_manual_grade")
        book.commit()
    Batch(course, MEDICINE, **settings).settle()
    tardy = run(course, **settings)["tardy"]
    assert tardy.points > 20
    assert tardy.penalty == tardy.points


@pytest.mark.parametrize(
    "said",
    ["", "yesterday", "2026-13-45 99:00:00 UTC", "9999-12-31 23:59:59 -2300", "0001-01-01 00:00:00 +2300", "\x1b[31m"],
)
def test_a_time_that_makes_no_sense_stops_nobody(course: Path, said: str):
    _handed_in_twice(course)
    (course / "submitted" / "tardy" / MEDICINE / "timestamp.txt").write_text(said, encoding="utf-8")
    found = run(course, due=datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert {one.state for one in found.values()} == {"waiting"}


# --- what is printed -------------------------------------------------------------------------------------------------


def test_nothing_in_a_name_or_a_reason_reaches_the_terminal_or_the_journal_raw(course: Path):
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    evil = "\x1b]0;owned\x07\u202egnp.exe"
    data = perfect(specs, tables)
    data["assignment"] = evil
    hand_in(course, "lee", data, MEDICINE)
    hand_in(course, f"x{evil}", perfect(specs, tables), MEDICINE)
    summary = batch.Summary(MEDICINE)
    for one in run(course).values():
        summary.add(one)
    said = "\n".join(summary.lines())
    for character in "\x1b\x07\u202e":
        assert character not in said
    text = journal.journal_path(course, MEDICINE).read_text(encoding="ascii")
    assert "\x1b" not in text
    assert all(json.loads(line) for line in text.splitlines())


def test_the_summary_says_how_many_stand_where():
    summary = batch.Summary(MEDICINE)
    summary.add(Submitted("amara", "marked", points=17.5, most=20))
    summary.add(Submitted("lee", "waiting", points=10, most=29, waiting=3, late=7200))
    summary.add(Submitted("noor", "refused", "answers.json is not there: ask for it, or mend the path."))
    assert list(summary.lines()) == [
        "  amara: 17.5 of 20 points",
        "  lee: 10 points so far; written work waits for you (3 criteria); 2.0 h late",
        "! noor: refused: answers.json is not there: ask for it, or mend the path.",
        "02-medicine: 3 submissions",
        "      1  marked, nothing waiting",
        "      1  waiting for you (Formgrader)",
        "      1  refused: nought points, see the reason",
        "      1  late",
    ]


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "com1", "LPT9.x", "lee.", "..", "-lee", "_lee", "le e", "lée", "a/b", ""]
)
def test_a_name_that_some_system_cannot_give_a_folder_is_no_trainees(name: str):
    assert not STUDENT.fullmatch(name)


@pytest.mark.parametrize("name", ["lee", "console", "com10", "12345", "j.lee@example.org", "a-b_c", "x", "N" * 64])
def test_ordinary_ids_are_trainees(name: str):
    assert STUDENT.fullmatch(name)
