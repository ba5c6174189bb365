"""The part of the report about two markers, from the tables of agreement; nothing where nobody marked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mindbody.report import plots
from mindbody.statistics import agreement
from mindbody.statistics.agreement import SHIFT, AgreementTables, CriterionAgreement
from mindbody.statistics.items import Estimate


def raters(
    found: Mapping[str, AgreementTables],
    chapters: Mapping[str, str],
    table: Callable[..., str],
    safe: Callable[..., str],
) -> str:
    """Show how far two markers agree.

    Parameters
    ----------
    found
        Assignment -> its tables; only those with scripts that were marked twice.
    chapters
        Assignment -> title.
    table, safe
        The page's own way to make a table and to escape a text.
    """
    if not found:
        return ""
    head = (
        "<p>Where two markers differ by more than a level, read the text together and agree on a mark:"
        " <code>mindbody agree</code> lists them. A criterion that stays apart needs its levels reworded.</p>"
    )
    return head + "".join(_assignment(one, chapters.get(name, name), table, safe) for name, one in found.items())


def _assignment(one: AgreementTables, title: str, table: Callable[..., str], safe: Callable[..., str]) -> str:
    warnings = "".join(f"<p class='quiet'>{safe(words)}</p>" for words in one.warnings)
    lines = "".join(
        f"<li><span class='what'>{safe(total.task)}: both markers’ totals</span>{_line(total.single)}"
        f"<span class='figure'>{safe(total.words)}</span></li>"
        for total in one.totals
    )
    criteria = table(
        f"{title}: agreement by criterion",
        ("Criterion", "#Same", "#Within a level", "#ICC", "#Weighted κ", "#α", "#Second − first"),
        (_criterion(criterion, safe) for criterion in one.criteria),
        file="raters.csv",
    )
    months = table(
        f"{title}: severity by month, second − first marker’s total",
        ("Month", "Marker", "#Texts", "#Points", "What to do"),
        (
            (
                safe(month.month),
                safe(month.marker),
                f"#{month.n}",
                f"#{_signed(month.severity)}"
                + (f" <span class='rough'>over {SHIFT:g}</span>" if month.flagged else ""),
                safe(month.words),
            )
            for month in one.months
        ),
        file="drift.csv",
    )
    drifts = "".join(
        f"<li><span class='what'>{safe(month.marker)}, {safe(month.month)}</span>"
        f"{plots.deviation(month.severity, SHIFT)}"
        f"<span class='figure'>{_signed(month.severity)} points, {month.n} texts</span></li>"
        for month in one.months
    )
    drawn = (
        f"<p class='quiet'>How much stricter (left) or milder (right) the second marker was, month by month; beyond the"
        f" outer lines, {SHIFT:g} points of a total, mark three texts together.</p><ul class='lines'>{drifts}</ul>"
        if drifts
        else ""
    )
    count = f"<span class='quiet'>{one.scripts} texts marked twice</span>"
    return f"<h3>{safe(title)} {count}</h3>{warnings}<ul class='lines'>{lines}</ul>{criteria}{drawn}{months}"


def _criterion(one: CriterionAgreement, safe: Callable[..., str]) -> tuple[str, ...]:
    shares = ("–" if share is None else f"{100 * share:.0f}\N{NO-BREAK SPACE}%" for share in (one.exact, one.adjacent))
    figures = ("–" if f.value is None else f"{f.value:.2f}".replace("-", "−") for f in (one.icc, one.kappa, one.alpha))
    severity = "–" if one.severity is None else _signed(one.severity)
    name = f"{safe(one.criterion)} {safe(one.label) if one.label != one.criterion else ''}"
    return (
        f"{name} <span class='quiet'>{safe(one.task)}</span>{_line(one.kappa)}",
        *(f"#{cell}" for cell in (*shares, *figures, severity)),
    )


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _line(found: agreement.Estimate) -> str:
    if found.value is None:
        return ""
    return plots.interval(Estimate(0, found.value, found.low, found.high))


def rows(found: Mapping[str, AgreementTables]) -> Iterator[list[object]]:
    """Give the rows of ``raters.csv``."""
    for name, one in found.items():
        for c in one.criteria:
            estimates = (end for e in (c.icc, c.kappa) for end in (e.value, e.low, e.high))
            yield [
                *(name, c.task, c.criterion, c.n, c.exact, c.adjacent, c.far, c.severity),
                *estimates,
                c.alpha.value,
                c.words,
            ]
        for total in one.totals:
            ends = (total.single.value, total.single.low, total.single.high)
            yield [
                name,
                total.task,
                "total",
                total.n,
                None,
                None,
                None,
                total.severity,
                *ends,
                *[None] * 4,
                total.words,
            ]


HEAD = (
    *("assignment", "task", "criterion", "n", "same", "within_a_level", "further_apart", "second_minus_first"),
    *("icc", "icc_low", "icc_high", "kappa", "kappa_low", "kappa_high", "alpha", "words"),
)


def drift(found: Mapping[str, AgreementTables]) -> Iterator[list[object]]:
    """Give the rows of ``drift.csv``."""
    for name, one in found.items():
        for month in one.months:
            yield [
                name,
                month.month,
                month.marker,
                month.n,
                month.severity,
                "yes" if month.flagged else "no",
                month.words,
            ]
