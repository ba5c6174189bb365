"""Two markers' scores side by side: what to discuss, what was agreed, and how far they agree.

What each gave on her own stays as it was for ever (``marks``). An agreed mark is a third row, and only it enters
nbgrader's gradebook. Where the two lie within one level and nobody agreed on anything, the first mark stands.

A pair is two marks of the same text: when a text changes, both are asked again, and what they said of the old one
still counts for the statistics. Of marks given after an agreement only the present state is of interest: the
statistics look at what was said before the two spoke.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mindbody.course.export import replace_file, table
from mindbody.course.grading import CourseError, Tables
from mindbody.course.marks import (
    AGREED,
    FIRST,
    FOLDER,
    SECOND,
    KeptMark,
    add_marks,
    criteria,
    gradebook,
    item_of,
    kept_marks,
    now,
    text_names,
    texts_of,
)
from mindbody.course.roster import separator_of, table_text
from mindbody.course.second import gather, second_markers

if TYPE_CHECKING:
    from mindbody.statistics.agreement import AgreementTables

FAR = 1
"""Marks that lie further apart than this many levels are to be discussed, and so are 0 and 1 in a checklist."""
COLUMNS = (
    "trainee",
    "task",
    "criterion",
    "what it asks",
    "most",
    "first marker",
    "first",
    "second marker",
    "second",
    "discuss",
    "agreed",
    "note",
    "first comment",
    "second comment",
    "text",
)
_READ = ("trainee", "task", "criterion", "first", "second", "agreed")


@dataclass(frozen=True)
class Both:
    """A criterion of one text as both markers left it.

    Attributes
    ----------
    trainee, task, criterion, label, max
        What was marked, and the most points there are.
    text
        Short name of the text.
    first, second
        What each gave.
    agreed
        What they settled on; None while they have not, or one of them has marked anew since.
    """

    trainee: str
    task: str
    criterion: str
    label: str
    max: float
    text: str
    first: KeptMark
    second: KeptMark
    first_comment: str = ""
    second_comment: str = ""
    agreed: KeptMark | None = None

    @property
    def difference(self) -> float:
        """How much more the second marker gave, in points."""
        return _points(self.second) - _points(self.first)

    @property
    def discuss(self) -> bool:
        """Whether the two are too far apart to leave it at that."""
        apart = abs(self.difference)
        return self.agreed is None and (apart > FAR or apart >= self.max)


@dataclass(frozen=True)
class Standing:
    """Where the second marking of an assignment stands.

    Attributes
    ----------
    both
        What both have marked, of the present texts.
    waiting_first, waiting_second
        Criteria that were given to a second marker and still wait for the first mark, and for hers.
    """

    both: tuple[Both, ...]
    waiting_first: int
    waiting_second: int

    @property
    def open(self) -> tuple[Both, ...]:
        """What differs at all and is not settled, the furthest apart first."""
        found = [one for one in self.both if one.agreed is None and one.difference]
        return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.trainee, one.task, one.criterion)))


def standing(course_dir: Path, assignment: str) -> Standing:
    """Bring the second markers' marks in and compare them with the first.

    Raises
    ------
    CourseError
        If the assignment is unknown or nothing of it is marked.
    """
    Tables.read(course_dir, assignment)  # or there is no such assignment
    gather(course_dir, assignment)
    return _compare(course_dir, assignment)


def _compare(course_dir: Path, assignment: str) -> Standing:
    labels = criterion_labels(course_dir, assignment)
    with gradebook(course_dir) as connection:
        marks = kept_marks(connection, assignment)
        cells = {(cell.trainee, cell.name): cell for cell in criteria(connection, assignment)}
    names = {trainee: text_names(course_dir, assignment, trainee) for trainee, _ in cells}
    given: dict[tuple[str, str], list[KeptMark]] = {}
    for mark in marks:
        given.setdefault((mark.trainee, mark.cell), []).append(mark)
    given_to: dict[str, set[str]] = {}
    for marker, codes in second_markers(course_dir, assignment).items():
        for trainee in codes.values():
            given_to.setdefault(trainee, set()).add(marker)
    both = []
    waiting = {FIRST: 0, SECOND: 0}
    for (trainee, name), cell in cells.items():
        text = names[trainee].get(item_of(name))
        if text is None:
            continue
        of_text = [mark for mark in given.get((trainee, name), ()) if mark.text == text]
        first, agreed = _last(of_text, FIRST), _last(of_text, AGREED)
        markers = given_to.get(trainee, set()) | {mark.marker for mark in of_text if mark.role == SECOND}
        waiting[FIRST] += bool(markers and not first)
        for marker in sorted(markers):
            of_marker = [mark for mark in of_text if mark.role == SECOND and mark.marker == marker]
            second = _last(of_marker, SECOND)
            waiting[SECOND] += not second
            if first and second:
                settled = agreed and agreed[0].at >= max(first[0].at, second[0].at)
                both.append(
                    Both(
                        trainee,
                        item_of(name),
                        name.rpartition("_")[2],
                        labels.get(name.rpartition("_")[2], name),
                        cell.max,
                        text,
                        first[0],
                        second[0],
                        cell.comment,
                        _comment(of_marker),
                        agreed[0] if settled else None,
                    )
                )
    return Standing(tuple(both), waiting[FIRST], waiting[SECOND])


def _last(marks: Iterable[KeptMark], role: str) -> list[KeptMark]:
    """Return the last mark of a role in a list, or nothing if there is none or it was taken back."""
    found = [mark for mark in marks if mark.role == role and mark.comment is None]
    return found[-1:] if found and found[-1].points is not None else []


def _last_of_each(marks: Sequence[KeptMark], role: str) -> list[KeptMark]:
    markers = dict.fromkeys(mark.marker for mark in marks if mark.role == role)
    return [mark for marker in markers for mark in _last((m for m in marks if m.marker == marker), role)]


def _comment(marks: Iterable[KeptMark]) -> str:
    found = [mark.comment for mark in marks if mark.comment is not None]
    return found[-1] if found else ""


def _points(mark: KeptMark) -> float:
    if mark.points is None:  # only marks that were given make a pair
        raise ValueError(mark)
    return mark.points


def criterion_labels(course_dir: Path, assignment: str) -> dict[str, str]:
    """Return criterion -> its name in words, as the notebook has it."""
    path = course_dir / "source" / assignment / f"{assignment}.ipynb"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError):
        return {}
    labels = {}
    for cell in cells:
        ours = cell["metadata"].get("mindbody", {})
        if ours.get("role") == "criterion":
            labels[ours["criterion"]] = "".join(cell["source"]).partition("**")[2].partition("**")[0]
    return labels


def write_sheet(course_dir: Path, assignment: str, open_: Sequence[Both], out: Path) -> None:
    """Write what is to be settled as a table with an empty column ``agreed``, the text beside each line.

    Raises
    ------
    CourseError
        If the file cannot be written.
    """
    texts = {trainee: texts_of(course_dir, assignment, trainee) for trainee in {one.trainee for one in open_}}
    rows = [
        (
            one.trainee,
            one.task,
            one.criterion,
            one.label,
            one.max,
            one.first.marker,
            one.first.points,
            one.second.marker,
            one.second.points,
            "yes" if one.discuss else "",
            "",
            "",
            one.first_comment,
            one.second_comment,
            texts[one.trainee].get(one.task, ""),
        )
        for one in open_
    ]
    with suppress(OSError):  # the file's own error says more
        out.parent.mkdir(parents=True, exist_ok=True)
    replace_file(out, table([COLUMNS, *rows]))


def default_sheet(course_dir: Path, assignment: str) -> Path:
    """Return where the sheet goes when nobody says."""
    return course_dir / FOLDER / f"agree-{assignment}.csv"


def record(course_dir: Path, assignment: str, sheet: Path) -> int:
    """Read a filled-in sheet and enter the agreed marks, all of them or, where a line is wrong, none.

    Each becomes the mark in nbgrader's gradebook and a row beside the two it settles. Lines whose column ``agreed``
    is empty are passed over.

    Returns
    -------
    int
        How many were entered.

    Raises
    ------
    CourseError
        With file, line and remedy for every line that is wrong.
    """
    Tables.read(course_dir, assignment)
    gather(course_dir, assignment)
    both: dict[tuple[str, ...], list[Both]] = {}
    for one in _compare(course_dir, assignment).both:
        both.setdefault((one.trainee, one.task, one.criterion), []).append(one)
    rows: dict[tuple[str, str], KeptMark] = {}
    problems = []
    for line, row in _sheet_rows(sheet):
        if not row["agreed"]:
            continue
        found = both.get((row["trainee"], row["task"], row["criterion"]), [])
        problem = _problem(row, found)
        cell = (row["trainee"], f"{row['task']}_{row['criterion']}")
        points = _number(row["agreed"])
        if not problem and cell in rows and rows[cell].points != points:
            problem = "an earlier line agrees on other points for the same criterion: keep one of them"
        if problem:
            problems.append(f"{sheet}:{line}: {row['trainee']}, {row['criterion']}: {problem}")
            continue
        if all(one.agreed is not None and one.agreed.points == points for one in found):
            continue  # the same file, handed in again
        markers = " and ".join(dict.fromkeys([found[0].first.marker, *(one.second.marker for one in found)]))
        rows[cell] = KeptMark(assignment, *cell, AGREED, markers[:128], points, None, found[0].text, now())
    if problems:
        raise CourseError("\n".join([*problems, "Nothing was recorded: mend these lines and run it again."]))
    _enter(course_dir, assignment, rows, {cell: row["note"] for cell, row in _notes(sheet)})
    return len(rows)


def _notes(sheet: Path) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    for _, row in _sheet_rows(sheet):
        if row["agreed"] and row["note"]:
            yield (row["trainee"], f"{row['task']}_{row['criterion']}"), row


def _enter(
    course_dir: Path, assignment: str, rows: Mapping[tuple[str, str], KeptMark], notes: Mapping[tuple[str, str], str]
) -> None:
    from dataclasses import replace

    from sqlalchemy import update

    from mindbody.course.gradebook import grades

    with gradebook(course_dir) as connection:
        numbers = {(cell.trainee, cell.name): cell.grade for cell in criteria(connection, assignment)}
        kept = []
        for cell, mark in rows.items():
            # A statement of its own and not nbgrader's objects: what is agreed is nobody's mark.
            values = {"manual_score": mark.points, "needs_manual_grade": False}
            connection.execute(update(grades).where(grades.c.id == numbers[cell]).values(**values))
            kept.append(mark)
            if cell in notes:
                kept.append(replace(mark, points=None, comment=notes[cell]))
        add_marks(connection, kept)


def _problem(row: Mapping[str, str], found: Sequence[Both]) -> str:
    if not found:
        return (
            "no two marks of this criterion: mend trainee, task or criterion, or run `mindbody agree` for a new sheet"
        )
    points, most = _number(row["agreed"]), found[0].max
    if points is None or not 0 <= points <= most or (points * 2) % 1:
        return f"“{row['agreed'][:20]}” is no level: write 0 to {most:g}, or half a point between two, or nothing"
    now_there = {(_points(one.first), _points(one.second)) for one in found}
    if (_number(row["first"]), _number(row["second"])) not in now_there:
        return "a marker has changed her mark since this sheet was written: run `mindbody agree` for a new one"
    return ""


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().lstrip("'").replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


def _sheet_rows(sheet: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text = table_text(sheet)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    line = 1
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in _READ if name not in names]
        if missing:
            raise CourseError(
                f"{sheet}:1: no column is called {missing[0]}: keep the columns that `mindbody agree` wrote"
            )
        for row in reader:
            cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                yield line + 1, {name: cells.get(name, "") for name in (*_READ, "note")}
            line = reader.line_num
    except csv.Error as error:
        raise CourseError(f"{sheet}:{line + 1}: not a table ({error}): save it as CSV again") from None


def agreement_tables(course_dir: Path, assignment: str) -> AgreementTables:
    """Say how far the markers of an assignment agree, from what each said on her own.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment
        Its id.

    Returns
    -------
    mindbody.statistics.agreement.AgreementTables
        Without tables, and with a warning that says so, where nothing was marked twice.

    Raises
    ------
    CourseError
        If the assignment has no marking tables, or there is no gradebook.
    """
    from mindbody.statistics.agreement import Pair, tables

    order = _cell_order(course_dir, assignment)
    gather(course_dir, assignment)
    with gradebook(course_dir) as connection:
        marks = kept_marks(connection, assignment)
        most = {cell.name: cell.max for cell in criteria(connection, assignment)}
    groups: dict[tuple[str, str, str], list[KeptMark]] = {}
    for mark in marks:
        if mark.cell in order and mark.comment is None:
            groups.setdefault((mark.trainee, mark.cell, mark.text), []).append(mark)
    pairs = []
    for (trainee, cell, text), found in sorted(groups.items(), key=lambda entry: (order[entry[0][1]], entry[0])):
        settled = min((mark.at for mark in found if mark.role == AGREED), default="9")
        alone = [mark for mark in found if mark.role != AGREED and mark.at < settled]
        task, _, criterion = cell.rpartition("_")
        for first in _last(alone, FIRST):
            pairs += [
                Pair(
                    f"{trainee} {text}",
                    task,
                    criterion,
                    most[cell],
                    _points(first),
                    _points(second),
                    first.marker,
                    second.marker,
                    second.at,
                )
                for second in _last_of_each(alone, SECOND)
            ]
    return tables(assignment, pairs, criterion_labels(course_dir, assignment))


def _cell_order(course_dir: Path, assignment: str) -> dict[str, int]:
    items = Tables.read(course_dir, assignment).items.values()
    names = [f"{item.id}_{criterion}" for item in items if item.written for criterion in item.criteria]
    return {name: index for index, name in enumerate(names)}
