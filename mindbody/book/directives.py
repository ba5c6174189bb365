"""Roles and directives of the chapters."""

from __future__ import annotations

import html
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives as options
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from mindbody import warmup
from mindbody.book.excerpts import opening
from mindbody.book.explorer import evidence_explorer
from mindbody.book.fill import calibration, chapter_state, submission
from mindbody.book.matrix_table import tables
from mindbody.book.works import Works, works
from mindbody.curriculum import Curriculum
from mindbody.items.placement import case_view, static_case
from mindbody.matrix import worked
from mindbody.model import TestBlueprint
from mindbody.studies import STUDIES
from mindbody.text import TextError, badge
from mindbody.yamlfile import read_yaml


def register(app: Sphinx) -> None:
    """Register all of them."""
    for node in (submission, chapter_state, calibration, evidence_explorer, works):
        app.add_node(node)
    app.add_role("excerpt", ExcerptRole())
    app.add_role("badge", BadgeRole())
    app.add_directive("objectives", Objectives)
    app.add_directive("case", CaseDirective)
    app.add_directive("chapter-state", ChapterState)
    app.add_directive("submission", Submission)
    app.add_directive("tms-status", TmsStatus)
    app.add_directive("curriculum", CurriculumTable)
    app.add_directive("item-source", ItemSource)
    app.add_directive("evidence-explorer", EvidenceExplorer)
    app.add_directive("warm-up", WarmUp)
    app.add_directive("calibration", Calibration)
    app.add_directive("works", Works)
    app.add_directive("crisis-line", CrisisLine)
    app.add_directive("test-items", TestItems)
    app.add_directive("test-due", TestDue)
    app.add_directive("blueprint-matrix", BlueprintMatrix)


class _Lookup:
    """Finds the curriculum, and says where something unknown was named."""

    env: Any

    @property
    def curriculum(self) -> Curriculum:
        curriculum: Curriculum = self.env.app.mindbody
        return curriculum


class ExcerptRole(_Lookup, SphinxRole):
    """``{excerpt}`c1-marcus:9``` shows [9] and checks that the case has it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the node."""
        try:
            shown = self.curriculum.context.render.inline(f"{{excerpt}}`{self.text}`")
        except TextError as error:
            return [], [self.inliner.reporter.warning(str(error), line=self.lineno)]
        return [nodes.raw("", opening(shown), format="html")], []


class BadgeRole(SphinxRole):
    """``{badge}`mixed``` shows an evidence badge, linked to what it means."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the node."""
        try:
            shown = badge(self.text)
        except TextError as error:
            return [], [self.inliner.reporter.warning(str(error), line=self.lineno)]
        return [nodes.raw("", shown, format="html")], []


class Objectives(_Lookup, SphinxDirective):
    """A chapter's objectives with their ids, each linked to the exercises that assess it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        try:
            chapter = self.curriculum.chapter(self.arguments[0])
        except KeyError as error:
            raise self.error(f"{error.args[0]}: write a code of assets/objectives.yaml") from None
        assignment = self.curriculum.assignments.get(chapter.assignment or "")
        rows = []
        for name, text in chapter.objectives.items():
            line = nodes.paragraph("", "", nodes.strong("", name), nodes.Text(f" {text}. "))
            testing = [item for item in assignment.items if name in item.form.objectives] if assignment else []
            links = nodes.inline("", "Assessed by ", classes=["mindbody-assessed"])
            for index, item in enumerate(testing):
                if index:
                    links += nodes.Text(", ")
                links += nodes.reference("", item.form.title, refuri=f"#ex-{item.id}", internal=True)
            links += nodes.Text(".")
            if testing:
                line += links
            rows.append(nodes.list_item("", line))
        return [nodes.bullet_list("", *rows, classes=["mindbody-objectives"])]


class CaseDirective(_Lookup, SphinxDirective):
    """A patient's whole vignette in numbered excerpts."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the vignette."""
        case = self.curriculum.cases.get(self.arguments[0])
        if case is None:
            known = ", ".join(self.curriculum.cases)
            raise self.error(f'there is no case "{self.arguments[0]}" (there are {known})')
        self.env.note_dependency(str(self.curriculum.root / "assets" / "cases" / f"{case.id}.yaml"))
        render = self.curriculum.context.render
        excerpts = [{"id": number, "html": render.inline(text)} for number, text in case.excerpts.items()]
        return [nodes.raw("", static_case(case_view(case), excerpts), format="html")]


class ChapterState(_Lookup, SphinxDirective):
    """Review state and date, words and reading time of a chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place, filled when the words can be counted."""
        return [chapter_state(chapter=int(self.arguments[0]))]


class Submission(_Lookup, SphinxDirective):
    """The panel for saving, restoring and handing in the work of an assignment."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place, filled when the page is written."""
        if self.arguments[0] not in self.curriculum.assignments:
            known = ", ".join(self.curriculum.assignments)
            raise self.error(f'there is no assignment "{self.arguments[0]}" (there are {known})')
        return [submission(assignment=self.arguments[0])]


class TmsStatus(_Lookup, SphinxDirective):
    """The standing box on what TMS is and is not."""

    def run(self) -> list[nodes.Node]:
        """Return the box."""
        path = self.curriculum.root / "assets" / "tms-status.md"
        self.env.note_dependency(str(path))
        box = nodes.admonition("", nodes.title("", "What TMS is, and is not"), classes=["admonition", "note"])
        lines = StringList(path.read_text(encoding="utf-8").splitlines(), source=str(path))
        self.state.nested_parse(lines, 0, box)
        return [box]


class CurriculumTable(_Lookup, SphinxDirective):
    """The chapters of the whole curriculum: those that are ready are linked, the others say so."""

    option_spec: ClassVar[Any] = {"class": options.class_option}

    def run(self) -> list[nodes.Node]:
        """Return a list by parts."""
        shown: list[nodes.Node] = []
        for part in self.curriculum.plan.parts:
            shown.append(nodes.paragraph("", "", nodes.strong("", f"{part.title}")))
            rows = nodes.bullet_list("", classes=["mindbody-chapters"])
            for chapter in self.curriculum.plan.chapters:
                if chapter.part != part.number:
                    continue
                line = nodes.paragraph("", f"{chapter.number}. ")
                if chapter.status == "ready" and chapter.file:
                    link = self.env.app.builder.get_relative_uri(self.env.docname, chapter.file)
                    line += nodes.reference("", chapter.title, refuri=link, internal=True)
                else:
                    line += nodes.Text(f"{chapter.title} ")
                    line += nodes.emphasis("", "planned")
                rows += nodes.list_item("", line)
            shown.append(rows)
        return shown


class ItemSource(_Lookup, SphinxDirective):
    """The YAML of an item as it stands in its bank file, folded away."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the fold."""
        try:
            item = self.curriculum.item(self.arguments[0])
        except KeyError as error:
            raise self.error(f"{error.args[0]}: mend the id") from None
        path = self.curriculum.root / "exercises" / "bank" / f"{item.assignment}.yaml"
        self.env.note_dependency(str(path))
        source = read_yaml(path, self.curriculum.root)
        items = [data["id"] for data in source.data["items"]]
        first = source.line(("items", items.index(item.id)))
        last = source.line(("items", items.index(item.id) + 1)) - 1 if item.id != items[-1] else None
        lines = path.read_text(encoding="utf-8").splitlines()[first - 1 : last]
        while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
            lines.pop()
        text = "\n".join(lines)
        block = nodes.literal_block(text, text, language="yaml")
        summary = nodes.raw("", f"<summary>Its YAML ({source.name}, line {first})</summary>", format="html")
        return [nodes.raw("", "<details>", format="html"), summary, block, nodes.raw("", "</details>", format="html")]


class WarmUp(_Lookup, SphinxDirective):
    """The places of a chapter's warm-up, whose items are drawn from earlier chapters."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one place an item, filled like any other exercise's."""
        try:
            chapter = self.curriculum.chapter(self.arguments[0])
        except KeyError as error:
            raise self.error(f"{error.args[0]}: write a chapter's number") from None
        assignment = self.curriculum.assignments.get(chapter.assignment or "")
        drawn = [item for item in assignment.items if item.id.startswith(warmup.PREFIX)] if assignment else []
        if not drawn:
            raise self.error(
                f"chapter {chapter.number} has no warm-up: write `warm_up: true` in its bank file, and see that an"
                " earlier chapter is ready"
            )
        return [nodes.raw("", f'<div data-mindbody="{item.full_id}"></div>', format="html") for item in drawn]


class _Test(_Lookup, SphinxDirective):
    """Finds the test that is named."""

    required_arguments = 1

    def test(self) -> tuple[str, TestBlueprint]:
        """Return its name and the blueprint of all tests."""
        name, tests = self.arguments[0], self.curriculum.tests
        if tests is None or name not in tests.tests:
            known = ", ".join(tests.tests) if tests else "none"
            raise self.error(f'there is no test "{name}" in exercises/tests.yaml (there are {known})')
        return name, tests


class TestDue(_Test):
    """When a test is due: some weeks after the last answer to the one before it, as far as this browser knows."""

    def run(self) -> list[nodes.Node]:
        """Return the place; the script fills it, since the page itself cannot know."""
        name, blueprint = self.test()
        names = list(blueprint.tests)
        before = names[names.index(name) - 1]
        title = html.escape(blueprint.tests[before].title.lower(), quote=True)
        after = f'data-after="{before}" data-title="{title}" data-weeks="{blueprint.delay_weeks}"'
        place = f'<p class="mindbody-due" role="status" {after} hidden></p>'
        return [nodes.raw("", place, format="html")]


class TestItems(_Test):
    """The places of a test's items, which are drawn from the pool by the blueprint."""

    def run(self) -> list[nodes.Node]:
        """Return one place an item, filled like any other exercise's."""
        name, _ = self.test()
        drawn = self.curriculum.assignments[name].items
        return [nodes.raw("", f'<div data-mindbody="{item.full_id}"></div>', format="html") for item in drawn]


class BlueprintMatrix(_Lookup, SphinxDirective):
    """What the book promises of each objective and what there is, with exercises and hours."""

    def run(self) -> list[nodes.Node]:
        """Return the tables."""
        curriculum = self.curriculum
        for assignment in worked(curriculum):
            for path in (f"exercises/bank/{assignment.id}.yaml", f"{assignment.file}.md"):
                self.env.note_dependency(str(curriculum.root / path))
        for path in ("assets/blueprint.yaml", "assets/objectives.yaml"):
            self.env.note_dependency(str(curriculum.root / path))

        def link(page: str) -> str:
            address: str = self.env.app.builder.get_relative_uri(self.env.docname, page)
            return address

        return [nodes.raw("", tables(curriculum, link), format="html")]


class EvidenceExplorer(_Lookup, SphinxDirective):
    """Forest plot and table of the comparisons in ``assets/studies.csv``, narrowed down by the reader."""

    def run(self) -> list[nodes.Node]:
        """Return the place, filled when the page is written."""
        if not self.curriculum.studies:
            raise self.error("assets/studies.csv has no comparisons: add one a line")
        self.env.note_dependency(str(self.curriculum.root / STUDIES))
        return [evidence_explorer()]


class Calibration(SphinxDirective):
    """The meter: how sure the learner was over the whole course, and how often right."""

    def run(self) -> list[nodes.Node]:
        """Return the place, filled when the page is written."""
        return [calibration()]


class CrisisLine(_Lookup, SphinxDirective):
    """The crisis line of the course's settings, within the text; the foot of every page has it too."""

    def run(self) -> list[nodes.Node]:
        """Return it in a box of its own."""
        course = self.curriculum.course
        self.env.note_dependency(str(self.curriculum.root / "exercises" / "course.yaml"))
        title = nodes.title("", "In danger now?")
        return [nodes.admonition("", title, nodes.paragraph("", course.crisis), classes=["warning"])]
