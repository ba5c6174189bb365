"""What was done with each submission, for a machine to read: one JSON object a line, the oldest first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindbody.course.grading import KEPT

FORMAT = 1


def journal_path(course_dir: Path, assignment: str) -> Path:
    """Return where an assignment's journal is."""
    return course_dir / KEPT / "journal" / f"{assignment}.jsonl"


def note(course_dir: Path, assignment: str, entries: Iterable[Mapping[str, Any]]) -> None:
    """Add lines: ``{"format", "at", "assignment", "state", "trainee", "reason", ...}``.

    A state is ``collected``, ``marked``, ``waiting`` (marked, and a person has to score written work), ``fed back``,
    ``refused`` or ``failed``, with a reason; ``unchanged`` and ``older`` are files that were not taken.
    """
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    head = {"format": FORMAT, "at": at, "assignment": assignment}
    # ASCII, so that nothing in a name or a reason can do anything to a terminal that shows the file.
    lines = "".join(json.dumps({**head, **entry}) + "\n" for entry in entries)
    if not lines:
        return
    path = journal_path(course_dir, assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # a power cut in the middle of a line
                lines = "\n" + lines
        file.write(lines.encode("ascii"))


def entries(course_dir: Path, assignment: str) -> Iterable[Mapping[str, Any]]:
    """Read a journal; a line that was cut off is passed over."""
    try:
        with journal_path(course_dir, assignment).open(encoding="ascii", errors="replace") as file:
            for line in file:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
    except FileNotFoundError:
        return
