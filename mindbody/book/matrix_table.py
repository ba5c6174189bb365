"""The blueprint matrix as tables to read: hours and exercises by chapter, then formats and levels by objective."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable

from mindbody.curriculum import Assignment, Curriculum
from mindbody.matrix import MARKING, Cell, Workload, fill, promised, worked, workload
from mindbody.model import LEVELS, Chapter, Matrix

Link = Callable[[str], str]
"""From a page, without its ending, to its address as seen from the page that holds the tables."""


def tables(curriculum: Curriculum, link: Link) -> str:
    """Return the HTML of all tables.

    Raises
    ------
    LookupError
        If there is no ``assets/blueprint.yaml``.
    """
    if curriculum.matrix is None:
        raise LookupError("assets/blueprint.yaml is missing: restore it")
    filled = fill(curriculum.matrix, curriculum.plan, worked(curriculum))
    kept = set(promised(curriculum.matrix))
    chapters = [_chapter(chapter, curriculum.matrix, filled, kept, link) for chapter in curriculum.plan.chapters]
    return _hours(curriculum, link) + "".join(chapters)


def _hours(curriculum: Curriculum, link: Link) -> str:
    loads = [(assignment, workload(curriculum, assignment)) for assignment in worked(curriculum)]
    rows = "".join(_row(_page(assignment, link), load) for assignment, load in loads)
    total = Workload(*(sum(values) for values in zip(*(load for _, load in loads), strict=True)))
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Page", "Practice", "Graded", "Written", "All", "Hours"))
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot>{_row('All together', total)}</tfoot>"
    return _scroll("blueprint-hours", "Exercises and hours, page by page", body)


def _row(name: str, load: Workload) -> str:
    numbers = (load.practice, load.graded, load.written, load.practice + load.graded + load.written)
    cells = "".join(f"<td>{number}</td>" for number in numbers)
    return f'<tr><th scope="row">{name}</th>{cells}<td>{load.minutes / 60:.1f}</td></tr>'


def _page(assignment: Assignment, link: Link) -> str:
    number = f"{assignment.chapter.number}. " if assignment.chapter else ""
    return f'<a href="{link(str(assignment.file))}">{number}{html.escape(assignment.title)}</a>'


def _chapter(chapter: Chapter, matrix: Matrix, filled: Counter[Cell], kept: set[Cell], link: Link) -> str:
    own = {cell: count for cell, count in filled.items() if cell.objective in chapter.objectives}
    formats = [name for name in matrix.formats if any(cell.format == name for cell in own)]
    head = "".join(f'<th scope="col">{html.escape(matrix.formats[name].title)}</th>' for name in formats)
    rows = "".join(
        f'<tr><th scope="row"><strong>{objective}</strong> {html.escape(text)}</th>'
        + "".join(f"<td>{_cell(objective, name, own, kept)}</td>" for name in formats)
        + "</tr>"
        for objective, text in chapter.objectives.items()
    )
    title = f"{chapter.number}. {chapter.title}"
    if chapter.status != "ready" or not chapter.file:
        return f"<p>{html.escape(title)}: <em>planned</em></p>"
    body = f'<thead><tr><th scope="col">Objective</th>{head}</tr></thead><tbody>{rows}</tbody>'
    return _scroll(f"blueprint-{chapter.code}", title, body)


def _cell(objective: str, name: str, own: dict[Cell, int], kept: set[Cell]) -> str:
    """Say level by level how many items there are; what is promised is in bold."""
    lines = []
    for level in LEVELS:
        counts = []
        for who in MARKING:
            cell = Cell(objective, who, name, level)
            if count := own.get(cell):
                said = f"{count} {who}"
                counts.append(f"<strong>{said}</strong>" if cell in kept else said)
        if counts:
            lines.append(f"<div>{level}: {', '.join(counts)}</div>")
    return "".join(lines)


def _scroll(name: str, title: str, body: str) -> str:
    """Put a table into a box that scrolls sideways, by touch and by keyboard, below its heading, which stays."""
    return (
        f'<h3 id="{name}">{html.escape(title)}</h3>'
        f'<div class="mindbody-scroll" role="region" tabindex="0" aria-labelledby="{name}">'
        f'<table class="mindbody-matrix" aria-labelledby="{name}">{body}</table></div>'
    )
