"""Appraising a trial: which number is which, the two-by-two table, what follows from it, and what may mislead."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import (
    Context,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
    unknown_names,
)
from mindbody.items.number import NumberField, NumberFieldKey, check_fields, field_ranges
from mindbody.marking import FULL, Group, MarkingTable

CELLS = ("a", "b", "c", "d")
"""Of the two-by-two table: the first row from left to right, then the second."""

_NUMBER = re.compile(r"\[([^\[\]]+)\]\{([a-z][a-z0-9-]*)\}")


class TwoByTwo(Strict):
    """Labels of a table with two arms (rows) and two outcomes (columns)."""

    rows: tuple[Text, Text]
    columns: tuple[Text, Text]


class AppraisalForm(ItemForm):
    """An abstract in our own words, the parts to find in it, the table, numbers to read off, and sources of bias."""

    abstract: Text
    parts: Annotated[dict[FieldName, Text], Field(min_length=2, max_length=8)]
    table: TwoByTwo | None = None
    fields: Annotated[dict[FieldName, NumberField], Field(max_length=6)] = Field(default_factory=dict)
    bias: Annotated[dict[FieldName, Text], Field(max_length=10)] = Field(default_factory=dict)


class AppraisalKey(KeyForm):
    """Which number each part is, the cells, the numbers with their slips, the bias that stands, and two critics."""

    marks: dict[str, str]
    why_marks: dict[str, Text]
    why_numbers: dict[str, Text]
    cells: dict[str, Annotated[Decimal, Field(ge=0)]] = Field(default_factory=dict)
    why_cells: dict[str, Text] = Field(default_factory=dict)
    fields: dict[str, NumberFieldKey] = Field(default_factory=dict)
    bias: tuple[str, ...] = ()
    why_bias: dict[str, Text] = Field(default_factory=dict)
    critics: dict[Text, Text] = Field(default_factory=dict)


def numbers_of(abstract: str) -> list[tuple[str, str]]:
    """Return name and words of every number marked in an abstract, in order."""
    return [(name, words.strip()) for words, name in _NUMBER.findall(abstract)]


def check(form: AppraisalForm, key: AppraisalKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    names = [name for name, _ in numbers_of(form.abstract)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault("form", ("abstract",), f'number "{name}" is marked twice in the abstract: rename one')
    if len(names) <= len(form.parts):
        message = (
            f"the abstract marks {len(names)} numbers for {len(form.parts)} parts: mark one more than there are"
            " parts, e.g. `[33 of 50]{n1}`, or the last is given away"
        )
        yield Fault("form", ("abstract",), message)
    for name in form.fields:
        if name in CELLS:
            yield Fault("form", ("fields", name), f'"{name}" is a cell of the table: name the number otherwise')
    if not key:
        return
    yield from unknown_names(key.marks.values(), names, "number", ("marks",))
    yield from unknown_names(key.marks, form.parts, "part", ("marks",))
    for part in form.parts:
        if part not in key.marks:
            yield Fault("key", ("marks",), f'part "{part}" has no number: write `{part}: n1`')
    yield from missing_whys(key.why_marks, form.parts, "part", ("why_marks",))
    yield from missing_whys(key.why_numbers, names, "number", ("why_numbers",))
    yield from _check_table(form, key)
    yield from check_fields(form.fields, key.fields)
    yield from unknown_names(key.bias, form.bias, "bias", ("bias",))
    yield from missing_whys(key.why_bias, form.bias, "bias", ("why_bias",))
    if form.bias and not key.bias:
        yield Fault("key", ("bias",), "no bias stands: list at least one, or leave `bias` out of the item")
    if form.bias and len(set(key.bias)) == len(form.bias):
        yield Fault("key", ("bias",), "every bias stands, so ticking all of them wins: add one that does not")


def _check_table(form: AppraisalForm, key: AppraisalKey) -> Iterator[Fault]:
    if form.table is None:
        if key.cells or key.why_cells:
            yield Fault("key", ("cells",), "the item has no `table`: add one, or remove the cells")
        return
    for cell in CELLS:
        if cell not in key.cells:
            yield Fault("key", ("cells",), f'cell "{cell}" has no number: the first row is a and b, the second c and d')
    yield from unknown_names(key.cells, CELLS, "cell", ("cells",))
    yield from missing_whys(key.why_cells, CELLS, "cell", ("why_cells",))


def shape(form: AppraisalForm, context: Context) -> dict[str, Any]:
    """Return one field a part (one number each), one a cell and number, and one for the ticks."""
    names = [name for name, _ in numbers_of(form.abstract)]
    fields: dict[str, Any] = {
        f"part:{part}": {"atoms": [f"{name}@{part}" for name in names], "at_most": 1, "required": 1}
        for part in form.parts
    }
    filled = (*(CELLS if form.table else ()), *form.fields)
    fields |= {name: {"number": True, "required": 1} for name in filled}
    if form.bias:
        fields["bias"] = {"atoms": [f"bias:{name}" for name in form.bias], "required": 1}
    return {"fields": fields}


def view(form: AppraisalForm, context: Context) -> dict[str, Any]:
    """Return the abstract in pieces (words, or a number that can be chosen), and what is asked of it."""
    return {
        "abstract": [_pieces(paragraph, context) for paragraph in re.split(r"\n\s*\n", form.abstract.strip())],
        "parts": [{"id": part, "label": label} for part, label in form.parts.items()],
        "table": {"rows": list(form.table.rows), "columns": list(form.table.columns)} if form.table else None,
        "fields": [{"id": name, "label": field.label, "unit": field.unit} for name, field in form.fields.items()],
        "bias": [{"id": name, "html": context.render.inline(text)} for name, text in form.bias.items()],
    }


def _pieces(paragraph: str, context: Context) -> list[dict[str, str]]:
    pieces: list[dict[str, str]] = []
    end = 0
    for found in _NUMBER.finditer(paragraph):
        pieces += _words(paragraph[end : found.start()], context)
        pieces.append({"id": found[2], "text": " ".join(found[1].split())})
        end = found.end()
    return [*pieces, *_words(paragraph[end:], context)]


def _words(text: str, context: Context) -> list[dict[str, str]]:
    if not text.strip():
        return [{"html": " "}] if text else []
    # Rendering drops the spaces at both ends, and a number stands there.
    before, after = text[0].isspace() * " ", text[-1].isspace() * " "
    return [{"html": f"{before}{context.render.inline(text)}{after}"}]


def table(form: AppraisalForm, key: AppraisalKey, context: Context) -> MarkingTable:
    """Make a group for each step; the steps weigh alike, and a wrong tick costs what a right one earns."""
    render = context.render.inline
    groups = [
        Group(
            "parts",
            "The numbers in the abstract",
            tuple(f"part:{part}" for part in form.parts),
            {f"{name}@{part}": FULL for part, name in key.marks.items()},
            FULL * len(form.parts),
        )
    ]
    why = {f"{name}@{part}": render(key.why_marks[part]) for part, name in key.marks.items()}
    if form.table:
        exact = {cell: [{"from": str(key.cells[cell]), "to": str(key.cells[cell]), "credit": FULL}] for cell in CELLS}
        groups.append(Group("cells", "The two-by-two table", CELLS, {}, FULL * len(CELLS), ranges=exact))
        why |= {cell: render(text) for cell, text in key.why_cells.items()}
    if form.fields:
        ranges = field_ranges(key.fields, context)
        groups.append(
            Group("fields", "What follows from it", tuple(form.fields), {}, FULL * len(ranges), ranges=ranges)
        )
        why |= {name: render(field.why) for name, field in key.fields.items()}
    if form.bias:
        credit = {f"bias:{name}": FULL if name in key.bias else -FULL for name in form.bias}
        groups.append(Group("bias", "What may mislead", ("bias",), credit, FULL * len(set(key.bias))))
        why |= {f"bias:{name}": render(text) for name, text in key.why_bias.items()}
    why |= {f"expert:{label}": render(text) for label, text in key.critics.items()}
    unlisted = {name: render(text) for name, text in key.why_numbers.items()}
    return MarkingTable(hundredths(form.points), tuple(groups), why=why, why_unlisted=unlisted)


def static(view: Mapping[str, Any]) -> str:
    """Print the abstract with its numbers underlined, and blanks for everything that is asked."""
    blank = '<span class="mindbody-blank"></span>'
    abstract = "".join(
        "<p>" + "".join(piece.get("html") or f"<u>{html.escape(piece['text'])}</u>" for piece in pieces) + "</p>"
        for pieces in view["abstract"]
    )
    parts = "".join(f"<li>{html.escape(part['label'])}: {blank}</li>" for part in view["parts"])
    shown = [
        f'<div class="mindbody-case">{abstract}</div>',
        f"<p>Which of the underlined numbers is which?</p><ul>{parts}</ul>",
    ]
    if view["table"]:
        head = "".join(f'<th scope="col">{html.escape(label)}</th>' for label in view["table"]["columns"])
        rows = "".join(
            f'<tr><th scope="row">{html.escape(label)}</th><td>{blank}</td><td>{blank}</td></tr>'
            for label in view["table"]["rows"]
        )
        shown.append(f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>")
    if view["fields"]:
        rows = "".join(
            f"<li>{html.escape(field['label'])}: {blank} {html.escape(field['unit'])}</li>" for field in view["fields"]
        )
        shown.append(f"<ul>{rows}</ul>")
    if view["bias"]:
        rows = "".join(f"<li>☐ {bias['html']}</li>" for bias in view["bias"])
        shown.append(f'<p>Tick what may mislead here.</p><ul class="mindbody-options">{rows}</ul>')
    return "".join(shown)


KIND = Kind("appraisal", AppraisalForm, AppraisalKey, check, shape, view, table, static)
