"""The curriculum: reads objectives, cases, exercises, keys and references, and binds them together.

This is the only reader of the project's YAML. Every mistake it finds is one sentence with file, line and remedy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from mindbody.bibliography import read_labels
from mindbody.items import KINDS, Case, Context, Criterion, ItemForm, KeyForm, Kind
from mindbody.items.base import Identifier, Review, Strict, Text, hundredths
from mindbody.marking import MarkingTable
from mindbody.text import ROOT, Renderer, TextError
from mindbody.yamlfile import AuthoringError, Location, Problem, Source, read_yaml

FORMAT = 1
LEAK_WORDS = 14
"""Shorter runs of words may stand in a key and elsewhere by chance; longer ones are a leak."""

_CELL = re.compile(r"""\bexercise\(\s*["']([^"']+)["']\s*\)""")


class Instructor(Strict):
    """Whom learners write to; empty until a course fills it in."""

    name: str = ""
    email: str = ""


class Course(Strict):
    """Settings of one course (``exercises/course.yaml``)."""

    course: Identifier
    title: Text
    instructor: Instructor = Instructor()
    crisis: Text
    gate_way_round: bool = True


class Part(Strict):
    """A part of the book."""

    number: int
    title: Text


class Chapter(Strict):
    """A chapter: what a learner will be able to do, and whether it is written yet."""

    number: int
    code: Identifier
    part: int
    title: Text
    status: Literal["planned", "ready"]
    objectives: dict[str, Text]
    file: str | None = None
    assignment: str | None = None
    review: Review | None = None


class Idea(Strict):
    """An idea of the source essay, the objectives that give it a home, and how well it stands."""

    idea: Text
    homes: Annotated[tuple[str, ...], Field(min_length=1)]
    badge: Text


class Plan(Strict):
    """``assets/objectives.yaml``."""

    parts: tuple[Part, ...]
    chapters: tuple[Chapter, ...]
    ideas: dict[str, Idea]


class Points(Strict):
    """Declared totals of an assignment: automatically marked graded items, and written work."""

    graded: float
    written: float


class AssignmentForm(Strict):
    """The head of a bank file."""

    assignment: Identifier
    chapter: int
    title: Text
    opens_after: str | None = None
    points: Points
    items: Annotated[tuple[Any, ...], Field(min_length=1)]


class KeysForm(Strict):
    """The head of a keys file."""

    assignment: Identifier
    items: dict[str, Any]
    narratives: dict[str, Text] = {}


@dataclass(frozen=True)
class Item:
    """An item with its kind; ``key`` is None where the graded keys are kept elsewhere."""

    id: str
    assignment: str
    kind: Kind
    form: ItemForm
    key: KeyForm | None

    @property
    def full_id(self) -> str:
        """The id that is unique in the course, e.g. ``07-conflict/c1-corners``."""
        return f"{self.assignment}/{self.id}"

    @property
    def practice(self) -> bool:
        """Whether key and explanations travel with the page."""
        return self.form.mode == "practice"

    @property
    def written(self) -> bool:
        """Whether a person marks it."""
        return self.kind.name == "text"


@dataclass(frozen=True)
class Assignment:
    """The items of one chapter, in the order of its bank file."""

    id: str
    title: str
    chapter: Chapter
    opens_after: str | None
    items: tuple[Item, ...]
    narratives: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Curriculum:
    """Everything the book, the notebooks and the marking are made from."""

    root: Path
    course: Course
    plan: Plan
    cases: Mapping[str, Case]
    criteria: Mapping[str, Criterion]
    references: Mapping[str, str]
    assignments: Mapping[str, Assignment]
    context: Context
    files: Mapping[str, tuple[str, ...]]
    """Assignment -> the data files its pages are made from, relative to ``root``."""

    def item(self, full_id: str) -> Item:
        """Find an item by its full id.

        Raises
        ------
        KeyError
            If there is none; the message lists what there is in that assignment.
        """
        assignment, _, name = full_id.partition("/")
        items = {item.id: item for item in self.assignments[assignment].items} if assignment in self.assignments else {}
        if name not in items:
            known = ", ".join(items) or "none: assignments are " + ", ".join(self.assignments)
            raise KeyError(f'there is no exercise "{full_id}" (there are {known})')
        return items[name]

    def chapter(self, code_or_number: str) -> Chapter:
        """Find a chapter by its code (``dyn``) or number (``7``).

        Raises
        ------
        KeyError
            If there is none.
        """
        for chapter in self.plan.chapters:
            if code_or_number in {chapter.code, str(chapter.number)}:
                return chapter
        raise KeyError(f'there is no chapter "{code_or_number}"')


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


def load(root: Path | None = None) -> Curriculum:
    """Read and check the whole curriculum.

    Parameters
    ----------
    root
        The project; found as ``find_root`` does when None. Without ``exercises/keys`` graded items have no key and
        everything on the trainee's side still works.

    Raises
    ------
    AuthoringError
        With every mistake in every file.
    """
    return _Reader(root or find_root()).read()


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
        "needs": _needs_spec(curriculum, assignment) if form.behind_gate else None,
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
    return f"{curriculum.assignments[item.assignment].chapter.file}.html#ex-{item.id}"


def variants(curriculum: Curriculum, gate: str) -> list[Item]:
    """Return the items that are variants of a gate, e.g. ``02-medicine/red-flags``."""
    assignment, _, name = gate.partition("/")
    items = curriculum.assignments[assignment].items if assignment in curriculum.assignments else ()
    return [item for item in items if item.form.gate == name]


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
    chapter = curriculum.assignments[first.assignment].chapter
    return {
        "gate": assignment.opens_after,
        "title": f"{first.form.title} (chapter {chapter.number})",
        "href": ROOT + page_of(curriculum, first),
    }


class _Placed(NamedTuple):
    """An item and where it stands."""

    item: Item
    source: Source
    at: Location


class _Reader:
    """Collects problems over all files, so that an author sees every mistake at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self.key_sources: list[Source] = []

    def read(self) -> Curriculum:
        course = self.form(Course, self.source("exercises/course.yaml"))
        plan_source = self.source("assets/objectives.yaml")
        plan = self.form(Plan, plan_source)
        references = read_labels(self.root / "assets" / "references.bib")
        cases = self.cases()
        criteria = self.criteria()
        if not (course and plan and plan_source):
            raise AuthoringError(self.problems)
        excerpts = {name: frozenset(case.excerpts) for name, case in cases.items()}
        context = Context(cases, criteria, Renderer(references, excerpts))
        banks = [source for path in self.paths("exercises/bank") if (source := self.source(path))]
        keys = {source.name.split("/")[-1]: source for path in self.paths("exercises/keys") if (source := self.source(path))}
        self.key_sources = list(keys.values())
        assignments: dict[str, Assignment] = {}
        files: dict[str, tuple[str, ...]] = {}
        placed: dict[str, _Placed] = {}
        for source in banks:
            read = self.assignment(source, keys.pop(source.name.split("/")[-1], None), plan, context, placed)
            if read:
                if read.id in assignments:
                    self.add(source, ("assignment",), f'assignment "{read.id}" exists twice: rename one')
                assignments[read.id] = read
                used = {case for item in read.items for case in _cases_of(item)}
                shared = ("exercises/course.yaml", "exercises/rubrics.yaml", "assets/references.bib")
                files[read.id] = (source.name, *shared, *(f"assets/cases/{case}.yaml" for case in sorted(used)))
        for source in keys.values():
            self.add(source, (), "no file of this name in exercises/bank: rename it to its assignment's")
        self.check_texts(context.render)
        self.check_plan(plan_source, plan, placed.values())
        self.check_gates(assignments, placed)
        self.check_chapters(plan_source, plan, placed)
        self.check_leaks()
        if self.problems:
            raise AuthoringError(self.problems)
        return Curriculum(self.root, course, plan, cases, criteria, references, assignments, context, files)

    # Reading

    def add(self, source: Source, location: Location, message: str) -> None:
        self.problems.append(source.problem(location, message))

    def paths(self, folder: str) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in (self.root / folder).glob("*.yaml"))

    def source(self, path: str) -> Source | None:
        try:
            source = read_yaml(self.root / path, self.root)
        except AuthoringError as error:
            self.problems += error.problems
            return None
        self.sources.append(source)
        return source

    def form(self, model: Any, source: Source | None, at: Location = (), data: Any = None) -> Any:
        if source is None:
            return None
        try:
            return TypeAdapter(model).validate_python(source.data if data is None else data)
        except ValidationError as error:
            for fault in error.errors():
                self.add(source, (*at, *fault["loc"]), _say(fault, model))
            return None

    def cases(self) -> dict[str, Case]:
        cases: dict[str, Case] = {}
        for path in self.paths("assets/cases"):
            source = self.source(path)
            case = self.form(Case, source)
            if not (source and case):
                continue
            if case.id != Path(path).stem:
                self.add(source, ("id",), f'id "{case.id}" is not the file\'s name: make them the same')
            wanted = [str(number) for number in range(1, len(case.excerpts) + 1)]
            if list(case.excerpts) != wanted:
                self.add(source, ("excerpts",), f"excerpts must be numbered 1 to {len(wanted)} in order")
            cases[case.id] = case
        return cases

    def criteria(self) -> dict[str, Criterion]:
        source = self.source("exercises/rubrics.yaml")
        return self.form(dict[str, Criterion], source) or {}

    def assignment(
        self,
        source: Source,
        keys: Source | None,
        plan: Plan,
        context: Context,
        placed: dict[str, _Placed],
    ) -> Assignment | None:
        head = self.form(AssignmentForm, source)
        key_head = self.form(KeysForm, keys)
        if head is None or (keys and key_head is None):
            return None
        if source.name != f"exercises/bank/{head.assignment}.yaml":
            self.add(source, ("assignment",), f'"{head.assignment}" is not the file\'s name: make them the same')
        if key_head and keys and key_head.assignment != head.assignment:
            self.add(keys, ("assignment",), f'this file is of "{head.assignment}": write that')
        chapter = next((chapter for chapter in plan.chapters if chapter.number == head.chapter), None)
        if chapter is None:
            self.add(source, ("chapter",), f"chapter {head.chapter} is not in assets/objectives.yaml: mend the number")
            return None
        items: list[Item] = []
        graded_keys = dict(key_head.items) if key_head else {}
        for index, data in enumerate(head.items):
            at: Location = ("items", index)
            name = data.get("id") if isinstance(data, dict) else None
            graded_key = graded_keys.pop(name, None) if name else None
            item = self.item(source, at, data, (keys, ("items", str(name)), graded_key), head.assignment, context)
            if item is None:
                continue
            if item.full_id in placed:
                self.add(source, (*at, "id"), f'id "{item.id}" exists twice: ids are for ever, give the newer another')
            placed[item.full_id] = _Placed(item, source, at)
            items.append(item)
        for name in graded_keys:
            if keys:
                self.add(keys, ("items", name), f'item "{name}" is not in {source.name}: remove the key or mend its id')
        self.check_points(source, head, items)
        narratives = key_head.narratives if key_head else {}
        return Assignment(head.assignment, head.title, chapter, head.opens_after, tuple(items), narratives)

    def item(
        self,
        source: Source,
        at: Location,
        data: Any,
        graded: tuple[Source | None, Location, Any],
        assignment: str,
        context: Context,
    ) -> Item | None:
        if not isinstance(data, dict):
            self.add(source, at, "an item is a block of fields beginning with `id:`")
            return None
        kind = KINDS.get(str(data.get("kind")))
        if kind is None:
            self.add(source, (*at, "kind"), f'kind "{data.get("kind")}" does not exist (there are {", ".join(KINDS)})')
            return None
        public = {name: value for name, value in data.items() if name != "key"}
        form = self.form(kind.form, source, at, public)
        if form is None:
            return None
        keys, keys_at, key_data = graded
        if form.mode == "practice":
            key_source, key_at, key_data = source, (*at, "key"), data.get("key")
            if key_data is None:
                self.add(source, at, f'practice item "{form.id}" has no `key:`: add the right answer and a why for each')
                return None
            if keys and graded[2] is not None:
                self.add(keys, keys_at, f'"{form.id}" is practice and has its key in {source.name}: remove this one')
        else:
            key_source, key_at = keys, keys_at
            if "key" in data:
                self.add(source, (*at, "key"), f'graded item "{form.id}" has a key in what ships: move it to exercises/keys')
            if keys and key_data is None:
                self.add(source, at, f'graded item "{form.id}" has no key: add it to {keys.name}')
        key = self.form(kind.key, key_source, key_at, key_data) if key_source and key_data is not None else None
        if form.mode == "graded" and key is not None and key_source and key.version != form.version:
            wrong = "no version" if key.version is None else f"version {key.version}"
            self.add(key_source, key_at, f'the key of "{form.id}" has {wrong}, the item {form.version}: write version: {form.version}')
        for fault in kind.check(form, key, context):
            where, base = (key_source, key_at) if fault.part == "key" else (source, at)
            if where:
                self.add(where, (*base, *fault.location), f'item "{form.id}": {fault.message}')
        return Item(form.id, assignment, kind, form, key)

    # Checks across files

    def check_points(self, source: Source, head: AssignmentForm, items: list[Item]) -> None:
        counted = [item for item in items if not item.practice and not item.form.retake_of]
        for name, declared, chosen in (
            ("graded", head.points.graded, [item for item in counted if not item.written]),
            ("written", head.points.written, [item for item in counted if item.written]),
        ):
            total = sum(hundredths(item.form.points) for item in chosen)
            if total != round(declared * 100):
                self.add(source, ("points", name), f"the {name} items add up to {total / 100:g} points, not {declared:g}: mend one")

    def check_texts(self, render: Renderer) -> None:
        for source in self.sources:
            for location, text in _strings(source.data):
                try:
                    render.inline(text)
                except TextError as error:
                    self.add(source, location, str(error))

    def check_plan(self, source: Source, plan: Plan, placed: Collection[_Placed]) -> None:
        known = {objective for chapter in plan.chapters for objective in chapter.objectives}
        for name, idea in plan.ideas.items():
            for home in idea.homes:
                if home not in known:
                    self.add(source, ("ideas", name, "homes"), f'objective "{home}" does not exist: give {name} a home that does')
        for item, bank, at in placed:
            for objective in item.form.objectives:
                if objective not in known:
                    self.add(bank, (*at, "objectives"), f'objective "{objective}" is not in {source.name}: mend its id')
        for index, chapter in enumerate(plan.chapters):
            here: Location = ("chapters", index)
            if chapter.status == "planned":
                continue
            for name in ("file", "assignment", "review"):
                if getattr(chapter, name) is None:
                    self.add(source, here, f'chapter {chapter.number} is ready and has no `{name}`: add it')
            for objective in chapter.objectives:
                testing = [item for item, _, _ in placed if objective in item.form.objectives]
                if len(testing) < 2 or len({item.kind.name for item in testing}) < 2:  # noqa: PLR2004
                    have = ", ".join(f"{item.id} ({item.kind.name})" for item in testing) or "none"
                    self.add(source, (*here, "objectives", objective), f'objective "{objective}" needs two items of two kinds (it has {have})')

    def check_gates(self, assignments: Mapping[str, Assignment], placed: Mapping[str, _Placed]) -> None:
        gates: dict[str, list[Item]] = {}
        for assignment in assignments.values():
            names = {item.id for item in assignment.items}
            for item in assignment.items:
                _, source, at = placed[item.full_id]
                if item.form.gate:
                    gates.setdefault(f"{assignment.id}/{item.form.gate}", []).append(item)
                for name in ("retake_of", "alternative_to"):
                    other = getattr(item.form, name)
                    if other and other not in names:
                        self.add(source, (*at, name), f'item "{other}" is not in this assignment: mend its id')
                if item.form.behind_gate and not assignment.opens_after:
                    self.add(source, (*at, "behind_gate"), "the assignment has no `opens_after`: name the gate that opens it")
        for gate, items in gates.items():
            _, source, at = placed[items[0].full_id]
            if len(items) == 1:
                self.add(source, (*at, "gate"), f'gate "{gate}" has one variant: add a second item with `gate: {items[0].form.gate}` for a re-take')
            if len({item.form.mode for item in items}) > 1:
                self.add(source, (*at, "gate"), f'gate "{gate}" mixes practice and graded items: use two gates')
        for assignment in assignments.values():
            if assignment.opens_after and not any(item.practice for item in gates.get(assignment.opens_after, [])):
                source = placed[assignment.items[0].full_id].source
                self.add(source, ("opens_after",), f'"{assignment.opens_after}" is no practice gate (there are {", ".join(gates) or "none"})')

    def check_chapters(self, source: Source, plan: Plan, placed: Mapping[str, _Placed]) -> None:
        for index, chapter in enumerate(plan.chapters):
            if chapter.status != "ready" or not chapter.file:
                continue
            path = self.root / f"{chapter.file}.md"
            if not path.is_file():
                self.add(source, ("chapters", index, "file"), f"{chapter.file}.md does not exist: write it or mend the name")
                continue
            shown: set[str] = set()
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for name in _CELL.findall(text):
                    shown.add(name)
                    if name not in placed:
                        self.problems.append(Problem(f"{chapter.file}.md", line, f'there is no exercise "{name}": mend its id'))
            for full_id, (_, bank, at) in placed.items():
                if full_id.startswith(f"{chapter.assignment}/") and full_id not in shown:
                    self.add(bank, (*at, "id"), f'no cell of {chapter.file}.md shows it: add exercise("{full_id}")')

    def check_leaks(self) -> None:
        shipping: dict[str, str] = {}
        for folder, pattern in (("chapters", "**/*.md"), ("assets/cases", "*.yaml"), ("exercises/bank", "*.yaml")):
            for path in sorted((self.root / folder).glob(pattern)):
                name = path.relative_to(self.root).as_posix()
                shipping |= dict.fromkeys(_runs(path.read_text(encoding="utf-8")), name)
        for source in self.key_sources:
            for location, text in _strings(source.data):
                leak = next((run for run in _runs(text) if run in shipping), None)
                if leak:
                    message = f'"{leak}" of a graded key also stands in {shipping[leak]}, which ships: reword one'
                    self.add(source, location, message)


def _cases_of(item: Item) -> Iterable[str]:
    case = getattr(item.form, "case", None)
    return [case] if case else getattr(item.form, "patients", ())


def _strings(data: Any, at: Location = ()) -> Iterator[tuple[Location, str]]:
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _strings(value, (*at, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _strings(value, (*at, index))


def _runs(text: str) -> Iterator[str]:
    """Cut a text into runs of words, any of which would give it away."""
    words = re.sub(r"\{\S+?\}`[^`]*`|\W+", " ", text).lower().split()
    for start in range(len(words) - LEAK_WORDS + 1):
        yield " ".join(words[start : start + LEAK_WORDS])


def _say(fault: Any, model: Any) -> str:
    name = str(fault["loc"][-1]) if fault["loc"] else "the file"
    if fault["type"] == "missing":
        return f"`{name}` is missing: add it"
    if fault["type"] == "extra_forbidden":
        fields = ", ".join(getattr(model, "model_fields", {}))
        return f"`{name}` is not a field here: remove it or mend its name" + (f" (there are {fields})" if fields else "")
    if fault["type"] == "string_type":
        return f"`{name}` must be a text: put it in quotes"
    if fault["type"] == "string_pattern_mismatch":
        return f'`{name}`: "{fault["input"]}" must be small letters, digits and single hyphens'
    return f"`{name}`: {fault['msg'][0].lower()}{fault['msg'][1:]}"
