"""The statistics of one assignment: items by version, options, placements, reliability, time and groups."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from mindbody.calibration import SURE, Judgement
from mindbody.course.grading import ItemTables, Version
from mindbody.marking import FULL
from mindbody.report.gather import First, Handed, Work, gather
from mindbody.statistics.items import (
    FEWEST,
    Estimate,
    Reliability,
    difficulty,
    few,
    item_rest,
    reliability,
    standardised_difference,
    thirds,
    upper_lower,
)

PAUSE = 30 * 60
"""Seconds between two answers after which she is taken to have been away."""

HASTY = 1 / 3
"""Of the median time; answers given in less are hasty."""

_TAG = re.compile(r"<[^>]*>")
_PARTS = re.compile(r"[@:>]")
_LONGEST = 90


@dataclass(frozen=True)
class Option:
    """An option of an item and who chose it first.

    Attributes
    ----------
    credit
        Hundredths it earns; None where the key does not list it.
    single
        Whether only one of its field can be chosen, and of more than two.
    n, share
        Trainees of this version, and the share of them that chose it; None below 20.
    thirds
        The share in the weakest, middle and strongest third by total score.
    """

    atom: str
    field: str
    label: str
    credit: int | None
    single: bool
    n: int
    share: float | None
    thirds: tuple[float, ...] = ()


@dataclass(frozen=True)
class ItemStudy:
    """One version of an item.

    Attributes
    ----------
    difficulty, discrimination, tails
        Share of the points earned; correlation with the other items; difference between upper and lower 27 %.
    options
        What was chosen; empty for what is not chosen from a list.
    excerpts, slots
        Of a placement, in order; its cells are ``options``.
    seconds
        Median time; None below 20 times.
    hasty
        Share of times under a third of the median.
    sure_wrong, sure
        How many said 80 % or more and were wrong, and how many said 80 % or more.
    sure_n
        How many said how sure they were of the item.
    """

    assignment: str
    item: str
    version: int
    current: bool
    title: str
    kind: str
    mode: str
    safety: bool
    objectives: tuple[str, ...]
    difficulty: Estimate
    discrimination: Estimate
    tails: Estimate
    options: tuple[Option, ...]
    excerpts: tuple[tuple[str, str], ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    seconds: float | None = None
    timed: int = 0
    hasty: float | None = None
    sure_wrong: int = 0
    sure: int = 0
    sure_n: int = 0

    @property
    def name(self) -> str:
        """The full id."""
        return f"{self.assignment}/{self.item}"


@dataclass(frozen=True)
class GroupDifference:
    """How an item goes for a group, against the others at equal total score; shown from 20 on either side."""

    by: str
    group: str
    assignment: str
    item: str
    version: int
    title: str
    mean: float
    difference: Estimate


@dataclass(frozen=True)
class AssignmentStudy:
    """The statistics of an assignment, with what the course's statistics need of each trainee.

    Attributes
    ----------
    graded, practised
        Reliability of the graded part score, and of the practice mark by first answers.
    judgements
        All that was said of certainty at first answers.
    sure_and_wrong
        Trainee -> items on safety that she was sure of, wrong about, and has not settled since.
    criteria
        Criterion of written work -> its name in words.
    """

    assignment: str
    title: str
    works: tuple[Work, ...]
    items: tuple[ItemStudy, ...]
    graded: Reliability
    practised: Reliability
    judgements: tuple[Judgement, ...]
    differences: tuple[GroupDifference, ...]
    sure_and_wrong: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, ItemTables]
    criteria: Mapping[str, str]

    @property
    def read(self) -> list[Work]:
        """The works that could be read."""
        return [work for work in self.works if work.refused is None]


def study(course_dir: Path, assignment: str) -> AssignmentStudy:
    """Read, mark and study an assignment; a pure function of the course's files."""
    return study_handed(gather(course_dir, assignment))


def study_handed(handed: Handed) -> AssignmentStudy:
    """Study what was handed in."""
    tables = handed.tables
    works = [work for work in handed.works if work.refused is None]
    counted = [item for item in tables.items.values() if not item.written]
    earned = _points(works, counted)
    seconds = dict(_seconds(works))
    items: list[ItemStudy] = []
    differences: list[GroupDifference] = []
    for column, item in enumerate(counted):
        rest = np.delete(earned, column, axis=1).sum(axis=1) if works else np.zeros(0)
        for version in sorted({w.firsts[item.id].version for w in works if item.id in w.firsts} | {item.version}):
            spec = handed.specs.get(item.id, {})
            times = seconds.get(item.id, {})
            items.append(_item(tables.assignment, item, version, spec=spec, works=works, rest=rest, seconds=times))
            differences += _differences(tables.assignment, item, version, works, rest)
    return AssignmentStudy(
        tables.assignment,
        tables.title,
        handed.works,
        tuple(items),
        _part(works, [item for item in counted if item.counted]),
        _part(works, [item for item in counted if item.practice and not item.retake_of]),
        tuple(one for work in works for first in work.firsts.values() for one in first.sure),
        tuple(differences),
        dict(_sure_and_wrong(works, handed.specs)),
        {name: replace(item, versions={}) for name, item in tables.items.items()},
        {one["id"]: one["label"] for spec in handed.specs.values() for one in spec["view"].get("criteria", ())},
    )


def _points(works: Sequence[Work], items: Sequence[ItemTables]) -> Any:
    """Return trainees × items, the points of first answers; what was left open earns none."""
    rows = [
        [w.firsts[item.id].share * item.points / 100 if item.id in w.firsts else 0.0 for item in items] for w in works
    ]
    return np.array(rows, dtype=float).reshape(len(works), len(items))


def _part(works: Sequence[Work], items: Sequence[ItemTables]) -> Reliability:
    required = [item for item in items if item.required]
    return reliability(_points(works, required))


def _of_version(works: Sequence[Work], item: str, version: int) -> list[First | None]:
    found = [work.firsts.get(item) for work in works]
    return [first if first and first.version == version else None for first in found]


def _item(
    assignment: str,
    item: ItemTables,
    version: int,
    *,
    spec: Mapping[str, Any],
    works: Sequence[Work],
    rest: Any,
    seconds: Mapping[str, float],
) -> ItemStudy:
    firsts = _of_version(works, item.id, version)
    shares = np.array([first.share if first else np.nan for first in firsts], dtype=float)
    given = [(work, first, score) for work, first, score in zip(works, firsts, rest, strict=True) if first]
    times = [seconds[work.student] for work, _, _ in given if work.student in seconds]
    median = float(np.median(times)) if len(times) >= FEWEST else None
    said = [first for _, first, _ in given if first.confidence is not None]
    sure = [first for first in said if (first.confidence or 0) >= SURE]
    view = spec.get("view", {})
    placed = item.kind == "placement"
    return ItemStudy(
        assignment,
        item.id,
        version,
        version == item.version,
        item.title,
        item.kind,
        item.mode,
        bool(spec.get("safety")) or bool(item.gate),
        item.objectives,
        difficulty(shares),
        item_rest(shares, rest),
        upper_lower(shares, rest),
        tuple(_options(item.versions.get(version), view, given)),
        tuple((one["id"], _plain(one["html"])) for one in view["excerpts"]) if placed else (),
        tuple((one["id"], _plain(one["label"])) for one in view["slots"]) if placed else (),
        median,
        len(times),
        float(np.mean([one < HASTY * median for one in times])) if median else None,
        sum(first.share < 1 for first in sure),
        len(sure),
        len(said),
    )


def _options(
    version: Version | None, view: Mapping[str, Any], given: Sequence[tuple[Work, First, float]]
) -> Iterator[Option]:
    """Count what was chosen first, by third of the class."""
    if version is None:
        return
    names = dict(_names(view))
    credit = {atom: value for group in version.table.groups for atom, value in group.credits.items()}
    given_before = set(version.shape.get("given", ()))
    third = thirds([score for _, _, score in given])
    n = len(given)
    for field_name, field in version.shape["fields"].items():
        atoms = [atom for atom in field.get("atoms", ()) if "<" not in atom and atom not in given_before]
        for atom in atoms:
            chosen = np.array([atom in first.atoms for _, first, _ in given], dtype=float)
            if atom not in credit and not chosen.any():
                continue
            shown = n >= FEWEST
            yield Option(
                atom,
                field_name,
                _label(atom, names),
                credit.get(atom),
                field.get("at_most") == 1 and len(atoms) > 2,
                n,
                float(chosen.mean()) if shown else None,
                tuple(float(chosen[third == one].mean()) if (third == one).any() else 0.0 for one in range(3))
                if shown
                else (),
            )


def _names(view: Any) -> Iterator[tuple[str, str]]:
    """Give the words for whatever in an item's public data has an id."""
    if isinstance(view, Mapping):
        words = view.get("label") or view.get("title") or view.get("html") or view.get("text")
        if "id" in view and isinstance(words, str):
            yield str(view["id"]), _plain(words)
        view = list(view.values())
    if isinstance(view, list):
        for part in view:
            yield from _names(part)


def _label(atom: str, names: Mapping[str, str]) -> str:
    head, _, tail = atom.partition(":")
    if head in {"opt", "word", "fault"} and tail in names:
        return names[tail]
    return " → ".join(names.get(part, part) for part in _PARTS.split(atom))


def _plain(marked_up: str) -> str:
    text = " ".join(html.unescape(_TAG.sub("", marked_up)).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def right(option: Option) -> bool:
    """Tell whether an option earns full credit."""
    return (option.credit or 0) >= FULL


def _seconds(works: Sequence[Work]) -> Iterator[tuple[str, dict[str, float]]]:
    """Give item -> trainee -> seconds since her previous first answer in one sitting.

    The page keeps when an answer was given, not when it was begun, so this is an upper bound that includes reading.
    """
    found: dict[str, dict[str, float]] = {}
    for work in works:
        moments: list[tuple[datetime, str]] = sorted((f.at, name) for name, f in work.firsts.items() if f.at)
        for (before, _), (after, name) in pairwise(moments):
            passed = (after - before).total_seconds()
            if 0 < passed <= PAUSE:
                found.setdefault(name, {})[work.student] = passed
    yield from found.items()


def groups(works: Iterable[Work], by: str) -> dict[str, set[str]]:
    """Return group -> its trainees, for groups of at least 20; who did not say belongs to none.

    Parameters
    ----------
    works
        Of one assignment or several.
    by
        ``profession`` or ``language``.
    """
    found: dict[str, set[str]] = {}
    for work in works:
        if name := getattr(work, by).casefold():
            found.setdefault(name, set()).add(work.student)
    return {name: students for name, students in sorted(found.items()) if len(students) >= FEWEST}


def _differences(
    assignment: str, item: ItemTables, version: int, works: Sequence[Work], rest: Any
) -> Iterator[GroupDifference]:
    firsts = _of_version(works, item.id, version)
    shares = np.array([first.share if first else np.nan for first in firsts], dtype=float)
    for by in ("profession", "language"):
        known = groups(works, by)
        if len(known) < 2:
            continue
        # Only groups that are large enough are compared, so that no small one can be worked out.
        among = np.array([any(work.student in one for one in known.values()) for work in works])
        for name, students in known.items():
            focal = np.array([work.student in students for work in works])
            found = standardised_difference(shares[among], rest[among], focal[among])
            if found.value is not None:
                mean = float(np.nanmean(shares[focal]))
                yield GroupDifference(by, name, assignment, item.id, version, item.title, mean, found)


def _sure_and_wrong(works: Sequence[Work], specs: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give trainee -> items on safety that she was sure of and wrong about, and has not since answered rightly.

    The rule is the page's own (``retakeDue``): an answer to the item that repeats it settles it, else its own last.
    """
    for work in works:
        found = []
        for name, first in work.firsts.items():
            spec = specs.get(name, {})
            if not spec.get("safety") or (first.confidence or 0) < SURE or first.share >= 1:
                continue
            again = (spec.get("again") or {}).get("id", "").partition("/")[2]
            settled = work.firsts.get(again, first)
            if settled.last_share < 1:
                found.append(name)
        if found:
            yield work.student, tuple(found)


def not_shown(estimate: Estimate) -> str:
    """Say why there is no figure."""
    return estimate.said or few(estimate.n)
