"""The blueprint matrix: in which formats and at which levels each objective is assessed, promised and kept.

``assets/blueprint.yaml`` promises cells (objective, how it is marked, format, level); the items of the bank fill them.
A promise of a chapter that is ready must be kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from mindbody.model import LEVELS, Assignment, Curriculum, Item, Matrix, Plan
from mindbody.pages import read_page
from mindbody.warmup import PREFIX
from mindbody.yamlfile import Location, Problem, Source

WORDS_A_MINUTE = 200
"""Slow reading of unfamiliar clinical text; a convention, not a measurement."""

MARKING = {"practice": "practice", "graded": "graded", "written": "written"}
"""Who marks: the page itself, the course, a person."""


class Cell(NamedTuple):
    """A place in the matrix."""

    objective: str
    marking: str
    format: str
    level: str


class Workload(NamedTuple):
    """What a page asks of a learner."""

    practice: int
    graded: int
    written: int
    minutes: float


def marking(item: Item) -> str:
    """Say who marks an item."""
    return "written" if item.written else item.form.mode


def counted(items: Iterable[Item]) -> list[Item]:
    """Leave out what is not met by everybody, or was met before: re-takes, alternatives, warm-ups."""
    return [
        item for item in items if not (item.form.retake_of or item.form.alternative_to or item.id.startswith(PREFIX))
    ]


def fill(matrix: Matrix, plan: Plan, assignments: Iterable[Assignment]) -> Counter[Cell]:
    """Count the items of every cell.

    Parameters
    ----------
    assignments
        Of chapters, whose items count for the chapter's own objectives, and of pages that are none, whose items count
        for every objective that they name.
    """
    format_of = {kind: name for name, one in matrix.formats.items() for kind in one.kinds}
    filled: Counter[Cell] = Counter()
    for assignment in assignments:
        if not (assignment.chapter or assignment.page):
            continue  # the pool of the tests
        own = assignment.chapter.objectives if assignment.chapter else _objectives(plan)
        for item in counted(assignment.items):
            for objective in set(item.form.objectives) & set(own):
                if item.kind.name in format_of:
                    filled[Cell(objective, marking(item), format_of[item.kind.name], item.form.level)] += 1
    return filled


def promised(matrix: Matrix) -> Iterator[Cell]:
    """Return every promised cell."""
    for objective, promise in matrix.promised.items():
        for name in MARKING:
            for kind, levels in getattr(promise, name).items():
                for level in levels:
                    yield Cell(objective, name, kind, level)


def check(source: Source, matrix: Matrix, plan: Plan, assignments: Mapping[str, Assignment]) -> Iterator[Problem]:
    """Look for promises that are not kept, objectives without one, and kinds that stand in no format."""
    taught = (item for assignment in assignments.values() if not assignment.guide for item in assignment.items)
    yield from _check_kinds(source, matrix, {item.kind.name for item in taught})
    ready = {name for chapter in plan.chapters if chapter.status == "ready" for name in chapter.objectives}
    known = _objectives(plan)
    for objective in matrix.promised:
        if objective not in known:
            message = f'objective "{objective}" is not in assets/objectives.yaml: mend its id or take the line out'
            yield source.problem(("promised", objective), message)
    for objective in known:
        if objective not in matrix.promised:
            yield source.problem(("promised",), f'objective "{objective}" is promised nothing: add a line for it')
    filled = fill(matrix, plan, assignments.values())
    for cell in promised(matrix):
        at: Location = ("promised", cell.objective, cell.marking, cell.format)
        if cell.format not in matrix.formats:
            have = ", ".join(matrix.formats)
            yield source.problem(at, f'there is no format "{cell.format}" (there are {have})')
        elif cell.objective in ready and not filled[cell]:
            message = (
                f'"{cell.objective}" is promised {cell.marking} work by {cell.format} at {cell.level}, and has none'
                f" ({_nearest(cell, filled)}): write such an item, or promise what there is"
            )
            yield source.problem(at, message)


def check_hours(source: Source, matrix: Matrix, curriculum: Curriculum) -> Iterator[Problem]:
    """Compare the hours of the chapters and the capstone with what is promised."""
    hours = sum(workload(curriculum, one).minutes for one in worked(curriculum)) / 60
    if all(chapter.status == "ready" for chapter in curriculum.plan.chapters) and not (
        abs(hours - matrix.hours) <= matrix.give_or_take
    ):
        message = (
            f"the book comes to {hours:.1f} hours and promises {matrix.hours:g}, give or take {matrix.give_or_take:g}:"
            " shorten it, or promise otherwise"
        )
        yield source.problem(("hours",), message)


def worked(curriculum: Curriculum) -> list[Assignment]:
    """Return the assignments of chapters in their order, then those on pages of their own; tests are left out."""
    tests = curriculum.tests.tests if curriculum.tests else {}
    taught = [one for name, one in curriculum.taught.items() if name not in tests and one.file]
    return sorted(taught, key=lambda one: one.chapter.number if one.chapter else len(curriculum.plan.chapters) + 1)


def workload(curriculum: Curriculum, assignment: Assignment) -> Workload:
    """Return the exercises of a page, and the minutes that reading it and working on them may take."""
    matrix = curriculum.matrix
    items = [item for item in assignment.items if not (item.form.retake_of or item.form.alternative_to)]
    counts = Counter(marking(item) for item in items)
    reading = read_page(curriculum.root, f"{assignment.file}.md").words / WORDS_A_MINUTE
    working = sum(matrix.minutes.get(item.kind.name, 0) for item in items) if matrix else 0
    return Workload(counts["practice"], counts["graded"], counts["written"], reading + working)


def _check_kinds(source: Source, matrix: Matrix, used: Collection[str]) -> Iterator[Problem]:
    # A kind that only has its sample yet counts in no chapter.
    for kind in sorted(used):
        holding = [name for name, one in matrix.formats.items() if kind in one.kinds]
        if len(holding) != 1:
            where = f"the formats {' and '.join(holding)}" if holding else "no format"
            yield source.problem(("formats",), f'the kind "{kind}" stands in {where}: put it into one')
        if kind not in matrix.minutes:
            yield source.problem(("minutes",), f'the kind "{kind}" has no minutes: say how long one takes')


def _objectives(plan: Plan) -> dict[str, str]:
    return {name: text for chapter in plan.chapters for name, text in chapter.objectives.items()}


def _nearest(cell: Cell, filled: Mapping[Cell, int]) -> str:
    """Say what an objective does have under the same marking."""
    have = [one for one in filled if one.objective == cell.objective and one.marking == cell.marking]
    said = [
        f"{one.format} at {one.level}" for one in sorted(have, key=lambda one: (one.format, LEVELS.index(one.level)))
    ]
    return f"it has {', '.join(said)}" if said else f"it has nothing that is {cell.marking}"
