"""Finding the wrong arrows in a loop that somebody else drew."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.arrows import ArrowName, Nodes, check_arrows, node_view, sentence, static_nodes
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
from mindbody.items.loop import check_case, optional_case
from mindbody.items.placement import static_case
from mindbody.marking import FULL, Group, MarkingTable


class LoopErrorsForm(ItemForm):
    """Nodes, and the arrows between them as somebody drew them."""

    case: str | None = None
    nodes: Nodes
    arrows: Annotated[dict[FieldName, ArrowName], Field(min_length=3, max_length=20)]


class LoopErrorsKey(KeyForm):
    """The arrows that are wrong, and a sentence on every arrow."""

    right: Annotated[tuple[str, ...], Field(min_length=1)]
    why: dict[str, Text]


def check(form: LoopErrorsForm, key: LoopErrorsKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    yield from check_case(form.case, context)
    yield from check_arrows(form.arrows.values(), form.nodes, "form", ("arrows",))
    if key:
        yield from unknown_names(key.right, form.arrows, "arrow", ("right",))
        yield from missing_whys(key.why, form.arrows, "arrow")
        if len(set(key.right)) == len(form.arrows):
            yield Fault("key", ("right",), "every arrow is wrong, so ticking all of them wins: add one that holds")


def shape(form: LoopErrorsForm, context: Context) -> dict[str, Any]:
    """Return the one field of the answer: any of the arrows."""
    return {"fields": {"answer": {"atoms": [f"opt:{name}" for name in form.arrows], "required": 1}}}


def view(form: LoopErrorsForm, context: Context) -> dict[str, Any]:
    """Return the case, the nodes and the arrows."""
    arrows = [{"id": name, "arrow": arrow} for name, arrow in form.arrows.items()]
    return {**optional_case(form.case, context), "nodes": node_view(form.nodes), "arrows": arrows}


def table(form: LoopErrorsForm, key: LoopErrorsKey, context: Context) -> MarkingTable:
    """Score as `select` does: what a right tick earns, a wrong one costs."""
    credit = {f"opt:{name}": FULL if name in key.right else -FULL for name in form.arrows}
    group = Group("answer", form.title, ("answer",), credit, FULL * len(set(key.right)))
    why = {f"opt:{name}": context.render.inline(text) for name, text in key.why.items()}
    return MarkingTable(hundredths(form.points), (group,), why=why)


def static(view: Mapping[str, Any]) -> str:
    """Print the case and the arrows as sentences to tick."""
    case = static_case(view["case"], view["excerpts"]) if view["case"] else ""
    rows = "".join(f"<li>☐ {html.escape(sentence(row['arrow'], view['nodes']))}.</li>" for row in view["arrows"])
    return f"{case}{static_nodes(view['nodes'])}<p>Tick the arrows that are wrong.</p><ul>{rows}</ul>"


KIND = Kind("loop-errors", LoopErrorsForm, LoopErrorsKey, check, shape, view, table, static, wide=True)
