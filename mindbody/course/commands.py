"""The verbs of the course: ``course``, ``collect``, ``mark``, ``feedback``, ``grades`` and ``lab``.

Written for instructors who never saw nbgrader. Each is one step of the same story, in this order.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from mindbody.course.grading import KEPT, CourseError
from mindbody.course.verbs import Verb
from mindbody.course.verbs import add_assignment as _assignment
from mindbody.course.verbs import add_verb as _verb
from mindbody.course.verbs import course_dir as _folder

if TYPE_CHECKING:
    from mindbody.course.pool import Workers

BAR = "{desc}: {n_fmt} of {total_fmt} |{bar}| {elapsed}, {remaining} to go"

MOST_NAMED = 300
"""Trainees up to whom each has a line of her own."""
REFUSED = 3
"""The status to exit with when the command did its work and some submissions were refused; 2 is argparse's."""


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verbs to the command line.

    Parameters
    ----------
    verbs
        What ``ArgumentParser.add_subparsers`` returned.

    Returns
    -------
    dict
        Verb -> what runs it; each returns the status to exit with and raises ``CourseError`` with a sentence.
    """
    course = _verb(
        verbs,
        "course",
        "make the course: notebooks for JupyterLab, and the tables that answers are marked by",
        "Writes exercises/source (with keys, for you) and has nbgrader make exercises/release (without, for trainees)."
        " Run it before the first submission and again after every edit of the bank or the keys. Trainees who work in"
        " the book's pages need nothing of it; you do, since submissions are marked by its tables.",
    )
    course.add_argument(
        "--mend-keys",
        action="store_true",
        help="a key was wrong: change what earns points without a new version, though answers were handed in;"
        " `mindbody mark` then marks everybody anew",
    )
    collect = _verb(
        verbs,
        "collect",
        "take in submissions: zips from the page, from Moodle or from Canvas",
        "Takes answers and nothing else: no file of a trainee's is opened as anything but data. Keeps a copy of each"
        " submission, takes the latest of each trainee, and says of every other why not.",
    )
    _assignment(collect)
    collect.add_argument("downloads", type=Path, nargs="?", help="the folder, or the one zip, that you downloaded")
    _exchange(collect)
    collect.add_argument(
        "--roster", type=Path, help="a CSV file of your trainees (default: exercises/roster.csv if there is one)"
    )
    mark = _verb(
        verbs,
        "mark",
        "mark a class: take in the downloads if you name them, mark, and write the pages that can be written",
        "Marks every submission that is new or changed, without running anything in it, and says how each stands:"
        " marked; waiting for you to score its written work in Formgrader (`mindbody lab`); refused, with the reason;"
        " fed back. A page goes to whoever has nothing waiting; run this again when you have scored the rest, or have"
        " `mindbody feedback` write everybody's. Scores that you gave stay when you mark again, and you are asked"
        " again only where the text changed. Stopped, by Ctrl+C, a power cut or whatever else? Run the same command"
        " again: it does the rest. Every step is noted in exercises/.mindbody/journal/ASSIGNMENT.jsonl. Ends with 0"
        " when all is well, 1 when the command failed, 3 when some were refused or could not be marked, 130 after"
        " Ctrl+C.",
    )
    _assignment(mark, "the chapter's assignment, e.g. 02-medicine; `all` marks whatever has been handed in")
    mark.add_argument(
        "downloads", type=Path, nargs="?", help="take these in first, as `mindbody collect` does: a folder, or one zip"
    )
    _exchange(mark)
    mark.add_argument("--roster", type=Path, help="a CSV file of your trainees, for taking in")
    mark.add_argument("--all", action="store_true", help="mark everybody anew, also what has not changed")
    mark.add_argument("--no-feedback", action="store_true", help="write no pages")
    mark.add_argument("--book", default="", help="the book's address, for links into it from the pages")
    _where(mark)
    feedback = _verb(
        verbs,
        "feedback",
        "write a page for each trainee: points, gates, your comments, what to re-read",
        "Writes exercises/feedback/TRAINEE/ASSIGNMENT/ASSIGNMENT.html, a page without script that shows no key of a"
        " graded exercise until you say so (mindbody release). Hand them out with `mindbody handout`, or on a hub with"
        " `nbgrader release_feedback`.",
    )
    _assignment(feedback)
    feedback.add_argument("students", nargs="*", metavar="TRAINEE", help="only these (default: everybody)")
    feedback.add_argument("--book", default="", help="the book's address, for links into it")
    _where(feedback)
    grades = _verb(
        verbs,
        "grades",
        "write the grades of all assignments as a table",
        "One line a trainee and assignment: practice mark, completion, graded points, written points, gates. Practice"
        " and gates stand beside the points; their weight is yours to decide. Safe to open in a spreadsheet.",
    )
    grades.add_argument(
        "--for",
        dest="platform",
        choices=["moodle", "canvas"],
        help="instead: one line a trainee and one column an assignment, for the import of this learning platform",
    )
    grades.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ASSIGNMENT=NAME",
        help="with --for: what the platform calls an assignment (default: its title)",
    )
    grades.add_argument(
        "--out", type=Path, help="the file (default: exercises/grades.csv); ends it in .xlsx, it is a spreadsheet"
    )
    grades.add_argument("--roster", type=Path, help="for names, and for those who handed in nothing")
    lab = _verb(
        verbs,
        "lab",
        "open JupyterLab on the course: Formgrader for you, the trainees' notebooks to try",
        "Formgrader is in the menu Nbgrader. The notebooks as trainees get them lie in exercises/trainee; what you"
        " answer there stays there. Ends with Ctrl+C.",
    )
    lab.add_argument("--no-browser", action="store_true", help="only say the address")
    lab.add_argument("--marker", metavar="NAME", help="open what `mindbody second` laid out for this second marker")
    return {
        "course": _course,
        "collect": _collect,
        "mark": _mark,
        "feedback": _feedback,
        "grades": _grades,
        "lab": _lab,
    }


def _exchange(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--exchange",
        action="store_true",
        help="take in what trainees submitted in JupyterLab, from nbgrader's exchange",
    )


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes to mark in (default: one a processor; 1: none beside this)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="mark on a Dask cluster, e.g. tcp://10.0.0.1:8786, whose workers have this package and see this folder",
    )


def _course(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock
    from mindbody.course.release import course_folder, make_course
    from mindbody.curriculum import load

    curriculum = load()
    folder = course_folder(curriculum.root)
    # nbgrader takes a release away before it makes it anew, which whoever marks just then would stumble over.
    with course_lock(folder, "making the course"):
        making = make_course(curriculum, mend_keys=chosen.mend_keys)
        for made in tqdm(making, "Making the course", len(curriculum.taught), bar_format=BAR):
            tqdm.write(f"  {made.assignment}: {made.title}, {made.items} exercises")
    print(f"Trainees get {folder / 'release'}. Next: mindbody collect ASSIGNMENT FOLDER")
    return 0


def _collect(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock

    folder = _folder()
    if not chosen.downloads and not chosen.exchange:
        raise CourseError("name the folder, or the zip, that you downloaded (or say --exchange)")
    with course_lock(folder, f"collecting {chosen.assignment}"):
        refused = _take_in(folder, chosen.assignment, chosen)
    print(f"Next: mindbody mark {chosen.assignment}")
    return REFUSED if refused else 0


def _take_in(folder: Path, assignment: str, chosen: argparse.Namespace) -> int:
    """Take in what was chosen, and return how many submissions were refused."""
    refused = _from_exchange(folder, assignment) if chosen.exchange else 0
    return refused + (_from_downloads(folder, assignment, chosen.downloads, chosen.roster) if chosen.downloads else 0)


def _from_exchange(folder: Path, assignment: str) -> int:
    """Have nbgrader collect, with our own door, and say what did not pass it."""
    from mindbody.course import journal
    from mindbody.course.reader import shown
    from mindbody.course.release import nbgrader

    said = re.findall(r"\| WARNING\] (.*)", nbgrader(folder, "collect", assignment, "--update"))
    refused = [shown(line, 300) for line in said if line.endswith(": left where it is") or ": not collected" in line]
    for line in refused:
        print(f"! {line}")
    journal.note(
        folder, assignment, ({"trainee": None, "state": "refused", "reason": line, "look": True} for line in refused)
    )
    there = sum(1 for _ in (folder / "submitted").glob(f"*/{assignment}"))
    print(f"Submissions in the course: {there}. Refused in the exchange: {len(refused)}.")
    return len(refused)


def _from_downloads(folder: Path, assignment: str, downloads: Path, roster: Path | None) -> int:
    """Collect, say what became of each file, and return how many were refused."""
    from mindbody.course import journal
    from mindbody.course.intake import collect

    found = collect(folder, assignment, downloads, roster)
    for result in found:
        sign = "!" if result.conflict or result.state == "refused" else " "
        print(f"{sign} {result.message}")
    journal.note(
        folder,
        assignment,
        (
            {"trainee": one.student, "state": one.state, "file": one.file, "reason": one.message, "look": one.conflict}
            for one in found
        ),
    )
    counts = {state: sum(result.state == state for result in found) for state in ("collected", "unchanged", "refused")}
    print(f"{counts['collected']} collected, {counts['unchanged']} unchanged, {counts['refused']} refused.")
    return counts["refused"]


def _mark(chosen: argparse.Namespace) -> int:
    from mindbody.course.batch import handed_in
    from mindbody.course.lock import course_lock

    folder = _folder()
    workers = _workers(chosen)
    status = 0
    with course_lock(folder, f"marking {chosen.assignment}"):
        if chosen.assignment == "all":
            if chosen.downloads or chosen.exchange:
                raise CourseError("name the assignment that is to be taken in: `all` only marks")
            assignments = handed_in(folder)
            if not assignments:
                raise CourseError("nobody has handed in anything: run `mindbody collect ASSIGNMENT FOLDER` first")
        else:
            assignments = [chosen.assignment]
        try:
            for assignment in assignments:
                status = max(status, _mark_assignment(chosen, folder, assignment, workers))
        except KeyboardInterrupt:
            print(
                "\nStopped. What is marked is kept; run the same command again, and it does the rest.", file=sys.stderr
            )
            return 130
    return status


def _workers(chosen: argparse.Namespace) -> Workers | None:
    from mindbody.course.pool import Cluster, Processes, available

    if chosen.workers is not None and chosen.workers < 1:
        raise CourseError("--workers: give 1 or more")
    if chosen.scheduler:
        return Cluster(chosen.scheduler)
    return Processes(chosen.workers) if (chosen.workers or available()) > 1 else None


def _mark_assignment(chosen: argparse.Namespace, folder: Path, assignment: str, workers: Workers | None) -> int:
    from mindbody.course.batch import Batch, Summary
    from mindbody.course.grading import Tables

    Tables.read(folder, assignment)
    refused = _take_in(folder, assignment, chosen)
    if not any((folder / "submitted").glob(f"*/{assignment}")):
        raise CourseError(f"nobody has handed in {assignment}: run `mindbody collect {assignment} FOLDER` first")
    batch = Batch(folder, assignment, workers, everybody=chosen.all, **_when_late(folder, assignment))
    summary = Summary(assignment)
    tqdm.monitor_interval = 0  # its thread would stand in the way of starting processes
    with tqdm(desc="Marking", bar_format=BAR, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        for one in batch.mark(progress):
            summary.add(one)
    if not chosen.no_feedback:
        with tqdm(total=len(summary.ready), desc="Writing pages", bar_format=BAR, leave=False) as bar:
            for written in batch.feed_back(summary.ready, book=chosen.book):
                summary.page(written)
                bar.update()
    for line in summary.lines():
        print(line)
    if summary.counts["waiting"]:
        print(f"Next: mindbody lab (Formgrader), then mindbody mark {assignment} again")
    return REFUSED if refused or summary.counts["refused"] or summary.counts["failed"] or summary.unwritten else 0


def _when_late(folder: Path, assignment: str) -> dict[str, Any]:
    """Return what the course's settings say of being late, as a batch asks for it."""
    from mindbody.course.settings import late_penalty
    from mindbody.reading import read_course

    return {"due": read_course(folder.parent).due.get(assignment), "penalty": late_penalty(folder)}


def _feedback(chosen: argparse.Namespace) -> int:
    from mindbody.course.batch import Batch
    from mindbody.course.feedback import handed_in
    from mindbody.course.grading import Tables
    from mindbody.course.lock import course_lock

    folder = _folder()
    with course_lock(folder, f"writing feedback for {chosen.assignment}"):
        Tables.read(folder, chosen.assignment)
        students = chosen.students or handed_in(folder, chosen.assignment)
        if not students:
            raise CourseError(f"nobody has handed in {chosen.assignment}: collect it first")
        batch = Batch(folder, chosen.assignment, _workers(chosen), **_when_late(folder, chosen.assignment))
        batch.settle()
        written = unwritten = 0
        tqdm.monitor_interval = 0  # its thread would stand in the way of starting processes
        with tqdm(total=len(students), desc="Writing pages", bar_format=BAR, leave=False) as bar:
            for result in batch.feed_back(students, book=chosen.book):
                bar.update()
                written += bool(result.path)
                unwritten += not result.path
                if not result.path or len(students) <= MOST_NAMED:
                    bar.write(f"{' ' if result.path else '!'} {result.message}")
    print(f"{written} pages in {folder / 'feedback'}. Next: mindbody grades")
    return REFUSED if unwritten else 0


def _grades(chosen: argparse.Namespace) -> int:
    from mindbody.course.export import grades

    folder = _folder()
    _settle_all(folder)
    if chosen.platform:
        from mindbody.course.lms import column_names, grades_for

        out = chosen.out or folder / f"grades-{chosen.platform}.csv"
        names = column_names(chosen.column)
        count = grades_for(folder, chosen.platform, out, roster=chosen.roster, names=names)
        print(f"{count} trainees in {out}. Empty is what is not wholly marked yet.")
        return 0
    out = chosen.out or folder / "grades.csv"
    count = grades(folder, out, chosen.roster)
    print(f"{count} lines in {out}")
    return 0


def _settle_all(folder: Path) -> None:
    """Take off for being late what it costs now that written work has been scored since `mindbody mark`."""
    from mindbody.course.batch import Batch, handed_in
    from mindbody.course.gradebook import sqlite_file
    from mindbody.course.settings import gradebook_address

    book = sqlite_file(gradebook_address(folder))
    if book and not book.is_file():
        return  # nobody is marked yet, and the table says so of each
    for assignment in handed_in(folder):
        Batch(folder, assignment, **_when_late(folder, assignment)).settle()


def _lab(chosen: argparse.Namespace) -> int:
    from mindbody.course.release import CONFIG, environment, lay_out_for_trainee, make_course
    from mindbody.course.second import second_folder
    from mindbody.curriculum import load

    folder = _folder()
    if chosen.marker:
        folder = second_folder(folder, chosen.marker)
        if not (folder / CONFIG).is_file():
            raise CourseError(f"{folder} is missing: run `mindbody second ASSIGNMENT --marker {chosen.marker}` first")
        print("Formgrader: menu Nbgrader > Formgrader, then Manual Grading. Ctrl+C ends it.")
    else:
        if not (folder / KEPT / "tables").is_dir():
            print("Making the course first ...", flush=True)
            list(make_course(load()))
        lay_out_for_trainee(folder, folder / "trainee")
        print("Formgrader: menu Nbgrader > Formgrader. Notebooks as trainees get them: folder trainee. Ctrl+C ends it.")
    command = [sys.executable, "-m", "jupyterlab", *(["--no-browser"] if chosen.no_browser else [])]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container there is often nobody else
    os.chdir(folder)
    os.execve(sys.executable, command, environment())  # noqa: S606  (our own arguments, no shell)
