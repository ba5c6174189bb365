"""Situational judgement: rate several replies to one moment; the nearer to the mean rating, the more credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
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
from mindbody.marking import FULL, Group, MarkingTable

RATINGS: Mapping[int, str] = {1: "would do harm", 2: "would not help", 3: "would do", 4: "very apt"}
HARM = 2
"""The highest mean a reply named harmful may have."""
PASS = Decimal("0.75")
UNRATED = "The means are the authors’ proposals: no panel has rated these replies yet."


class RepliesForm(ItemForm):
    """A moment, in the patient's words, and three to five replies to rate."""

    scene: Text
    replies: Annotated[dict[FieldName, Text], Field(min_length=3, max_length=5)]


Mean = Annotated[Decimal, Field(ge=1, le=4, decimal_places=2)]


class RepliesKey(KeyForm):
    """The mean rating of each reply, the one that would do harm, and a sentence on each.

    ``panel`` is how many clinicians rated them; without it the means are the authors' proposals.
    """

    means: dict[str, Mean]
    harmful: str
    why: dict[str, Text]
    panel: Annotated[int, Field(ge=2)] | None = None


def nearness(rating: int, mean: Decimal) -> int:
    """Return ``1 - |rating - mean| / 3`` in hundredths."""
    return int((FULL * (1 - abs(rating - mean) / 3)).quantize(Decimal(1), ROUND_HALF_UP))


def check(form: RepliesForm, key: RepliesKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the key."""
    if not key:
        return
    yield from unknown_names(key.means, form.replies, "reply", ("means",))
    yield from unknown_names([key.harmful], form.replies, "reply", ("harmful",))
    yield from missing_whys(key.why, form.replies, "reply")
    without = [name for name in form.replies if name not in key.means]
    for name in without:
        yield Fault("key", ("means",), f'reply "{name}" has no mean: say how apt it is, from 1 to 4')
    if without or key.harmful not in form.replies:
        return
    lowest = min(key.means[name] for name in form.replies)
    if key.means[key.harmful] > min(lowest, Decimal(HARM)):
        message = f'reply "{key.harmful}" is named harmful: give it the lowest mean, at most {HARM}'
        yield Fault("key", ("harmful",), message)
    best = sum(_credits(mean)[2] for mean in key.means.values())
    for rating in (1, 2):
        share = Decimal(sum(nearness(rating, mean) for mean in key.means.values())) / best
        if share >= PASS:
            message = (
                f"rating every reply {rating} would earn {share:.2f}: spread the means,"
                " so that at least one reply is very apt and one would do harm"
            )
            yield Fault("key", ("means",), message)


def _credits(mean: Decimal) -> tuple[dict[int, int], int, int]:
    """Return the credit of each rating, the best rating and its credit."""
    credit = {rating: nearness(rating, mean) for rating in RATINGS}
    best = max(credit, key=lambda rating: credit[rating])
    return credit, best, credit[best]


def shape(form: RepliesForm, context: Context) -> dict[str, Any]:
    """Return one rating a reply."""
    return {
        "fields": {
            name: {"atoms": [f"{name}@{rating}" for rating in RATINGS], "at_most": 1, "required": 1}
            for name in form.replies
        }
    }


def view(form: RepliesForm, context: Context) -> dict[str, Any]:
    """Return the moment, the replies and what the ratings mean."""
    render = context.render.inline
    return {
        "scene": context.render.block(form.scene),
        "replies": [{"id": name, "html": render(text)} for name, text in form.replies.items()],
        "ratings": [{"id": str(rating), "label": label} for rating, label in RATINGS.items()],
    }


def table(form: RepliesForm, key: RepliesKey, context: Context) -> MarkingTable:
    """Score the mean of ``1 - |rating - mean| / 3``, as a share of what whole ratings can reach.

    A harmful reply that is rated 3 or 4 takes everything. The means travel as ``why["mean:a"]``.
    """
    credit = {
        f"{name}@{rating}": value for name in form.replies for rating, value in _credits(key.means[name])[0].items()
    }
    total = sum(_credits(key.means[name])[2] for name in form.replies)
    harm = [{"if_all": [f"{key.harmful}@{rating}"], "credit": -FULL * len(form.replies)} for rating in (3, 4)]
    said = f"Means of a panel of {key.panel}." if key.panel else UNRATED
    why = {"means": said} | {f"mean:{name}": f"{key.means[name]:.1f}" for name in form.replies}
    about = {name: context.render.inline(key.why[name]) for name in form.replies}
    group = Group("replies", form.title, tuple(form.replies), credit, total, adjust=tuple(harm))
    return MarkingTable(hundredths(form.points), (group,), why=why | {"harmful": key.harmful}, why_unlisted=about)


def static(view: Mapping[str, Any]) -> str:
    """Print the moment and the replies, each with room for a rating."""
    scale = "; ".join(f"{rating['id']} {rating['label']}" for rating in view["ratings"])
    rows = "".join(f'<li>{reply["html"]} <span class="mindbody-blank"></span></li>' for reply in view["replies"])
    return (
        f'<div class="mindbody-case">{view["scene"]}</div><p>Rate each reply: {scale}.</p>'
        f'<ol class="mindbody-options" type="A">{rows}</ol>'
    )


KIND = Kind("replies", RepliesForm, RepliesKey, check, shape, view, table, static)
