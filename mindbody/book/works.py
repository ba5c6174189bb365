"""Groups the bibliography by topic, and adds to each entry what the work is and which pages cite it."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from mindbody.curriculum import Curriculum
from mindbody.pages import read_pages
from mindbody.works import PAGE, cited_by

_ID = "ref-"


class works(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in small letters)
    """The place of the works of one topic."""


class Works(SphinxDirective):
    """The works of one topic, taken from the page's one ``{bibliography}``.

    A ``{bibliography}`` for each topic would give every work an address in each of them.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place, filled when the page is written."""
        return [works(topic=self.arguments[0])]


def group_by_topic(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Move every entry of the bibliography to its topic."""
    if docname != PAGE:
        return
    curriculum: Curriculum = app.mindbody  # type: ignore[attr-defined]
    known = curriculum.context.render.works
    entries = {_key(entry): entry for entry in doctree.findall(nodes.citation)}
    lists = {entry.parent for entry in entries.values()}
    links = _links(app, curriculum)
    for place in list(doctree.findall(works)):
        shown = nodes.container()
        for key, entry in entries.items():
            if key in known and known[key].topic == place["topic"]:
                entry.parent.remove(entry)
                entry.append(nodes.paragraph("", known[key].annotation, *links(key), classes=["mindbody-annotation"]))
                shown += entry
        place.replace_self(shown)
    for emptied in lists:
        if not emptied.children:
            emptied.parent.remove(emptied)


def _key(entry: nodes.citation) -> str:
    return next((name.removeprefix(_ID) for name in entry["ids"] if name.startswith(_ID)), "")


def _links(app: Sphinx, curriculum: Curriculum) -> Callable[[str], list[nodes.Node]]:
    """Return what makes the links from a work back to the pages that cite it."""
    cited = cited_by(curriculum.root, read_pages(curriculum.root), curriculum.assignments)
    numbers = {chapter.file: chapter.number for chapter in curriculum.plan.chapters}

    def order(name: str) -> tuple[int, str]:
        return numbers.get(name, len(numbers) + 1), name

    def make(key: str) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for name in sorted(cited.get(key, ()), key=order):
            if name not in app.env.found_docs or name == PAGE:
                continue
            made.append(nodes.Text(", " if made else " Cited in "))
            said = f"chapter {numbers[name]}" if name in numbers else app.env.titles[name].astext()
            address = app.builder.get_relative_uri(PAGE, name)
            made.append(nodes.reference("", said, refuri=address, internal=True))
        return [*made, nodes.Text(".")] if made else []

    return make
