"""The verbs of second marking: ``second`` lays texts out for another instructor, ``agree`` compares and settles."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindbody.course.grading import CourseError
from mindbody.course.reader import shown
from mindbody.course.verbs import Verb, add_assignment, add_verb, course_dir

if TYPE_CHECKING:
    from mindbody.course.agree import Standing
    from mindbody.statistics.agreement import AgreementTables

STORY = """\
second marking, step by step:
  mindbody second 07-conflict --marker bo     lay the written work out for Bo, without your marks
  mindbody lab --marker bo                    Bo scores it in Formgrader, as you do yours in `mindbody lab`
  mindbody agree 07-conflict                  compare; what is more than one level apart is listed to be discussed
  mindbody agree 07-conflict --record FILE    enter what you two agreed on; both first opinions are kept
"""


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verbs to the command line; see ``commands.register``."""
    second = add_verb(
        verbs,
        "second",
        "lay written work out for a second marker, who sees nothing of the first marks",
        "Makes exercises/second/NAME, a small course of the second marker's own: each text with its task, the criteria"
        " and their levels, and no score or comment of anybody else. She opens it with `mindbody lab --marker NAME`."
        " Run it again when texts came in or changed; what she has marked stays, and of a text that changed she is"
        " asked again. On one computer this keeps marks out of sight, not under lock: whoever may read your files can"
        " open your gradebook.",
        STORY,
    )
    add_assignment(second, "the chapter's assignment, e.g. 07-conflict; it has been marked once")
    second.add_argument("trainees", nargs="*", metavar="TRAINEE", help="only their texts (default: everybody's)")
    second.add_argument("--marker", required=True, metavar="NAME", help="the second marker, e.g. bo")
    second.add_argument("--sample", type=float, metavar="SHARE", help="only a random share of the texts, e.g. 0.2")
    second.add_argument("--seed", type=int, default=0, help="another seed draws another sample (default: 0)")
    second.add_argument("--blind-names", action="store_true", help="show codes in place of the trainees' names")
    agree = add_verb(
        verbs,
        "agree",
        "compare two markers: what to discuss, what was agreed, how far they agree",
        "Lists the criteria on which the two lie more than one level apart, and writes everything on which they differ"
        " to a table with the text beside it. Talk, fill in its column “agreed”, and hand the file back with --record:"
        " the agreed mark becomes the trainee's, and what each of you gave first is kept beside it for ever. Where you"
        " leave the column empty the first mark stands.",
        STORY,
    )
    add_assignment(agree, "the chapter's assignment, e.g. 07-conflict")
    agree.add_argument("--out", type=Path, help="the table to write (default: exercises/second/agree-ASSIGNMENT.csv)")
    agree.add_argument("--record", type=Path, metavar="FILE", help="enter the agreed marks of a filled-in table")
    return {"second": _second, "agree": _agree}


def _second(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock
    from mindbody.course.second import lay_out

    folder = course_dir()
    with course_lock(folder, f"laying out {chosen.assignment} for {shown(chosen.marker, 40)}"):
        laid = lay_out(
            folder,
            chosen.assignment,
            chosen.marker,
            sample=chosen.sample,
            seed=chosen.seed,
            students=chosen.trainees,
            blind_names=chosen.blind_names,
        )
    print(f"{laid.folder}: {len(laid.fresh)} new, {len(laid.kept)} as before, {len(laid.changed)} changed since.")
    if laid.changed:
        print(f"To be marked again, since the text changed: {', '.join(laid.changed)}")
    if laid.without_text:
        print(f"Wrote nothing, so not given: {', '.join(laid.without_text)}")
    print(f"Next: mindbody lab --marker {chosen.marker} (Formgrader), then mindbody agree {chosen.assignment}")
    return 0


def _agree(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock

    folder = course_dir()
    with course_lock(folder, f"comparing the marks of {shown(chosen.assignment, 40)}"):
        return _compare(chosen, folder)


def _compare(chosen: argparse.Namespace, folder: Path) -> int:
    from mindbody.course.agree import agreement_tables, default_sheet, record, standing, write_sheet

    assignment = chosen.assignment
    if chosen.record:
        count = record(folder, assignment, chosen.record)
        print(f"{count} agreed {'mark' if count == 1 else 'marks'} recorded; what each marker gave first is kept.")
        print(f"Next: mindbody feedback {assignment}")
        return 0
    found = standing(folder, assignment)
    if not found.both:
        raise CourseError(
            f"{assignment}: no criterion has two marks of the present text yet"
            f" ({found.waiting_first} wait for the first marker, {found.waiting_second} for the second):"
            f" run `mindbody second {assignment} --marker NAME`, then let both score in Formgrader"
        )
    sheet = chosen.out or default_sheet(folder, assignment)
    for line in _said(found, agreement_tables(folder, assignment)):
        print(line)
    if found.open:
        write_sheet(folder, assignment, found.open, sheet)
        print(f"Next: fill in the column “agreed” of {sheet}, then mindbody agree {assignment} --record {sheet}")
    else:
        print(f"Nothing is left to settle. Next: mindbody feedback {assignment}")
    return 0


def _said(found: Standing, tables: AgreementTables) -> Iterator[str]:
    discuss = [one for one in found.open if one.discuss]
    settled = sum(one.agreed is not None for one in found.both)
    yield (
        f"{len(found.both)} criteria have two marks: {sum(not one.difference for one in found.both)} equal,"
        f" {len(found.open) - len(discuss)} within one level, {len(discuss)} to discuss, {settled} agreed."
    )
    if found.waiting_first or found.waiting_second:
        yield f"Not yet marked: {found.waiting_first} by the first marker, {found.waiting_second} by the second."
    if discuss:
        yield ""
        yield "To discuss (more than one level apart, or at the two ends of the scale):"
        yield from _columns(
            [("trainee", "criterion", "first", "second", "of"), *(
                (one.trainee, f"{one.criterion} {one.label}", f"{one.first.points:g}", f"{one.second.points:g}",
                 f"{one.max:g}")
                for one in discuss
            )]
        )  # fmt: skip
    yield ""
    yield f"How far {_names(tables.first_markers)} and {_names(tables.second_markers)} agree, each alone:"
    yield from (f"  ! {warning}" for warning in tables.warnings)
    for total in tables.totals:
        yield f"  {total.task}, total of {total.max:g}: {total.words}"
    for criterion in tables.criteria:
        kappa = "–" if criterion.kappa.value is None else f"{criterion.kappa.value:.2f}"
        yield f"  {criterion.criterion} {criterion.label} (weighted kappa {kappa}): {criterion.words}"
    yield from (f"  {month.words}" for month in tables.months if month.flagged)
    yield ""


def _columns(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _names(names: Iterable[str]) -> str:
    return " and ".join(names) or "nobody"
