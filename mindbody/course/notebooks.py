"""From an assignment to its notebook, and to the public data that travels beside it.

Every code cell is locked, and each cell's nbgrader id says what it is: ``x-exercise`` shows item x, ``x`` marks it,
``x_criterion`` is a rubric criterion, ``gate_name`` and ``completion`` earn nothing.

Only graded items earn points, so nbgrader's totals are those of the bank. Practice has no cell of its own: nbgrader
would count it. Its completion and mark stand in the cell ``completion`` and in our feedback and export. A gate is a
cell of no points, so that it has a row in the gradebook and no part in the total. nbgrader checks only cells of that
sort when it validates, which is why ``completion`` is one: it lists the written work that is still open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mindbody.course.grading import FORMAT, Version
from mindbody.course.shown import place_of
from mindbody.curriculum import Assignment, Curriculum, Item, public_spec
from mindbody.items.base import hundredths
from mindbody.text import ROOT
from mindbody.widgets import portable

Cell = dict[str, Any]

_LEVEL = re.compile(r"^(\d+): ", re.MULTILINE)
_LINK = re.compile(r"</?(?:a|span)\b[^>]*>")
_ROLE = re.compile(r"\{(?:cite(?::[pt])?|excerpt|term|badge)\}`[^`]+`")


def exercise_data(curriculum: Curriculum, assignment: Assignment) -> dict[str, Any]:
    """Return ``exercise.json``: what a machine without the curriculum needs, and nothing of a graded key."""
    return {
        "format": FORMAT,
        "course": curriculum.course.course,
        "assignment": assignment.id,
        "title": assignment.title,
        "items": {item.full_id: portable(public_spec(curriculum, item)) for item in assignment.items},
        "tables": {item.id: item_head(item) for item in assignment.items},
    }


def item_head(item: Item) -> dict[str, Any]:
    """Return what marking needs to know of an item beside the tables of its versions."""
    form = item.form
    return {
        "id": item.id,
        "title": form.title,
        "kind": item.kind.name,
        "mode": form.mode,
        "version": form.version,
        "points": hundredths(form.points),
        "objectives": list(form.objectives),
        "section": form.section,
        "gate": f"{item.assignment}/{form.gate}" if form.gate else None,
        "retake_of": form.retake_of,
        "alternative_to": form.alternative_to,
        "set_aside": form.set_aside,
        "criteria": list(getattr(form, "criteria", ())),
    }


def source_notebook(
    curriculum: Curriculum, assignment: Assignment, versions: Mapping[str, Mapping[int, Version]]
) -> dict[str, Any]:
    """Make the notebook that nbgrader releases from.

    Parameters
    ----------
    curriculum, assignment
        Where the words come from.
    versions
        Item -> version -> how it is marked; of graded items these go into the hidden regions.

    Returns
    -------
    dict
        A notebook, nbformat 4.5.
    """
    cells = [
        _markdown("about", "about", _about(assignment)),
        _code("setup", "setup", f'from mindbody.course.live import Work\n\nwork = Work("{assignment.id}")'),
    ]
    gates: dict[str, None] = {}
    for item in assignment.items:
        cells += _item_cells(curriculum, assignment, item, versions)
        if item.form.gate:
            gates[item.form.gate] = None
    for gate in gates:
        name = f"{assignment.id}/{gate}"
        cells.append(_code(f"gate_{gate}", "gate", f'work.gate("{name}")', points=0, gate=name))
    cells.append(_code("completion", "completion", "work.completion()", points=0))
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "mindbody": {"assignment": assignment.id},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def dump(notebook: Mapping[str, Any]) -> str:
    """Write a notebook as Jupyter does."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _about(assignment: Assignment) -> str:
    # In Formgrader it stands far below the practice exercises.
    written = [f"[{item.form.title}](#{place_of(item.full_id)})" for item in assignment.items if item.written]
    return (
        f"# {assignment.title}\n\n"
        "1. Choose **Run > Run All Cells**. The exercises appear below; they are the ones of the book.\n"
        "2. Answer them. Each change is saved in `answers.json` beside this notebook, and is there again when you"
        " come back and run the cells anew.\n"
        "3. **Validate** says what is still open. It does not say what is right: graded work is marked after you"
        " hand in.\n"
        "4. **Submit** in the Assignment List, or hand in `answers.json` as your course tells you.\n\n"
        "Nothing that you change in this notebook itself is marked, only your answers. Write no real patient"
        " material." + (f"\n\nFor whoever marks: the written work is {' and '.join(written)}." if written else "")
    )


def _item_cells(
    curriculum: Curriculum, assignment: Assignment, item: Item, versions: Mapping[str, Mapping[int, Version]]
) -> Iterable[Cell]:
    yield _code(f"{item.id}-exercise", "exercise", f'work.exercise("{item.id}")', item=item.id)
    if item.written:
        for name in item.form.criteria:  # type: ignore[attr-defined]
            yield _criterion(curriculum, item, name)
    elif not item.practice:
        # An alternative's own cell comes later, and what it earns stands in this one.
        instead = {
            other.id: _tables(versions, other) for other in assignment.items if other.form.alternative_to == item.id
        }
        tables = f"{_tables(versions, item)!r}" + (f", {instead!r}" if instead else "")
        # On one line, however long: Formgrader shows it above every mark.
        source = (
            f'work.require("{item.id}")\n'
            "### BEGIN HIDDEN TESTS\n"
            f'work.points("{item.id}", {tables})\n'
            "### END HIDDEN TESTS"
        )
        nothing = item.form.retake_of or item.form.alternative_to or item.form.set_aside == "none"
        points = 0 if nothing else hundredths(item.form.points)
        yield _code(item.id, "item", source, points=points, item=item.id)


def _tables(versions: Mapping[str, Mapping[int, Version]], item: Item) -> dict[int, dict[str, Any]]:
    return {number: _unexplained(version) for number, version in sorted(versions.get(item.id, {}).items())}


def _unexplained(version: Version) -> dict[str, Any]:
    table = {name: part for name, part in version.table.to_json().items() if not name.startswith("why")}
    data = {"shape": dict(version.shape), "table": table}
    if version.instead:
        return data | {"instead": _unexplained(version.instead), "hold": version.hold}
    return data


def _criterion(curriculum: Curriculum, item: Item, name: str) -> Cell:
    criterion = curriculum.criteria[name]
    most = len(criterion.levels) - 1
    levels = "\n".join(f"- **{points}**: {text}" for points, text in enumerate(criterion.levels))
    source = f"**{criterion.label}** (0 to {most} {'point' if most == 1 else 'points'})\n\n{levels}"
    key: Any = item.key
    if key is not None:
        scheme = _LEVEL.sub(r"- **\1**: ", key.mark_scheme[name].strip())
        if name == item.form.criteria[0]:  # type: ignore[attr-defined]
            model = "\n".join(f"> {line}" for line in key.model.strip().split("\n"))
            scheme += f"\n\nOne text that would earn full marks; others do too:\n\n{model}"
        source += f"\n\n=== BEGIN MARK SCHEME ===\n{_plain(curriculum, scheme)}\n\n=== END MARK SCHEME ==="
    return _markdown(f"{item.id}_{name}", "criterion", source, points=most * 100, item=item.id, criterion=name)


def _plain(curriculum: Curriculum, text: str) -> str:
    """Turn our roles into words: a notebook has no book beside it."""
    render = curriculum.context.render
    return _ROLE.sub(lambda role: _LINK.sub("", render.inline(role[0])).replace(ROOT, ""), text)


def _code(name: str, role: str, source: str, *, points: int | None = None, **ours: str) -> Cell:
    cell = _cell("code", name, role, source, points, task=False, ours=ours)
    cell["metadata"]["jupyter"] = {"source_hidden": True}
    # What only shows an exercise is noise to a marker. Cells with points keep theirs: the box for the score is in it.
    cell["metadata"]["tags"] = ["hide-input" if points is not None else "remove-input"]
    return {**cell, "outputs": [], "execution_count": None}


def _markdown(name: str, role: str, source: str, *, points: int | None = None, **ours: str) -> Cell:
    return _cell("markdown", name, role, source, points, task=points is not None, ours=ours)


def _cell(
    kind: str, name: str, role: str, source: str, points: int | None, *, task: bool, ours: Mapping[str, str]
) -> Cell:
    nbgrader: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None and not task,
        "solution": False,
        "locked": True,
        "task": task,
    }
    if points is not None:
        nbgrader["points"] = points / 100
    metadata = {"nbgrader": nbgrader, "mindbody": {"role": role, **ours}}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
