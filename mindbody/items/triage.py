"""Triage: how soon must a physician see this patient, and which excerpts say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from mindbody.items.base import (
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
from mindbody.items.placement import UNLISTED, case_view, static_case
from mindbody.marking import FULL, Gate, Group, MarkingTable
from mindbody.text import span

LANES: Mapping[str, tuple[str, str]] = {
    "same-day": ("Same day", "Emergency or same-day medical assessment, handed over by voice"),
    "two-weeks": ("Within two weeks", "An urgent appointment, asked for today"),
    "routine": ("Routine letter", "Ask the physician\u2019s view; go on meanwhile with care"),
    "proceed": ("Proceed", "Examined and dated; nothing new; begin, with a safety net"),
}
"""Urgency lanes, the most urgent first: label and what it means. Local guidance decides the route."""

Lane = Literal["same-day", "two-weeks", "routine", "proceed"]
TOO_URGENT = 50
FLAG_WEIGHT = 2


class TriageForm(ItemForm):
    """One to six patients; ``minutes`` offers a clock, which the learner may switch on and which locks nothing."""

    patients: Annotated[tuple[str, ...], Field(min_length=1, max_length=6)]
    minutes: Annotated[int, Field(ge=1, le=30)] | None = None


class PatientKey(Strict):
    """The lane, the excerpts that justify it and what is said of each."""

    lane: Lane
    why_lane: dict[Lane, Text]
    flags: dict[str, Credit] = Field(default_factory=dict)
    traps: dict[str, Credit] = Field(default_factory=dict)
    must_not_miss: tuple[int, ...]
    at_most: Annotated[int, Field(ge=0)]
    why: dict[str, Text] = Field(default_factory=dict)
    why_not: dict[str, Text]
    why_none: Text | None = None


class TriageKey(KeyForm):
    """A key for every patient."""

    patients: dict[str, PatientKey]


def check(form: TriageForm, key: TriageKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    for index, patient in enumerate(form.patients):
        if patient not in context.cases:
            known = ", ".join(sorted(context.cases))
            yield Fault("form", ("patients", index), f'case "{patient}" does not exist (there are {known})')
            return
    if not key:
        return
    for patient in form.patients:
        if patient not in key.patients:
            yield Fault("key", ("patients",), f'patient "{patient}" has no key: add lane, flags and explanations')
        else:
            yield from _check_patient(context.cases[patient], key.patients[patient], ("patients", patient))
    for patient in key.patients:
        if patient not in form.patients:
            yield Fault("key", ("patients", patient), f'patient "{patient}" is not in this item: remove or rename')


def _check_patient(case: Case, key: PatientKey, at: tuple[str, ...]) -> Iterable[Fault]:
    listed = {**key.flags, **key.traps}
    for number in [*listed, *map(str, key.must_not_miss)]:
        if number not in case.excerpts:
            have = span(set(case.excerpts))
            yield Fault("key", (*at, "flags"), f"excerpt {number} is not in case {case.id} (it has {have})")
    for grave in key.must_not_miss:
        if key.flags.get(str(grave)) != 1:
            message = f"excerpt {grave} must not be missed: give it credit 1 in flags"
            yield Fault("key", (*at, "must_not_miss"), message)
    if key.must_not_miss and key.lane == "proceed":
        yield Fault("key", (*at, "lane"), "a patient with a must-not-miss feature cannot be in `proceed`")
    if not len(key.must_not_miss) <= key.at_most < len(case.excerpts):
        yield Fault(
            "key",
            (*at, "at_most"),
            f"at_most {key.at_most} must allow the {len(key.must_not_miss)} that must not be missed"
            f" and stop short of all {len(case.excerpts)} excerpts, or flagging everything passes the gate",
        )
    yield from missing_whys({str(lane): why for lane, why in key.why_lane.items()}, LANES, "lane", (*at, "why_lane"))
    yield from missing_whys(key.why, listed, "excerpt", (*at, "why"))
    unlisted = [number for number in case.excerpts if number not in listed]
    yield from missing_whys(key.why_not, unlisted, "excerpt", (*at, "why_not"))


def shape(form: TriageForm, context: Context) -> dict[str, Any]:
    """Return, for each patient, one lane and any flags; "no red flag here" excludes flags."""
    fields: dict[str, Any] = {}
    excludes = []
    for patient in form.patients:
        flags = [f"{patient}:{number}@flag" for number in context.cases[patient].excerpts]
        none = f"none@{patient}:flag"
        fields[f"{patient}:lane"] = {"atoms": [f"{patient}:{lane}" for lane in LANES], "at_most": 1, "required": 1}
        fields[f"{patient}:flag"] = {"atoms": [*flags, none], "required": 1}
        excludes.append({"if": none, "not": flags})
    return {"fields": fields, "excludes": excludes}


def view(form: TriageForm, context: Context) -> dict[str, Any]:
    """Return the lanes and the patients' cards."""
    patients = []
    for patient in form.patients:
        case = context.cases[patient]
        excerpts = [{"id": number, "html": context.render.inline(text)} for number, text in case.excerpts.items()]
        patients.append({**case_view(case), "excerpts": excerpts})
    lanes = [{"id": lane, "label": label, "hint": hint} for lane, (label, hint) in LANES.items()]
    shown: dict[str, Any] = {"lanes": lanes, "patients": patients}
    return shown | ({"minutes": form.minutes} if form.minutes else {})


def table(form: TriageForm, key: TriageKey, context: Context) -> MarkingTable:
    """Make two groups (lane, flags) and one gate a patient.

    A lane one step too urgent earns half, too slow earns nothing. A gate passes when the lane is right or one step
    too urgent, every must-not-miss excerpt is flagged, and no more than ``at_most`` are flagged.
    """
    groups, gates = [], []
    why: dict[str, str] = {}
    why_unlisted: dict[str, str] = {}
    order = list(LANES)
    for patient in form.patients:
        part, name = key.patients[patient], context.cases[patient].title
        right = order.index(part.lane)
        lanes = {f"{patient}:{part.lane}": FULL}
        if right:
            lanes[f"{patient}:{order[right - 1]}"] = TOO_URGENT
        groups.append(Group(f"{patient}:lane", f"{name}: how soon", (f"{patient}:lane",), lanes, FULL))
        groups.append(_flag_group(patient, name, part))
        flags = tuple(f"{patient}:{number}@flag" for number in context.cases[patient].excerpts)
        gates.append(
            Gate(
                f"{form.gate or form.id}:{patient}",
                name,
                all_of=tuple(f"{patient}:{number}@flag" for number in part.must_not_miss),
                any_of=tuple(lanes),
                at_most=((flags, part.at_most),),
            )
        )
        why |= {f"{patient}:{lane}": context.render.inline(text) for lane, text in part.why_lane.items()}
        why |= {f"{patient}:{number}@flag": context.render.inline(text) for number, text in part.why.items()}
        why[f"none@{patient}:flag"] = context.render.inline(part.why_none) if part.why_none else _none(part)
        why_unlisted |= {f"{patient}:{number}": context.render.inline(text) for number, text in part.why_not.items()}
    return MarkingTable(hundredths(form.points), tuple(groups), tuple(gates), why, why_unlisted)


def _flag_group(patient: str, name: str, key: PatientKey) -> Group:
    credit = {f"{patient}:{number}@flag": hundredths(value) for number, value in (key.flags | key.traps).items()}
    total = sum(value for value in credit.values() if value >= FULL)
    credit[f"none@{patient}:flag"] = 0 if total else FULL
    return Group(
        f"{patient}:flag",
        f"{name}: what says so",
        (f"{patient}:flag",),
        credit,
        total or FULL,
        UNLISTED,
        weight=FLAG_WEIGHT,
    )


def _none(key: PatientKey) -> str:
    if key.must_not_miss:
        return "There is at least one feature here that must not be missed."
    return "Nothing in these excerpts is a red flag; the safety net still stands."


def static(view: Mapping[str, Any]) -> str:
    """Print the patients and the lanes."""
    lanes = "".join(f"<li><strong>{lane['label']}</strong>: {lane['hint']}</li>" for lane in view["lanes"])
    cards = "".join(
        f"{static_case(patient, patient['excerpts'])}<p>How soon? "
        '<span class="mindbody-blank"></span> Which excerpts say so? <span class="mindbody-blank"></span></p>'
        for patient in view["patients"]
    )
    return f"<ul>{lanes}</ul>{cards}"


KIND = Kind("triage", TriageForm, TriageKey, check, shape, view, table, static, wide=True)
