"""One command at a time may change a course."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from mindbody.course.grading import KEPT, CourseError


@contextmanager
def course_lock(course_dir: Path, doing: str) -> Iterator[None]:
    """Keep a second command that changes the same course out.

    The system frees the lock when its holder ends, however it ends.

    Parameters
    ----------
    course_dir
        The nbgrader course.
    doing
        What is being done, for whoever comes second, e.g. ``marking 02-medicine``.

    Raises
    ------
    CourseError
        If somebody else holds it, or what is done fails at a file of the course, e.g. on a full disk.
    """
    folder = course_dir / KEPT
    holder = folder / "lock.holder"
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise CourseError(
            f"{_holder(holder)} is at work on {course_dir}: wait until it is done, then run this again"
        ) from None
    except OSError as error:
        raise CourseError(
            f"{folder} cannot be written ({error.strerror}): make it writable and run this again"
        ) from None
    try:
        holder.write_text(f"{doing}, process {os.getpid()}", encoding="utf-8")
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CourseError(
            f"{where}{error.strerror or error}: mend that (room on the disk, who may write there), then run the same"
            " command again; nothing is lost"
        ) from error
    finally:
        lock.release()


def _holder(path: Path) -> str:
    try:
        return f"another command ({path.read_text(encoding='utf-8')[:200]})"
    except OSError:
        return "another command"
