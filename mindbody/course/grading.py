"""Marks a submission: what a trainee sent, the marking tables that the course keeps, and nothing else.

Pure functions over plain data. nbgrader is not imported here; ``plugins`` hands it the results.

Practice is marked by its first answer and, apart, counts for completion. Graded items earn points. A re-take earns
none: it settles its gate, and the points of the item it repeats stand. Written work is answered or not; its points are
given by a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindbody.marking import Answer, AnswerError, Mark, MarkingTable, mark, shape_faults, unanswered, untouched

if TYPE_CHECKING:
    from mindbody.course.reader import ItemAnswer, Submission

FORMAT = 1
KEPT = ".mindbody"
"""The folder of the course in which we keep what nbgrader has no place for."""


class CourseError(Exception):
    """Something about the course stands in the way; the message says what, where and what to do."""


@dataclass(frozen=True)
class Version:
    """What is needed to mark one version of an item.

    Attributes
    ----------
    instead
        What it is marked by since the item was corrected; None while it was not.
    hold
        Whether nobody's mark goes down by that: what more was earned before the correction stands.
    """

    shape: Mapping[str, Any]
    table: MarkingTable
    instead: Version | None = None
    hold: bool = True

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Version:
        """Read ``{"shape": ..., "table": ...}`` and, where there is one, the correction ``instead`` with ``hold``."""
        instead = cls.from_json(data["instead"]) if data.get("instead") else None
        return cls(data["shape"], MarkingTable.from_json(data["table"]), instead, data.get("hold", True))

    def chain(self) -> Iterator[Version]:
        """Give this version and what came instead of it, the newest last."""
        yield self
        if self.instead:
            yield from self.instead.chain()


@dataclass(frozen=True)
class ItemTables:
    """An item of an assignment with the marking table of every version it has had.

    Attributes
    ----------
    version
        The one that is being handed out.
    points
        Hundredths; of written work what its criteria add up to.
    gate
        Full id of the gate of which this is a variant.
    versions
        Number -> how it is marked.
    set_aside
        ``full``: everybody who handed in has its points; ``none``: nobody has, and the most is 0. None for all others.
    """

    id: str
    title: str
    kind: str
    mode: str
    version: int
    points: int
    objectives: tuple[str, ...] = ()
    section: str | None = None
    gate: str | None = None
    retake_of: str | None = None
    alternative_to: str | None = None
    criteria: tuple[str, ...] = ()
    versions: Mapping[int, Version] = field(default_factory=dict)
    set_aside: str | None = None

    @property
    def practice(self) -> bool:
        """Whether it is practice."""
        return self.mode == "practice"

    @property
    def written(self) -> bool:
        """Whether a person marks it."""
        return self.kind == "text"

    @property
    def counted(self) -> bool:
        """Whether it earns points by itself."""
        return not (self.practice or self.written or self.retake_of)

    @property
    def required(self) -> bool:
        """Whether an assignment is complete only with it."""
        return not (self.retake_of or self.alternative_to or self.set_aside)


@dataclass(frozen=True)
class Tables:
    """Everything that is needed to mark an assignment, its items in the order in which they are handed out."""

    course: str
    assignment: str
    title: str
    items: Mapping[str, ItemTables]

    @classmethod
    def read(cls, course_dir: Path, assignment: str) -> Tables:
        """Read the tables that ``mindbody course`` has kept.

        Parameters
        ----------
        course_dir
            The nbgrader course (the project's ``exercises``).
        assignment
            Its id.

        Raises
        ------
        CourseError
            If there are none.
        """
        kept = course_dir / KEPT / "tables"
        # By its very name: “./02-medicine” and “02-medicine/” would be found and make files that nobody looks for.
        have = sorted(path.parent.name for path in kept.glob("*/index.json"))
        if assignment not in have:
            said = assignment.encode("unicode_escape").decode()[:60]
            raise CourseError(
                f'there is no assignment "{said}" in {kept}: mend its name (there are {", ".join(have)}), or run'
                " `mindbody course` if it is new"
                if have
                else f"{kept} holds no marking tables: run `mindbody course`"
            )
        folder = kept / assignment
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        versions = read_versions(folder)
        items = {
            head["id"]: ItemTables(
                **{**head, "objectives": tuple(head["objectives"]), "criteria": tuple(head["criteria"])},
                versions=versions.get(head["id"], {}),
            )
            for head in index["items"]
        }
        return cls(index["course"], assignment, index["title"], items)

    def fingerprint(self) -> str:
        """Name what the marks depend on: the same tables have the same name, whatever their explanations say."""
        parts = []
        for item in self.items.values():
            tables = {
                number: [
                    (one.shape, {**one.table.to_json(), "why": None, "why_unlisted": None}, one.hold)
                    for one in version.chain()
                ]
                for number, version in sorted(item.versions.items())
            }
            rules = [item.mode, item.points, item.gate, item.retake_of, item.alternative_to, item.set_aside]
            parts.append([item.id, rules, tables])
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

    def gates(self) -> dict[str, list[ItemTables]]:
        """Return gate -> its variants."""
        gates: dict[str, list[ItemTables]] = {}
        for item in self.items.values():
            if item.gate:
                gates.setdefault(item.gate, []).append(item)
        return gates


def read_versions(folder: Path) -> dict[str, dict[int, Version]]:
    """Read the marking tables of an assignment: item -> version -> how it is marked.

    A file ``<item>@<version>.json`` holds the version's ``shape`` and ``table``; in ``former`` what these were before
    a wrong key was mended; in ``by`` the number of the version that it is marked by since a correction.
    """
    files: dict[str, dict[int, Any]] = {}
    for path in sorted(folder.glob("*@*.json")):
        name, _, number = path.stem.rpartition("@")
        files.setdefault(name, {})[int(number)] = json.loads(path.read_text(encoding="utf-8"))
    return {name: {number: _version(of_item, number) for number in sorted(of_item)} for name, of_item in files.items()}


def _version(files: Mapping[int, Any], number: int) -> Version:
    data = files[number]
    hold, by = data.get("hold", True), data.get("by")
    # Only ever a later one, so this ends.
    instead = _version(files, by) if by in files and by > number else None
    found = replace(Version.from_json(data), instead=instead, hold=hold)
    for former in reversed(data.get("former", [])):
        found = replace(Version.from_json(former), instead=found, hold=hold)
    return found


@dataclass(frozen=True)
class MarkedItem:
    """What one item came to.

    Attributes
    ----------
    points, max
        Hundredths. For practice the mark of the first answer that was checked; for written work 0 of what a person may
        give; a re-take has 0 of 0.
    answered
        Practice: checked at least once. Others: nothing is left open.
    refused
        Why the answer could not be marked, or None.
    mark
        Of the answer as it was handed in; None when there is none, or it was refused.
    first, last
        Of the first and the last answer that was checked (practice).
    passed
        Whether its gate was passed with this variant; None while it is unanswered, or has no gate.
    answer
        As it was handed in.
    corrected
        The points by the corrected key, where more was earned before the correction and stands; else None.
    """

    id: str
    points: int
    max: int
    answered: bool
    refused: str | None = None
    mark: Mark | None = None
    first: Mark | None = None
    last: Mark | None = None
    passed: bool | None = None
    answer: Answer = field(default_factory=Answer)
    version: int | None = None
    confidence: float | None = None
    corrected: int | None = None


@dataclass(frozen=True)
class MarkedGate:
    """Whether a gate was passed: by any variant; None while none was answered."""

    id: str
    label: str
    practice: bool
    passed: bool | None


@dataclass(frozen=True)
class Marked:
    """What a submission came to. Sums are hundredths of a point."""

    assignment: str
    items: Mapping[str, MarkedItem]
    gates: tuple[MarkedGate, ...]
    tables: Tables
    refused: str | None = None

    def _sum(self, items: Iterable[ItemTables]) -> tuple[int, int]:
        marked = [self.items[item.id] for item in items]
        return sum(item.points for item in marked), sum(item.max for item in marked)

    @property
    def graded(self) -> tuple[int, int]:
        """Points of the graded items that are marked without a person, and the most there are."""
        return self._sum(item for item in self.tables.items.values() if item.counted)

    @property
    def practice(self) -> tuple[int, int]:
        """The practice mark by first answers, and the most there is."""
        return self._sum(item for item in self.tables.items.values() if item.practice)

    def completion(self, mode: str | None = None) -> tuple[int, int]:
        """Return how many of the required items are answered, and how many there are.

        Parameters
        ----------
        mode
            ``practice`` or ``graded`` (with written work); None for all.
        """
        wanted = [i for i in self.tables.items.values() if i.required and mode in {None, i.mode}]
        return sum(self._done(item) for item in wanted), len(wanted)

    def open(self, mode: str | None = None) -> list[ItemTables]:
        """Return the required items that are unanswered."""
        wanted = [i for i in self.tables.items.values() if i.required and mode in {None, i.mode}]
        return [item for item in wanted if not self._done(item)]

    def _done(self, item: ItemTables) -> bool:
        instead = [i.id for i in self.tables.items.values() if i.alternative_to == item.id]
        return any(self.items[name].answered for name in (item.id, *instead))


def mark_submission(submission: Submission, tables: Tables) -> Marked:
    """Mark a submission.

    Parameters
    ----------
    submission
        As the strict reader gives it.
    tables
        The assignment's marking tables; each answer is marked by the version that was answered.

    Returns
    -------
    Marked
        One result an item. An answer that cannot be marked has a reason in ``refused``; nothing is raised for it.
    """
    if submission.assignment not in {"", tables.assignment}:
        return refuse(f'these are answers to "{submission.assignment}", not to "{tables.assignment}"', tables)
    items = {name: mark_item(submission.items.get(name), item) for name, item in tables.items.items()}
    return Marked(tables.assignment, _stand_in(items, tables), _gates(items, tables), tables)


def _stand_in(items: Mapping[str, MarkedItem], tables: Tables) -> dict[str, MarkedItem]:
    """Let an alternative earn the points of the item it was done instead of; done beside it, it earns nothing."""
    found = dict(items)
    for item in tables.items.values():
        if not item.alternative_to:
            continue
        instead, left = found[item.id], found[item.alternative_to]
        if instead.answered and not left.answered and not tables.items[left.id].set_aside:
            most = tables.items[item.alternative_to].points
            found[left.id] = replace(left, points=max(left.points, instead.points * most // item.points))
        found[item.id] = replace(instead, points=0)
    return found


def refuse(reason: str, tables: Tables) -> Marked:
    """Return the result of a submission that could not be read: nothing earned, and why."""
    items = {name: MarkedItem(name, 0, _most(item), answered=False) for name, item in tables.items.items()}
    return Marked(tables.assignment, items, _gates(items, tables), tables, reason)


def mark_item(given: ItemAnswer | None, item: ItemTables) -> MarkedItem:
    """Mark the answer to one item; None is no answer."""
    marked = _mark_given(given, item) if given else MarkedItem(item.id, 0, _most(item), answered=False)
    if item.set_aside and item.counted:
        return replace(marked, points=_most(item), corrected=None)
    return marked


def _most(item: ItemTables) -> int:
    """Return the most that an item can earn; one set aside for nobody has 0 of 0."""
    return item.points if item.required or item.set_aside == "full" else 0


def _mark_given(given: ItemAnswer, item: ItemTables) -> MarkedItem:
    most, version = _most(item), item.versions.get(given.version)
    common: dict[str, Any] = {"answer": given.answer, "version": given.version, "confidence": given.confidence}
    if version is None:
        reason = f"this is an answer to version {given.version}, of which the course has no marking table"
        return MarkedItem(item.id, 0, most, answered=False, refused=reason, **common)
    found, corrected = _mark(given.answer, version)
    if found is None:
        faults = shape_faults(given.answer, version.shape)
        return MarkedItem(item.id, 0, most, answered=False, refused="; ".join(faults), **common)
    if item.practice:
        first, last = (_mark(state.answer, version)[0] if state else None for state in (given.first, given.last))
        points = _points(first, item) if first else 0
        tried = [attempt for attempt in (first, last) if attempt]
        passed = any(map(_passes, tried)) if item.gate and tried else None
        return MarkedItem(
            item.id, points, most, answered=bool(tried), mark=found, first=first, last=last, passed=passed, **common
        )
    answered = any(not unanswered(given.answer, one.shape) for one in version.chain())
    # A starting state that she left as it was is the author's work.
    earns = item.counted and not any(untouched(given.answer, one.shape) for one in version.chain())
    passed = _gate_passed(given.answer, version) if item.gate and given.answer.atoms else None
    return MarkedItem(
        item.id,
        _points(found, item) if earns else 0,
        most,
        answered=answered,
        mark=found,
        passed=passed,
        corrected=_points(corrected, item) if earns and corrected else None,
        **common,
    )


def _mark(answer: Answer, version: Version) -> tuple[Mark | None, Mark | None]:
    """Mark an answer by a version and by what came instead of it.

    Returns
    -------
    tuple
        The mark that stands, None if the answer fits no shape; and the mark by the newest table where an earlier one
        stands because it is better.
    """
    try:
        own = mark(answer, version.table, version.shape)
    except AnswerError:
        own = None
    if version.instead is None:
        return own, None
    after, newest = _mark(answer, version.instead)
    if own is None or after is None:
        # An answer that the corrected item has no room for keeps the mark of the item that was answered.
        return after or own, newest if after else None
    if version.hold and _share(own) > _share(after):
        return own, newest or after
    return after, newest


def _gate_passed(answer: Answer, version: Version) -> bool:
    """Tell whether a gate was passed; like points that were earned, a gate that was passed stays so."""
    try:
        own = _passes(mark(answer, version.table, version.shape))
    except AnswerError:
        own = False
    if version.instead is None or shape_faults(answer, version.instead.shape):
        return own
    return _gate_passed(answer, version.instead) or (version.hold and own)


def _share(found: Mark) -> Fraction:
    return Fraction(found.points, found.max) if found.max else Fraction(0)


def _passes(found: Mark) -> bool:
    return bool(found.gates) and all(gate.passed for gate in found.gates)


def _points(found: Mark, item: ItemTables) -> int:
    """Return the points in the item's present currency, should an older version have been worth another number."""
    if found.max == item.points or not found.max:
        return max(0, min(found.points, item.points))
    share = Fraction(found.points, found.max)
    return max(0, min(int((2 * share * item.points + 1) // 2), item.points))


def _gates(items: Mapping[str, MarkedItem], tables: Tables) -> tuple[MarkedGate, ...]:
    marked = []
    for gate, variants in tables.gates().items():
        results = [items[item.id].passed for item in variants if items[item.id].passed is not None]
        passed = any(results) if results else None
        marked.append(MarkedGate(gate, variants[0].title, variants[0].practice, passed))
    return tuple(marked)
