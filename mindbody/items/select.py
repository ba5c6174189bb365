"""Select all that apply: each right tick counts, each wrong tick costs as much."""

from __future__ import annotations

from collections.abc import Iterable
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
from mindbody.items.choice import option_atoms, option_whys, static, view
from mindbody.marking import FULL, Group, MarkingTable


class SelectForm(ItemForm):
    """A prompt and three to ten options, of which some apply."""

    options: Annotated[dict[FieldName, Text], Field(min_length=3, max_length=10)]


class SelectKey(KeyForm):
    """The options that apply and a sentence on every option."""

    right: Annotated[tuple[str, ...], Field(min_length=1)]
    why: dict[str, Text]


def check(form: SelectForm, key: SelectKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    if key:
        yield from unknown_names(key.right, form.options, "option", ("right",))
        yield from missing_whys(key.why, form.options, "option")
        if len(set(key.right)) == len(form.options):
            yield Fault("key", ("right",), "every option is right, so ticking all of them wins: add one that is not")


def shape(form: SelectForm, context: Context) -> dict[str, Any]:
    """Return the one field of the answer: any of the options."""
    return {"fields": {"answer": {"atoms": option_atoms(form.options), "required": 1}}}


def table(form: SelectForm, key: SelectKey, context: Context) -> MarkingTable:
    """Score max(0, right ticks - wrong ticks) / number right (plus/minus scoring)."""
    credit = {f"opt:{name}": FULL if name in key.right else -FULL for name in form.options}
    group = Group("answer", form.title, ("answer",), credit, FULL * len(set(key.right)))
    return MarkingTable(hundredths(form.points), (group,), why=option_whys(key.why, context))


KIND = Kind("select", SelectForm, SelectKey, check, shape, view, table, static)
