"""Every mark that a person gives, and by whom and when: nbgrader keeps the last one only.

The table ``mindbody_mark`` lies in the same database as nbgrader's gradebook, so it is backed up with it, and SQLite
and PostgreSQL serve alike. Rows are added and never changed or removed; they name trainee, assignment and cell by
their ids, so that they outlive whatever nbgrader deletes. A row holds a short name of the text that was judged, so a
mark of an earlier text is never taken for one of the present text.

``nbgrader_config.py`` calls ``keep_marks``; from then on a mark or a comment that is saved in Formgrader is kept in the
same transaction. Marks that came in another way are found later (``keep_found``), with the time at which they were.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Whatever reads the configuration pays for these imports, `mindbody mark` among them; the rest comes when it is needed.
from mindbody.course.settings import CONFIG

TEXTS = "texts.json"
"""Beside the notebooks of a second marker, who gets no ``answers.json``: written item -> name of its text."""
FOLDER = "second"
"""In the course's folder; it holds a small course for each second marker."""
UNKNOWN = "first marker"

FIRST, SECOND, AGREED = "first", "second", "agreed"


@dataclass(frozen=True)
class KeptMark:
    """A mark or a comment as it was given.

    Attributes
    ----------
    assignment, trainee, cell
        Whose, and nbgrader's id of the cell.
    role
        ``first``, ``second`` or ``agreed``.
    marker
        Who gave it.
    points
        None where a mark was taken back, and in a comment's row.
    comment
        What was written; None in a mark's row.
    text
        Name of the text that was judged; empty if there is none.
    at
        When, ISO 8601 in UTC.
    """

    assignment: str
    trainee: str
    cell: str
    role: str
    marker: str
    points: float | None
    comment: str | None
    text: str
    at: str


def item_of(cell: str) -> str:
    """Return the written item of a criterion's cell, ``w-letter`` of ``w-letter_letter-flags``."""
    return cell.rpartition("_")[0]


def text_name(text: str) -> str:
    """Return a short name of a text: the same words have the same name."""
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def texts_of(course_dir: Path, assignment: str, student: str) -> dict[str, str]:
    """Return written item -> text, as it stands in what was marked; empty texts are left out."""
    from mindbody.course.live import ANSWERS
    from mindbody.course.reader import Refused, read

    path = course_dir / "autograded" / student / assignment / ANSWERS
    try:
        items = read(path).items
    except Refused:
        return {}
    found = {name: item.answer.texts.get("text", "").strip() for name, item in items.items()}
    return {name: text for name, text in found.items() if text}


def text_names(course_dir: Path, assignment: str, student: str) -> dict[str, str]:
    """Return written item -> name of the text that a marker sees."""
    path = course_dir / "autograded" / student / assignment / TEXTS
    if path.is_file():
        names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return names
    return {name: text_name(text) for name, text in texts_of(course_dir, assignment, student).items()}


def keep_marks(course_dir: Path) -> None:
    """Keep, from now on, every mark and comment that this process saves with nbgrader's objects.

    Whose marks they are follows from the database they are saved in: one in ``second/NAME`` is that second marker's,
    any other is the course's own, and there it is the hub's user who marks, or who is logged in.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    """
    _here["course_dir"] = course_dir
    if "nbgrader" not in sys.modules:  # our own commands read the configuration without it, and give no marks
        return
    from nbgrader.api import Comment, Grade
    from sqlalchemy import event

    if not event.contains(Grade, "after_update", _mark_given):  # Formgrader reads its configuration again and again
        event.listen(Grade, "after_update", _mark_given)
        event.listen(Comment, "after_update", _comment_given)


_here: dict[str, Path] = {}


def _place(connection: Any) -> tuple[Path, str, str]:
    """Return the course's folder, the role and the marker that a database stands for."""
    url = connection.engine.url
    folder = Path(url.database).resolve().parent if url.get_backend_name() == "sqlite" and url.database else None
    if folder is None or not (folder / CONFIG).is_file():  # a server's database, or a file kept elsewhere
        return _here["course_dir"], FIRST, _user()
    if folder.parent.name == FOLDER and (folder.parents[1] / CONFIG).is_file():
        return folder, SECOND, folder.name
    return folder, FIRST, _user()


def _user() -> str:
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (OSError, KeyError):  # no such user: in some containers nobody has a name
        return UNKNOWN


def _mark_given(_mapper: Any, connection: Any, grade: Any) -> None:
    from sqlalchemy import inspect

    state = inspect(grade).attrs
    confirmed = state.needs_manual_grade.history.has_changes() and not grade.needs_manual_grade
    if state.manual_score.history.has_changes() or (confirmed and grade.manual_score is not None):
        _keep_one(connection, grade, points=grade.manual_score, comment=None)


def _comment_given(_mapper: Any, connection: Any, comment: Any) -> None:
    from sqlalchemy import inspect

    if inspect(comment).attrs.manual_comment.history.has_changes():
        _keep_one(connection, comment, points=None, comment=comment.manual_comment or "")


def _keep_one(connection: Any, row: Any, *, points: float | None, comment: str | None) -> None:
    from nbgrader.api import Assignment, BaseCell, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import select

    assignment, trainee = connection.execute(
        select(Assignment.name, SubmittedAssignment.student_id)
        .select_from(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .where(SubmittedNotebook.id == row.notebook_id)
    ).one()
    cell = connection.execute(select(BaseCell.name).where(BaseCell.id == row.cell_id)).scalar_one()
    course_dir, role, marker = _place(connection)
    text = text_names(course_dir, assignment, trainee).get(item_of(cell), "")
    kept = KeptMark(assignment, trainee, cell, role, marker, points, comment, text, now())
    add_marks(connection, [kept])


def now() -> str:
    """Return the time as rows have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def add_marks(connection: Any, marks: Iterable[KeptMark]) -> None:
    """Add rows in the transaction of a connection, making the table where there is none."""
    rows = [asdict(mark) for mark in marks]
    table = _table()
    table.create(connection, checkfirst=True)
    if rows:
        connection.execute(table.insert(), rows)


def kept_marks(connection: Any, assignment: str) -> list[KeptMark]:
    """Return an assignment's rows in the order in which the marks were given."""
    from sqlalchemy import inspect, select

    table = _table()
    if not inspect(connection).has_table(table.name):
        return []
    columns = [table.c[name] for name in KeptMark.__dataclass_fields__]
    rows = connection.execute(select(*columns).where(table.c.assignment == assignment).order_by(table.c.at, table.c.id))
    return [KeptMark(*row) for row in rows]


def _table() -> Any:
    from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

    words = ("assignment", "trainee", "cell", "role", "marker")
    return Table(
        "mindbody_mark",
        MetaData(),
        Column("id", Integer, primary_key=True, autoincrement=True),
        *(Column(name, String(128), nullable=False) for name in words),
        Column("points", Float),
        Column("comment", Text),
        Column("text", String(64), nullable=False),
        Column("at", String(40), nullable=False),
    )


@dataclass(frozen=True)
class Cell:
    """A criterion of one trainee as it stands in a gradebook; ``grade`` is the id of nbgrader's row."""

    trainee: str
    name: str
    grade: str
    max: float
    points: float | None
    comment: str
    waiting: bool


def criteria(connection: Any, assignment: str) -> list[Cell]:
    """Return the criteria of an assignment for all trainees, as nbgrader has them now."""
    from sqlalchemy import and_, select

    from mindbody.course.gradebook import (
        assignments,
        cells,
        comments,
        grades,
        submissions,
        submitted_notebooks,
        task_cells,
    )

    beside = and_(comments.c.notebook_id == grades.c.notebook_id, comments.c.cell_id == grades.c.cell_id)
    rows = connection.execute(
        select(
            submissions.c.student_id,
            cells.c.name,
            grades.c.id,
            task_cells.c.max_score,
            grades.c.manual_score,
            comments.c.manual_comment,
            grades.c.needs_manual_grade,
        )
        .select_from(grades)
        .join(cells, grades.c.cell_id == cells.c.id)
        .join(task_cells, task_cells.c.id == cells.c.id)
        .join(submitted_notebooks, grades.c.notebook_id == submitted_notebooks.c.id)
        .join(submissions, submitted_notebooks.c.assignment_id == submissions.c.id)
        .join(assignments, submissions.c.assignment_id == assignments.c.id)
        .outerjoin(comments, beside)
        .where(assignments.c.name == assignment)
        .order_by(submissions.c.student_id, cells.c.name)
    )
    return [
        Cell(who, name, grade, most, points, said or "", bool(due))
        for who, name, grade, most, points, said, due in rows
    ]


def keep_found(connection: Any, course_dir: Path, assignment: str, *, marker: str = UNKNOWN, role: str = FIRST) -> None:
    """Keep the marks of a gradebook that nobody has kept as they were given: those of a script, or from before.

    A mark that only asks to be looked at again, since its text has changed, is no mark of the present text.
    """
    last: dict[tuple[str, str], KeptMark] = {}
    for mark in kept_marks(connection, assignment):
        if mark.comment is None and mark.role in {role, AGREED}:
            last[mark.trainee, mark.cell] = mark
    names: dict[str, Mapping[str, str]] = {}
    found = []
    for cell in criteria(connection, assignment):
        before = last.get((cell.trainee, cell.name))
        if cell.points is None or cell.waiting:
            continue
        if cell.trainee not in names:
            names[cell.trainee] = text_names(course_dir, assignment, cell.trainee)
        text = names[cell.trainee].get(item_of(cell.name), "")
        if before and (before.points, before.text) == (cell.points, text):
            continue
        found.append(KeptMark(assignment, cell.trainee, cell.name, role, marker, cell.points, None, text, now()))
    add_marks(connection, found)


@contextmanager
def gradebook(course_dir: Path, address: str | None = None) -> Iterator[Any]:
    """Open a course's gradebook for one transaction: all of it is saved at the end, or nothing.

    Raises
    ------
    CourseError
        If there is no gradebook yet, or it cannot be opened.
    """
    from mindbody.course.gradebook import open_gradebook, writing

    engine = open_gradebook(course_dir, address)
    try:
        with writing(engine) as connection:
            yield connection
    finally:
        engine.dispose()
