"""Single best answer: one option of a few."""

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


class ChoiceForm(ItemForm):
    """A prompt and two to six options."""

    options: Annotated[dict[FieldName, Text], Field(min_length=2, max_length=6)]


class ChoiceKey(KeyForm):
    """The right option and a sentence on every option."""

    right: str
    why: dict[str, Text]


def check(form: ChoiceForm, key: ChoiceKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    if key:
        yield from unknown_names([key.right], form.options, "option", ("right",))
        yield from missing_whys(key.why, form.options, "option")


def shape(form: ChoiceForm, context: Context) -> dict[str, Any]:
    """Return the one field of the answer: one of the options."""
    return {"fields": {"answer": {"atoms": option_atoms(form.options), "at_most": 1, "required": 1}}}


def view(form: Any, context: Context) -> dict[str, Any]:
    """Return the options as HTML."""
    return {"options": [{"id": name, "html": context.render.inline(text)} for name, text in form.options.items()]}


def table(form: ChoiceForm, key: ChoiceKey, context: Context) -> MarkingTable:
    """Give full credit to the right option and none to the others."""
    group = Group("answer", form.title, ("answer",), {f"opt:{key.right}": FULL}, FULL)
    return MarkingTable(hundredths(form.points), (group,), why=option_whys(key.why, context))


def static(view: Mapping[str, Any]) -> str:
    """List the options."""
    options = "".join(f'<li value="{n}">{option["html"]}</li>' for n, option in enumerate(view["options"], 1))
    return f'<ol class="mindbody-options" type="A">{options}</ol>'


def option_atoms(options: Mapping[str, str]) -> list[str]:
    """Return the atom of every option."""
    return [f"opt:{name}" for name in options]


def option_whys(whys: Mapping[str, str], context: Context) -> dict[str, str]:
    """Return the explanation of every option's atom as HTML."""
    return {f"opt:{name}": context.render.inline(text) for name, text in whys.items()}


KIND = Kind("choice", ChoiceForm, ChoiceKey, check, shape, view, table, static)
