"""Marks one submission: from files to files, with no database and nothing of nbgrader's.

``mark_one`` reads a submission and writes, into a folder of its own, what ``autograded/`` gets of it. It may run in any
process on any machine that sees the course's folder. The gradebook and the last step, into ``autograded/``, are the
business of whoever started it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from mindbody.course import shown
from mindbody.course.grading import KEPT, CourseError, Marked, Tables, mark_submission, refuse
from mindbody.course.reader import Refused, Submission, parse, read_bytes
from mindbody.course.reader import shown as printable
from mindbody.course.zips import ANSWERS

EXERCISES = "exercise.json"
TIMES = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105  (a file's name)
_TAIL = 4000
_quoted = json.encoder.encode_basestring


@dataclass(frozen=True)
class Template:
    """The notebook that a marker sees, in pieces between which each submission's own outputs stand.

    Writing the whole as JSON for each submission took longer than marking it.

    Attributes
    ----------
    pieces
        Of the file; one more than there are ``slots``.
    slots
        What stands between them: the metadata of a code cell whose outputs they are, or None for the notebook's own
        metadata.
    criteria
        Rubric cell -> the written item that it is about.
    automatic
        Cells that earn points without a person -> their metadata.
    metadata
        The notebook's own, of ours.
    fingerprint
        Names the contents.
    """

    pieces: tuple[str, ...]
    slots: tuple[Mapping[str, str] | None, ...]
    criteria: Mapping[str, str]
    automatic: Mapping[str, Mapping[str, str]]
    metadata: Mapping[str, Any]
    fingerprint: str

    @classmethod
    def of(cls, notebook: Mapping[str, Any]) -> Template:
        """Take a notebook with its hidden tests and mark schemes apart."""
        token = uuid.uuid4().hex
        whole = json.loads(json.dumps(notebook))
        slots: list[Mapping[str, str] | None] = []
        automatic, criteria = {}, {}
        for cell in whole["cells"]:
            ours = cell["metadata"].get("mindbody", {})
            graded = cell["metadata"].get("nbgrader", {})
            if graded.get("task"):
                criteria[graded["grade_id"]] = ours["item"]
            if graded.get("grade"):
                automatic[graded["grade_id"]] = ours
            cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = token, None
                slots.append(ours)
        metadata = whole["metadata"].get("mindbody", {})
        whole["metadata"]["mindbody"] = token
        slots.append(None)  # "metadata" comes after "cells"
        pieces = tuple(_dumped(whole).split(f'"{token}"'))
        fingerprint = hashlib.sha256(_dumped(notebook).encode()).hexdigest()[:12]
        return cls(pieces, tuple(slots), criteria, automatic, metadata, fingerprint)

    def filled(self, outputs: Sequence[Sequence[Mapping[str, Any]]], metadata: Mapping[str, Any]) -> str:
        """Return the notebook with the outputs of its code cells, as nbformat writes it."""
        written = [_laid_out(of_cell) for of_cell in outputs]
        # A line end within a text is written \\n, so each line here is one of the layout.
        written.append(_dumped(metadata).replace("\n", "\n  "))
        parts = [self.pieces[0]]
        for text, piece in zip(written, self.pieces[1:], strict=True):
            parts += [text, piece]
        return "".join(parts) + "\n"


@dataclass(frozen=True)
class Request:
    """What ``mark_one`` is asked: whose submission to which assignment, and where to write."""

    course_dir: Path
    assignment: str
    student: str
    template: Path
    stage: Path


@dataclass(frozen=True)
class Outcome:
    """What became of one submission; small, since it travels between processes.

    Attributes
    ----------
    student
        Whose.
    stage
        The folder that is to become ``autograded/<student>/<assignment>``; None when nothing could be marked.
    scores
        Cell -> points, for the cells that need no person.
    texts
        Written item -> digest of her text; None where she wrote nothing.
    received
        When it came, in UTC without a zone, as the gradebook keeps it.
    refused
        Why its answers could not be read: it is marked with nought.
    trouble
        Why it could not be marked at all: nothing is written, and the next run tries again.
    blocked
        What is wrong with the course's own folder, for which nobody can be marked.
    """

    student: str
    stage: Path | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, str | None] = field(default_factory=dict)
    received: datetime | None = None
    refused: str | None = None
    trouble: str | None = None
    blocked: str | None = None


def mark_many(requests: Sequence[Request]) -> list[Outcome]:
    """Mark some submissions, one after the other."""
    return [mark_one(request) for request in requests]


def mark_one(request: Request) -> Outcome:
    """Mark a submission, and write what is to be published of it.

    Returns
    -------
    Outcome
        Whatever is wrong with the submission is said there; nothing is raised for it.
    """
    folder = request.course_dir / "submitted" / request.student / request.assignment
    try:
        template = read_template(request.template)
        tables, fingerprint = kept_tables(request.course_dir, request.assignment)
        specs = public_specs(request.course_dir / "release" / request.assignment / EXERCISES)
    except OSError as error:
        return Outcome(request.student, blocked=f"{shown_path(error)} cannot be read ({error.strerror})")
    try:
        answers = read_answers(folder, fingerprint)
        found = answers.submission()
        marked = mark_submission(found, tables) if isinstance(found, Submission) else refuse(found, tables)
        outputs = [cell_outputs(slot, marked, specs) for slot in template.slots if slot is not None]
        metadata = {**template.metadata, **marking_metadata(answers.stamp, marked)}
        notebook = template.filled(outputs, metadata)
        received = when_received(folder)
        scores = {name: automatic_points(ours, marked) for name, ours in template.automatic.items()}
    except Exception as error:  # noqa: BLE001 - whatever one submission brings about, the others are marked
        return Outcome(request.student, trouble=f"{type(error).__name__}: {printable(error)}")
    try:
        _write_stage(request, folder, notebook, found)
    except OSError as error:
        return Outcome(request.student, blocked=f"{shown_path(error)} cannot be written ({error.strerror})")
    return Outcome(request.student, request.stage, scores, text_digests(marked), received, refused=marked.refused)


def shown_path(error: OSError) -> str:
    """Return the file that an error is about."""
    return str(error.filename or "a file")


# --- what is marked, and from what ---


@dataclass(frozen=True)
class Answers:
    """The bytes of an answer file, or why there are none; and a name for what is marked, tables included."""

    data: bytes | None
    reason: str
    stamp: str

    def submission(self) -> Submission | str:
        """Return what was handed in, or why it cannot be read."""
        if self.data is None:
            return self.reason
        try:
            return parse(self.data, ANSWERS)
        except Refused as refused:
            return str(refused)


def read_answers(folder: Path, fingerprint: str) -> Answers:
    """Read the answers in a folder of ``submitted/``, to be marked by tables of that fingerprint."""
    path = folder / ANSWERS
    try:
        data = read_bytes(path, under=folder.parent.parent)
    except Refused as refused:
        reason = str(refused).replace(str(path), ANSWERS)
        return Answers(None, reason, stamp_of(reason.encode(), fingerprint))
    return Answers(data, "", stamp_of(data, fingerprint))


def stamp_of(data: bytes, fingerprint: str) -> str:
    """Name what a submission is marked from: its answers and the marking tables."""
    return f"{fingerprint}:{hashlib.sha256(data).hexdigest()[:16]}"


def marking_metadata(stamp: str, marked: Marked) -> dict[str, str]:
    """Return what a marked notebook says of its marking."""
    return {"marked": stamp, **({"refused": marked.refused} if marked.refused else {})}


def marked_from(notebook: Path) -> dict[str, str]:
    """Return what a marked notebook says of its marking; nothing if it was not written to its end."""
    try:
        with notebook.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            text = file.read().decode("utf-8", "replace").rstrip()
    except OSError:
        return {}
    _, found, rest = text.rpartition('"mindbody": {')
    if not found or not text.endswith("}"):
        return {}
    try:
        ours, _ = json.JSONDecoder().raw_decode("{" + rest)
    except ValueError:
        return {}
    return ours if "marked" in ours else {}


def when_received(folder: Path) -> datetime | None:
    """Return when a submission came, in UTC without a zone as nbgrader keeps it; None where no file says so."""
    try:
        text = read_bytes(folder / TIMES, under=folder.parent.parent, largest=100).decode("ascii").strip()
    except (Refused, UnicodeDecodeError):
        return None
    try:
        # Ours and the exchange's.
        time = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        from dateutil import parser  # type: ignore[import-untyped]

        try:
            time = parser.parse(text)
        except (ValueError, OverflowError):
            return None
    try:
        return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time
    except OverflowError:
        return None


def text_digests(marked: Marked) -> dict[str, str | None]:
    """Return the digest of each written answer, None where there is none."""
    texts = {
        item.id: marked.items[item.id].answer.texts.get("text", "").strip()
        for item in marked.tables.items.values()
        if item.written
    }
    return {name: hashlib.sha256(text.encode()).hexdigest() if text else None for name, text in texts.items()}


# --- what a marker sees ---


def cell_outputs(ours: Mapping[str, str], marked: Marked, specs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the outputs of a code cell, where nbgrader expects those of a kernel.

    Parameters
    ----------
    ours
        The cell's metadata: its role, and its item or gate.
    marked
        What the submission came to.
    specs
        Item -> its public data.
    """
    role = ours.get("role")
    if role == "exercise":
        item = marked.items[ours["item"]]
        return [_html(shown.answer_html(specs[ours["item"]], item.answer, item.refused or marked.refused))]
    if role == "item":
        said = shown.points_text(marked.items[ours["item"]])
    elif role == "gate":
        said = shown.gate_text(marked, ours["gate"])
    elif role == "completion":
        said = shown.completion_text(marked)
    else:
        return []
    points = {"text/plain": repr(automatic_points(ours, marked))}
    return [_html(shown.paragraph(said)), _output("execute_result", points, execution_count=None)]


def automatic_points(ours: Mapping[str, str], marked: Marked) -> float:
    """Return what a cell earns; gates and completion earn nothing."""
    if ours.get("role") != "item":
        return 0.0
    item = marked.items[ours["item"]]
    points, most = item.points / 100, item.max / 100
    # nbgrader gives full marks for nan, None, negative numbers and what is no number at all.
    return min(max(0.0, float(points)), float(most)) if points == points else 0.0  # noqa: PLR0124


def _html(content: str) -> dict[str, Any]:
    return _output("display_data", {"text/html": content, "text/plain": "<an answer>"})


def _output(kind: str, data: Mapping[str, str], **options: Any) -> dict[str, Any]:
    return {"output_type": kind, "metadata": {}, "data": dict(data), **options}


# --- the course's own files, read once a process ---


def kept_tables(course_dir: Path, assignment: str) -> tuple[Tables, str]:
    """Return the marking tables of an assignment, and a name for what marks depend on in them."""
    folder = course_dir / KEPT / "tables" / assignment
    times = tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*.json")))
    return _read_tables(course_dir, assignment, times)


@lru_cache(maxsize=8)
def _read_tables(course_dir: Path, assignment: str, times: tuple[tuple[str, int], ...]) -> tuple[Tables, str]:
    tables = Tables.read(course_dir, assignment)
    return tables, tables.fingerprint()


def public_specs(path: Path) -> Mapping[str, Any]:
    """Return item -> public data, from a release's ``exercise.json``."""
    return _read_specs(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read_specs(path: Path, time: int) -> Mapping[str, Any]:
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    return {name.partition("/")[2]: spec for name, spec in items.items()}


def read_template(path: Path) -> Template:
    """Read the notebook that ``keep_template`` has kept."""
    return _read_template(path)


@lru_cache(maxsize=8)
def _read_template(path: Path) -> Template:
    return Template.of(json.loads(path.read_text(encoding="utf-8")))


def keep_template(course_dir: Path, assignment: str, sources: Mapping[str, tuple[str, str]]) -> Path:
    """Keep the release notebook with its hidden tests and mark schemes put back, for ``mark_one`` to fill.

    Parameters
    ----------
    course_dir, assignment
        Whose release.
    sources
        Cell -> source and checksum, as the gradebook has kept them of the source notebook.

    Returns
    -------
    Path
        The file; its name is that of its contents, so that it is never an old one.

    Raises
    ------
    CourseError
        If the release is missing.
    """
    path = course_dir / "release" / assignment / f"{assignment}.ipynb"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{path} is missing: run `mindbody course`") from None
    for cell in notebook["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("grade_id") in sources:
            source, checksum = sources[graded["grade_id"]]
            graded["checksum"] = checksum
            if graded.get("locked"):
                cell["source"] = source
    text = _dumped(notebook)
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    kept = course_dir / KEPT / "templates" / assignment / f"{name}.json"
    if not kept.is_file():
        write_whole(kept, text)
    for other in kept.parent.glob("*.json"):
        if other != kept:
            other.unlink(missing_ok=True)
    return kept


# --- writing ---


def _write_stage(request: Request, folder: Path, notebook: str, found: Submission | str) -> None:
    stage, under = request.stage, folder.parent.parent
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    _write(stage / f"{request.assignment}.ipynb", notebook.encode("utf-8"))
    if isinstance(found, Submission):
        _write(stage / ANSWERS, plain_answers(found).encode("utf-8"))
    ours = request.course_dir / "source" / request.assignment / EXERCISES
    if ours.is_file():
        shutil.copyfile(ours, stage / EXERCISES)
    for name in (TIMES, SECRET):
        try:
            data = read_bytes(folder / name, under=under, largest=1000)
        except Refused:
            continue
        if name == SECRET or when_received(folder):
            _write(stage / name, data)


def plain_answers(submission: Submission) -> str:
    """Return what is published of an answer file: its data, written anew."""
    return json.dumps(submission.raw, ensure_ascii=False) + "\n"


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)


def write_whole(path: Path, text: str) -> None:
    """Write a file of ours, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _dumped(notebook: Any) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def _laid_out(outputs: Sequence[Mapping[str, Any]]) -> str:
    """Write a cell's outputs as ``_dumped`` would at their place; with an indent, Python's json is slow."""
    if not outputs:
        return "[]"
    return "[\n    " + ",\n    ".join(map(_output_laid_out, outputs)) + "\n   ]"


def _output_laid_out(output: Mapping[str, Any]) -> str:
    data = ",\n      ".join(
        f"{_quoted(kind)}: [\n       " + ",\n       ".join(map(_quoted, text.splitlines(keepends=True))) + "\n      ]"
        for kind, text in sorted(output["data"].items())
    )
    count = '     "execution_count": null,\n' if "execution_count" in output else ""
    kind = _quoted(output["output_type"])
    parts = [f'{{\n     "data": {{\n      {data}\n     }},\n', count, '     "metadata": {},\n']
    return "".join(parts) + f'     "output_type": {kind}\n    }}'
