"""The number of an excerpt that is cited in a page opens its words, so that nobody leaves the line to look them up.

A popover of the browser's own: no script, and Escape or a click elsewhere closes it. In a notebook, a feedback page or
on paper the number stays a number.
"""

from __future__ import annotations

import html
import re
from typing import Any

from sphinx.application import Sphinx

from mindbody.curriculum import Curriculum
from mindbody.text import ROOT

_CITED = re.compile(r'<span class="mindbody-excerpt-ref" data-excerpt="([^":]+):([^"]+)">(\[[^\]]+\])</span>')
# In the data of an exercise the quotation marks are escaped.
_OPENED = re.compile(r'popovertarget=\\?"excerpt-([\w-]+)-(\w+)\\?"')


def opening(rendered: str) -> str:
    """Turn the cited numbers of rendered text into buttons; never for text that stands in a button or a label."""
    return _CITED.sub(
        r'<button type="button" class="mindbody-excerpt-ref" popovertarget="excerpt-\1-\2">\3</button>', rendered
    )


def opening_in(spec: dict[str, Any]) -> dict[str, Any]:
    """Do so in the parts of an exercise's data that are read and not chosen: prompt, hints and explanations."""
    spec = {**spec, "prompt": opening(spec["prompt"]), "hints": [opening(hint) for hint in spec["hints"]]}
    if spec["table"]:
        explained = {
            part: {atom: opening(why) for atom, why in spec["table"][part].items()} for part in ("why", "why_unlisted")
        }
        spec["table"] = {**spec["table"], **explained}
    return spec


def add_notes(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the words of every cited excerpt at the end of the page, each once."""
    curriculum: Curriculum = app.mindbody  # type: ignore[attr-defined]
    body = context.get("body", "")
    cited = sorted(set(_OPENED.findall(body)), key=lambda one: (one[0], int(one[1])))
    if cited:
        top = app.builder.get_relative_uri(pagename, "x").removesuffix("x.html")
        context["body"] = body + "".join(_note(curriculum, *one) for one in cited).replace(ROOT, top)


def _note(curriculum: Curriculum, case_id: str, number: str) -> str:
    case = curriculum.cases[case_id]
    return (
        f'<div popover tabindex="-1" autofocus class="mindbody-excerpt-note" id="excerpt-{case_id}-{number}">'
        f"<p><strong>{html.escape(case.title)}</strong> [{number}]</p>"
        f"<p>{curriculum.context.render.inline(case.excerpts[number])}</p></div>"
    )
