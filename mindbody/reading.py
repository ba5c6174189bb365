"""Reads the project's YAML, binds it together and says every mistake, each with file, line and remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from mindbody import blueprint, checks, matrix, pages, terms, warmup, wording, works
from mindbody.bibliography import read_labels, read_works
from mindbody.checks import Placed
from mindbody.items import KINDS, Case, Context, Criterion, ItemForm
from mindbody.model import (
    Assignment,
    AssignmentForm,
    Course,
    Curriculum,
    Item,
    KeysForm,
    Matrix,
    Plan,
    TestBlueprint,
)
from mindbody.studies import STUDIES, Effect, read_studies
from mindbody.text import Renderer
from mindbody.yamlfile import AuthoringError, Location, Problem, Source, read_yaml

TESTS = "exercises/tests.yaml"
MATRIX = "assets/blueprint.yaml"


def read(root: Path, *, across: bool = True) -> Curriculum:
    """Read and check the whole curriculum.

    Parameters
    ----------
    root
        The project.
    across
        Whether to check also what no file by itself can know, which is half of the time it takes.

    Raises
    ------
    AuthoringError
        With every mistake in every file.
    """
    return _Reader(root, across=across).read()


def read_course(root: Path) -> Course:
    """Read the course's settings alone, which takes no time.

    Raises
    ------
    AuthoringError
        With every mistake in them.
    """
    reader = _Reader(root)
    course = reader.form(Course, reader.source("exercises/course.yaml"))
    if reader.problems:
        raise AuthoringError(reader.problems)
    return course  # type: ignore[no-any-return]


class _Reader:
    """Collects problems over all files, so that an author sees every mistake at once."""

    def __init__(self, root: Path, *, across: bool = True) -> None:
        self.root = root
        self.across = across
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self.key_sources: list[Source] = []

    def read(self) -> Curriculum:
        course_source = self.source("exercises/course.yaml")
        course = self.form(Course, course_source)
        plan_source = self.source("assets/objectives.yaml")
        plan = self.form(Plan, plan_source)
        bibliography = self.root / "assets" / "references.bib"
        references = read_labels(bibliography)
        studies = self.studies(references)
        cases = self.cases()
        criteria = self.criteria()
        if not (course and course_source and plan and plan_source):
            raise AuthoringError(self.problems)
        excerpts = {name: frozenset(case.excerpts) for name, case in cases.items()}
        context = Context(cases, criteria, Renderer(references, excerpts, read_works(bibliography)))
        banks = self.banks(plan, context)
        assignments, placed = banks.assignments, banks.placed
        self.check_across(plan, plan_source, assignments, context, placed)
        tests = self.tests(course, banks, cases)
        matrix_source = self.source(MATRIX)
        promises: Matrix | None = self.form(Matrix, matrix_source)
        if matrix_source and promises:
            self.problems += matrix.check(matrix_source, promises, plan, assignments)
        if self.problems or not (matrix_source and promises):
            raise AuthoringError(self.problems)
        taught = self.taught(banks, tests, course)
        # A slip in the name would let everybody be in time.
        if strangers := [name for name in course.due if name not in taught]:
            known = ", ".join(taught)
            message = f'there is no assignment "{strangers[0]}" that could be due: there are {known}'
            raise AuthoringError([course_source.problem(("due", strangers[0]), message)])
        read_in = (self.root, course, plan, cases, criteria, references, taught, context, banks.files, studies)
        curriculum = Curriculum(*read_in, tests, promises)
        if late := list(matrix.check_hours(matrix_source, promises, curriculum)):
            raise AuthoringError(late)
        return curriculum

    def banks(self, plan: Plan, context: Context) -> _Banks:
        """Read every bank file with its keys."""
        banks = [source for path in self.paths("exercises/bank") if (source := self.source(path))]
        keys = {
            source.name.split("/")[-1]: source for path in self.paths("exercises/keys") if (source := self.source(path))
        }
        self.key_sources = list(keys.values())
        found = _Banks({}, {}, {}, set(), {})
        for source in banks:
            read = self.assignment(source, keys.pop(source.name.split("/")[-1], None), plan, context, found.placed)
            if read:
                if read.id in found.assignments:
                    self.add(source, ("assignment",), f'assignment "{read.id}" exists twice: rename one')
                found.assignments[read.id] = read
                if source.data.get("warm_up"):
                    found.warmed.add(read.id)
                if source.data.get("pool"):
                    found.pools[read.id] = source
                used = {case for item in read.items for case in blueprint.cases_of(item)}
                shared = ("exercises/course.yaml", "exercises/rubrics.yaml", "assets/references.bib")
                found.files[read.id] = (source.name, *shared, *(f"assets/cases/{case}.yaml" for case in sorted(used)))
        for source in keys.values():
            self.add(source, (), "no file of this name in exercises/bank: rename it to its assignment's")
        return found

    def taught(self, banks: _Banks, tests: TestBlueprint | None, course: Course) -> dict[str, Assignment]:
        """Put the warm-ups into the chapters, and the tests in place of their pool."""
        taught = {name: one for name, one in banks.assignments.items() if name not in banks.pools}
        for name in banks.warmed:
            taught[name] = self.warmed_up(taught[name], banks.assignments.values(), banks.files)
        for pool in banks.pools:
            drawn = blueprint.draw(tests, course, banks.assignments[pool]) if tests else {}
            banks.files.update(dict.fromkeys(drawn, (*banks.files.pop(pool), TESTS)))
            taught |= drawn
        return taught

    def check_across(
        self,
        plan: Plan,
        plan_source: Source,
        assignments: dict[str, Assignment],
        context: Context,
        placed: dict[str, Placed],
    ) -> None:
        """Check what one file alone cannot know."""
        if not self.across:
            return
        self.problems += checks.check_texts(self.sources, context.render)
        self.problems += checks.check_objectives(plan_source, plan, placed.values())
        guides = {name for name, assignment in assignments.items() if assignment.guide}
        taught = [one for one in placed.values() if one.item.assignment not in guides]
        self.problems += checks.check_ready(plan_source, plan, taught)
        self.problems += checks.check_own_objectives(plan, taught)
        self.problems += checks.check_safety(taught)
        self.problems += checks.check_links(assignments, placed)
        self.problems += checks.check_gates(assignments, placed)
        self.problems += checks.check_chapters(self.root, plan_source, plan, placed)
        self.problems += checks.check_guides(self.root, assignments, placed)
        self.problems += checks.check_own_pages(self.root, plan, assignments, placed)
        self.check_pages(plan, assignments, context.render, placed)
        self.check_wording(placed)
        self.problems += checks.check_leaks(self.root, self.key_sources)

    def tests(self, course: Course, banks: _Banks, cases: dict[str, Case]) -> TestBlueprint | None:
        """Read the blueprint of the tests, and check it against the pool."""
        if not banks.pools:
            return None
        first, *others = banks.pools.values()
        for second in others:
            self.add(second, ("pool",), f"{first.name} is the pool already: put these items there")
        source = self.source(TESTS)
        plan: TestBlueprint | None = self.form(TestBlueprint, source)
        if source and plan:
            pool = banks.assignments[next(iter(banks.pools))]
            self.problems += blueprint.check(source, plan, course, pool, banks.placed)
            self.problems += blueprint.check_copies(pool, banks.placed, cases)
            self.problems += checks.check_test_pages(self.root, source, plan)
        return plan

    def check_pages(
        self, plan: Plan, assignments: dict[str, Assignment], render: Renderer, placed: dict[str, Placed]
    ) -> None:
        read = pages.read_pages(self.root)
        self.problems += pages.check_pages(self.root, read, plan, render)
        files = {name: assignment.file for name, assignment in assignments.items() if assignment.file}
        self.problems += pages.check_sections(read, files, placed.values())
        self.problems += pages.check_terms(checks.strings(self.sources), pages.glossary_terms(read))
        self.problems += terms.check_first_uses(
            self.root, read, (name for name in read if name.startswith("chapters/part"))
        )
        self.problems += works.check_works(self.root, render.works, read.get(works.PAGE))
        for page in read.values():
            self.problems += wording.check_page(page)

    def check_wording(self, placed: dict[str, Placed]) -> None:
        keys = {Path(source.name).stem: source for source in self.key_sources}
        self.problems += wording.check_models(placed.values(), keys)
        self.problems += wording.check_quoted(checks.strings(self.sources))

    @staticmethod
    def warmed_up(assignment: Assignment, every: Iterable[Assignment], files: dict[str, tuple[str, ...]]) -> Assignment:
        """Put the warm-up before the chapter's own items, and its banks among the files of its page."""
        ready = [one for one in every if not one.guide and one.chapter and one.chapter.status == "ready"]
        drawn = warmup.draw(assignment, ready)
        banks = {f"exercises/bank/{one.id}.yaml" for one in warmup.earlier(assignment, ready)}
        files[assignment.id] = tuple(dict.fromkeys((*files[assignment.id], *sorted(banks))))
        return replace(assignment, items=(*drawn, *assignment.items))

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

    def studies(self, references: Collection[str]) -> tuple[Effect, ...]:
        try:
            return read_studies(self.root / STUDIES, references)
        except AuthoringError as error:
            self.problems += error.problems
            return ()

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
        placed: dict[str, Placed],
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
        if wrong := list(checks.check_place(source, head, chapter)):
            self.problems += wrong
            return None
        items: list[Item] = []
        graded_keys = dict(key_head.items) if key_head else {}
        for index, data in enumerate(head.items):
            at: Location = ("items", index)
            name = data.get("id") if isinstance(data, dict) else None
            graded_key = graded_keys.pop(name, None) if name else None
            item = self.item(
                head.assignment, _Place(source, at, data), _Place(keys, ("items", str(name)), graded_key), context
            )
            if item is None:
                continue
            if item.full_id in placed:
                self.add(source, (*at, "id"), f'id "{item.id}" exists twice: ids are for ever, give the newer another')
            placed[item.full_id] = Placed(item, source, at)
            items.append(item)
        for name in graded_keys:
            if keys:
                self.add(keys, ("items", name), f'item "{name}" is not in {source.name}: remove the key or mend its id')
        self.problems += checks.check_points(source, head, items)
        narratives = key_head.narratives if key_head else {}
        every = tuple(items)
        return Assignment(head.assignment, head.title, chapter, head.opens_after, every, narratives, head.page)

    def item(self, assignment: str, public: _Place, graded: _Place, context: Context) -> Item | None:
        bank = public.source
        if bank is None or not isinstance(public.data, dict):
            self.say(public, (), "an item is a block of fields beginning with `id:`")
            return None
        kind = KINDS.get(str(public.data.get("kind")))
        if kind is None:
            known = ", ".join(KINDS)
            self.say(public, ("kind",), f'kind "{public.data.get("kind")}" does not exist (there are {known})')
            return None
        data = {name: value for name, value in public.data.items() if name != "key"}
        form = self.form(kind.form, bank, public.at, data)
        if form is None:
            return None
        own = _Place(bank, (*public.at, "key"), public.data.get("key"))
        where = own if form.mode == "practice" else graded
        self.check_key_place(form, public, own, graded)
        key = self.form(kind.key, where.source, where.at, where.data) if where.data is not None else None
        if form.mode == "graded" and key is not None and key.version != form.version:
            wrong = "no version" if key.version is None else f"version {key.version}"
            message = f'the key of "{form.id}" has {wrong}, the item {form.version}: write version: {form.version}'
            self.say(graded, (), message)
        if form.mode == "practice" and key is None:
            return None
        for fault in kind.check(form, key, context):
            self.say(where if fault.part == "key" else public, fault.location, f'item "{form.id}": {fault.message}')
        return Item(form.id, assignment, kind, form, key)

    def check_key_place(self, form: ItemForm, public: _Place, own: _Place, graded: _Place) -> None:
        bank = public.source.name if public.source else ""
        if form.mode == "practice":
            if own.data is None:
                message = f'practice item "{form.id}" has no `key:`: add the right answer and a why for each'
                self.say(public, (), message)
            if graded.data is not None:
                self.say(graded, (), f'"{form.id}" is practice and has its key in {bank}: remove this one')
            return
        if own.data is not None:
            message = f'graded item "{form.id}" has a key in what ships: move it to exercises/keys'
            self.say(own, (), message)
        if graded.source and graded.data is None:
            self.say(public, (), f'graded item "{form.id}" has no key: add it to {graded.source.name}')

    def say(self, place: _Place, location: Location, message: str) -> None:
        if place.source:
            self.add(place.source, (*place.at, *location), message)


class _Banks(NamedTuple):
    """What the bank files hold, filled while they are read.

    Attributes
    ----------
    files
        Assignment -> what its page is made from.
    warmed
        The assignments that open with a warm-up.
    pools
        The assignments that tests are drawn from, with their files.
    """

    assignments: dict[str, Assignment]
    placed: dict[str, Placed]
    files: dict[str, tuple[str, ...]]
    warmed: set[str]
    pools: dict[str, Source]


class _Place(NamedTuple):
    """A part of a file: where it stands and what it holds."""

    source: Source | None
    at: Location
    data: Any


def _say(fault: Any, model: Any) -> str:
    name = str(fault["loc"][-1]) if fault["loc"] else "the file"
    if fault["type"] == "missing":
        return f"`{name}` is missing: add it"
    if fault["type"] == "extra_forbidden":
        fields = ", ".join(getattr(model, "model_fields", {}))
        return f"`{name}` is not a field here: remove it or mend its name" + (
            f" (there are {fields})" if fields else ""
        )
    if fault["type"] == "string_type":
        return f"`{name}` must be a text: put it in quotes"
    if fault["type"] == "string_pattern_mismatch" and name == "page":
        return f'`page`: "{fault["input"]}": write it like chapters/part5-practice/capstone, without an ending'
    if fault["type"] == "string_pattern_mismatch":
        return f'`{name}`: "{fault["input"]}" must be small letters, digits and single hyphens'
    return f"`{name}`: {fault['msg'][0].lower()}{fault['msg'][1:]}"
