"""The Sphinx extension: fills exercises into pages, and gives chapters their roles and directives."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from mindbody import __version__
from mindbody.book import directives, excerpts, explorer, fill, page, reference_style, works
from mindbody.cell import BOOK
from mindbody.curriculum import find_root, load
from mindbody.yamlfile import AuthoringError

STYLES = Path(__file__).resolve().parent / "styles"
# The options are read by scripts in the page itself.
_BLOCKING = re.compile(r'<script (?![^>]*\b(?:async|defer)\b)(?=[^>]*\bsrc="(?![^"]*documentation_options))')
DIST = Path(__file__).resolve().parents[1] / "frontend" / "dist"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to Sphinx."""
    os.environ[BOOK] = "1"
    app.connect("config-inited", configure)
    app.connect("builder-inited", read_curriculum)
    app.connect("doctree-read", fill.note_dependencies)
    app.connect("doctree-resolved", fill.fill_page)
    app.connect("doctree-resolved", explorer.fill_page)
    app.connect("doctree-resolved", works.group_by_topic)
    app.connect("html-page-context", page.add_settings)
    app.connect("html-page-context", excerpts.add_notes)
    app.connect("build-finished", replace_icons)
    app.connect("build-finished", defer_scripts)
    directives.register(app)
    reference_style.register()
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def configure(app: Sphinx, config: Any) -> None:
    """Add our scripts, styles and the footer."""
    # The folder stays in the package: jupyter-book adds every script below the book's own _static to every page.
    config.html_static_path += [str(DIST), str(STYLES)]
    # Async: on a slow line a deferred script would wait for the theme's icons (measured: 5.3 s against 1.5 s).
    # First in line: browsers fetch an async script after all the others unless told.
    app.add_js_file("page.js", priority=0, loading_method="async", fetchpriority="high")
    app.add_js_file("theme-fixes.js", loading_method="defer")
    app.add_css_file("mindbody.css")
    app.add_css_file("book.css")
    page.add_footer(config)


def read_curriculum(app: Sphinx) -> None:
    """Read and check all data once a build.

    Raises
    ------
    ExtensionError
        With every authoring mistake, so that the build stops at once.
    """
    try:
        app.mindbody = load(find_root(Path(app.srcdir)))  # type: ignore[attr-defined]
    except AuthoringError as error:
        raise ExtensionError(f"the curriculum has mistakes:\n{error}") from None


def replace_icons(app: Sphinx, exception: Exception | None) -> None:
    """Put our subset of icons where the theme has all of them: 336 KB a page instead of 859."""
    target = Path(app.outdir) / "_static" / "scripts" / "fontawesome.js"
    if exception is None and target.parent.is_dir():
        shutil.copyfile(DIST / "fontawesome.js", target)


def defer_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Let no script of the theme or of Sphinx hold up the page: the search index alone is 70 KB before the first word.

    The search page keeps its order, since it calls its scripts by name in between.
    """
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        if path.name == "search.html":
            continue
        text = path.read_text(encoding="utf-8")
        deferred = _BLOCKING.sub("<script defer ", text)
        if deferred != text:
            path.write_text(deferred, encoding="utf-8")
