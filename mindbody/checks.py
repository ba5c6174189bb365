"""Checks across files: what one form alone cannot know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mindbody import warmup
from mindbody.items.base import hundredths
from mindbody.model import Assignment, AssignmentForm, Chapter, Item, Plan, TestBlueprint
from mindbody.text import Renderer, TextError
from mindbody.yamlfile import Location, Problem, Source

LEAK_WORDS = 14
"""Shorter runs of words may stand in a key and elsewhere by chance; longer ones are a leak."""

IDEAS = tuple(f"S{number}" for number in range(1, 29))
"""The ideas of the source essay, each of which has a home in the book."""

_CELL = re.compile(r"""\bexercise\(\s*["']([^"']+)["']\s*\)""")


class Placed(NamedTuple):
    """An item and where it stands."""

    item: Item
    source: Source
    at: Location


def check_place(source: Source, head: AssignmentForm, chapter: Chapter | None) -> Iterator[Problem]:
    """Ask of the head of a bank file one place for its items: a chapter that exists, or a page of their own."""
    if sum([head.chapter is not None, head.page is not None, head.pool]) != 1:
        message = "an assignment stands in a chapter or on a page of its own: write either `chapter:` or `page:`"
        yield source.problem(("page",) if head.page else ("assignment",), message)
    elif head.chapter is not None and chapter is None:
        message = f"chapter {head.chapter} is not in assets/objectives.yaml: mend the number"
        yield source.problem(("chapter",), message)
    elif head.warm_up and chapter is None:
        message = "a warm-up belongs to a chapter, and this page is none: remove `warm_up`"
        yield source.problem(("warm_up",), message)


def check_points(source: Source, head: AssignmentForm, items: list[Item]) -> Iterator[Problem]:
    """Compare the declared points with the sum of the items."""
    counted = [item for item in items if not (item.practice or item.form.retake_of or item.form.alternative_to)]
    for name, declared, chosen in (
        ("graded", head.points.graded, [item for item in counted if not item.written]),
        ("written", head.points.written, [item for item in counted if item.written]),
    ):
        total = sum(hundredths(item.form.points) for item in chosen)
        if total != round(declared * 100):
            yield source.problem(
                ("points", name),
                f"the {name} items add up to {total / 100:g} points, not {declared:g}: mend one",
            )


def check_texts(sources: Iterable[Source], render: Renderer) -> Iterator[Problem]:
    """Look for roles in texts that name what does not exist."""
    for source, location, text in strings(sources):
        try:
            render.inline(text)
        except TextError as error:
            yield source.problem(location, str(error))


def check_objectives(source: Source, plan: Plan, placed: Collection[Placed]) -> Iterator[Problem]:
    """Look for ideas without a home, and items of an objective that does not exist."""
    known = {objective for chapter in plan.chapters for objective in chapter.objectives}
    for missing in [name for name in IDEAS if name not in plan.ideas]:
        yield source.problem(("ideas",), f"idea {missing} of the essay has no line: add it with its homes")
    for name in [name for name in plan.ideas if name not in IDEAS]:
        yield source.problem(("ideas", name), f"the essay has ideas S1 to S{len(IDEAS)}: rename or remove {name}")
    for name, idea in plan.ideas.items():
        for home in set(idea.homes) - known:
            message = f'objective "{home}" does not exist: give {name} a home that does'
            yield source.problem(("ideas", name, "homes"), message)
    for item, bank, at in placed:
        for objective in set(item.form.objectives) - known:
            message = f'objective "{objective}" is not in {source.name}: mend its id'
            yield bank.problem((*at, "objectives"), message)


def check_ready(source: Source, plan: Plan, placed: Collection[Placed]) -> Iterator[Problem]:
    """Ask of each ready chapter its file, assignment and review, and of each objective two items of two kinds."""
    for index, chapter in enumerate(plan.chapters):
        at: Location = ("chapters", index)
        if chapter.status == "planned":
            continue
        for name in ("file", "assignment", "review"):
            if getattr(chapter, name) is None:
                yield source.problem(at, f"chapter {chapter.number} is ready and has no `{name}`: add it")
        for objective in chapter.objectives:
            own = [item for item, _, _ in placed if item.assignment == chapter.assignment]
            testing = [item for item in own if objective in item.form.objectives]
            if len(testing) < 2 or len({item.kind.name for item in testing}) < 2:
                have = ", ".join(f"{item.id} ({item.kind.name})" for item in testing) or "none"
                message = (
                    f'objective "{objective}" needs two items of two kinds (it has {have}) in its own chapter\'s'
                    " assignment: add one"
                )
                yield source.problem((*at, "objectives", objective), message)


def check_own_objectives(plan: Plan, placed: Collection[Placed]) -> Iterator[Problem]:
    """Ask of each item of a chapter that it serves an objective of that chapter, whatever else it serves."""
    chapters = {chapter.assignment: chapter for chapter in plan.chapters if chapter.assignment}
    for item, bank, at in placed:
        chapter = chapters.get(item.assignment)
        if chapter and not set(item.form.objectives) & set(chapter.objectives):
            known = ", ".join(chapter.objectives)
            message = f"no objective of chapter {chapter.number} is named: add one of {known}, or move the item"
            yield bank.problem((*at, "objectives"), message)


def check_safety(placed: Collection[Placed]) -> Iterator[Problem]:
    """Ask of practice questions on safety that they ask how sure one is: sure and mistaken leads to a re-take."""
    for item, source, at in placed:
        if item.practice and item.form.safety and item.kind.name in warmup.KINDS and not item.form.confidence:
            message = "practice on safety asks how sure one is: add `confidence: true`"
            yield source.problem((*at, "safety"), message)


def check_links(assignments: Mapping[str, Assignment], placed: Mapping[str, Placed]) -> Iterator[Problem]:
    """Look for items that name another item, or a gate, that is not there."""
    for assignment in assignments.values():
        names = {item.id for item in assignment.items}
        for item in assignment.items:
            _, source, at = placed[item.full_id]
            for name in ("retake_of", "alternative_to"):
                other = getattr(item.form, name)
                if other and other not in names:
                    message = f'item "{other}" is not in this assignment: mend its id'
                    yield source.problem((*at, name), message)
            beside = next((other for other in assignment.items if other.full_id == item.beside), None)
            if item.beside and (beside is None or beside.kind.name != "placement"):
                message = "`beside` names no placement item of this assignment: mend its id"
                yield source.problem((*at, "beside"), message)
            if item.form.behind_gate and not assignment.opens_after:
                message = "the assignment has no `opens_after`: name the gate that opens it"
                yield source.problem((*at, "behind_gate"), message)


def check_gates(assignments: Mapping[str, Assignment], placed: Mapping[str, Placed]) -> Iterator[Problem]:
    """Ask of each gate two variants of one mode, and of each ``opens_after`` a practice gate."""
    gates: dict[str, list[Item]] = {}
    for item, _, _ in placed.values():
        if item.form.gate:
            gates.setdefault(f"{item.assignment}/{item.form.gate}", []).append(item)
    for gate, items in gates.items():
        _, source, at = placed[items[0].full_id]
        if len(items) == 1:
            name = items[0].form.gate
            message = f'gate "{gate}" has one variant: add a second item with `gate: {name}` for a re-take'
            yield source.problem((*at, "gate"), message)
        if len({item.form.mode for item in items}) > 1:
            yield source.problem((*at, "gate"), f'gate "{gate}" mixes practice and graded items: use two gates')
    for assignment in assignments.values():
        if assignment.opens_after and not any(item.practice for item in gates.get(assignment.opens_after, [])):
            source = placed[assignment.items[0].full_id].source
            message = f'"{assignment.opens_after}" is no practice gate (there are {", ".join(gates) or "none"})'
            yield source.problem(("opens_after",), message)


def check_chapters(root: Path, source: Source, plan: Plan, placed: Mapping[str, Placed]) -> Iterator[Problem]:
    """Compare the cells of each ready chapter's page with the items of its assignment."""
    for index, chapter in enumerate(plan.chapters):
        if chapter.status != "ready" or not chapter.file:
            continue
        if (root / f"{chapter.file}.md").is_file():
            yield from _check_cells(root, chapter.file, {chapter.assignment or ""}, placed)
        else:
            message = f"{chapter.file}.md does not exist: write it or mend the name"
            yield source.problem(("chapters", index, "file"), message)


def check_guides(root: Path, assignments: Mapping[str, Assignment], placed: Mapping[str, Placed]) -> Iterator[Problem]:
    """Compare the cells of each page of samples with its items, of one bank file or several; no two share an id."""
    guides: dict[str, set[str]] = {}
    for assignment in assignments.values():
        if assignment.guide and assignment.items:
            guides.setdefault(str(assignment.page), set()).add(assignment.id)
    for page, shown in guides.items():
        first: dict[str, str] = {}
        for full_id, (item, bank, at) in placed.items():
            # They stand on one page, where an exercise's address is its id alone.
            if item.assignment in shown and (other := first.setdefault(item.id, full_id)) != full_id:
                message = f'id "{item.id}" is also that of {other}, and both stand on {page}.md: give one another id'
                yield bank.problem((*at, "id"), message)
        if (root / f"{page}.md").is_file():
            yield from _check_cells(root, page, shown, placed)
        else:
            bank = placed[next(iter(first.values()))].source
            yield bank.problem(("page",), f"{page}.md does not exist: write it or mend the name")


def check_own_pages(
    root: Path, plan: Plan, assignments: Mapping[str, Assignment], placed: Mapping[str, Placed]
) -> Iterator[Problem]:
    """Compare each page that is no chapter and carries an assignment with the items of that assignment."""
    taken = {str(chapter.file): f"chapter {chapter.number}" for chapter in plan.chapters if chapter.file}
    for assignment in assignments.values():
        if assignment.page is None or assignment.guide or not assignment.items:
            continue
        bank = placed[assignment.items[0].full_id].source
        file = str(assignment.file)
        if file in taken:
            message = f"{file}.md is the page of {taken[file]}: give this assignment a page of its own"
            yield bank.problem(("page",), message)
            continue
        taken[file] = f'the assignment "{assignment.id}"'
        if not (root / f"{file}.md").is_file():
            yield bank.problem(("page",), f"{file}.md does not exist: write it or mend the name")
            continue
        yield from _check_cells(root, file, {assignment.id}, placed)
        if not re.search(rf"\{{submission\}}\s+{assignment.id}\s", (root / f"{file}.md").read_text(encoding="utf-8")):
            message = f"the page has no {{submission}} {assignment.id}: add it, nobody can hand in the work without"
            yield Problem(f"{file}.md", 1, message)


def check_test_pages(root: Path, source: Source, blueprint: TestBlueprint) -> Iterator[Problem]:
    """Ask of each test's page that it shows the items of its test and the panel for handing them in."""
    for name, test in blueprint.tests.items():
        path = root / f"{test.page}.md"
        if not path.is_file():
            yield source.problem(("tests", name, "page"), f"{test.page}.md does not exist: write it or mend the name")
            continue
        text = path.read_text(encoding="utf-8")
        for directive in ("test-items", "submission"):
            if not re.search(rf"\{{{directive}\}}\s+{name}\s", text):
                yield Problem(f"{test.page}.md", 1, f"the page has no {{{directive}}} {name}: add it")


def _check_cells(root: Path, file: str, shows: Collection[str], placed: Mapping[str, Placed]) -> Iterator[Problem]:
    shown: set[str] = set()
    for line, text in enumerate((root / f"{file}.md").read_text(encoding="utf-8").splitlines(), 1):
        for name in _CELL.findall(text):
            shown.add(name)
            if name not in placed:
                yield (Problem(f"{file}.md", line, f'there is no exercise "{name}": mend its id'))
    for full_id, (item, bank, at) in placed.items():
        if item.assignment in shows and full_id not in shown:
            yield bank.problem((*at, "id"), f'no cell of {file}.md shows it: add exercise("{full_id}")')


def check_leaks(root: Path, key_sources: Iterable[Source]) -> Iterator[Problem]:
    """Look for runs of words of the graded keys in everything that ships."""
    shipping: dict[str, str] = {}
    for folder, pattern in (("chapters", "**/*.md"), ("assets/cases", "*.yaml"), ("exercises/bank", "*.yaml")):
        for path in sorted((root / folder).glob(pattern)):
            name = path.relative_to(root).as_posix()
            shipping |= dict.fromkeys(_runs(path.read_text(encoding="utf-8")), name)
    for source in key_sources:
        for location, text in strings_of(source.data):
            leak = next((run for run in _runs(text) if run in shipping), None)
            if leak:
                message = f'"{leak}" of a graded key also stands in {shipping[leak]}, which ships: reword one'
                yield source.problem(location, message)


def strings(sources: Iterable[Source]) -> Iterator[tuple[Source, Location, str]]:
    """Return every text of some files, and where it stands."""
    for source in sources:
        for location, text in strings_of(source.data):
            yield source, location, text


def strings_of(data: Any, at: Location = ()) -> Iterator[tuple[Location, str]]:
    """Return every text of some data, and where it stands in it."""
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from strings_of(value, (*at, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings_of(value, (*at, index))


def _runs(text: str) -> Iterator[str]:
    """Cut a text into runs of words, any of which would give it away."""
    words = re.sub(r"\{\S+?\}`[^`]*`|\W+", " ", text).lower().split()
    for start in range(len(words) - LEAK_WORDS + 1):
        yield " ".join(words[start : start + LEAK_WORDS])
