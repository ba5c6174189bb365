"""Honest submissions of any quality, generated: what trainees of different strength would hand in."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mindbody.course.grading import ItemTables, Tables
from mindbody.course.release import environment
from mindbody.marking import FULL, MarkingTable

SAID = "2026-11-20T09:30:00+00:00"
TEXT = """It may be that she keeps away from what she felt [2], and it may as well be that the work had to be
done. “Perhaps”, she says & 3 < 4; naïve, größer, 心, and a 'quote' too."""


def submission(specs: Mapping[str, Any], tables: Tables, *, learner: str, quality: float, seed: int) -> dict[str, Any]:
    """Make the ``answers.json`` of one trainee.

    Parameters
    ----------
    specs
        Item -> its public data.
    tables
        The assignment's tables, from which a good trainee knows what is right.
    learner
        Her id.
    quality
        From 0 (guesses, leaves much out) to 1 (everything right).
    seed
        The same seed makes the same submission.
    """
    rng = random.Random(seed)
    items = {}
    for name, item in tables.items.items():
        if rng.random() > 0.7 + 0.3 * quality or (item.retake_of and rng.random() < 0.5):
            continue
        first, last = (answer_of_quality(specs[name], item, quality, rng) for _ in range(2))
        state = {"at": SAID, "confidence": rng.choice([None, 0, 55, 100]), "points": None, "max": None}
        checked = not item.practice or rng.random() < 0.9
        items[name] = {
            "version": item.version,
            "answer": last,
            "first": {"answer": first, **state} if checked else None,
            "last": {"answer": last, **state} if checked else None,
            "attempts": 2 if checked else 0,
            "confidence": state["confidence"],
            "saved_at": SAID,
        }
    return {
        "format": "mindbody-answers/1",
        "course": tables.course,
        "assignment": tables.assignment,
        "learner": {"id": learner},
        "profession": None,
        "language": None,
        "saved_at": SAID,
        "items": items,
    }


def perfect(specs: Mapping[str, Any], tables: Tables, learner: str = "perfect") -> dict[str, Any]:
    """Make a submission that earns every point."""
    return submission(specs, tables, learner=learner, quality=1, seed=1)


def answer_of_quality(spec: Mapping[str, Any], item: ItemTables, quality: float, rng: random.Random) -> dict[str, Any]:
    """Make an answer to one item, from a guess (0) to all right (1)."""
    answer: dict[str, Any] = {"atoms": [], "numbers": {}, "texts": {}}
    if item.written:
        if rng.random() < 0.85 or quality == 1:
            answer["texts"]["text"] = " ".join(rng.choices(TEXT.split(), k=rng.randint(3, 150)))
        return answer
    table, shape = item.versions[item.version].table, spec["shape"]
    best = best_answer(table, shape)
    ranges = {name: spans for group in table.groups for name, spans in group.ranges.items()}
    chosen: set[str] = set()
    for name, field in shape["fields"].items():
        if field.get("number"):
            answer["numbers"][name] = _number(ranges.get(name, []), quality, rng) or "50" * (quality == 1)
        elif "text" in field:
            answer["texts"][name] = _typed(name, field, shape, rng)
        else:
            chosen |= _choose(field, best, quality, rng)
    for order in shape.get("orders", []):
        chosen = {atom for atom in chosen if "<" not in atom} | _order(order["items"], best, quality, rng)
    answer["atoms"] = sorted(_within(chosen, shape, best))
    return answer


def answer_to(spec: Mapping[str, Any], table: MarkingTable | None, quality: float, seed: int) -> dict[str, Any]:
    """Make an answer to an item that stands in no course, e.g. a sample; without a table it is written work."""
    versions = {} if table is None else {spec["version"]: SimpleNamespace(table=table)}
    item: Any = SimpleNamespace(written=table is None, version=spec["version"], versions=versions)
    return answer_of_quality(spec, item, quality, random.Random(seed))


def best_answer(table: MarkingTable, shape: Mapping[str, Any]) -> frozenset[str]:
    """Return the atoms that earn every point of an item, as far as atoms earn them, within its shape.

    Works for every kind from its table alone: what a gate needs, then what earns most, one of each set of rivals.
    """
    credit = {atom: value for group in table.groups for atom, value in group.credits.items()}
    needed = {atom for gate in table.gates for atom in gate.all_of}
    rivals = [set(atoms) for group in table.groups for atoms in group.best_of]
    fields = [field for field in shape["fields"].values() if "atoms" in field]
    free = [field["atoms"] for field in fields if field.get("at_most") != 1]
    single = [field["atoms"] for field in fields if field.get("at_most") == 1]
    wanted = {atom for atoms in free for atom in atoms if credit.get(atom, 0) >= FULL or atom in needed}
    chosen: set[str] = set()
    for atoms in single:
        # The tries after a first right one stay empty; a field that earns nothing is answered all the same.
        spent = any(chosen & others and set(atoms) <= others for others in rivals)
        if not spent:
            chosen.add(max(atoms, key=lambda atom: credit.get(atom, 0)))
    for others in rivals:
        if len(both := wanted & others) > 1:
            wanted -= both - {max(sorted(both), key=lambda atom: credit[atom])}
    chosen |= wanted
    for order in shape.get("orders", []):
        chosen = {atom for atom in chosen if "<" not in atom} | _order(order["items"], credit.keys(), 1)
    for field in fields:
        if field.get("required") and not chosen & set(field["atoms"]):
            # A place for which the key has nothing but half a credit is not left empty.
            chosen.add(max(field["atoms"], key=lambda atom: credit.get(atom, 0)))
    return frozenset(_within(chosen, shape, chosen))


def best_numbers(table: MarkingTable, shape: Mapping[str, Any]) -> dict[str, str]:
    """Return numbers that earn every point of an item; unmarked ones are answered too."""
    ranges = {name: spans for group in table.groups for name, spans in group.ranges.items()}
    names = [name for name, field in shape["fields"].items() if field.get("number")]
    return {name: str(ranges[name][0]["from"]) if name in ranges else "50" for name in names}


def _choose(field: Mapping[str, Any], best: Collection[str], quality: float, rng: random.Random) -> set[str]:
    right = [atom for atom in field["atoms"] if atom in best]
    if field.get("at_most") == 1:
        if not field.get("required") and not right:
            return {rng.choice(field["atoms"])} if rng.random() < (1 - quality) / 2 else set()
        return {rng.choice(right) if right and rng.random() < quality else rng.choice(field["atoms"])}
    chosen = {atom for atom in right if rng.random() < quality}
    return chosen | {atom for atom in field["atoms"] if atom not in best and rng.random() < (1 - quality) / 3}


def _typed(name: str, field: Mapping[str, Any], shape: Mapping[str, Any], rng: random.Random) -> str:
    if name.startswith("sure:"):
        return rng.choice(["likely", "possible", "a guess"])
    if name == "cut-arrow":
        return str(shape["fields"]["arrows"]["atoms"][0])
    return " ".join(rng.choices(TEXT.split(), k=12))[: field["text"]["max"]]


def _order(items: Sequence[str], pairs: Collection[str], quality: float, rng: random.Random | None = None) -> set[str]:
    """Make one order of things, the best by its pairs or, at a poor quality, one with some of them swapped."""
    order = sorted(items, key=lambda item: -sum(f"{item}<{other}" in pairs for other in items))
    for place in range(len(order) - 1):
        if rng and rng.random() > quality:
            other = rng.randrange(len(order))
            order[place], order[other] = order[other], order[place]
    return {f"{first}<{second}" for first, second in combinations(order, 2)}


def _within(chosen: set[str], shape: Mapping[str, Any], best: Collection[str]) -> set[str]:
    """Keep to the shape, as the page does: what is right stays, rather than what is not."""
    chosen = chosen - set(shape.get("given", []))
    for rule in shape.get("excludes", []):
        if rule["if"] in chosen and (others := chosen & set(rule["not"])):
            chosen = chosen - (others if rule["if"] in best and not others & set(best) else {rule["if"]})
    limits = [*shape.get("at_most", []), *({"atoms": f["atoms"], "n": f["at_most"]} for f in _limited(shape))]
    for limit in limits:
        held = sorted(chosen & set(limit["atoms"]), key=lambda atom: (atom not in best, atom))
        chosen = chosen - set(held[limit["n"] :])
    return chosen


def _limited(shape: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [field for field in shape["fields"].values() if "atoms" in field and field.get("at_most") is not None]


def _number(spans: Sequence[Mapping[str, Any]], quality: float, rng: random.Random) -> str:
    if not spans:  # unmarked, e.g. how sure she is of a card
        return rng.choice(["", "0", "50", "80 %", "100"])
    if rng.random() < quality:
        return rng.choice([str(spans[0]["from"]), f" {spans[0]['to']} ", str(spans[0]["from"]).replace(".", ",")])
    return rng.choice([str(rng.randint(0, 5000)), "1,234.5", "", *(str(span["to"]) for span in spans[1:])])


def hand_in(course_dir: Path, student: str, data: Mapping[str, Any] | bytes | None, assignment: str) -> Path:
    """Put a submission where the intake puts it, and return its folder."""
    folder = course_dir / "submitted" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(course_dir / "release" / assignment / f"{assignment}.ipynb", folder / f"{assignment}.ipynb")
    (folder / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC", encoding="utf-8")
    if data is not None:
        text = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        (folder / "answers.json").write_bytes(text)
    return folder


def specs_of(course_dir: Path, assignment: str) -> dict[str, Any]:
    """Return item -> public data, as the release has it."""
    path = course_dir / "release" / assignment / "exercise.json"
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    return {name.partition("/")[2]: spec for name, spec in items.items()}


def hand_in_class(course_dir: Path, count: int) -> None:
    """Hand in ``count`` submissions, the assignments by turns, from guesses to perfect."""
    assignments = sorted(path.name for path in (course_dir / "release").iterdir())
    known = {name: (specs_of(course_dir, name), Tables.read(course_dir, name)) for name in assignments}
    for index in range(count):
        assignment = assignments[index % len(assignments)]
        specs, tables = known[assignment]
        learner = f"trainee-{index:03}"
        quality = index // len(assignments) / max(1, (count - 1) // len(assignments))
        data = submission(specs, tables, learner=learner, quality=quality, seed=index)
        hand_in(course_dir, learner, data, assignment)


def nbgrader(course_dir: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command in a course, as an instructor would; the caller looks whether it succeeded."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(
        command, cwd=course_dir, env=environment(), capture_output=True, text=True, check=False, **options
    )


@dataclass(frozen=True)
class Row:
    """A row of nbgrader's gradebook."""

    auto: float | None
    manual: float | None
    score: float
    max: float
    waiting: bool


_ROWS = """
SELECT assignment.name, submitted_assignment.student_id, base_cell.name, grade.auto_score, grade.manual_score,
       coalesce(grade.manual_score, grade.auto_score, 0.0), coalesce(grade_cells.max_score, task_cells.max_score),
       grade.needs_manual_grade
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
LEFT JOIN task_cells ON task_cells.id = base_cell.id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
"""


def gradebook(course_dir: Path) -> dict[tuple[str, str, str], Row]:
    """Return (assignment, trainee, cell) -> what nbgrader's gradebook says."""
    # In one query: nbgrader's own objects take half a second a class.
    with closing(sqlite3.connect(f"file:{course_dir / 'gradebook.db'}?mode=ro", uri=True)) as book:
        return {(row[0], row[1], row[2]): Row(*row[3:7], bool(row[7])) for row in book.execute(_ROWS)}


def stock(course_dir: Path, copy: Path) -> Path:
    """Copy a course with its submissions and take our plug-ins away: there nbgrader starts kernels."""
    shutil.copytree(course_dir, copy)
    settings = 'c = get_config()\nc.CourseDirectory.course_id = "mind-body-formulation"\n'
    (copy / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    return copy


def cells(course_dir: Path, student: str, assignment: str) -> list[Any]:
    """Return (id, source, outputs) of each cell of a marked notebook."""
    path = course_dir / "autograded" / student / assignment / f"{assignment}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [
        (cell["id"], "".join(cell["source"]), [output.get("data", output) for output in cell.get("outputs", [])])
        for cell in notebook["cells"]
    ]
