"""Warm-ups: four short questions of earlier chapters, drawn from the bank, so that what was learned is met again.

Two come from the previous chapter, one from three chapters back, one is about safety; intervals are uniform (spaced
retrieval: Latimier and colleagues found expanding intervals no better, ``latimier2021spacing``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from mindbody.model import Assignment, Item

KINDS = frozenset({"choice", "select", "true-false", "number"})
"""Kinds that take a minute and need no case beside them."""

PREFIX = "warm-up-"


def earlier(assignment: Assignment, every: Iterable[Assignment]) -> list[Assignment]:
    """Return the assignments of the chapters before; one on a page of its own comes before nothing."""
    return [one for one in every if one.chapter and _number(one) < _number(assignment)]


def draw(assignment: Assignment, ready: Iterable[Assignment]) -> tuple[Item, ...]:
    """Draw the warm-up of a chapter.

    Parameters
    ----------
    assignment
        The chapter's.
    ready
        Those of the chapters that are ready, in any order; only the ones before it are drawn from.

    Returns
    -------
    tuple of Item
        At most four practice items of the given assignment, each with an id of its own, so that the answer given in
        the earlier chapter stays there and is not shown here. The draw is the same at every build; new items in the
        bank may change it.
    """
    number = _number(assignment)
    pools = {_number(before): _ranked(before, number) for before in earlier(assignment, ready)}
    everything = [item for pool in sorted(pools, reverse=True) for item in pools[pool]]
    drawn: list[Item] = []

    def take(count: int, items: Iterable[Item]) -> None:
        drawn.extend([item for item in items if item not in drawn][:count])

    take(2, _nearest(pools, number - 1))
    take(1, _nearest(pools, number - 3))
    take(1, sorted((item for item in everything if item.form.safety), key=lambda item: _rank(item, number)))
    take(4 - len(drawn), everything)
    return tuple(_as_warm_up(item, assignment) for item in drawn)


def _number(assignment: Assignment) -> int:
    return assignment.chapter.number if assignment.chapter else 0


def _nearest(pools: Mapping[int, list[Item]], wanted: int) -> list[Item]:
    """Return the items of the wanted chapter, else of the nearest one before it."""
    return next((pools[number] for number in sorted(pools, reverse=True) if number <= wanted and pools[number]), [])


def _ranked(assignment: Assignment, chapter: int) -> list[Item]:
    usable = [
        item
        for item in assignment.items
        if item.practice
        and item.kind.name in KINDS
        and not (item.form.gate or item.form.retake_of or item.form.behind_gate)
        and not (item.form.section or "").endswith("-warm-up")
        and not item.id.startswith(PREFIX)
    ]
    return sorted(usable, key=lambda item: _rank(item, chapter))


def _rank(item: Item, chapter: int) -> str:
    return hashlib.sha256(f"{chapter}:{item.full_id}".encode()).hexdigest()


def _as_warm_up(item: Item, assignment: Assignment) -> Item:
    name = f"{PREFIX}{item.assignment}-{item.id}"
    form = item.form.model_copy(update={"id": name, "section": None, "alternative_to": None})
    return Item(name, assignment.id, item.kind, form, item.key)
