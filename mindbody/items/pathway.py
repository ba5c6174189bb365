"""Signs of anxiety to pathways, then the pace, then what must not be missed.

The pathways are a teaching map of one school (short-term dynamic therapy), not physiology, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from mindbody.items import sort
from mindbody.items.base import (
    Context,
    Credit,
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
from mindbody.items.placement import case_view, static_case
from mindbody.items.sort import Place, Sorting
from mindbody.marking import FULL, Gate, Group, MarkingTable

PATHWAYS = (
    Place("striated", "Striated muscle", "Voluntary muscle: fists, jaw, neck, sighing"),
    Place("smooth", "Smooth muscle", "Gut, vessels, airways: cramp, nausea, flushing"),
    Place("cognitive-perceptual", "Cognitive-perceptual", "Thinking and senses: blank, fog, tunnel vision, an echo"),
    Place("conversion", "Conversion", "Function lost or weak: legs give way, no voice"),
    Place("none", "Not a pathway", "Says nothing of where the anxiety goes"),
)

PACES: Mapping[str, tuple[str, str]] = {
    "proceed": ("Proceed", "Go on towards the feeling, watching the signs"),
    "slow": ("Slow", "Half the step; stay with what is here"),
    "regulate": ("Regulate", "Set the topic down; bring the anxiety down together"),
    "stop": ("Stop", "End the emotional work for now; see to safety"),
}
"""The paces, the fastest first: label and what it means."""

NOTE = (
    "The pathways are a map for teaching, drawn by one school{cited}. They are no physiology, and we found no"
    " independent study of whether two observers agree on them."
)
SOURCE = "abbass2025scoping"

TOO_FAST = 2
ONE_STEP = 50
SIGNS_WEIGHT = 2

Pace = Literal["proceed", "slow", "regulate", "stop"]


class PathwayForm(ItemForm):
    """The signs, and whether a pace is chosen and risk is ticked."""

    case: str | None = None
    signs: Annotated[dict[FieldName, Text], Field(min_length=3, max_length=16)]
    pace: bool = False
    risk: bool = False


class PathwayKey(KeyForm):
    """The pathway of every sign, the pace, the signs that must not be missed and what is said of each."""

    signs: dict[str, str]
    credits: dict[str, dict[str, Credit]] = Field(default_factory=dict)
    why: dict[str, Text]
    pace: Pace | None = None
    why_pace: dict[Pace, Text] = Field(default_factory=dict)
    risk: tuple[str, ...] = ()
    at_most: Annotated[int, Field(ge=0)] | None = None


def _sorting(form: PathwayForm) -> Sorting:
    return Sorting(PATHWAYS, form.signs, part="signs")


def check(form: PathwayForm, key: PathwayKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    if form.case is not None and form.case not in context.cases:
        known = ", ".join(sorted(context.cases))
        yield Fault("form", ("case",), f'case "{form.case}" does not exist (there are {known})')
    for name in ("pace", "risk"):
        if name in form.signs:
            yield Fault("form", ("signs", name), f'"{name}" is the name of a field of the answer: rename the sign')
    if form.gate and not (form.pace or form.risk):
        yield Fault("form", ("gate",), "a gate needs `pace: true` or `risk: true`: add one or remove the gate")
    if key:
        yield from sort.check_cards(_sorting(form), key.signs, key, context)
        yield from _check_pace(form, key)
        yield from _check_risk(form, key)


def _check_pace(form: PathwayForm, key: PathwayKey) -> Iterable[Fault]:
    if not form.pace:
        if key.pace or key.why_pace:
            yield Fault("key", ("pace",), "the item asks for no pace: set `pace: true` on it or remove this")
        return
    if key.pace is None:
        yield Fault("key", (), f"the item asks for a pace: add `pace:` to the key (one of {', '.join(PACES)})")
    yield from missing_whys({str(name): why for name, why in key.why_pace.items()}, PACES, "pace", ("why_pace",))


def _check_risk(form: PathwayForm, key: PathwayKey) -> Iterable[Fault]:
    yield from unknown_names(key.risk, form.signs, "sign", ("risk",))
    if key.risk and not form.risk:
        yield Fault("key", ("risk",), "the item asks for no risk: set `risk: true` on it or remove this")
    if form.risk and not len(set(key.risk)) <= _at_most(form, key) < len(form.signs):
        message = (
            f"at_most {_at_most(form, key)} must allow the {len(set(key.risk))} that must not be missed and stop short"
            f" of all {len(form.signs)} signs, or ticking everything passes the gate"
        )
        yield Fault("key", ("risk",), message)


def _at_most(form: PathwayForm, key: PathwayKey) -> int:
    """Return how many ticks pass: one more than needed, never all, unless the key says otherwise."""
    return min(len(set(key.risk)) + 1, len(form.signs) - 1) if key.at_most is None else key.at_most


def shape(form: PathwayForm, context: Context) -> dict[str, Any]:
    """Return the fields of the signs, one pace, and ticks; "none of these" excludes ticks."""
    fields = sort.card_fields(_sorting(form))
    built: dict[str, Any] = {"fields": fields}
    if form.risk:
        ticks = [f"{sign}@risk" for sign in form.signs]
        fields["risk"] = {"atoms": [*ticks, "none@risk"], "required": 1}
        built["excludes"] = [{"if": "none@risk", "not": ticks}]
    if form.pace:
        fields["pace"] = {"atoms": [f"pace:{name}" for name in PACES], "at_most": 1, "required": 1}
    return built


def view(form: PathwayForm, context: Context) -> dict[str, Any]:
    """Return pathways and signs, the case if there is one, the paces and whether risk is ticked."""
    shown = sort.cards_view(_sorting(form), context)
    if form.case:
        case = context.cases[form.case]
        excerpts = [{"id": number, "html": context.render.inline(text)} for number, text in case.excerpts.items()]
        shown["case"] = {**case_view(case), "excerpts": excerpts}
    paces = [{"id": name, "label": label, "hint": hint} for name, (label, hint) in PACES.items()]
    return {**shown, "note": _note(context), "paces": paces if form.pace else [], "risk": form.risk}


def _note(context: Context) -> str:
    cited = f" {{cite:p}}`{SOURCE}`" if SOURCE in context.render.references else ""
    return f'<span class="mb-badge">School-specific</span> {context.render.inline(NOTE.format(cited=cited))}'


def table(form: PathwayForm, key: PathwayKey, context: Context) -> MarkingTable:
    """Make a group each for the signs, the pace and the ticks, and a gate each for pace and ticks.

    A pace one step off earns half. The gate of the pace is not passed when the pace is two steps too fast; the gate
    of the risk is not passed when a sign that must not be missed is, or when more than ``at_most`` are ticked.
    Where the item has a ``gate``, that is its row in the gradebook. A graded item without one has no such row, and
    a gate that is not passed sets the item to nought: it must not be averaged away.
    """
    groups = [_signs_group(form, key)]
    gates = []
    why: dict[str, str] = {}
    own_row = form.gate or form.mode == "practice"
    effect = "zero-group" if own_row else "zero-item"
    if key.pace:
        order = list(PACES)
        right = order.index(key.pace)
        credit = {f"pace:{name}": ONE_STEP for name in order[max(0, right - 1) : right + 2]}
        credit[f"pace:{key.pace}"] = FULL
        groups.append(Group("pace", "Pace", ("pace",), credit, FULL))
        safe = tuple(f"pace:{name}" for name in order[max(0, right - TOO_FAST + 1) :])
        gates.append(Gate(_gate_id(form, "pace"), "Pace", any_of=safe, effect=effect, groups=("pace",)))
        why |= {f"pace:{name}": context.render.inline(text) for name, text in key.why_pace.items()}
    if form.risk:
        ticks = tuple(f"{sign}@risk" for sign in form.signs)
        grave = tuple(f"{sign}@risk" for sign in form.signs if sign in key.risk)
        credit = {tick: FULL if tick in grave else -FULL for tick in ticks}
        credit["none@risk"] = 0 if grave else FULL
        groups.append(Group("risk", "What must not be missed", ("risk",), credit, FULL * max(1, len(grave))))
        limit = ((ticks, _at_most(form, key)),)
        label = "What must not be missed"
        gates.append(Gate(_gate_id(form, "risk"), label, all_of=grave, at_most=limit, effect=effect, groups=("risk",)))
        why["none@risk"] = (
            "There is at least one sign here that must not be missed."
            if grave
            else "Nothing here speaks of risk; the question is still asked."
        )
    whys = sort.card_whys(key, context)
    return MarkingTable(hundredths(form.points), tuple(groups), tuple(gates), why, whys)


def _signs_group(form: PathwayForm, key: PathwayKey) -> Group:
    """Return the group that scores the signs; it weighs as much as pace and ticks together."""
    it = _sorting(form)
    credit = sort.credits_of(it, key.signs, key.credits)
    return Group("signs", "Signs", tuple(form.signs), credit, FULL * len(form.signs), weight=SIGNS_WEIGHT)


def _gate_id(form: PathwayForm, name: str) -> str:
    return f"{form.gate or form.id}:{name}"


def static(view: Mapping[str, Any]) -> str:
    """Print the case, pathways and signs, and what else is asked."""
    case = static_case(view["case"], view["case"]["excerpts"]) if "case" in view else ""
    paces = ", ".join(pace["label"] for pace in view["paces"])
    pace = f'<p>Pace ({paces}): <span class="mindbody-blank"></span></p>' if paces else ""
    risk = '<p>Which must not be missed? <span class="mindbody-blank"></span></p>' if view["risk"] else ""
    return f"<p>{view['note']}</p>{case}{sort.static(view)}{risk}{pace}"


KIND = Kind("pathway", PathwayForm, PathwayKey, check, shape, view, table, static)
