"""Small plots as inline SVG, drawn by the page's own style: dark mode, print and greyscale come of themselves.

No script, no ``style`` attribute (the page's policy forbids both). Each plot has a name for those who cannot see it,
and stands beside a table with the same figures.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mindbody.report.course import Decile
from mindbody.statistics.items import Estimate

SIDE, LEFT, BOTTOM, TOP, RIGHT = 260, 62, 42, 12, 14


@dataclass(frozen=True)
class Point:
    """A point of a scatter plot; ``kind`` is its shape: ``plain`` or ``flagged``."""

    x: float
    y: float
    name: str
    kind: str = "plain"


def interval(found: Estimate, other: float | None = None, bound: float | None = None) -> str:
    """Draw an estimate with its interval on a line from 0 to 1.

    Parameters
    ----------
    found
        With a value.
    other
        A second figure, an open ring: what it was before.
    bound
        A bound to compare with, a thin line across.
    """
    parts = ['<line class="axis" x1="0" x2="100" y1="8" y2="8"/>']
    if bound is not None:
        parts.append(f'<line class="bound" x1="{_at(bound)}" x2="{_at(bound)}" y1="0" y2="16"/>')
    if found.value is not None:
        if found.low is not None and found.high is not None:
            parts.append(f'<line class="span" x1="{_at(found.low)}" x2="{_at(found.high)}" y1="8" y2="8"/>')
        if other is not None:
            # A line without length and with a round cap is a dot at any width.
            parts.append(f'<line class="ring" x1="{_at(other)}" x2="{_at(other)}" y1="8" y2="8"/>')
            parts.append(f'<line class="hole" x1="{_at(other)}" x2="{_at(other)}" y1="8" y2="8"/>')
        parts.append(f'<line class="dot" x1="{_at(found.value)}" x2="{_at(found.value)}" y1="8" y2="8"/>')
    return _strip(parts)


def deviation(value: float, bound: float) -> str:
    """Draw a difference from nothing, on a line from minus to plus twice a bound that is drawn on both sides."""
    at = _at(0.5 + value / (4 * bound))
    lines = (("axis", 0.0, 1.0, 8), ("bound", 0.25, 0.25, 0), ("bound", 0.75, 0.75, 0), ("axis", 0.5, 0.5, 0))
    parts = [
        f'<line class="{name}" x1="{_at(left)}" x2="{_at(right)}" y1="{top}" y2="{top or 16}"/>'
        for name, left, right, top in lines
    ]
    return _strip([*parts, f'<line class="dot" x1="{at}" x2="{at}" y1="8" y2="8"/>'])


def _strip(parts: Sequence[str]) -> str:
    return (
        '<svg class="line" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _at(share: float) -> str:
    return f"{100 * min(1.0, max(0.0, share)):.1f}"


def scatter(points: Iterable[Point], *, name: str, x: str, y: str, bounds: Sequence[float] = ()) -> str:
    """Draw points with x in [0, 1] and y in [-0.4, 1]; ``bounds`` are values of y with a thin line."""
    low, high = -0.4, 1.0
    body = [_frame(x, y, low=low, up=(-0.25, 0, 0.25, 0.5, 0.75, 1))]
    for bound in bounds:
        at = _y(bound, low, high)
        body += [f'<line class="bound" x1="{LEFT}" x2="{LEFT + SIDE}" y1="{at}" y2="{at}"/>']
    for point in sorted(points, key=lambda one: one.kind, reverse=True):
        title = f"<title>{html.escape(point.name)}</title>"
        at_x, at_y = _x(point.x), _y(max(low, point.y), low, high)
        if point.kind == "flagged":
            body.append(f'<path class="flagged" d="M{at_x} {at_y - 6}l6 10h-12z">{title}</path>')
        else:
            body.append(f'<circle class="plain" cx="{at_x}" cy="{at_y}" r="4">{title}</circle>')
    return _figure(name, body)


def curve(deciles: Sequence[Decile], *, name: str) -> str:
    """Draw a reliability curve: share right against confidence, with intervals and the line where they are equal."""
    body = [_frame("Mean confidence, %", "Right, %", low=0, up=(0, 0.25, 0.5, 0.75, 1), percent=True)]
    body.append(f'<line class="bound" x1="{_x(0)}" y1="{_y(0, 0, 1)}" x2="{_x(1)}" y2="{_y(1, 0, 1)}"/>')
    seen = [one for one in deciles if one.right.value is not None]
    path = " ".join(f"{_x(one.confidence)},{_y(one.right.value or 0, 0, 1)}" for one in seen)
    body.append(f'<polyline class="curve" points="{path}"/>')
    for one in seen:
        at = _x(one.confidence)
        ends = _y(one.right.low or 0, 0, 1), _y(one.right.high or 0, 0, 1)
        body.append(f'<line class="span thin" x1="{at}" x2="{at}" y1="{ends[0]}" y2="{ends[1]}"/>')
        title = (
            f"<title>{100 * one.confidence:.0f} % sure, {100 * (one.right.value or 0):.0f} % right, n ="
            f" {one.right.n}</title>"
        )
        body.append(f'<circle class="plain" cx="{at}" cy="{_y(one.right.value or 0, 0, 1)}" r="4.5">{title}</circle>')
    return _figure(name, body)


def _frame(x: str, y: str, *, low: float, up: Sequence[float], percent: bool = False) -> str:
    high = 1.0
    parts = [f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>']
    for value in (0, 0.25, 0.5, 0.75, 1):
        label = f"{100 * value:.0f}"
        parts.append(f'<text x="{_x(value)}" y="{TOP + SIDE + 16}" text-anchor="middle">{label}</text>')
    for value in up:
        label = f"{100 * value:.0f}" if percent else f"{value:g}".replace("-", "−")
        parts.append(f'<text x="{LEFT - 6}" y="{_y(value, low, high) + 4}" text-anchor="end">{label}</text>')
    parts.append(
        f'<text class="name" x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 36}" text-anchor="middle">{html.escape(x)}</text>'
    )
    middle = TOP + SIDE / 2
    parts.append(
        f'<text class="name" x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">'
        f"{html.escape(y)}</text>"
    )
    return "".join(parts)


def _figure(name: str, body: Sequence[str]) -> str:
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM
    return (
        f'<svg class="plot" role="img" aria-label="{html.escape(name)}" viewBox="0 0 {width}'
        f' {height}">{"".join(body)}</svg>'
    )


def _x(value: float) -> float:
    return round(LEFT + SIDE * value, 1)


def _y(value: float, low: float, high: float) -> float:
    return round(TOP + SIDE * (high - value) / (high - low), 1)
