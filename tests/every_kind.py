"""A course that holds every kind of exercise: the samples of the guides, and a graded copy of one of each kind."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from mindbody.course.release import make_course
from mindbody.curriculum import Assignment, Curriculum, Item
from mindbody.items import KINDS
from mindbody.items.updater import KeyedFact
from tests.conftest import ROOT

KINDS_COURSE = "99-kinds"
ALONE: Mapping[str, Any] = {"section": None, "retake_of": None, "alternative_to": None, "behind_gate": False}


def samples(curriculum: Curriculum) -> dict[str, list[Item]]:
    """Return kind -> its samples; where the guides have none, the first of the chapters.

    Raises
    ------
    LookupError
        If a kind has none anywhere: a new kind needs a sample before anything here can speak of it.
    """
    found: dict[str, list[Item]] = {}
    for kind in KINDS:
        items = [item for part in curriculum.assignments.values() for item in part.items if item.kind.name == kind]
        guides = [item for item in items if curriculum.assignments[item.assignment].guide]
        if not items:
            raise LookupError(f'kind "{kind}" has no sample: add exercises/bank/kind-{kind}.yaml')
        found[kind] = guides or items[:1]
    return found


def of_every_kind(curriculum: Curriculum, root: Path) -> Curriculum:
    """Return a curriculum of one assignment: each sample as practice, then one of each kind graded."""
    practice = [item for items in samples(curriculum).values() for item in items if not item.written]
    items = [_moved(item, item.id) for item in practice] + [_graded(items[0]) for items in samples(curriculum).values()]
    assignment = Assignment(
        id=KINDS_COURSE,
        title="Every kind",
        chapter=curriculum.chapter("dyn"),
        opens_after=None,
        items=tuple(items),
    )
    taught = {name: part for name, part in curriculum.assignments.items() if name == "02-medicine"}
    return replace(curriculum, root=root, assignments={**taught, KINDS_COURSE: assignment})


def lay_out(curriculum: Curriculum, root: Path) -> Curriculum:
    """Make the course of every kind in a folder, beside that of chapter 2, and return its curriculum."""
    (root / "exercises").mkdir(parents=True)
    for name in ("course.yaml", "rubrics.yaml", "nbgrader_config.py"):
        shutil.copyfile(ROOT / "exercises" / name, root / "exercises" / name)
    made = of_every_kind(curriculum, root)
    list(make_course(made))
    return made


def _moved(item: Item, name: str, **change: Any) -> Item:
    form = item.form.model_copy(update={**ALONE, **change, "id": name})
    return replace(item, id=name, assignment=KINDS_COURSE, form=form)


def _graded(item: Item) -> Item:
    """Make a graded copy that is called after its kind, with what a graded one must have."""
    change: dict[str, Any] = {"mode": "graded", "points": item.form.points or Decimal(2)}
    if item.form.gate:
        change["gate"] = f"g-{item.form.gate}"
    copy = _moved(item, f"{'w' if item.written else 'g'}-{item.kind.name}", **change)
    if item.written:
        scheme = {name: f"What {name} looks like here." for name in item.form.criteria}
        return replace(copy, key=item.kind.key(model="A model answer.", mark_scheme=scheme))
    if item.kind.name == "updater":
        # Only what a panel has keyed earns points, and the samples had none yet.
        first, second = list(item.form.facts)[:2]
        keyed = {
            first: KeyedFact(right="more", agreed="0.83", panel=12),
            second: KeyedFact(right="less", agreed="0.9", panel=10),
        }
        return replace(copy, key=item.key.model_copy(update={"keyed": keyed}))
    return copy
