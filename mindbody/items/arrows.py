"""Labelled arrows between the nodes of a loop: ``sway>threat:raises``."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Annotated, Any, NamedTuple

from pydantic import Field, StringConstraints

from mindbody.items.base import Fault, FieldName
from mindbody.yamlfile import Location

EFFECTS = ("raises", "lowers")

NodeLabel = Annotated[str, StringConstraints(min_length=1, max_length=48)]
"""Plain words, small letters first: "a small sway" stands in a sentence and, with a capital, in the picture."""
Nodes = Annotated[dict[FieldName, NodeLabel], Field(min_length=3, max_length=12)]
ArrowName = Annotated[str, StringConstraints(pattern=rf"^[a-z][a-z0-9-]*>[a-z][a-z0-9-]*:({'|'.join(EFFECTS)})$")]


class Arrow(NamedTuple):
    """Where an arrow starts, where it ends, and what it does there."""

    start: str
    end: str
    effect: str

    @classmethod
    def of(cls, name: str) -> Arrow:
        """Read ``sway>threat:raises``."""
        start, _, rest = name.partition(">")
        end, _, effect = rest.partition(":")
        return cls(start, end, effect)

    def __str__(self) -> str:
        """Write it as an atom."""
        return f"{self.start}>{self.end}:{self.effect}"

    @property
    def pair(self) -> str:
        """Both ends, without the effect."""
        return f"{self.start}>{self.end}"

    @property
    def reverse(self) -> Arrow:
        """The same effect the other way round."""
        return Arrow(self.end, self.start, self.effect)


def pairs(nodes: Iterable[str]) -> list[str]:
    """Return every way from one node to another."""
    return [f"{start}>{end}" for start, end in permutations(nodes, 2)]


def atoms(pair: str) -> list[str]:
    """Return the two arrows that may stand on a way."""
    return [f"{pair}:{effect}" for effect in EFFECTS]


def check_arrows(names: Iterable[str], nodes: Mapping[str, str], part: Any, location: Location) -> Iterable[Fault]:
    """Yield what is wrong with a list of arrows: unknown ends, an arrow to itself, two on one way."""
    ways: set[str] = set()
    for name in names:
        arrow = Arrow.of(name)
        for end in (arrow.start, arrow.end):
            if end not in nodes:
                yield Fault(
                    part, location, f'arrow "{name}": node "{end}" does not exist (there are {", ".join(nodes)})'
                )
        if arrow.start == arrow.end:
            yield Fault(part, location, f'arrow "{name}" leads back to its own node: name another end')
        if arrow.pair in ways:
            yield Fault(part, location, f'two arrows lead from "{arrow.start}" to "{arrow.end}": keep one')
        ways.add(arrow.pair)


def node_view(nodes: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the nodes as the widget needs them."""
    return [{"id": name, "label": label} for name, label in nodes.items()]


def capital(label: str) -> str:
    """Begin a label as a sentence begins, past an opening quotation mark."""
    for place, letter in enumerate(label):
        if letter.isalnum():
            return label[:place] + letter.upper() + label[place + 1 :]
    return label


def sentence(name: str, nodes: Iterable[Mapping[str, str]]) -> str:
    """Say an arrow: ``A small sway raises the thought “it’s coming back”``; an unknown node is named as it is."""
    labels = {node["id"]: node["label"] for node in nodes}
    arrow = Arrow.of(name)
    start, end = (labels.get(node, node) for node in (arrow.start, arrow.end))
    return f"{capital(start)} {arrow.effect} {end}"


def static_nodes(nodes: Iterable[Mapping[str, str]]) -> str:
    """Print the nodes."""
    rows = "".join(f"<li>{html.escape(capital(node['label']))}</li>" for node in nodes)
    return f'<ul class="mindbody-nodes">{rows}</ul>'
