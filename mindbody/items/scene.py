"""A scene: one moment after another, three tries at each, one named fault a try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.base import (
    TEXT_LIMIT,
    Context,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
    unknown_names,
)
from mindbody.items.placement import case_view, static_case
from mindbody.marking import FULL, Group, MarkingTable

TRIES = (Decimal(1), Decimal("0.5"), Decimal("0.25"))
"""What a reply is worth at the first, second and third try."""

Path = tuple[str, ...]
Defensible = Annotated[Decimal, Field(gt=0, lt=1, decimal_places=2)]


class Reply(Strict):
    """What the clinician may say, and the moment it leads to; without one the scene ends."""

    say: Text
    next: str | None = None


class Moment(Strict):
    """What the patient says or does, and two to five replies."""

    says: Text
    replies: Annotated[dict[FieldName, Reply], Field(min_length=2, max_length=5)]


class SceneForm(ItemForm):
    """One to eight moments, the first one first.

    ``own`` asks for a reply in the learner's own words at the end; it may be the patient's words to reply to.
    """

    case: str | None = None
    moments: Annotated[dict[FieldName, Moment], Field(min_length=1, max_length=8)]
    own: bool | Text = False


class MomentKey(Strict):
    """The right reply, defensible ones, one fault for each other reply, and what the patient does at a reply."""

    right: str
    credits: dict[str, Defensible] = Field(default_factory=dict)
    faults: dict[str, Text] = Field(default_factory=dict)
    reactions: dict[str, Text] = Field(default_factory=dict)
    why: dict[str, Text]


class SceneKey(KeyForm):
    """A key for every moment, and model replies to compare one's own with."""

    moments: dict[str, MomentKey]
    own: tuple[Text, ...] = ()


def check(form: SceneForm, key: SceneKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the moments or the key."""
    if form.case and form.case not in context.cases:
        known = ", ".join(sorted(context.cases))
        yield Fault("form", ("case",), f'case "{form.case}" does not exist (there are {known})')
    broken = list(_check_ways(form))
    yield from broken
    if not key or broken:
        return
    yield from unknown_names(key.moments, form.moments, "moment", ("moments",))
    for name, moment in form.moments.items():
        if name not in key.moments:
            yield Fault("key", ("moments",), f'moment "{name}" has no key: add right, faults and why')
        else:
            yield from _check_moment(moment, key.moments[name], ("moments", name))
    if form.own and form.mode == "practice" and not key.own:
        yield Fault("key", ("own",), "the learner writes a reply of her own: add model replies to compare it with")
    if key.own and not form.own:
        yield Fault("key", ("own",), "nobody is asked for a reply of her own: add `own: true` to the item")


def _check_moment(moment: Moment, key: MomentKey, at: tuple[str, ...]) -> Iterator[Fault]:
    yield from unknown_names([key.right], moment.replies, "reply", (*at, "right"))
    yield from unknown_names(key.credits, moment.replies, "reply", (*at, "credits"))
    yield from unknown_names(key.reactions, moment.replies, "reply", (*at, "reactions"))
    if key.right in key.credits:
        yield Fault("key", (*at, "credits", key.right), f'"{key.right}" is right already: take it out of `credits`')
    others = [name for name in moment.replies if name != key.right]
    yield from missing_whys(key.faults, others, "reply", (*at, "faults"))
    yield from missing_whys(key.why, moment.replies, "reply", (*at, "why"))


def _check_ways(form: SceneForm) -> Iterator[Fault]:
    for name, moment in form.moments.items():
        for reply, says in moment.replies.items():
            if says.next is not None and says.next not in form.moments:
                known = ", ".join(form.moments)
                at = ("moments", name, "replies", reply, "next")
                yield Fault("form", at, f'moment "{says.next}" does not exist (there are {known})')
                return
    ways = list(_ways(form, (next(iter(form.moments)),)))
    for way in ways:
        if len(set(way)) < len(way):
            yield Fault("form", ("moments", way[-1]), f"the scene goes round in a circle: {' > '.join(way)}")
            return
    for name in form.moments:
        if not any(name in way for way in ways):
            yield Fault("form", ("moments", name), f'no reply leads to "{name}": remove it or mend a `next`')
    if len({len(way) for way in ways}) > 1:
        short, long = min(ways, key=len), max(ways, key=len)
        message = (
            "each way through the scene must have as many moments as the others, or a detour would pay:"
            f" {' > '.join(short)} has {len(short)}, {' > '.join(long)} has {len(long)}"
        )
        yield Fault("form", ("moments",), message)


def _ways(form: SceneForm, way: Path) -> Iterator[Path]:
    """Go every way through the scene; a circle stops where it closes."""
    following = {reply.next for reply in form.moments[way[-1]].replies.values()}
    for name in following:
        if name is None or name in way:
            yield way if name is None else (*way, name)
        else:
            yield from _ways(form, (*way, name))


def _steps(form: SceneForm) -> list[list[str]]:
    """Return the moments by step: those of one step are ways that exclude each other."""
    steps = [[next(iter(form.moments))]]
    while True:
        following = {reply.next for name in steps[-1] for reply in form.moments[name].replies.values() if reply.next}
        if not following:
            return steps
        steps.append([name for name in form.moments if name in following])


def _tries(form: SceneForm) -> range:
    return range(1, 1 + (len(TRIES) if form.mode == "practice" else 1))


def _atoms(form: SceneForm, moment: str) -> list[str]:
    return [f"{moment}/{attempt}:{reply}" for attempt in _tries(form) for reply in form.moments[moment].replies]


def shape(form: SceneForm, context: Context) -> dict[str, Any]:
    """Return one field a step and try: one reply each, none twice, and no two ways at once.

    That a second try follows a first one cannot be said in a shape; skipping a try only loses credit.
    """
    steps, tries = _steps(form), _tries(form)
    fields: dict[str, Any] = {}
    once, excludes = [], []
    for number, step in enumerate(steps, 1):
        for attempt in tries:
            atoms = [f"{name}/{attempt}:{reply}" for name in step for reply in form.moments[name].replies]
            required = {"required": 1} if attempt == 1 else {}
            fields[f"{number}/{attempt}"] = {"atoms": atoms, "at_most": 1} | required
        for name in step:
            for reply, says in form.moments[name].replies.items():
                if len(tries) > 1:
                    atoms = [f"{name}/{attempt}:{reply}" for attempt in tries]
                    once.append({"atoms": atoms, "n": 1, "say": "a reply can be tried only once"})
                elsewhere = [atom for other in step if other != name for atom in _atoms(form, other)]
                if elsewhere:
                    excludes += [{"if": f"{name}/{attempt}:{reply}", "not": elsewhere} for attempt in tries]
                after = steps[number] if number < len(steps) else []
                if missed := [atom for other in after if other != says.next for atom in _atoms(form, other)]:
                    excludes.append({"if": f"{name}/{tries[-1]}:{reply}", "not": missed})
    if form.own:
        fields["own"] = {"text": {"max": TEXT_LIMIT}} | ({"required": 1} if form.mode == "practice" else {})
    return {"fields": fields, "at_most": once, "excludes": excludes}


def view(form: SceneForm, context: Context) -> dict[str, Any]:
    """Return the moments, how many tries there are, and the case to read again."""
    render = context.render.inline
    case = context.cases[form.case] if form.case else None
    excerpts = [{"id": number, "html": render(text)} for number, text in case.excerpts.items()] if case else []
    moments = [
        {
            "id": name,
            "says": render(moment.says),
            "replies": [
                {"id": reply, "html": render(said.say), "next": said.next} for reply, said in moment.replies.items()
            ],
        }
        for name, moment in form.moments.items()
    ]
    return {
        "case": {**case_view(case), "excerpts": excerpts} if case else None,
        "moments": moments,
        "steps": len(_steps(form)),
        "tries": len(_tries(form)),
        "own": render(form.own) if isinstance(form.own, str) else form.own,
    }


def table(form: SceneForm, key: SceneKey, context: Context) -> MarkingTable:
    """Make one group: of each step the best reply counts, the less the later it came.

    Whys stand at the first try (``why["opening/1:b"]``), named faults at ``fault:opening:b``, what the patient does
    at ``reaction:opening:b``, model replies at ``own:1``.
    """
    render, tries, steps = context.render.inline, _tries(form), _steps(form)
    credit: dict[str, int] = {}
    why: dict[str, str] = {}
    for name, moment in key.moments.items():
        for reply, worth in (moment.credits | {moment.right: Decimal(1)}).items():
            for attempt in tries:
                value = (FULL * worth * TRIES[attempt - 1]).quantize(Decimal(1), ROUND_HALF_UP)
                credit[f"{name}/{attempt}:{reply}"] = int(value)
        for reply, text in moment.why.items():
            fault = moment.faults.get(reply)
            # While a graded scene is played no fault is named; the feedback names it with the explanation.
            named = f"<strong>{render(_sentence(fault))}</strong> " if fault and form.mode == "graded" else ""
            why[f"{name}/1:{reply}"] = named + render(text)
        if form.mode == "practice":
            why |= {f"fault:{name}:{reply}": render(_sentence(text)) for reply, text in moment.faults.items()}
            why |= {f"reaction:{name}:{reply}": render(text) for reply, text in moment.reactions.items()}
    why |= {f"own:{number}": render(text) for number, text in enumerate(key.own, 1)}
    fields = tuple(f"{number}/{attempt}" for number in range(1, len(steps) + 1) for attempt in tries)
    best_of = tuple(tuple(atom for name in step for atom in _atoms(form, name)) for step in steps)
    group = Group("replies", form.title, fields, credit, FULL * len(steps), best_of=best_of)
    return MarkingTable(hundredths(form.points), (group,), why=why)


def _sentence(fault: str) -> str:
    """Write a fault as a sentence: "argues" is "Argues."."""
    return f"{fault[0].upper()}{fault[1:]}" + ("" if fault[-1] in ".!?" else ".")


def static(view: Mapping[str, Any]) -> str:
    """Print the moments with their replies, and room for a reply of one's own."""
    case = view["case"]
    paper = static_case(case, case["excerpts"]) if case else ""
    moments = "".join(
        f'<li><blockquote class="mindbody-said"><p>{moment["says"]}</p></blockquote><ol type="A">'
        + "".join(f"<li>{reply['html']}</li>" for reply in moment["replies"])
        + "</ol></li>"
        for moment in view["moments"]
    )
    own = view["own"]
    asked = f"<p>{own}</p>" if isinstance(own, str) else ""
    room = f'{asked}<p>In your own words:</p><div class="mindbody-lines" aria-hidden="true"></div>' if own else ""
    return f'{paper}<p>What do you say?</p><ol class="mindbody-options">{moments}</ol>{room}'


KIND = Kind("scene", SceneForm, SceneKey, check, shape, view, table, static)
