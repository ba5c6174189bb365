"""The curriculum: everything that pages, notebooks and marks are made from, found, read and checked as a whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from mindbody.marking import MarkingTable
from mindbody.model import (
    Assignment,
    AssignmentForm,
    Chapter,
    Course,
    Curriculum,
    Item,
    KeysForm,
    Plan,
)
from mindbody.reading import read
from mindbody.text import ROOT
from mindbody.yamlfile import AuthoringError

FORMAT = 1

__all__ = [
    "Assignment",
    "AssignmentForm",
    "AuthoringError",
    "Chapter",
    "Course",
    "Curriculum",
    "Item",
    "KeysForm",
    "Plan",
    "find_root",
    "load",
    "marking_table",
    "page_of",
    "public_spec",
    "variants",
]


def find_root(start: Path | None = None) -> Path:
    """Find the project: ``MINDBODY_ROOT``, else the nearest folder above with ``assets/objectives.yaml``.

    Raises
    ------
    FileNotFoundError
        If there is none; the message says what to do.
    """
    if named := os.environ.get("MINDBODY_ROOT"):
        return Path(named).resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[1]):
        if (folder / "assets" / "objectives.yaml").is_file():
            return folder
    raise FileNotFoundError("no curriculum found: run this inside the project, or set MINDBODY_ROOT to its folder")


def load(root: Path | None = None, *, across: bool = True) -> Curriculum:
    """Read and check the whole curriculum.

    Parameters
    ----------
    root
        The project; found as ``find_root`` does when None. Without ``exercises/keys`` graded items have no key and
        everything on the trainee's side still works.
    across
        Whether to check also what no file by itself can know. ``mindbody check`` and the book do; who only needs the
        words of a course that was made need not.

    Raises
    ------
    AuthoringError
        With every mistake in every file.
    """
    return read(root or find_root(), across=across)


def public_spec(curriculum: Curriculum, item: Item) -> dict[str, Any]:
    """Return what a page or a trainee's notebook may hold of an item; graded items carry no table.

    Links in it begin with ``mindbody.text.ROOT``.
    """
    form, context = item.form, curriculum.context
    assignment = curriculum.assignments[item.assignment]
    return {
        "format": FORMAT,
        "id": item.full_id,
        "assignment": item.assignment,
        "version": form.version,
        "kind": item.kind.name,
        "mode": form.mode,
        "title": form.title,
        "points": float(form.points),
        "prompt": context.render.block(form.prompt),
        "confidence": form.confidence,
        "safety": form.safety,
        "reflect": getattr(form, "reflect", False),
        "hints": [context.render.inline(hint) for hint in form.hints],
        "gate": _gate_spec(curriculum, item),
        "retake_of": f"{item.assignment}/{form.retake_of}" if form.retake_of else None,
        "again": again(curriculum, item),
        "needs": _needs_spec(curriculum, assignment) if form.behind_gate else None,
        "beside": item.beside,
        "written": next((other.full_id for other in assignment.items if other.beside == item.full_id), None),
        "shape": item.kind.shape(form, context),
        "view": item.kind.view(form, context),
        "table": marking_table(curriculum, item).to_json() if item.practice else None,
    }


def marking_table(curriculum: Curriculum, item: Item) -> MarkingTable:
    """Compile an item's marking table.

    Raises
    ------
    LookupError
        If the item is graded and its key is kept elsewhere.
    """
    if item.key is None:
        raise LookupError(f"{item.full_id} is graded and its key is not on this machine")
    return item.kind.table(item.form, item.key, curriculum.context)


def page_of(curriculum: Curriculum, item: Item) -> str:
    """Return the address of an item in the book, relative to its top."""
    return f"{curriculum.assignments[item.assignment].file}.html#ex-{item.id}"


def variants(curriculum: Curriculum, gate: str) -> list[Item]:
    """Return the items that are variants of a gate, e.g. ``02-medicine/red-flags``."""
    assignment, _, name = gate.partition("/")
    items = curriculum.assignments[assignment].items if assignment in curriculum.assignments else ()
    return [item for item in items if item.form.gate == name]


def again(curriculum: Curriculum, item: Item) -> dict[str, Any] | None:
    """Return the practice item on the same safety objective that somebody sure and mistaken is sent to, if any."""
    if not (item.practice and item.form.safety and item.form.confidence):
        return None
    others = curriculum.assignments[item.assignment].items
    start = [other.id for other in others].index(item.id)
    for other in (*others[start + 1 :], *others[:start]):
        shared = set(other.form.objectives) & set(item.form.objectives)
        if other.practice and other.form.safety and shared:
            return {"id": other.full_id, "href": ROOT + page_of(curriculum, other), "title": other.form.title}
    return None


def _gate_spec(curriculum: Curriculum, item: Item) -> dict[str, Any] | None:
    if item.form.gate is None:
        return None
    gate = f"{item.assignment}/{item.form.gate}"
    listed = [
        {"id": other.full_id, "href": ROOT + page_of(curriculum, other), "title": other.form.title}
        for other in variants(curriculum, gate)
    ]
    return {"id": gate, "variants": listed}


def _needs_spec(curriculum: Curriculum, assignment: Assignment) -> dict[str, Any] | None:
    if assignment.opens_after is None:
        return None
    first = variants(curriculum, assignment.opens_after)[0]
    place = curriculum.assignments[first.assignment].place
    return {
        "gate": assignment.opens_after,
        "title": f"{first.form.title} ({place})",
        "href": ROOT + page_of(curriculum, first),
    }
