"""The marking rule: an answer is a set of atoms, a key is a table of credits per atom.

The same rule stands in JavaScript in ``frontend/src/rule.js``; the fixtures in ``tests/fixtures/marking``
are run by both. Credits are integer hundredths, arithmetic is exact, and points are rounded once, at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

FULL = 100
"""Credit of a reference atom, in hundredths."""


class AnswerError(ValueError):
    """An answer that breaks its item's shape; the message is the reason, one sentence for each fault."""


@dataclass(frozen=True)
class Answer:
    """What a learner gave to one item.

    Attributes
    ----------
    atoms
        What she chose, e.g. ``{"9@defence", "13@past"}``.
    numbers
        Field -> the text she typed, e.g. ``{"nnt": "3.7"}``.
    texts
        Field -> free text.
    """

    atoms: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answer:
        """Read ``{"atoms": [...], "numbers": {...}, "texts": {...}}``; absent parts are empty.

        Raises
        ------
        AnswerError
            If a part has another type than it should, or an atom stands twice.
        """
        atoms = data.get("atoms", [])
        numbers = data.get("numbers", {})
        texts = data.get("texts", {})
        if not isinstance(atoms, list) or not all(isinstance(atom, str) for atom in atoms):
            raise AnswerError("atoms must be a list of strings")
        if len(set(atoms)) != len(atoms):
            raise AnswerError("an atom stands twice in the answer")
        for name, part in (("numbers", numbers), ("texts", texts)):
            if not isinstance(part, Mapping) or not all(isinstance(value, str) for value in part.values()):
                raise AnswerError(f"{name} must map a field to a string")
        return cls(frozenset(atoms), dict(numbers), dict(texts))

    def to_json(self) -> dict[str, Any]:
        """Return plain data with the atoms sorted."""
        return {"atoms": sorted(self.atoms), "numbers": dict(self.numbers), "texts": dict(self.texts)}


_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_LONGEST_NUMBER = 40
_SUBJECT = re.compile("[@<>]")


def parse_number(text: str) -> Fraction | None:
    """Read a number as a clinician types it.

    Spaces of any sort are dropped and one final per cent sign is ignored (``27 %`` is 27). Commas in groups of three
    are thousands (``1,234.5``); otherwise a single comma is a decimal comma (``3,7``, ``0,500``). A typographic minus
    counts as a minus. Digits are 0-9 only. Anything else, or more than 40 characters, is no number.

    Returns
    -------
    Fraction or None
        The exact value, or None when the text is no number.
    """
    typed = _SPACES.sub("", text).replace("\u2212", "-")
    if not typed.isascii() or len(typed) > _LONGEST_NUMBER:
        return None
    typed = typed.removesuffix("%")
    if _THOUSANDS.fullmatch(typed):
        typed = typed.replace(",", "")
    elif typed.count(",") == 1 and "." not in typed:
        typed = typed.replace(",", ".")
    return Fraction(typed) if _DECIMAL.fullmatch(typed) else None


def shape_faults(answer: Answer, shape: Mapping[str, Any]) -> list[str]:
    """Say how an answer breaks the shape of its item.

    Parameters
    ----------
    answer
        The learner's answer.
    shape
        ``fields`` (field -> ``{"atoms": [...], "at_most": n}``, ``{"number": true}`` or ``{"text": {"max": n}}``),
        ``at_most`` (``[{"atoms": [...], "n": 3, "say": ...}]``), ``excludes`` (``[{"if": atom, "not": [...]}]``),
        ``orders`` (``[{"items": [...]}]``: for each pair one atom ``first<second``, together one order),
        ``given`` (atoms of a prefilled canvas, never the learner's) and ``start`` (the atoms of the answer she begins
        with, which is no answer until she changes it).

    Returns
    -------
    list of str
        One sentence for each fault; empty when the answer may be marked.
    """
    return [
        *_unknown_atoms(answer.atoms, shape),
        *_crowded(answer.atoms, shape),
        *(fault for order in shape.get("orders", []) for fault in _order_faults(answer.atoms, order["items"])),
        *(fault for name, typed in answer.numbers.items() for fault in _number_faults(name, typed, shape["fields"])),
        *(fault for name, text in answer.texts.items() for fault in _text_faults(name, text, shape["fields"])),
    ]


def _unknown_atoms(atoms: frozenset[str], shape: Mapping[str, Any]) -> Iterator[str]:
    given = set(shape.get("given", []))
    known = {atom for spec in shape["fields"].values() for atom in spec.get("atoms", [])}
    for atom in sorted(atoms):
        if atom in given:
            yield f'"{atom}" was given, it is not an answer'
        elif atom not in known:
            yield f'"{atom}" is not one of the choices'


def _crowded(atoms: frozenset[str], shape: Mapping[str, Any]) -> Iterator[str]:
    for name, spec in shape["fields"].items():
        most = spec.get("at_most")
        chosen = _count(atoms, spec.get("atoms", []))
        if most is not None and chosen > most:
            yield f'"{name}" takes at most {most}, not {chosen}'
    for limit in shape.get("at_most", []):
        if _count(atoms, limit["atoms"]) > limit["n"]:
            yield limit["say"]
    for rule in shape.get("excludes", []):
        if rule["if"] in atoms and _count(atoms, rule["not"]):
            yield f'"{rule["if"]}" cannot stand beside other choices'


def _number_faults(name: str, typed: str, fields: Mapping[str, Any]) -> Iterator[str]:
    if not fields.get(name, {}).get("number"):
        yield f'"{name}" is not a number of this exercise'
    elif typed.strip() and parse_number(typed) is None:
        yield f'"{name}" is not a number: write it like 3.7 or 27 %'


def _text_faults(name: str, text: str, fields: Mapping[str, Any]) -> Iterator[str]:
    rule = fields.get(name, {}).get("text")
    if rule is None:
        yield f'"{name}" is not a text of this exercise'
    elif _length(text) > rule["max"]:
        yield f'"{name}" is longer than {rule["max"]} characters'


def untouched(answer: Answer, shape: Mapping[str, Any]) -> bool:
    """Tell whether an answer is still the starting state of its item (``start``), which is not the learner's."""
    return bool(shape.get("start")) and answer.atoms == frozenset(shape["start"])


def unanswered(answer: Answer, shape: Mapping[str, Any]) -> list[str]:
    """Name the fields that still need an answer (``required`` choices, a number, or a text that is not blank).

    The choices of an ``untouched`` starting state count as none.
    """
    missing = []
    atoms = frozenset() if untouched(answer, shape) else answer.atoms
    for name, spec in shape["fields"].items():
        need = spec.get("required", 0)
        if "atoms" in spec:
            have = _count(atoms, spec["atoms"])
        elif spec.get("number"):
            have = int(bool(answer.numbers.get(name, "").strip()))
        else:
            have = int(bool(answer.texts.get(name, "").strip()))
        if have < need:
            missing.append(name)
    return missing


@dataclass(frozen=True)
class Gate:
    """A must-not-miss gate of a marking table: all of it, or not passed."""

    id: str
    label: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_most: tuple[tuple[tuple[str, ...], int], ...] = ()
    effect: str = "flag"
    groups: tuple[str, ...] = ()

    def passed(self, atoms: frozenset[str]) -> bool:
        """Tell whether the chosen atoms pass the gate."""
        return (
            all(atom in atoms for atom in self.all_of)
            and (not self.any_of or any(atom in atoms for atom in self.any_of))
            and not any(atom in atoms for atom in self.none_of)
            and all(_count(atoms, limited) <= n for limited, n in self.at_most)
        )


@dataclass(frozen=True)
class Group:
    """One scored part of an item (a slot, a lane, a set of statements).

    Credits, ``unlisted``, ``total``, ``floor`` and ``cap`` are integer hundredths; ``weight`` is an integer.
    """

    id: str
    label: str
    fields: tuple[str, ...]
    credits: Mapping[str, int]
    total: int
    unlisted: int = 0
    floor: int = 0
    cap: int | None = None
    weight: int = 1
    transform: str = "linear"
    adjust: tuple[Mapping[str, Any], ...] = ()
    best_of: tuple[tuple[str, ...], ...] = ()
    ranges: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class MarkingTable:
    """Everything that is needed to mark one version of one item.

    Attributes
    ----------
    points
        The most the item can earn, in hundredths of a point.
    groups, gates
        The scored parts and the gates.
    why, why_unlisted
        Atom -> explanation; and, for an atom like ``9@defence`` (or ``sway>threat:raises``, ``safety<work``) that
        ``why`` lacks, ``9`` (``sway``, ``safety``) -> explanation.
    """

    points: int
    groups: tuple[Group, ...]
    gates: tuple[Gate, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    why_unlisted: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> MarkingTable:
        """Read a table as ``to_json`` writes it."""
        groups = tuple(
            Group(
                **{
                    **group,
                    "fields": tuple(group["fields"]),
                    "adjust": tuple(group.get("adjust", ())),
                    "best_of": tuple(tuple(atoms) for atoms in group.get("best_of", ())),
                }
            )
            for group in data["groups"]
        )
        gates = tuple(
            Gate(
                **{
                    **gate,
                    **{part: tuple(gate.get(part, ())) for part in ("all_of", "any_of", "none_of", "groups")},
                    "at_most": tuple((tuple(limit["atoms"]), limit["n"]) for limit in gate.get("at_most", ())),
                }
            )
            for gate in data.get("gates", ())
        )
        return cls(data["points"], groups, gates, data.get("why", {}), data.get("why_unlisted", {}))

    def to_json(self) -> dict[str, Any]:
        """Return plain data, parts at their default left out."""
        return {
            "points": self.points,
            "groups": [_without_defaults(group, Group) for group in self.groups],
            "gates": [
                _without_defaults(gate, Gate)
                | ({"at_most": [{"atoms": list(a), "n": n} for a, n in gate.at_most]} if gate.at_most else {})
                for gate in self.gates
            ],
            "why": dict(self.why),
            "why_unlisted": dict(self.why_unlisted),
        }

    def explanation(self, atom: str) -> str:
        """Return the sentence for an atom: its own, else its subject's (before ``@``, ``<`` or ``>``), else none."""
        return self.why.get(atom) or self.why_unlisted.get(_SUBJECT.split(atom, 1)[0], "")


@dataclass(frozen=True)
class Note:
    """What is said of one atom: chosen (right, partial, neutral, unsupported, wrong) or missed."""

    atom: str
    verdict: str
    credit: int
    why: str


@dataclass(frozen=True)
class GroupMark:
    """The mark of one group; ``value`` and ``total`` in hundredths, recall and precision as (found, of)."""

    id: str
    label: str
    value: int
    total: int
    share: Fraction
    recall: tuple[int, int]
    precision: tuple[int, int]


@dataclass(frozen=True)
class GateMark:
    """Whether a gate was passed."""

    id: str
    label: str
    passed: bool


@dataclass(frozen=True)
class Mark:
    """The result of marking one item; ``points`` and ``max`` in hundredths of a point."""

    points: int
    max: int
    groups: tuple[GroupMark, ...]
    gates: tuple[GateMark, ...]
    notes: tuple[Note, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the plain data that ``mark`` of ``rule.js`` returns for the same answer."""
        return {
            "points": self.points,
            "max": self.max,
            "groups": [
                {
                    "id": group.id,
                    "label": group.label,
                    "value": group.value,
                    "total": group.total,
                    "share": _round_half_up(group.share * FULL),
                    "recall": list(group.recall),
                    "precision": list(group.precision),
                }
                for group in self.groups
            ],
            "gates": [{"id": gate.id, "label": gate.label, "passed": gate.passed} for gate in self.gates],
            "notes": [
                {"atom": note.atom, "verdict": note.verdict, "credit": note.credit, "why": note.why}
                for note in self.notes
            ],
        }


def mark(answer: Answer, table: MarkingTable, shape: Mapping[str, Any]) -> Mark:
    """Mark one answer.

    Each group sums the credits of its chosen atoms (``unlisted`` for an atom it does not list; of the atoms of a
    ``best_of`` set only the best), adds its adjustments, is kept between ``floor`` and ``cap`` and becomes a share of
    ``total``: itself (``linear``); 1 when all is right, 0.5 when more than half is (``half-point``); 1 or 0
    (``all-or-none``). The item earns the mean of its shares, weighted. Gates are judged apart; one that is not
    passed may set its groups or the item to nought.

    Parameters
    ----------
    answer
        The learner's answer.
    table
        The marking table of the version she answered.
    shape
        The item's shape, which is checked first.

    Returns
    -------
    Mark
        ``points`` in [0, ``table.points``] and an explanation for each chosen atom and each missed reference.

    Raises
    ------
    AnswerError
        If the answer breaks the shape.
    """
    faults = shape_faults(answer, shape)
    if faults:
        raise AnswerError("; ".join(faults))
    gates = tuple(GateMark(gate.id, gate.label, gate.passed(answer.atoms)) for gate in table.gates)
    failed = [gate for gate, result in zip(table.gates, gates, strict=True) if not result.passed]
    zeroed = {group for gate in failed if gate.effect == "zero-group" for group in gate.groups}
    groups, notes = [], []
    for group in table.groups:
        marked, said = _mark_group(group, answer, table, shape)
        groups.append(_nought(marked) if group.id in zeroed else marked)
        notes += said
    weights = sum(group.weight for group in table.groups)
    earned = sum((g.weight * m.share for g, m in zip(table.groups, groups, strict=True)), Fraction(0))
    share = earned / weights if weights else Fraction(0)
    if any(gate.effect == "zero-item" for gate in failed):
        share = Fraction(0)
    return Mark(_round_half_up(share * table.points), table.points, tuple(groups), gates, tuple(notes))


def _mark_group(
    group: Group, answer: Answer, table: MarkingTable, shape: Mapping[str, Any]
) -> tuple[GroupMark, list[Note]]:
    universe = [atom for name in group.fields for atom in shape["fields"][name].get("atoms", [])]
    chosen = sorted(atom for atom in universe if atom in answer.atoms)
    credit = {atom: group.credits.get(atom, group.unlisted) for atom in chosen}
    notes = [Note(atom, _verdict(atom, group), credit[atom], table.explanation(atom)) for atom in chosen]
    raw = sum(credit.values())
    for rivals in group.best_of:
        both = [credit[atom] for atom in rivals if atom in credit]
        raw -= sum(both) - max(both, default=0)
    for rule in group.adjust:
        if all(atom in answer.atoms for atom in rule.get("if_all", ())) and not any(
            atom in answer.atoms for atom in rule.get("if_none", ())
        ):
            raw += rule["credit"]
    supported = sum(value > 0 for value in credit.values())
    count = len(chosen)
    references = sorted(atom for atom, value in group.credits.items() if value >= FULL)
    found = sum(atom in answer.atoms for atom in references)
    for name, ranges in group.ranges.items():
        note = _read_number(name, answer.numbers.get(name, ""), ranges, table)
        raw += note.credit
        notes.append(note)
        supported += note.credit > 0
        found += note.credit >= FULL
        count += note.verdict != "missed"
    value = max(group.floor, raw)
    value = min(group.total if group.cap is None else group.cap, value)
    notes += [Note(atom, "missed", 0, table.explanation(atom)) for atom in references if atom not in answer.atoms]
    return (
        GroupMark(
            group.id,
            group.label,
            value,
            group.total,
            _share(value, group.total, group.transform),
            (found, len(references) + len(group.ranges)),
            (supported, count),
        ),
        notes,
    )


def _read_number(name: str, typed: str, ranges: Sequence[Mapping[str, Any]], table: MarkingTable) -> Note:
    value = parse_number(typed)
    if value is None:
        return Note(name, "missed", 0, table.explanation(name))
    for span in ranges:
        if Fraction(span["from"]) <= value <= Fraction(span["to"]):
            verdict = "right" if span["credit"] >= FULL else "partial"
            return Note(name, verdict, span["credit"], span.get("why") or table.explanation(name))
    return Note(name, "wrong", 0, table.explanation(name))


def _verdict(atom: str, group: Group) -> str:
    if atom not in group.credits:
        return "neutral" if group.unlisted == 0 else "unsupported"
    value = group.credits[atom]
    if value >= FULL:
        return "right"
    if value > 0:
        return "partial"
    return "wrong"


def _share(value: int, total: int, transform: str) -> Fraction:
    if total <= 0:
        return Fraction(0)
    share = min(Fraction(1), max(Fraction(0), Fraction(value, total)))
    if transform == "all-or-none":
        return Fraction(int(share == 1))
    if transform == "half-point":
        return Fraction(1) if share == 1 else Fraction(int(share > Fraction(1, 2)), 2)
    return share


def _nought(group: GroupMark) -> GroupMark:
    return GroupMark(group.id, group.label, 0, group.total, Fraction(0), group.recall, group.precision)


def _order_faults(atoms: frozenset[str], items: Sequence[str]) -> list[str]:
    pairs = [(a, b) for i, a in enumerate(items) for b in items[i + 1 :]]
    before = [(a, b) for a, b in [*pairs, *((b, a) for a, b in pairs)] if f"{a}<{b}" in atoms]
    if not before:
        return []
    one_way = all((f"{a}<{b}" in atoms) != (f"{b}<{a}" in atoms) for a, b in pairs)
    ahead = sorted(sum(1 for first, _ in before if first == item) for item in items)
    if one_way and ahead == list(range(len(items))):
        return []
    return ["the order must give every item one place"]


def _count(atoms: frozenset[str], of: Iterable[str]) -> int:
    return sum(atom in atoms for atom in of)


def _length(text: str) -> int:
    """Length in UTF-16 code units, as JavaScript counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _round_half_up(value: Fraction) -> int:
    return int((2 * value + 1) // 2)


def _without_defaults(value: Any, kind: type) -> dict[str, Any]:
    plain = {}
    for name, spec in kind.__dataclass_fields__.items():  # type: ignore[attr-defined]
        part = getattr(value, name)
        if isinstance(part, tuple):
            part = [list(entry) if isinstance(entry, tuple) else entry for entry in part]
        empty = part in ([], {}) or part == spec.default
        if not empty or name in {"id", "label", "fields", "credits", "total"}:
            plain[name] = dict(part) if isinstance(part, Mapping) else part
    return plain
