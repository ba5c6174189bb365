"""A second marker, blind: a small course of her own, with the written work and nothing of the first marks.

``exercises/second/NAME`` holds a gradebook of its own and, for each text, a notebook with the task, the text, and the
criteria with their levels and mark schemes. Points of other exercises are left out too: who knows them reads the text
by their light. Names can be replaced by codes; who is who stays in the course's own folder.

Nothing here reads the first marker's scores. What the second marker gives comes back with ``mindbody agree``.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindbody.course.grading import KEPT, CourseError, Tables
from mindbody.course.mark_one import write_whole
from mindbody.course.marks import (
    FOLDER,
    SECOND,
    TEXTS,
    add_marks,
    gradebook,
    item_of,
    keep_found,
    kept_marks,
    text_name,
    texts_of,
)
from mindbody.course.roster import STUDENT
from mindbody.course.settings import CONFIG

_CONFIG = '''"""The course of the second marker {marker}, written by `mindbody second`, read by `mindbody agree`."""

from pathlib import Path

here = Path(__file__).resolve().parent
c = get_config()
load_subconfig(str(here.parents[1] / "nbgrader_config.py"))
c.CourseDirectory.root = str(here)
# The first marks are in another gradebook, which nothing here opens.
c.CourseDirectory.db_url = f"sqlite:///{{here / 'gradebook.db'}}"
'''

_ABOUT = """\
# {title}: second marking

You mark this text on your own. The first marks are not here, nor what other exercises earned. Give each criterion the
points whose words fit best, and say in a comment which words of the text decided it.
"""


@dataclass(frozen=True)
class Laid:
    """What laying out came to.

    Attributes
    ----------
    folder
        The second marker's course.
    fresh, changed, kept
        Trainees whose texts are new there, have changed since and are asked for again, or are as they were.
    without_text
        Trainees who wrote nothing to mark.
    """

    folder: Path
    fresh: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    without_text: tuple[str, ...]


def second_folder(course_dir: Path, marker: str) -> Path:
    """Return the folder of a second marker.

    Raises
    ------
    CourseError
        If the name cannot be a folder's.
    """
    if not STUDENT.fullmatch(marker):
        raise CourseError(f"“{marker[:40]}” cannot be a marker's name: use letters, digits and . _ @ -, at most 64")
    return course_dir / FOLDER / marker


def second_markers(course_dir: Path, assignment: str) -> dict[str, dict[str, str]]:
    """Return second marker -> code -> trainee, for those to whom texts of an assignment were given."""
    found = {}
    for path in sorted((course_dir / KEPT / FOLDER).glob(f"*/{assignment}.json")):
        found[path.parent.name] = dict(_record(path)["names"])
    return found


def lay_out(
    course_dir: Path,
    assignment: str,
    marker: str,
    *,
    sample: float | None = None,
    seed: int = 0,
    students: Collection[str] = (),
    blind_names: bool = False,
) -> Laid:
    """Lay out an assignment's written work for a second marker, or bring what is laid out up to date.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment
        Its id; it has been marked (``mindbody mark``), the written work need not be scored.
    marker
        The second marker's name; it becomes a folder's.
    sample
        The share of texts to give, in (0, 1]; the same seed draws the same ones. All, when None.
    seed
        Of the draw, and of the order of codes.
    students
        Only these trainees.
    blind_names
        Put codes in place of the trainees' ids.

    Raises
    ------
    CourseError
        If nothing is marked, a name is unknown, or texts lie there with names and now shall have none.
    """
    folder = second_folder(course_dir, marker)
    tables = Tables.read(course_dir, assignment)
    tasks = [item.id for item in tables.items.values() if item.written]
    if not tasks:
        raise CourseError(f"{assignment} has no written work: there is nothing for a second marker")
    if sample is not None and not 0 < sample <= 1:
        raise CourseError(f"--sample {sample:g}: write a share above 0 and up to 1, e.g. --sample 0.2 for a fifth")
    marked = _marked(course_dir, assignment)
    unknown = sorted(set(students) - set(marked))
    if unknown:
        raise CourseError(f"{', '.join(unknown)}: no marked submission of {assignment}: mend the name, or mark first")
    texts = {student: _written(texts_of(course_dir, assignment, student), tasks) for student in students or marked}
    able = [student for student in texts if texts[student]]
    if not able:
        raise CourseError(f"nobody wrote anything in {assignment} yet: there is nothing for a second marker")
    record = course_dir / KEPT / FOLDER / marker / f"{assignment}.json"
    known = _known(record, blind_names=blind_names)
    chosen = _draw(able, sample, f"{seed}/{assignment}/{marker}")
    # Who was given before stays: her marks are there.
    later = [student for student in known.values() if student in marked and student not in chosen]
    texts |= {student: _written(texts_of(course_dir, assignment, student), tasks) for student in later}
    codes = _codes(chosen, known, seed=f"{marker}/{seed}", blind=blind_names)
    write_whole(folder / CONFIG, _CONFIG.format(marker=marker))
    kept = {"blind": blind_names, "names": codes}
    # Whole or not at all: nothing else knows whose text a code stands for.
    write_whole(record, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    if known:
        gather(course_dir, assignment)  # before a mark of a text that has changed is taken off the page
    states: dict[str, list[str]] = {"fresh": [], "changed": [], "kept": []}
    with _gradebook_of(folder) as book, _quietly():
        _make_assignment(book, course_dir, assignment, tables)
        for code, student in codes.items():
            if student in texts:
                source = course_dir / "autograded" / student / assignment
                target = folder / "autograded" / code / assignment
                states[_lay_one(book, source, target, texts[student], title=tables.title)].append(student)
    fresh, changed, same = (tuple(sorted(states[name])) for name in ("fresh", "changed", "kept"))
    return Laid(folder, fresh, changed, same, tuple(sorted(student for student in texts if not texts[student])))


def gather(course_dir: Path, assignment: str) -> None:
    """Bring the marks of all second markers into the course's own gradebook, beside the first ones.

    Each is brought once; those who were given no text of the assignment are passed over.
    """
    brought = []
    for marker, names in second_markers(course_dir, assignment).items():
        folder = course_dir / FOLDER / marker
        if not (folder / "gradebook.db").is_file():
            continue
        with gradebook(folder, f"sqlite:///{folder / 'gradebook.db'}") as connection:
            keep_found(connection, folder, assignment, marker=marker, role=SECOND)
            brought += [
                _renamed(mark, names[mark.trainee])
                for mark in kept_marks(connection, assignment)
                if mark.trainee in names
            ]
    with gradebook(course_dir) as connection:
        keep_found(connection, course_dir, assignment)
        there = set(kept_marks(connection, assignment))
        add_marks(connection, [mark for mark in brought if mark not in there])


def _renamed(mark: Any, trainee: str) -> Any:
    from dataclasses import replace

    return replace(mark, trainee=trainee)


def _marked(course_dir: Path, assignment: str) -> list[str]:
    found = sorted(
        path.parent.parent.name for path in (course_dir / "autograded").glob(f"*/{assignment}/{assignment}.ipynb")
    )
    if not found:
        raise CourseError(f"nothing of {assignment} is marked yet: run `mindbody mark {assignment}` first")
    return found


def _written(texts: Mapping[str, str], tasks: Iterable[str]) -> dict[str, str]:
    return {task: texts[task] for task in tasks if task in texts}


def _known(record: Path, *, blind_names: bool) -> dict[str, str]:
    if not record.is_file():
        return {}
    data = _record(record)
    if data["blind"] != blind_names:
        was, use = ("codes", "add") if data["blind"] else ("names", "leave out")
        raise CourseError(
            f"{record}: {record.parent.name} was given these texts with {was}: {use} --blind-names again, or lay them"
            " out for another name"
        )
    return dict(data["names"])


def _record(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {"blind": bool(data["blind"]), "names": dict(data["names"])}
    except (ValueError, KeyError, TypeError):
        raise CourseError(
            f"{path} is damaged, and says which text is whose: put a copy from a backup in its place; without one, move"
            f" it away together with {path.parents[3] / FOLDER / path.parent.name} and lay the texts out anew"
        ) from None


def _draw(students: Iterable[str], sample: float | None, seed: str) -> list[str]:
    """Draw a share: who comes first depends on seed and name alone, so that latecomers hardly change the draw."""
    ordered = sorted(students, key=lambda student: hashlib.sha256(f"{seed}/{student}".encode()).digest())
    # Rounding first: a tenth of ten is 1.0000000000000002 to a computer.
    return ordered if sample is None else ordered[: math.ceil(round(sample * len(ordered), 6))]


def _codes(chosen: Iterable[str], known: Mapping[str, str], *, seed: str, blind: bool) -> dict[str, str]:
    codes = dict(known)
    fresh = [student for student in chosen if student not in known.values()]
    if not blind:
        return codes | {student: student for student in sorted(fresh)}
    for student in sorted(fresh, key=lambda name: hashlib.sha256(f"code/{seed}/{name}".encode()).digest()):
        codes[f"text-{len(codes) + 1:03}"] = student
    return codes


def _gradebook_of(folder: Path) -> Any:
    from nbgrader.api import Gradebook

    from mindbody.course.release import environment

    if not (folder / "gradebook.db").is_file():
        os.environ["PATH"] = environment()["PATH"]  # nbgrader looks for alembic by name to stamp a new database
    return Gradebook(f"sqlite:///{folder / 'gradebook.db'}")


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to itself what SQLAlchemy says of how nbgrader uses it, which nobody here can mend."""
    from sqlalchemy.exc import SAWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def _make_assignment(book: Any, course_dir: Path, assignment: str, tables: Tables) -> None:
    cells = _read_notebook(course_dir / "source" / assignment / f"{assignment}.ipynb")["cells"]
    book.update_or_create_assignment(assignment)
    book.update_or_create_notebook(assignment, assignment)
    for cell in cells:
        if _is_criterion(cell, {item.id for item in tables.items.values() if item.written}):
            points = cell["metadata"]["nbgrader"]["points"]
            name = cell["metadata"]["nbgrader"]["grade_id"]
            book.update_or_create_task_cell(name, assignment, assignment, max_score=points, cell_type="markdown")


def _lay_one(book: Any, source: Path, target: Path, texts: Mapping[str, str], *, title: str) -> str:
    from sqlalchemy import update

    from mindbody.course.gradebook import grades

    assignment, code = target.name, target.parent.name
    names = {task: text_name(text) for task, text in texts.items()}
    before: dict[str, str] | None = None
    if (target / TEXTS).is_file():
        before = json.loads((target / TEXTS).read_text(encoding="utf-8"))
    if before is None:
        book.update_or_create_student(code)
        book.update_or_create_submission(assignment, code)
    notebook = _read_notebook(source / f"{assignment}.ipynb")
    notebook["cells"] = [_about(title), *(cell for cell in notebook["cells"] if _is_shown(cell, texts))]
    notebook["metadata"].pop("mindbody", None)
    write_whole(target / f"{assignment}.ipynb", json.dumps(notebook, ensure_ascii=False, indent=1))
    row = book.find_submission_notebook(assignment, assignment, code)
    for grade in row.grades:
        task = item_of(grade.cell.name)
        if before is None or before.get(task) != names.get(task):
            # A statement of its own and not nbgrader's objects: nobody takes a mark back here.
            book.db.execute(
                update(grades)
                .where(grades.c.id == grade.id)
                .values(manual_score=None, auto_score=None if task in texts else 0.0, needs_manual_grade=task in texts)
            )
    book.db.commit()
    # Last: whoever is interrupted is laid out anew.
    write_whole(target / TEXTS, json.dumps(names, indent=1) + "\n")
    return "fresh" if before is None else "kept" if before == names else "changed"


def _read_notebook(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CourseError(f"{path} cannot be read: run `mindbody course` and `mindbody mark` again") from None


def _is_criterion(cell: Mapping[str, Any], tasks: Collection[str]) -> bool:
    ours = cell["metadata"].get("mindbody", {})
    return ours.get("role") == "criterion" and ours.get("item") in tasks


def _is_shown(cell: Mapping[str, Any], tasks: Collection[str]) -> bool:
    ours = cell["metadata"].get("mindbody", {})
    return ours.get("role") in {"criterion", "exercise"} and ours.get("item") in tasks


def _about(title: str) -> dict[str, Any]:
    locked = {
        "schema_version": 3,
        "grade_id": "about",
        "grade": False,
        "solution": False,
        "locked": True,
        "task": False,
    }
    return {
        "cell_type": "markdown",
        "id": "about",
        "metadata": {"nbgrader": locked},
        "source": _ABOUT.format(title=title),
    }
