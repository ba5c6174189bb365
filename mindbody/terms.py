"""Whether each term of art is linked to the glossary where a chapter uses it first.

Which heads of the glossary are ordinary words too (*pain*, *key*), and which further forms of a term to look for, is
data: ``assets/glossary.yaml``. Titles, what somebody says between quotation marks, block quotations, links and code
are not running text, and a term that stands there first is asked for at the next place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from mindbody.items.base import Strict
from mindbody.pages import GLOSSARY, Page
from mindbody.yamlfile import Problem, Source, read_yaml

FILE = "assets/glossary.yaml"

_ROLE = re.compile(r"\{[a-z][\w:-]*\}`[^`]*`")
_TERM = re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
_SILENT = re.compile(
    r"^#.*$|^\s*>.*$|^\(\S+\)=\s*$"  # headings, quotations, labels
    r"|\[[^\]]*\]\([^)]*\)"  # links
    r"|“(?:[^”\n]|\n(?!\s*\n))*”|\"(?:[^\"\n]|\n(?!\s*\n))*\""  # what somebody says, within a paragraph
    r"|\{(?!term\})[a-z][\w:-]*\}`[^`]*`",  # roles
    re.MULTILINE,
)


class Words(Strict):
    """How the words of the glossary are looked for.

    Attributes
    ----------
    ordinary
        Heads that are everyday words as well: they may be linked, and need not be.
    forms
        Other forms of a head, beside its plural: ``functional symptom: [functional disorder]``.
    """

    ordinary: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]


def entries(glossary: Page) -> list[tuple[str, ...]]:
    """Return the heads of each entry; several heads above one definition mean the same."""
    found: list[tuple[str, ...]] = []
    heads: list[str] = []
    for line in glossary.prose.splitlines():
        if line.startswith("  ") and heads:
            found.append(tuple(heads))
            heads = []
        elif line.startswith("  ") or not line.strip():
            heads = []
        else:
            heads.append(line.strip())
    return found


def check_first_uses(root: Path, pages: Mapping[str, Page], chapters: Iterable[str]) -> Iterator[Problem]:
    """Ask of each chapter that the first use of a term in its running text is a link to the glossary.

    Parameters
    ----------
    root
        The project.
    pages
        Every page, by its path without the ending.
    chapters
        The pages to look at, likewise.
    """
    glossary = pages.get(GLOSSARY.removesuffix(".md"))
    if glossary is None or not (root / FILE).is_file():
        return
    source = read_yaml(root / FILE, root)
    try:
        words = Words.model_validate(source.data)
    except ValidationError as error:
        for fault in error.errors():
            yield source.problem(tuple(fault["loc"]), str(fault["msg"]))
        return
    known = entries(glossary)
    yield from _unknown(source, words, known)
    for name in chapters:
        if name in pages:
            yield from first_uses(pages[name], known, words)


def first_uses(page: Page, known: Collection[tuple[str, ...]], words: Words) -> Iterator[Problem]:
    """Name each term that a page uses in its running text before it links it."""
    heads = {head.lower() for entry in known for head in entry}
    entry_of = _spellings(known, words)
    linked: dict[str, int] = {}
    for found in _TERM.finditer(page.prose):
        entry = entry_of.get(_plain(found[1]))
        if entry:
            linked.setdefault(entry, found.start())
    seen = {entry_of.get(word.lower(), word) for word in words.ordinary}
    for found in _uses(page, entry_of, known):
        entry = entry_of[_plain(found[1])]
        if entry not in seen and found.start() < linked.get(entry, len(page.prose)):
            written = " ".join(found[0].split())
            role = f"{{term}}`{written}`" if written.lower() in heads else f"{{term}}`{written} <{entry}>`"
            yield page.problem(
                page.line(found.start()),
                f'"{written}" is used here first and not linked: write {role}, or put "{entry}" among the ordinary'
                f" words of {FILE} if that is what it is",
            )
        seen.add(entry)


def _spellings(known: Collection[tuple[str, ...]], words: Words) -> dict[str, str]:
    """Return each form of each term in small letters, with the first head of its entry."""
    return {form.lower(): entry[0] for entry in known for head in entry for form in (head, *words.forms.get(head, ()))}


def _uses(page: Page, forms: Iterable[str], known: Iterable[tuple[str, ...]]) -> Iterator[re.Match[str]]:
    """Find the terms in the running text of a page, linked ones left out."""
    # In small letters an abbreviation is another word: ACT, act.
    abbreviations = {head for entry in known for head in entry if head.isupper()}
    running = _ROLE.sub(_blank, _SILENT.sub(_blank, page.prose))
    for found in _pattern(forms).finditer(running):
        if found[1].isupper() or found[1].upper() not in abbreviations:
            yield found


def _unknown(source: Source, words: Words, known: Collection[tuple[str, ...]]) -> Iterator[Problem]:
    heads = {head for entry in known for head in entry}
    for at, word in enumerate(words.ordinary):
        if word not in heads:
            yield source.problem(("ordinary", at), f'"{word}" is not in {GLOSSARY}: spell it as there, or remove it')
    for word in words.forms:
        if word not in heads:
            yield source.problem(("forms", word), f'"{word}" is not in {GLOSSARY}: spell it as there, or remove it')


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    """Match any spelling or its plural, the longest first, with whatever white space the page has between words."""
    longest = sorted(spellings, key=lambda form: (-len(form), form))
    joined = "|".join(r"\s+".join(re.escape(part) for part in form.split()) for form in longest)
    return re.compile(rf"(?<![\w-])({joined})s?(?![\w-])", re.IGNORECASE)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()
