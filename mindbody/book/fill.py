"""Fills the places of exercises in a page with readable HTML and the data the script makes them live with."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from mindbody.book.excerpts import opening_in
from mindbody.book.page import embed
from mindbody.curriculum import Assignment, Curriculum, Item, again, page_of, public_spec
from mindbody.matrix import WORDS_A_MINUTE
from mindbody.pages import read_page
from mindbody.text import ROOT

_PLACE = re.compile(r'<div data-mindbody="([^"]+)"></div>')
_log = logging.getLogger(__name__)


class submission(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in small letters)
    """The place of the panel for saving and handing in."""


class calibration(nodes.General, nodes.Element):  # noqa: N801
    """The place of the calibration meter."""


class chapter_state(nodes.General, nodes.Element):  # noqa: N801
    """The place of a chapter's review state, words and reading time."""


def note_dependencies(app: Sphinx, doctree: nodes.document) -> None:
    """Note the data files as sources of the page: the cell cache knows only the code of its cells."""
    curriculum: Curriculum = app.mindbody  # type: ignore[attr-defined]
    names = {name.partition("/")[0] for node in _places(doctree) for name in _PLACE.findall(node.astext())}
    names |= {node["assignment"] for node in doctree.findall(submission)}
    for name in names:
        for path in curriculum.files.get(name, ()):
            app.env.note_dependency(str(curriculum.root / path))
    app.env.note_dependency(str(curriculum.root / "assets" / "objectives.yaml"))


def fill_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace every placeholder of a page."""
    if app.builder.format != "html":
        return
    curriculum: Curriculum = app.mindbody  # type: ignore[attr-defined]
    to_root = app.builder.get_relative_uri(docname, "x").removesuffix("x.html")
    for node in _places(doctree):
        filled = _PLACE.sub(lambda match: _exercise(curriculum, match[1], docname), node.astext())
        # Not replace_self: it would hand on the class text_html, which paints a pale frame in dark mode.
        node.parent.replace(node, nodes.raw("", filled.replace(ROOT, to_root), format="html"))
    meters = list(doctree.findall(calibration))
    for place in list(doctree.findall(submission)):
        assignment = curriculum.assignments[place["assignment"]]
        # One meter is enough: a page that has put its own somewhere gets none beneath the panel.
        panel = _panel(curriculum, assignment) + ("" if meters else _meter(curriculum, assignment.items))
        place.replace_self(nodes.raw("", panel.replace(ROOT, to_root), format="html"))
    for meter in meters:
        items = [item for assignment in curriculum.taught.values() for item in assignment.items]
        meter.replace_self(nodes.raw("", _meter(curriculum, items).replace(ROOT, to_root), format="html"))
    for state in list(doctree.findall(chapter_state)):
        state.replace_self(_state(curriculum, state["chapter"]))
    for raw in doctree.findall(nodes.raw):
        if ROOT in raw.astext():
            raw.children = [nodes.Text(raw.astext().replace(ROOT, to_root))]


def exercise_html(curriculum: Curriculum, item: Item) -> str:
    """Return an exercise as it stands in a page: static HTML first, then its data."""
    spec = opening_in(public_spec(curriculum, item))
    label = "Practice" if item.practice else "Graded"
    written = ", marked by a person" if item.written else ""
    points = f"{spec['points']:g} point{'' if spec['points'] == 1 else 's'}" if spec["points"] else "for discussion"
    body = (
        f'<p class="mindbody-label">{label} · {points}{written}</p>'
        f'<p class="mindbody-title"><strong>{html.escape(spec["title"])}</strong></p>'
        f"{spec['prompt']}{item.kind.static(spec['view'])}"
    )
    if item.form.retake_of:
        body = f"<details><summary>Re-take: only if your instructor has asked for it</summary>{body}</details>"
    # A text beside a canvas needs what comes with the canvas.
    needs = "placement" if item.beside else item.kind.name
    section = (
        f'<section class="mindbody-exercise" id="ex-{item.id}" data-mindbody="{item.full_id}" '
        f'data-needs="{needs}" '
        f'aria-label="{html.escape(label + ": " + spec["title"], quote=True)}">'
        f'<div class="mindbody-static">{body}</div>'
        f'<script type="application/json" class="mindbody-spec">{embed(spec)}</script></section>'
    )
    # The theme lets full-width content reach into the margin, and hides its contents list meanwhile.
    return f'<div class="full-width mindbody-wide">{section}</div>' if item.wide else section


def _places(doctree: nodes.document) -> list[nodes.raw]:
    return [node for node in doctree.findall(nodes.raw) if _PLACE.search(node.astext())]


def _exercise(curriculum: Curriculum, full_id: str, docname: str) -> str:
    try:
        item = curriculum.item(full_id)
    except KeyError as error:
        _log.warning("%s: mend the cell", error.args[0], location=docname)
        return ""
    return exercise_html(curriculum, item)


def _panel(curriculum: Curriculum, assignment: Assignment) -> str:
    items: list[Mapping[str, Any]] = [
        {
            "id": item.full_id,
            "title": item.form.title,
            "mode": item.form.mode,
            "kind": item.kind.name,
            "points": float(item.form.points),
            "version": item.form.version,
            "shape": item.kind.shape(item.form, curriculum.context),
            "href": f"#ex-{item.id}",
            "retake_of": f"{assignment.id}/{item.form.retake_of}" if item.form.retake_of else None,
            "alternative_to": f"{assignment.id}/{item.form.alternative_to}" if item.form.alternative_to else None,
        }
        for item in assignment.items
    ]
    data = {"assignment": assignment.id, "title": assignment.title, "course": curriculum.course.course, "items": items}
    return (
        f'<section class="mindbody-panel" data-mindbody-submission="{assignment.id}" aria-label="Your work">'
        '<div class="mindbody-static"><p>Saving and handing in need a browser with JavaScript. '
        "On paper, write your answers beside each exercise.</p></div>"
        f'<script type="application/json" class="mindbody-spec">{embed(data)}</script></section>'
    )


def _meter(curriculum: Curriculum, items: Iterable[Item]) -> str:
    """Return the calibration meter; its items are those that somebody sure and mistaken has to answer again."""
    safety = [
        {
            "id": item.full_id,
            "title": item.form.title,
            "href": ROOT + page_of(curriculum, item),
            "again": again(curriculum, item),
        }
        for item in items
        if item.practice and item.form.safety and item.form.confidence
    ]
    return (
        '<section class="mindbody-exercise" data-mindbody-calibration aria-label="How sure, and how right">'
        '<div class="mindbody-static"><p>With JavaScript, this place compares how sure you were with how often you '
        "were right.</p></div>"
        f'<script type="application/json" class="mindbody-spec">{embed({"items": safety})}</script></section>'
    )


def _state(curriculum: Curriculum, number: int) -> nodes.Node:
    chapter = curriculum.chapter(str(number))
    words = read_page(curriculum.root, f"{chapter.file}.md").words
    review = chapter.review
    reviewed = "not yet reviewed outside the team" if review is None or review.state == "pending" else "reviewed"
    when = f" ({review.date:%d %B %Y})".replace(" (0", " (") if review else ""
    minutes = max(5, round(words / WORDS_A_MINUTE / 5) * 5)
    return nodes.paragraph(
        "",
        f"About {minutes} minutes to read ({words:,} words), then the exercises. Review: {reviewed}{when}.",
        classes=["mindbody-state"],
    )
