"""What a trainee's work came to: our marks of her answers beside the points and comments in nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mindbody.course.grading import ItemTables, Marked, Tables, mark_submission, refuse
from mindbody.course.reader import Refused, Submission, read
from mindbody.course.roster import STUDENT

GRADEBOOK = "gradebook.db"


@dataclass(frozen=True)
class Score:
    """A cell of the gradebook; points as nbgrader keeps them.

    Attributes
    ----------
    points, max
        What it earned, a person's word before ours, and the most there is.
    auto, manual
        Our mark, and the person's.
    waiting
        Whether a person still has to mark it.
    comment
        What a person wrote to the trainee.
    """

    points: float
    max: float
    auto: float | None = None
    manual: float | None = None
    waiting: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Result:
    """Everything there is to say to, or of, one trainee about one assignment.

    Attributes
    ----------
    student
        Her id.
    marked
        Our marks.
    submission
        What she handed in; None when it could not be read.
    scores
        Cell -> score; empty while nbgrader has not marked her.
    received
        When it came, as nbgrader writes it.
    penalty
        Points taken off for being late, where the course does that.
    """

    student: str
    marked: Marked
    submission: Submission | None
    scores: Mapping[str, Score] = field(default_factory=dict)
    received: str = ""
    penalty: float = 0

    @property
    def in_gradebook(self) -> bool:
        """Whether nbgrader has marked her."""
        return bool(self.scores)

    @property
    def stale(self) -> bool:
        """Whether the gradebook's points are of other answers, or other tables, than there are now."""
        for item in self.marked.tables.items.values():
            score = self.scores.get(item.id)
            auto = score.auto if score else None
            if self.in_gradebook and item.counted and round((auto or 0) * 100) != self.marked.items[item.id].points:
                return True
        return False

    def points(self, item: ItemTables) -> tuple[float, float]:
        """Return what a graded item earned, and the most there is."""
        score, marked = self.scores.get(item.id), self.marked.items[item.id]
        return (score.points, score.max) if score else (marked.points / 100, marked.max / 100)

    @property
    def graded(self) -> tuple[float, float]:
        """Points of the graded items that need no person, and the most there are."""
        pairs = [self.points(item) for item in self.marked.tables.items.values() if item.counted]
        return sum(points for points, _ in pairs), sum(most for _, most in pairs)

    def criteria(self, item: ItemTables) -> list[tuple[str, Score]]:
        """Return the criteria of a written task with their scores; one without a score is waiting."""
        return [(name, self.scores.get(f"{item.id}_{name}", Score(0, 0, waiting=True))) for name in item.criteria]

    @property
    def written(self) -> tuple[float, float]:
        """Points of written work so far, and the most there are."""
        items = [item for item in self.marked.tables.items.values() if item.written]
        return (
            sum(score.points for item in items for _, score in self.criteria(item) if not score.waiting),
            sum(item.points for item in items) / 100,
        )

    @property
    def waiting(self) -> tuple[int, int]:
        """Return how many criteria a person still has to mark, and how many there are."""
        items = [item for item in self.marked.tables.items.values() if item.written]
        scores = [score for item in items for _, score in self.criteria(item)]
        return sum(score.waiting for score in scores), len(scores)

    def practice(self, which: str = "last") -> tuple[float, float]:
        """Return the practice mark by the last checks, as the page shows it, or by the ``first``; and the most."""
        items = [self.marked.items[item.id] for item in self.marked.tables.items.values() if item.practice]
        marks = [getattr(item, which) for item in items]
        return sum(mark.points for mark in marks if mark) / 100, sum(item.max for item in items) / 100


def results(course_dir: Path, assignment: str, database: str | None = None) -> Iterator[Result]:
    """Go through the trainees who handed in an assignment.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    assignment
        Its id.
    database
        The gradebook's address; the course's ``gradebook.db`` when None.

    Raises
    ------
    CourseError
        If the assignment has no marking tables.
    """
    tables = Tables.read(course_dir, assignment)
    books = read_gradebook(course_dir, assignment, database)
    folders = sorted((course_dir / "submitted").glob(f"*/{assignment}"))
    for folder in folders:
        student = folder.parent.name
        if folder.is_symlink() or not folder.is_dir() or not STUDENT.fullmatch(student):
            continue
        submission: Submission | None = None
        try:
            submission = read(folder / "answers.json")
            marked = mark_submission(submission, tables)
        except Refused as refused:
            marked = refuse(refused.reason.replace(f"{folder}/", ""), tables)
        scores, penalty = books.get(student, ({}, 0.0))
        times = folder / "timestamp.txt"
        received = times.read_text(encoding="utf-8", errors="replace").strip() if times.is_file() else ""
        yield Result(student, marked, submission, scores, received, penalty)


def read_gradebook(
    course_dir: Path, assignment: str, database: str | None = None
) -> dict[str, tuple[dict[str, Score], float]]:
    """Read an assignment from nbgrader's gradebook: trainee -> (cell -> score, penalty)."""
    if database is None:
        if not (course_dir / GRADEBOOK).is_file():
            return {}
        database = f"sqlite:///{course_dir / GRADEBOOK}"
    from nbgrader import api

    books: dict[str, tuple[dict[str, Score], float]] = {}
    with api.Gradebook(database) as book:
        notebook, submitted, assignments = api.SubmittedNotebook, api.SubmittedAssignment, api.Assignment
        of_submission = notebook.assignment_id == submitted.id
        of_assignment = submitted.assignment_id == assignments.id
        comments = {
            (student, cell): manual
            for student, cell, manual in book.db.query(
                submitted.student_id, api.BaseCell.name, api.Comment.manual_comment
            )
            .select_from(api.Comment)
            .join(api.BaseCell, api.Comment.cell_id == api.BaseCell.id)
            .join(notebook, api.Comment.notebook_id == notebook.id)
            .join(submitted, of_submission)
            .join(assignments, of_assignment)
            .filter(assignments.name == assignment)
        }
        rows = (
            book.db.query(
                submitted.student_id,
                api.BaseCell.name,
                api.Grade.score,
                api.Grade.max_score,
                api.Grade.auto_score,
                api.Grade.manual_score,
                api.Grade.needs_manual_grade,
                notebook.late_submission_penalty,
            )
            .select_from(api.Grade)
            .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
            .join(notebook, api.Grade.notebook_id == notebook.id)
            .join(submitted, of_submission)
            .join(assignments, of_assignment)
            .filter(assignments.name == assignment)
        )
        for student, cell, points, most, auto, manual, waiting, penalty in rows:
            scores, _ = books.setdefault(student, ({}, penalty or 0.0))
            comment = comments.get((student, cell)) or ""
            scores[cell] = Score(points or 0.0, most or 0.0, auto, manual, bool(waiting), comment)
    return books
