"""Language: mark the words that harm in a sentence, name the fault, write it better, compare."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from mindbody.items.base import (
    TEXT_LIMIT,
    Context,
    Fault,
    ItemForm,
    KeyForm,
    Kind,
    Line,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.marking import FULL, Group, MarkingTable

FAULTS: Mapping[str, tuple[str, str]] = {
    "doubt": ("Doubt", "says or hints that it is not real"),
    "blame": ("Blame", "makes it the patient’s doing or choosing"),
    "dualism": ("Dualism", "body or mind, as if it had to be one"),
    "false-certainty": ("False certainty", "claims more than anybody knows"),
    "minimising": ("Minimising", "makes it smaller than it is to the patient"),
}

FaultName = Literal["doubt", "blame", "dualism", "false-certainty", "minimising"]
Near = Annotated[Decimal, Field(gt=0, lt=1, decimal_places=2)]


class RewriteForm(ItemForm):
    """A sentence said to a patient; of at least four words."""

    said: Line


class RewriteKey(KeyForm):
    """The words that harm (phrases as they stand in ``said``), the fault and near faults, and better versions.

    ``either`` are words that may be marked or not.
    """

    harmful: Annotated[tuple[Line, ...], Field(min_length=1)]
    either: tuple[Line, ...] = ()
    fault: FaultName
    near: dict[FaultName, Near] = Field(default_factory=dict)
    why: dict[FaultName, Text]
    why_words: Text
    versions: Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]


def tokens(said: str) -> list[str]:
    """Cut a sentence into the words that can be marked, each with its punctuation."""
    return said.split()


def _bare(word: str) -> str:
    return word.strip(".,;:!?…“”\"'‘’()–—").lower().replace("’", "'")


def positions(phrase: str, said: Sequence[str]) -> set[int]:
    """Return where a phrase stands in a sentence: the positions of its words, wherever it occurs."""
    wanted, words = [_bare(word) for word in phrase.split()], [_bare(word) for word in said]
    starts = [i for i in range(len(words) - len(wanted) + 1) if words[i : i + len(wanted)] == wanted]
    return {start + step for start in starts for step in range(len(wanted))}


def _marked(phrases: Iterable[str], form: RewriteForm) -> set[int]:
    return {position for phrase in phrases for position in positions(phrase, tokens(form.said))}


def check(form: RewriteForm, key: RewriteKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the sentence or the key."""
    said = tokens(form.said)
    if len(said) < 4:
        yield Fault("form", ("said",), "a sentence needs at least four words: quote more of what was said")
    if not key:
        return
    for part in ("harmful", "either"):
        for index, phrase in enumerate(getattr(key, part)):
            if not positions(phrase, said):
                yield Fault("key", (part, index), f'"{phrase}" does not stand in `said`: copy the words as they are')
    harmful, either = _marked(key.harmful, form), _marked(key.either, form)
    if both := sorted(harmful & either):
        words = ", ".join(f'"{said[position]}"' for position in both)
        yield Fault("key", ("either",), f"{words} is harmful already: take it out of one")
    if len(said) - len(harmful | either) < len(harmful):
        message = (
            f"{len(harmful)} of {len(said)} words are harmful, so marking all of them would pay:"
            " mark fewer, or quote more of what was said"
        )
        yield Fault("key", ("harmful",), message)
    if key.fault in key.near:
        yield Fault("key", ("near", key.fault), f'"{key.fault}" is the fault itself: take it out of `near`')
    yield from missing_whys({str(name): why for name, why in key.why.items()}, FAULTS, "fault")


def shape(form: RewriteForm, context: Context) -> dict[str, Any]:
    """Return the words, one fault, and a text; the text is asked for, never marked."""
    words = [f"word:{number}" for number in range(1, len(tokens(form.said)) + 1)]
    faults = [f"fault:{name}" for name in FAULTS]
    text = {"text": {"max": TEXT_LIMIT}} | ({"required": 1} if form.mode == "practice" else {})
    return {
        "fields": {
            "words": {"atoms": words, "required": 1},
            "fault": {"atoms": faults, "at_most": 1, "required": 1},
            "rewrite": text,
        }
    }


def view(form: RewriteForm, context: Context) -> dict[str, Any]:
    """Return the words, as text, and the faults."""
    faults = [
        {"id": name, "label": label, "html": f"<strong>{label}</strong>: {hint}"}
        for name, (label, hint) in FAULTS.items()
    ]
    return {"words": tokens(form.said), "faults": faults}


def table(form: RewriteForm, key: RewriteKey, context: Context) -> MarkingTable:
    """Make two groups of one weight: words (each right one counts, each other costs as much) and the fault.

    What is said of the words travels as ``why["words"]``, the better versions as ``why["version:1"]``.
    """
    harmful, either = _marked(key.harmful, form), _marked(key.either, form)
    words = {
        f"word:{position + 1}": FULL if position in harmful else 0 if position in either else -FULL
        for position in range(len(tokens(form.said)))
    }
    faults = {f"fault:{name}": hundredths(credit) for name, credit in key.near.items()}
    faults[f"fault:{key.fault}"] = FULL
    groups = (
        Group("words", "Words that harm", ("words",), words, FULL * len(harmful)),
        Group("fault", "The fault", ("fault",), faults, FULL),
    )
    render = context.render.inline
    why = {f"fault:{name}": render(text) for name, text in key.why.items()}
    why |= {"words": render(key.why_words)}
    why |= {f"version:{number}": render(text) for number, text in enumerate(key.versions, 1)}
    return MarkingTable(hundredths(form.points), groups, why=why)


def static(view: Mapping[str, Any]) -> str:
    """Print the sentence, the faults and room to write."""
    faults = "".join(f"<li>{fault['html']}</li>" for fault in view["faults"])
    return (
        f'<blockquote class="mindbody-said"><p>“{html.escape(" ".join(view["words"]))}”</p></blockquote>'
        f"<p>Underline the words that harm. Which fault is it?</p><ul>{faults}</ul><p>Write it better:</p>"
        '<div class="mindbody-lines" aria-hidden="true"></div>'
    )


KIND = Kind("rewrite", RewriteForm, RewriteKey, check, shape, view, table, static)
