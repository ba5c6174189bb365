"""Honest submissions of any quality, generated: what trainees of different strength would hand in."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindbody.course.answering import answer_of_quality
from mindbody.course.grading import Tables
from mindbody.course.release import environment

SAID = "2026-11-20T09:30:00+00:00"


def submission(specs: Mapping[str, Any], tables: Tables, *, learner: str, quality: float, seed: int) -> dict[str, Any]:
    """Make the ``answers.json`` of one trainee.

    Parameters
    ----------
    specs
        Item -> its public data.
    tables
        The assignment's tables, from which a good trainee knows what is right.
    learner
        Her id.
    quality
        From 0 (guesses, leaves much out) to 1 (everything right).
    seed
        The same seed makes the same submission.
    """
    rng = random.Random(seed)
    items = {}
    for name, item in tables.items.items():
        if rng.random() > 0.7 + 0.3 * quality or (item.retake_of and rng.random() < 0.5):
            continue
        first, last = (answer_of_quality(specs[name], item, quality, rng) for _ in range(2))
        state = {"at": SAID, "confidence": rng.choice([None, 0, 55, 100]), "points": None, "max": None}
        checked = not item.practice or rng.random() < 0.9
        items[name] = {
            "version": item.version,
            "answer": last,
            "first": {"answer": first, **state} if checked else None,
            "last": {"answer": last, **state} if checked else None,
            "attempts": 2 if checked else 0,
            "confidence": state["confidence"],
            "saved_at": SAID,
        }
    return {
        "format": "mindbody-answers/1",
        "course": tables.course,
        "assignment": tables.assignment,
        "learner": {"id": learner},
        "profession": None,
        "language": None,
        "saved_at": SAID,
        "items": items,
    }


def perfect(specs: Mapping[str, Any], tables: Tables, learner: str = "perfect") -> dict[str, Any]:
    """Make a submission that earns every point."""
    return submission(specs, tables, learner=learner, quality=1, seed=1)


def hand_in(course_dir: Path, student: str, data: Mapping[str, Any] | bytes | None, assignment: str) -> Path:
    """Put a submission where the intake puts it, and return its folder."""
    folder = course_dir / "submitted" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(course_dir / "release" / assignment / f"{assignment}.ipynb", folder / f"{assignment}.ipynb")
    (folder / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC", encoding="utf-8")
    if data is not None:
        text = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        (folder / "answers.json").write_bytes(text)
    return folder


def specs_of(course_dir: Path, assignment: str) -> dict[str, Any]:
    """Return item -> public data, as the release has it."""
    path = course_dir / "release" / assignment / "exercise.json"
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    return {name.partition("/")[2]: spec for name, spec in items.items()}


def hand_in_class(course_dir: Path, count: int) -> None:
    """Hand in ``count`` submissions, the assignments by turns, from guesses to perfect."""
    assignments = sorted(path.name for path in (course_dir / "release").iterdir())
    known = {name: (specs_of(course_dir, name), Tables.read(course_dir, name)) for name in assignments}
    for index in range(count):
        assignment = assignments[index % len(assignments)]
        specs, tables = known[assignment]
        learner = f"trainee-{index:03}"
        quality = index // len(assignments) / max(1, (count - 1) // len(assignments))
        data = submission(specs, tables, learner=learner, quality=quality, seed=index)
        hand_in(course_dir, learner, data, assignment)


def nbgrader(course_dir: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command in a course, as an instructor would; the caller looks whether it succeeded."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(
        command, cwd=course_dir, env=environment(), capture_output=True, text=True, check=False, **options
    )


@dataclass(frozen=True)
class Row:
    """A row of nbgrader's gradebook."""

    auto: float | None
    manual: float | None
    score: float
    max: float
    waiting: bool


_ROWS = """
SELECT assignment.name, submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
       coalesce(grade.manual_score, grade.auto_score, 0.0), coalesce(grade_cells.max_score, task_cells.max_score),
       grade.needs_manual_grade
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
LEFT JOIN task_cells ON task_cells.id = base_cell.id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
"""


def gradebook(course_dir: Path) -> dict[tuple[str, str, str], Row]:
    """Return (assignment, trainee, cell) -> what nbgrader's gradebook says."""
    # In one query: nbgrader's own objects take half a second a class.
    with closing(sqlite3.connect(f"file:{course_dir / 'gradebook.db'}?mode=ro", uri=True)) as book:
        return {(row[0], row[1], row[2]): Row(*row[3:7], bool(row[7])) for row in book.execute(_ROWS)}


def stock(course_dir: Path, copy: Path) -> Path:
    """Copy a course with its submissions and take our plug-ins away: there nbgrader starts kernels."""
    shutil.copytree(course_dir, copy)
    settings = 'c = get_config()\nc.CourseDirectory.course_id = "mind-body-formulation"\n'
    (copy / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    return copy


def cells(course_dir: Path, student: str, assignment: str) -> list[Any]:
    """Return (id, source, outputs) of each cell of a marked notebook."""
    path = course_dir / "autograded" / student / assignment / f"{assignment}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [
        (cell["id"], "".join(cell["source"]), [output.get("data", output) for output in cell.get("outputs", [])])
        for cell in notebook["cells"]
    ]
