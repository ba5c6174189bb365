"""Reads what trainees handed in for an assignment and marks first and last answers, as plain rows for statistics.

The *first* answer says what an item asked of somebody who had not seen its feedback, so item statistics rest on it.
For practice that is the answer she checked first; for graded work the first complete one or, where the page kept
none, the one she handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mindbody.calibration import Judgement, judgements
from mindbody.course.grading import (
    CourseError,
    ItemTables,
    Marked,
    MarkedItem,
    Tables,
    Version,
    mark_submission,
)
from mindbody.course.reader import ItemAnswer, Refused, read
from mindbody.course.roster import STUDENT
from mindbody.marking import Answer, AnswerError, Mark, mark, unanswered


@dataclass(frozen=True)
class First:
    """A trainee's first answer to one version of an item.

    Attributes
    ----------
    version
        The version she answered.
    share, last_share
        Points ÷ maximum of the first answer and of the one that stands, in [0, 1].
    atoms
        What she chose first.
    confidence
        Of the item as a whole, per cent; None when it was not asked or not said.
    sure
        All she said of her certainty, the item's and each card's.
    at
        When.
    """

    version: int
    share: float
    last_share: float
    atoms: frozenset[str] = frozenset()
    confidence: float | None = None
    sure: tuple[Judgement, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Work:
    """What one trainee did on an assignment.

    Attributes
    ----------
    firsts
        Item -> her first answer; items she left alone are not in it.
    points
        Graded item -> (points, most) as they stand, hundredths.
    practice
        Practice item -> (points, most) of the answer she checked last, hundredths.
    gates
        Gate -> passed; None while unanswered.
    graded_gates
        Those of them that are graded.
    refused
        Why her file could not be read; the rest is empty then.
    """

    student: str
    profession: str = ""
    language: str = ""
    firsts: Mapping[str, First] = field(default_factory=dict)
    points: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    practice: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    gates: Mapping[str, bool | None] = field(default_factory=dict)
    graded_gates: frozenset[str] = frozenset()
    refused: str | None = None


@dataclass(frozen=True)
class Handed:
    """Everything handed in for an assignment.

    Attributes
    ----------
    tables
        How it is marked.
    specs
        Item -> its public data, for words.
    works
        One a trainee.
    """

    tables: Tables
    specs: Mapping[str, Any]
    works: tuple[Work, ...]


def assignments(course_dir: Path) -> list[str]:
    """Return the assignments that have marking tables, in the course's order.

    Raises
    ------
    CourseError
        If there is none.
    """
    from mindbody.course.grading import KEPT

    found = sorted(path.parent.name for path in (course_dir / KEPT / "tables").glob("*/index.json"))
    if not found:
        raise CourseError(f"{course_dir} has no assignments: run `mindbody course`")
    return found


def gather(course_dir: Path, assignment: str) -> Handed:
    """Read and mark all that was handed in for an assignment.

    Raises
    ------
    CourseError
        If the assignment has no marking tables or no release.
    """
    tables = Tables.read(course_dir, assignment)
    specs = _specs(course_dir, assignment)
    folders = sorted((course_dir / "submitted").glob(f"*/{assignment}"))
    usable = [f for f in folders if f.is_dir() and not f.is_symlink() and STUDENT.fullmatch(f.parent.name)]
    return Handed(tables, specs, tuple(_work(folder, tables) for folder in usable))


def _specs(course_dir: Path, assignment: str) -> dict[str, Any]:
    path = course_dir / "release" / assignment / "exercise.json"
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run `mindbody course`") from None
    return {name.partition("/")[2]: spec for name, spec in items.items()}


def _work(folder: Path, tables: Tables) -> Work:
    student = folder.parent.name
    try:
        submission = read(folder / "answers.json")
    except Refused as refused:
        return Work(student, refused=refused.reason.replace(f"{folder}/", ""))
    marked = mark_submission(submission, tables)
    if marked.refused:
        return Work(student, refused=marked.refused)
    return Work(
        student,
        (submission.profession or "").strip(),
        (submission.language or "").strip(),
        dict(_firsts(submission.items, marked)),
        {item.id: (found.points, found.max) for item, found in _of(marked) if item.counted},
        {item.id: (found.last.points if found.last else 0, found.max) for item, found in _of(marked) if item.practice},
        {gate.id: gate.passed for gate in marked.gates},
        frozenset(gate.id for gate in marked.gates if not gate.practice),
    )


def _of(marked: Marked) -> Iterator[tuple[ItemTables, MarkedItem]]:
    for item in marked.tables.items.values():
        yield item, marked.items[item.id]


def _firsts(given: Mapping[str, ItemAnswer], marked: Marked) -> Iterator[tuple[str, First]]:
    for item, found in _of(marked):
        answer = given.get(item.id)
        if item.written or answer is None or found.mark is None or answer.version not in item.versions:
            continue
        first = _first(item, answer, found, item.versions[answer.version])
        if first is not None:
            yield item.id, first


def _first(item: ItemTables, given: ItemAnswer, found: MarkedItem, version: Version) -> First | None:
    """Return the first answer to an item, marked; None while there is none."""
    shape, kept = version.shape, given.first
    if item.practice:
        early, late = found.first, found.last
    else:
        late = found.mark
        early = late if kept is None or kept.answer == given.answer else _marked(kept.answer, version)
    if early is None or not early.max or (kept is None and unanswered(given.answer, shape)):
        return None
    answer = kept.answer if kept else given.answer
    confidence = kept.confidence if kept else given.confidence
    whole = round(confidence) if confidence is not None else None
    return First(
        given.version,
        early.points / early.max,
        late.points / late.max if late and late.max else 0.0,
        answer.atoms,
        confidence,
        tuple(judgements(answer, whole, early.to_json(), shape)),
        kept.at if kept else given.saved_at,
    )


def _marked(answer: Answer, version: Version) -> Mark | None:
    try:
        return mark(answer, version.table, version.shape)
    except AnswerError:
        return None
