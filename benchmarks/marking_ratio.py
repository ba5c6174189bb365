"""How much sooner `nbgrader autograde` marks a class with our plug-ins than stock, for the same points.

Sixty generated, honest submissions of every quality, the assignments by turns, are marked twice by the same command in
copies of the same course:

ours
    with exercises/nbgrader_config.py, which marks answers.json and starts no kernel;
stock
    without it: nbgrader starts a kernel for each submission and runs the hidden tests.

Each is one run of `nbgrader autograde '*'`, timed from its start to its end, start-up and all. Every cell's points must
be equal.

    python benchmarks/marking_ratio.py [--submissions 60] [--any-speed]

exits with 1 when a point differs, or ours is less than six times as fast.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mindbody.course.release import make_course  # noqa: E402 - the path comes first
from mindbody.curriculum import load  # noqa: E402
from tests.submissions import gradebook, hand_in_class, nbgrader, stock  # noqa: E402

TARGET = 6.0


def main() -> int:
    """Mark a class twice and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--any-speed", action="store_true", help="only compare the points: for a busy machine")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = _course(Path(folder))
        hand_in_class(course, chosen.submissions)
        courses = {"ours": course, "stock": stock(course, Path(folder) / "stock")}
        seconds = {name: _mark(where, name) for name, where in courses.items()}
        points = {name: gradebook(where) for name, where in courses.items()}
    cells = len(points["ours"])
    other = [key for key, row in points["ours"].items() if row.score != points["stock"][key].score]
    ratio = seconds["stock"] / seconds["ours"]
    print(f"{chosen.submissions} submissions, {cells} cells, {len(other)} with other points than stock")
    print(
        f"stock {seconds['stock']:.1f} s, ours {seconds['ours']:.1f} s: {ratio:.1f} times as fast (target {TARGET:g})"
    )
    if other:
        print(f"first difference: {other[0]}", file=sys.stderr)
    return int(bool(other) or (ratio < TARGET and not chosen.any_speed))


def _course(folder: Path) -> Path:
    shutil.copytree(ROOT / "assets", folder / "assets")
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    generated = shutil.ignore_patterns(
        "source",
        "release",
        "submitted",
        "autograded",
        "feedback",
        "downloaded",
        "trainee",
        ".mindbody",
        "gradebook.db*",
    )
    shutil.copytree(ROOT / "exercises", folder / "exercises", ignore=generated)
    list(make_course(load(folder)))
    return folder / "exercises"


def _mark(course: Path, name: str) -> float:
    print(f"Marking with {name} ...", flush=True)
    started = time.perf_counter()
    done = nbgrader(course, "autograde", "*")
    if done.returncode:
        sys.exit(f"nbgrader autograde failed with {name}:\n{done.stderr[-4000:]}")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
