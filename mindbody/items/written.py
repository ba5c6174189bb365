"""Written work: a text that a person marks by rubric criteria."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import TEXT_LIMIT, Context, Fault, Identifier, ItemForm, KeyForm, Kind, Text, missing_whys
from mindbody.marking import MarkingTable


class WrittenForm(ItemForm):
    """A prompt, the length asked for (words, from and to) and the criteria it is marked by.

    ``beside`` names a placement item of the same assignment: what the learner placed there stands beside her text.
    """

    words: tuple[int, int]
    criteria: Annotated[tuple[str, ...], Field(min_length=1)]
    beside: Identifier | None = None


class WrittenKey(KeyForm):
    """A model answer and, for every criterion, what each level looks like in this task."""

    model: Text
    mark_scheme: dict[str, Text]


def check(form: WrittenForm, key: WrittenKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    known = [name for name in form.criteria if name in context.criteria]
    for name in form.criteria:
        if name not in context.criteria:
            yield Fault(
                "form", ("criteria",), f'criterion "{name}" is not in exercises/rubrics.yaml: add it or mend it'
            )
    top = sum(len(context.criteria[name].levels) - 1 for name in known)
    if len(known) == len(form.criteria) and top != form.points:
        yield Fault("form", ("points",), f"the criteria add up to {top} points, not {form.points}: write points: {top}")
    if not 0 < form.words[0] < form.words[1]:
        yield Fault("form", ("words",), "words must be [fewest, most], the smaller first")
    if form.mode == "practice":
        yield Fault("form", ("mode",), "written work is marked by a person: set `mode: graded`")
    if key:
        yield from missing_whys(key.mark_scheme, form.criteria, "criterion", ("mark_scheme",))


def shape(form: WrittenForm, context: Context) -> dict[str, Any]:
    """Return the one field of the answer: a text."""
    return {"fields": {"text": {"text": {"max": TEXT_LIMIT}, "required": 1}}}


def view(form: WrittenForm, context: Context) -> dict[str, Any]:
    """Return the length asked for and the criteria with their levels."""
    criteria = [
        {"id": name, "label": context.criteria[name].label, "levels": list(context.criteria[name].levels)}
        for name in form.criteria
    ]
    return {"words": list(form.words), "criteria": criteria}


def table(form: WrittenForm, key: WrittenKey, context: Context) -> MarkingTable:
    """Return an empty table: every point of written work is given by a person."""
    return MarkingTable(0, ())


def static(view: Mapping[str, Any]) -> str:
    """Print the criteria and room to write."""
    rows = "".join(
        f"<li>{html.escape(criterion['label'])} (0 to {len(criterion['levels']) - 1})</li>"
        for criterion in view["criteria"]
    )
    fewest, most = view["words"]
    return (
        f"<p>About {fewest} to {most} words. Marked by a person on:</p><ul>{rows}</ul>"
        '<div class="mindbody-lines" aria-hidden="true"></div>'
    )


KIND = Kind("text", WrittenForm, WrittenKey, check, shape, view, table, static)
