"""``mindbody course``: from the curriculum to what nbgrader releases.

Keeps, in the course's folder ``.mindbody``, the marking table of every version of every item, and each release. Where
an answer to an older version comes in, it is marked by the table of that version.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindbody import answers
from mindbody.course.grading import FORMAT, KEPT, CourseError, Version, read_versions
from mindbody.course.live import ANSWERS, EXERCISES
from mindbody.course.mark_one import write_whole
from mindbody.course.notebooks import dump, exercise_data, item_head, source_notebook
from mindbody.curriculum import Assignment, Curriculum, Item, marking_table

COURSE = "exercises"
CONFIG = "nbgrader_config.py"
CORRECTIONS = ("former", "by", "hold")
"""What the file of a version's table says of corrections after its release; see ``grading.read_versions``."""


@dataclass(frozen=True)
class Released:
    """What a release came to."""

    assignment: str
    title: str
    items: int
    release: str
    """A short name of its contents: the same contents have the same name."""


def course_folder(root: Path) -> Path:
    """Return the nbgrader course of a project.

    Raises
    ------
    CourseError
        If nbgrader has no configuration there, or the folder's name is one that the gradebook cannot be opened by.
    """
    folder = root / COURSE
    if odd := sorted(set(str(folder.resolve())) & set("%?#")):
        # SQLAlchemy reads them as parts of an address and not of a name.
        raise CourseError(
            f"{folder.resolve()}: no gradebook can stand below a name with {' or '.join(odd)} in it: move the project"
        )
    if not (folder / CONFIG).is_file():
        raise CourseError(f"{folder / CONFIG} is missing: restore it, it tells nbgrader to use our plug-ins")
    return folder


def make_course(curriculum: Curriculum, *, mend_keys: bool = False, only: Collection[str] = ()) -> Iterator[Released]:
    """Write the notebooks of all assignments and have nbgrader release them.

    Parameters
    ----------
    curriculum
        With its keys.
    mend_keys
        Allow that what is right in an item changes without a new version although answers were handed in: for a key
        that was wrong. Everybody has to be marked again.
    only
        These assignments; all when empty.

    Yields
    ------
    Released
        One an assignment, as it is done.

    Raises
    ------
    CourseError
        If a key is missing, or changed where it must not, or nbgrader refuses the notebook.
    """
    folder = course_folder(curriculum.root)
    wanted = [assignment for assignment in curriculum.taught.values() if not only or assignment.id in only]
    for assignment in wanted:
        _check_keys(assignment)
    for assignment in wanted:
        versions = keep_tables(folder, curriculum, assignment, mend_keys=mend_keys)
        source = folder / "source" / assignment.id
        _check_source(source)
        data = exercise_data(curriculum, assignment)
        write(source / f"{assignment.id}.ipynb", dump(source_notebook(curriculum, assignment, versions)))
        write(source / EXERCISES, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        nbgrader(folder, "generate_assignment", assignment.id, "--force")
        release = folder / "release" / assignment.id
        _check_release(release, assignment)
        name = _keep_release(folder, release, assignment)
        yield Released(assignment.id, assignment.title, len(assignment.items), name)


def nbgrader(course_dir: Path, *arguments: str, quiet: bool = True) -> str:
    """Run an nbgrader command in a course.

    Returns
    -------
    str
        What it logged; nothing unless ``quiet``, which keeps that from the terminal.

    Raises
    ------
    CourseError
        With what nbgrader said, if it failed.
    """
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(  # noqa: S603  (our own arguments, no shell)
        command, cwd=course_dir, env=environment(), capture_output=quiet, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = [line for line in (done.stderr or "").splitlines() if "ERROR" in line or "Error" in line]
        reason = "\n".join(dict.fromkeys(said)) or f"it ended with status {done.returncode}"
        raise CourseError(f"nbgrader {' '.join(arguments)} failed in {course_dir}:\n{reason}")
    return done.stderr or ""


def environment() -> dict[str, str]:
    """Return the environment for nbgrader and Jupyter: they look for their own commands (alembic, kernels) by name."""
    here = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ.get('PATH', '')}"}


def keep_tables(
    course_dir: Path, curriculum: Curriculum, assignment: Assignment, *, mend_keys: bool = False
) -> dict[str, dict[int, Version]]:
    """Keep the marking tables of an assignment beside those of earlier versions.

    Returns
    -------
    dict
        Item -> version -> how it is marked.

    Raises
    ------
    CourseError
        If a table changed, its version did not, and answers to it may exist.
    """
    folder = course_dir / KEPT / "tables" / assignment.id
    handed_in = next((course_dir / "submitted").glob(f"*/{assignment.id}"), None) is not None
    if handed_in:
        _check_nothing_removed(folder / "index.json", assignment)
    fresh: dict[Path, str] = {}
    for item in assignment.items:
        path = folder / f"{item.id}@{item.form.version}.json"
        data = _table_data(curriculum, item)
        if path.is_file():
            data = _keep_former(json.loads(path.read_text(encoding="utf-8")), data, item, (handed_in, mend_keys))
        fresh[path] = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    for path, text in fresh.items():
        write(path, text)
    index = {
        "format": FORMAT,
        "course": curriculum.course.course,
        "title": assignment.title,
        "items": [item_head(item) for item in assignment.items],
    }
    write(folder / "index.json", json.dumps(index, ensure_ascii=False, indent=1) + "\n")
    versions = read_versions(folder)
    return {item.id: versions[item.id] for item in assignment.items}


def _table_data(curriculum: Curriculum, item: Item) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "item": item.full_id,
        "version": item.form.version,
        "shape": item.kind.shape(item.form, curriculum.context),
        "table": marking_table(curriculum, item).to_json(),
    }


def _check_keys(assignment: Assignment) -> None:
    missing = [item.id for item in assignment.items if item.key is None]
    if missing:
        raise CourseError(
            f"exercises/keys/{assignment.id}.yaml: no key for {', '.join(missing)}: put the course's keys there;"
            " without them there is nothing to mark by"
        )


def _check_nothing_removed(index: Path, assignment: Assignment) -> None:
    """Answers to an item that is gone would be marked by nothing, and nbgrader takes no cell out of marked work."""
    if not index.is_file():
        return
    before = {head["id"] for head in json.loads(index.read_text(encoding="utf-8"))["items"]}
    gone = sorted(before - {item.id for item in assignment.items})
    if gone:
        raise CourseError(
            f"exercises/bank/{assignment.id}.yaml: {', '.join(gone)} is gone, and answers were handed in: put it back"
            " with a line `set_aside: full` (everybody who handed in has its points) or `set_aside: none` (it counts"
            " for nobody); the answers are kept"
        )


def _keep_former(kept: Mapping[str, Any], data: dict[str, Any], item: Item, state: tuple[bool, bool]) -> dict[str, Any]:
    """Return a table with what was kept of its corrections, and with what it was before this one.

    ``state`` says whether answers were handed in, and whether the keys are being mended.
    """

    def marks(entry: Mapping[str, Any]) -> Any:
        table = {name: part for name, part in entry["table"].items() if not name.startswith("why")}
        return json.loads(json.dumps([entry["shape"], table]))

    data |= {name: kept[name] for name in CORRECTIONS if name in kept}
    handed_in, mend_keys = state
    if not handed_in or marks(kept) == marks(data):
        return data
    if not mend_keys:
        raise CourseError(
            f"{item.full_id}: what earns points changed, its version is still {item.form.version}, and answers were"
            f" handed in: write version: {item.form.version + 1} in bank and keys; or, if the key was wrong, run"
            f" `mindbody course --mend-keys`, look at who is concerned with `mindbody correct {item.assignment}`, and"
            f" run `mindbody mark {item.assignment}`, which marks everybody anew"
        )
    former = {"shape": kept["shape"], "table": kept["table"]}
    return data | {"former": [*kept.get("former", []), former]}


def _check_source(source: Path) -> None:
    """Whatever lies beside the source notebook travels to every trainee."""
    strange = [path.name for path in source.glob("*") if path.name not in {f"{source.name}.ipynb", EXERCISES}]
    if strange:
        raise CourseError(
            f"{source}: {', '.join(sorted(strange))} would be released to everybody: move it out of the folder"
        )


def _check_release(release: Path, assignment: Assignment) -> None:
    # A second lock: nbgrader took the regions out, and this looks whether it did.
    text = (release / f"{assignment.id}.ipynb").read_text(encoding="utf-8")
    for word in ("HIDDEN TESTS", "MARK SCHEME", "work.points("):
        if word in text:
            shutil.rmtree(release)
            raise CourseError(f"{release}: the release still held “{word}”, so it was removed: tell the authors")
    if (release / ANSWERS).exists():
        raise CourseError(f"{release / ANSWERS}: answers in a release would reach everybody: move them away")


def _keep_release(course_dir: Path, release: Path, assignment: Assignment) -> str:
    files = [release / f"{assignment.id}.ipynb", release / EXERCISES]
    name = hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]
    folder = course_dir / KEPT / "releases" / assignment.id / name
    folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
    return name


def write(path: Path, text: str) -> None:
    """Write a file, unless it says so already: what depends on it looks at its time."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        # Whole or not at all: nothing else remembers the tables of earlier versions.
        write_whole(path, text)


def lay_out_for_trainee(course_dir: Path, folder: Path) -> list[Path]:
    """Copy the releases to where somebody may work on them, keeping answers that are already there.

    Returns
    -------
    list of Path
        The notebooks.
    """
    notebooks = []
    for release in sorted((course_dir / "release").glob("*")):
        target = folder / release.name
        target.mkdir(parents=True, exist_ok=True)
        for path in (release / f"{release.name}.ipynb", release / EXERCISES):
            if path.is_file():
                shutil.copyfile(path, target / path.name)
        notebooks.append(target / f"{release.name}.ipynb")
        if (target / ANSWERS).exists():
            answers.read(target / ANSWERS)
    return notebooks
