"""Lists of trainees from a learning platform, and grades in the shape that it takes back.

Built from the platforms' own sources and help, not tried on a running Moodle or Canvas:

- Moodle's CSV import of grades lets the instructor choose which column says who (e-mail address or ID number) and which
  grade item each other column is (docs.moodle.org, "Grade import"). Addresses are compared with their case.
- Canvas's import (``lib/gradebook_importer.rb``) wants ``Student, ID, SIS User ID, SIS Login ID, Section`` and then
  the assignments, each named ``Title (number)`` or by its title alone, and takes a line that begins with
  ``Points Possible`` for what they are worth. Whoever it does not know by ID, it looks for by SIS id, login and name.

A name that a spreadsheet would run gets an apostrophe before it, so a platform that goes by names alone would not find
that person; both go by numbers or addresses first.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from mindbody.course.export import all_results, known_trainees, replace_file, table
from mindbody.course.grading import CourseError
from mindbody.course.reader import shown
from mindbody.course.roster import COLUMNS, FILE, STUDENT, Trainee, separator_of, table_text
from mindbody.course.scores import Result

_PARTICIPANT = re.compile(r"\D*(\d{1,20})")

# What each platform calls a column, in the order of trust. Moodle's "Identifier" is of the grading worksheet, e.g.
# "Participant 48001": the number that also stands in the names of downloaded files.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("id number", "idnumber", "student id", "student number", "sis user id"),
    "login": ("username", "sis login id", "login"),
    "email": ("email address", "email", "e-mail", "e-mail address", "mail"),
    "name": ("full name", "name", "student"),
    "first": ("first name", "firstname", "given name"),
    "last": ("last name", "lastname", "surname", "family name"),
    "lms_id": ("identifier", "participant", "participant id", "id", "userid", "user id"),
    "section": ("section", "groups", "group"),
}


# --- rosters in ---


def take_roster(course_dir: Path, source: Path, *, replace: bool = False) -> tuple[Path, int]:
    """Make the course's roster from a list that a learning platform exported.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    source
        Moodle's participants or grading worksheet, Canvas's gradebook, or any table with a heading, as CSV.
    replace
        Whether to replace a roster that is there.

    Returns
    -------
    tuple
        The roster's file, and how many trainees stand in it.

    Raises
    ------
    CourseError
        With file, line and remedy.
    """
    trainees = read_platform(source)
    out = course_dir / FILE
    if out.is_file() and not replace:
        raise CourseError(f"{out} is there already: look at it, and write --replace if this list is to take its place")
    replace_file(out, table([COLUMNS, *map(astuple, trainees)]))
    return out, len(trainees)


def read_platform(path: Path) -> list[Trainee]:
    """Read the trainees of a platform's list.

    The id in the course is the first of these that can name a folder: the institution's number, the login, the address,
    the platform's own number.

    Raises
    ------
    CourseError
        With file, line and remedy.
    """
    text = table_text(path)
    # Canvas may end its heading's line in a comma; a NUL would stop the reader.
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator_of(text))
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(f"{path}:{reader.line_num}: not a table ({error}): export it again") from None
    head = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    places = {part: _place(head, names) for part, names in _NAMES.items()}
    if not any(places[part] is not None for part in ("number", "login", "email", "lms_id")):
        raise CourseError(
            f"{path}:1: no column says who is who: export it with e-mail addresses, ID numbers or user names"
        )
    trainees: dict[str, tuple[int, Trainee]] = {}
    for line, row in rows[1:]:
        given = {part: row[at].strip() if at is not None and at < len(row) else "" for part, at in places.items()}
        if not any(given.values()) or _is_no_person(given):
            continue
        trainee = _trainee(given)
        if trainee is None:
            said = shown(next(filter(None, given.values())), 40)
            raise CourseError(
                f"{path}:{line}: “{said}” has neither a number, a user name nor an address that can be an id: add one"
            )
        before = trainees.setdefault(trainee.id.casefold(), (line, trainee))[0]
        if before != line:
            raise CourseError(f"{path}:{line}: “{trainee.id}” stands in line {before} too: remove one of them")
    if not trainees:
        raise CourseError(f"{path}: nobody stands in it: export the list of participants again")
    return [trainee for _, trainee in trainees.values()]


def _place(head: Sequence[str], names: Iterable[str]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _is_no_person(given: Mapping[str, str]) -> bool:
    # Canvas: what the assignments are worth, and "Student, Test", who is the instructor's preview.
    return given["name"].casefold() in {"points possible", "student, test", "test student"}


def _trainee(given: Mapping[str, str]) -> Trainee | None:
    found = _PARTICIPANT.fullmatch(given["lms_id"])
    lms_id = found[1] if found else given["lms_id"]
    ids = (given["number"], given["login"], given["email"], lms_id)
    name = given["name"] or " ".join(filter(None, (given["first"], given["last"])))
    if "," in name and name.count(",") == 1:
        # Canvas sorts: "Lee, Zoë".
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    own = next((one for one in ids if STUDENT.fullmatch(one)), None)
    if own is None:
        return None
    return Trainee(own, name, lms_id, given["email"], given["number"], given["login"], given["section"])


# --- grades out ---


def grades_for(
    course_dir: Path,
    platform: str,
    out: Path,
    *,
    roster: Path | None = None,
    names: Mapping[str, str] | None = None,
    database: str | None = None,
) -> int:
    """Write the grades of all assignments as a platform imports them: one line a trainee, one column an assignment.

    The grade is the graded and the written points, less what being late costs. It is left empty, which changes nothing
    on the platform, while anything of it is still to be marked, or when nothing was handed in.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    platform
        ``moodle`` or ``canvas``.
    out
        The file to write; one that is there is replaced.
    roster
        ``roster.csv`` of the course when None.
    names
        Assignment -> what the platform calls it; its title when it is not there.
    database
        The gradebook's address; the course's ``gradebook.db`` when None.

    Returns
    -------
    int
        The trainees.

    Raises
    ------
    CourseError
        If there is no assignment, or a name is given for one that there is not, or the file cannot be written.
    """
    known, found = known_trainees(course_dir, roster), all_results(course_dir, database)
    strangers = sorted(set(names or {}) - set(found))
    if strangers:
        raise CourseError(f'there is no assignment "{strangers[0]}": there are {", ".join(found)}')
    students = sorted({result.student for of_one in found.values() for result in of_one} | set(known.trainees))
    used = {name: of_one for name, of_one in found.items() if of_one}
    titles = [(names or {}).get(name) or of_one[0].marked.tables.title for name, of_one in used.items()]
    total = {(name, one.student): _total(one) for name, of_one in used.items() for one in of_one}
    lines: list[list[object]] = []
    for student in students:
        trainee = known.trainees.get(student, Trainee(student))
        lines.append([*_who(trainee, platform), *(total.get((name, student)) for name in used)])
    if platform == "canvas":
        most = [max(_most(one) for one in of_one) for of_one in used.values()]
        lines.insert(0, ["    Points Possible", "", "", "", "", *most])
    replace_file(out, table([[*_HEADS[platform], *titles], *lines]))
    return len(students)


def column_names(given: Iterable[str]) -> dict[str, str]:
    """Read ``07-conflict=Conflict (8231)``: assignment -> what the platform calls it.

    Raises
    ------
    CourseError
        If one has no equals sign, or nothing on a side of it.
    """
    found = {}
    for one in given:
        assignment, _, name = one.partition("=")
        if not assignment.strip() or not name.strip():
            raise CourseError(f"--column {shown(one, 60)}: write ASSIGNMENT=NAME, e.g. 07-conflict=“Conflict”")
        found[assignment.strip()] = name.strip()
    return found


_HEADS = {
    "moodle": ("ID number", "Email address", "Full name"),
    "canvas": ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
}


def _who(trainee: Trainee, platform: str) -> tuple[str, ...]:
    name = trainee.name or trainee.id
    if platform == "moodle":
        return (trainee.number or trainee.id, trainee.email, name)
    return (name, trainee.lms_id, trainee.number, trainee.login, trainee.section)


def _total(result: Result) -> float | None:
    if not result.in_gradebook or result.stale or result.waiting[0] or result.marked.refused:
        return None
    return max(0.0, result.graded[0] + result.written[0] - result.penalty)


def _most(result: Result) -> float:
    return float(result.graded[1] + result.written[1])
