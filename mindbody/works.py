"""What the bibliography says of a work beside its record: its topic, a sentence, and the pages that cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mindbody.bibliography import Work
from mindbody.model import Assignment
from mindbody.pages import Page
from mindbody.yamlfile import Problem

REFERENCES = "assets/references.bib"
PAGE = "chapters/bibliography"

_ENTRY = re.compile(r"^@\w+\{([^,\s]+),")
_CITED = re.compile(r"\{cite(?::[pt])?\}`([^`]+)`")


def topics(page: Page) -> tuple[str, ...]:
    """Return the topics that the bibliography page has a list of, in its order."""
    return tuple(block.argument for block in page.blocks if block.name == "works")


def check_works(root: Path, works: Mapping[str, Work], page: Page | None) -> Iterator[Problem]:
    """Ask of every work a topic that the bibliography page has, and a sentence on what it is."""
    known = topics(page) if page else ()
    lines = (root / REFERENCES).read_text(encoding="utf-8").splitlines()
    at = {found[1]: number for number, line in enumerate(lines, 1) if (found := _ENTRY.match(line))}
    for key, work in works.items():
        line = at.get(key, 1)
        if work.topic not in known:
            said = f'topic "{work.topic}" is not on {PAGE}.md' if work.topic else "has no topic"
            message = f'work "{key}": {said}: write topic = {{...}}, one of {", ".join(known) or "none yet"}'
            yield Problem(REFERENCES, line, message)
        if not work.annotation:
            message = f'work "{key}" has no annotation: say in a sentence what it is, from assets/evidence.md'
            yield Problem(REFERENCES, line, message)


def cited_by(
    root: Path, pages: Mapping[str, Page], assignments: Mapping[str, Assignment]
) -> dict[str, tuple[str, ...]]:
    """Return key -> the pages that cite it in their text or in an exercise that they show.

    Graded keys are left out: what they cite is not the reader's to see.
    """
    texts = [(name, page.text) for name, page in pages.items()]
    for assignment in assignments.values():
        bank = root / "exercises" / "bank" / f"{assignment.id}.yaml"
        if bank.is_file():  # the tests are drawn from a pool and have none
            texts.append((str(assignment.file), bank.read_text(encoding="utf-8")))
    found: dict[str, dict[str, None]] = {}
    for name, text in texts:
        for cited in _CITED.findall(text):
            for key in re.split(r"[,\s]+", cited.strip()):
                found.setdefault(key, {})[name] = None
    return {key: tuple(names) for key, names in found.items()}
