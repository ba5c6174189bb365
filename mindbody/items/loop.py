"""Drawing a loop: labelled arrows (raises, lowers) between given nodes.

A right arrow earns 1, the same arrow the other way round half of it, an arrow the key does not list costs 0.25; the
item never falls below 0. Drawing both directions costs what an unlisted arrow costs, so that hedging does not pay.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from mindbody.items.arrows import (
    Arrow,
    ArrowName,
    Nodes,
    atoms,
    check_arrows,
    node_view,
    pairs,
    sentence,
    static_nodes,
)
from mindbody.items.base import (
    TEXT_LIMIT,
    Context,
    Credit,
    Fault,
    ItemForm,
    KeyForm,
    Kind,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.items.placement import case_view, static_case
from mindbody.marking import FULL, Answer, Group, MarkingTable, mark

UNLISTED = -25
SURE = ("likely", "possible", "a guess")
MOST_FOR_EVERYTHING = 0.25
"""Share of the points that drawing every possible arrow may earn."""


class LoopForm(ItemForm):
    """Nodes, and what may be said of the arrows between them."""

    case: str | None = None
    nodes: Nodes
    certainty: bool = False
    cut: bool = False
    at_most: Annotated[int, Field(ge=1)] | None = None
    start: tuple[ArrowName, ...] = ()
    given: tuple[ArrowName, ...] = ()


class LoopKey(KeyForm):
    """Credit of each listed arrow, traps, and what is said of every arrow."""

    arrows: dict[ArrowName, Credit]
    traps: dict[ArrowName, Credit] = Field(default_factory=dict)
    why: dict[str, Text]
    why_not: dict[str, Text]


def check_case(name: str | None, context: Context) -> Iterable[Fault]:
    """Yield a fault when the case that is shown beside does not exist."""
    if name is not None and name not in context.cases:
        known = ", ".join(sorted(context.cases))
        yield Fault("form", ("case",), f'case "{name}" does not exist (there are {known})')


def check(form: LoopForm, key: LoopKey | None, context: Context) -> Iterable[Fault]:
    """Yield what is wrong with the form or the key."""
    broken = [
        *check_case(form.case, context),
        *check_arrows(form.start, form.nodes, "form", ("start",)),
        *check_arrows(form.given, form.nodes, "form", ("given",)),
    ]
    fixed = {Arrow.of(name).pair for name in form.given}
    broken += [
        Fault("form", ("start",), f'arrow "{name}" is given: take it out of one of the two')
        for name in form.start
        if Arrow.of(name).pair in fixed
    ]
    yield from broken
    if key and not broken:
        yield from _check_key(form, key, context, fixed)


def _check_key(form: LoopForm, key: LoopKey, context: Context, fixed: set[str]) -> Iterable[Fault]:
    faults = [
        *check_arrows(key.arrows, form.nodes, "key", ("arrows",)),
        *check_arrows(key.traps, form.nodes, "key", ("traps",)),
    ]
    faults += _check_credits(key, fixed)
    right = [name for name, value in key.arrows.items() if value == 1]
    if not right:
        faults.append(Fault("key", ("arrows",), "no arrow has credit 1: name at least one that the text supports"))
    if form.at_most is not None and form.at_most < len(right):
        message = f"at_most {form.at_most} leaves no room for the {len(right)} right arrows: raise it"
        faults.append(Fault("form", ("at_most",), message))
    yield from faults
    if not faults and form.start and all(name in form.start for name in right) and len(form.start) == len(right):
        yield Fault("form", ("start",), "the starting state is the right answer: leave something to mend")
    yield from missing_whys(key.why, [*key.arrows, *key.traps], "arrow")
    yield from missing_whys(key.why_not, form.nodes, "node", ("why_not",))
    if not faults and form.at_most is None:
        share = _everything(form, key, context)
        if share > MOST_FOR_EVERYTHING:
            message = (
                f"drawing every arrow there is would earn {share:.0%} of the points: set `at_most` to the "
                f"{len(right)} right arrows and a few more, or add nodes from which no arrow leads"
            )
            yield Fault("form", ("nodes",), message)


def _check_credits(key: LoopKey, fixed: set[str]) -> Iterable[Fault]:
    for part, credit in (("arrows", key.arrows), ("traps", key.traps)):
        for name, value in credit.items():
            if (value <= 0) == (part == "arrows") or value == 0:
                message = "credits are above 0 under `arrows`, below 0 under `traps`"
                yield Fault("key", (part, name), message)
            if Arrow.of(name).pair in fixed:
                yield Fault("key", (part, name), f'arrow "{name}" is given, so it cannot earn: remove it')
            if part == "traps" and name in key.arrows:
                yield Fault("key", (part, name), f'arrow "{name}" has a credit and a trap: keep one')


def _everything(form: LoopForm, key: LoopKey, context: Context) -> float:
    """Return the share that an answer with an arrow on every way earns, each with the better of its two effects."""
    listed = {**{str(Arrow.of(n).reverse): v / 2 for n, v in key.arrows.items()}, **key.traps, **key.arrows}
    ways = shape(form, context)["fields"]["arrows"]["atoms"]
    free = dict.fromkeys(name.partition(":")[0] for name in ways)
    drawn = frozenset(max(atoms(pair), key=lambda atom: listed.get(atom, 0)) for pair in free)
    result = mark(Answer(drawn), _groups(form, key), shape(form, context))
    return result.points / result.max


def shape(form: LoopForm, context: Context) -> dict[str, Any]:
    """Return one field of arrows, one arrow a way, and unmarked texts: how sure, what to cut, what would change."""
    fixed = {Arrow.of(name).pair for name in form.given}
    free = [pair for pair in pairs(form.nodes) if pair not in fixed]
    arrows: dict[str, Any] = {"atoms": [atom for pair in free for atom in atoms(pair)], "required": 1}
    if form.at_most is not None:
        arrows["at_most"] = form.at_most
    fields: dict[str, Any] = {"arrows": arrows}
    if form.certainty:
        # Texts and not atoms: how sure she is changes no mark, and does not make a checked loop another one.
        fields |= {f"sure:{pair}": {"text": {"max": 20}} for pair in free}
    if form.cut:
        fields |= {"cut-arrow": {"text": {"max": 100}}, "cut": {"text": {"max": TEXT_LIMIT}}}
    built: dict[str, Any] = {
        "fields": fields,
        "excludes": [{"if": atoms(pair)[0], "not": [atoms(pair)[1]]} for pair in free],
    }
    if form.given:
        built["given"] = list(form.given)
    if form.start:
        built["start"] = list(form.start)
    return built


def view(form: LoopForm, context: Context) -> dict[str, Any]:
    """Return the case, the nodes, and the arrows that stand there already."""
    return {
        **optional_case(form.case, context),
        "nodes": node_view(form.nodes),
        "given": list(form.given),
        "start": list(form.start),
        "certainty": form.certainty,
        "cut": form.cut,
    }


def optional_case(name: str | None, context: Context) -> dict[str, Any]:
    """Return a case and its excerpts, or that there is none."""
    if name is None:
        return {"case": None, "excerpts": []}
    case = context.cases[name]
    excerpts = [{"id": number, "html": context.render.inline(text)} for number, text in case.excerpts.items()]
    return {"case": case_view(case), "excerpts": excerpts}


def table(form: LoopForm, key: LoopKey, context: Context) -> MarkingTable:
    """Make one group of arrows; a listed arrow drawn the other way round earns half, unless that is listed too."""
    made = _groups(form, key)
    why = {name: context.render.inline(text) for name, text in key.why.items()}
    turned = {
        str(Arrow.of(name).reverse): f"The two belong together, the other way round. {why[name]}"
        for name in key.arrows
        if str(Arrow.of(name).reverse) not in why
    }
    why_not = {name: context.render.inline(text) for name, text in key.why_not.items()}
    return MarkingTable(made.points, made.groups, why=turned | why, why_unlisted=why_not)


def _groups(form: LoopForm, key: LoopKey) -> MarkingTable:
    credit = {name: hundredths(value) for name, value in (key.arrows | key.traps).items()}
    fixed = {Arrow.of(name).pair for name in form.given}
    total = sum(value for value in credit.values() if value >= FULL)
    best_of, adjust = [], []
    for name in key.arrows:
        other = Arrow.of(name).reverse
        if str(other) in credit or other.pair in fixed:
            continue
        best_of.append((name, str(other)))
        adjust.append({"if_all": [name, str(other)], "credit": UNLISTED})
    credit |= {other: credit[name] // 2 for name, other in best_of}
    group = Group(
        "arrows",
        form.title,
        ("arrows",),
        credit,
        total,
        UNLISTED,
        adjust=tuple(adjust),
        best_of=tuple(best_of),
    )
    return MarkingTable(hundredths(form.points), (group,))


def static(view: Mapping[str, Any]) -> str:
    """Print the case, the nodes and lines to write arrows on."""
    case = static_case(view["case"], view["excerpts"]) if view["case"] else ""
    given = "".join(f"<li>{html.escape(sentence(name, view['nodes']))}.</li>" for name in view["given"])
    started = "".join(f"<li>{html.escape(sentence(name, view['nodes']))}?</li>" for name in view["start"])
    blank = '<span class="mindbody-blank"></span>'
    sure = f" ({', '.join(SURE)}?)" if view["certainty"] else ""
    lines = f"<li>{blank} raises / lowers {blank}{sure}</li>" * 4
    cut = f"<p>Which arrow would you cut or test first, and what would change? {blank}</p>" if view["cut"] else ""
    return (
        f"{case}<p>Draw arrows between these, each with a word: raises or lowers.</p>{static_nodes(view['nodes'])}"
        f"{f'<p>Already drawn:</p><ul>{given}</ul>' if given else ''}"
        f"{f'<p>A first draft, to mend:</p><ul>{started}</ul>' if started else ''}<ul>{lines}</ul>{cut}"
    )


KIND = Kind("loop", LoopForm, LoopKey, check, shape, view, table, static, wide=True)
