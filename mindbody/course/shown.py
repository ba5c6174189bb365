"""What a marker sees of an answer: plain HTML made from the public data and the escaped words of the trainee.

The same functions write the outputs of a notebook that we mark and of one that stock nbgrader executes.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from mindbody.course.grading import Marked, MarkedItem
from mindbody.items.arrows import Arrow, atoms, pairs, sentence
from mindbody.items.simulator import DIRECTIONS
from mindbody.marking import Answer, untouched

_OPEN = "<em>not answered</em>"


def answer_html(spec: Mapping[str, Any], answer: Answer, refused: str | None = None) -> str:
    """Show an item with what was answered.

    Parameters
    ----------
    spec
        The item's public data.
    answer
        The trainee's; whatever of it the item does not know is shown escaped, as it was sent.
    refused
        Why it could not be marked.
    """
    rows = "".join(
        f"<dt>{label}</dt><dd style='white-space:pre-wrap;overflow-wrap:anywhere'>{text or _OPEN}</dd>"
        for label, text in _rows(spec, answer)
    )
    why = f"<p><strong>Not marked:</strong> {_safe(refused)}</p>" if refused else ""
    mode = "practice" if spec["mode"] == "practice" else "graded"
    title = f"<h4>{_safe(spec['title'])} ({mode})</h4>"
    return f"<section id='{place_of(spec['id'])}'>{title}{spec['prompt']}<dl>{rows}</dl>{why}</section>"


def place_of(full_id: str) -> str:
    """Name the place of an answer in what a marker sees, for links to it."""
    return f"answer-{full_id.rpartition('/')[2]}"


def points_text(marked: MarkedItem) -> str:
    """Say what an item earned, in one sentence that gives nothing of its key away."""
    if marked.refused:
        return f"Not marked: {marked.refused}."
    if marked.mark is None:
        return "Not answered."
    earned = f"{number(marked.points)} of {number(marked.max)} {'point' if marked.max == 100 else 'points'}."
    if marked.corrected is not None:
        earned += f" Held: by the corrected key it would be {number(marked.corrected)}."
    if not marked.max:
        earned = "A re-take earns no points; it settles its gate."
    return earned if marked.answered else f"{earned} Part of it is unanswered."


def gate_text(marked: Marked, gate: str) -> str:
    """Say whether a gate was passed."""
    found = next(result for result in marked.gates if result.id == gate)
    word = {True: "passed", False: "NOT passed", None: "not answered"}[found.passed]
    return f"Gate “{found.label}”: {word}. It stands beside the points, never among them."


def completion_text(marked: Marked) -> str:
    """Say how much was answered, and the practice mark."""
    if marked.refused:
        return f"The answers were refused: {marked.refused}."
    practice, graded = marked.completion("practice"), marked.completion("graded")
    earned = marked.practice
    parts = []
    if graded[1]:
        parts.append(f"Graded and written: {graded[0]} of {graded[1]} answered.")
    if practice[1]:
        parts.append(
            f"Practice: {practice[0]} of {practice[1]} done, "
            f"{number(earned[0])} of {number(earned[1])} by first answers (no part of the total)."
        )
    return " ".join(parts)


def paragraph(text: str) -> str:
    """Return a sentence as HTML."""
    return f"<p>{_safe(text)}</p>"


def number(hundredths: int) -> str:
    """Write hundredths as people do: 4.5, 6, 0.25."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _rows(spec: Mapping[str, Any], answer: Answer) -> Iterable[tuple[str, str]]:
    view, known = spec["view"], set()
    for label, names, texts in _KINDS[spec["kind"]](view, answer):
        known |= names
        yield label, "; ".join(texts)
    if untouched(answer, spec["shape"]):
        yield "As at the start", "nothing was changed"
    stray = sorted(answer.atoms - known)
    if stray:
        yield "Unknown to this exercise", _safe(", ".join(stray))


_Row = tuple[str, set[str], list[str]]


def _options(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    atoms = {f"opt:{option['id']}": option["html"] for option in view["options"]}
    yield "Chosen", set(atoms), [text for atom, text in atoms.items() if atom in answer.atoms]


def _statements(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for statement in view["statements"]:
        atoms = {f"{statement['id']}:true": "true", f"{statement['id']}:false": "false"}
        yield statement["html"], set(atoms), [word for atom, word in atoms.items() if atom in answer.atoms]


def _numbers(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for field in view["fields"]:
        typed = answer.numbers.get(field["id"], "")
        unit = f" {_safe(field['unit'])}" if field["unit"] else ""
        yield _safe(field["label"]), set(), [f"{_safe(typed)}{unit}"] if typed.strip() else []


def _placements(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for slot in view["slots"]:
        atoms = {f"{excerpt['id']}@{slot['id']}": f"[{_safe(excerpt['id'])}]" for excerpt in view["excerpts"]}
        none = f"none@{slot['id']}"
        given = [f"[{_safe(number)}] (given)" for number in slot["given"]]
        placed = [shown for atom, shown in atoms.items() if atom in answer.atoms]
        yield _safe(slot["label"]), {*atoms, none}, given + placed + ["none found"] * (none in answer.atoms)
    if reflection := answer.texts.get("reflection", ""):
        yield "Reflection", set(), [_safe(reflection)]


def _triage(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for patient in view["patients"]:
        name = patient["id"]
        lanes = {f"{name}:{lane['id']}": _safe(lane["label"]) for lane in view["lanes"]}
        flags = {f"{name}:{excerpt['id']}@flag": f"[{_safe(excerpt['id'])}]" for excerpt in patient["excerpts"]}
        flags[f"none@{name}:flag"] = "no red flag here"
        title = _safe(patient["title"])
        yield f"{title}: how soon", set(lanes), [text for atom, text in lanes.items() if atom in answer.atoms]
        yield f"{title}: what says so", set(flags), [text for atom, text in flags.items() if atom in answer.atoms]


def _cards(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for card in view["cards"]:
        name = card["id"]
        places = {f"{name}@{place['id']}": _safe(place["label"]) for place in view["places"]}
        said = [label for atom, label in places.items() if atom in answer.atoms]
        if sure := answer.numbers.get(f"{name}-sure", "").strip():
            said.append(f"{_safe(sure)} % sure")
        yield card["html"], set(places), said


def _ladder(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    yield from _cards(view, answer)
    for card in view["cards"]:
        if card["id"] == view["next"]:
            asked = answer.texts.get("next", "").strip()
            yield f"Question one rung up from “{card['html']}” (not marked)", set(), [_safe(asked)] if asked else []


def _pathway(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    yield from _cards(view, answer)
    if view["risk"]:
        ticks = {f"{card['id']}@risk": card["html"] for card in view["cards"]} | {"none@risk": "there is no such sign"}
        yield "Must not be missed", set(ticks), [text for atom, text in ticks.items() if atom in answer.atoms]
    if view["paces"]:
        paces = {f"pace:{pace['id']}": _safe(pace["label"]) for pace in view["paces"]}
        yield "Pace", set(paces), [label for atom, label in paces.items() if atom in answer.atoms]


def _appraisal(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    numbers = [piece for paragraph in view["abstract"] for piece in paragraph if "id" in piece]
    for part in view["parts"]:
        atoms = {f"{number['id']}@{part['id']}": _safe(number["text"]) for number in numbers}
        yield _safe(part["label"]), set(atoms), [text for atom, text in atoms.items() if atom in answer.atoms]
    if view["table"]:
        labels = [f"{row}, {column}" for row in view["table"]["rows"] for column in view["table"]["columns"]]
        for cell, label in zip("abcd", labels, strict=True):
            typed = answer.numbers.get(cell, "")
            yield _safe(label), set(), [_safe(typed)] if typed.strip() else []
    yield from _numbers(view, answer)
    if view["bias"]:
        bias = {f"bias:{bias['id']}": bias["html"] for bias in view["bias"]}
        yield "What may mislead", set(bias), [text for atom, text in bias.items() if atom in answer.atoms]


def _timeline(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    lanes = {lane: [event for event in view["events"] if event["lane"] == lane] for lane in ("life", "symptom")}
    known, said = set(), []
    for life in lanes["life"]:
        for symptom in lanes["symptom"]:
            for rating in view["ratings"]:
                atom = f"{life['id']}>{symptom['id']}@{rating['id']}"
                known.add(atom)
                if atom in answer.atoms:
                    said.append(f"{life['html']} → {symptom['html']} ({rating['label'].lower()})")
    yield "Links", known, said
    if view["stem"]:
        sentence = answer.texts.get("sentence", "").strip()
        yield "Link sentence", set(), [_safe(sentence)] if sentence else []


def _text(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    text = answer.texts.get("text", "").strip()
    words = len(text.split())
    yield (
        f"Text ({words} words; asked for {view['words'][0]} to {view['words'][1]})",
        set(),
        [_safe(text)] if text else [],
    )


def _replies(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for reply in view["replies"]:
        atoms = {f"{reply['id']}@{one['id']}": f"{one['id']} ({_safe(one['label'])})" for one in view["ratings"]}
        yield reply["html"], set(atoms), [text for atom, text in atoms.items() if atom in answer.atoms]


def _scene(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for moment in view["moments"]:
        atoms = {
            f"{moment['id']}/{attempt}:{reply['id']}": reply["html"]
            for attempt in range(1, view["tries"] + 1)
            for reply in moment["replies"]
        }
        said = [text for atom, text in atoms.items() if atom in answer.atoms]
        # A moment of a way that was not taken is no gap.
        if said or len(view["moments"]) == view["steps"]:
            yield f"Patient: {moment['says']}", set(atoms), said
    if view["own"]:
        own = answer.texts.get("own", "").strip()
        yield "Own reply (not marked)", set(), [_safe(own)] if own else []


def _rewrite(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    words = {f"word:{number}": _safe(word) for number, word in enumerate(view["words"], 1)}
    shown = " ".join(f"[{text}]" if atom in answer.atoms else text for atom, text in words.items())
    yield "Words that harm, in brackets", set(words), [shown] if answer.atoms & set(words) else []
    faults = {f"fault:{fault['id']}": _safe(fault["label"]) for fault in view["faults"]}
    yield "The fault", set(faults), [text for atom, text in faults.items() if atom in answer.atoms]
    own = answer.texts.get("rewrite", "").strip()
    yield "Rewritten (not marked)", set(), [_safe(own)] if own else []


def _updater(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    def sure(field: str) -> list[str]:
        return [f"{_safe(answer.numbers[field])} %"] if answer.numbers.get(field, "").strip() else []

    if view["prior"]:
        yield "How likely before the facts", set(), sure("prior")
    for fact in view["facts"]:
        atoms = {f"{fact['id']}@{way['id']}": _safe(way["label"]) for way in view["ways"]}
        yield fact["html"], set(atoms), [text for atom, text in atoms.items() if atom in answer.atoms]
    if view["estimate"]:
        yield "How likely after them", set(), sure("estimate")


def _loop(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    ways = pairs(node["id"] for node in view["nodes"])
    every = [atom for pair in ways for atom in atoms(pair)]
    drawn = []
    for atom in every:
        if atom in answer.atoms:
            sure = answer.texts.get(f"sure:{Arrow.of(atom).pair}", "")
            drawn.append(_safe(sentence(atom, view["nodes"]) + (f" ({sure})" if sure else "")))
    yield "Arrows", set(every), drawn
    if view["cut"]:
        chosen, change = (answer.texts.get(field, "").strip() for field in ("cut-arrow", "cut"))
        # What was sent need not be an arrow of this item: then it is shown as it is.
        cut = sentence(chosen, view["nodes"]) if chosen in every or chosen in view["given"] else chosen
        yield "Arrow to cut or test first", set(), [_safe(cut)] if cut else []
        yield "What would change", set(), [_safe(change)] if change else []


def _loop_errors(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    arrows = {f"opt:{row['id']}": _safe(sentence(row["arrow"], view["nodes"])) for row in view["arrows"]}
    yield "Ticked as wrong", set(arrows), [text for atom, text in arrows.items() if atom in answer.atoms]


def _plan(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    names = [phase["id"] for phase in view["phases"]]
    ahead = {first: [f"{first}<{other}" for other in names if other != first] for first in names}
    every = {atom for pair in ahead.values() for atom in pair}
    if not every & answer.atoms:
        yield "Order", every, []
        return
    placed = sorted(view["phases"], key=lambda phase: -len(answer.atoms.intersection(ahead[phase["id"]])))
    yield "Order", every, [f"{place}. {phase['html']}" for place, phase in enumerate(placed, start=1)]


def _predictions(view: Mapping[str, Any], answer: Answer) -> Iterable[_Row]:
    for scenario in view["scenarios"]:
        ways = {f"{scenario['id']}:{way}": label.lower() for way, label in DIRECTIONS.items()}
        yield scenario["html"], set(ways), [label for atom, label in ways.items() if atom in answer.atoms]


_KINDS = {
    "choice": _options,
    "select": _options,
    "true-false": _statements,
    "number": _numbers,
    "placement": _placements,
    "triage": _triage,
    "sort": _cards,
    "claims": _cards,
    "ladder": _ladder,
    "pathway": _pathway,
    "appraisal": _appraisal,
    "timeline": _timeline,
    "text": _text,
    "replies": _replies,
    "scene": _scene,
    "rewrite": _rewrite,
    "updater": _updater,
    "loop": _loop,
    "loop-errors": _loop_errors,
    "plan": _plan,
    "simulator": _predictions,
}


def _safe(text: str) -> str:
    # A lone surrogate, or a NUL, cannot be written to a file that people open.
    plain = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return html.escape(plain, quote=True)
