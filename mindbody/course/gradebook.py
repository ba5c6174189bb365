"""Where the gradebook is, and its tables as nbgrader 0.9 makes them.

``import nbgrader`` takes longer than marking a class, so its tables are named here once more, with no more columns than
we use; a test holds them against nbgrader's own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    Interval,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    exc,
    inspect,
    text,
)

from mindbody.course.grading import CourseError
from mindbody.course.settings import gradebook_address

_KEPT = MetaData()


def _table(name: str, /, **columns: Any) -> Table:
    return Table(name, _KEPT, *(Column(column, kind) for column, kind in columns.items()))


_ID = String(32)
assignments = _table("assignment", id=_ID, name=String(128), duedate=DateTime(), course_id=String(128))
notebooks = _table("notebook", id=_ID, name=String(128), assignment_id=_ID)
cells = _table("base_cell", id=_ID, name=String(128), notebook_id=_ID, type=String(50))
grade_cells = _table("grade_cells", id=_ID, max_score=Float())
task_cells = _table("task_cells", id=_ID, max_score=Float())
source_cells = _table("source_cell", id=_ID, name=String(128), source=Text(), checksum=String(128), notebook_id=_ID)
students = _table("student", id=String(128))
submissions = _table(
    "submitted_assignment",
    id=_ID,
    assignment_id=_ID,
    student_id=String(128),
    timestamp=DateTime(),
    extension=Interval(),
)
submitted_notebooks = _table(
    "submitted_notebook",
    id=_ID,
    assignment_id=_ID,
    notebook_id=_ID,
    flagged=Boolean(),
    late_submission_penalty=Float(),
)
grades = _table(
    "grade",
    id=_ID,
    notebook_id=_ID,
    cell_id=_ID,
    auto_score=Float(),
    manual_score=Float(),
    extra_credit=Float(),
    needs_manual_grade=Boolean(),
)
comments = _table("comment", id=_ID, notebook_id=_ID, cell_id=_ID, auto_comment=Text(), manual_comment=Text())

PATIENCE = 30.0
"""Seconds that we wait for another program that is writing the gradebook."""


def new_id() -> str:
    """Return an id as nbgrader makes them."""
    return uuid.uuid4().hex


def open_gradebook(course_dir: Path, address: str | None = None, patience: float | None = None) -> Engine:
    """Connect to the gradebook.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    address
        The gradebook's; as the course is set up when None.
    patience
        Seconds to wait for another writer; ``PATIENCE`` when None.

    Raises
    ------
    CourseError
        If there is no gradebook there, or no way to it.
    """
    address = address or gradebook_address(course_dir)
    path = sqlite_file(address)
    if path and not path.is_file():
        raise CourseError(f"{path} is not there: run `mindbody course`, which makes it")
    engine = _engine(address, PATIENCE if patience is None else patience)
    with gradebook_errors(engine):
        if not inspect(engine).has_table("submitted_assignment"):
            raise CourseError(f"{shown_address(engine)} has no tables of nbgrader's: run `mindbody course`")
    return engine


def sqlite_file(address: str) -> Path | None:
    """Return the file of a gradebook that is one; None for a server, and for a file by its URI."""
    name = address.removeprefix("sqlite:///")
    return None if name == address or name.startswith("file:") else Path(name)


def _engine(address: str, patience: float) -> Engine:
    if not address.startswith("sqlite"):
        try:
            return create_engine(address, pool_pre_ping=True)
        except (exc.ArgumentError, exc.NoSuchModuleError, ImportError) as error:
            raise CourseError(
                f"the gradebook's address cannot be used ({error}): write it like"
                " postgresql+psycopg://NAME@HOST/DATABASE"
            ) from None
    engine = create_engine(address, connect_args={"timeout": patience})

    # Python's sqlite3 begins a transaction with the first change, after what it was based on has been read.
    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that nobody else's can come between; committed at the end, or undone."""
    with gradebook_errors(engine), engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name == "postgresql":
            # What a person is saving just now is waited for, but not for ever.
            connection.execute(text(f"SET LOCAL lock_timeout = '{int(PATIENCE)}s'"))
        elif not connection.in_transaction():
            connection.begin()
        yield connection
        connection.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads."""
    with gradebook_errors(engine), engine.connect() as connection:
        yield connection


@contextmanager
def gradebook_errors(engine: Engine) -> Iterator[None]:
    """Turn what a database says into what an instructor can do."""
    try:
        yield
    except (exc.IntegrityError, exc.DataError, exc.ProgrammingError):
        raise  # what is wrong is a row, which the writer then tries by itself, or our own question
    except exc.DatabaseError as error:  # SQLite calls a damaged file no more than that
        raise CourseError(f"{shown_address(engine)}: {_advice(str(error.orig))}") from error


def shown_address(engine: Engine) -> str:
    """Return the gradebook's address without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def _advice(said: str) -> str:
    if "locked" in said or "lock timeout" in said:
        return (
            "another program has been writing the gradebook all the time: close it (Formgrader, a database browser),"
            " then run the same command again; nothing is lost"
        )
    if "readonly" in said or "read-only" in said:
        return "the gradebook may only be read: make file and folder writable, then run the same command again"
    if "full" in said or "disk I/O" in said or "No space" in said:
        return "the disk is full: make room, then run the same command again; nothing is lost"
    if "not a database" in said or "malformed" in said:
        return (
            "the file is damaged: put a backup in its place, then run `mindbody mark` for each assignment; without one,"
            " move it away and run `mindbody course` first (scores given by hand are then lost)"
        )
    first = said.strip().splitlines()[0] if said.strip() else "no reason given"
    return f"the gradebook cannot be used ({first}): mend that, then run the same command again; nothing is lost"
