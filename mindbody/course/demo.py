"""A course to look at before teaching one: trainees who do not exist, marked by two markers who do not exist.

Everything lies in a folder of its own with its own copy of curriculum and gradebook, whatever the instructor's course
is set up to use. It is made by the same steps that an instructor takes, so what is to be seen in it is what she will
see.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mindbody.course.grading import CourseError, Tables
from mindbody.course.simulate import Marker, Trainee, draw_class, hand_in, level, model_sentences
from mindbody.curriculum import Curriculum

ASSIGNMENTS = ("02-medicine", "07-conflict", "13-formulation")
"""One with a gate, one with placements, and one with a long text."""
TRAINEES = 40
FIRST = Marker("anna", severity=-0.1)
SECOND = Marker("bo", severity=0.25, noise=0.55)

_MARK = ".mindbody-demo"
_COPIED = ("assets", "chapters")
_EXERCISES = ("bank", "keys", "*.yaml", "nbgrader_config.py")
_OWN_GRADEBOOK = """
# The demo's own gradebook, whatever stands above.
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).resolve().parent / 'gradebook.db'}"
c.CourseDirectory.course_id = "mind-body-demo"
"""
_UNSCORED = 3
"""So many texts of the last assignment are left to be scored, so that this can be seen and tried."""


@dataclass(frozen=True)
class Demo:
    """What was made; ``seen`` is a file or folder to look at with what it shows."""

    root: Path
    trainees: int
    seen: tuple[tuple[Path, str], ...]


def make_demo(
    curriculum: Curriculum,
    out: Path,
    *,
    count: int = TRAINEES,
    seed: int = 1,
    assignments: Collection[str] = ASSIGNMENTS,
    say: Callable[[str], None] = lambda _: None,
) -> Demo:
    """Make the demo course.

    Parameters
    ----------
    curriculum
        Whose exercises, with their keys.
    out
        The folder; a demo that is there already is made anew, anything else is left alone.
    count, seed
        How many trainees, and which.
    assignments
        Which assignments, in the order in which they were due.
    say
        Told what is being done, in a few words.

    Raises
    ------
    CourseError
        If the folder holds something else, there is no such assignment, or a key is missing.
    """
    unknown = sorted(set(assignments) - set(curriculum.taught))
    if unknown:
        raise CourseError(f'there is no assignment "{unknown[0]}": there are {", ".join(curriculum.taught)}')
    # The instructor's gradebook may be named by the environment; processes that are started here inherit it.
    os.environ.pop("MINDBODY_GRADEBOOK", None)
    say("copying the curriculum")
    _lay_out(curriculum.root, out)
    # The same data in another place: reading it once more takes seconds.
    own, course = replace(curriculum, root=out), out / "exercises"
    trainees = draw_class(count, seed)
    _write_roster(course, trainees)
    from mindbody.course.release import make_course

    for made in make_course(own, only=assignments):
        say(f"made {made.assignment}")
    sentences = model_sentences(own)
    for week, name in enumerate(assignments):
        due = datetime(2026, 10, 2, 18, tzinfo=UTC) + timedelta(weeks=2 * week)
        say(f"{name}: {count} trainees hand in")
        _download(course, out / "downloads" / name, trainees, name, due=due, seed=seed, sentences=sentences)
        _collect_and_mark(course, name, out / "downloads" / name)
        say(f"{name}: two markers score the written work")
        _score(own, course, trainees, name, seed=seed, left=_UNSCORED if name == list(assignments)[-1] else 0)
    say("writing pages, grades and report")
    return Demo(out, count, tuple(_written(own, course, list(assignments))))


def _lay_out(root: Path, out: Path) -> None:
    if out.exists() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise CourseError(f"{out} holds something that is no demo: name another folder with --out")
    if root.resolve().is_relative_to(out.resolve()):
        raise CourseError(f"{out} is where the course itself stands: name another folder with --out")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / _MARK).write_text("Made by `mindbody demo`, which makes it anew each time.\n", encoding="utf-8")
    (out / "exercises").mkdir()
    for name in (*_COPIED, *(f"exercises/{part}" for part in _EXERCISES)):
        for path in root.glob(name):
            copy = shutil.copytree if path.is_dir() else shutil.copyfile
            copy(path, out / path.relative_to(root))
    with (out / "exercises" / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(_OWN_GRADEBOOK)


def _write_roster(course: Path, trainees: Collection[Trainee]) -> None:
    from mindbody.course.export import table
    from mindbody.course.roster import COLUMNS, FILE
    from mindbody.course.roster import Trainee as Line

    lines = [astuple(Line(one.id, one.name, one.lms_id, one.email)) for one in trainees]
    (course / FILE).write_bytes(table([COLUMNS, *lines]))


def _download(
    course: Path,
    folder: Path,
    trainees: Collection[Trainee],
    name: str,
    *,
    due: datetime,
    seed: int,
    sentences: dict[str, tuple[str, ...]],
) -> None:
    """Lay out what trainees handed in as Moodle hands it over; one file is broken, as now and then one is."""
    items = json.loads((course / "release" / name / "exercise.json").read_text(encoding="utf-8"))["items"]
    specs = {full.partition("/")[2]: spec for full, spec in items.items()}
    tables = Tables.read(course, name)
    for index, trainee in enumerate(trainees):
        data = hand_in(trainee, specs, tables, due=due, seed=seed, sentences=sentences)
        if data is None:
            continue
        target = folder / f"{trainee.name}_{trainee.lms_id}_assignsubmission_file" / f"{name}.zip"
        target.parent.mkdir(parents=True)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("answers.json", json.dumps(data, ensure_ascii=False))
        broken = index == len(trainees) - 1 and name == ASSIGNMENTS[0]
        target.write_bytes(packed.getvalue()[: 200 if broken else None])
        at = datetime.fromisoformat(data["saved_at"]).timestamp()
        os.utime(target, (at, at))


def _collect_and_mark(course: Path, name: str, downloads: Path) -> None:
    from mindbody.course.batch import Batch
    from mindbody.course.intake import collect

    collect(course, name, downloads)
    list(Batch(course, name).mark(lambda _done, _of: None))


def _score(
    curriculum: Curriculum, course: Path, trainees: Collection[Trainee], name: str, *, seed: int, left: int
) -> None:
    """Give the first marker's levels and comments, and, blind, the second marker's."""
    from sqlalchemy.exc import SAWarning

    from mindbody.course.marks import FOLDER, gradebook, keep_found
    from mindbody.course.second import gather, lay_out

    if not any(item.written for item in curriculum.assignments[name].items):
        return
    with gradebook(course) as book:
        _give(curriculum, book, trainees, name, FIRST, seed=seed, left=left)
        keep_found(book, course, name, marker=FIRST.name)
    with warnings.catch_warnings():
        # nbgrader's own way of making a submission brings three of them, which say nothing to an instructor.
        warnings.simplefilter("ignore", SAWarning)
        laid = lay_out(course, name, SECOND.name, seed=seed)
    folder = course / FOLDER / SECOND.name
    with gradebook(folder, f"sqlite:///{folder / 'gradebook.db'}") as book:
        _give(curriculum, book, trainees, name, SECOND, seed=seed, left=0)
    if laid.fresh:
        gather(course, name)


def _give(
    curriculum: Curriculum,
    book: Any,
    trainees: Collection[Trainee],
    name: str,
    marker: Marker,
    *,
    seed: int,
    left: int,
) -> None:
    from sqlalchemy import select, update

    from mindbody.course.gradebook import comments, grades
    from mindbody.course.marks import criteria

    people = {trainee.id: trainee for trainee in trainees}
    due = [cell for cell in criteria(book, name) if cell.waiting and cell.trainee in people]
    unscored = sorted({cell.trainee for cell in due})[:left]
    for cell in due:
        if cell.trainee in unscored:
            continue
        item, _, criterion = cell.name.rpartition("_")
        reached = level(people[cell.trainee], marker, f"{name}/{item}", criterion, int(cell.max), seed=seed)
        given = {"manual_score": float(reached), "needs_manual_grade": False}
        book.execute(update(grades).where(grades.c.id == cell.grade).values(given))
        if marker is FIRST and reached < cell.max:
            row = book.execute(select(grades.c.notebook_id, grades.c.cell_id).where(grades.c.id == cell.grade)).one()
            words = f"A level higher would be: {curriculum.criteria[criterion].levels[reached + 1]}."
            here = (comments.c.notebook_id == row.notebook_id) & (comments.c.cell_id == row.cell_id)
            book.execute(update(comments).where(here).values(manual_comment=words))


def _written(curriculum: Curriculum, course: Path, assignments: list[str]) -> Iterator[tuple[Path, str]]:
    from mindbody.course.agree import agreement_tables
    from mindbody.course.export import grades, known_trainees
    from mindbody.course.feedback import feedback
    from mindbody.course.handout import hand_out
    from mindbody.course.lms import grades_for
    from mindbody.course.released import set_released
    from mindbody.report.course import study_course
    from mindbody.report.files import write

    set_released(course, assignments[0], released=True)
    for name in assignments:
        pages = [one.path for one in feedback(course, name, curriculum=curriculum) if one.path]
        shown = ", with explanations" if name == assignments[0] else ""
        if pages:
            yield pages[0], f"one of {len(pages)} feedback pages of {name}{shown}"
    yield hand_out(course, assignments[0], "moodle").path, "feedback pages for Moodle"
    names = {one.id: one.name for one in known_trainees(course).trainees.values()}
    studied = study_course(course, curriculum, names=names, raters=lambda name: agreement_tables(course, name))
    page = write(studied, course / "report", datetime.now().astimezone(), named=True)
    yield page, "the report: how the course is going, who and what needs you"
    grades(course, course / "grades.xlsx")
    yield course / "grades.xlsx", "the grades as a spreadsheet"
    grades_for(course, "moodle", course / "grades-moodle.csv")
    yield course / "grades-moodle.csv", "the grades for Moodle"
