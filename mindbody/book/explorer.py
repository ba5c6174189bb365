"""The evidence explorer: every comparison of ``assets/studies.csv``, drawn and in words, to be narrowed down.

The page's script only hides rows: what is shown, and where a mark stands, is worked out here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from math import ceil, floor, log10
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from mindbody.curriculum import Curriculum
from mindbody.studies import COMPARATORS, FOLLOW_UPS, KINDS, MEASURES, POPULATIONS, STUDIES, Effect, domain, size
from mindbody.text import BIBLIOGRAPHY, ROOT

ALT = (
    "Forest plot in {panels} panels, one a scale of measurement, with {count} comparisons. On each the treatment did "
    "better to the right of nought. Filled marks have an interval; open marks have none, because none was seen. The "
    "table gives every figure."
)
MOST_TICKS = 4
PICTURE = "_images/mindbody-forest.svg"
_FILTERS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("population", "In whom", POPULATIONS),
    ("comparator", "Compared with", COMPARATORS),
    ("follow_up", "How long after", FOLLOW_UPS),
)


class evidence_explorer(nodes.General, nodes.Element):  # noqa: N801  (docutils names its nodes in small letters)
    """The place of the explorer."""


def fill_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the explorer where a page asks for it, and draw its picture for those who read without a script."""
    places = list(doctree.findall(evidence_explorer))
    if not places or app.builder.format != "html":
        return
    curriculum: Curriculum = app.mindbody  # type: ignore[attr-defined]
    app.env.dependencies[docname].add(str(curriculum.root / STUDIES))
    to_root = app.builder.get_relative_uri(docname, "x").removesuffix("x.html")
    picture = Path(app.outdir) / PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(_drawn())
    shown = explorer_html(curriculum.studies, curriculum.references).replace(ROOT, to_root)
    for place in places:
        place.replace_self(nodes.raw("", shown, format="html"))


@cache
def _drawn() -> bytes:
    # Matplotlib takes its time, and most pages have no explorer.
    from mindbody.figures import forest_plot

    file = BytesIO()
    forest_plot().savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def explorer_html(effects: Sequence[Effect], references: Mapping[str, str]) -> str:
    """Return the explorer as it stands in a page, readable without a script."""
    drawn = [effect for effect in effects if effect.estimate is not None]
    panels = [(name, [effect for effect in drawn if effect.measure == name]) for name in MEASURES]
    panels = [(name, rows) for name, rows in panels if rows]
    tables = "".join(_panel(name, rows, references) for name, rows in panels)
    rest = [effect for effect in effects if effect.estimate is None]
    alt = html.escape(ALT.format(panels=len(panels), count=len(drawn)))
    figure = (
        f'<figure class="mindbody-static"><img src="{ROOT}{PICTURE}" alt="{alt}" loading="lazy" width="640"></figure>'
    )
    return (
        '<section class="mindbody-panel mindbody-explorer" data-mindbody-explorer aria-label="Evidence explorer">'
        f"{_form(effects)}"
        '<p class="mb-key">To the right of the broken line the treatment did better. '
        '<span class="mb-mark"></span> with its 95% interval; <span class="mb-mark mb-no-interval"></span> '
        "no interval was seen, so none is drawn; "
        '<span class="mb-mark mb-pooled"></span> several trials pooled. Scales differ: compare within a table, not '
        "between tables.</p>"
        f"{figure}{tables}{_unsized(rest, references)}</section>"
    )


def _form(effects: Sequence[Effect]) -> str:
    selects = "".join(_select(name, label, known, effects) for name, label, known in _FILTERS)
    return (
        f'<form class="mb-filters" hidden>{selects}'
        '<button type="reset" class="mb-secondary">Show all</button></form>'
        '<p class="mb-shown" role="status"></p>'
    )


def _select(name: str, label: str, known: Mapping[str, str], effects: Sequence[Effect]) -> str:
    used = {getattr(effect, name) for effect in effects}
    options = "".join(
        f'<option value="{value}">{html.escape(text)}</option>' for value, text in known.items() if value in used
    )
    return f'<label>{label} <select name="{name}"><option value="">All</option>{options}</select></label>'


def _panel(measure: str, effects: Sequence[Effect], references: Mapping[str, str]) -> str:
    scale = MEASURES[measure]
    low, high = domain(effects)

    def place(value: float) -> str:
        return f"{100 * (value - low) / (high - low):.1f}%"

    axis = "".join(f'<span style="left:{place(tick)}">{_tick(tick)}</span>' for tick in _ticks(low, high))
    rows = "".join(
        f"<tr{_data(effect)}>{_who(effect, references)}"
        f'<td role="cell" class="mb-plot">{_mark(effect, place)}</td>'
        f'<td role="cell" class="mb-size"><strong>{_size(effect)}</strong>{_seen(effect)}</td></tr>'
        for effect in effects
    )
    return (
        f'<table role="table" class="mb-forest" style="--zero:{place(0)}"><caption>{scale.title}</caption>'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Study and comparison</th>'
        '<th role="columnheader" scope="col" class="mb-plot">Drawn</th>'
        f'<th role="columnheader" scope="col">{html.escape(scale.axis)}</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody>'
        f'<tfoot aria-hidden="true"><tr><td></td><td class="mb-plot mb-axis">{axis}</td><td></td></tr></tfoot></table>'
    )


def _data(effect: Effect) -> str:
    values = "".join(f' data-{name.replace("_", "-")}="{getattr(effect, name)}"' for name, _, _ in _FILTERS)
    return f' role="row" data-key="{effect.key}"{values}'


def _who(effect: Effect, references: Mapping[str, str]) -> str:
    kind = "" if effect.kind == "trial" else f" ({KINDS[effect.kind]})"
    link = f'<a href="{ROOT}{BIBLIOGRAPHY}#ref-{effect.key}">{html.escape(references[effect.key])}</a>{kind}'
    people = f"{effect.people} people" if effect.people else ""
    details = "; ".join(filter(None, [effect.condition, effect.when, effect.outcome, people]))
    note = f"<small>{html.escape(effect.note)}.</small>" if effect.note else ""
    return (
        f'<th role="rowheader" scope="row">{link}<span>{html.escape(effect.treatment)} <i>v.</i> '
        f"{html.escape(effect.versus)}</span><small>{html.escape(details[0].upper() + details[1:])}.</small>{note}</th>"
    )


def _mark(effect: Effect, place: Callable[[float], str]) -> str:
    bar = ""
    if effect.low is not None and effect.high is not None:
        bar = f'<i style="left:{place(float(effect.low))};right:calc(100% - {place(float(effect.high))})"></i>'
    classes = ["mb-mark", *(["mb-pooled"] if effect.kind == "review" else []), *([] if bar else ["mb-no-interval"])]
    spot = place(float(effect.estimate or 0))
    mark = f'<b class="{" ".join(classes)}" style="left:{spot}"></b>'
    return f'<span aria-hidden="true" class="mb-line">{bar}{mark}</span>'


def _size(effect: Effect) -> str:
    estimate, bracket, interval = size(effect).partition("(")
    return f"{estimate}<span>{bracket}{interval}</span>" if bracket else estimate


def _seen(effect: Effect) -> str:
    missing = "<small>no interval seen</small>" if effect.low is None else ""
    # Where the figure is the authors' own, saying it twice says nothing.
    return f"<small>{html.escape(effect.seen)}</small>{missing}" if " v. " in effect.seen else missing


def _ticks(low: float, high: float) -> list[float]:
    """Return two to five round numbers on an axis, nought among them."""
    step = 10.0 ** floor(log10(high - low))
    while (high - low) / step < MOST_TICKS / 2:
        step /= 2
    while (high - low) / step > MOST_TICKS:
        step *= 2
    return [step * count for count in range(ceil(low / step), floor(high / step) + 1)]


def _tick(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _unsized(effects: Iterable[Effect], references: Mapping[str, str]) -> str:
    rows = "".join(
        f"<tr{_data(effect)}>{_who(effect, references)}"
        f'<td role="cell" class="mb-size">{html.escape(effect.seen)}</td></tr>'
        for effect in effects
    )
    if not rows:
        return ""
    return (
        '<table role="table" class="mb-forest mb-unsized"><caption>Reported without a size that can be drawn</caption>'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Study and comparison</th>'
        '<th role="columnheader" scope="col">What was said of it</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )
