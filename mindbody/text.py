"""Markdown of exercises to HTML: the same roles as in the chapters, for texts that stand in YAML."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it import MarkdownIt

from mindbody.bibliography import Work

ROOT = "%ROOT%"
"""Stands for the way from a page to the top of the book; whoever places the HTML in a page replaces it."""

BIBLIOGRAPHY = "chapters/bibliography.html"
GLOSSARY = "chapters/glossary.html"

# Quotation marks as Sphinx sets them in the chapters, and nothing else.
_TYPOGRAPHY = {"typographer": True, "quotes": "\u201c\u201d\u2018\u2019"}
_PLAIN = MarkdownIt("zero", _TYPOGRAPHY).enable("smartquotes")

_ROLE = re.compile(r"\{(cite(?::[pt])?|excerpt|term|badge)\}`([^`]+)`")
_BADGES = ("supported", "mixed", "contested", "historical")


class TextError(ValueError):
    """A role in a text names something that does not exist; the message says which and what to do."""


@dataclass(frozen=True)
class Renderer:
    """Renders the Markdown of exercises.

    Attributes
    ----------
    references
        Citation key -> label, e.g. ``"Malan 1995"``.
    excerpts
        Case id -> the numbers of its excerpts.
    works
        Citation key -> title, and journal or publisher.
    """

    references: Mapping[str, str] = field(default_factory=dict)
    excerpts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)

    @cached_property
    def _markdown(self) -> MarkdownIt:
        # Raw HTML stays off: a text is words, and whatever looks like a tag is shown as typed.
        return MarkdownIt("commonmark", {"html": False, **_TYPOGRAPHY}).enable(["table", "smartquotes"])

    def block(self, text: str) -> str:
        """Render paragraphs, lists and tables.

        Raises
        ------
        TextError
            If a role names an unknown reference, excerpt or badge.
        """
        return self._with_roles(text, lambda plain: str(self._markdown.render(plain)).strip())

    def inline(self, text: str) -> str:
        """Render one line without a paragraph round it.

        Raises
        ------
        TextError
            As for ``block``.
        """
        return self._with_roles(" ".join(text.split()), lambda plain: str(self._markdown.renderInline(plain)))

    def work(self, key: str) -> str:
        """Name a work in one line: author and year, linked to the bibliography, then its title and where it appeared.

        Raises
        ------
        TextError
            If the bibliography has no such work.
        """
        work = self.works.get(key, Work("", ""))
        named = f"{self._citation(key, in_text=True)}: {html.escape(work.title.rstrip('.'))}."
        return f"{named} <cite>{html.escape(work.source)}</cite>." if work.source else named

    def _with_roles(self, text: str, render: object) -> str:
        pieces: list[str] = []

        def keep(match: re.Match[str]) -> str:
            pieces.append(self._role(match[1], match[2].strip()))
            return f"\ue000{len(pieces) - 1}\ue001"

        rendered = render(_ROLE.sub(keep, text))  # type: ignore[operator]
        return re.sub("\ue000(\\d+)\ue001", lambda match: pieces[int(match[1])], rendered)

    def _role(self, role: str, target: str) -> str:
        if role == "excerpt":
            return self._excerpt(target)
        if role == "badge":
            return badge(target)
        if role == "term":
            return f'<a href="{ROOT}{GLOSSARY}#term-{term_id(target)}">{html.escape(target)}</a>'
        return self._citation(target, in_text=role == "cite:t")

    def _citation(self, keys: str, *, in_text: bool) -> str:
        links = []
        for key in re.split(r"[,\s]+", keys):
            if key not in self.references:
                raise TextError(f'"{key}" is not in assets/references.bib: mend the key or add the work')
            link = f'<a href="{ROOT}{BIBLIOGRAPHY}#ref-{key}">{html.escape(self.references[key])}</a>'
            links.append(link)
        joined = "; ".join(links)
        return joined if in_text else f'<span class="mindbody-cite">({joined})</span>'

    def _excerpt(self, target: str) -> str:
        case, _, number = target.rpartition(":")
        known = self.excerpts.get(case)
        if known is None:
            raise TextError(
                f'"{target}": write the case and the number, e.g. c1-marcus:9 (cases: {_some(self.excerpts)})'
            )
        if number not in known:
            raise TextError(f"excerpt {number} is not in case {case} (it has {span(known)})")
        return f'<span class="mindbody-excerpt-ref" data-excerpt="{case}:{number}">[{number}]</span>'


def curled(text: str) -> str:
    """Return a line of plain text, such as a title, with its quotation marks and apostrophes curled."""
    return html.unescape(str(_PLAIN.renderInline(text)))


def badge(word: str) -> str:
    """Return an evidence badge, linked to what it means.

    Raises
    ------
    TextError
        If the word is none of the four.
    """
    if word.lower() not in _BADGES:
        raise TextError(f'"{word}" is no badge: use supported, mixed, contested or historical')
    word = word.lower()
    meaning = f"{ROOT}chapters/index.html#badges"
    return f'<a class="mindbody-badge mindbody-badge-{word}" href="{meaning}">{word.capitalize()}</a>'


def term_id(term: str) -> str:
    """Return the id Sphinx gives a glossary term in a page."""
    return re.sub(r"[^A-Za-z0-9]+", "-", term).strip("-")


def span(numbers: frozenset[str] | set[str]) -> str:
    """Say which numbers there are, e.g. ``1-19``."""
    ordered = sorted(numbers, key=lambda number: (len(number), number))
    if ordered and ordered == [str(number) for number in range(1, len(ordered) + 1)]:
        return f"1-{ordered[-1]}"
    return ", ".join(ordered)


def _some(names: Mapping[str, object]) -> str:
    return ", ".join(sorted(names)) or "none yet"
