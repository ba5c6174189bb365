"""Writes marks into nbgrader's gradebook, many submissions a transaction, as our plug-ins would one by one.

One process writes. What is published to ``autograded/`` follows the commit, so that a run that is killed in between
finds its submission unmarked and marks it once more; the rows are the same then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, exc, insert, select, update

from mindbody.course import judged
from mindbody.course.folders import replace_folder
from mindbody.course.gradebook import (
    assignments,
    cells,
    comments,
    grade_cells,
    gradebook_errors,
    grades,
    new_id,
    notebooks,
    reading,
    source_cells,
    students,
    submissions,
    submitted_notebooks,
    task_cells,
    writing,
)
from mindbody.course.grading import CourseError
from mindbody.course.judged import Judged
from mindbody.course.mark_one import Outcome

Penalty = Callable[[str, float, float], float | None]
"""Trainee, points, seconds late -> points to take off."""
_NOTHING = 1e-6
"""Points that differ by less are the same, added up in another order."""


@dataclass(frozen=True)
class Layout:
    """An assignment as the gradebook knows it.

    Attributes
    ----------
    assignment_id, notebook_id
        Its rows.
    due
        When it was due, in UTC without a zone; None when it never is.
    automatic, criteria
        Cell -> its row: those marked without a person, and those of a rubric.
    sources
        Cell -> source with the hidden parts, and checksum.
    """

    assignment_id: str
    notebook_id: str
    due: datetime | None
    automatic: Mapping[str, str]
    criteria: Mapping[str, str]
    sources: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Standing:
    """How a trainee stands in the gradebook: points, the most there are, criteria that wait, seconds late, penalty."""

    student: str
    points: float
    most: float
    waiting: int
    late: float
    penalty: float


def read_layout(engine: Engine, assignment: str) -> Layout:
    """Read how an assignment is laid out.

    Raises
    ------
    CourseError
        If the gradebook does not know it.
    """
    with reading(engine) as connection:
        found = connection.execute(
            select(assignments.c.id, assignments.c.duedate, notebooks.c.id)
            .join(notebooks, notebooks.c.assignment_id == assignments.c.id)
            .where(assignments.c.name == assignment, notebooks.c.name == assignment)
        ).one_or_none()
        if found is None:
            raise CourseError(f"the gradebook does not know {assignment}: run `mindbody course`")
        assignment_id, due, notebook_id = found

        def named(kind: Any) -> dict[str, str]:
            rows = connection.execute(
                select(cells.c.name, cells.c.id)
                .join(kind, kind.c.id == cells.c.id)
                .where(cells.c.notebook_id == notebook_id)
            )
            return {row.name: row.id for row in rows}

        sources = {
            name: (source, checksum)
            for name, source, checksum in connection.execute(
                select(source_cells.c.name, source_cells.c.source, source_cells.c.checksum).where(
                    source_cells.c.notebook_id == notebook_id
                )
            )
        }
        return Layout(assignment_id, notebook_id, due, named(grade_cells), named(task_cells), sources)


def standings(engine: Engine, layout: Layout) -> Iterable[Standing]:
    """Go through everybody who is in the gradebook for an assignment, in the order of their ids."""
    with reading(engine) as connection:
        most: dict[str, float] = {
            row.id: row.max_score
            for kind in (grade_cells, task_cells)
            for row in connection.execute(select(kind.c.id, kind.c.max_score))
        }
        rows = connection.execution_options(yield_per=5000).execute(
            select(
                submissions.c.student_id,
                submissions.c.timestamp,
                submissions.c.extension,
                submitted_notebooks.c.late_submission_penalty,
                grades.c.cell_id,
                grades.c.auto_score,
                grades.c.manual_score,
                grades.c.extra_credit,
                grades.c.needs_manual_grade,
            )
            .join(submitted_notebooks, submitted_notebooks.c.assignment_id == submissions.c.id)
            .join(grades, grades.c.notebook_id == submitted_notebooks.c.id)
            .where(submissions.c.assignment_id == layout.assignment_id)
            .order_by(submissions.c.student_id)
        )
        here: Standing | None = None
        for student, time, extension, penalty, cell, auto, manual, extra, waiting in rows:
            if here is None or here.student != student:
                if here:
                    yield here
                here = Standing(student, 0.0, 0.0, 0, _late(time, layout.due, extension), penalty or 0.0)
            here = Standing(
                student,
                here.points + _score(auto, manual, extra),
                here.most + most.get(cell, 0.0),
                here.waiting + bool(waiting),
                here.late,
                here.penalty,
            )
        if here:
            yield here


def recorded(engine: Engine, layout: Layout) -> dict[str, datetime | None]:
    """Return who has marks in the gradebook for an assignment, and when what they are of came in."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(submissions.c.student_id, submissions.c.timestamp)
            .join(submitted_notebooks, submitted_notebooks.c.assignment_id == submissions.c.id)
            .where(submissions.c.assignment_id == layout.assignment_id)
            .where(select(grades.c.id).where(grades.c.notebook_id == submitted_notebooks.c.id).exists())
        )
        return {row.student_id: row.timestamp for row in rows}


def set_due(engine: Engine, layout: Layout, due: datetime | None) -> None:
    """Write when an assignment is due, where the course's settings say it, so that nbgrader knows it too."""
    if due != layout.due:
        with writing(engine) as connection:
            connection.execute(update(assignments).where(assignments.c.id == layout.assignment_id).values(duedate=due))


def settle_penalties(engine: Engine, layout: Layout, penalty: Penalty | None) -> None:
    """Take off for being late what it costs now, of everybody.

    What it cost when a submission was marked is the price of the points and the due time of that moment; since then
    somebody may have scored written work, moved the due time, given an extension or set up another penalty.
    """
    if penalty is None and not _has_penalties(engine, layout):
        return
    owed = {one: _penalty(penalty, one.student, one.points, one.late) for one in standings(engine, layout)}
    changed = {one.student: off for one, off in owed.items() if abs((off or 0.0) - one.penalty) > _NOTHING}
    if not changed:
        return
    with writing(engine) as connection:
        rows = connection.execute(
            select(submissions.c.student_id, submitted_notebooks.c.id)
            .join(submitted_notebooks, submitted_notebooks.c.assignment_id == submissions.c.id)
            .where(submissions.c.assignment_id == layout.assignment_id)
        )
        _update(
            connection,
            submitted_notebooks,
            [
                {"row": row, "late_submission_penalty": changed[student]}
                for student, row in rows.all()
                if student in changed
            ],
        )


def _has_penalties(engine: Engine, layout: Layout) -> bool:
    with reading(engine) as connection:
        found = connection.execute(
            select(submitted_notebooks.c.id)
            .where(submitted_notebooks.c.notebook_id == layout.notebook_id)
            .where(submitted_notebooks.c.late_submission_penalty > 0)
            .limit(1)
        )
        return found.first() is not None


def _penalty(penalty: Penalty | None, student: str, points: float, late: float) -> float | None:
    off = penalty(student, points, late) if late > 0 and penalty else None
    return None if off is None else min(max(0.0, off), points)


@dataclass(frozen=True)
class Writer:
    """Writes the outcomes of one assignment.

    Attributes
    ----------
    engine
        The gradebook.
    layout
        How the assignment is laid out there.
    criteria
        Rubric cell -> its written item.
    course_dir, assignment
        Where to publish.
    penalty
        What to take off for being late; None for nothing.
    """

    engine: Engine
    layout: Layout
    criteria: Mapping[str, str]
    course_dir: Path
    assignment: str
    penalty: Penalty | None = None

    def __post_init__(self) -> None:
        """Check that gradebook and release are of one make."""
        missing = sorted(set(self.layout.criteria) - set(self.criteria))
        if missing:
            raise CourseError(
                f"the gradebook asks for {', '.join(missing)}, which the release of {self.assignment} does not have:"
                " run `mindbody course`"
            )

    def save(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Write some outcomes in one transaction, then publish them.

        Returns
        -------
        list of Outcome
            The same; one that the gradebook would not have has its ``trouble`` and is not published.

        Raises
        ------
        CourseError
            If the gradebook cannot be written; nothing of these is published then.
        """
        if not outcomes:
            return []
        try:
            texts = self._transaction(outcomes)
        except (exc.IntegrityError, exc.DataError) as error:
            if len(outcomes) > 1:
                return [saved for outcome in outcomes for saved in self.save([outcome])]
            reason = f"the gradebook refuses it ({str(error.orig).splitlines()[0]})"
            return [Outcome(outcomes[0].student, trouble=reason)]
        for outcome in outcomes:
            texts[outcome.student].write(self.course_dir, self.assignment, outcome.student)
            self._publish(outcome)
        return list(outcomes)

    def _transaction(self, outcomes: Sequence[Outcome]) -> dict[str, Judged]:
        with gradebook_errors(self.engine), writing(self.engine) as connection:
            rows = self._rows(connection, outcomes)
            return self._fill(connection, outcomes, rows)

    def _rows(self, connection: Connection, outcomes: Sequence[Outcome]) -> dict[str, str]:
        """Make the rows that are not there yet; return trainee -> submitted notebook."""
        names = [outcome.student for outcome in outcomes]
        known = set(connection.scalars(select(students.c.id).where(students.c.id.in_(names))))
        _insert(connection, students, [{"id": name} for name in names if name not in known])
        found = {
            row.student_id: row
            for row in connection.execute(
                select(submissions.c.student_id, submissions.c.id, submissions.c.timestamp).where(
                    submissions.c.assignment_id == self.layout.assignment_id, submissions.c.student_id.in_(names)
                )
            )
        }
        new = [
            {
                "id": new_id(),
                "assignment_id": self.layout.assignment_id,
                "student_id": outcome.student,
                "timestamp": outcome.received,
            }
            for outcome in outcomes
            if outcome.student not in found
        ]
        _insert(connection, submissions, new)
        _update(
            connection,
            submissions,
            [
                {"row": found[outcome.student].id, "timestamp": outcome.received}
                for outcome in outcomes
                if outcome.student in found
                and outcome.received is not None
                and outcome.received != found[outcome.student].timestamp
            ],
        )
        ids = {name: row.id for name, row in found.items()} | {one["student_id"]: one["id"] for one in new}
        there = {
            row.assignment_id: row.id
            for row in connection.execute(
                select(submitted_notebooks.c.assignment_id, submitted_notebooks.c.id).where(
                    submitted_notebooks.c.assignment_id.in_(list(ids.values())),
                    submitted_notebooks.c.notebook_id == self.layout.notebook_id,
                )
            )
        }
        missing = [
            {"id": new_id(), "assignment_id": one, "notebook_id": self.layout.notebook_id, "flagged": False}
            for one in ids.values()
            if one not in there
        ]
        _insert(connection, submitted_notebooks, missing)
        there |= {one["assignment_id"]: one["id"] for one in missing}
        return {name: there[one] for name, one in ids.items()}

    def _fill(self, connection: Connection, outcomes: Sequence[Outcome], rows: Mapping[str, str]) -> dict[str, Judged]:
        graded = _by_notebook(
            connection,
            select(
                grades.c.notebook_id,
                grades.c.cell_id,
                grades.c.id,
                grades.c.auto_score,
                grades.c.manual_score,
                grades.c.extra_credit,
                grades.c.needs_manual_grade,
            )
            .where(grades.c.notebook_id.in_(list(rows.values())))
            .with_for_update(),
        )
        said = _by_notebook(
            connection,
            select(comments.c.notebook_id, comments.c.cell_id, comments.c.id, comments.c.auto_comment).where(
                comments.c.notebook_id.in_(list(rows.values()))
            ),
        )
        new_grades, old_grades, new_comments, old_comments = [], [], [], []
        kept: dict[str, Judged] = {}
        points: dict[str, float] = {}
        for outcome in outcomes:
            notebook, judging = (
                rows[outcome.student],
                Judged.read(self.course_dir, self.assignment, outcome.student),
            )
            total = 0.0
            for name, cell in (*self.layout.automatic.items(), *self.layout.criteria.items()):
                row = graded.get((notebook, cell))
                before = (
                    judged.Grade(row.auto_score, row.manual_score, bool(row.needs_manual_grade))
                    if row
                    else judged.Grade()
                )
                if name in self.layout.criteria:
                    item = self.criteria[name]
                    text = outcome.texts.get(item)
                    now = judging.criterion(name, item, text, before)
                    remark = judged.comment(text)
                    earlier = said.get((notebook, cell))
                    if earlier is None:
                        new_comments.append(
                            {"id": new_id(), "notebook_id": notebook, "cell_id": cell, "auto_comment": remark}
                        )
                    elif earlier.auto_comment != remark:
                        old_comments.append({"row": earlier.id, "auto_comment": remark})
                else:
                    now = judged.automatic(outcome.scores.get(name, 0.0), before)
                total += _score(now.auto, now.manual, row.extra_credit if row else None)
                values = {"auto_score": now.auto, "needs_manual_grade": now.waiting}
                if row is None:
                    new_grades.append({"id": new_id(), "notebook_id": notebook, "cell_id": cell, **values})
                elif now != before:
                    old_grades.append({"row": row.id, **values})
            judging.marked(outcome.texts)
            kept[outcome.student], points[notebook] = judging, total
        _insert(connection, grades, new_grades)
        _insert(connection, comments, new_comments)
        _update(connection, grades, old_grades)
        _update(connection, comments, old_comments)
        self._penalise(connection, rows, points)
        return kept

    def _penalise(self, connection: Connection, rows: Mapping[str, str], points: Mapping[str, float]) -> None:
        found = connection.execute(
            select(
                submissions.c.student_id,
                submissions.c.timestamp,
                submissions.c.extension,
                submitted_notebooks.c.id,
                submitted_notebooks.c.late_submission_penalty,
            )
            .join(submitted_notebooks, submitted_notebooks.c.assignment_id == submissions.c.id)
            .where(submitted_notebooks.c.id.in_(list(rows.values())))
        )
        changed: list[dict[str, Any]] = []
        for student, time, extension, notebook, before in found:
            late = _late(time, self.layout.due, extension)
            off = _penalty(self.penalty, student, points[notebook], late)
            if off != before:
                changed.append({"row": notebook, "late_submission_penalty": off})
        _update(connection, submitted_notebooks, changed)

    def _publish(self, outcome: Outcome) -> None:
        if outcome.stage is None:
            return
        target = self.course_dir / "autograded" / outcome.student / self.assignment
        replace_folder(self.course_dir, outcome.stage, target)


def _score(auto: float | None, manual: float | None, extra: float | None) -> float:
    """Return a cell's points as nbgrader counts them."""
    base = manual if manual is not None else auto
    return 0.0 if base is None else base + (extra or 0.0)


def _late(time: datetime | None, due: datetime | None, extension: Any) -> float:
    if time is None or due is None:
        return 0.0
    return max(0.0, (time - (due + extension if extension else due)).total_seconds())


def _by_notebook(connection: Connection, query: Any) -> dict[tuple[str, str], Any]:
    return {(row.notebook_id, row.cell_id): row for row in connection.execute(query)}


def _insert(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))


def _update(connection: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change rows by their id, which stands as ``row`` in each."""
    if rows:
        changed: dict[str, Any] = {name: bindparam(f"to_{name}") for name in rows[0] if name != "row"}
        query = update(table).where(table.c.id == bindparam("row")).values(changed)
        connection.execute(
            query, [{"row": one["row"], **{f"to_{n}": one[n] for n in one if n != "row"}} for one in rows]
        )
