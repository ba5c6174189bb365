"""Whether the explanations of an assignment's graded exercises are shown to those who handed it in."""

from __future__ import annotations

from pathlib import Path

from mindbody.course.grading import KEPT, Tables

FOLDER = "released"


def is_released(course_dir: Path, assignment: str) -> bool:
    """Tell whether an assignment's explanations are released."""
    return (course_dir / KEPT / FOLDER / assignment).is_file()


def set_released(course_dir: Path, assignment: str, *, released: bool) -> bool:
    """Release the explanations of an assignment, or take them back for pages yet to be written.

    Returns
    -------
    bool
        Whether that was not so before.

    Raises
    ------
    CourseError
        If there is no such assignment.
    """
    Tables.read(course_dir, assignment)
    path = course_dir / KEPT / FOLDER / assignment
    if released == path.is_file():
        return False
    if released:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    else:
        path.unlink()
    return True
