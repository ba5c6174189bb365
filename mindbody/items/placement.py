"""Placing numbered excerpts of a case in the slots of a formulation.

Slots, credits and the scoring rule follow the reference keys of the case library: 1 reference, 0.5 defensible,
0.25 weak but arguable, -0.25 unlisted, -0.5 trap; a slot never falls below 0 and is capped at 1.

Help fades over the chapters by authoring alone: `given` placements stand fixed, `start` is a flawed first answer to
mend, `counts` says how much is still to find, `hints` come one at a time; the last exercises have none of them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import (
    TEXT_LIMIT,
    Case,
    Context,
    Credit,
    Fault,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.marking import FULL, Answer, Group, MarkingTable, mark, shape_faults
from mindbody.text import span

UNLISTED = -25
SLOTS_PER_EXCERPT = 3


@dataclass(frozen=True)
class Slot:
    """A place of the formulation; ``mark`` is the shape that stands for it wherever it is drawn."""

    label: str
    ask: str
    family: str
    mark: str = ""
    weight: int = 1


SLOTS: Mapping[str, Slot] = {
    "feeling": Slot("Hidden feeling", "What is felt, or might be, underneath?", "conflict", "circle", 2),
    "anxiety": Slot("Anxiety", "Where does the body show alarm as the feeling comes near?", "conflict", "triangle", 2),
    "defence": Slot("Defence", "What is done so as not to feel it?", "conflict", "square", 2),
    "past": Slot("Past person", "Who, long ago?", "person", "circle"),
    "current": Slot("Current person", "Who, in life now?", "person", "triangle"),
    "clinician": Slot("Clinician", "What happens between the patient and you?", "person", "square"),
    "presenting": Slot("Presenting", "What did the patient come with?", "five-ps"),
    "predisposing": Slot("Predisposing", "What made this more likely, long before?", "five-ps"),
    "precipitating": Slot("Precipitating", "What was there when it began?", "five-ps"),
    "perpetuating": Slot("Perpetuating", "What keeps it going?", "five-ps"),
    "protective": Slot("Protective", "What helps, and who?", "five-ps"),
    "functional": Slot("Functional", "What positive sign speaks for changed function?", "rule-in"),
    "inconsistent": Slot("Inconsistent", "What varies in a way damaged tissue alone would not?", "rule-in"),
    "triggered": Slot("Triggered", "What sets it off that is no physical load?", "rule-in"),
    "medical": Slot("Medical evidence", "What was examined and found, or not found?", "medical"),
    "flag": Slot("Red flag", "What must a physician see first?", "medical", weight=2),
    "risk": Slot("Risk", "What speaks of suicide, self-harm or fragility?", "medical", weight=2),
    "pathway": Slot("Anxiety pathway", "Which channel does the anxiety take?", "context"),
    "culture": Slot("Cultural meaning", "What does it mean where the patient comes from?", "context"),
}
"""Every slot there is, in the order in which they are shown."""

FAMILIES: Mapping[str, str] = {
    "conflict": "Conflict",
    "person": "Person",
    "five-ps": "Five Ps",
    "rule-in": "Rule-in signs",
    "medical": "Medical and safety",
    "context": "Pathway and culture",
    "bin": "Left out",
}
"""What a group of slots is called."""

BIN = "bin"
_BIN = Slot("Not evidence", "What has no bearing on the formulation?", "bin")


Placed = Annotated[tuple[int, ...], Field(min_length=1)]
"""Numbers of excerpts that stand in a slot."""


class PlacementForm(ItemForm):
    """A case, the slots to fill and, where not all of them, the excerpts to show.

    ``given`` placements are fixed and not marked; ``start`` is the learner's first answer, hers to change; ``bin`` adds
    a place for what is no evidence, which earns and costs nothing; ``counts`` tells how much a slot still lacks.
    """

    case: str
    slots: Annotated[tuple[str, ...], Field(min_length=1)]
    excerpts: tuple[int, ...] | None = None
    given: dict[str, Placed] = Field(default_factory=dict)
    start: dict[str, Placed] = Field(default_factory=dict)
    bin: bool = False
    counts: bool = False
    none_found: bool = False
    reflect: bool = False


class Adjustment(Strict):
    """A credit in one slot that depends on several placements."""

    slot: str
    if_all: tuple[str, ...] = ()
    if_none: tuple[str, ...] = ()
    credit: Credit


class PlacementKey(KeyForm):
    """Credits and traps per slot, the slots to leave empty, and what is said of each placement."""

    slots: dict[str, dict[str, Credit]]
    traps: dict[str, dict[str, Credit]] = Field(default_factory=dict)
    leave_empty: tuple[str, ...] = ()
    adjust: tuple[Adjustment, ...] = ()
    why: dict[str, Text]
    why_not: dict[str, Text]


def shown(form: PlacementForm, case: Case) -> list[str]:
    """Return the numbers of the excerpts an item shows."""
    return [str(number) for number in form.excerpts] if form.excerpts else list(case.excerpts)


def check(form: PlacementForm, key: PlacementKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    case = context.cases.get(form.case)
    if case is None:
        yield Fault(
            "form", ("case",), f'case "{form.case}" does not exist (there are {", ".join(sorted(context.cases))})'
        )
        return
    for slot in form.slots:
        if slot not in SLOTS:
            yield Fault("form", ("slots",), f'slot "{slot}" does not exist (there are {", ".join(SLOTS)})')
    for number in form.excerpts or ():
        if str(number) not in case.excerpts:
            yield Fault("form", ("excerpts",), _no_excerpt(number, case))
    yield from _check_states(form, case)
    if key:
        yield from _check_key(form, key, case)
    if key and form.start:
        yield from _check_start(form, key, context)


def _check_states(form: PlacementForm, case: Case) -> Iterable[Fault]:
    for part, states in (("given", form.given), ("start", form.start)):
        for slot, numbers in states.items():
            if slot not in form.slots and not (part == "start" and form.bin and slot == BIN):
                yield Fault("form", (part, slot), _no_slot(slot, form))
            for number in numbers:
                if str(number) not in shown(form, case):
                    yield Fault("form", (part, slot), _no_excerpt(number, case))
    if form.counts and form.mode == "graded":
        yield Fault("form", ("counts",), "`counts` draws on the key, which a graded item does not show: remove it")


def _check_start(form: PlacementForm, key: PlacementKey, context: Context) -> Iterable[Fault]:
    """Refuse a starting state that no learner could have made, or that leaves nothing to mend."""
    built = shape(form, context)
    answer = Answer(frozenset(built["start"]))
    faults = shape_faults(answer, built)
    for fault in faults:
        yield Fault("form", ("start",), f"{fault}: mend the starting state")
    if not faults:
        marked = mark(answer, table(form, key, context), built)
        if marked.points == marked.max:
            yield Fault("form", ("start",), "the starting state earns every point: leave something to mend")


def _check_key(form: PlacementForm, key: PlacementKey, case: Case) -> Iterable[Fault]:
    excerpts = shown(form, case)
    yield from _check_credits("slots", key.slots, form, case)
    yield from _check_credits("traps", key.traps, form, case)
    for atom in sorted({f"{n}@{slot}" for slot, numbers in form.given.items() for n in numbers} & set(_listed(key))):
        number, _, slot = atom.partition("@")
        part = "slots" if number in key.slots.get(slot, {}) else "traps"
        yield Fault("key", (part, slot, number), f"excerpt {number} is given here and not marked: remove it")
    for slot, credit in key.traps.items():
        for number in set(credit) & set(key.slots.get(slot, {})):
            yield Fault("key", ("traps", slot, number), f"excerpt {number} has a credit and a trap here: keep one")
    yield from _check_empty(form, key)
    references = [number for credit in key.slots.values() for number, value in credit.items() if value == 1]
    for number in excerpts:
        if references.count(number) > SLOTS_PER_EXCERPT:
            count = references.count(number)
            yield Fault("key", ("slots",), f"excerpt {number} is the reference of {count} slots: three is the most")
    yield from missing_whys(key.why, _listed(key), "placement")
    yield from missing_whys(key.why_not, excerpts, "excerpt", ("why_not",))


def _check_credits(
    part: str, slots: Mapping[str, Mapping[str, Decimal]], form: PlacementForm, case: Case
) -> Iterable[Fault]:
    for slot, credit in slots.items():
        if slot not in form.slots:
            yield Fault("key", (part, slot), _no_slot(slot, form))
        for number, value in credit.items():
            if number not in shown(form, case):
                yield Fault("key", (part, slot, number), _no_excerpt(number, case))
            if (value < 0) != (part == "traps"):
                message = "credits are above 0 under `slots`, below 0 under `traps`"
                yield Fault("key", (part, slot, number), message)


def _check_empty(form: PlacementForm, key: PlacementKey) -> Iterable[Fault]:
    for slot in key.leave_empty:
        if slot not in form.slots:
            yield Fault("key", ("leave_empty",), _no_slot(slot, form))
        if not form.none_found:
            yield Fault("key", ("leave_empty",), f'"{slot}" is to be left empty: set `none_found: true` on the item')
        if any(value == 1 for value in key.slots.get(slot, {}).values()):
            yield Fault("key", ("leave_empty",), f'"{slot}" is to be left empty and has a reference: keep one')


def _no_slot(slot: str, form: PlacementForm) -> str:
    return f'slot "{slot}" is not in this item (it has {", ".join(form.slots)})'


def _listed(key: PlacementKey) -> list[str]:
    atoms = [
        f"{number}@{slot}" for slots in (key.slots, key.traps) for slot, credit in slots.items() for number in credit
    ]
    return atoms + [f"none@{slot}" for slot in key.leave_empty]


def _no_excerpt(number: object, case: Case) -> str:
    return f"excerpt {number} is not in case {case.id} (it has {span(set(case.excerpts))})"


def shape(form: PlacementForm, context: Context) -> dict[str, Any]:
    """Return one field a slot; an excerpt stands in at most three; "none found" and the bin exclude placements."""
    excerpts = shown(form, context.cases[form.case])
    given = _atoms(form.given)
    fields: dict[str, Any] = {}
    for slot in form.slots:
        atoms = [atom for number in excerpts if (atom := f"{number}@{slot}") not in given]
        if slot in form.given:
            # What is given may be all there is.
            fields[slot] = {"atoms": atoms}
        else:
            fields[slot] = {"atoms": atoms + ([f"none@{slot}"] if form.none_found else []), "required": 1}
    loose = [number for number in excerpts if not any(int(number) in placed for placed in form.given.values())]
    if form.bin:
        fields[BIN] = {"atoms": [f"{number}@{BIN}" for number in loose]}
    if form.reflect:
        fields["reflection"] = {"text": {"max": TEXT_LIMIT}}
    built: dict[str, Any] = {"fields": fields}
    if given:
        built["given"] = given
    if form.start:
        built["start"] = _atoms(form.start)
    if len(form.slots) > SLOTS_PER_EXCERPT:
        built["at_most"] = [_at_most_three(number, form, given) for number in excerpts]
    excludes = [
        {"if": f"none@{slot}", "not": [f"{number}@{slot}" for number in excerpts]}
        for slot in form.slots
        if f"none@{slot}" in fields[slot]["atoms"]
    ]
    if form.bin:
        excludes += [{"if": f"{number}@{BIN}", "not": [f"{number}@{slot}" for slot in form.slots]} for number in loose]
    return built | ({"excludes": excludes} if excludes else {})


def _at_most_three(number: str, form: PlacementForm, given: list[str]) -> dict[str, Any]:
    atoms = [f"{number}@{slot}" for slot in form.slots]
    free = [atom for atom in atoms if atom not in given]
    left = max(0, SLOTS_PER_EXCERPT - (len(atoms) - len(free)))
    return {"atoms": free, "n": left, "say": f"excerpt {number} may stand in at most three places"}


def _atoms(placed: Mapping[str, Iterable[int]]) -> list[str]:
    return [f"{number}@{slot}" for slot, numbers in placed.items() for number in numbers]


def view(form: PlacementForm, context: Context) -> dict[str, Any]:
    """Return the case, its excerpts and the slots."""
    case = context.cases[form.case]
    slots = {slot: SLOTS[slot] for slot in form.slots} | ({BIN: _BIN} if form.bin else {})
    return {
        "case": case_view(case),
        "excerpts": [
            {"id": number, "html": context.render.inline(case.excerpts[number])} for number in shown(form, case)
        ],
        "slots": [
            {
                "id": name,
                "label": slot.label,
                "ask": slot.ask,
                "family": slot.family,
                "shape": slot.mark,
                "given": [str(number) for number in form.given.get(name, ())],
                "start": [str(number) for number in form.start.get(name, ())],
            }
            for name, slot in slots.items()
        ],
        "families": {slot.family: FAMILIES[slot.family] for slot in slots.values()},
        "counts": form.counts,
    }


def case_view(case: Case) -> dict[str, Any]:
    """Return what a widget says of a case before its excerpts."""
    return {
        "id": case.id,
        "title": case.title,
        "summary": case.summary,
        "content_note": case.content_note,
        "loose": case.loose,
        "state": state(case),
    }


def state(case: Case) -> str:
    """Say that the case is invented, and whether anybody outside the team has read it, and when that was settled."""
    key = "Key: authors\u2019 proposal, review pending" if case.review.state == "pending" else "Key reviewed"
    return f"Fictional composite. {key} ({case.review.date.day} {case.review.date:%B %Y})."


def table(form: PlacementForm, key: PlacementKey, context: Context) -> MarkingTable:
    """Make one group a slot; a slot without a reference is feedback only (weight 0)."""
    groups = tuple(_group(slot, key) for slot in form.slots)
    return MarkingTable(
        hundredths(form.points),
        groups,
        why={atom: context.render.inline(text) for atom, text in key.why.items()},
        why_unlisted={number: context.render.inline(text) for number, text in key.why_not.items()},
    )


def _group(slot: str, key: PlacementKey) -> Group:
    credit = {f"{number}@{slot}": hundredths(value) for number, value in key.slots.get(slot, {}).items()}
    total = sum(value for value in credit.values() if value >= FULL)
    weight = SLOTS[slot].weight if total else 0
    if slot in key.leave_empty:
        # The tick counts once, whatever the slot would weigh with a reference: otherwise ticking blindly would pay.
        total, weight = FULL, 1
        credit[f"none@{slot}"] = FULL
    else:
        credit[f"none@{slot}"] = 0
    credit |= {f"{number}@{slot}": hundredths(value) for number, value in key.traps.get(slot, {}).items()}
    adjust = tuple(
        {"if_all": list(rule.if_all), "if_none": list(rule.if_none), "credit": hundredths(rule.credit)}
        for rule in key.adjust
        if rule.slot == slot
    )
    return Group(slot, SLOTS[slot].label, (slot,), credit, total, UNLISTED, weight=weight, adjust=adjust)


def static(view: Mapping[str, Any]) -> str:
    """Print the case and the slots to fill."""
    slots = "".join(
        f"<li><strong>{slot['label']}</strong> ({html.escape(slot['ask'])}) {_stated(slot)}"
        '<span class="mindbody-blank"></span></li>'
        for slot in view["slots"]
    )
    mend = any(slot["start"] for slot in view["slots"])
    return (
        f"{static_case(view['case'], view['excerpts'])}"
        "<p>Write the numbers of the excerpts that belong in each place."
        f"{' Some stand there already: strike out what does not belong.' if mend else ''}</p><ul>{slots}</ul>"
    )


def _stated(slot: Mapping[str, Any]) -> str:
    given = f"given: {', '.join(slot['given'])} " if slot["given"] else ""
    return given + (f"placed so far: {', '.join(slot['start'])} " if slot["start"] else "")


def static_case(case: Mapping[str, Any], excerpts: Iterable[Mapping[str, str]]) -> str:
    """Print a case: content note, then its numbered excerpts."""
    note = f"<p><em>{html.escape(case['content_note'])}</em></p>" if case["content_note"] else ""
    rows = "".join(f'<li value="{excerpt["id"]}">{excerpt["html"]}</li>' for excerpt in excerpts)
    summary = html.escape(case["summary"].rstrip("."))
    return (
        f'<div class="mindbody-case"><p><strong>{html.escape(case["title"])}.</strong> '
        f"{summary}. <em>{html.escape(case['state'])}</em></p>{note}<ol>{rows}</ol></div>"
    )


KIND = Kind("placement", PlacementForm, PlacementKey, check, shape, view, table, static, wide=True)
