"""Checks of the book's pages in their source, so that each mistake is named with its file and line before any build."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from mindbody.model import Item, Plan
from mindbody.text import Renderer, TextError, term_id
from mindbody.yamlfile import Location, Problem, Source

FEWEST_WORDS = 2_000
MOST_WORDS = 3_000
"""A ready chapter is an evening's reading, some ten to twenty minutes, and then its exercises."""

GLOSSARY = "chapters/glossary.md"

_FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})(?:\{([\w:-]+)\})?[ \t]*(.*)$")
_PROSE = frozenset({"glossary", "note", "warning", "admonition", "tip", "important", "seealso", "dropdown"})
_CHECKED = re.compile(r"\{(?:cite(?::[pt])?|excerpt|badge)\}`[^`]+`")
_ROLE = re.compile(r"(\{[a-z][\w:-]*\})[ \t]*(`[^`]*`)")
_ROLES = frozenset({"{cite}", "{cite:p}", "{cite:t}", "{excerpt}", "{badge}", "{term}", "{ref}", "{doc}", "{abbr}"})
_CODE = re.compile(r"(\{[\w:-]+\}[ \t]*)?`[^`]*`")
_TARGETED = re.compile(r"\{(ref|term)\}`([^`]+)`")
_ANGLED = re.compile(r"<([^>]+)>\s*$")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_LABEL = re.compile(r"^\(([^)\s]+)\)=\s*$")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:")


@dataclass(frozen=True)
class Block:
    """A fenced block: the name of its directive, what stands after the name, its options and the lines below them."""

    line: int
    name: str
    argument: str
    options: Mapping[str, Any]
    body: str


@dataclass(frozen=True)
class Page:
    """A page as its author wrote it."""

    name: str
    text: str

    @cached_property
    def _parts(self) -> tuple[str, tuple[Block, ...]]:
        return _take_apart(self.text)

    @property
    def prose(self) -> str:
        """The page with everything blanked that no reader reads as running text; the lines keep their numbers."""
        return self._parts[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The fenced blocks that hold something else than prose."""
        return self._parts[1]

    @cached_property
    def labels(self) -> dict[str, int]:
        """The names that a link may lead to, with their lines: those above headings, and those of figures."""
        named = {found[1]: at for at, line in enumerate(self.prose.splitlines(), 1) if (found := _LABEL.match(line))}
        figures = {str(name): block.line for block in self.blocks if (name := _of(block, "figure", "name"))}
        return named | figures

    @cached_property
    def words(self) -> int:
        """The words of its paragraphs, lists and captions; a citation is none. The built page shows this number."""
        lines = [line for line in self.prose.splitlines() if not line.startswith("#") and not _LABEL.match(line)]
        captions = [str(_of(block, "figure", "caption") or "") for block in self.blocks]
        text = _LINK.sub(r"\2", "\n".join([*lines, *captions]))
        text = re.sub(r"\s<[^<>`]+>`", "`", text)  # where a role leads is not read
        text = re.sub(r"\{(?:cite:p|cite|badge)\}`[^`]*`|\{[\w:-]+\}|(?m:^\s*(?:[-*+]|\d+\.)\s+)", "", text)
        return sum(bool(re.search(r"\w", word)) for word in text.split())

    def line(self, offset: int) -> int:
        """Return the line of an offset into the prose."""
        return self.prose.count("\n", 0, offset) + 1

    def problem(self, line: int, message: str) -> Problem:
        """Make a problem that points at a line."""
        return Problem(self.name, line, message)


def read_pages(root: Path) -> dict[str, Page]:
    """Read every page below ``chapters``; the key is its path without the ending, as in ``assets/objectives.yaml``."""
    names = [path.relative_to(root).as_posix() for path in sorted((root / "chapters").glob("**/*.md"))]
    return {name.removesuffix(".md"): read_page(root, name) for name in names}


def read_page(root: Path, name: str) -> Page:
    """Read one page, e.g. ``chapters/glossary.md``."""
    return Page(name, (root / name).read_text(encoding="utf-8"))


def check_pages(root: Path, pages: Mapping[str, Page], plan: Plan, render: Renderer) -> Iterator[Problem]:
    """Check roles, links and figures of every page, and length and standing parts of the ready chapters."""
    yield from _check_labels(pages.values())
    labels = {label for page in pages.values() for label in page.labels}
    terms = glossary_terms(pages)
    for page in pages.values():
        yield from _check_roles(page, render)
        yield from _check_references(page, labels, terms)
        yield from _check_links(root, page, labels)
        yield from _check_figures(page, render)
    for chapter in plan.chapters:
        if chapter.status == "ready" and chapter.file and chapter.file in pages:
            yield from _check_chapter(pages[chapter.file], chapter.number, chapter.code)


def check_sections(
    pages: Mapping[str, Page], files: Mapping[str, str], placed: Iterable[tuple[Item, Source, Location]]
) -> Iterator[Problem]:
    """Ask of each item's ``section`` that it is the label of a heading of the page that shows the item."""
    for item, bank, at in placed:
        page = pages.get(files.get(item.assignment, ""))
        if page and item.form.section and item.form.section not in page.labels:
            message = f'{page.name} has no label "{item.form.section}": write ({item.form.section})= above its heading'
            yield bank.problem((*at, "section"), message)


def glossary_terms(pages: Mapping[str, Page]) -> dict[str, str]:
    """Return what the glossary defines: term in small letters -> as it is written there."""
    page = pages.get(GLOSSARY.removesuffix(".md"))
    lines = page.prose.splitlines() if page else []
    heads: list[str] = []
    above: list[str] = []
    for line in lines:
        if line.startswith("  ") or not line.strip():
            heads += above if line.strip() else []
            above = []
        else:
            above.append(line.strip())
    return {head.lower(): head for head in heads}


def check_terms(texts: Iterable[tuple[Source, Location, str]], terms: Mapping[str, str]) -> Iterator[Problem]:
    """Ask of each ``{term}`` in an exercise that the glossary has it, spelled alike: it is a link to that place."""
    known = {term_id(term) for term in terms.values()}
    for source, at, text in texts:
        for found in re.finditer(r"\{term\}`([^`]+)`", text):
            if term_id(found[1].strip()) not in known:
                yield source.problem(
                    at, f'"{found[1]}" is not in {GLOSSARY}: add the term or spell it as it stands there'
                )
        for found in _ROLE.finditer(text):
            if found[1] not in {"{cite}", "{cite:p}", "{cite:t}", "{excerpt}", "{badge}", "{term}"} or " `" in found[0]:
                yield source.problem(
                    at, f"{found[0]} is no role of exercises: use cite:p, cite:t, excerpt, term or badge"
                )


def _check_labels(pages: Collection[Page]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in pages:
        for label, line in page.labels.items():
            if label in first:
                yield page.problem(line, f'the label "{label}" also stands in {first[label]}: give one another name')
            first.setdefault(label, page.name)


def _check_roles(page: Page, render: Renderer) -> Iterator[Problem]:
    for found in _CHECKED.finditer(page.prose):
        try:
            render.inline(found[0])
        except TextError as error:
            yield page.problem(page.line(found.start()), str(error))
    for found in _ROLE.finditer(page.prose):
        if found[1] not in _ROLES or found[2] == "``" or " `" in found[0]:
            known = ", ".join(sorted(role.strip("{}") for role in _ROLES))
            yield page.problem(page.line(found.start()), f"{found[0]} is no role of this book (there are {known})")


def _check_references(page: Page, labels: Collection[str], terms: Mapping[str, str]) -> Iterator[Problem]:
    for found in _TARGETED.finditer(page.prose):
        role, text = found[1], " ".join(found[2].split())
        angled = _ANGLED.search(text)
        target = angled[1] if angled else text
        line = page.line(found.start())
        if role == "ref" and target not in labels:
            yield page.problem(line, f'no page has the label "{target}": mend it, or write ({target})= above a heading')
        if role == "term" and target.lower() not in terms:
            yield page.problem(line, f'"{target}" is not in {GLOSSARY}: add the term or mend it')


def _check_links(root: Path, page: Page, labels: Collection[str]) -> Iterator[Problem]:
    for found in _LINK.finditer(page.prose):
        image, text, target = found.groups()
        line = page.line(found.start())
        if image and not text.strip():
            yield page.problem(line, f"the image {target} has no alt text: say in the brackets what it shows")
        if _OUTSIDE.match(target):
            continue
        path, _, fragment = target.partition("#")
        if path and not ((root / page.name).parent / path).is_file():
            yield page.problem(line, f'"{path}" leads nowhere from this page: mend the link')
        if fragment and not fragment.startswith("ex-") and fragment not in labels:
            yield page.problem(line, f'no page has the label "{fragment}": mend the link')


def _check_figures(page: Page, render: Renderer) -> Iterator[Problem]:
    for block in page.blocks:
        if block.name in {"figure", "image"} and not str(block.options.get("alt", "")).strip():
            yield page.problem(block.line, f"the {block.name} has no alt text: write `:alt:` and what it shows")
        if block.name == "figure" and not block.body.strip():
            yield page.problem(block.line, "the figure has no caption: write one below its options")
        if block.name != "code-cell" or "remove-cell" in (block.options.get("tags") or []):
            continue
        if re.search(r"\bfigures\.\w+\(|\bplt\.", block.body):
            if not str(_of(block, "image", "alt") or "").strip():
                message = 'the figure has no alt text: add :mystnb: {image: {alt: "what it shows"}, ...} to its cell'
                yield page.problem(block.line, message)
            if not str(_of(block, "figure", "caption") or "").strip():
                message = 'the figure has no caption: add :mystnb: {..., figure: {caption: "..."}} to its cell'
                yield page.problem(block.line, message)
        for found in _CHECKED.finditer(str(_of(block, "figure", "caption") or "")):
            try:
                render.inline(found[0])
            except TextError as error:
                yield page.problem(block.line, str(error))


def _check_chapter(page: Page, number: int, code: str) -> Iterator[Problem]:
    if not FEWEST_WORDS <= page.words <= MOST_WORDS:
        advice = "add what is missing" if page.words < FEWEST_WORDS else "shorten or divide it"
        message = f"the chapter has {page.words:,} words and should have {FEWEST_WORDS:,} to {MOST_WORDS:,}: {advice}"
        yield page.problem(1, message)
    for name, argument, what in (
        ("chapter-state", str(number), "review state, date, words and reading time are shown by it"),
        ("objectives", code, "the objectives with their exercises are shown by it"),
    ):
        found = [block for block in page.blocks if block.name == name]
        if [block.argument for block in found] != [argument]:
            line = found[0].line if found else 1
            yield page.problem(line, f"the page needs {{{name}}} {argument}, once: {what}")


def _of(block: Block, *path: str) -> Any:
    """Return a value of a cell's ``mystnb`` options, or None."""
    value: Any = block.options.get("mystnb")
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _take_apart(text: str) -> tuple[str, tuple[Block, ...]]:
    lines = text.splitlines()
    prose: list[str] = []
    blocks: list[Block] = []
    index = _after_front_matter(lines)
    prose += [""] * index
    while index < len(lines):
        opened = _FENCE.match(lines[index])
        if not opened or (opened[2] or "") in _PROSE or lines[index].strip() in {"```", ":::", "~~~"}:
            option = opened or re.match(r"^:[a-z-]+:", lines[index])
            prose.append("" if option else lines[index])
            index += 1
            continue
        end = next(
            (at for at in range(index + 1, len(lines)) if lines[at].rstrip() == opened[1]),
            len(lines) - 1,
        )
        options, body = _options(lines[index + 1 : end])
        blocks.append(Block(index + 1, opened[2] or "", opened[3].strip(), options, body))
        prose += [""] * (end + 1 - index)
        index = end + 1
    return _CODE.sub(_blank, "\n".join(prose)), tuple(blocks)


def _blank(found: re.Match[str]) -> str:
    """Blank code within a line; the text of a role stays."""
    return found[0] if found[1] else re.sub(r"[^\n]", " ", found[0])


def _after_front_matter(lines: Sequence[str]) -> int:
    if not lines or lines[0] != "---":
        return 0
    return next((at + 1 for at in range(1, len(lines)) if lines[at] == "---"), 0)


def _options(lines: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Part a directive's options, in either of their two notations, from its body."""
    if lines and lines[0].strip() == "---":
        end = _after_front_matter([line.strip() for line in lines])
        return _yaml("\n".join(lines[1 : end - 1])), "\n".join(lines[end:])
    count = next((at for at, line in enumerate(lines) if not re.match(r":[\w-]+:", line)), len(lines))
    options: dict[str, Any] = {}
    for line in lines[:count]:
        _, name, value = line.split(":", 2)
        options[name] = _yaml(value.strip())
    return options, "\n".join(lines[count:])


def _yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError:
        return text
