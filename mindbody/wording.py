"""Phrases that nobody should learn here to say to a patient: absent from model texts, elsewhere only as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mindbody.model import Item
from mindbody.pages import Page
from mindbody.yamlfile import Location, Problem, Source

_APOSTROPHE = "['\u2019]"
BANNED = re.compile(
    rf"\ball in (?:your|her|his|their|my|the) head\b|\bjust stress\b"
    rf"|\bnothing(?:{_APOSTROPHE}s| is| was)? wrong\b(?= with (?:you|her|him|them|your|my)\b)|\bnothing wrong\b"
    rf"|\byou(?:{_APOSTROPHE}re| are)(?: \w+ly| just)? creating (?:this|it|your|that)\b"
    rf"|\byou (?:don{_APOSTROPHE}t|do not)(?: \w+ly)? want to get (?:better|well)\b",
    re.IGNORECASE,
)
"""What a patient hears as disbelief or blame, with its near variants."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘.*?’(?!\w)|(?<!\w)'.*?'(?!\w)", re.DOTALL)
_SPOKEN = frozenset({"said", "says", "say", "scene", "replies", "harmful", "either", "reactions", "excerpts"})
"""Fields whose whole text is somebody's words, or the words to mark in them."""


def check_models(placed: Iterable[tuple[Item, Source, Location]], keys: Mapping[str, Source]) -> Iterator[Problem]:
    """Look for banned phrases in whatever a learner is shown as well said."""
    for item, bank, at in placed:
        own: tuple[Source, Location] = (bank, (*at, "key"))
        key_at = own if item.practice else (keys.get(item.assignment, bank), ("items", item.id))
        for source, where, text in _models(item, bank, at, key_at):
            yield from _say(source, where, text)
    for source in keys.values():
        for name, text in (source.data.get("narratives") or {}).items():
            yield from _say(source, ("narratives", name), str(text))


def check_quoted(strings: Iterable[tuple[Source, Location, str]]) -> Iterator[Problem]:
    """Look for banned phrases that no quotation marks hold, in all other texts of cases, banks and keys."""
    for source, at, text in strings:
        if _SPOKEN.isdisjoint(str(name) for name in at):
            for phrase, _ in _unquoted(text):
                yield source.problem(at, _remedy(phrase))


def check_page(page: Page) -> Iterator[Problem]:
    """Look for banned phrases in a page that no quotation marks hold."""
    for paragraph in re.finditer(r"(?:[^\n]+\n?)+", page.prose):
        for phrase, offset in _unquoted(paragraph[0]):
            yield page.problem(page.line(paragraph.start() + offset), _remedy(phrase))


def _models(
    item: Item, bank: Source, at: Location, key_at: tuple[Source, Location]
) -> Iterator[tuple[Source, Location, str]]:
    """Return every text of an item that is held out as right or well said, and where it stands."""
    key, form = item.key, item.form
    source, base = key_at
    if isinstance(model := getattr(key, "model", None), str):
        yield source, (*base, "model"), model
    for name in ("versions", "own", "next"):
        for index, text in enumerate(getattr(key, name, ())):
            yield source, (*base, name, index), text
    right = getattr(key, "right", ())
    chosen = {right} if isinstance(right, str) else set(right)
    for field in ("options", "statements"):
        for name in chosen & set(getattr(form, field, {})):
            yield bank, (*at, field, name), getattr(form, field)[name]
    if means := getattr(key, "means", None):
        best = max(means, key=lambda name: means[name])
        yield bank, (*at, "replies", best), getattr(form, "replies", {}).get(best, "")
    for name, moment in getattr(form, "moments", {}).items():
        best = str(getattr(getattr(key, "moments", {}).get(name), "right", ""))
        if best in moment.replies:
            yield bank, (*at, "moments", name, "replies", best), moment.replies[best].say


def _say(source: Source, at: Location, text: str) -> Iterator[Problem]:
    for found in BANNED.finditer(text):
        message = f'"{found[0]}" stands in a text that learners take as a model: say it in other words'
        yield source.problem(at, message)


def _unquoted(text: str) -> Iterator[tuple[str, int]]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    for found in BANNED.finditer(text):
        if not any(start <= found.start() and found.end() <= end for start, end in quoted):
            yield found[0], found.start()


def _remedy(phrase: str) -> str:
    return f'"{phrase}" may stand only inside quotation marks, as what somebody said: quote it or say it in other words'
