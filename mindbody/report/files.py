"""Writes the report: the page, and each of its tables as a CSV file that no spreadsheet takes for formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mindbody.course.export import replace_file
from mindbody.course.export import table as csv_table
from mindbody.course.grading import CourseError
from mindbody.report import raters
from mindbody.report.advice import flags
from mindbody.report.course import CourseStudy
from mindbody.report.page import render
from mindbody.report.study import right
from mindbody.statistics.items import FEWEST, Estimate

PAGE = "report.html"
NAMED = ("conversations.csv",)
"""Tables with names; left out of an aggregate report, and removed from its folder."""

Rows = list[Sequence[object]]


def write(course: CourseStudy, out: Path, made: datetime, *, named: bool = True) -> Path:
    """Write ``report.html`` and ``tables/*.csv``.

    Parameters
    ----------
    course
        What was found.
    out
        The folder; made where there is none, and files of an earlier report in it are replaced.
    made
        When, for the page's head.
    named
        Whether to write the part that names trainees.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    CourseError
        If a file cannot be written.
    """
    files = {f"tables/{name}": csv_table(rows) for name, rows in tables(course).items() if named or name not in NAMED}
    files[PAGE] = render(course, made, named=named).encode()
    try:
        (out / "tables").mkdir(parents=True, exist_ok=True)
        for name in () if named else NAMED:
            (out / "tables" / name).unlink(missing_ok=True)
    except OSError as error:
        raise CourseError(
            f"{error.filename or out} cannot be written ({error.strerror}): close it, or name another folder with --out"
        ) from None
    for name, data in files.items():
        replace_file(out / name, data)
    return out / PAGE


def tables(course: CourseStudy) -> Mapping[str, Rows]:
    """Return every table of the report, file name -> rows with a heading; what the page hides is blank."""
    found: dict[str, Rows] = {
        "conversations.csv": [
            ["trainee", "name", "graded_gates_not_passed", "sure_and_wrong_on_safety"],
            *(
                [one.student, one.name, "; ".join(one.gates), "; ".join(one.sure_and_wrong)]
                for one in course.conversations
            ),
        ],
        "objectives.csv": _objectives(course),
        "gates.csv": [
            ["gate", "title", "counts", "passed", "not_passed", "not_answered"],
            *(
                [one.gate, one.title, "graded" if one.graded else "practice", one.passed, one.failed, one.open]
                for one in course.gates
            ),
        ],
        "items.csv": _items(course),
        "options.csv": _options(course),
        "placements.csv": _placements(course),
        "reliability.csv": _reliability(course),
        "calibration.csv": _calibration(course),
        "deciles.csv": [
            ["from_per_cent", "mean_confidence", "right", "low", "high", "n"],
            *([one.start, _number(one.confidence), *_estimate(one.right), one.right.n] for one in course.deciles),
        ],
        "groups.csv": [
            ["by", "group", "trainees", "graded_share", "low", "high"],
            *([one.by, one.group, one.n, *_estimate(one.graded)] for one in course.groups),
        ],
        "differences.csv": [
            ["by", "group", "assignment", "item", "version", "title", "earned", "difference_at_equal_score", "n"],
            *(
                [
                    d.by,
                    d.group,
                    d.assignment,
                    d.item,
                    d.version,
                    d.title,
                    _number(d.mean),
                    _number(d.difference.value),
                    d.difference.n,
                ]
                for study in course.studies
                for d in study.differences
            ),
        ],
        "raters.csv": [raters.HEAD, *raters.rows(course.raters)],
        "drift.csv": [
            ["assignment", "month", "marker", "texts", "second_minus_first", "over_1.5_points", "words"],
            *raters.drift(course.raters),
        ],
        "written.csv": [
            ["assignment", "item", "title", "criterion", "label", "share", "low", "high", "marked", "waiting"],
            *(
                [w.assignment, w.item, w.title, w.criterion, w.label, *_estimate(w.given), w.given.n, w.waiting]
                for w in course.written
            ),
        ],
    }
    return found


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _estimate(found: Estimate) -> list[object]:
    return [_number(found.value), _number(found.low), _number(found.high)]


def _objectives(course: CourseStudy) -> Rows:
    head = ["objective", "chapter", "text", "first_try", "first_low", "first_high", "first_n"]
    rows: Rows = [[*head, "graded", "graded_low", "graded_high", "graded_n", "trainees_with_60_per_cent"]]
    for one in course.mastery:
        rows.append(
            [
                one.objective,
                one.chapter,
                one.text,
                *_estimate(one.first),
                one.first.n,
                *_estimate(one.graded),
                one.graded.n,
                _number(one.reached),
            ]
        )
    return rows


def _items(course: CourseStudy) -> Rows:
    head = [
        "assignment",
        "item",
        "version",
        "current",
        "title",
        "kind",
        "mode",
        "safety",
        "n",
        "difficulty",
        "low",
        "high",
    ]
    head += ["item_rest", "item_rest_low", "item_rest_high", "upper_lower_27", "median_seconds", "under_a_third"]
    rows: Rows = [[*head, "said_how_sure", "sure", "sure_and_wrong", "flags", "why_hidden"]]
    for study in course.studies:
        raised: dict[tuple[str, int], list[str]] = {}
        for flag in flags(study):
            raised.setdefault((flag.item.name, flag.item.version), []).append(flag.kind)
        for item in study.items:
            shown = item.difficulty.value is not None
            rows.append(
                [
                    item.assignment,
                    item.item,
                    item.version,
                    "yes" if item.current else "no",
                    item.title,
                    item.kind,
                    item.mode,
                    "yes" if item.safety else "no",
                    item.difficulty.n,
                    *_estimate(item.difficulty),
                    *_estimate(item.discrimination),
                    _number(item.tails.value),
                    _number(item.seconds),
                    _number(item.hasty),
                    *((item.sure_n, item.sure, item.sure_wrong) if shown else (None, None, None)),
                    "; ".join(raised.get((item.name, item.version), ())),
                    item.difficulty.said,
                ]
            )
    return rows


def _options(course: CourseStudy) -> Rows:
    head = ["assignment", "item", "version", "field", "option", "words", "credit", "n", "all"]
    return [[*head, "weakest_third", "middle_third", "strongest_third"], *_chosen(course, placements=False)]


def _placements(course: CourseStudy) -> Rows:
    head = ["assignment", "item", "version", "slot", "placement", "words", "credit", "n", "all"]
    return [[*head, "weakest_third", "middle_third", "strongest_third"], *_chosen(course, placements=True)]


def _chosen(course: CourseStudy, *, placements: bool) -> Iterator[list[object]]:
    for item in (item for study in course.studies for item in study.items):
        if bool(item.excerpts) is not placements:
            continue
        for one in item.options:
            credit = "key" if right(one) else _number(one.credit / 100) if one.credit is not None else None
            yield [
                *(item.assignment, item.item, item.version, one.field, one.atom, one.label, credit, one.n),
                _number(one.share),
                *(_number(third) for third in one.thirds or (None, None, None)),
            ]


def _reliability(course: CourseStudy) -> Rows:
    head = ["part", "counts", "n", "parts", "alpha", "alpha_low", "alpha_high", "omega", "omega_low", "omega_high"]
    rows: Rows = [[*head, "standard_deviation", "standard_error_of_measurement", "why_hidden"]]
    for part in course.parts:
        found = part.found
        rows.append(
            [
                part.label,
                "yes" if part.counts else "no",
                found.n,
                found.items,
                *_estimate(found.alpha),
                *_estimate(found.omega),
                _number(found.deviation),
                _number(found.error),
                found.alpha.said,
            ]
        )
    return rows


def _calibration(course: CourseStudy) -> Rows:
    rows: Rows = [["assignment", "answers", "mean_confidence", "right", "gap", "brier"]]
    for name, one in [*course.calibrations.items(), ("all", course.calibration)]:
        shown = one.n >= FEWEST
        rows.append(
            [
                name,
                one.n,
                *((one.confidence, one.right, one.gap, one.brier / 1000) if shown else (None, None, None, None)),
            ]
        )
    return rows
