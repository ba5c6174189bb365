"""Writes the feedback of an assignment: our own page for each trainee.

It takes the place of nbgrader's feedback, ``feedback/<trainee>/<assignment>/<assignment>.html``, with the two files
beside it that ``nbgrader release_feedback`` reads. A submission that came as a zip has no receipt for the exchange;
it gets one that nobody knows, so that ``release_feedback`` does not stop at it for everybody.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from mindbody.course.feedback_page import Words, render
from mindbody.course.folders import replace_folder, scratch
from mindbody.course.grading import CourseError
from mindbody.course.mark_one import EXERCISES, SECRET, TIMES, kept_tables, public_specs
from mindbody.course.pool import Workers, run
from mindbody.course.reader import Refused, read_bytes, shown
from mindbody.course.released import is_released
from mindbody.course.roster import STUDENT
from mindbody.course.scores import Result, Score, read_gradebook, result_of
from mindbody.curriculum import Curriculum, load

TOGETHER = 200
"""Trainees whose scores are read at once."""
_SECRET = re.compile(rb"[0-9a-f]{128}")


@dataclass(frozen=True)
class Written:
    """What became of one trainee's page; ``path`` is None when none was written, and ``message`` says why."""

    student: str
    path: Path | None
    message: str


@dataclass(frozen=True)
class Page:
    """What a process needs to write one trainee's page: files, and what the gradebook has of her."""

    course_dir: Path
    assignment: str
    student: str
    scores: dict[str, Score]
    penalty: float
    keys: bool
    book: str


def feedback(
    course_dir: Path,
    assignment: str,
    *,
    curriculum: Curriculum | None = None,
    students: Collection[str] = (),
    keys: bool | None = None,
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
        Whether to show the keys: explanations of graded exercises, mark schemes and a model of written work. When None,
        whether the assignment was released.
    book
        Address of the book, for links into it; the course's own when empty. Without one, sections are named.
    database
        The gradebook's address; the course's own when None.

    Returns
    -------
    list of Written
        One a trainee. Whoever is not marked, or was marked on other answers, gets no page, and the message says so.

    Raises
    ------
    CourseError
        If there is no such assignment, or nobody of that name has handed it in.
    """
    return list(
        pages(
            course_dir,
            assignment,
            curriculum=curriculum,
            students=students,
            keys=keys,
            book=book,
            database=database,
        )
    )


def pages(
    course_dir: Path,
    assignment: str,
    *,
    curriculum: Curriculum | None = None,
    students: Collection[str] = (),
    keys: bool | None = None,
    book: str = "",
    database: str | None = None,
    workers: Workers | None = None,
) -> Iterator[Written]:
    """Write the feedback pages of an assignment one by one, as ``feedback`` does.

    Parameters
    ----------
    workers
        Where pages are written; None is here. Elsewhere the words come from the project around ``course_dir``.
    """
    keys = is_released(course_dir, assignment) if keys is None else keys
    if workers is None or curriculum is not None:
        words = _words(curriculum or _curriculum(course_dir.parent), course_dir, assignment, keys, book)
        workers = None
    else:
        # Read before the processes fork, so that they have it.
        words = _kept_words(course_dir, assignment, keys, book)
    there = handed_in(course_dir, assignment)
    strangers = sorted(set(students) - set(there))
    if strangers:
        raise CourseError(f"{', '.join(strangers)} handed in no {assignment}: mend the name, or collect it first")
    wanted = iter([student for student in there if not students or student in students])

    def asked() -> Iterator[Page]:
        while some := list(islice(wanted, TOGETHER)):
            scores = read_gradebook(course_dir, assignment, database, some)
            for student in some:
                yield Page(course_dir, assignment, student, *scores.get(student, ({}, 0.0)), keys, book)

    function = write_pages if workers else partial(_write_pages, words)
    yield from run(function, asked(), workers, _killed, chunk=8)


def write_pages(asked: Sequence[Page]) -> list[Written]:
    """Write some trainees' pages, in whatever process."""
    first = asked[0]
    return _write_pages(_kept_words(first.course_dir, first.assignment, first.keys, first.book), asked)


def _write_pages(words: Words, asked: Sequence[Page]) -> list[Written]:
    return [_write(page, words) for page in asked]


def _write(page: Page, words: Words) -> Written:
    again = f"run `mindbody mark {page.assignment}`"
    submitted = page.course_dir / "submitted" / page.student / page.assignment
    tables, _ = kept_tables(page.course_dir, page.assignment)
    try:
        result = result_of(submitted, tables, page.scores, page.penalty)
        if not result.in_gradebook:
            return Written(page.student, None, f"{page.student} is not marked yet: {again} first.")
        if result.stale:
            reason = f"the points are of other answers, or other keys, than there are now: {again} again."
            return Written(page.student, None, f"{page.student}: {reason}")
        text = render(result, words)
    except Exception as error:  # noqa: BLE001 - whatever one submission brings about, the others get their pages
        reason = f"no page could be made ({type(error).__name__}: {shown(error)}): tell the authors."
        return Written(page.student, None, f"{page.student}: {reason}")
    folder = page.course_dir / "feedback" / page.student / page.assignment
    try:
        _publish(folder, page.course_dir, result, text)
    except OSError as error:
        return Written(page.student, None, f"{folder} cannot be written ({error.strerror}): mend that and run again.")
    waiting, _ = result.waiting
    still = f", {waiting} criteria still to be marked" if waiting else ""
    return Written(page.student, folder / f"{page.assignment}.html", f"{page.student}: written{still}.")


def _killed(page: Page) -> Written:
    return Written(page.student, None, f"{page.student}: the process that wrote the page was killed, twice: run again.")


def handed_in(course_dir: Path, assignment: str) -> list[str]:
    """Return who handed in an assignment, in the order of their ids."""
    folders = sorted((course_dir / "submitted").glob(f"*/{assignment}"))
    return [
        folder.parent.name
        for folder in folders
        if STUDENT.fullmatch(folder.parent.name) and folder.is_dir() and not folder.is_symlink()
    ]


def _publish(folder: Path, course_dir: Path, result: Result, page: str) -> None:
    assignment, submitted = folder.name, course_dir / "submitted" / result.student / folder.name
    files = {
        f"{assignment}.html": page.encode("utf-8"),
        TIMES: result.received.encode("utf-8", "replace"),
        SECRET: _secret(submitted) or _secret(folder) or secrets.token_hex(64).encode(),
    }
    if folder.is_dir() and all(_holds(folder / name, data) for name, data in files.items()):
        return
    ready = scratch(course_dir)
    try:
        ready.mkdir()
        for name, data in files.items():
            (ready / name).write_bytes(data)
        replace_folder(course_dir, ready, folder)
    finally:
        shutil.rmtree(ready, ignore_errors=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat(follow_symlinks=False).st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _secret(folder: Path) -> bytes | None:
    """Read the receipt that nbgrader's Submit made, as long as it is one."""
    try:
        found = read_bytes(folder / SECRET, largest=1000).strip()
    except Refused:
        return None
    return found if _SECRET.fullmatch(found) else None


@lru_cache(maxsize=4)
def _kept_words(course_dir: Path, assignment: str, keys: bool, book: str) -> Words:
    return _words(_curriculum(course_dir.parent), course_dir, assignment, keys, book)


@lru_cache(maxsize=1)
def _curriculum(root: Path) -> Curriculum:
    return load(root, across=False)


def _words(curriculum: Curriculum, course_dir: Path, assignment: str, keys: bool, book: str) -> Words:
    if assignment not in curriculum.taught:
        raise CourseError(f'there is no assignment "{assignment}": there are {", ".join(curriculum.taught)}')
    path = course_dir / "release" / assignment / EXERCISES
    try:
        specs = public_specs(path)
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run `mindbody course`") from None
    return Words(curriculum, curriculum.assignments[assignment], specs, book or curriculum.course.book, keys)
