"""What the curriculum consists of, once read: course, plan, items, assignments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from mindbody.items import Case, Context, Criterion, ItemForm, KeyForm, Kind
from mindbody.items.base import Identifier, Line, Review, Strict, Text
from mindbody.studies import Effect

PAGE = r"^chapters/[a-z0-9/-]+$"


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
    book: str = ""
    gate_way_round: bool = True
    forms: dict[Identifier, Literal["a", "b", "c"]] = Field(default_factory=dict)
    due: dict[Identifier, AwareDatetime] = Field(default_factory=dict)


class Part(Strict):
    """A part of the book."""

    number: int
    title: Text


class Chapter(Strict):
    """A chapter: what a learner will be able to do, and whether it is written yet."""

    number: int
    code: Identifier
    part: int
    title: Line
    status: Literal["planned", "ready"]
    objectives: dict[str, Line]
    file: str | None = None
    assignment: str | None = None
    review: Review | None = None


GUIDES = "chapters/guides/"
"""Where the pages for maintainers stand: bank files whose ``page`` is one of them hold samples, in no course."""


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
    chapter: int | None = None
    page: Annotated[str, Field(pattern=PAGE)] | None = None
    title: Line
    opens_after: str | None = None
    warm_up: bool = False
    pool: bool = False
    points: Points
    items: Annotated[tuple[Any, ...], Field(min_length=1)]


FORMS = ("a", "b", "c")
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
"""From the lowest to the highest."""


class Domain(Strict):
    """What a part of a test is about, and its share of the points."""

    title: Text
    share: Annotated[float, Field(gt=0, le=1)]


class TestForm(Strict):
    """One of the tests: where it stands, and which form it uses unless the course says otherwise."""

    __test__ = False

    title: Text
    page: Annotated[str, Field(pattern=PAGE)]
    form: Literal["a", "b", "c"]


class TestBlueprint(Strict):
    """``exercises/tests.yaml``; ``families`` names the domain of each family of siblings in the pool."""

    __test__ = False

    length: Annotated[int, Field(ge=1)]
    at_apply_or_higher: Annotated[float, Field(ge=0, le=1)]
    delay_weeks: Annotated[int, Field(ge=1)]
    minutes: Annotated[int, Field(ge=1)]
    domains: dict[Identifier, Domain]
    tests: dict[Identifier, TestForm]
    families: dict[Identifier, Identifier]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Level = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
Promised = dict[Identifier, Annotated[tuple[Level, ...], BeforeValidator(_listed)]]
"""Format -> the level, or levels, at which there is at least one item."""


class Promise(Strict):
    """What is promised of one objective."""

    practice: Promised = Field(default_factory=dict)
    graded: Promised = Field(default_factory=dict)
    written: Promised = Field(default_factory=dict)


class Format(Strict):
    """Kinds of exercise that ask for the same sort of doing."""

    title: Text
    kinds: tuple[str, ...]


class Matrix(Strict):
    """``assets/blueprint.yaml``; ``minutes`` is by kind, ``hours`` of the chapters and the capstone together."""

    hours: Annotated[float, Field(gt=0)]
    give_or_take: Annotated[float, Field(ge=0)]
    minutes: dict[str, Annotated[float, Field(gt=0)]]
    formats: dict[Identifier, Format]
    promised: dict[str, Promise]


class KeysForm(Strict):
    """The head of a keys file."""

    assignment: Identifier
    items: dict[str, Any]
    narratives: dict[str, Text] = Field(default_factory=dict)


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

    @property
    def beside(self) -> str | None:
        """The full id of the placement item whose answer stands beside this one while it is written."""
        name = getattr(self.form, "beside", None)
        return f"{self.assignment}/{name}" if name else None

    @property
    def wide(self) -> bool:
        """Whether it stands two things beside each other and needs more than the text column."""
        # A kind whose `case` is left out has nothing to stand beside.
        return (self.kind.wide and getattr(self.form, "case", "") is not None) or self.beside is not None


@dataclass(frozen=True)
class Assignment:
    """The items of one chapter, or of a page that is no chapter, in the order of their bank file.

    Attributes
    ----------
    chapter
        None where the items stand on a page of their own, like the capstone's.
    page
        That page, relative to the project and without its ending; None where they stand in a chapter.
    """

    id: str
    title: str
    chapter: Chapter | None
    opens_after: str | None
    items: tuple[Item, ...]
    narratives: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None

    @property
    def file(self) -> str | None:
        """The page that shows the items, without its ending; None while a chapter is planned."""
        return self.chapter.file if self.chapter else self.page

    @property
    def place(self) -> str:
        """What its page is called in a sentence."""
        return f"“{self.title}”" if self.chapter is None else f"chapter {self.chapter.number}"

    @property
    def guide(self) -> bool:
        """Whether its items are samples for maintainers, which no course contains."""
        return self.page is not None and self.page.startswith(GUIDES)


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
    studies: tuple[Effect, ...] = ()
    tests: TestBlueprint | None = None
    matrix: Matrix | None = None

    @property
    def taught(self) -> dict[str, Assignment]:
        """The assignments of chapters and of pages of their own; guides are left out."""
        return {name: assignment for name, assignment in self.assignments.items() if not assignment.guide}

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
