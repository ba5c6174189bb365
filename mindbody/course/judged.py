"""When a person is asked to score written work, and when she is asked again.

A criterion is asked for when there is a text that nobody has scored, or the text is no longer the one that was scored.
A score that a person gave stays in either case until she changes it. nbgrader's gradebook has no place for the text
that a score is about, so its digest is kept beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mindbody.course.grading import KEPT
from mindbody.course.mark_one import write_whole

NO_RESPONSE = "No response."
_EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Grade:
    """What the gradebook has of a cell; None where it has nothing."""

    auto: float | None = None
    manual: float | None = None
    waiting: bool = True


@dataclass
class Judged:
    """Which texts a trainee's scores are about.

    Attributes
    ----------
    last
        Written item -> digest of the text that was marked last.
    judged
        Criterion -> digest of the text that a person has scored.
    """

    last: dict[str, str] = field(default_factory=dict)
    judged: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def read(cls, course_dir: Path, assignment: str, student: str) -> Judged:
        """Read what was kept of a trainee; nothing if there is nothing, or it is damaged."""
        try:
            kept = json.loads(_place(course_dir, assignment, student).read_text(encoding="utf-8"))
            return cls(kept["last"], kept["judged"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def write(self, course_dir: Path, assignment: str, student: str) -> None:
        """Keep it, after the gradebook's commit: killed in between, we ask once too often, never too seldom."""
        text = json.dumps({"last": self.last, "judged": self.judged})
        write_whole(_place(course_dir, assignment, student), text)

    def criterion(self, cell: str, item: str, text: str | None, grade: Grade) -> Grade:
        """Return the grade of a criterion, and remember which text a person's score is about.

        Parameters
        ----------
        cell, item
            The criterion and its written item.
        text
            Digest of the text that is there now; None when there is none.
        grade
            As it is in the gradebook.
        """
        if grade.manual is not None and not grade.waiting:
            self.judged[cell] = self.last.get(item)
        other = self.judged.get(cell) != (text or _EMPTY)
        waiting = other if grade.manual is not None else text is not None
        return Grade(None if text else 0.0, grade.manual, waiting)

    def differs(self, texts: Mapping[str, str | None]) -> bool:
        """Tell whether these are other texts than those that were marked last; of one never marked nobody can tell."""
        return any(self.last.get(item, text or _EMPTY) != (text or _EMPTY) for item, text in texts.items())

    def marked(self, texts: Mapping[str, str | None]) -> None:
        """Say which texts have been marked now."""
        self.last = {item: text or _EMPTY for item, text in texts.items()}


def automatic(points: float, grade: Grade) -> Grade:
    """Return the grade of a cell that needs no person.

    Where somebody overruled the mark, she is asked again only if the mark is another one now.
    """
    overruled = grade.manual is not None
    return Grade(points, grade.manual, overruled and grade.auto is not None and grade.auto != points)


def comment(text: str | None) -> str | None:
    """Return what the gradebook says of a criterion by itself."""
    return None if text else NO_RESPONSE


def _place(course_dir: Path, assignment: str, student: str) -> Path:
    return course_dir / KEPT / "judged" / assignment / f"{student}.json"
