"""What every kind of item shares: the authored form's common fields, and what a kind has to bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from mindbody.marking import MarkingTable
from mindbody.text import Renderer, curled
from mindbody.yamlfile import Location

TEXT_LIMIT = 20_000
"""Characters of a free text that an answer file may hold."""

Text = Annotated[str, Field(min_length=1)]
Line = Annotated[Text, AfterValidator(curled)]
"""A text without markup, shown as it stands."""
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
"""Of an option, statement or number. JavaScript would put names like ``1`` before all others."""
Credit = Annotated[Decimal, Field(ge=-1, le=1, decimal_places=2)]


class Strict(BaseModel):
    """A form in which an unknown field is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Review(Strict):
    """Whether somebody outside the team has read a case or a chapter, and when that was last settled."""

    state: Literal["pending", "reviewed"]
    date: date


class Case(Strict):
    """A fictional patient in numbered excerpts, or a loose set of excerpts of several people."""

    id: Identifier
    title: Line
    summary: Line
    content_note: Line | None = None
    composite: Literal[True]
    loose: bool = False
    review: Review
    excerpts: dict[str, Text]


class Criterion(Strict):
    """A rubric criterion; ``levels[i]`` says what earns i points."""

    label: Line
    levels: Annotated[tuple[Line, ...], Field(min_length=2)]


class ItemForm(Strict):
    """The fields every item has, as a clinician writes them."""

    id: Identifier
    version: Annotated[int, Field(ge=1)]
    kind: str
    mode: Literal["practice", "graded"]
    section: Identifier | None = None
    objectives: Annotated[tuple[str, ...], Field(min_length=1)]
    level: Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
    points: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]
    title: Line
    prompt: Text
    confidence: bool = False
    hints: tuple[Text, ...] = ()
    safety: bool = False
    behind_gate: bool = False
    gate: Identifier | None = None
    retake_of: Identifier | None = None
    alternative_to: Identifier | None = None
    set_aside: Literal["full", "none"] | None = None

    @model_validator(mode="after")
    def _set_aside_by_points(self) -> Self:
        if self.set_aside and self.kind == "text":
            raise ValueError("written work is marked by a person: give its points in Formgrader instead of set_aside")
        return self


class KeyForm(Strict):
    """What a key file says of an item beside the marks; practice keys need no version of their own."""

    version: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True)
class Fault:
    """A mistake in an item; ``location`` is relative to the item's form, or to its key."""

    part: Literal["form", "key"]
    location: Location
    message: str


@dataclass(frozen=True)
class Context:
    """What a kind may look at while it checks and compiles an item."""

    cases: Mapping[str, Case]
    criteria: Mapping[str, Criterion]
    render: Renderer


@dataclass(frozen=True)
class Kind:
    """One kind of exercise: its authored form, and how that becomes data for the page and for marking.

    Attributes
    ----------
    name
        As written after ``kind:``.
    form, key
        Pydantic models of the public part and of the key.
    check
        ``(form, key or None, context)`` -> faults the models cannot see.
    shape, view
        ``(form, context)`` -> what an answer may hold; what the widget shows. Both are public.
    table
        ``(form, key, context)`` -> the marking table.
    static
        ``view`` -> HTML to read and print where no script runs.
    wide
        Whether it stands a case beside a workspace and so needs more than the text column.
    """

    name: str
    form: type[ItemForm]
    key: type[KeyForm]
    check: Callable[[Any, Any, Context], Iterable[Fault]]
    shape: Callable[[Any, Context], dict[str, Any]]
    view: Callable[[Any, Context], dict[str, Any]]
    table: Callable[[Any, Any, Context], MarkingTable]
    static: Callable[[Mapping[str, Any]], str]
    wide: bool = False


def hundredths(value: Decimal) -> int:
    """Turn points or a credit into integer hundredths."""
    return int((value * 100).to_integral_exact())


def missing_whys(
    have: Mapping[str, str], need: Iterable[str], what: str, location: Location = ("why",)
) -> Iterable[Fault]:
    """Yield a fault for every explanation that is missing, and for every one that explains nothing there is."""
    wanted = list(dict.fromkeys(need))
    for name in wanted:
        if name not in have:
            yield Fault(
                "key", location, f'{what} "{name}" has no `{location[-1]}`: say in a sentence why it is right or wrong'
            )
    for name in have:
        if name not in wanted:
            yield Fault(
                "key", (*location, name), f'`{location[-1]}` explains "{name}", which is not there: remove or rename it'
            )


def unknown_names(
    names: Iterable[str], known: Sequence[str] | Mapping[str, Any], what: str, location: Location
) -> Iterable[Fault]:
    """Yield a fault for every name in a key that the form does not have."""
    for name in names:
        if name not in known:
            yield Fault("key", location, f'{what} "{name}" does not exist (there are {", ".join(known)})')
