"""The verb ``demo``."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from pathlib import Path
from typing import Any

from mindbody.course.verbs import Verb, add_verb


def register(verbs: Any) -> dict[str, Verb]:
    """Add the verb to the command line."""
    demo = add_verb(
        verbs,
        "demo",
        "make a course of trainees who do not exist, to look at before you teach",
        "Makes, in under a minute and in a folder of its own, a course with 40 made-up trainees of varied ability: what"
        " they handed in, two markers' marks, feedback pages, grades and the report. Nothing of it touches your course,"
        " and nothing in it is about real people. Run it again to make it anew.",
    )
    demo.add_argument("--out", type=Path, help="the folder (default: _build/demo)")
    demo.add_argument("--trainees", type=int, default=40, help="how many (default: 40)")
    demo.add_argument("--seed", type=int, default=1, help="another seed draws another class (default: 1)")
    return {"demo": _demo}


def _demo(chosen: argparse.Namespace) -> int:
    from mindbody.course.demo import make_demo
    from mindbody.course.grading import CourseError
    from mindbody.curriculum import load

    if not 1 <= chosen.trainees <= 5000:
        raise CourseError("--trainees: give 1 to 5000")
    began, curriculum = time.monotonic(), load()
    out = (chosen.out or curriculum.root / "_build" / "demo").resolve()
    made = make_demo(
        curriculum, out, count=chosen.trainees, seed=chosen.seed, say=lambda said: print(f"  {said} ...", flush=True)
    )
    print(f"A course with {made.trainees} trainees who do not exist, in {time.monotonic() - began:.0f} seconds:")
    for path, what in made.seen:
        print(f"  {what}:\n    {path}")
    # In full: whoever calls it as .venv/bin/mindbody has no such file in the demo's folder.
    program = Path(sys.argv[0]).absolute() if Path(sys.argv[0]).stem == "mindbody" else "mindbody"
    print("To mark in it yourself, type this (for the second marker, with --marker bo after it):")
    print(f"  cd {shlex.quote(str(out))} && {shlex.quote(str(program))} lab")
    return 0
