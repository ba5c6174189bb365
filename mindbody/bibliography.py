"""Short labels for the works of ``references.bib``, as they stand in a line of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pybtex.database import parse_file

PAIR = 2


def read_labels(path: Path) -> dict[str, str]:
    """Read a bibliography.

    Returns
    -------
    dict
        Citation key -> ``"Malan 1995"``, ``"Burns and Quartana 2008"`` or ``"Do et al. 2019"``.
    """
    return {str(key): _label(entry) for key, entry in parse_file(str(path), "bibtex").entries.items()}


def _label(entry: Any) -> str:
    names = [_surname(person) for person in entry.persons.get("author", entry.persons.get("editor", []))]
    names = [name for name in names if name != "others"] + ["others"] * ("others" in names)
    if not names:
        names = [str(entry.fields.get("organization", entry.fields.get("title", "")))]
    many = len(names) > PAIR or "others" in names[1:]
    who = f"{names[0]} et al." if many else " and ".join(names)
    return f"{who} {entry.fields.get('year', 'n.d.')}"


def _surname(person: Any) -> str:
    return " ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "")
