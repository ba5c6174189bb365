"""Puts a folder in its place whole, or leaves what was there."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from mindbody.course.grading import KEPT


def scratch(course_dir: Path) -> Path:
    """Return a name that nobody uses, on the file system of the course; its parent exists."""
    folder = course_dir / KEPT / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / uuid.uuid4().hex


def replace_folder(course_dir: Path, ready: Path, target: Path) -> None:
    """Move a folder to where it belongs.

    Parameters
    ----------
    ready
        The folder, on the file system of the course.
    target
        Its place. A folder that is there is put aside first and, if the move fails, put back; a link or a file gives
        way.

    Raises
    ------
    OSError
        If it cannot be moved; ``ready`` stays where it is.
    """
    old = scratch(course_dir)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.is_file():
        target.unlink()
    if target.exists():
        target.rename(old)
    try:
        ready.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
