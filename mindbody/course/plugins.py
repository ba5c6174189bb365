"""The thin layer between nbgrader and our marking: answers are data, so no kernel starts and no code runs.

``exercises/nbgrader_config.py`` puts these classes in nbgrader's pipeline. They use internals of nbgrader 0.9
(``Autograde._sanitizing``, the parent chain of preprocessors, ``Gradebook.db``) and of nbconvert
(``Exporter._preprocess``), which is why both are pinned.

nbgrader makes a submission's folder before it marks it and later skips folders that exist, so a run that was killed
would leave a trainee without points for good. ``TrustedExporter`` therefore starts by removing what is not wholly
marked, or was marked from other answers or tables.
"""

from __future__ import annotations

import copy
import glob
import os
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import from_dict
from nbgrader.api import BaseCell, Comment, Grade, Gradebook
from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells, SaveAutoGrades
from nbgrader.utils import determine_grade, parse_utc, rmtree

from mindbody.course import judged
from mindbody.course.grading import KEPT, mark_submission, refuse
from mindbody.course.judged import Judged
from mindbody.course.live import ANSWERS, EXERCISES
from mindbody.course.mark_one import (
    SECRET,
    TIMES,
    cell_outputs,
    kept_tables,
    marked_from,
    marking_metadata,
    plain_answers,
    public_specs,
    read_answers,
    text_digests,
)
from mindbody.course.reader import Refused, Submission, parse, read_bytes
from mindbody.course.reader import shown as printable

_SECRET = re.compile(r"[0-9a-f]{128}")
_LARGEST = 1_100_000


class TrustedExporter(NotebookExporter):
    """Reads our release where nbgrader would read the submitted notebook.

    One exporter serves one run of nbgrader, so it remembers each assignment's notebook as it was restored.
    """

    restored: dict[str, Any]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]
        self.restored = {}
        if hasattr(self.parent, "_sanitizing"):
            _set_aside(self.parent)
            _remove_unfinished(self.parent)

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """Export a notebook; in nbgrader's first pass, the one that we released."""
        converter: Any = self.parent
        if getattr(converter, "_sanitizing", False):
            about = resources["nbgrader"]
            filename = str(_release(converter.coursedir, about["assignment"]) / f"{about['notebook']}.ipynb")
        return super().from_filename(filename, resources=resources, **options)

    def _preprocess(self, nb: Any, resources: Any) -> Any:
        # nbconvert copies and validates the notebook again and again, which is most of the time that marking takes;
        # this one is our own, has just been read from a file, and is validated once more when it is written.
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        return nb, resources


class OnlyData(NbGraderPreprocessor):  # type: ignore[misc]
    """Leaves of a submission the answers alone, read strictly and written anew."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Clear the folder that nbgrader has filled from the submission."""
        converter, about = self.parent.parent, resources["nbgrader"]
        coursedir = converter.coursedir
        folder = Path(converter._format_dest(about["assignment"], about["student"]))
        ours = Path(coursedir.format_path(coursedir.source_directory, ".", about["assignment"])) / EXERCISES
        keep = {TIMES, SECRET, *([EXERCISES] if ours.is_file() else [])}
        for entry in os.scandir(folder) if folder.is_dir() else ():
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name not in keep or entry.is_symlink():
                Path(entry.path).unlink()
        found = read_answers(_submitted(coursedir, about), "").submission()
        if isinstance(found, Submission):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ANSWERS).write_text(plain_answers(found), encoding="utf-8")
        return nb, resources


class RestoreCells(OverwriteCells):  # type: ignore[misc]
    """Puts hidden tests and mark schemes back from the gradebook, which is no change worth a warning."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Restore a notebook; the first of a run stands for all, since each begins as our release."""
        restored = getattr(self.parent, "restored", {})
        assignment = resources["nbgrader"]["assignment"]
        if assignment not in restored:
            nb, resources = super().preprocess(nb, resources)
            restored[assignment] = copy.deepcopy(nb)
        return copy.deepcopy(restored[assignment]), resources

    def report_change(self, name: str, attr: str, old: Any, new: Any) -> None:
        """Say what is restored to who asks for debugging."""
        self.log.debug("Cell %s: %s restored", name, attr)


class Mark(NbGraderPreprocessor):  # type: ignore[misc]
    """Marks the answers and writes each cell's output where nbgrader looks for a kernel's."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Mark a submission and fill the notebook's outputs."""
        coursedir, about = self.parent.parent.coursedir, resources["nbgrader"]
        tables, fingerprint = kept_tables(Path(coursedir.root), about["assignment"])
        specs = public_specs(_release(coursedir, about["assignment"]) / EXERCISES)
        answers = read_answers(_submitted(coursedir, about), fingerprint)
        found = answers.submission()
        marked = mark_submission(found, tables) if isinstance(found, Submission) else refuse(found, tables)
        if marked.refused:
            self.log.warning("%s, %s: %s", about["student"], about["assignment"], printable(marked.refused, 500))
        for cell in nb.cells:
            if cell.cell_type == "code":
                outputs = cell_outputs(cell.metadata.get("mindbody", {}), marked, specs)
                cell.outputs = [from_dict(output) for output in outputs]  # type: ignore[no-untyped-call]
                cell.execution_count = None
        nb.metadata.setdefault("mindbody", {}).update(marking_metadata(answers.stamp, marked))
        resources["mindbody"] = text_digests(marked)
        return nb, resources


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """Saves the points, all of a submission or none, and asks for a person's mark where one is due.

    A criterion is asked for when there is a text that nobody has scored, or the text is no longer the one that was
    scored. A score that a person gave stays in either case until she changes it.
    """

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Save the points of a notebook."""
        about = resources["nbgrader"]
        self._texts: Mapping[str, str | None] = resources.get("mindbody", {})
        root = Path(self.parent.parent.coursedir.root)
        self._judged = Judged.read(root, about["assignment"], about["student"])
        # nbgrader asks for each cell and commits after each; one question and one commit are also whole or nothing.
        with Gradebook(about["db_url"]) as book:
            row = book.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            self._grades = _by_cell(book, Grade, row.id)
            self._comments = _by_cell(book, Comment, row.id)
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            book.db.commit()
        self._judged.marked(self._texts)
        self._judged.write(root, about["assignment"], about["student"])
        return nb, resources

    def _add_score(self, cell: Any, resources: Any) -> None:
        grade = self._grades[cell.metadata.nbgrader.grade_id]
        points, _ = determine_grade(cell, self.log)
        _fill(grade, judged.automatic(points, _grade(grade)))

    def _add_comment(self, cell: Any, resources: Any) -> None:
        name, item = cell.metadata.nbgrader.grade_id, cell.metadata.mindbody.item
        grade, text = self._grades[name], self._texts.get(item)
        self._comments[name].auto_comment = judged.comment(text)
        _fill(grade, self._judged.criterion(name, item, text, _grade(grade)))


class HideKeys(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes hidden tests and mark schemes out of what a trainee gets back."""

    # A region that is never closed is hidden to its cell's end.
    _hidden = re.compile(
        r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME)[^\n]*\n.*?(?:^[^\n]*END \1[^\n]*(?:\n|\Z)|\Z)",
        re.DOTALL | re.MULTILINE,
    )

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Clear the sources of all cells."""
        for cell in nb.cells:
            cell.source = self._hidden.sub("", cell.source).rstrip("\n")
        return nb, resources


class DataCollect(ExchangeCollect):  # type: ignore[misc]
    """Collects from nbgrader's exchange answers and nothing else.

    Who may write there may put anything there: links, pipes, folders with impossible names. The name that counts is
    the owner of the folder, as the system knows her.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        filename = Path(path).name
        parts = filename.rsplit("+", 3)
        try:
            when = parse_utc(parts[2])
        except (IndexError, ValueError, OverflowError):
            self.log.warning("%s is no submission (no time in its name): left where it is", path)
            return {"username": "", "filename": "", "timestamp": datetime.min}  # noqa: DTZ901  (nbgrader's are naive)
        return {"username": parts[0], "filename": filename, "timestamp": when}

    def init_src(self) -> None:
        """Find the latest submission of each trainee."""
        self.src_records: list[dict[str, Any]] = []
        super().init_src()
        self.src_records = [record for record in self.src_records if record["filename"]]

    def copy_files(self) -> None:
        """Take each submission on its own, so that a bad one stops no other."""
        records = self.src_records
        for record in records:
            path = Path(self.inbound_path) / record["filename"]
            if path.is_symlink() or not path.is_dir():
                self.log.warning("%s is no folder: left where it is", path)
                continue
            if self.check_owner and _owner(path) != record["username"]:
                self.log.warning("%s is not owned by %s: not collected", path, record["username"])
                continue
            self.src_records = [record]
            try:
                super().copy_files()
            except Refused as refused:
                self.log.warning("%s: not collected: %s", record["username"], refused)
        self.src_records = records

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Write what enters the course: answers, our own notebook, the time, the receipt's number."""
        source, target = Path(src), Path(dest)
        under = Path(self.inbound_path)
        data = read_bytes(source / ANSWERS, under=under)
        parse(data, str(source / ANSWERS))
        release = _release(self.coursedir, self.coursedir.assignment_id) / f"{self.coursedir.assignment_id}.ipynb"
        when = source.name.rsplit("+", 3)[2]
        target.mkdir(parents=True)
        (target / ANSWERS).write_bytes(data)
        shutil.copyfile(release, target / release.name)
        (target / TIMES).write_text(when, encoding="utf-8")
        try:
            secret = read_bytes(source / SECRET, under=under, largest=1000).decode("ascii").strip()
        except (Refused, UnicodeDecodeError):
            return
        if _SECRET.fullmatch(secret):
            (target / SECRET).write_text(secret, encoding="ascii")


def _by_cell(book: Any, kind: Any, notebook: str) -> dict[str, Any]:
    rows = book.db.query(kind, BaseCell.name).join(BaseCell, kind.cell_id == BaseCell.id)
    return {name: row for row, name in rows.filter(kind.notebook_id == notebook)}


def _grade(row: Any) -> judged.Grade:
    return judged.Grade(row.auto_score, row.manual_score, row.needs_manual_grade)


def _fill(row: Any, grade: judged.Grade) -> None:
    row.auto_score, row.needs_manual_grade = grade.auto, grade.waiting


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return ""


def _release(coursedir: Any, assignment: str) -> Path:
    return Path(coursedir.format_path(coursedir.release_directory, ".", assignment))


def _submitted(coursedir: Any, about: Mapping[str, str]) -> Path:
    return Path(coursedir.format_path(coursedir.submitted_directory, about["student"], about["assignment"]))


def _set_aside(converter: Any) -> None:
    """Move out of ``submitted/`` what intake would not have let in, before nbgrader copies or follows it.

    Whatever nbgrader stumbles over before it asks a preprocessor (a pipe, a time that is no time, a missing notebook)
    would cost that trainee her mark.
    """
    coursedir = converter.coursedir
    for folder, about in _submissions(converter):
        if Path(folder).is_symlink() or not Path(folder).is_dir():
            converter.log.warning("%s is no folder: left out", folder)
            converter.assignments.pop(folder, None)
            continue
        notebook = f"{about['assignment']}.ipynb"
        for entry in list(os.scandir(folder)):
            if not _is_expected(entry, notebook):
                aside = Path(coursedir.root) / KEPT / "set-aside" / about["assignment"] / about["student"]
                aside.mkdir(parents=True, exist_ok=True)
                Path(entry.path).rename(aside / f"{len(list(aside.iterdir()))}-{entry.name}")
                converter.log.warning("%s is no part of a submission: moved to %s", entry.path, aside)
        if not (Path(folder) / notebook).exists():
            shutil.copyfile(_release(coursedir, about["assignment"]) / notebook, Path(folder) / notebook)
        converter.assignments[folder] = [str(Path(folder) / notebook)]


def _is_expected(entry: os.DirEntry[str], notebook: str) -> bool:
    if not entry.is_file(follow_symlinks=False) or entry.stat(follow_symlinks=False).st_size > _LARGEST:
        return False
    if entry.name == TIMES:
        try:
            return bool(parse_utc(read_bytes(Path(entry.path), largest=100).decode("ascii").strip()))
        except (Refused, ValueError, OverflowError):
            return False
    return entry.name in {ANSWERS, SECRET, notebook}


def _submissions(converter: Any) -> list[tuple[str, Mapping[str, str]]]:
    coursedir = converter.coursedir
    found = glob.glob(converter._format_source(coursedir.assignment_id, coursedir.student_id))  # noqa: PTH207
    pattern = converter._format_source("(?P<assignment>.*)", "(?P<student>.*)", escape=True)
    return [(folder, match.groupdict()) for folder in sorted(found) if (match := re.match(pattern, folder))]


def _remove_unfinished(converter: Any) -> None:
    """Remove what an earlier run left half done, or marked from other answers or tables than there are now."""
    coursedir = converter.coursedir
    for folder, about in _submissions(converter):
        if folder not in converter.assignments:
            continue
        marked = Path(converter._format_dest(about["assignment"], about["student"]))
        if not marked.is_dir() or marked.is_symlink():
            continue
        _, fingerprint = kept_tables(Path(coursedir.root), about["assignment"])
        kept = marked_from(marked / f"{about['assignment']}.ipynb")
        if kept.get("marked") != read_answers(Path(folder), fingerprint).stamp:
            converter.log.info("%s was not wholly marked from these answers: marking it anew", marked)
            rmtree(str(marked))
