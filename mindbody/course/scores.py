"""What a trainee's work came to: our marks of her answers beside the points and comments in nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from mindbody.course.grading import ItemTables, Marked, Tables, mark_submission, refuse
from mindbody.course.judged import Judged
from mindbody.course.mark_one import text_digests
from mindbody.course.reader import Refused, Submission, read
from mindbody.course.roster import STUDENT
from mindbody.course.settings import gradebook_address

_TOGETHER = 200


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
    other_texts
        Whether her texts are no longer those that were marked, so that no score is about them.
    """

    student: str
    marked: Marked
    submission: Submission | None
    scores: Mapping[str, Score] = field(default_factory=dict)
    received: str = ""
    penalty: float = 0
    other_texts: bool = False

    @property
    def in_gradebook(self) -> bool:
        """Whether nbgrader has marked her."""
        return bool(self.scores)

    @property
    def stale(self) -> bool:
        """Whether the gradebook's points are of other answers, or other tables, than there are now."""
        if self.in_gradebook and self.other_texts:
            return True
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


def results(
    course_dir: Path, assignment: str, database: str | None = None, students: Collection[str] = ()
) -> Iterator[Result]:
    """Go through the trainees who handed in an assignment, in the order of their ids.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    assignment
        Its id.
    database
        The gradebook's address; the course's own when None.
    students
        Only these; everybody when empty.

    Raises
    ------
    CourseError
        If the assignment has no marking tables, or the gradebook cannot be read.
    """
    tables = Tables.read(course_dir, assignment)
    folders = iter(sorted((course_dir / "submitted").glob(f"*/{assignment}")))
    # A few at a time, so that memory does not grow with the class.
    while some := list(islice(folders, _TOGETHER)):
        real = [
            folder
            for folder in some
            if STUDENT.fullmatch(folder.parent.name) and folder.is_dir() and not folder.is_symlink()
            if not students or folder.parent.name in students
        ]
        books = read_gradebook(course_dir, assignment, database, [folder.parent.name for folder in real])
        for folder in real:
            yield result_of(folder, tables, *books.get(folder.parent.name, ({}, 0.0)))


def result_of(folder: Path, tables: Tables, scores: Mapping[str, Score], penalty: float) -> Result:
    """Put together what there is to say of a submission and its scores."""
    submission: Submission | None = None
    try:
        submission = read(folder / "answers.json")
        marked = mark_submission(submission, tables)
    except Refused as refused:
        marked = refuse(refused.reason.replace(f"{folder}/", ""), tables)
    times = folder / "timestamp.txt"
    received = times.read_text(encoding="utf-8", errors="replace").strip() if times.is_file() else ""
    # What came in and is not marked yet may differ in nothing but a text, which no automatic point tells.
    other_texts = Judged.read(folder.parents[2], folder.name, folder.parent.name).differs(text_digests(marked))
    return Result(folder.parent.name, marked, submission, scores, received, penalty, other_texts)


def read_gradebook(
    course_dir: Path, assignment: str, database: str | None = None, students: Collection[str] | None = None
) -> dict[str, tuple[dict[str, Score], float]]:
    """Read an assignment from nbgrader's gradebook: trainee -> (cell -> score, penalty); of some, or of everybody."""
    from sqlalchemy import and_, func, select

    from mindbody.course import gradebook as book

    address = database or gradebook_address(course_dir)
    path = book.sqlite_file(address)
    if path and not path.is_file():
        return {}
    auto, manual, extra = book.grades.c.auto_score, book.grades.c.manual_score, book.grades.c.extra_credit
    query = (
        select(
            book.submissions.c.student_id,
            book.cells.c.name,
            auto,
            manual,
            extra,
            func.coalesce(book.grade_cells.c.max_score, book.task_cells.c.max_score),
            book.grades.c.needs_manual_grade,
            book.submitted_notebooks.c.late_submission_penalty,
            book.comments.c.manual_comment,
        )
        .select_from(book.grades)
        .join(book.cells, book.grades.c.cell_id == book.cells.c.id)
        .outerjoin(book.grade_cells, book.grade_cells.c.id == book.cells.c.id)
        .outerjoin(book.task_cells, book.task_cells.c.id == book.cells.c.id)
        .join(book.submitted_notebooks, book.grades.c.notebook_id == book.submitted_notebooks.c.id)
        .join(book.submissions, book.submitted_notebooks.c.assignment_id == book.submissions.c.id)
        .join(book.assignments, book.submissions.c.assignment_id == book.assignments.c.id)
        .outerjoin(
            book.comments,
            and_(
                book.comments.c.notebook_id == book.grades.c.notebook_id,
                book.comments.c.cell_id == book.grades.c.cell_id,
            ),
        )
        .where(book.assignments.c.name == assignment)
    )
    if students is not None:
        query = query.where(book.submissions.c.student_id.in_(students))
    books: dict[str, tuple[dict[str, Score], float]] = {}
    engine = book.open_gradebook(course_dir, address)
    try:
        with book.reading(engine) as connection:
            for student, cell, by_us, by_person, more, most, waiting, penalty, comment in connection.execute(query):
                scores, _ = books.setdefault(student, ({}, penalty or 0.0))
                base = by_person if by_person is not None else by_us
                points = 0.0 if base is None else base + (more or 0.0)
                scores[cell] = Score(points, most or 0.0, by_us, by_person, bool(waiting), comment or "")
    finally:
        engine.dispose()
    return books
