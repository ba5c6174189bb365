"""The verbs of the course: ``course``, ``collect``, ``mark``, ``feedback``, ``grades`` and ``lab``.

Written for instructors who never saw nbgrader. Each is one step of the same story, in this order.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from mindbody.course.grading import KEPT, CourseError

if TYPE_CHECKING:
    from mindbody.course.scores import Result

BAR = "{desc}: {n_fmt} of {total_fmt} |{bar}| {elapsed}, {remaining} to go"

Verb = Callable[[argparse.Namespace], int]

STORY = """\
the course, step by step:
  mindbody course                        make the notebooks and the marking tables (again after every edit)
  mindbody collect 02-medicine FOLDER    take in what trainees handed in: the zips of the page, as you downloaded them
  mindbody mark 02-medicine              mark them; written work is scored by you, in Formgrader (mindbody lab)
  mindbody feedback 02-medicine          write a page for each trainee
  mindbody grades                        write grades.csv for your learning platform
"""


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
    collect.add_argument("downloads", type=Path, help="the folder, or the one zip, that you downloaded")
    collect.add_argument(
        "--roster", type=Path, help="a CSV file of your trainees (default: exercises/roster.csv if there is one)"
    )
    mark = _verb(
        verbs,
        "mark",
        "mark what was collected (this runs `nbgrader autograde` with our plug-ins)",
        "Marks every submission that is new or changed, without running anything in it. Written work waits for you:"
        " open Formgrader (`mindbody lab`), score each criterion, comment if you like. Scores that you gave stay when"
        " you mark again; you are asked again only where the text changed. Interrupted? Run it again.",
    )
    _assignment(mark)
    mark.add_argument("--all", action="store_true", help="mark everybody anew, also what has not changed")
    feedback = _verb(
        verbs,
        "feedback",
        "write a page for each trainee: points, gates, your comments, what to re-read",
        "Writes exercises/feedback/TRAINEE/ASSIGNMENT/ASSIGNMENT.html, a page without script that shows no key of a"
        " graded exercise until you say so. Hand them out as files, or with `nbgrader release_feedback` on a hub.",
    )
    _assignment(feedback)
    feedback.add_argument("students", nargs="*", metavar="TRAINEE", help="only these (default: everybody)")
    feedback.add_argument(
        "--release-keys",
        action="store_true",
        help="also show the explanations of graded exercises, mark schemes and a model of written work: only when"
        " nobody will hand in this assignment any more",
    )
    feedback.add_argument("--book", default="", help="the book's address, for links into it")
    grades = _verb(
        verbs,
        "grades",
        "write the grades of all assignments as a table",
        "One line a trainee and assignment: practice mark, completion, graded points, written points, gates. Practice"
        " and gates stand beside the points; their weight is yours to decide. Safe to open in a spreadsheet.",
    )
    grades.add_argument("--out", type=Path, help="the file (default: exercises/grades.csv)")
    grades.add_argument("--roster", type=Path, help="for names, and for those who handed in nothing")
    lab = _verb(
        verbs,
        "lab",
        "open JupyterLab on the course: Formgrader for you, the trainees' notebooks to try",
        "Formgrader is in the menu Nbgrader. The notebooks as trainees get them lie in exercises/trainee; what you"
        " answer there stays there. Ends with Ctrl+C.",
    )
    lab.add_argument("--no-browser", action="store_true", help="only say the address")
    return {
        "course": _course,
        "collect": _collect,
        "mark": _mark,
        "feedback": _feedback,
        "grades": _grades,
        "lab": _lab,
    }


def _verb(verbs: Any, name: str, short: str, long: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = verbs.add_parser(
        name, help=short, description=long, epilog=STORY, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    import textwrap

    made.description = textwrap.fill(long, 100)
    return made


def _assignment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", help="the chapter's assignment, e.g. 02-medicine")


def _folder() -> Path:
    from mindbody.course.release import course_folder
    from mindbody.curriculum import find_root

    return course_folder(find_root())


def _course(chosen: argparse.Namespace) -> int:
    from mindbody.course.release import make_course
    from mindbody.curriculum import load

    curriculum = load()
    making = make_course(curriculum, mend_keys=chosen.mend_keys)
    for made in tqdm(making, "Making the course", len(curriculum.taught), bar_format=BAR):
        tqdm.write(f"  {made.assignment}: {made.title}, {made.items} exercises")
    folder = curriculum.root / "exercises"
    print(f"Trainees get {folder / 'release'}. Next: mindbody collect ASSIGNMENT FOLDER")
    return 0


def _collect(chosen: argparse.Namespace) -> int:
    from mindbody.course.intake import collect

    found = collect(_folder(), chosen.assignment, chosen.downloads, chosen.roster)
    for result in found:
        sign = "!" if result.conflict or result.state == "refused" else " "
        print(f"{sign} {result.message}")
    counts = {state: sum(result.state == state for result in found) for state in ("collected", "unchanged", "refused")}
    print(
        f"{counts['collected']} collected, {counts['unchanged']} unchanged, {counts['refused']} refused."
        f" Next: mindbody mark {chosen.assignment}"
    )
    return int(bool(counts["refused"]))


def _mark(chosen: argparse.Namespace) -> int:
    from mindbody.course.grading import Tables
    from mindbody.course.release import nbgrader
    from mindbody.course.scores import results

    folder = _folder()
    Tables.read(folder, chosen.assignment)
    waiting = sorted((folder / "submitted").glob(f"*/{chosen.assignment}"))
    if not waiting:
        raise CourseError(
            f"nobody has handed in {chosen.assignment}: run `mindbody collect {chosen.assignment} FOLDER` first"
        )
    began = time.time()
    with ThreadPoolExecutor(1) as pool, tqdm(total=len(waiting), desc="Marking", bar_format=BAR) as bar:
        marking = pool.submit(nbgrader, folder, "autograde", chosen.assignment, *(["--force"] if chosen.all else []))
        while not wait([marking], timeout=0.3).done:
            bar.update(_published(folder, chosen.assignment, began) - bar.n)
        marking.result()
        bar.update(len(waiting) - bar.n)
    for line in _summary(results(folder, chosen.assignment)):
        print(line)
    print(f"Next: mindbody lab (Formgrader), then mindbody feedback {chosen.assignment}")
    return 0


def _published(folder: Path, assignment: str, since: float) -> int:
    """Count the notebooks that nbgrader has written since a moment."""
    count = 0
    for path in (folder / "autograded").glob(f"*/{assignment}/{assignment}.ipynb"):
        with suppress(FileNotFoundError):
            count += path.stat().st_mtime >= since
    return count


def _summary(marked: Iterable[Result]) -> Iterable[str]:
    waiting = 0
    for result in marked:
        points, most = result.marked.graded
        gates = [gate.label for gate in result.marked.gates if gate.passed is False and not gate.practice]
        parts = [f"{points / 100:g} of {most / 100:g} points"]
        if result.marked.refused:
            parts = [f"not marked: {result.marked.refused}"]
        if gates:
            parts.append(f"gate not passed: {', '.join(gates)}")
        open_criteria, _ = result.waiting
        if open_criteria:
            waiting += 1
            parts.append("written work waits for you")
        yield f"  {result.student}: {'; '.join(parts)}"
    yield f"Written work to score in Formgrader: {waiting} of the submissions." if waiting else "No written work waits."


def _feedback(chosen: argparse.Namespace) -> int:
    from mindbody.course.feedback import feedback

    folder = _folder()
    written = feedback(folder, chosen.assignment, students=chosen.students, keys=chosen.release_keys, book=chosen.book)
    for result in written:
        print(f"{' ' if result.path else '!'} {result.message}")
    pages = sum(bool(result.path) for result in written)
    print(f"{pages} pages in {folder / 'feedback'}. Next: mindbody grades")
    return int(pages < len(written))


def _grades(chosen: argparse.Namespace) -> int:
    from mindbody.course.export import grades

    folder = _folder()
    out = chosen.out or folder / "grades.csv"
    count = grades(folder, out, chosen.roster)
    print(f"{count} lines in {out}")
    return 0


def _lab(chosen: argparse.Namespace) -> int:
    from mindbody.course.release import environment, lay_out_for_trainee, make_course
    from mindbody.curriculum import load

    folder = _folder()
    if not (folder / KEPT).is_dir():
        print("Making the course first ...", flush=True)
        list(make_course(load()))
    lay_out_for_trainee(folder, folder / "trainee")
    print("Formgrader: menu Nbgrader > Formgrader. Notebooks as trainees get them: folder trainee. Ctrl+C ends it.")
    command = [sys.executable, "-m", "jupyterlab", *(["--no-browser"] if chosen.no_browser else [])]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # in a container there is often nobody else
    os.chdir(folder)
    os.execve(sys.executable, command, environment())  # noqa: S606  (our own arguments, no shell)
