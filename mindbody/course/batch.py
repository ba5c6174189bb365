"""``mindbody mark``: from what came in to marks in the gradebook, for a class, whatever happens on the way.

What is on disk says how far each submission has come, so that a run that was stopped at any moment is run again and
does the rest: in ``submitted/`` it is collected; a notebook in ``autograded/`` whose metadata name these very answers
and tables says that its marks are in the gradebook, as long as the gradebook knows her; a criterion without a score
there makes it wait; a page in ``feedback/`` says that it is fed back.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from mindbody.course import journal
from mindbody.course.gradebook import open_gradebook
from mindbody.course.grading import KEPT, CourseError
from mindbody.course.mark_one import (
    Outcome,
    Request,
    keep_template,
    kept_tables,
    mark_many,
    marked_from,
    public_specs,
    read_answers,
    read_template,
    when_received,
)
from mindbody.course.pool import Processes, Workers, run
from mindbody.course.reader import shown
from mindbody.course.roster import STUDENT
from mindbody.course.writer import (
    Penalty,
    Standing,
    Writer,
    read_layout,
    recorded,
    set_due,
    settle_penalties,
    standings,
)

if TYPE_CHECKING:
    from mindbody.course.feedback import Written

State = Literal["collected", "marked", "waiting", "fed back", "refused", "failed"]
T = TypeVar("T")
MOST_LINES = 300
FEW = 8
"""Up to so many things are done here: to start processes would take longer."""
TOGETHER = 48
"""Submissions a transaction: enough for the disk not to be waited for, few enough to lose little time when stopped."""


@dataclass(frozen=True)
class Submitted:
    """How one trainee's submission stands.

    Attributes
    ----------
    student
        Her id.
    state
        ``marked`` and ``waiting`` (for a person to score written work) have marks. ``refused`` is marked with nought,
        since its answers cannot be read. ``failed`` has no marks, and is tried again next time.
    reason
        Why it was refused or failed.
    points, most
        In the gradebook.
    waiting
        Criteria that wait for a person.
    late
        Seconds.
    penalty
        Points taken off for that.
    """

    student: str
    state: State
    reason: str = ""
    points: float = 0.0
    most: float = 0.0
    waiting: int = 0
    late: float = 0.0
    penalty: float = 0.0


@dataclass
class Batch:
    """A run over one assignment.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    assignment
        Its id.
    workers
        Where submissions are marked; None is here, one after the other.
    everybody
        Whether to mark anew what has not changed, too.
    due
        When it is due; None leaves what the gradebook says.
    penalty
        What being late costs; None for nothing.
    database
        The gradebook's address; the course's own when None.
    """

    course_dir: Path
    assignment: str
    workers: Workers | None = None
    everybody: bool = False
    due: datetime | None = None
    penalty: Penalty | None = None
    database: str | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def mark(self, progress: Callable[[int, int], None]) -> Iterator[Submitted]:
        """Mark everybody who is not marked, and go through the whole class.

        Parameters
        ----------
        progress
            Told how many are done, of how many.

        Yields
        ------
        Submitted
            One a trainee, in the order of their ids.

        Raises
        ------
        CourseError
            If something about the course stands in the way. What is marked until then stays.
        """
        troubles = self._mark_new(progress)
        self.settle()
        yield from self._stand(troubles)

    def settle(self) -> None:
        """Bring the gradebook up to date with when the assignment is due, and with what being late costs now."""
        engine = open_gradebook(self.course_dir, self.database)
        try:
            layout = read_layout(engine, self.assignment)
            if self.due is not None:
                set_due(engine, layout, self.due)
                layout = read_layout(engine, self.assignment)
            settle_penalties(engine, layout, self.penalty)
        finally:
            engine.dispose()

    def feed_back(self, students: Collection[str], book: str = "") -> Iterator[Written]:
        """Write the pages of some trainees."""
        if not students:
            return
        from mindbody.course.feedback import pages

        found = pages(
            self.course_dir,
            self.assignment,
            students=students,
            book=book,
            database=self.database,
            workers=self._workers(len(students)),
        )
        for some in _gather(found, TOGETHER):
            journal.note(self.course_dir, self.assignment, map(_page_entry, some))
            yield from some

    # --- marking ---

    def _mark_new(self, progress: Callable[[int, int], None]) -> dict[str, str]:
        _, fingerprint = kept_tables(self.course_dir, self.assignment)
        engine = open_gradebook(self.course_dir, self.database)
        with ExitStack() as stack:
            stack.callback(engine.dispose)
            layout = read_layout(engine, self.assignment)
            if self.due is not None:
                set_due(engine, layout, self.due)
                layout = read_layout(engine, self.assignment)
            template = keep_template(self.course_dir, self.assignment, layout.sources)
            # Read before the processes fork, so that they have it.
            criteria = read_template(template).criteria
            public_specs(self.course_dir / "release" / self.assignment / "exercise.json")
            writer = Writer(engine, layout, criteria, self.course_dir, self.assignment, self.penalty)
            stage = self._clear_stage()
            stack.callback(shutil.rmtree, stage, ignore_errors=True)
            todo, troubles = self._to_mark(fingerprint, recorded(engine, layout))
            engine.dispose()  # a connection must not be shared with a process that is forked
            requests = (
                Request(self.course_dir, self.assignment, student, template, stage / student) for student in todo
            )
            done = 0
            progress(done, len(todo))
            results = run(mark_many, requests, self._workers(len(todo)), _killed)
            stack.callback(results.close)
            for outcomes in _gather(results, TOGETHER):
                blocked = next((outcome.blocked for outcome in outcomes if outcome.blocked), None)
                settled = [outcome for outcome in outcomes if outcome.trouble]
                settled += writer.save([one for one in outcomes if not (one.trouble or one.blocked)])
                troubles |= {outcome.student: outcome.trouble for outcome in settled if outcome.trouble}
                journal.note(self.course_dir, self.assignment, map(_entry, settled))
                if blocked:
                    raise CourseError(f"{blocked}: mend that, then run the same command again; what is marked stays")
                done += len(outcomes)
                progress(done, len(todo))
        return troubles

    def _workers(self, count: int) -> Workers | None:
        return None if count <= FEW and isinstance(self.workers, Processes) else self.workers

    def _clear_stage(self) -> Path:
        """Make an empty folder to work in, on the file system of the course so that renaming out of it is atomic."""
        folder = self.course_dir / KEPT / "stage"
        stage = folder / f"{self.assignment}-{uuid.uuid4().hex}"
        try:
            # We hold the course's lock, so that what is here is of a run that was killed.
            for left in folder.glob(f"{self.assignment}-*"):
                shutil.rmtree(left, ignore_errors=True)
            stage.mkdir(parents=True)
        except OSError as error:
            raise CourseError(f"{stage.parent} cannot be written ({error.strerror}): make it writable") from None
        return stage

    def _to_mark(self, fingerprint: str, known: Mapping[str, datetime | None]) -> tuple[list[str], dict[str, str]]:
        todo, troubles = [], {}
        for folder in self._submitted():
            student = folder.parent.name
            if not STUDENT.fullmatch(student) or folder.is_symlink() or not folder.is_dir():
                troubles[student] = f"{shown(folder)} is no folder of a trainee's: move it away"
            elif self.everybody or student not in known or not self._is_marked(folder, fingerprint, known[student]):
                todo.append(student)
        return todo, troubles

    def _submitted(self) -> Iterator[Path]:
        root = self.course_dir / "submitted"
        try:
            names = sorted(os.listdir(root))  # noqa: PTH208  (names, 10,000 of them)
        except FileNotFoundError:
            names = []
        for name in names:
            folder = root / name / self.assignment
            if os.path.lexists(folder):
                yield folder

    def _is_marked(self, folder: Path, fingerprint: str, recorded: datetime | None) -> bool:
        student = folder.parent.name
        notebook = self.course_dir / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"
        kept = marked_from(notebook)
        if not kept or kept["marked"] != read_answers(folder, fingerprint).stamp:
            return False
        # In a gradebook that was put back from a backup there may be the marks of an earlier submission.
        return when_received(folder) in {None, recorded}

    # --- how everybody stands ---

    def _stand(self, troubles: Mapping[str, str]) -> Iterator[Submitted]:
        engine = open_gradebook(self.course_dir, self.database)
        try:
            layout = read_layout(engine, self.assignment)
            known = {one.student: one for one in standings(engine, layout)}
        finally:
            engine.dispose()
        for folder in self._submitted():
            student = folder.parent.name
            one = self._standing(student, known.pop(student, None), troubles.get(student))
            self.counts[one.state] += 1
            yield one

    def _standing(self, student: str, standing: Standing | None, trouble: str | None) -> Submitted:
        if trouble or standing is None:
            return Submitted(student, "failed", trouble or "it is not in the gradebook")
        notebook = self.course_dir / "autograded" / student / self.assignment / f"{self.assignment}.ipynb"
        refused = marked_from(notebook).get("refused", "")
        state: State = "refused" if refused else "waiting" if standing.waiting else "marked"
        return Submitted(
            student,
            state,
            refused,
            standing.points,
            standing.most,
            standing.waiting,
            standing.late,
            standing.penalty,
        )


def _killed(request: Request) -> Outcome:
    reason = "the process that marked it was killed, twice: look at the file, and at the machine's memory"
    return Outcome(request.student, trouble=reason)


def _gather(results: Iterable[T], most: int) -> Iterator[list[T]]:
    """Gather results for a transaction, and wait no longer than a second for it to be full."""
    gathered: list[T] = []
    since = time.monotonic()
    for result in results:
        gathered.append(result)
        if len(gathered) >= most or time.monotonic() - since > 1:
            yield gathered
            gathered, since = [], time.monotonic()
    if gathered:
        yield gathered


def _entry(outcome: Outcome) -> dict[str, Any]:
    entry: dict[str, Any] = {"trainee": outcome.student}
    if outcome.trouble:
        return {**entry, "state": "failed", "reason": shown(outcome.trouble, 500)}
    if outcome.refused:
        return {**entry, "state": "refused", "reason": shown(outcome.refused, 500)}
    waiting = any(outcome.texts.values())
    return {**entry, "state": "marked", "points": round(sum(outcome.scores.values()), 4), "written": waiting}


def _page_entry(written: Written) -> dict[str, Any]:
    if written.path:
        return {"trainee": written.student, "state": "fed back"}
    return {"trainee": written.student, "state": "failed", "reason": shown(written.message, 500)}


# --- the summary ---


class Summary:
    """What an instructor is told at the end: a line for whoever needs one, and a table of how many stand where.

    Attributes
    ----------
    counts
        State -> trainees.
    ready
        Whoever has nothing waiting: their pages can be written.
    unwritten
        How many pages could not be written.
    """

    def __init__(self, assignment: str) -> None:
        self.assignment = assignment
        self.counts: Counter[str] = Counter()
        self.ready: list[str] = []
        self.unwritten = 0
        self._late = 0
        self._lines: list[str] = []
        self._more = 0

    def add(self, one: Submitted) -> None:
        """Take in how a trainee stands."""
        self.counts[one.state] += 1
        self._late += one.late > 0
        if one.state in {"marked", "refused"}:
            self.ready.append(one.student)
        self._say(self._line(one))

    def page(self, written: Written) -> None:
        """Take in what became of a page."""
        if written.path:
            self.counts["fed back"] += 1
        else:
            self.unwritten += 1
            self._say(f"! {written.message}")

    def lines(self) -> Iterator[str]:
        """Return what to print."""
        yield from self._lines
        if self._more:
            yield f"  ... and {self._more} more: exercises/.mindbody/journal/{self.assignment}.jsonl has everybody"
        rows = {
            "marked, nothing waiting": self.counts["marked"],
            "waiting for you (Formgrader)": self.counts["waiting"],
            "refused: nought points, see the reason": self.counts["refused"],
            "not marked: see the reason": self.counts["failed"],
            "late": self._late,
            "pages written": self.counts["fed back"],
        }
        total = sum(self.counts[state] for state in ("marked", "waiting", "refused", "failed"))
        yield f"{self.assignment}: {total} {'submission' if total == 1 else 'submissions'}"
        for what, count in rows.items():
            if count:
                yield f"{count:>7}  {what}"

    def _line(self, one: Submitted) -> str:
        parts = [f"{one.points:g} of {one.most:g} points"]
        if one.waiting:
            parts = [f"{one.points:g} points so far", f"written work waits for you ({one.waiting} criteria)"]
        if one.state == "refused":
            parts = [f"refused: {shown(one.reason, 300)}"]
        if one.state == "failed":
            parts = [f"not marked: {shown(one.reason, 300)}"]
        if one.late > 0:
            parts.append(f"{_duration(one.late)} late")
        if one.penalty:
            parts.append(f"{one.penalty:g} points taken off for that")
        sign = "!" if one.state in {"refused", "failed"} else " "
        return f"{sign} {shown(one.student)}: {'; '.join(parts)}"

    def _say(self, line: str) -> None:
        if len(self._lines) < MOST_LINES * (3 if line.startswith("!") else 1):
            self._lines.append(line)
        else:
            self._more += 1


def _duration(seconds: float) -> str:
    if seconds < 3600:
        return f"{max(1, round(seconds / 60))} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 86400:.1f} days"


def handed_in(course_dir: Path) -> list[str]:
    """Return the assignments of the course that somebody has handed in."""
    known = {path.parent.name for path in (course_dir / KEPT / "tables").glob("*/index.json")}
    return sorted(known & {path.name for path in (course_dir / "submitted").glob("*/*")})
