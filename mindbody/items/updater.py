"""Evidence as it arrives: a hypothesis, facts one by one, and how far each moves it.

A fact is marked only where a panel has agreed on it; the others are for discussion.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

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
from mindbody.items.placement import case_view, static_case
from mindbody.marking import FULL, Group, MarkingTable

DIRECTIONS: Mapping[str, str] = {"less": "less likely", "same": "about the same", "more": "more likely"}
PANEL = 10
AGREED = Decimal("0.75")
NEAR = 10
"""An estimate this many points outside the panel's range earns half."""

Direction = Literal["less", "same", "more"]
Percent = Annotated[int, Field(ge=0, le=100)]


class UpdaterForm(ItemForm):
    """A hypothesis and two to eight facts; sliders before and after. Without a keyed fact it has no points."""

    points: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
    hypothesis: Text
    case: str | None = None
    facts: Annotated[dict[FieldName, Text], Field(min_length=2, max_length=8)]
    prior: bool = False
    estimate: bool = False


class Panel(Strict):
    """How many clinicians answered, and the share that agreed."""

    panel: Annotated[int, Field(ge=0)]
    agreed: Annotated[Decimal, Field(ge=0, le=1)]

    def faults(self) -> Iterable[str]:
        """Yield why this panel settles nothing."""
        if self.panel < PANEL:
            yield f"a panel of {self.panel} settles nothing: ask at least {PANEL}, or leave it for discussion"
        if self.agreed < AGREED:
            yield f"{self.agreed:.0%} agreed, which is below {AGREED:.0%}: leave it for discussion"


class KeyedFact(Panel):
    """The direction a panel agreed on."""

    right: Direction


class Range(Strict):
    """Where the end estimate is proposed to lie; marked only when a panel gave it."""

    start: Annotated[Percent, Field(alias="from")]
    end: Annotated[Percent, Field(alias="to")]
    panel: Annotated[int, Field(ge=0)] | None = None


class UpdaterKey(KeyForm):
    """The facts a panel agreed on, a sentence on every fact, and the proposed range of the end estimate."""

    keyed: dict[str, KeyedFact] = Field(default_factory=dict)
    why: dict[str, Text]
    estimate: Range | None = None
    why_estimate: Text | None = None


def check(form: UpdaterForm, key: UpdaterKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    if form.case and form.case not in context.cases:
        known = ", ".join(sorted(context.cases))
        yield Fault("form", ("case",), f'case "{form.case}" does not exist (there are {known})')
    if not form.points and form.mode == "graded":
        yield Fault("form", ("mode",), "an exercise without points is not graded: set `mode: practice`")
    if not key:
        return
    yield from unknown_names(key.keyed, form.facts, "fact", ("keyed",))
    for name, fact in key.keyed.items():
        for message in fact.faults():
            yield Fault("key", ("keyed", name), f'fact "{name}": {message}')
    yield from missing_whys(key.why, form.facts, "fact")
    yield from _check_range(form, key)
    if form.points and not _marked(key):
        message = "nothing is keyed by a panel, so there is nothing to mark: write `points: 0`; it is for discussion"
        yield Fault("form", ("points",), message)
    if _marked(key) and not form.points:
        yield Fault("form", ("points",), "a panel has keyed this: say how many points it is worth")


def _check_range(form: UpdaterForm, key: UpdaterKey) -> Iterable[Fault]:
    if key.estimate is None:
        return
    if key.estimate.start >= key.estimate.end:
        yield Fault("key", ("estimate",), "the range runs downwards: write the smaller number first")
    if not form.estimate:
        yield Fault("key", ("estimate",), "nobody is asked for an estimate: add `estimate: true` to the item")
    if key.estimate.panel is not None and key.estimate.panel < PANEL:
        message = f"a panel of {key.estimate.panel} settles nothing: ask at least {PANEL}, or leave `panel` out"
        yield Fault("key", ("estimate", "panel"), message)


def _marked(key: UpdaterKey) -> bool:
    return bool(key.keyed) or bool(key.estimate and key.estimate.panel)


def shape(form: UpdaterForm, context: Context) -> dict[str, Any]:
    """Return one direction a fact, and the estimates."""
    fields: dict[str, Any] = {"prior": {"number": True, "required": 1}} if form.prior else {}
    for name in form.facts:
        fields[name] = {"atoms": [f"{name}@{way}" for way in DIRECTIONS], "at_most": 1, "required": 1}
    if form.estimate:
        fields["estimate"] = {"number": True, "required": 1}
    return {"fields": fields}


def view(form: UpdaterForm, context: Context) -> dict[str, Any]:
    """Return the hypothesis, the facts in order and the case to read again."""
    render = context.render.inline
    case = context.cases[form.case] if form.case else None
    excerpts = [{"id": number, "html": render(text)} for number, text in case.excerpts.items()] if case else []
    return {
        "case": {**case_view(case), "excerpts": excerpts} if case else None,
        "hypothesis": render(form.hypothesis),
        "facts": [{"id": name, "html": render(text)} for name, text in form.facts.items()],
        "ways": [{"id": way, "label": label} for way, label in DIRECTIONS.items()],
        "prior": form.prior,
        "estimate": form.estimate,
        "discussion": not form.points,
    }


def table(form: UpdaterForm, key: UpdaterKey, context: Context) -> MarkingTable:
    """Mark the facts a panel has keyed, and the estimate where a panel gave its range; else there is no group."""
    render = context.render.inline
    credit = {f"{name}@{fact.right}": FULL for name, fact in key.keyed.items()}
    why = {
        f"panel:{name}": f"{fact.agreed:.0%} of a panel of {fact.panel} said “{DIRECTIONS[fact.right]}”."
        for name, fact in key.keyed.items()
    }
    about = {name: render(text) for name, text in key.why.items()}
    ranges: dict[str, Any] = {}
    if key.why_estimate:
        why["estimate"] = render(key.why_estimate)
    if key.estimate:
        start, end = key.estimate.start, key.estimate.end
        why |= {"from": str(start), "to": str(end)}
        if key.estimate.panel:
            why["panel:estimate"] = f"The middle of a panel of {key.estimate.panel}."
            ranges["estimate"] = [
                {"from": str(start), "to": str(end), "credit": FULL},
                {"from": str(start - NEAR), "to": str(end + NEAR), "credit": FULL // 2},
            ]
    fields = (*key.keyed, *ranges)
    groups = (Group("facts", form.title, fields, credit, FULL * len(fields), ranges=ranges),) if fields else ()
    return MarkingTable(hundredths(form.points), groups, why=why, why_unlisted=about)


def static(view: Mapping[str, Any]) -> str:
    """Print the hypothesis and the facts, each with room for a direction."""
    case = view["case"]
    paper = static_case(case, case["excerpts"]) if case else ""
    ways = ", ".join(html.escape(way["label"]) for way in view["ways"])
    blank = '<span class="mindbody-blank"></span>'
    before = f"<p>How likely, from 0 to 100, before the first fact? {blank}</p>" if view["prior"] else ""
    after = f"<p>How likely now, from 0 to 100? {blank}</p>" if view["estimate"] else ""
    facts = "".join(f"<li>{fact['html']} {blank}</li>" for fact in view["facts"])
    return (
        f"{paper}<p><strong>Hypothesis:</strong> {view['hypothesis']}</p>{before}"
        f'<p>Does each fact make it {ways}?</p><ol class="mindbody-options">{facts}</ol>{after}'
    )


KIND = Kind("updater", UpdaterForm, UpdaterKey, check, shape, view, table, static)
