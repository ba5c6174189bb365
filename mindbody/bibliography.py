"""Short labels for the works of ``references.bib``, as they stand in a line of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pybtex.database import parse_file
from pybtex.richtext import Text

PAIR = 2


class Work(NamedTuple):
    """What is said of a work where it is named: title, and the journal or publisher it appeared in.

    ``topic`` and ``annotation`` stand in the bibliography, which is grouped by the one and shows the other.
    """

    title: str
    source: str
    topic: str = ""
    annotation: str = ""


def read_labels(path: Path) -> dict[str, str]:
    """Read a bibliography.

    Returns
    -------
    dict
        Citation key -> ``"Malan 1995"``, ``"Burns and Quartana 2008"`` or ``"Do et al. 2019"``.
    """
    return {str(key): _label(entry) for key, entry in parse_file(str(path), "bibtex").entries.items()}


def read_works(path: Path) -> dict[str, Work]:
    """Read the titles of a bibliography, and where each work appeared (nothing where the entry does not say)."""
    return {str(key): _work(entry) for key, entry in parse_file(str(path), "bibtex").entries.items()}


def _work(entry: Any) -> Work:
    source = next((entry.fields[name] for name in _SOURCES if name in entry.fields), "")
    ours = (" ".join(entry.fields.get(name, "").split()) for name in ("topic", "annotation"))
    return Work(_plain(entry.fields.get("title", "")), _plain(source), *ours)


_SOURCES = ("journal", "booktitle", "publisher", "howpublished", "organization")


def _plain(latex: str) -> str:
    return str(Text.from_latex(" ".join(latex.split()).replace("``", "\u201c").replace("''", "\u201d")))


def _label(entry: Any) -> str:
    names = [_surname(person) for person in entry.persons.get("author", entry.persons.get("editor", []))]
    names = [name for name in names if name != "others"] + ["others"] * ("others" in names)
    if not names:
        names = [str(entry.fields.get("organization", entry.fields.get("title", "")))]
    many = len(names) > PAIR or "others" in names[1:]
    who = f"{names[0]} et al." if many else " and ".join(names)
    return f"{who} {entry.fields.get('year', 'n.d.')}"


def _surname(person: Any) -> str:
    return _plain(" ".join([*person.prelast_names, *person.last_names]))
