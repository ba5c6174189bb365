"""The part of the feedback page that sets how sure a trainee was beside how often she was right.

For her alone: confidence changes no mark. Practice speaks by the first check, before any explanation was read; graded
exercises by what was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mindbody.calibration import FEWEST, Band, Calibration, Judgement, calibrate, judgements
from mindbody.course.scores import Result

_SIDE = 200
_LEFT, _TOP = 34, 12
_ROUND = (5, 13)
"""Radius of a circle that stands for one judgement, and for twelve or more."""


def judged(result: Result, *, keys: bool = False) -> list[Judgement]:
    """Return every confidence that a trainee gave, with whether what it spoke of was right.

    Parameters
    ----------
    result
        Her work.
    keys
        Whether the keys are released. Until then a graded exercise with a confidence for each card is left out: a band
        with one card in it would say whether that card is right.
    """
    return list(_judged(result, keys=keys))


def _judged(result: Result, *, keys: bool) -> Iterator[Judgement]:
    if result.submission is None:
        return
    for item in result.marked.tables.items.values():
        marked, given = result.marked.items[item.id], result.submission.items.get(item.id)
        if given is None or item.written or given.version not in item.versions:
            continue
        state, mark = (given.first, marked.first) if item.practice else (given, marked.mark)
        if state is None or mark is None:
            continue
        sure = None if state.confidence is None else round(state.confidence)
        found = judgements(state.answer, sure, mark.to_json(), item.versions[given.version].shape)
        # The item's own confidence comes first; its points stand on the page in any case.
        yield from found if item.practice or keys else found[: sure is not None]


def calibration_section(found: list[Judgement]) -> str:
    """Return the section, or nothing where no confidence was given."""
    if not found:
        return ""
    calibration = calibrate(found)
    rows = "".join(_row(band) for band in calibration.bands)
    return (
        "<section aria-labelledby='sure'><h2 id='sure'>How sure, how right</h2>"
        f"<p>{escape(in_words(calibration))}</p>{_curve(calibration)}"
        "<table><caption>Practice by your first check, graded exercises as you handed them in. It changes no mark."
        "</caption><thead><tr><th scope='col'>You were</th><th scope='col' class='n'>Times</th>"
        f"<th scope='col' class='n'>Right</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def in_words(calibration: Calibration) -> str:
    """Say what a calibration comes to, and what may be done with it."""
    # A number and its sign stay on one line.
    mean, right = (f"{value}\N{NO-BREAK SPACE}%" for value in (calibration.confidence, calibration.right))
    times = "once" if calibration.n == 1 else f"{calibration.n} times"
    told = f"You said how sure you were {times}: {mean} on average, and {right} of those answers were right."
    if calibration.verdict == "few":
        return f"{told} That is too few to say more; from {FEWEST} on, this page does."
    return f"{told} {_VERDICTS[calibration.verdict]}"


_VERDICTS = {
    "over": "You were surer than you were right. Before you settle on an answer, ask what would speak against it.",
    "under": "You were right more often than you thought. See what your right answers rested on: you may trust it"
    " somewhat more.",
    "close": "The two go together well.",
}


def _row(band: Band) -> str:
    end = band.end if band.end == 100 else band.end - 1
    right = round(band.right * band.n / 100)
    return (
        f"<tr><th scope='row'>{band.start} to {end} % sure</th>"
        f"<td class='n'>{band.n}</td><td class='n'>{right} ({band.right} %)</td></tr>"
    )


def _curve(calibration: Calibration) -> str:
    """Draw the reliability curve: each band a circle, its size by how many judgements it holds."""
    circles = "".join(
        f"<circle class='band' cx='{_x(band.confidence)}' cy='{_y(band.right)}' r='{_radius(band.n)}'/>"
        for band in calibration.bands
    )
    spoken = "; ".join(f"at {band.confidence} % sure, {band.right} % right" for band in calibration.bands)
    marks = "".join(
        f"<text x='{_x(at)}' y='{_y(0) + 16}' text-anchor='middle'>{at}</text>"
        f"<text x='{_LEFT - 6}' y='{_y(at) + 4}' text-anchor='end'>{at}</text>"
        for at in (0, 50, 100)
    )
    return (
        f"<svg class='curve' viewBox='0 0 {_SIDE + 52} {_SIDE + 50}' role='img'"
        f" aria-label='How often you were right by how sure you were: {spoken}. On the dashed line the two are equal.'>"
        f"<rect class='frame' x='{_LEFT}' y='{_TOP}' width='{_SIDE}' height='{_SIDE}'/>"
        f"<line class='even' x1='{_x(0)}' y1='{_y(0)}' x2='{_x(100)}' y2='{_y(100)}'/>{circles}{marks}"
        f"<text x='{_x(50)}' y='{_y(0) + 33}' text-anchor='middle'>% sure</text>"
        f"<text x='{_LEFT + 6}' y='{_TOP + 16}'>% right</text></svg>"
    )


def _x(percent: int) -> int:
    return _LEFT + percent * _SIDE // 100


def _y(percent: int) -> int:
    return _TOP + _SIDE - percent * _SIDE // 100


def _radius(count: int) -> float:
    least, most = _ROUND
    return round(least + (most - least) * min(1, (count - 1) / 11), 1)
