"""Correcting an item after its release: who would be marked differently, and by which key older answers are marked.

An item that changes gets a new version, and an older answer is marked by the version that was answered until the
instructor says otherwise. A key that was merely wrong is mended (``mindbody course --mend-keys``). In either case
nobody's mark goes down unless the instructor says so: what more the former key gave stands, and is shown as held.
What is decided stands in the files of the marking tables, so every way of marking obeys it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from mindbody.course.export import table
from mindbody.course.feedback_page import POLICY, STYLE
from mindbody.course.grading import KEPT, CourseError, ItemTables, Marked, Tables, mark_submission
from mindbody.course.release import write
from mindbody.course.scores import results

HEAD = ("trainee", "exercise", "answered_version", "before", "after", "difference", "of", "note")


@dataclass(frozen=True)
class Change:
    """What marking again changes for one trainee in one item.

    Attributes
    ----------
    before, after, most
        Points.
    note
        What the instructor should know of it, in words; empty when the points say all.
    """

    student: str
    item: str
    title: str
    version: int | None
    before: float
    after: float
    most: float
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Marks before and after; ``count`` is how many trainees handed in."""

    assignment: str
    title: str
    count: int
    changes: tuple[Change, ...]


def decide(
    course_dir: Path,
    assignment: str,
    items: Collection[str],
    *,
    newest: bool | None = None,
    lower: bool | None = None,
) -> list[str]:
    """Write down by which version answers to older versions are marked, and whether marks may go down.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment, items
        Which items; all that were corrected when empty.
    newest
        Mark answers to older versions by the newest (True) or by the version that was answered (False); None leaves it.
    lower
        Whether a mark may go down by a correction; None leaves it.

    Returns
    -------
    list of str
        The items whose decision is another one now.

    Raises
    ------
    CourseError
        If there is no such item, or it was never corrected.
    """
    tables, folder = Tables.read(course_dir, assignment), course_dir / KEPT / "tables" / assignment
    for name in items:
        if name not in tables.items:
            raise CourseError(f'{assignment} has no exercise "{name}": there are {", ".join(tables.items)}')
    corrected = [item for item in tables.items.values() if _corrected(folder, item)]
    strangers = sorted(set(items) - {item.id for item in corrected})
    if strangers:
        raise CourseError(
            f"{', '.join(strangers)}: there is one version of it and its key was never mended: edit the bank and the"
            " keys, raise `version` in both, and run `mindbody course` first"
        )
    changed = []
    for item in corrected:
        if items and item.id not in items:
            continue
        for number in item.versions:
            path = folder / f"{item.id}@{number}.json"
            before = json.loads(path.read_text(encoding="utf-8"))
            data = dict(before)
            if newest is not None:
                data["by"] = item.version if newest and number < item.version else None
            if lower is not None:
                data["hold"] = not lower
            if data != before:
                write(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
                changed.append(item.id)
    return list(dict.fromkeys(changed))


def compare(course_dir: Path, assignment: str, database: str | None = None) -> Comparison:
    """Compare the points that stand in the gradebook with what marking again would give.

    Whoever is not in the gradebook is compared with the mark by the version she answered, as it was handed out.
    """
    tables = Tables.read(course_dir, assignment)
    uncorrected = _without_corrections(tables)
    changes, count = [], 0
    for result in results(course_dir, assignment, database):
        count += 1
        if result.submission is None:
            continue
        former = mark_submission(result.submission, uncorrected)
        for item in tables.items.values():
            if not item.counted and not item.gate:
                continue
            score, now = result.scores.get(item.id), result.marked.items[item.id]
            before = former.items[item.id].points / 100
            if score and score.auto is not None and item.counted:
                before = score.auto
            notes = [*_held(now.corrected), *_gate(former, result.marked, item)]
            if score and score.manual is not None and item.counted:
                notes.append(f"you set {score.manual:g} points by hand; that stands")
            if item.set_aside and item.counted:
                notes.append(f"set aside: {_SET_ASIDE[item.set_aside]}")
            if before != now.points / 100 or notes:
                changes.append(
                    Change(
                        result.student,
                        item.id,
                        item.title,
                        now.version,
                        before,
                        now.points / 100,
                        now.max / 100,
                        "; ".join(notes),
                    )
                )
    return Comparison(assignment, tables.title, count, tuple(changes))


_SET_ASIDE = {"full": "everybody who handed in has its points", "none": "it counts for nobody; the answers are kept"}


def _held(corrected: int | None) -> list[str]:
    return [] if corrected is None else [f"held: by the corrected key it would be {corrected / 100:g}"]


def _gate(former: Marked, now: Marked, item: ItemTables) -> list[str]:
    before, after = former.items[item.id].passed, now.items[item.id].passed
    if not item.gate or before == after:
        return []
    said = {True: "passed", False: "not passed", None: "not answered"}
    return [f"gate: {said[before]} before, {said[after]} now"]


def _corrected(folder: Path, item: ItemTables) -> bool:
    if len(item.versions) > 1:
        return True
    path = folder / f"{item.id}@{item.version}.json"
    return bool(json.loads(path.read_text(encoding="utf-8")).get("former"))


def _without_corrections(tables: Tables) -> Tables:
    items = {
        name: replace(
            item,
            set_aside=None,
            versions={number: replace(version, instead=None) for number, version in item.versions.items()},
        )
        for name, item in tables.items.items()
    }
    return replace(tables, items=items)


# --- the report ---


def csv_of(comparison: Comparison) -> bytes:
    """Return the changes as CSV, safe to open in a spreadsheet."""
    return table([HEAD, *map(_cells, comparison.changes)])


def _cells(change: Change) -> list[object]:
    return [
        change.student,
        change.item,
        change.version,
        float(change.before),
        float(change.after),
        float(change.after - change.before),
        float(change.most),
        change.note,
    ]


def summary(comparison: Comparison) -> str:
    """Say in one sentence what changes."""
    up = {change.student for change in comparison.changes if change.after > change.before}
    down = {change.student for change in comparison.changes if change.after < change.before}
    held = {change.student for change in comparison.changes if change.note.startswith("held")}
    moved = [change.after - change.before for change in comparison.changes if change.after != change.before]
    if not moved and not held:
        return f"No mark of the {comparison.count} who handed in changes."
    mean = sum(moved) / max(1, len(up | down))
    said = f"Of {comparison.count} who handed in, {len(up)} gain and {len(down)} lose points"
    if moved:
        said += f", {mean:+.2f} on average of those"
    return said + (f"; {len(held)} keep points that the corrected key would not give." if held else ".")


def page_of(comparison: Comparison) -> str:
    """Return the changes as a page for the instructor, without a script."""
    rows = "".join(_row(change) for change in comparison.changes)
    body = (
        "<table><thead><tr><th scope='col'>Trainee</th><th scope='col'>Exercise</th>"
        "<th scope='col' class='n'>Before</th><th scope='col' class='n'>After</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Before and after: {_safe(comparison.title)}</title>
<style>{STYLE}</style></head>
<body><main><header><p class='quiet'>{_safe(comparison.assignment)} · before and after a correction</p>
<h1>{_safe(comparison.title)}</h1></header>
<p>{_safe(summary(comparison))}</p>
{body}
</main></body></html>
"""


def _row(change: Change) -> str:
    note = f"<span class='quiet'>{_safe(change.note)}</span>" if change.note else ""
    version = f" <span class='quiet'>answered version {change.version}</span>" if change.version else ""
    return (
        f"<tr><th scope='row'>{_safe(change.student)}</th><td>{_safe(change.title)}{version}{note}</td>"
        f"<td class='n'>{change.before:g}</td><td class='n'>{change.after:g} of {change.most:g}</td></tr>"
    )


def _safe(text: object) -> str:
    return html.escape(str(text).encode("utf-8", "replace").decode("utf-8"), quote=True)


def write_report(comparison: Comparison, folder: Path) -> Iterable[Path]:
    """Write ``ASSIGNMENT-before-after.html`` and ``.csv`` into a folder and return them.

    Raises
    ------
    CourseError
        If the folder cannot be written.
    """
    stem = folder / f"{comparison.assignment}-before-after"
    made = {stem.with_name(f"{stem.name}.html"): page_of(comparison).encode()}
    made[stem.with_name(f"{stem.name}.csv")] = csv_of(comparison)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in made.items():
            path.write_bytes(data)
    except OSError as error:
        raise CourseError(f"{folder} cannot be written ({error.strerror}): name another with --out") from None
    return list(made)
