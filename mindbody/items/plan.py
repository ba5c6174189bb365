"""Putting the phases of a plan in order: the share of pairs in the right order, equal ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
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
from mindbody.items.loop import check_case, optional_case
from mindbody.items.placement import static_case
from mindbody.marking import FULL, Group, MarkingTable


class PlanForm(ItemForm):
    """Phases, in the order in which they are first shown; the key holds the right one."""

    case: str | None = None
    phases: Annotated[dict[FieldName, Text], Field(min_length=3, max_length=8)]


class PlanKey(KeyForm):
    """The right order, pairs whose order does not matter, and a sentence on every phase."""

    order: tuple[str, ...]
    equal: tuple[tuple[str, str], ...] = ()
    why: dict[str, Text]


def check(form: PlanForm, key: PlanKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    yield from check_case(form.case, context)
    if not key:
        return
    faults = [
        *unknown_names(key.order, form.phases, "phase", ("order",)),
        *unknown_names((name for pair in key.equal for name in pair), form.phases, "phase", ("equal",)),
    ]
    faults += [
        Fault("key", ("order",), f'phase "{name}" stands {key.order.count(name)} times in `order`: it needs one place')
        for name in form.phases
        if key.order.count(name) != 1
    ]
    yield from faults
    yield from missing_whys(key.why, form.phases, "phase")
    if faults:
        return
    counted = _counted(key)
    if not counted:
        yield Fault("key", ("equal",), "every pair is equal, so there is no order to find: leave some pairs out")
        return
    shown = list(form.phases)
    if all(shown.index(first) < shown.index(second) for first, second in counted):
        yield Fault("form", ("phases",), "the phases are shown in the right order already: write them in another one")


def _counted(key: PlanKey) -> list[tuple[str, str]]:
    equal = {frozenset(pair) for pair in key.equal}
    return [pair for pair in combinations(key.order, 2) if frozenset(pair) not in equal]


def shape(form: PlanForm, context: Context) -> dict[str, Any]:
    """Return one field: for each pair which comes first, together one order."""
    names = list(form.phases)
    pairs = [f"{a}<{b}" for a in names for b in names if a != b]
    return {"fields": {"order": {"atoms": pairs, "required": 1}}, "orders": [{"items": names}]}


def view(form: PlanForm, context: Context) -> dict[str, Any]:
    """Return the case and the phases."""
    phases = [{"id": name, "html": context.render.inline(text)} for name, text in form.phases.items()]
    return {**optional_case(form.case, context), "phases": phases}


def table(form: PlanForm, key: PlanKey, context: Context) -> MarkingTable:
    """Give every pair in the right order the same credit; a pair may be explained by its first phase."""
    credit = {f"{first}<{second}": FULL for first, second in _counted(key)}
    group = Group("order", form.title, ("order",), credit, FULL * len(credit))
    why = {name: context.render.inline(text) for name, text in key.why.items()}
    return MarkingTable(hundredths(form.points), (group,), why_unlisted=why)


def static(view: Mapping[str, Any]) -> str:
    """Print the phases with a blank for the place of each."""
    case = static_case(view["case"], view["excerpts"]) if view["case"] else ""
    blank = '<span class="mindbody-blank"></span>'
    rows = "".join(f"<li>{phase['html']} (place {blank})</li>" for phase in view["phases"])
    return f"{case}<p>Number these in their order, the first as 1.</p><ul>{rows}</ul>"


KIND = Kind("plan", PlanForm, PlanKey, check, shape, view, table, static, wide=True)
