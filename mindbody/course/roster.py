"""The course's list of trainees, which says whose submission a name of the learning platform stands for."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mindbody.course.grading import CourseError
from mindbody.course.reader import Refused, read_bytes, shown

FILE = "roster.csv"
# A name that every system can give a folder: Windows keeps some for devices, and drops a dot at the end.
STUDENT = re.compile(
    r"(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z))[A-Za-z0-9](?:[A-Za-z0-9._@-]{0,62}[A-Za-z0-9_@-])?"
)
"""A trainee's id in the course: it becomes the name of a folder, so it has no room for anything else."""
COLUMNS = ("id", "name", "lms_id", "email", "number", "login", "section")
_LARGEST = 50_000_000


@dataclass(frozen=True)
class Trainee:
    """A line of the roster; ``number`` is the institution's, ``lms_id`` and ``login`` are the learning platform's."""

    id: str
    name: str = ""
    lms_id: str = ""
    email: str = ""
    number: str = ""
    login: str = ""
    section: str = ""


@dataclass(frozen=True)
class Roster:
    """The trainees of a course.

    Attributes
    ----------
    path
        The file, for messages.
    trainees
        Id -> trainee.
    """

    path: Path
    trainees: Mapping[str, Trainee] = field(default_factory=dict)

    def find(self, *, lms_id: str = "", name: str = "") -> Trainee | None:
        """Find whom the learning platform means: by its number, else by a full name that only one trainee has."""
        if lms_id:
            for trainee in self.trainees.values():
                if trainee.lms_id == lms_id:
                    return trainee
        return self._only(name, lambda trainee: (trainee.name,))

    def claimed(self, name: str) -> Trainee | None:
        """Find whom somebody means who typed an id, a name or an address."""
        return self._only(name, lambda trainee: (trainee.id,)) or self._only(
            name, lambda trainee: (trainee.name, trainee.email, trainee.lms_id)
        )

    def _only(self, name: str, names: object) -> Trainee | None:
        wanted = _key(name)
        found = [t for t in self.trainees.values() if wanted and wanted in map(_key, names(t))]  # type: ignore[operator]
        return found[0] if len(found) == 1 else None


def read_roster(path: Path) -> Roster:
    """Read a roster: a table saved as CSV, with the column id and, where there are any, the others of ``COLUMNS``.

    Commas, semicolons and tabs separate alike; other columns are ignored.

    Raises
    ------
    CourseError
        With file, line and remedy.
    """
    text = table_text(path)
    trainees: dict[str, Trainee] = {}
    spelled: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for line, trainee in _lines(path, text):
        if not STUDENT.fullmatch(trainee.id):
            raise CourseError(
                f"{path}:{line}: “{shown(trainee.id, 40)}” cannot be an id: use letters, digits and . _ @ -, at most 64"
            )
        for seen, value, what in ((spelled, trainee.id, "id"), (numbers, trainee.lms_id, "lms_id")):
            before = seen.setdefault(value.casefold(), line)
            if value and before != line:
                raise CourseError(
                    f"{path}:{line}: the {what} “{shown(value, 40)}” stands in line {before} too: mend one of them"
                )
        trainees[trainee.id] = trainee
    return Roster(path, trainees)


def table_text(path: Path) -> str:
    """Read a table that a spreadsheet or a platform saved as CSV.

    Raises
    ------
    CourseError
        If it is no file, is too large, or is not in UTF-8, with file and remedy.
    """
    try:
        return read_bytes(path, largest=_LARGEST).decode("utf-8-sig")
    except Refused as refused:
        raise CourseError(str(refused)) from None
    except UnicodeDecodeError:
        raise CourseError(f"{path}:1: not UTF-8: export it again, or save it as “CSV UTF-8”") from None


def separator_of(text: str) -> str:
    """Tell by its heading what separates the cells of a table: commas, semicolons or tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _lines(path: Path, text: str) -> Iterator[tuple[int, Trainee]]:
    # The dialect is strict in nothing, and a NUL or an endless field must not stop with a traceback.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        if "id" not in names:
            raise CourseError(f"{path}:1: no column is called id: name the columns {', '.join(COLUMNS)}")
        for row in reader:
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                yield reader.line_num, Trainee(**{name: cells.get(name, "") for name in COLUMNS})
    except csv.Error as error:
        raise CourseError(f"{path}:{reader.line_num}: not a table ({error}): save it as CSV again") from None


def _key(name: str) -> str:
    """Make names comparable: ``Jane-Lee`` of a file is ``Jane Lee`` of the roster."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.split(r"[\W_]+", folded)).strip()
