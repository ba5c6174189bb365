"""Reads ``assets/studies.csv``: what trials found, one comparison of two groups a line, each figure as it was seen."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mindbody.yamlfile import AuthoringError, Problem

STUDIES = "assets/studies.csv"

KINDS: Mapping[str, str] = {"trial": "trial", "review": "pooled trials", "press": "press summary"}
POPULATIONS: Mapping[str, str] = {
    "back": "Back pain",
    "fibromyalgia": "Fibromyalgia",
    "musculoskeletal": "Musculoskeletal pain",
    "mixed": "Chronic pain, mixed",
    "somatic": "Many symptoms",
    "bowel": "Irritable bowel",
}
COMPARATORS: Mapping[str, str] = {
    "usual": "Usual care, waiting list or nothing",
    "placebo": "Placebo",
    "active": "Another treatment",
    "mixed": "Mixed or not stated",
}
FOLLOW_UPS: Mapping[str, str] = {
    "short": "Up to 3 months",
    "medium": "Over 3 months, under a year",
    "long": "A year or longer",
}


@dataclass(frozen=True)
class Measure:
    """A scale on which a difference is told; differences on two scales are never drawn on one axis."""

    title: str
    axis: str
    unit: str = ""


MEASURES: Mapping[str, Measure] = {
    "share": Measure("How many more people were much better", "Difference in percentage points", "points"),
    "pain": Measure("How much less pain, from 0 to 10", "Difference in points of 0 to 10"),
    "pain-100": Measure("How much less pain, from 0 to 100", "Difference in points of 0 to 100"),
    "phq": Measure("How many fewer symptoms", "Difference in points of the PHQ-15"),
    "d": Measure("Standardised differences", "Difference in standard deviations"),
}
"""In the order in which they are shown. On all of them, to the right of nought the treatment did better."""

_TEXTS = ("condition", "treatment", "versus", "when", "outcome", "seen")
_NUMBERS = ("estimate", "low", "high")
_VOCABULARIES: Mapping[str, Mapping[str, object]] = {
    "kind": KINDS,
    "population": POPULATIONS,
    "comparator": COMPARATORS,
    "follow_up": FOLLOW_UPS,
}


@dataclass(frozen=True)
class Effect:
    """One comparison of a treatment with something else; ``estimate`` is None where no size could be drawn."""

    key: str
    kind: str
    population: str
    condition: str
    treatment: str
    comparator: str
    versus: str
    follow_up: str
    when: str
    outcome: str
    measure: str
    estimate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    people: int | None
    seen: str
    note: str


COLUMNS = [field.name for field in fields(Effect)]


def read_studies(path: Path, references: Collection[str], name: str = STUDIES) -> tuple[Effect, ...]:
    """Read the comparisons.

    Parameters
    ----------
    path
        The file; without one there are no studies.
    references
        The keys of the bibliography; each comparison cites one.
    name
        What problems call the file.

    Raises
    ------
    AuthoringError
        With every mistake, its line and what to do.
    """
    if not path.is_file():
        return ()
    lines = [(number, line) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
    kept = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    if not kept:
        return ()
    rows = csv.reader(line for _, line in kept)
    header = next(rows)
    if header != COLUMNS:
        message = f"the columns must be {','.join(COLUMNS)}: mend the first line that is no note"
        raise AuthoringError([Problem(name, kept[0][0], message)])
    problems: list[Problem] = []
    effects: list[Effect] = []
    for (number, _), row in zip(kept[1:], rows, strict=True):
        if len(row) != len(COLUMNS):
            message = f"{len(row)} values for {len(COLUMNS)} columns: put quotes round a text with a comma"
            problems.append(Problem(name, number, message))
            continue
        values = dict(zip(COLUMNS, (value.strip() for value in row), strict=True))
        faults = [*_faults(values, references)]
        problems += [Problem(name, number, fault) for fault in faults]
        if faults:
            continue
        effect = _effect(values)
        if any(_same(effect, other) for other in effects):
            message = f"{effect.key} has this comparison, time and outcome already: remove one"
            problems.append(Problem(name, number, message))
        effects.append(effect)
    if problems:
        raise AuthoringError(problems)
    return tuple(effects)


def _faults(values: Mapping[str, str], references: Collection[str]) -> Iterator[str]:
    if values["key"] not in references:
        yield f'"{values["key"]}" is not in assets/references.bib: mend the key or add the work'
    for column, known in _VOCABULARIES.items():
        if values[column] not in known:
            yield f'{column} "{values[column]}" does not exist (there are {", ".join(known)})'
    for column in _TEXTS:
        if not values[column]:
            yield f"`{column}` is empty: say it in a few words"
    if values["people"] and not values["people"].isdigit():
        yield f'people "{values["people"]}" is no whole number: write it like 126, or leave it empty'
    yield from _size_faults(values)


def _size_faults(values: Mapping[str, str]) -> Iterator[str]:
    if values["measure"] and values["measure"] not in MEASURES:
        yield f'measure "{values["measure"]}" does not exist (there are {", ".join(MEASURES)})'
    if bool(values["measure"]) != bool(values["estimate"]):
        yield "a measure and an estimate go together: fill both, or leave both empty and say in `seen` what was found"
    if bool(values["low"]) != bool(values["high"]):
        yield "an interval has two ends: fill `low` and `high`, or leave both empty"
    if values["low"] and not values["estimate"]:
        yield "an interval needs its `estimate`: fill it, or leave the interval empty"
    numbers = {}
    for column in _NUMBERS:
        try:
            numbers[column] = _decimal(values[column])
        except InvalidOperation:
            yield f'{column} "{values[column]}" is no number: write it like 0.43 or -1.9'
            return
    estimate, low, high = (numbers[column] for column in _NUMBERS)
    if estimate is not None and low is not None and high is not None and not low <= estimate <= high:
        yield f"the interval {low} to {high} does not contain the estimate {estimate}: mend one"


def _decimal(text: str) -> Decimal | None:
    if not text:
        return None
    value = Decimal(text)
    if not value.is_finite():
        raise InvalidOperation
    return value


def _effect(values: Mapping[str, str]) -> Effect:
    texts = {name: value for name, value in values.items() if name not in (*_NUMBERS, "people")}
    estimate, low, high = (_decimal(values[name]) for name in _NUMBERS)
    people = int(values["people"]) if values["people"] else None
    return Effect(**texts, estimate=estimate, low=low, high=high, people=people)


def _same(one: Effect, other: Effect) -> bool:
    names = ("key", "treatment", "versus", "when", "outcome")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def size(effect: Effect) -> str:
    """Write the difference with its interval, e.g. ``1.0 (0.5 to 1.6)``; without one when none was seen."""
    if effect.estimate is None:
        return ""
    unit = MEASURES[effect.measure].unit
    shown = f"{_number(effect.estimate)}{f' {unit}' if unit else ''}"
    return f"{shown} ({_number(effect.low)} to {_number(effect.high)})" if effect.low is not None else shown


def _number(value: Decimal | None) -> str:
    return f"{value}".replace("-", "\N{MINUS SIGN}")


def domain(effects: Sequence[Effect]) -> tuple[float, float]:
    """Return the ends of an axis that holds every estimate, every interval and nought, with a little room."""
    ends = [value for effect in effects for value in (effect.estimate, effect.low, effect.high) if value is not None]
    low, high = min(Decimal(0), *ends), max(Decimal(0), *ends)
    room = (high - low) * Decimal("0.06")
    return float(low - room), float(high + room)
