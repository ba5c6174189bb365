"""What every page carries: the course's settings for the script, and a footer people can act on."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from mindbody.curriculum import Course, find_root
from mindbody.yamlfile import read_yaml

PARTS = Path(__file__).resolve().parents[1] / "frontend" / "parts.json"
_FIGURE = re.compile(
    r'(<figure [^>]*id="fig-[^"]*">(?:(?!</figure>).)*?src="([^"]+\.svg)"(?:(?!</figure>).)*?)(<a class="headerlink")',
    re.DOTALL,
)
_KIND = re.compile(r'<section class="mindbody-exercise"[^>]* data-needs="([a-z-]+)"')


def parts_of(body: str) -> list[str]:
    """Name the scripts and styles that a page needs for its kinds of exercise, beside those that every page has."""
    kinds = set(_KIND.findall(body))
    needed = {
        name: part for name, part in json.loads(PARTS.read_text(encoding="utf-8")).items() if kinds & set(part["kinds"])
    }
    styles = dict.fromkeys(f"parts/{part['style']}.css" for part in needed.values() if "style" in part)
    return [*(f"parts/{name}.js" for name in needed), *styles]


def with_larger_figures(body: str) -> str:
    """Let whoever reads on a phone open a figure by itself, where its small print can be made large."""
    return _FIGURE.sub(r'\1 <a class="mindbody-larger" href="\2">Open the figure by itself</a>\3', body)


def embed(data: Any) -> str:
    """Return JSON that may stand inside a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def add_footer(config: Any) -> None:
    """Put the crisis line and the instructor's address under every page, from the course's settings."""
    root = find_root(Path.cwd())
    course = Course.model_validate(read_yaml(root / "exercises" / "course.yaml", root).data)
    config.html_theme_options["extra_footer"] = footer(course)


def footer(course: Course) -> str:
    """Return the footer as HTML."""
    instructor = ""
    if course.instructor.email:
        name = html.escape(course.instructor.name or course.instructor.email)
        email = html.escape(course.instructor.email, quote=True)
        instructor = f' Questions about the course: <a href="mailto:{email}">{name}</a>.'
    elif course.instructor.name:
        instructor = f" Questions about the course: {html.escape(course.instructor.name)}."
    return (
        '<div class="mindbody-footer"><p><strong>In danger now?</strong> '
        f"{html.escape(course.crisis)}{instructor}</p>"
        "<p>For licensed clinicians and supervised trainees. It trains judgement on invented patients; "
        "it licenses nothing and replaces no medical assessment.</p></div>"
    )


def add_settings(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Hand the course's settings to the page's script."""
    # A list item by any other role: docutils' own is one that screen readers no longer know.
    body = context.get("body", "").replace('role="doc-biblioentry"', 'role="listitem"')
    context["body"] = with_larger_figures(body)
    for file in parts_of(context["body"]):
        if file.endswith(".css"):
            app.add_css_file(file)
        else:
            app.add_js_file(file, loading_method="async")
    if 'class="mindbody-due"' in context["body"]:
        app.add_js_file("due.js", loading_method="defer")
    course = app.mindbody.course  # type: ignore[attr-defined]
    settings = {
        "course": course.course,
        "title": course.title,
        "instructor": course.instructor.model_dump(),
        "gate_way_round": course.gate_way_round,
        "crisis": html.escape(course.crisis),
    }
    context["metatags"] = (
        context.get("metatags", "")
        + f'\n<script type="application/json" id="mindbody-course">{embed(settings)}</script>'
    )
