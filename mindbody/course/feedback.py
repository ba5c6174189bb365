"""Writes the feedback of an assignment: our own page for each trainee.

It takes the place of nbgrader's feedback, ``feedback/<trainee>/<assignment>/<assignment>.html``, with the two files
beside it that ``nbgrader release_feedback`` reads. A submission that came as a zip has no receipt for the exchange;
it gets one that nobody knows, so that ``release_feedback`` does not stop at it for everybody.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindbody.course.feedback_page import Words, render
from mindbody.course.grading import KEPT, CourseError
from mindbody.course.reader import Refused, read_bytes
from mindbody.course.scores import Result, results
from mindbody.curriculum import Curriculum, load

TIMES = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105  (a file's name)

_SECRET = re.compile(rb"[0-9a-f]{128}")


@dataclass(frozen=True)
class Written:
    """What became of one trainee's page; ``path`` is None when none was written, and ``message`` says why."""

    student: str
    path: Path | None
    message: str


def feedback(
    course_dir: Path,
    assignment: str,
    *,
    curriculum: Curriculum | None = None,
    students: Collection[str] = (),
    keys: bool = False,
    book: str = "",
    database: str | None = None,
) -> list[Written]:
    """Write the feedback pages of an assignment.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment
        Its id.
    curriculum
        Where the words come from; the project's around ``course_dir`` when None.
    students
        Whose pages; everybody's when empty.
    keys
        Whether to release the keys: explanations of graded exercises, mark schemes and a model of written work.
    book
        Address of the book, for links into it; the course's own when empty. Without one, sections are named.
    database
        The gradebook's address; the course's ``gradebook.db`` when None.

    Returns
    -------
    list of Written
        One a trainee. Whoever is not marked, or was marked on other answers, gets no page, and the message says so.

    Raises
    ------
    CourseError
        If there is no such assignment, or nobody of that name has handed it in.
    """
    curriculum = curriculum or load(course_dir.parent)
    if assignment not in curriculum.taught:
        raise CourseError(f'there is no assignment "{assignment}": there are {", ".join(curriculum.taught)}')
    words = Words(
        curriculum,
        curriculum.assignments[assignment],
        _specs(course_dir, assignment),
        book or curriculum.course.book,
        keys,
    )
    found = [one for one in results(course_dir, assignment, database) if not students or one.student in students]
    strangers = sorted(set(students) - {one.student for one in found})
    if strangers:
        raise CourseError(f"{', '.join(strangers)} handed in no {assignment}: mend the name, or collect it first")
    return [_write(course_dir, assignment, result, words) for result in found]


def _write(course_dir: Path, assignment: str, result: Result, words: Words) -> Written:
    again = f"run `nbgrader autograde {assignment}`"
    if not result.in_gradebook:
        return Written(result.student, None, f"{result.student} is not marked yet: {again} first.")
    if result.stale:
        reason = f"{result.student}: the points are of other answers, or other keys, than there are now: {again} again."
        return Written(result.student, None, reason)
    folder = course_dir / "feedback" / result.student / assignment
    try:
        _publish(folder, course_dir, result, render(result, words))
    except OSError as error:
        return Written(result.student, None, f"{folder} cannot be written ({error.strerror}): mend that and run again.")
    waiting, _ = result.waiting
    still = f", {waiting} criteria still to be marked" if waiting else ""
    return Written(result.student, folder / f"{assignment}.html", f"{result.student}: written{still}.")


def _publish(folder: Path, course_dir: Path, result: Result, page: str) -> None:
    assignment, submitted = folder.name, course_dir / "submitted" / result.student / folder.name
    ready, old = (course_dir / KEPT / "tmp" / uuid.uuid4().hex for _ in range(2))
    ready.mkdir(parents=True)
    (ready / f"{assignment}.html").write_text(page, encoding="utf-8")
    (ready / TIMES).write_text(result.received, encoding="utf-8")
    (ready / SECRET).write_bytes(_secret(submitted) or _secret(folder) or secrets.token_hex(64).encode())
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(old)
    ready.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _secret(folder: Path) -> bytes | None:
    """Read the receipt that nbgrader's Submit made, as long as it is one."""
    try:
        found = read_bytes(folder / SECRET, largest=1000).strip()
    except Refused:
        return None
    return found if _SECRET.fullmatch(found) else None


def _specs(course_dir: Path, assignment: str) -> Mapping[str, Any]:
    path = course_dir / "release" / assignment / "exercise.json"
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run `mindbody course`") from None
    return {name.partition("/")[2]: spec for name, spec in items.items()}
