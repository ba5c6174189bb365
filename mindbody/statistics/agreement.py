"""How far two markers agree: for each criterion, for totals, and from month to month.

Totals are compared by the intraclass correlation ICC(2,1) for absolute agreement, two-way random, and by its form for
the average of two markers (pingouin); single criteria also by Cohen's kappa with quadratic weights (statsmodels) and
by Krippendorff's alpha for ordinal levels (krippendorff). The words for the ICC are those of Koo and Li (2016,
``koo2016icc``), who judge the interval and not the point. No such bands are used for kappa and alpha: theirs are
conventions for other purposes.

What cannot be computed is None, with the reason in words, and never NaN.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import TypeVar

ENOUGH = 30
"""Fewer texts than this, and every statistic here moves with each further text."""
SHIFT = 1.5
"""Points of a total by which one marker may differ from the other, on average over a month."""
_FEW = 3
_T = TypeVar("_T")


@dataclass(frozen=True)
class Pair:
    """What two markers said, each on her own, of one criterion in one text.

    Attributes
    ----------
    script
        Whose text it is, under any name that is the same for all criteria of the text.
    task
        The written item.
    criterion
        The rubric criterion.
    max
        The most points there are for it.
    first, second
        Points in [0, ``max``].
    first_marker, second_marker
        Who gave them.
    at
        When the second mark was given, ISO 8601; empty if nobody knows.
    """

    script: str
    task: str
    criterion: str
    max: float
    first: float
    second: float
    first_marker: str = "first"
    second_marker: str = "second"
    at: str = ""

    @property
    def difference(self) -> float:
        """How much more the second marker gave."""
        return self.second - self.first

    @property
    def far(self) -> bool:
        """Whether the two must talk: more than one level apart, or, in a checklist of 0 and 1, at its two ends."""
        return abs(self.difference) > 1 or abs(self.difference) >= self.max


@dataclass(frozen=True)
class Estimate:
    """A statistic, or why there is none.

    Attributes
    ----------
    value
        The point; None if it cannot be computed.
    low, high
        Its 95 % interval; None where the library gives none.
    words
        A sentence for a person, whether or not there is a value.
    """

    value: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class CriterionAgreement:
    """Agreement on one criterion.

    Attributes
    ----------
    task, criterion, label, max
        What was marked, and the most points there are.
    n
        Pairs of marks.
    exact, adjacent
        Share of pairs, in [0, 1], with the same points, and not ``far`` apart; None if ``n`` is 0.
    severity
        Mean of second minus first, in points; None if ``n`` is 0.
    far
        Pairs more than one level apart, or at the two ends of the scale.
    icc, kappa, alpha
        ICC(2,1), kappa with quadratic weights, Krippendorff's ordinal alpha.
    words
        What to make of it.
    """

    task: str
    criterion: str
    label: str
    max: float
    n: int
    exact: float | None
    adjacent: float | None
    severity: float | None
    far: int
    icc: Estimate
    kappa: Estimate
    alpha: Estimate
    words: str


@dataclass(frozen=True)
class TotalAgreement:
    """Agreement on the total of one written task, over the texts in which both marked every criterion.

    Attributes
    ----------
    task, max
        Which, and the most points there are.
    n
        Texts.
    single, average
        ICC(2,1), and the same for the average of the two markers.
    severity
        Mean of second minus first, in points; None if ``n`` is 0.
    points
        The totals, (first, second), a pair a text.
    words
        What to make of it.
    """

    task: str
    max: float
    n: int
    single: Estimate
    average: Estimate
    severity: float | None
    points: tuple[tuple[float, float], ...]
    words: str


@dataclass(frozen=True)
class Month:
    """How severe a second marker was in one month, beside the first.

    Attributes
    ----------
    month
        ``2026-11``.
    marker
        The second marker.
    n
        Texts.
    severity
        Mean of second minus first total, in points: below zero she was the stricter.
    flagged
        Whether it is more than ``SHIFT`` points, on at least three texts.
    words
        What to make of it.
    """

    month: str
    marker: str
    n: int
    severity: float
    flagged: bool
    words: str


@dataclass(frozen=True)
class AgreementTables:
    """All there is to say of the agreement of an assignment's markers.

    Attributes
    ----------
    assignment
        Its id.
    first_markers, second_markers
        Who marked.
    scripts
        Texts with at least one criterion that both marked.
    criteria, totals, months
        The tables; empty where nothing was marked twice.
    warnings
        Sentences to print above the tables.
    """

    assignment: str
    first_markers: tuple[str, ...]
    second_markers: tuple[str, ...]
    scripts: int
    criteria: tuple[CriterionAgreement, ...]
    totals: tuple[TotalAgreement, ...]
    months: tuple[Month, ...]
    warnings: tuple[str, ...]


def tables(assignment: str, pairs: Iterable[Pair], labels: Mapping[str, str] | None = None) -> AgreementTables:
    """Compare two markers' scores.

    Parameters
    ----------
    assignment
        Its id, to be carried along.
    pairs
        One for each criterion and text that both marked. Where a text has two second markers, each makes a pair.
    labels
        Criterion -> its name in words; the id stands where there is none.

    Returns
    -------
    AgreementTables
        In the order in which tasks and criteria first come.
    """
    known, labels = list(pairs), labels or {}
    of_criterion: dict[tuple[str, str], list[Pair]] = {}
    for pair in known:
        of_criterion.setdefault((pair.task, pair.criterion), []).append(pair)
    criteria = tuple(
        _criterion(task, name, labels.get(name, name), found) for (task, name), found in of_criterion.items()
    )
    tasks = dict.fromkeys(pair.task for pair in known)
    totals = {task: _totals(pair for pair in known if pair.task == task) for task in tasks}
    scripts = len({(pair.script, pair.task) for pair in known})
    return AgreementTables(
        assignment,
        tuple(sorted({pair.first_marker for pair in known})),
        tuple(sorted({pair.second_marker for pair in known})),
        scripts,
        criteria,
        tuple(_total(task, found) for task, found in totals.items()),
        tuple(_months([total for found in totals.values() for total in found])),
        tuple(_warnings(known, scripts)),
    )


def icc(pairs: Sequence[Sequence[float]], *, average: bool = False) -> Estimate:
    """Compute the intraclass correlation for absolute agreement, two-way random effects.

    Parameters
    ----------
    pairs
        Texts x raters, without gaps.
    average
        For the mean of the raters, ICC(2,k), in place of a single rater, ICC(2,1).

    Returns
    -------
    Estimate
        With the 95 % interval; formulas of Shrout and Fleiss (1979) and McGraw and Wong (1996), as pingouin has them.
    """
    reason = _no_variance(pairs, "an ICC", least=3) or _one_mark_for_all(pairs)
    if reason:
        return Estimate(None, None, None, reason)
    if all(len(set(row)) == 1 for row in pairs):
        return Estimate(1.0, None, None, "Complete: no two marks of a text differ.")
    from pandas import DataFrame
    from pingouin import intraclass_corr

    rows = [(text, rater, mark) for text, row in enumerate(pairs) for rater, mark in enumerate(row)]
    found = _quietly(
        lambda: intraclass_corr(DataFrame(rows, columns=["text", "rater", "mark"]), "text", "rater", "mark")
    )
    row = found.set_index("Type").loc["ICC(A,k)" if average else "ICC(A,1)"]
    value, (low, high) = float(row["ICC"]), map(float, row["CI95"])
    if not isfinite(value):
        return Estimate(None, None, None, "There is no ICC: the marks vary too little between the texts.")
    ends = (low, high) if isfinite(low) and isfinite(high) else (None, None)
    return Estimate(value, ends[0], ends[1], _icc_words(value, *ends))


def weighted_kappa(pairs: Sequence[tuple[float, float]]) -> Estimate:
    """Compute Cohen's kappa with quadratic weights (Cohen 1968), with an asymptotic 95 % interval.

    The weight of a disagreement is the square of the difference in points, so levels need not be whole.
    """
    reason = _no_variance(pairs, "a kappa", least=2) or _one_mark_for_all(pairs)
    if reason:
        return Estimate(None, None, None, reason)
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    levels = sorted({mark for pair in pairs for mark in pair})
    counts = np.zeros((len(levels), len(levels)))
    for first, second in pairs:
        counts[levels.index(first), levels.index(second)] += 1
    found = _quietly(lambda: cohens_kappa(counts, weights=np.array(levels), wt="quadratic"))
    value = float(found.kappa)
    low, high = float(found.kappa_low), float(found.kappa_upp)
    if not isfinite(value):
        return Estimate(None, None, None, "There is no kappa: the marks vary too little.")
    if not (isfinite(low) and isfinite(high) and low < high):
        return Estimate(value, None, None, f"{_two(value)} (no interval: the marks differ too little).")
    low, high = max(-1.0, low), min(1.0, high)
    return Estimate(value, low, high, f"{_two(value)} (95 % interval {_two(low)} to {_two(high)}).")


def ordinal_alpha(marks: Sequence[Sequence[float | None]]) -> Estimate:
    """Compute Krippendorff's alpha for ordinal levels (Hayes and Krippendorff 2007).

    Parameters
    ----------
    marks
        Raters x texts; None where a rater did not mark a text.

    Returns
    -------
    Estimate
        Without an interval.
    """
    by_text = [[mark for mark in column if mark is not None] for column in zip(*marks, strict=True)]
    paired = [column for column in by_text if len(column) > 1]
    reason = _no_variance(paired, "an alpha", least=2)
    if reason:
        return Estimate(None, None, None, reason)
    import krippendorff
    import numpy as np

    data = np.array([[np.nan if mark is None else mark for mark in row] for row in marks], dtype=float)
    value = float(_quietly(lambda: krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal")))
    if not isfinite(value):
        return Estimate(None, None, None, "There is no alpha: the marks vary too little.")
    return Estimate(value, None, None, f"{_two(value)}.")


def band(value: float) -> str:
    """Return the word of Koo and Li (2016) for an ICC: poor, moderate, good, excellent."""
    for limit, word in ((0.5, "poor"), (0.75, "moderate"), (0.9, "good")):
        if value < limit:
            return word
    return "good" if value == 0.9 else "excellent"


def _quietly(compute: Callable[[], _T]) -> _T:
    # The libraries warn of what we then say in words.
    import numpy as np

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return compute()


def _no_variance(texts: Sequence[Sequence[float]], what: str, *, least: int) -> str:
    if not texts:
        return "No text has two marks yet."
    if any(len(text) < 2 for text in texts):
        return "Only one marker: agreement needs two."
    if len(texts) < least:
        return f"Too few texts for {what}: {len(texts)}, and it takes at least {least}."
    given = {mark for text in texts for mark in text}
    if len(given) == 1:
        name = what.rpartition(" ")[2]
        return f"All marks are {given.pop():g}: they agree, but where nothing varies there is no {name}."
    return ""


def _one_mark_for_all(texts: Sequence[Sequence[float]]) -> str:
    # The formulas give 0 here, which would read as if the markers had disagreed about which text is the better.
    for marks in zip(*texts, strict=True):
        if len(set(marks)) == 1:
            return f"One of the markers gave every text {marks[0]:g}, so there is nothing to compare the order by."
    return ""


def _two(value: float) -> str:
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def _icc_words(value: float, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{band(value).capitalize()} ({_two(value)}, no interval)."
    words = band(low) if band(low) == band(high) else f"{band(low)} to {band(high)}"
    return f"{words.capitalize()} ({_two(value)}, 95 % interval {_two(low)} to {_two(high)})."


def _criterion(task: str, name: str, label: str, pairs: Sequence[Pair]) -> CriterionAgreement:
    points = [(pair.first, pair.second) for pair in pairs]
    n = len(points)
    far = sum(pair.far for pair in pairs)
    severity = sum(pair.difference for pair in pairs) / n
    estimates = icc(points), weighted_kappa(points), ordinal_alpha(_by_marker(pairs))
    exact = sum(first == second for first, second in points) / n
    words = _criterion_words(label, n, exact, far, severity)
    return CriterionAgreement(task, name, label, pairs[0].max, n, exact, 1 - far / n, severity, far, *estimates, words)


def _criterion_words(label: str, n: int, exact: float, far: int, severity: float) -> str:
    said = [f"The same points in {exact:.0%} of {n} {_texts(n)}"]
    said.append(f"far apart in {far}" if far else "never far apart")
    if abs(severity) >= 0.5:
        said.append(f"the second marker was {_stricter(severity)} by {abs(severity):.1f} points on average")
    words = "; ".join(said) + "."
    if far / n > 0.1 or abs(severity) >= 0.5:
        words += f" Read the levels of “{label}” together, on texts where you differ."
    return words


def _by_marker(pairs: Sequence[Pair]) -> list[list[float | None]]:
    """Lay marks out as raters x texts; a marker who is first here and second there has one row."""
    texts = {script: index for index, script in enumerate(dict.fromkeys(pair.script for pair in pairs))}
    rows: dict[str, list[float | None]] = {}
    for pair in pairs:
        again = f"{pair.second_marker} again" if pair.second_marker == pair.first_marker else pair.second_marker
        for marker, mark in ((pair.first_marker, pair.first), (again, pair.second)):
            rows.setdefault(marker, [None] * len(texts))[texts[pair.script]] = mark
    return list(rows.values())


def _totals(pairs: Iterable[Pair]) -> list[Pair]:
    """Add up the criteria of each text for each second marker, leaving out texts that are not wholly marked."""

    def text(pair: Pair) -> tuple[str, str]:
        return pair.script, pair.second_marker

    known = list(pairs)
    wanted = len({pair.criterion for pair in known})
    totals = []
    for (script, marker), group in groupby(sorted(known, key=text), key=text):
        found = list(group)
        if len(found) == wanted:
            totals.append(
                Pair(
                    script,
                    found[0].task,
                    "",
                    sum(pair.max for pair in found),
                    sum(pair.first for pair in found),
                    sum(pair.second for pair in found),
                    found[0].first_marker,
                    marker,
                    max(pair.at for pair in found),
                )
            )
    return totals


def _total(task: str, totals: Sequence[Pair]) -> TotalAgreement:
    points = tuple((pair.first, pair.second) for pair in totals)
    single, average = icc(points), icc(points, average=True)
    most = totals[0].max if totals else 0.0
    if not points:
        return TotalAgreement(task, most, 0, single, average, None, (), "No text is wholly marked by two markers yet.")
    severity = sum(pair.difference for pair in totals) / len(points)
    words = f"{single.words} The second marker gave {abs(severity):.1f} points {'more' if severity > 0 else 'less'}"
    words += f" on average of {len(points)} {_texts(len(points))}." if severity else ""
    if not severity:
        words = f"{single.words} On average both gave the same."
    if single.value is not None and single.value < 0.7:
        words += (
            " A total of one marker alone is not settled by this: use the agreed marks, and train on shared texts"
            " before the next round."
        )
    return TotalAgreement(task, most, len(points), single, average, severity, points, words)


def _months(totals: Sequence[Pair]) -> Iterable[Month]:
    def month(pair: Pair) -> tuple[str, str]:
        return pair.at[:7], pair.second_marker

    dated = sorted((pair for pair in totals if pair.at), key=month)
    for (name, marker), group in groupby(dated, key=month):
        found = list(group)
        severity, n = sum(pair.difference for pair in found) / len(found), len(found)
        flagged = abs(severity) > SHIFT and n >= _FEW
        words = f"{name}: {marker} gave {abs(severity):.1f} points {'more' if severity > 0 else 'less'} than the first"
        words += f" marker, on average of {n} {_texts(n)}."
        if not severity:
            words = f"{name}: {marker} and the first marker gave the same on average of {n} {_texts(n)}."
        if flagged:
            words += f" That is more than {SHIFT} points: mark three texts together before going on."
        elif n < _FEW:
            words += " Too few to call it a shift."
        yield Month(name, marker, n, severity, flagged, words)


def _warnings(pairs: Sequence[Pair], scripts: int) -> Iterable[str]:
    if not pairs:
        yield "No text has been marked by two markers yet, so there is nothing to compare."
        return
    if scripts < ENOUGH:
        yield (
            f"Only {scripts} {_texts(scripts)} {'has' if scripts == 1 else 'have'} two marks. Below {ENOUGH} varied"
            " texts these figures say little: each further text may move them."
        )
    if len({pair.second_marker for pair in pairs}) > 1:
        yield (
            "There are several second markers. Kappa and ICC take them as one; Krippendorff's alpha keeps them apart."
        )


def _stricter(severity: float) -> str:
    return "more generous" if severity > 0 else "stricter"


def _texts(count: int) -> str:
    return "text" if count == 1 else "texts"
