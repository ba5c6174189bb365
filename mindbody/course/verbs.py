"""What the modules of verbs share: how a verb is added to the command line, and where the course is."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

Verb = Callable[[argparse.Namespace], int]

STORY = """\
the course, step by step:
  mindbody course                        make the notebooks and the marking tables (again after every edit)
  mindbody collect 02-medicine FOLDER    take in what trainees handed in: the zips of the page, as you downloaded them
  mindbody mark 02-medicine              mark them; written work is scored by you, in Formgrader (mindbody lab)
  mindbody feedback 02-medicine          write a page for each trainee
  mindbody release 02-medicine           let the pages explain what is right, once nobody will hand it in any more
  mindbody handout 02-medicine           put the pages into a zip, also as Moodle or Canvas takes it
  mindbody grades                        write grades.csv for your learning platform
  mindbody report                        write a page on the class: what needs you, objectives, items, fairness
`mindbody demo` makes a course with invented trainees, to look at before you teach.
"""


def add_verb(verbs: Any, name: str, short: str, long: str, story: str = STORY) -> argparse.ArgumentParser:
    """Add a verb: ``short`` stands in the list of verbs, ``long`` and then ``story`` in the verb's own help."""
    made: argparse.ArgumentParser = verbs.add_parser(
        name, help=short, description=long, epilog=story, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.description = textwrap.fill(long, 100)
    return made


def add_assignment(
    parser: argparse.ArgumentParser,
    help: str = "the chapter's assignment, e.g. 02-medicine",  # noqa: A002  (as argparse calls it)
) -> None:
    """Let a verb ask for an assignment."""
    parser.add_argument("assignment", help=help)


def course_dir() -> Path:
    """Return the nbgrader course of the project in which the command runs."""
    from mindbody.course.release import course_folder
    from mindbody.curriculum import find_root

    return course_folder(find_root())
