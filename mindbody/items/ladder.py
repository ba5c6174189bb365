"""Statements on the rungs of a ladder, from body sensation to feelings of self and other.

The rungs follow the levels of emotional awareness; they order statements, not people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from mindbody.items import sort
from mindbody.items.base import TEXT_LIMIT, Context, Credit, Fault, ItemForm, KeyForm, Kind, Text, hundredths
from mindbody.items.sort import Cards, Place, Sorting
from mindbody.marking import MarkingTable

RUNGS = (
    Place("body", "Body sensation", "Tight, heavy, hot"),
    Place("urge", "Urge to act", "Leave, hide, hit, hold on"),
    Place("feeling", "One feeling", "Angry, or sad, or afraid"),
    Place("blend", "Blended feelings", "Two at once, or against each other"),
    Place("self-other", "Feelings of self and other", "Mine and another\u2019s, told apart"),
)
"""The rungs, the lowest first."""


class LadderForm(ItemForm):
    """The statements, and perhaps one of them for which the learner writes a question one rung up."""

    cards: Cards
    next: str | None = None


class LadderKey(KeyForm):
    """The rung of every statement, a sentence on each, and model questions for ``next``."""

    right: dict[str, str]
    credits: dict[str, dict[str, Credit]] = Field(default_factory=dict)
    why: dict[str, Text]
    next: tuple[Text, ...] = ()


def _sorting(form: LadderForm) -> Sorting:
    return Sorting(RUNGS, form.cards, ordered=True)


def check(form: LadderForm, key: LadderKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    it = _sorting(form)
    yield from sort.check_names(it, ["next"])
    if form.next is not None and form.next not in form.cards:
        known = ", ".join(form.cards)
        yield Fault("form", ("next",), f'card "{form.next}" does not exist (there are {known})')
    if not key:
        return
    yield from sort.check_cards(it, key.right, key, context)
    if form.next is not None and not key.next:
        yield Fault("key", (), "the item has `next` and its key no model questions: add `next: [...]` to the key")
    if form.next is None and key.next:
        yield Fault("key", ("next",), "model questions for no card: name it with `next:` on the item")
    if form.next is not None and key.right.get(form.next) == RUNGS[-1].id:
        yield Fault("form", ("next",), f'"{form.next}" stands on the highest rung: choose one with a rung above it')


def shape(form: LadderForm, context: Context) -> dict[str, Any]:
    """Return the fields of the statements and of the question."""
    question = {"next": {"text": {"max": TEXT_LIMIT}, "required": 1}} if form.next else {}
    return {"fields": sort.card_fields(_sorting(form)) | question}


def view(form: LadderForm, context: Context) -> dict[str, Any]:
    """Return rungs and statements, and the statement to ask about."""
    return {**sort.cards_view(_sorting(form), context), "next": form.next}


def table(form: LadderForm, key: LadderKey, context: Context) -> MarkingTable:
    """Score the statements (the rung 1, one off 0.5); the model questions travel as ``expert:1``, ``expert:2``."""
    group = sort.card_group(_sorting(form), key.right, key, form.title)
    models = {f"expert:{number}": context.render.inline(text) for number, text in enumerate(key.next, 1)}
    return MarkingTable(hundredths(form.points), (group,), why=models, why_unlisted=sort.card_whys(key, context))


def static(view: Mapping[str, Any]) -> str:
    """Print the ladder, the highest rung first, the statements and room for the question."""
    upside = {**view, "places": list(reversed(view["places"]))}
    chosen = next((card["html"] for card in view["cards"] if card["id"] == view["next"]), None)
    ask = f"<p>Ask about “{chosen}” one rung up:</p>" if chosen else ""
    return sort.static(upside) + ask + ('<div class="mindbody-lines" aria-hidden="true"></div>' if chosen else "")


KIND = Kind("ladder", LadderForm, LadderKey, check, shape, view, table, static)
