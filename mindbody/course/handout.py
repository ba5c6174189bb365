"""The feedback pages of an assignment as one zip, which a learning platform hands out to everybody at once.

Built from the platforms' own sources, not tried on a running Moodle or Canvas:

- Moodle, assignment > "Upload multiple feedback files in a zip" (``mod/assign/feedback/file/importziplib.php``): a
  folder ``Name_NUMBER_assignfeedback_file`` for each trainee, where NUMBER is the participant's in this assignment, as
  in the names of the downloaded submissions, and the name has no underscore. The assignment's feedback type "Feedback
  files" must be on.
- Canvas, assignment > "Re-upload submissions" (``Assignment#generate_comments_from_files``): files called as they were
  downloaded, ``name_USER_ATTACHMENT_...``; the attachment must be one of the trainee's. The page keeps that name but
  for its ending.

What a platform called a trainee's file is known from the collecting. Without it a roster helps for Moodle, and nothing
helps for Canvas.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mindbody.course.export import known_trainees, replace_file
from mindbody.course.grading import KEPT, CourseError, Tables
from mindbody.course.mark_one import TIMES
from mindbody.course.reader import shown
from mindbody.course.roster import STUDENT, Trainee

_MOODLE = re.compile(r"(?P<name>[^/_]+)_(?P<id>\d{1,20})_assignsubmission_")
_CANVAS = re.compile(r"[^\W_A-Z]+(?:_LATE)?_\d{1,20}_\d{1,20}_.+")
_TIME = (1980, 1, 1, 0, 0, 0)
"""The same pages make the same zip; a zip's calendar begins here."""


@dataclass(frozen=True)
class Packed:
    """What is in the zip, and of whom there is a page that could not be put into it, with the reason."""

    path: Path
    packed: tuple[str, ...]
    left_out: tuple[str, ...]


def hand_out(
    course_dir: Path, assignment: str, platform: str, *, out: Path | None = None, roster: Path | None = None
) -> Packed:
    """Put the feedback pages of an assignment into a zip.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment
        Its id.
    platform
        ``moodle``, ``canvas`` or ``plain``: a folder a trainee, called by her id.
    out
        The zip; ``feedback-ASSIGNMENT-PLATFORM.zip`` in the course when None.
    roster
        ``roster.csv`` of the course when None.

    Raises
    ------
    CourseError
        If there are no pages, or the zip cannot be written.
    """
    Tables.read(course_dir, assignment)
    known = known_trainees(course_dir, roster)
    pages = sorted((course_dir / "feedback").glob(f"*/{assignment}/{assignment}.html"))
    pages = [page for page in pages if STUDENT.fullmatch(page.parts[-3])]
    if not pages:
        raise CourseError(f"there are no feedback pages of {assignment}: run `mindbody feedback {assignment}` first")
    target, taken, left_out = io.BytesIO(), [], []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for page in pages:
            student = page.parts[-3]
            if _is_earlier(course_dir, page, assignment):
                left_out.append(
                    f"{student}: the page is about an earlier submission: run `mindbody mark {assignment}` and"
                    f" `mindbody feedback {assignment}`"
                )
                continue
            trainee = known.trainees.get(student, Trainee(student))
            name = _place(platform, trainee, _downloaded(course_dir, assignment, student), assignment)
            if name is None or name in bundle.namelist():
                left_out.append(f"{student}: {_WHY[platform] if name is None else 'two trainees have the same name'}")
                continue
            bundle.writestr(zipfile.ZipInfo(name, _TIME), page.read_bytes(), zipfile.ZIP_DEFLATED)
            taken.append(student)
    if not taken:
        raise CourseError(f"none of the {len(pages)} pages can be put into it: {left_out[0]}")
    path = out or course_dir / f"feedback-{assignment}-{platform}.zip"
    replace_file(path, target.getvalue())
    return Packed(path, tuple(taken), tuple(left_out))


_WHY = {
    "moodle": "Moodle's participant number is not known: collect the files as Moodle names them, or write the lms_id"
    " into the roster",
    "canvas": "Canvas takes back only files that it named itself: collect them as you downloaded them",
    "plain": "",
}


def _is_earlier(course_dir: Path, page: Path, assignment: str) -> bool:
    """Tell whether something has come in since a page was written; each has the time of what it is about beside it."""
    now = course_dir / "submitted" / page.parts[-3] / assignment / TIMES
    try:
        return (
            page.with_name(TIMES).read_text(encoding="utf-8")
            != now.read_text(encoding="utf-8", errors="replace").strip()
        )
    except (OSError, ValueError):
        return False


def _place(platform: str, trainee: Trainee, downloaded: Collection[str], assignment: str) -> str | None:
    if platform == "plain":
        return f"{trainee.id}/{assignment}.html"
    for name in downloaded:
        if platform == "canvas" and _CANVAS.fullmatch(name):
            return f"{PurePosixPath(name).stem}.html"
        if platform == "moodle" and (found := _MOODLE.match(name)):
            return _moodle(found["name"], found["id"], assignment)
    if platform == "moodle" and trainee.lms_id.isascii() and trainee.lms_id.isdigit():
        return _moodle(trainee.name or trainee.id, trainee.lms_id, assignment)
    return None


def _moodle(name: str, number: str, assignment: str) -> str:
    plain = re.sub(r"[\W_]+", " ", name).strip() or "trainee"
    return f"{plain}_{number}_assignfeedback_file/{assignment}.html"


def _downloaded(course_dir: Path, assignment: str, student: str) -> list[str]:
    """Return what the platform called the trainee's file, and the folder in which it lay."""
    path = course_dir / KEPT / "intake" / assignment / f"{student}.json"
    try:
        name = json.loads(path.read_text(encoding="utf-8"))["files"]["lms"]
    except (OSError, ValueError, KeyError):
        return []
    return [part for part in PurePosixPath(shown(name, 500)).parts if part not in {"..", "/", "."}]
