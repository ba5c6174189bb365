"""A set of statements, each true or false: all right 1, more than half right 0.5, else 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import (
    Context,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Text,
    hundredths,
    missing_whys,
    unknown_names,
)
from mindbody.marking import FULL, Group, MarkingTable


class TrueFalseForm(ItemForm):
    """A prompt and two to eight statements."""

    statements: Annotated[dict[FieldName, Text], Field(min_length=2, max_length=8)]


class TrueFalseKey(KeyForm):
    """The statements that are true and a sentence on every statement."""

    right: tuple[str, ...]
    why: dict[str, Text]


def check(form: TrueFalseForm, key: TrueFalseKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    if key:
        yield from unknown_names(key.right, form.statements, "statement", ("right",))
        yield from missing_whys(key.why, form.statements, "statement")
        if len(set(key.right)) in {0, len(form.statements)}:
            yield Fault("key", ("right",), "all statements have one answer, so a guess wins: mix true and false")


def shape(form: TrueFalseForm, context: Context) -> dict[str, Any]:
    """Return one field a statement: true or false."""
    fields = {
        name: {"atoms": [f"{name}:true", f"{name}:false"], "at_most": 1, "required": 1} for name in form.statements
    }
    return {"fields": fields}


def view(form: TrueFalseForm, context: Context) -> dict[str, Any]:
    """Return the statements as HTML."""
    return {"statements": [{"id": name, "html": context.render.inline(text)} for name, text in form.statements.items()]}


def table(form: TrueFalseForm, key: TrueFalseKey, context: Context) -> MarkingTable:
    """Count right statements, then half-point scoring over the set."""
    credit = {f"{name}:{'true' if name in key.right else 'false'}": FULL for name in form.statements}
    group = Group("statements", form.title, tuple(form.statements), credit, FULL * len(credit), transform="half-point")
    whys = {
        f"{name}:{answer}": context.render.inline(text)
        for name, text in key.why.items()
        for answer in ("true", "false")
    }
    return MarkingTable(hundredths(form.points), (group,), why=whys)


def static(view: Mapping[str, Any]) -> str:
    """List the statements, each to be answered true or false."""
    rows = "".join(f"<li>{statement['html']} <em>True or false?</em></li>" for statement in view["statements"])
    return f'<ul class="mindbody-options">{rows}</ul>'


KIND = Kind("true-false", TrueFalseForm, TrueFalseKey, check, shape, view, table, static)
