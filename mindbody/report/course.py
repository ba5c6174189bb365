"""The whole course: objectives, gates, certainty, groups and written work, over its assignments."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mindbody.calibration import Calibration, Judgement, calibrate
from mindbody.course.grading import ItemTables
from mindbody.report.gather import assignments
from mindbody.report.study import AssignmentStudy, groups, study
from mindbody.statistics.items import FEWEST, Estimate, Reliability, difficulty, reliability

if TYPE_CHECKING:
    from mindbody.course.scores import Score
    from mindbody.curriculum import Curriculum
    from mindbody.statistics.agreement import AgreementTables

MASTERED = 0.6
"""Share of an objective's points from which a trainee is counted as having it; below it feedback sends her back."""

DECILES = 10

Books = Mapping[str, Mapping[str, Mapping[str, "Score"]]]
"""Assignment -> trainee -> cell -> score, of nbgrader's gradebook."""


@dataclass(frozen=True)
class Mastery:
    """How far the class has come with an objective; nothing is shown below 20 trainees.

    Attributes
    ----------
    first
        Share of the practice points earned by first answers.
    graded
        Share of the graded and marked written points.
    reached
        Share of trainees with at least 60 % of the graded points.
    """

    objective: str
    text: str
    chapter: int
    first: Estimate
    graded: Estimate
    reached: float | None


@dataclass(frozen=True)
class Gate:
    """What became of a gate."""

    gate: str
    title: str
    graded: bool
    passed: int
    failed: int
    open: int


@dataclass(frozen=True)
class Decile:
    """The judgements with a confidence in [``start``, ``start`` + 10) per cent, the last with 100."""

    start: int
    confidence: float
    right: Estimate


@dataclass(frozen=True)
class Part:
    """Reliability of a part score."""

    label: str
    assignment: str
    found: Reliability
    counts: bool


@dataclass(frozen=True)
class Group:
    """A group of at least 20: how many, and its share of the graded points."""

    by: str
    group: str
    n: int
    graded: Estimate


@dataclass(frozen=True)
class Written:
    """A criterion of a written task: the share of its points that was given, and how many texts wait."""

    assignment: str
    item: str
    title: str
    criterion: str
    label: str
    given: Estimate
    waiting: int


@dataclass(frozen=True)
class Conversation:
    """A trainee to talk with, and why; for the instructor alone."""

    student: str
    name: str
    gates: tuple[str, ...]
    sure_and_wrong: tuple[str, ...]


@dataclass(frozen=True)
class CourseStudy:
    """All that the report says."""

    title: str
    trainees: int
    submissions: int
    studies: tuple[AssignmentStudy, ...]
    mastery: tuple[Mastery, ...]
    gates: tuple[Gate, ...]
    parts: tuple[Part, ...]
    calibration: Calibration
    deciles: tuple[Decile, ...]
    calibrations: Mapping[str, Calibration]
    groups: tuple[Group, ...]
    written: tuple[Written, ...]
    conversations: tuple[Conversation, ...]
    refused: tuple[tuple[str, str, str], ...]
    raters: Mapping[str, AgreementTables] = field(default_factory=dict)

    @property
    def chapters(self) -> dict[str, str]:
        """Assignment -> title."""
        return {one.assignment: one.title for one in self.studies}


def study_course(
    course_dir: Path,
    curriculum: Curriculum,
    *,
    names: Mapping[str, str] | None = None,
    database: str | None = None,
    workers: int | None = None,
    raters: Callable[[str], AgreementTables | None] = lambda _: None,
    done: Callable[[str], object] = lambda _: None,
) -> CourseStudy:
    """Study all assignments of a course.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    curriculum
        For the words of objectives.
    names
        Trainee -> name, where known.
    database
        The gradebook's address; the course's ``gradebook.db``, if there is one, when None.
    workers
        Processes; as many as there are processors when None, none beside this one when 1.
    raters
        Gives an assignment's tables of agreement, or None.
    done
        Called with an assignment's id as it is done.

    Raises
    ------
    CourseError
        If there are no assignments.
    """
    listed = assignments(course_dir)
    found: dict[str, AssignmentStudy] = {}
    if workers == 1:
        for name in listed:
            found[name] = study(course_dir, name)
            done(name)
        books = _books(course_dir, listed, database)
    else:
        # A fork would copy the threads of whoever calls, a progress bar's among them.
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            running = [pool.submit(study, course_dir, name) for name in listed]
            books = _books(course_dir, listed, database)
            for one in as_completed(running):
                found[one.result().assignment] = one.result()
                done(one.result().assignment)
    course = combine([found[name] for name in listed], curriculum, books, names or {})
    twice = {name: raters(name) for name in listed}
    return replace(course, raters={name: one for name, one in twice.items() if one and one.scripts})


def _books(course_dir: Path, listed: Iterable[str], database: str | None) -> Books:
    from mindbody.course.scores import read_gradebook

    return {
        name: {student: scores for student, (scores, _) in read_gradebook(course_dir, name, database).items()}
        for name in listed
    }


def combine(
    studies: Sequence[AssignmentStudy], curriculum: Curriculum, books: Books, names: Mapping[str, str]
) -> CourseStudy:
    """Put the assignments together."""
    everybody = {work.student for one in studies for work in one.works}
    judgements = [said for one in studies for said in one.judgements]
    return CourseStudy(
        curriculum.course.title,
        len(everybody),
        sum(len(one.works) for one in studies),
        tuple(studies),
        tuple(_mastery(studies, curriculum, books)),
        tuple(_gates(studies)),
        tuple(_parts(studies)),
        calibrate(judgements),
        tuple(_deciles(judgements)),
        {one.assignment: calibrate(one.judgements) for one in studies},
        tuple(_groups(studies)),
        tuple(_written(studies, books)),
        tuple(_conversations(studies, names)),
        tuple((one.assignment, work.student, work.refused) for one in studies for work in one.works if work.refused),
    )


def _mastery(studies: Sequence[AssignmentStudy], curriculum: Curriculum, books: Books) -> Iterator[Mastery]:
    first: dict[str, dict[str, list[float]]] = {}
    graded: dict[str, dict[str, list[float]]] = {}
    for one in studies:
        for work in one.read:
            scores = books.get(one.assignment, {}).get(work.student, {})
            for item in one.heads.values():
                _add(first, item, work.student, _first_points(item, work.firsts))
                _add(graded, item, work.student, _graded_points(item, work.points, scores))
    for chapter in curriculum.plan.chapters:
        for name, text in chapter.objectives.items():
            if name in first or name in graded:
                before, after = _shares(first.get(name, {})), _shares(graded.get(name, {}))
                reached = float(np.mean([share >= MASTERED for share in after])) if len(after) >= FEWEST else None
                yield Mastery(name, text, chapter.number, difficulty(before), difficulty(after), reached)


def _add(
    sums: dict[str, dict[str, list[float]]], item: ItemTables, student: str, pair: tuple[float, float] | None
) -> None:
    if pair is None:
        return
    for objective in item.objectives:
        total = sums.setdefault(objective, {}).setdefault(student, [0.0, 0.0])
        total[0] += pair[0]
        total[1] += pair[1]


def _first_points(item: ItemTables, firsts: Mapping[str, object]) -> tuple[float, float] | None:
    if not item.practice or item.id not in firsts:
        return None
    return getattr(firsts[item.id], "share", 0.0) * item.points, item.points


def _graded_points(
    item: ItemTables, points: Mapping[str, tuple[int, int]], scores: Mapping[str, Score]
) -> tuple[float, float] | None:
    """Return points and most of a graded item, a person's word before ours; None while it is being marked."""
    if item.written:
        criteria = [scores.get(f"{item.id}_{name}") for name in item.criteria]
        given = [score for score in criteria if score is not None and not score.waiting]
        if len(given) < len(criteria) or not given:
            return None
        return 100 * sum(score.points for score in given), item.points
    if not item.counted or item.alternative_to or item.id not in points:
        return None
    score = scores.get(item.id)
    return (100 * score.points, item.points) if score and score.manual is not None else points[item.id]


def _shares(of: Mapping[str, Sequence[float]]) -> list[float]:
    return [min(1.0, points / most) for points, most in of.values() if most]


def _gates(studies: Sequence[AssignmentStudy]) -> Iterator[Gate]:
    for one in studies:
        names = list(dict.fromkeys(gate for work in one.read for gate in work.gates))
        for gate in names:
            results = [work.gates.get(gate) for work in one.read]
            graded = any(gate in work.graded_gates for work in one.read)
            counts = [sum(result is wanted for result in results) for wanted in (True, False, None)]
            yield Gate(gate, _gate_title(one, gate), graded, *counts)


def _gate_title(one: AssignmentStudy, gate: str) -> str:
    return next((item.title for item in one.heads.values() if item.gate == gate), gate)


def _parts(studies: Sequence[AssignmentStudy]) -> Iterator[Part]:
    for one in studies:
        yield Part(f"{one.title}, graded", one.assignment, one.graded, counts=True)
        yield Part(f"{one.title}, practice", one.assignment, one.practised, counts=False)
    yield Part("Whole course, graded (one score an assignment)", "", _whole(studies), counts=True)


def _whole(studies: Sequence[AssignmentStudy]) -> Reliability:
    """Return the reliability of the graded total of those who handed in every assignment that has one."""
    totals = [
        {work.student: sum(points for points, _ in work.points.values()) / 100 for work in one.read}
        for one in studies
        if any(item.counted for item in one.heads.values())
    ]
    students = sorted(set.intersection(*map(set, totals))) if totals else []
    rows = [[total[student] for total in totals] for student in students]
    return reliability(np.array(rows, dtype=float).reshape(len(students), len(totals)))


def _deciles(judgements: Sequence[Judgement]) -> Iterator[Decile]:
    for start in range(0, 100, 100 // DECILES):
        inside = [one for one in judgements if min(90, one.confidence // 10 * 10) == start]
        if inside:
            mean = float(np.mean([one.confidence for one in inside])) / 100
            yield Decile(start, mean, difficulty([float(one.right) for one in inside]))


def _groups(studies: Sequence[AssignmentStudy]) -> Iterator[Group]:
    works = [work for one in studies for work in one.read]
    for by in ("profession", "language"):
        for name, students in groups(works, by).items():
            sums: dict[str, list[float]] = {}
            for work in works:
                if work.student in students:
                    total = sums.setdefault(work.student, [0.0, 0.0])
                    total[0] += sum(points for points, _ in work.points.values())
                    total[1] += sum(most for _, most in work.points.values())
            yield Group(by, name, len(students), difficulty(_shares(sums)))


def _written(studies: Sequence[AssignmentStudy], books: Books) -> Iterator[Written]:
    for one in studies:
        book = books.get(one.assignment, {})
        for item in one.heads.values():
            for criterion in item.criteria if item.written else ():
                scores = [
                    cells[f"{item.id}_{criterion}"] for cells in book.values() if f"{item.id}_{criterion}" in cells
                ]
                given = [score.points / score.max for score in scores if not score.waiting and score.max]
                waiting = sum(score.waiting for score in scores)
                label = one.criteria.get(criterion, criterion)
                yield Written(one.assignment, item.id, item.title, criterion, label, difficulty(given), waiting)


def _conversations(studies: Sequence[AssignmentStudy], names: Mapping[str, str]) -> Iterator[Conversation]:
    gates: dict[str, list[str]] = {}
    sure: dict[str, list[str]] = {}
    for one in studies:
        for work in one.read:
            failed = [gate for gate, passed in work.gates.items() if passed is False and gate in work.graded_gates]
            if failed:
                gates.setdefault(work.student, []).extend(_gate_title(one, gate) for gate in failed)
        for student, items in one.sure_and_wrong.items():
            sure.setdefault(student, []).extend(one.heads[item].title for item in items)
    everybody = sorted({*gates, *sure}, key=lambda name: (-len(gates.get(name, ())), -len(sure.get(name, ())), name))
    for student in everybody:
        # A warm-up has the title of the question it repeats, and is named with it once.
        mistaken = tuple(dict.fromkeys(sure.get(student, ())))
        yield Conversation(student, names.get(student, ""), tuple(gates.get(student, ())), mistaken)
