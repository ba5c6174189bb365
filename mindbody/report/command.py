"""The verb ``report``."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = "report"


def register(verbs: Any) -> dict[str, Callable[[argparse.Namespace], int]]:
    """Add the verb to the command line."""
    report = verbs.add_parser(
        "report",
        help="write one page on how the course is going: who and what needs you, objectives, items, fairness",
    )
    report.description = textwrap.fill(
        "Writes exercises/report/report.html, a page to read in any browser, and its tables as CSV files for a"
        " spreadsheet."
        " It begins with what needs you this week. First answers, not last, feed the statistics of items; nothing"
        " about the"
        " class is shown below 20 trainees. It names trainees in one part and shows graded keys, so it is for you"
        " alone.",
        100,
    )
    report.formatter_class = argparse.RawDescriptionHelpFormatter
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
    from mindbody.course.release import course_folder
    from mindbody.course.roster import FILE, read_roster
    from mindbody.curriculum import load
    from mindbody.report.course import study_course
    from mindbody.report.files import write
    from mindbody.report.gather import assignments

    curriculum = load()
    folder = course_folder(curriculum.root)
    roster = chosen.roster or (folder / FILE if (folder / FILE).is_file() else None)
    names = {one.id: one.name for one in read_roster(roster).trainees.values()} if roster else {}
    with tqdm(total=len(assignments(folder)), desc="Studying", bar_format=BAR) as bar:
        course = study_course(folder, curriculum, names=names, done=lambda _: bar.update())
    out = chosen.out or folder / FOLDER
    page = write(course, out, datetime.now().astimezone(), named=not chosen.without_names)
    print(f"{page}: open it in a browser. Its tables: {out / 'tables'}")
    return 0
