"""The feedback page's HTML: one small file without a script, which asks nobody for anything.

Its policy is ``default-src 'none'``, and whatever a trainee or a marker wrote is escaped. Nothing of a graded key is
in it until the keys are released; what is said of practice she has seen in the book already.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mindbody.course import shown
from mindbody.course.feedback_calibration import calibration_section, judged
from mindbody.course.grading import ItemTables, MarkedGate, MarkedItem
from mindbody.course.scores import Result, Score
from mindbody.curriculum import Assignment, Curriculum
from mindbody.marking import Note
from mindbody.text import ROOT

WEAK = 0.6
"""Below this share of its points an objective is worth reading again."""

_SECTION = re.compile(r"^\(([a-z0-9-]+)\)=\s*\n#{2,6} +(.+)$", re.MULTILINE)
_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.DOTALL)
_MARKUP = re.compile(r"[*_`]|\{[a-z:]+\}")
_WARM_UP = "-warm-up"

STYLE = Path(__file__).with_name("feedback.css").read_text(encoding="utf-8").strip()
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Words:
    """Where a page takes its words from.

    Attributes
    ----------
    curriculum, assignment
        Objectives, sections, criteria and their levels.
    specs
        Item -> its public data.
    book
        Address of the book, or nothing.
    keys
        Whether the keys are released.
    """

    curriculum: Curriculum
    assignment: Assignment
    specs: Mapping[str, Any] = field(repr=False)
    book: str = ""
    keys: bool = False

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """The chapter's sections in its order: label -> title."""
        path = self.curriculum.root / f"{self.assignment.file}.md"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return {label: _MARKUP.sub("", title).strip() for label, title in _SECTION.findall(text)}

    def link(self, anchor: str, text: str) -> str:
        """Link to a place in the chapter, or name it where no book is known."""
        if not self.book:
            return _safe(text)
        address = f"{self.book.rstrip('/')}/{self.assignment.file}.html#{anchor}"
        return f'<a href="{_safe(address)}">{_safe(text)}</a>'

    def ours(self, compiled: str) -> str:
        """Prepare HTML that was compiled from our own Markdown."""
        if not self.book:
            return _LINK.sub(r"\1", compiled).replace(ROOT, "")
        return compiled.replace(ROOT, _safe(f"{self.book.rstrip('/')}/"))


def _safe(text: object) -> str:
    # Half a surrogate pair, or a NUL, cannot be written to a file.
    plain = str(text).encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return html.escape(plain, quote=True)


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".") or "0"


def _of(points: float, most: float) -> str:
    return f"{_number(points)} of {_number(most)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


# --- the page ---


def render(result: Result, words: Words) -> str:
    """Make the page of one trainee."""
    title = words.assignment.title
    parts = (
        _head(result, words),
        _refused(result),
        _sums(result),
        _gates(result, words),
        _again(result, words),
        _objectives(result, words),
        _graded(result, words),
        _written(result, words),
        calibration_section(judged(result, keys=words.keys)),
        _practice(result, words),
    )
    body = "\n".join(part for part in parts if part)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Feedback: {_safe(title)}</title>
<style>{STYLE}</style></head>
<body><main>
{body}
</main>
{_foot(words)}
</body></html>
"""


def _head(result: Result, words: Words) -> str:
    received = re.sub(r"(\d\d:\d\d):[\d.]+", r"\1", result.received)
    saved = result.submission.saved_at if result.submission else None
    about = [f"{_safe(result.student)}", f"handed in {_safe(received)}" if received else ""]
    about.append(f"saved {saved:%Y-%m-%d %H:%M} UTC" if saved else "")
    return (
        f"<header><p class='quiet'>{_safe(words.curriculum.course.title)} · feedback</p>"
        f"<h1>{_safe(words.assignment.title)}</h1>"
        f"<p class='quiet'>{' · '.join(part for part in about if part)}</p></header>"
    )


def _refused(result: Result) -> str:
    if not result.marked.refused:
        return ""
    return (
        "<section aria-labelledby='not-read'><h2 id='not-read'>Your file could not be read</h2>"
        f"<p>{_safe(result.marked.refused)}</p>"
        "<p>Nothing in it was marked. Download your submission again and hand that in.</p></section>"
    )


def _sums(result: Result) -> str:
    marked, cards = result.marked, []
    points, most = result.graded
    if most:
        cards.append(("own", "Graded exercises", f"{_of(points, most)} points", _late(result)))
    if any(item.written for item in marked.tables.items.values()):
        waiting, criteria = result.waiting
        points, most = result.written
        if waiting:
            said = f"{criteria - waiting} of {_count(criteria, 'criterion', 'criteria')} marked"
            figure = "Being marked" if waiting == criteria else f"{_of(points, most)} points so far"
            cards.append(("own", "Written work", figure, said))
        else:
            cards.append(("own", "Written work", f"{_of(points, most)} points", ""))
    done, of = marked.completion("graded")
    if of:
        cards.append(("", "Graded and written, answered", f"{done} of {of}", _open(result, "graded")))
    done, of = marked.completion("practice")
    if of:
        points, most = result.practice("last")
        first, _ = result.practice("first")
        cards.append(("", "Practice, done", f"{done} of {of}", "Counts as done once you have checked it."))
        said = (
            f"As the page showed it when you last checked. Your first answers: {_number(first)}. No part of the points."
        )
        cards.append(("", "Practice mark", f"{_of(points, most)} points", said))
    rows = "".join(
        f"<div class='{kind}'><dt>{label}</dt><dd class='figure'>{figure}</dd>"
        + (f"<dd class='quiet'>{said}</dd>" if said else "")
        + "</div>"
        for kind, label, figure, said in cards
    )
    return f"<section aria-labelledby='sums'><h2 id='sums'>In short</h2><dl class='sums'>{rows}</dl></section>"


def _late(result: Result) -> str:
    return f"{_number(result.penalty)} points are taken off the total, as this came late." if result.penalty else ""


def _open(result: Result, mode: str) -> str:
    titles = [item.title for item in result.marked.open(mode)]
    return f"Left open: {_safe('; '.join(titles))}." if titles else ""


def _gates(result: Result, words: Words) -> str:
    if not result.marked.gates:
        return ""
    blocks = []
    for gate in result.marked.gates:
        word, kind = {True: ("passed", ""), False: ("not passed", " failed"), None: ("not answered", " open")}[
            gate.passed
        ]
        variants = [item for item in result.marked.tables.items.values() if item.gate == gate.id]
        tried = [item.title for item in variants if result.marked.items[item.id].passed is not None]
        said = f"You took: {_safe('; '.join(tried))}." if tried else ""
        if gate.passed is not True:
            left = [item for item in variants if result.marked.items[item.id].passed is None]
            links = ", ".join(words.link(f"ex-{item.id}", item.title) for item in left)
            ask = "" if gate.practice else " if your instructor asks for it"
            said += f" You can take{' another one' if tried else ''}{ask}: {links}." if links else ""
        blocks.append(
            f"<div class='gate{kind}'><strong>{_gate_name(gate)}: {word}</strong>"
            f"<span class='quiet'>{said}</span></div>"
        )
    return (
        "<section aria-labelledby='gates'><h2 id='gates'>Gates</h2>"
        "<p>A gate asks for what must not be missed. It is all or nothing, and stands beside the points.</p>"
        f"{''.join(blocks)}</section>"
    )


def _gate_name(gate: MarkedGate) -> str:
    return "Practice gate" if gate.practice else "Graded gate"


def _share(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    listed = list(pairs)
    return sum(points for points, _ in listed), sum(most for _, most in listed)


def _objective_points(result: Result, objective: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return graded and practice points of an objective, each with the most there are."""
    items = [item for item in result.marked.tables.items.values() if objective in item.objectives]
    graded = _share(result.points(item) for item in items if item.counted)
    criteria = [(item, result.criteria(item)) for item in items if item.written]
    marked = _share(
        (sum(score.points for _, score in scores), item.points / 100)
        for item, scores in criteria
        if not any(score.waiting for _, score in scores)
    )
    practice = [result.marked.items[item.id] for item in items if item.practice]
    return (
        (graded[0] + marked[0], graded[1] + marked[1]),
        _share(((one.last.points if one.last else 0) / 100, one.max / 100) for one in practice),
    )


def _used(result: Result, words: Words) -> Iterator[tuple[str, str]]:
    """Give the objectives of the assignment, id and words, in the curriculum's order."""
    used = {name for item in result.marked.tables.items.values() for name in item.objectives}
    for chapter in words.curriculum.plan.chapters:
        for name, text in chapter.objectives.items():
            if name in used:
                yield name, text


def _objectives(result: Result, words: Words) -> str:
    rows = []
    for name, text in _used(result, words):
        graded, practice = _objective_points(result, name)
        cells = "".join(
            f"<td class='n'>{_of(*pair) if pair[1] else '<span class=quiet>none</span>'}</td>"
            for pair in (graded, practice)
        )
        rows.append(f"<tr><th scope='row'>{_safe(text)}</th>{cells}</tr>")
    return (
        "<section aria-labelledby='objectives'><h2 id='objectives'>By objective</h2><table>"
        "<caption>Points. An exercise on two objectives counts under both. Work that is being marked is left out."
        "</caption>"
        "<thead><tr><th scope='col'>Objective</th><th scope='col' class='n'>Graded</th>"
        f"<th scope='col' class='n'>Practice</th></tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )


def _again(result: Result, words: Words) -> str:
    lines = [
        f"<li>{_safe(reason)}: {', '.join(f'“{words.link(label, words.sections[label])}”' for label in sections)}</li>"
        for reason, sections in _to_read(result, words)
    ]
    if not lines:
        return ""
    return (
        "<section aria-labelledby='again'><h2 id='again'>Worth reading again</h2>"
        f"<p>In {_safe(words.assignment.place)}, for what went less well:</p>"
        f"<ul>{''.join(lines)}</ul></section>"
    )


def _to_read(result: Result, words: Words) -> Iterator[tuple[str, list[str]]]:
    """Give what went less well, and the labels of the sections that teach it."""
    teaching = [item for item in result.marked.tables.items.values() if item.practice]
    for name, text in _used(result, words):
        shares = [points / most for points, most in _objective_points(result, name) if most]
        if shares and min(shares) < WEAK and (sections := _sections({name}, teaching, words)):
            yield text, sections
    for gate in result.marked.gates:
        if gate.passed is False:
            variants = [item for item in result.marked.tables.items.values() if item.gate == gate.id]
            objectives = {name for item in variants for name in item.objectives}
            if sections := _sections(objectives, teaching, words):
                yield _gate_name(gate), sections


def _sections(objectives: Collection[str], teaching: Iterable[ItemTables], words: Words) -> list[str]:
    """Find the sections whose questions ask for these objectives, in the chapter's order."""
    asked = {item.section for item in teaching if not set(objectives).isdisjoint(item.objectives)}
    return [label for label in words.sections if label in asked and not label.endswith(_WARM_UP)]


def _graded(result: Result, words: Words) -> str:
    items = [i for i in result.marked.tables.items.values() if not i.practice and not i.written]
    if not items:
        return ""
    rows = "".join(_graded_row(item, result, words) for item in items)
    answers = "".join(_answer(item, result, words) for item in items)
    keys = (
        "" if words.keys else "<p class='quiet'>What is right, and why, is shown once your instructor releases it.</p>"
    )
    return (
        "<section aria-labelledby='graded'><h2 id='graded'>Graded exercises</h2><table>"
        "<thead><tr><th scope='col'>Exercise</th><th scope='col' class='n'>Points</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{keys}<details><summary>What you answered</summary>{answers}</details>"
        f"{_explanations(items, result, words)}</section>"
    )


def _graded_row(item: ItemTables, result: Result, words: Words) -> str:
    marked, score = result.marked.items[item.id], result.scores.get(item.id)
    said = []
    if marked.refused:
        said.append(f"Not marked: {marked.refused}.")
    elif marked.mark is None:
        said.append("Not answered.")
    elif not marked.answered:
        said.append("Part of it is unanswered.")
    if score and score.manual is not None and score.manual != score.auto:
        said.append("Your instructor has set these points.")
    if marked.version not in {None, item.version}:
        own = marked.version not in item.versions or item.versions[marked.version].instead is None
        said.append(f"You answered an earlier version, and were marked by {'that' if own else 'the newest key'}.")
    if marked.corrected is not None:
        by_new = shown.number(marked.corrected)
        said.append(f"The key was corrected since; by it this would be {by_new}. Your points stay.")
    if item.set_aside:
        said.append(_SET_ASIDE[item.set_aside])
    figure = _of(*result.points(item))
    if item.retake_of:
        figure = "re-take"
        said.append("It earns no points; it settles its gate.")
    note = f"<span class='quiet'>{_safe(' '.join(said))}</span>" if said else ""
    comment = _comment(score)
    return (
        f"<tr><th scope='row'>{words.link(f'ex-{item.id}', item.title)}{note}{comment}</th>"
        f"<td class='n'>{figure}</td></tr>"
    )


_SET_ASIDE = {
    "full": "This exercise was set aside: everybody who handed in has its points.",
    "none": "This exercise was set aside: it counts for nobody. Your answer is kept.",
}


def _comment(score: Score | None) -> str:
    if score is None or not score.comment.strip():
        return ""
    return f"<div class='comment typed'>{_safe(score.comment.strip())}</div>"


def _answer(item: ItemTables, result: Result, words: Words) -> str:
    marked = result.marked.items[item.id]
    if item.id not in words.specs or marked.version is None:
        rows = "<p class='quiet'>Not answered.</p>"
    else:
        given = shown._rows(words.specs[item.id], marked.answer)
        rows = "".join(
            f"<dt>{label}</dt><dd class='typed'>{text or '<span class=quiet>left open</span>'}</dd>"
            for label, text in given
        )
        rows = f"<dl class='answer'>{rows}</dl>"
    return f"<h3>{_safe(item.title)}</h3>{words.ours(rows)}"


def _written(result: Result, words: Words) -> str:
    items = [item for item in result.marked.tables.items.values() if item.written]
    if not items:
        return ""
    blocks = "".join(_written_item(item, result, words) for item in items)
    return f"<section aria-labelledby='written'><h2 id='written'>Written work</h2>{blocks}</section>"


def _written_item(item: ItemTables, result: Result, words: Words) -> str:
    marked = result.marked.items[item.id]
    text = marked.answer.texts.get("text", "").strip()
    given = f"<div class='paper typed'>{_safe(text)}</div>" if text else "<p class='quiet'>You handed in no text.</p>"
    refused = f"<p>Not taken: {_safe(marked.refused)}.</p>" if marked.refused else ""
    rows = "".join(_criterion(name, score, item, words) for name, score in result.criteria(item))
    return f"<h3>{words.link(f'ex-{item.id}', item.title)}</h3>{refused}{given}{rows}{_model(item, words)}"


def _criterion(name: str, score: Score, item: ItemTables, words: Words) -> str:
    criterion = words.curriculum.criteria[name]
    most = len(criterion.levels) - 1
    key = ""
    if words.keys and (scheme := getattr(_item(item, words).key, "mark_scheme", {}).get(name)):
        key = f"<div class='quiet'>{words.ours(words.curriculum.context.render.block(scheme))}</div>"
    if score.waiting:
        return f"<h4>{_safe(criterion.label)}: being marked</h4>{key}"
    # A marker may give points between two levels; the level is the one that is reached.
    level = criterion.levels[max(0, min(most, int(score.points)))]
    return (
        f"<h4>{_safe(criterion.label)}: {_of(score.points, most)}</h4>"
        f"<p>Level {max(0, min(most, int(score.points)))}: {_safe(level)}.</p>{_comment(score)}{key}"
    )


def _model(item: ItemTables, words: Words) -> str:
    model = getattr(_item(item, words).key, "model", "") if words.keys else ""
    if not model:
        return ""
    compiled = words.ours(words.curriculum.context.render.block(model))
    return (
        f"<p class='quiet'>One text that would earn full marks; others do too:</p><div class='paper'>{compiled}</div>"
    )


def _item(item: ItemTables, words: Words) -> Any:
    return next(one for one in words.assignment.items if one.id == item.id)


def _practice(result: Result, words: Words) -> str:
    items = [item for item in result.marked.tables.items.values() if item.practice]
    if not items:
        return ""
    rows = "".join(_practice_row(item, result.marked.items[item.id], words) for item in items)
    return (
        "<section aria-labelledby='practice'><h2 id='practice'>Practice</h2><table>"
        "<caption>As the page showed it; the explanations stand there.</caption>"
        "<thead><tr><th scope='col'>Exercise</th><th scope='col' class='n'>Last check</th>"
        f"<th scope='col' class='n'>First</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _practice_row(item: ItemTables, marked: MarkedItem, words: Words) -> str:
    note = f"<span class='quiet'>Not marked: {_safe(marked.refused)}.</span>" if marked.refused else ""
    cells = _practice_cells(marked)
    return f"<tr><th scope='row'>{words.link(f'ex-{item.id}', item.title)}{note}</th>{cells}</tr>"


def _practice_cells(marked: MarkedItem) -> str:
    if marked.last is None:
        return "<td class='n'>not checked</td><td class='n'></td>"
    if not marked.max:
        return "<td class='n'>for discussion</td><td class='n'></td>"
    first = shown.number(marked.first.points) if marked.first else ""
    last = f"{shown.number(marked.last.points)} of {shown.number(marked.last.max)}"
    return f"<td class='n'>{last}</td><td class='n'>{first}</td>"


def _explanations(items: Iterable[ItemTables], result: Result, words: Words) -> str:
    if not words.keys:
        return ""
    blocks = []
    for item in items:
        marked = result.marked.items[item.id]
        version = item.versions.get(marked.version or item.version)
        if marked.mark is None and version is None:
            continue
        notes = marked.mark.notes if marked.mark else ()
        names = _atom_names(words.specs.get(item.id, {}))
        lines = "".join(_note(note, names, words) for note in notes if note.why)
        if lines:
            blocks.append(f"<h4>{_safe(item.title)}</h4><ul>{lines}</ul>")
    if not blocks:
        return ""
    return f"<h3>What is right, and why</h3>{''.join(blocks)}"


_VERDICTS = {
    "right": "right",
    "partial": "partly right",
    "neutral": "neither here nor there",
    "unsupported": "not supported",
    "wrong": "not right",
    "missed": "not chosen, and worth choosing",
}


def _note(note: Note, names: Mapping[str, str], words: Words) -> str:
    name = names.get(note.atom, _safe(note.atom))
    return f"<li>{words.ours(name)} ({_VERDICTS.get(note.verdict, note.verdict)}): {words.ours(note.why)}</li>"


def _atom_names(spec: Mapping[str, Any]) -> dict[str, str]:
    """Say in words what an atom stands for; of every kind, from its view."""
    view, names = spec.get("view", {}), {}
    for option in view.get("options", []):
        names[f"opt:{option['id']}"] = option["html"]
    for statement in view.get("statements", []):
        for word in ("true", "false"):
            names[f"{statement['id']}:{word}"] = f"{statement['html']} Your answer: {word}"
    for one in view.get("fields", []):
        names[one["id"]] = _safe(one["label"])
    for slot in view.get("slots", []):
        for excerpt in view["excerpts"]:
            names[f"{excerpt['id']}@{slot['id']}"] = f"[{_safe(excerpt['id'])}] in {_safe(slot['label'])}"
        names[f"none@{slot['id']}"] = f"None found in {_safe(slot['label'])}"
    for patient in view.get("patients", []):
        for lane in view["lanes"]:
            names[f"{patient['id']}:{lane['id']}"] = _safe(lane["label"])
        for excerpt in patient["excerpts"]:
            names[f"{patient['id']}:{excerpt['id']}@flag"] = f"Flag on [{_safe(excerpt['id'])}]"
        names[f"none@{patient['id']}:flag"] = "No red flag here"
    return names | _dialogue_names(view) | _card_names(view)


def _dialogue_names(view: Mapping[str, Any]) -> dict[str, str]:
    names = {}
    for rating in view.get("ratings", []):
        for reply in view["replies"]:
            names[f"{reply['id']}@{rating['id']}"] = f"{reply['html']} Your rating: {_safe(rating['label'])}"
    for moment in view.get("moments", []):
        for reply in moment["replies"]:
            for attempt in range(1, view["tries"] + 1):
                names[f"{moment['id']}/{attempt}:{reply['id']}"] = reply["html"]
    for fault in view.get("faults", []):
        names[f"fault:{fault['id']}"] = f"Fault: {_safe(fault['label'])}"
    for way in view.get("ways", []):
        for fact in view["facts"]:
            names[f"{fact['id']}@{way['id']}"] = f"{fact['html']} Your answer: {_safe(way['label'])}"
    return names


def _card_names(view: Mapping[str, Any]) -> dict[str, str]:
    names = {f"pace:{pace['id']}": f"Pace: {_safe(pace['label'])}" for pace in view.get("paces", [])}
    for card in view.get("cards", []):
        names |= {
            f"{card['id']}@{place['id']}": f"{card['html']} In {_safe(place['label'])}" for place in view["places"]
        }
        names[f"{card['id']}@risk"] = f"{card['html']} Must not be missed"
    return names


def _foot(words: Words) -> str:
    course = words.curriculum.course
    who = " ".join(part for part in (course.instructor.name, course.instructor.email) if part)
    ask = f"<p class='quiet'>Questions about this feedback: {_safe(who)}</p>" if who else ""
    return f"<footer>{ask}<p class='quiet'>{_safe(course.crisis)}</p></footer>"
