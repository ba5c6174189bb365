"""The verb ``report``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindbody.course.grading import CourseError
from mindbody.course.verbs import Verb, add_verb, course_dir

if TYPE_CHECKING:
    from mindbody.statistics.agreement import AgreementTables

FOLDER = "report"


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verb to the command line; see ``mindbody.course.commands.register``."""
    report = add_verb(
        verbs,
        "report",
        "write one page on how the course is going: who and what needs you, objectives, items, fairness",
        "Writes exercises/report/report.html, a page for any browser, and its tables as CSV files for a spreadsheet."
        " It begins with what needs you this week. First answers, not last, feed the statistics of items; nothing about"
        " the class is shown below 20 trainees. It names trainees in one part and shows graded keys, so it is for you"
        " alone.",
    )
    report.add_argument("--out", type=Path, help="the folder to write into (default: exercises/report)")
    report.add_argument(
        "--without-names", action="store_true", help="leave out the part that names trainees, to show it to colleagues"
    )
    report.add_argument("--roster", type=Path, help="for names (default: exercises/roster.csv if there is one)")
    return {"report": _report}


def _report(chosen: argparse.Namespace) -> int:
    from datetime import datetime

    from tqdm import tqdm

    from mindbody.course.commands import BAR
    from mindbody.course.roster import FILE, read_roster
    from mindbody.curriculum import load
    from mindbody.report.course import study_course
    from mindbody.report.files import write
    from mindbody.report.gather import assignments

    folder = course_dir()
    curriculum = load(folder.parent)
    listed = assignments(folder)
    roster = chosen.roster or (folder / FILE if (folder / FILE).is_file() else None)
    names = {one.id: one.name for one in read_roster(roster).trainees.values()} if roster else {}
    with tqdm(total=len(listed), desc="Studying", bar_format=BAR) as bar:
        course = study_course(
            folder,
            curriculum,
            names=names,
            raters=lambda name: _agreement(folder, name),
            done=lambda _: bar.update(),
        )
    out = chosen.out or folder / FOLDER
    page = write(course, out, datetime.now().astimezone(), named=not chosen.without_names)
    print(f"{page}: open it in a browser. Its tables: {out / 'tables'}")
    return 0


def _agreement(folder: Path, assignment: str) -> AgreementTables | None:
    from mindbody.course.agree import agreement_tables

    try:
        return agreement_tables(folder, assignment)
    except CourseError:  # no gradebook yet, so nobody has marked anything, once or twice
        return None
