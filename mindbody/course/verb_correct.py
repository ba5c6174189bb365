"""The verb ``correct``: an item was wrong, and answers to it are in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mindbody.course.reader import shown
from mindbody.course.verbs import Verb, add_assignment, add_verb, course_dir

ABOUT = (
    "Edit the item in exercises/bank and exercises/keys first. If the question changed, raise its version in both and"
    " run `mindbody course`. If only the key was wrong, run `mindbody course --mend-keys`. If it is beyond mending,"
    " write `set_aside: full` (everybody who handed in has its points) or `set_aside: none` (it counts for nobody; the"
    " answers are kept) into the bank and run `mindbody course`. Then this verb says who is marked differently, and by"
    " how much, before anything is marked: a table here, and a page and a CSV file to keep. Answers to an older version"
    " are marked by that version unless you say --newest. Nobody's mark goes down unless you say --lower: points that"
    " the corrected key would not give are kept, and shown as held."
)


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verb to the command line."""
    correct = add_verb(verbs, "correct", "an exercise was wrong: see whose mark changes, and decide how", ABOUT)
    add_assignment(correct)
    correct.add_argument("items", nargs="*", metavar="EXERCISE", help="only these (default: all that were corrected)")
    by = correct.add_mutually_exclusive_group()
    by.add_argument("--newest", action="store_true", help="mark answers to older versions by the newest version")
    by.add_argument("--own", action="store_true", help="mark each answer by the version that was answered again")
    down = correct.add_mutually_exclusive_group()
    down.add_argument("--lower", action="store_true", help="let marks go down by the correction")
    down.add_argument("--hold", action="store_true", help="let no mark go down again")
    correct.add_argument("--out", type=Path, help="the folder for page and table (default: exercises/corrections)")
    return {"correct": _correct}


def _correct(chosen: argparse.Namespace) -> int:
    from mindbody.course.lock import course_lock

    folder = course_dir()
    with course_lock(folder, f"correcting {shown(chosen.assignment, 40)}"):
        return _decide_and_compare(chosen, folder)


def _decide_and_compare(chosen: argparse.Namespace, folder: Path) -> int:
    from mindbody.course.correction import compare, decide, summary, write_report

    if chosen.items or chosen.newest or chosen.own or chosen.lower or chosen.hold:
        newest = chosen.newest if chosen.newest or chosen.own else None
        lower = chosen.lower if chosen.lower or chosen.hold else None
        decided = decide(folder, chosen.assignment, chosen.items, newest=newest, lower=lower)
        print(f"Decided anew: {', '.join(decided)}." if decided else "Nothing is decided anew.")
    found = compare(folder, chosen.assignment)
    for change in found.changes:
        note = f" ({change.note})" if change.note else ""
        print(f"  {change.student}: {change.item} {change.before:g} -> {change.after:g} of {change.most:g}{note}")
    print(summary(found))
    for path in write_report(found, chosen.out or folder / "corrections"):
        print(f"Written: {path}")
    print(f"Next: mindbody course, then mindbody mark {chosen.assignment}: until then the old marks stand")
    return 0
