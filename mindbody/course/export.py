"""The grades as one table: a line for each trainee and assignment, for a spreadsheet or a learning platform.

nbgrader's own ``nbgrader export`` stays as it is. Ours says apart what must not be added up: practice, completion,
graded points, written points and gates.

The file is UTF-8 with a byte order mark: without one, Excel reads ``Zoë`` as ``ZoÃ«``; Moodle's and Canvas's imports
and Python's ``utf-8-sig`` skip it. Every cell is quoted, and a text that a spreadsheet would take for a formula gets
an apostrophe before it: whatever follows spaces and characters that cannot be seen counts, and so do the full-width
forms of ``= + - @``, as OWASP advises. Points are plain numbers and never begin with any of these.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from mindbody.course.grading import KEPT, CourseError
from mindbody.course.roster import FILE as ROSTER
from mindbody.course.roster import Roster, read_roster
from mindbody.course.scores import Result, results

COLUMNS = (
    "assignment",
    "trainee",
    "name",
    "email",
    "handed_in",
    "state",
    "graded_points",
    "graded_max",
    "written_points",
    "written_max",
    "written_waiting",
    "late_penalty",
    "completion_graded",
    "completion_graded_of",
    "completion_practice",
    "completion_practice_of",
    "practice_points_last",
    "practice_points_first",
    "practice_max",
)
"""The gates follow, one column each: ``gate 02-medicine/red-flags``."""

_FORMULA = frozenset("=+-@|\t\r\n\N{MINUS SIGN}＝＋－＠")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def grades(course_dir: Path, out: Path, roster: Path | None = None, database: str | None = None) -> int:
    """Write the grades of all assignments.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    out
        The file to write; one that is there is replaced.
    roster
        For names and addresses, and for those who handed in nothing; ``roster.csv`` of the course when None.
    database
        The gradebook's address; the course's ``gradebook.db`` when None.

    Returns
    -------
    int
        The lines written, the heading aside.

    Raises
    ------
    CourseError
        If there is no assignment, or the roster is broken, or the file cannot be written.
    """
    rows = grade_rows(course_dir, known_trainees(course_dir, roster), database)
    replace_file(out, workbook(rows) if out.suffix.casefold() == ".xlsx" else table(rows))
    return len(rows) - 1


def known_trainees(course_dir: Path, roster: Path | None = None) -> Roster:
    """Read the roster that is given, else the course's, else know nobody."""
    if roster is None and (course_dir / ROSTER).is_file():
        roster = course_dir / ROSTER
    return read_roster(roster) if roster else Roster(course_dir / ROSTER)


def all_results(course_dir: Path, database: str | None = None) -> dict[str, list[Result]]:
    """Return assignment -> what became of everybody who handed it in.

    Raises
    ------
    CourseError
        If the course has no assignment.
    """
    assignments = sorted(path.parent.name for path in (course_dir / KEPT / "tables").glob("*/index.json"))
    if not assignments:
        raise CourseError(f"{course_dir} has no assignments: run `mindbody course`")
    return {name: list(results(course_dir, name, database)) for name in assignments}


def grade_rows(course_dir: Path, known: Roster, database: str | None = None) -> list[list[object]]:
    """Return the heading, and a line for each trainee and assignment."""
    found = all_results(course_dir, database)
    gates = sorted({gate.id for of_one in found.values() for result in of_one for gate in result.marked.gates})
    lines: list[list[object]] = []
    for assignment, of_one in found.items():
        lines += [_line(result, known, gates) for result in of_one]
        missing = set(known.trainees) - {result.student for result in of_one}
        lines += [_nothing(assignment, student, known, gates) for student in sorted(missing)]
    lines.sort(key=lambda line: (str(line[0]), str(line[1])))
    return [[*COLUMNS, *(f"gate {gate}" for gate in gates)], *lines]


def table(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV: every cell quoted, no cell a formula, lines ended as RFC 4180 asks."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([map(_cell, row) for row in rows])
    return text.getvalue().encode("utf-8-sig", "replace")


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as a spreadsheet (.xlsx): numbers as numbers, every text as a text, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grades")
    sheet.freeze_panes = "C2"
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet)
            if isinstance(value, int | float) and not isinstance(value, bool):
                cell.value = round(value, 2)
            elif value not in {None, ""}:
                # Set by hand: openpyxl itself would take “=1+1” for a formula. The mark keeps a spreadsheet from
                # reading it anew when somebody edits the cell.
                cell.value = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
                cell.data_type, cell.quotePrefix = "s", True
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    # A NUL ends a cell for some readers, so what stands behind it would be the beginning of the next.
    plain = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    for character in plain:
        if character in _FORMULA:
            return f"'{plain}"
        if unicodedata.category(character) not in _UNSEEN:
            break
    return plain


def _cell(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return safe("" if value is None else str(value))
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _line(result: Result, known: Roster, gates: list[str]) -> list[object]:
    trainee, marked = known.trainees.get(result.student), result.marked
    passed = {gate.id: gate.passed for gate in marked.gates}
    points, written = result.graded, result.written
    # Points that nbgrader does not have yet, or has of other answers, are nobody's business.
    settled = result.in_gradebook and not result.stale
    return [
        marked.assignment,
        result.student,
        trainee.name if trainee else "",
        trainee.email if trainee else "",
        result.received,
        _state(result),
        points[0] if settled else None,
        points[1],
        written[0] if settled and not result.waiting[0] else None,
        written[1],
        result.waiting[0],
        float(result.penalty),
        *marked.completion("graded"),
        *marked.completion("practice"),
        result.practice("last")[0],
        *result.practice("first"),
        *(_gate(gate, passed) for gate in gates),
    ]


def _nothing(assignment: str, student: str, known: Roster, gates: list[str]) -> list[object]:
    trainee = known.trainees[student]
    line: list[object] = [None] * (len(COLUMNS) + len(gates))
    line[:6] = [assignment, student, trainee.name, trainee.email, None, "nothing handed in"]
    return line


def _state(result: Result) -> str:
    if result.marked.refused:
        return "refused: " + result.marked.refused
    if not result.in_gradebook:
        return "not marked yet"
    if result.stale:
        return "to be marked again"
    return "written work to be marked" if result.waiting[0] else "marked"


def _gate(gate: str, passed: dict[str, bool | None]) -> str | None:
    if gate not in passed:
        return None
    return {True: "passed", False: "not passed", None: "not answered"}[passed[gate]]


def replace_file(out: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    CourseError
        If it cannot be written, e.g. because a spreadsheet has it open.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".mindbody-", dir=out.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(out)
        finally:
            Path(name).unlink(missing_ok=True)  # it is there still if the disk is full, or ``out`` is open or a folder
    except OSError as error:
        remedy = "make room on the disk" if error.errno == errno.ENOSPC else "close it, or name another file"
        raise CourseError(f"{out} cannot be written ({error.strerror}): {remedy}") from None
