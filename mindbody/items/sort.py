"""Cards sorted into places: the right place earns 1, a listed one part of that, a neighbour in an order 0.5.

``claims`` and ``ladder`` are the same exercise with places of their own; ``pathway`` sorts signs, then asks for more.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from mindbody.items.base import (
    Context,
    Credit,
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
from mindbody.text import badge

NEIGHBOUR = 50
MOST_FOR_ONE_PLACE = FULL * 2 // 3
"""What putting every card in one place may earn, in hundredths of the whole; the course asks three quarters."""

EVIDENCE: Mapping[str, tuple[str, str]] = {
    "supported": ("Supported", "Several studies, or a review of them, point the same way"),
    "mixed": ("Mixed", "There are studies, but they disagree, or are few, small or short"),
    "contested": ("Contested", "Disputed by those who know the field, or not tested"),
    "historical": ("Historical", "It shaped the field; that is why it is told"),
}
"""The evidence badges, in their order: label and what it means."""

Cards = Annotated[dict[FieldName, Text], Field(min_length=3, max_length=16)]


class Place(NamedTuple):
    """Where a card can go."""

    id: str
    label: str
    hint: str = ""


class Sorting(NamedTuple):
    """What is common to every exercise that sorts cards.

    Attributes
    ----------
    places
        Where a card can go, in their order.
    cards
        Card -> its text.
    ordered
        Whether a neighbouring place earns half.
    sure
        Whether the learner says for each card how sure she is; it is not marked.
    part
        Where the right places stand in the key.
    """

    places: tuple[Place, ...]
    cards: Mapping[str, str]
    ordered: bool = False
    sure: bool = False
    part: str = "right"


class SortForm(ItemForm):
    """Places (in order), or the four evidence badges, and the cards to sort into them."""

    bins: Annotated[dict[FieldName, Text], Field(min_length=2, max_length=7)] | Literal["evidence"]
    ordered: bool = False
    cards: Cards
    sure: bool = False


class SortKey(KeyForm):
    """The right place of every card, other places that earn something, a sentence and perhaps studies on each."""

    right: dict[str, str]
    credits: dict[str, dict[str, Credit]] = Field(default_factory=dict)
    why: dict[str, Text]
    studies: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def evidence_places() -> tuple[Place, ...]:
    """Return the evidence badges as places."""
    return tuple(Place(name, label, hint) for name, (label, hint) in EVIDENCE.items())


def sorting(form: SortForm) -> Sorting:
    """Read the places of a form."""
    if form.bins == "evidence":
        return Sorting(evidence_places(), form.cards, form.ordered, form.sure)
    places = tuple(Place(name, label) for name, label in form.bins.items())
    return Sorting(places, form.cards, form.ordered, form.sure)


def atom(card: str, place: str) -> str:
    """Return the atom of a card in a place."""
    return f"{card}@{place}"


def sure_field(card: str) -> str:
    """Return the field that holds how sure the learner is of a card."""
    return f"{card}-sure"


def credits_of(it: Sorting, right: Mapping[str, str], listed: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Return the credit of each card in each place that earns any; what the key lists goes before neighbours."""
    order = [place.id for place in it.places]
    credit: dict[str, int] = {}
    for card, place in right.items():
        at = order.index(place)
        beside = order[max(0, at - 1) : at + 2] if it.ordered else []
        earned = {other: NEIGHBOUR for other in beside if other != place}
        earned |= {other: hundredths(value) for other, value in listed.get(card, {}).items()}
        credit |= {atom(card, other): value for other, value in earned.items() if value}
        credit[atom(card, place)] = FULL
    return credit


def check_cards(it: Sorting, right: Mapping[str, str], key: Any, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the places, credits and explanations of a key."""
    known = [place.id for place in it.places]
    yield from unknown_names(right, it.cards, "card", (it.part,))
    yield from unknown_names(key.credits, it.cards, "card", ("credits",))
    faults = [*_check_places(it, right, key.credits, known)]
    yield from faults
    yield from missing_whys(key.why, it.cards, "card")
    if not faults and set(right) == set(it.cards):
        yield from _check_spread(it, right, key.credits)


def _check_places(
    it: Sorting, right: Mapping[str, str], listed: Mapping[str, Mapping[str, Any]], known: list[str]
) -> Iterable[Fault]:
    for card in it.cards:
        if card not in right:
            yield Fault("key", (it.part,), f'card "{card}" has no place: add it to `{it.part}`')
    for card, place in right.items():
        yield from unknown_names([place], known, "place", (it.part, card))
    for card, places in listed.items():
        yield from unknown_names(places, known, "place", ("credits", card))
        for place, value in places.items():
            if place == right.get(card):
                message = f'"{place}" is the right place of "{card}" and earns 1: remove it from `credits`'
                yield Fault("key", ("credits", card, place), message)
            elif value == 1:
                message = f'"{card}" has one right place: give "{place}" less than 1'
                yield Fault("key", ("credits", card, place), message)


def _check_spread(it: Sorting, right: Mapping[str, str], listed: Mapping[str, Mapping[str, Any]]) -> Iterable[Fault]:
    credit = credits_of(it, right, listed)
    for place in it.places:
        earned = sum(credit.get(atom(card, place.id), 0) for card in it.cards)
        if earned > MOST_FOR_ONE_PLACE * len(it.cards):
            share = earned // len(it.cards)
            message = (
                f'every card in "{place.label}" would earn {share} per cent: spread the right places more evenly,'
                f" or give less for {place.label} (e.g. 0 in `credits`)"
            )
            yield Fault("key", (it.part,), message)


def check_studies(
    studies: Mapping[str, tuple[str, ...]], cards: Mapping[str, str], context: Context
) -> Iterable[Fault]:
    """Yield a fault for each study that is not in the bibliography, and for studies of a card that is not there."""
    yield from unknown_names(studies, cards, "card", ("studies",))
    for card, keys in studies.items():
        for key in keys:
            if key not in context.render.references:
                message = f'"{key}" is not in assets/references.bib: mend the key or add the work'
                yield Fault("key", ("studies", card), message)


def check_names(it: Sorting, taken: Iterable[str] = ()) -> Iterable[Fault]:
    """Yield a fault for each card whose name is needed for something else."""
    names = {*taken, *(sure_field(card) for card in it.cards if it.sure)}
    for card in it.cards:
        if card in names:
            yield Fault("form", ("cards", card), f'"{card}" is the name of a field of the answer: rename the card')


def check(form: SortForm, key: SortKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    it = sorting(form)
    yield from check_names(it)
    if key:
        yield from check_cards(it, key.right, key, context)
        yield from check_studies(key.studies, form.cards, context)


def card_fields(it: Sorting) -> dict[str, Any]:
    """Return one field a card, which stands in one place, and one for how sure the learner is."""
    fields: dict[str, Any] = {
        card: {"atoms": [atom(card, place.id) for place in it.places], "at_most": 1, "required": 1} for card in it.cards
    }
    return fields | {sure_field(card): {"number": True} for card in it.cards if it.sure}


def shape(form: SortForm, context: Context) -> dict[str, Any]:
    """Return the fields of the cards."""
    return {"fields": card_fields(sorting(form))}


def cards_view(it: Sorting, context: Context) -> dict[str, Any]:
    """Return places and cards as the page shows them."""
    shown: dict[str, Any] = {
        "places": [{"id": place.id, "label": place.label, "hint": place.hint} for place in it.places],
        "cards": [{"id": card, "html": context.render.inline(text)} for card, text in it.cards.items()],
    }
    return shown | ({"sure": True} if it.sure else {})


def view(form: SortForm, context: Context) -> dict[str, Any]:
    """Return places and cards; places that are evidence badges are drawn as such."""
    shown = cards_view(sorting(form), context)
    return shown | ({"badges": True} if form.bins == "evidence" else {})


def card_group(it: Sorting, right: Mapping[str, str], key: Any, label: str) -> Group:
    """Return the group that scores the cards."""
    credit = credits_of(it, right, key.credits)
    return Group("cards", label, tuple(it.cards), credit, FULL * len(it.cards))


def card_whys(key: Any, context: Context) -> dict[str, str]:
    """Return what is said of each card wherever it was put, with the studies behind it."""
    studies = getattr(key, "studies", {})
    whys = {}
    for card, text in key.why.items():
        named = "".join(f' <span class="mb-study">{context.render.work(name)}</span>' for name in studies.get(card, ()))
        whys[card] = context.render.inline(text) + named
    return whys


def table(form: SortForm, key: SortKey, context: Context) -> MarkingTable:
    """Score the cards as one group."""
    group = card_group(sorting(form), key.right, key, form.title)
    return MarkingTable(hundredths(form.points), (group,), why_unlisted=card_whys(key, context))


def static(view: Mapping[str, Any]) -> str:
    """Print the places and the cards, each with room for its place."""
    places = "".join(f"<li>{_place_name(place, view)}{_hint(place)}</li>" for place in view["places"])
    sure = ' How sure, 0 to 100? <span class="mindbody-blank"></span>' if view.get("sure") else ""
    cards = "".join(
        f'<li>{card["html"]}<br>Place: <span class="mindbody-blank"></span>{sure}</li>' for card in view["cards"]
    )
    return f'<p>The places:</p><ul>{places}</ul><ol class="mindbody-options">{cards}</ol>'


def _place_name(place: Mapping[str, str], view: Mapping[str, Any]) -> str:
    return badge(place["id"]) if view.get("badges") else f"<strong>{html.escape(place['label'])}</strong>"


def _hint(place: Mapping[str, str]) -> str:
    return f": {html.escape(place['hint'])}" if place["hint"] else ""


KIND = Kind("sort", SortForm, SortKey, check, shape, view, table, static)
