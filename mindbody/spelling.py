"""Spelling of the pages and of every text in the data: a British dictionary, and the project's own list of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mindbody import checks
from mindbody.bibliography import read_labels, read_works
from mindbody.pages import Page, read_pages
from mindbody.yamlfile import AuthoringError, Problem, Source, read_yaml

WORDS = "assets/words.txt"
WORKS = "assets/references.bib"
DICTIONARY = "mindbody/frontend/node_modules/dictionary-en-gb"
PLAIN_PAGES = ("README.md", "assets/tms-status.md")
DATA = ("assets/cases", "exercises/bank", "exercises/keys")
DATA_FILES = (
    "assets/blueprint.yaml",
    "assets/objectives.yaml",
    "exercises/course.yaml",
    "exercises/rubrics.yaml",
    "exercises/tests.yaml",
)

_CODES = re.compile(
    r"\{(?:cite(?::[pt])?|excerpt|ref|badge)\}`[^`]*`"  # roles whose text is a code
    r"|(?P<role>\{[a-z][\w:-]*\}`)(?P<kept>[^`<]*)(?:<[^`]*)?`"  # of the others the text stays
    r"|`[^`]+`"  # code
    r"|<[^<>\s]+>|\b[a-z][a-z0-9+.-]*://\S+|\]\([^)\s]*\)"  # tags and addresses
    r"|\{#?[\w-]+\}"  # the marks of numbers in an abstract
    r"|\S+@\S+|\b\w+(?:[_/\\]\w+)*\.(?:py|js|md|csv|json|ya?ml|html|ipynb|txt|bib)\b"
)
_WORD = re.compile(r"(?<!\d)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\d)")
_CODE_LIKE = re.compile(r"[a-z0-9@>:.<_/-]+")
"""A whole text like this is the id of something: ``opt-a``, ``sway>threat:raises``."""


def check_spelling(root: Path) -> list[Problem]:
    """Look for words that neither the dictionary nor the project's list has.

    Returns
    -------
    list of Problem
        Each word once a file, where it stands first.

    Raises
    ------
    AuthoringError
        If the dictionary is not installed, with the remedy.
    """
    knows = _dictionary(root)
    listed, problems = _read_list(root)
    works = root / WORKS
    listed |= {word for name in read_labels(works).values() for word in _WORD.findall(name)}
    listed |= {word for work in read_works(works).values() for word in _WORD.findall(work.source)}

    def unknown(text: str) -> Iterator[tuple[str, int]]:
        for found in _WORD.finditer(_CODES.sub(_blank, text)):
            word = re.sub(r"['’]s?$", "", found[0]).replace("’", "'")
            if not _accepted(word, listed, knows):
                yield word, found.start()

    pages = [*read_pages(root).values()]
    pages += [Page(name, (root / name).read_text(encoding="utf-8")) for name in PLAIN_PAGES if (root / name).is_file()]
    for page in pages:
        problems += _check_page(page, unknown)
    problems += _check_annotations(root, unknown)
    names = [path.relative_to(root).as_posix() for folder in DATA for path in sorted((root / folder).glob("*.yaml"))]
    for name in (*names, *DATA_FILES):
        if (root / name).is_file():
            problems += _check_data(root, read_yaml(root / name, root), unknown)
    first = {(problem.file, problem.message): problem for problem in sorted(problems, reverse=True)}
    return sorted(first.values())


Unknown = Callable[[str], Iterable[tuple[str, int]]]


def _check_page(page: Page, unknown: Unknown) -> Iterator[Problem]:
    prose = re.sub(r"(?m)^\([^)\s]+\)=[ \t]*$", _blanks, page.prose)
    for word, offset in unknown(prose):
        yield page.problem(page.line(offset), _remedy(word))
    for block in page.blocks:
        for text in _shown(block.options):
            for word, _ in unknown(text):
                yield page.problem(block.line, _remedy(word))


def _check_annotations(root: Path, unknown: Unknown) -> Iterator[Problem]:
    for number, line in enumerate((root / WORKS).read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("annotation ="):
            for word, _ in unknown(line.partition("=")[2]):
                yield Problem(WORKS, number, _remedy(word))


def _check_data(root: Path, source: Source, unknown: Unknown) -> Iterator[Problem]:
    lines = (root / source.name).read_text(encoding="utf-8").splitlines()
    for _, at, text in checks.strings([source]):
        if _CODE_LIKE.fullmatch(text):
            continue
        for word, _ in unknown(text):
            first = source.line(at)
            # A long text begins on one line and the word may stand further down.
            line = next((n for n in range(first, len(lines) + 1) if word in lines[n - 1].replace("’", "'")), first)
            yield Problem(source.name, line, _remedy(word))


def _shown(options: Any) -> Iterator[str]:
    """Return the alt texts and captions among the options of a cell or directive."""
    if isinstance(options, dict):
        for name, value in options.items():
            if name in {"alt", "caption"} and isinstance(value, str):
                yield value
            else:
                yield from _shown(value)


def _accepted(word: str, listed: set[str], knows: Callable[[str], bool]) -> bool:
    # One letter is a label; capitals alone are an abbreviation, which the glossary spells out.
    if len(word) == 1 or word.isupper() or (word[:-1].isupper() and word.endswith("s")):
        return True
    # The list has names with a capital and all other words without: those may begin a sentence.
    return word in listed or word.lower() in listed or knows(word)


def _read_list(root: Path) -> tuple[set[str], list[Problem]]:
    lines = (root / WORDS).read_text(encoding="utf-8").splitlines()
    problems = []
    for at, (before, line) in enumerate(zip(["", *lines], lines, strict=False), 1):
        if not _WORD.fullmatch(line):
            problems.append(
                Problem(WORDS, at, f'"{line}" is not one word: write one a line, without spaces or hyphens')
            )
        elif at > 1 and _order(before) >= _order(line):
            problems.append(Problem(WORDS, at, f'"{line}" stands out of order or twice: sort the list'))
    return set(lines), problems


def _order(word: str) -> tuple[str, str]:
    return word.lower(), word


def _dictionary(root: Path) -> Callable[[str], bool]:
    folder = root / DICTIONARY
    if not folder.is_dir():
        message = "the British dictionary is not installed: run `make frontend`"
        raise AuthoringError([Problem(DICTIONARY, 1, message)])
    from hunspell import Hunspell

    british = Hunspell("index", hunspell_data_dir=str(folder))
    return lambda word: bool(british.spell(word))


def _remedy(word: str) -> str:
    return f'"{word}" is in no dictionary: mend it or add it to {WORDS}'


def _blank(found: re.Match[str]) -> str:
    """Put blanks for a code, so that every word after it keeps its place."""
    if found["role"]:
        kept = found["kept"]
        return " " * len(found["role"]) + kept + " " * (len(found[0]) - len(found["role"]) - len(kept))
    return _blanks(found)


def _blanks(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
