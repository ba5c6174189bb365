"""Claims sorted by how well they stand: each to a badge, with a confidence; then the studies behind the badge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mindbody.items import sort
from mindbody.items.base import Context, Fault, ItemForm, Kind, hundredths
from mindbody.items.sort import Cards, Sorting, SortKey
from mindbody.marking import MarkingTable


class ClaimsForm(ItemForm):
    """Three to sixteen claims."""

    cards: Cards


class ClaimsKey(SortKey):
    """The badge of every claim, a sentence on it and the studies behind it."""

    studies: dict[str, tuple[str, ...]]


def _sorting(form: ClaimsForm) -> Sorting:
    return Sorting(sort.evidence_places(), form.cards, ordered=True, sure=True)


def check(form: ClaimsForm, key: ClaimsKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    it = _sorting(form)
    yield from sort.check_names(it)
    if key:
        yield from sort.check_cards(it, key.right, key, context)
        yield from sort.check_studies(key.studies, form.cards, context)
        for claim in form.cards:
            if not key.studies.get(claim):
                message = f'claim "{claim}" has no study: name the works behind its badge (keys of references.bib)'
                yield Fault("key", ("studies",), message)


def shape(form: ClaimsForm, context: Context) -> dict[str, Any]:
    """Return the fields of the claims."""
    return {"fields": sort.card_fields(_sorting(form))}


def view(form: ClaimsForm, context: Context) -> dict[str, Any]:
    """Return badges and claims."""
    return {**sort.cards_view(_sorting(form), context), "badges": True}


def table(form: ClaimsForm, key: ClaimsKey, context: Context) -> MarkingTable:
    """Score the claims: the badge 1, its neighbour 0.5."""
    group = sort.card_group(_sorting(form), key.right, key, form.title)
    return MarkingTable(hundredths(form.points), (group,), why_unlisted=sort.card_whys(key, context))


KIND = Kind("claims", ClaimsForm, ClaimsKey, check, shape, view, table, sort.static)
