"""What the cells of our notebooks call: live exercises for a trainee, checks for Validate, marks for stock nbgrader.

Our own marking (``plugins``) runs none of this. Stock ``nbgrader autograde`` does, with a kernel, and gives the same
points: that is the check on our marking, and the way out for a course that does without our plug-ins.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mindbody.course import shown
from mindbody.course.grading import (
    ItemTables,
    Marked,
    Tables,
    Version,
    mark_item,
    mark_submission,
    refuse,
)
from mindbody.course.reader import Refused, Submission, read
from mindbody.marking import Answer, shape_faults, unanswered

EXERCISES = "exercise.json"
ANSWERS = "answers.json"


class NotYetAnswered(Exception):  # noqa: N818  (a trainee reads this name above the sentence)
    """Something is still to be done; Validate shows the message."""

    def _render_traceback_(self) -> list[str]:
        """Show IPython the sentence and not the way to it."""
        return [f"Still to do: {self}"]


class Work:
    """A trainee's work on one assignment, in the folder of the notebook."""

    def __init__(self, assignment: str, folder: Path | None = None) -> None:
        self._folder = folder or Path.cwd()
        data = json.loads((self._folder / EXERCISES).read_text(encoding="utf-8"))
        self._assignment = assignment
        self._specs: Mapping[str, Any] = {name.partition("/")[2]: spec for name, spec in data["items"].items()}
        self._heads: Mapping[str, Any] = data["tables"]
        self._course: str = data["course"]
        self._title: str = data["title"]
        self._versions: dict[str, dict[int, Version]] = {}
        self._step = os.environ.get("NBGRADER_EXECUTION", "")
        self._submission: Submission | None = None
        self._refused: str | None = None

    def exercise(self, item: str) -> Any:
        """Show an exercise: live, or, while it is marked, with the answer as it was handed in."""
        if self._step == "validate":
            return None
        if self._step == "autograde":
            self._read()
            given = self._submission.items.get(item) if self._submission else None
            marked = mark_item(given, self._tables().items[item])
            return _show(shown.answer_html(self._specs[item], marked.answer, marked.refused))
        from mindbody.widgets import ExerciseWidget

        return ExerciseWidget.of(f"{self._assignment}/{item}", self._folder)

    def require(self, item: str) -> None:
        """While nbgrader validates: raise unless the item is answered.

        Raises
        ------
        NotYetAnswered
            The message says what is open.
        """
        spec = self._specs[item]
        if self._step != "validate" or spec["retake_of"] or self._heads[item]["alternative_to"]:
            return
        instead = [name for name, head in self._heads.items() if head["alternative_to"] == item]
        self._read()
        if self._refused:
            raise NotYetAnswered(f"the answers cannot be read: {self._refused}")
        if any(self._complete(name) for name in instead):
            return
        answer = self._answer(item)
        faults = shape_faults(answer, spec["shape"])
        if faults:
            raise NotYetAnswered(f"“{spec['title']}”: {'; '.join(faults)}.")
        if unanswered(answer, spec["shape"]):
            raise NotYetAnswered(f"“{spec['title']}” is not answered, or not wholly.")

    def _answer(self, item: str) -> Answer:
        given = self._submission.items.get(item) if self._submission else None
        return given.answer if given and given.version == self._specs[item]["version"] else Answer()

    def _complete(self, item: str) -> bool:
        answer, shape = self._answer(item), self._specs[item]["shape"]
        return not (shape_faults(answer, shape) or unanswered(answer, shape))

    def points(
        self,
        item: str,
        versions: Mapping[int, Mapping[str, Any]],
        instead: Mapping[str, Mapping[int, Mapping[str, Any]]] | None = None,
    ) -> float:
        """Mark a graded item with the tables of its versions and return its points, a plain float.

        ``instead`` holds the tables of the items that may be done in its place.
        """
        for name, tables in {item: versions, **(instead or {})}.items():
            self._versions[name] = {number: Version.from_json(data) for number, data in tables.items()}
        self._read()
        marked = self._marked().items[item]
        _show(shown.paragraph(shown.points_text(marked)))
        return marked.points / 100

    def gate(self, gate: str) -> float | None:
        """While the notebook is marked: say whether a gate was passed, for no points."""
        if self._step != "autograde":
            return None
        self._read()
        _show(shown.paragraph(shown.gate_text(self._marked(), gate)))
        return 0.0

    def completion(self) -> float | None:
        """Say how far the assignment is; while nbgrader validates, raise for what is open."""
        if self._step == "validate":
            left = [name for name, head in self._heads.items() if head["mode"] == "graded" and self._open(name)]
            if left:
                titles = ", ".join(f"“{self._specs[name]['title']}”" for name in left)
                raise NotYetAnswered(f"{len(left)} graded: {titles}.")
            return None
        if self._step != "autograde":
            if not (self._folder / ANSWERS).exists():
                _show(shown.paragraph("Nothing is answered yet."))
                return None
            self._read()
            said = shown.completion_text(self._marked())
            _show(shown.paragraph(f"{said} Run this cell again to see how far you are."))
            return None
        self._read()
        _show(shown.paragraph(shown.completion_text(self._marked())))
        return 0.0

    def _open(self, item: str) -> bool:
        if self._heads[item]["retake_of"] or self._heads[item]["alternative_to"]:
            return False
        try:
            self.require(item)
        except NotYetAnswered:
            return True
        return False

    def _read(self) -> None:
        path = self._folder / ANSWERS
        if not path.exists():
            self._refused = "no answers.json was handed in"
            return
        try:
            self._submission, self._refused = read(path), None
        except Refused as error:
            self._submission, self._refused = None, str(error)

    def _tables(self) -> Tables:
        items = {}
        for name, head in self._heads.items():
            spec = self._specs[name]
            versions = self._versions.get(name)
            if versions is None:
                # Graded items whose hidden cell has not run count as answered or not, which needs only the shape.
                table = spec["table"] or {"points": head["points"], "groups": []}
                versions = {spec["version"]: Version.from_json({"shape": spec["shape"], "table": table})}
            items[name] = ItemTables(**head, versions=versions)
        return Tables(self._course, self._assignment, self._title, items)

    def _marked(self) -> Marked:
        if self._submission is None:
            return refuse(self._refused or "there are no answers", self._tables())
        return mark_submission(self._submission, self._tables())


def _show(content: str) -> None:
    from IPython.display import display

    display({"text/html": content, "text/plain": "<an answer>"}, raw=True)  # type: ignore[no-untyped-call]
