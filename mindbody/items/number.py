"""Numbers to work out: full credit within a tolerance, part credit for a listed slip."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import (
    Context,
    Credit,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.marking import FULL, Group, MarkingTable


class NumberField(Strict):
    """One number to fill in."""

    label: Text
    unit: str = ""


class NumberForm(ItemForm):
    """A prompt and one to six numbers."""

    fields: Annotated[dict[FieldName, NumberField], Field(min_length=1, max_length=6)]


class Slip(Strict):
    """A wrong value that shows the right method, from and to inclusive."""

    start: Annotated[Decimal, Field(alias="from")]
    end: Annotated[Decimal, Field(alias="to")]
    credit: Credit
    why: Text


class NumberFieldKey(Strict):
    """The accepted range (inclusive), listed slips and the explanation of one number."""

    accept: tuple[Decimal, Decimal]
    why: Text
    slips: tuple[Slip, ...] = ()


class NumberKey(KeyForm):
    """A key for every number."""

    fields: dict[str, NumberFieldKey]


def check(form: NumberForm, key: NumberKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    if not key:
        return
    yield from check_fields(form.fields, key.fields)


def check_fields(fields: Mapping[str, NumberField], keys: Mapping[str, NumberFieldKey]) -> Iterable[Fault]:
    """Yield what is wrong with the keys of some numbers."""
    yield from missing_whys({name: field.why for name, field in keys.items()}, fields, "number", ("fields",))
    for name, field in keys.items():
        if field.accept[0] > field.accept[1]:
            yield Fault("key", ("fields", name, "accept"), "the range runs downwards: write the smaller number first")
        for index, slip in enumerate(field.slips):
            if slip.start > slip.end:
                yield Fault(
                    "key", ("fields", name, "slips", index), "the range runs downwards: write the smaller first"
                )
            elif slip.start <= field.accept[1] and field.accept[0] <= slip.end:
                yield Fault("key", ("fields", name, "slips", index), "the slip overlaps the accepted range: narrow one")


def shape(form: NumberForm, context: Context) -> dict[str, Any]:
    """Return one field a number."""
    return {"fields": {name: {"number": True, "required": 1} for name in form.fields}}


def view(form: NumberForm, context: Context) -> dict[str, Any]:
    """Return the labels and units."""
    return {"fields": [{"id": name, "label": field.label, "unit": field.unit} for name, field in form.fields.items()]}


def table(form: NumberForm, key: NumberKey, context: Context) -> MarkingTable:
    """Give full credit in the accepted range and a slip's credit in its own; numbers weigh alike."""
    ranges = field_ranges(key.fields, context)
    group = Group("numbers", form.title, tuple(form.fields), {}, FULL * len(ranges), ranges=ranges)
    whys = {name: context.render.inline(field.why) for name, field in key.fields.items()}
    return MarkingTable(hundredths(form.points), (group,), why=whys)


def field_ranges(keys: Mapping[str, NumberFieldKey], context: Context) -> dict[str, list[dict[str, Any]]]:
    """Return, for each number, what the marking rule reads it by."""
    ranges = {}
    for name, field in keys.items():
        spans: list[dict[str, Any]] = [{"from": str(field.accept[0]), "to": str(field.accept[1]), "credit": FULL}]
        spans += [
            {
                "from": str(slip.start),
                "to": str(slip.end),
                "credit": hundredths(slip.credit),
                "why": context.render.inline(slip.why),
            }
            for slip in field.slips
        ]
        ranges[name] = spans
    return ranges


def static(view: Mapping[str, Any]) -> str:
    """Print a blank for every number."""
    rows = "".join(
        f'<li>{html.escape(field["label"])}: <span class="mindbody-blank"></span> {html.escape(field["unit"])}</li>'
        for field in view["fields"]
    )
    return f'<ul class="mindbody-options">{rows}</ul>'


KIND = Kind("number", NumberForm, NumberKey, check, shape, view, table, static)
