"""The verbs between the course and a learning platform: ``roster``, ``release`` and ``handout``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mindbody.course.reader import shown
from mindbody.course.verbs import Verb, add_assignment, add_verb, course_dir


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verbs to the command line."""
    roster = add_verb(
        verbs,
        "roster",
        "make the list of trainees from Moodle's or Canvas's",
        "Reads a CSV file that your learning platform exported (Moodle: the participants, or an assignment's grading"
        " worksheet, which knows the numbers in downloaded file names; Canvas: the gradebook) and writes"
        " exercises/roster.csv, which says whose submission is whose. Look at it: you may edit it in a spreadsheet.",
    )
    roster.add_argument("file", type=Path, help="the exported CSV file")
    roster.add_argument("--replace", action="store_true", help="take the place of a roster that is there")
    release = add_verb(
        verbs,
        "release",
        "show trainees the explanations of an assignment's graded exercises",
        "From now on the feedback pages of the assignment also say what is right and why, with the mark schemes and a"
        " model of written work; the pages that are written already are written anew. Do it when nobody will hand in"
        " this assignment any more. --undo takes it back for the files here; what was handed out is out.",
    )
    add_assignment(release)
    release.add_argument("--undo", action="store_true", help="show them no longer")
    handout = add_verb(
        verbs,
        "handout",
        "put the feedback pages into one zip for Moodle or Canvas",
        "Moodle: assignment > View all submissions > Upload multiple feedback files in a zip (the feedback type"
        " “Feedback files” must be on). Canvas: assignment > Re-upload submissions. Both recognise a trainee by what"
        " they called her file themselves, so collect downloads under the names that they came with.",
    )
    add_assignment(handout)
    handout.add_argument(
        "--for", dest="platform", choices=["moodle", "canvas", "plain"], default="plain", help="default: plain folders"
    )
    handout.add_argument("--out", type=Path, help="the zip (default: exercises/feedback-ASSIGNMENT-PLATFORM.zip)")
    handout.add_argument("--roster", type=Path, help="for numbers and names (default: exercises/roster.csv)")
    return {"roster": _roster, "release": _release, "handout": _handout}


def _roster(chosen: argparse.Namespace) -> int:
    from mindbody.course.lms import take_roster

    path, count = take_roster(course_dir(), chosen.file, replace=chosen.replace)
    print(f"{count} trainees in {path}. Next: mindbody collect ASSIGNMENT FOLDER")
    return 0


def _release(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock

    folder = course_dir()
    with course_lock(folder, f"releasing {shown(chosen.assignment, 40)}"):
        return _set(chosen, folder)


def _set(chosen: argparse.Namespace, folder: Path) -> int:
    from mindbody.course.feedback import feedback
    from mindbody.course.released import set_released

    name = chosen.assignment
    changed = set_released(folder, name, released=not chosen.undo)
    state = "shown" if not chosen.undo else "not shown"
    print(f"The explanations of {name} are {state}{'' if changed else ', as before'}.")
    written = sorted(path.parts[-3] for path in (folder / "feedback").glob(f"*/{name}/{name}.html"))
    submitted = {path.parent.name for path in (folder / "submitted").glob(f"*/{name}")}
    again = [student for student in written if student in submitted]
    if not again:
        print(f"Next: mindbody feedback {name}")
        return 0
    results = feedback(folder, name, students=again)
    for result in results:
        if not result.path:
            print(f"! {result.message}")
    done = sum(bool(result.path) for result in results)
    print(f"{done} pages written anew in {folder / 'feedback'}. Next: mindbody handout {name}")
    return int(done < len(results))


def _handout(chosen: argparse.Namespace) -> int:
    from mindbody.course.handout import hand_out

    packed = hand_out(course_dir(), chosen.assignment, chosen.platform, out=chosen.out, roster=chosen.roster)
    for reason in packed.left_out:
        print(f"! {reason}")
    print(f"{len(packed.packed)} pages in {packed.path}")
    return int(bool(packed.left_out))
