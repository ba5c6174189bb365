"""How much sooner a class is marked than by stock nbgrader, for the same points in every cell.

Sixty generated, honest submissions of every quality, the assignments by turns, are marked three times in copies of the
same course:

stock
    `nbgrader autograde '*'` without our settings: a kernel for each submission runs the hidden tests;
plug-ins
    the same command with exercises/nbgrader_config.py, which marks answers.json and starts no kernel;
mark
    `mindbody mark all --no-feedback`, which is what an instructor types.

Each is one run, timed from its start to its end, start-up and all. Every cell's points must be equal.

    python benchmarks/marking_ratio.py [--submissions 60] [--any-speed]

exits with 1 when a point differs, or the plug-ins are less than 6 times, or mark less than 18 times, as fast as stock.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mindbody.course.release import make_course  # noqa: E402 - the path comes first
from mindbody.curriculum import load  # noqa: E402
from tests.submissions import gradebook, hand_in_class, nbgrader, stock  # noqa: E402

TARGETS = {"plug-ins": 6.0, "mark": 18.0}


def main() -> int:
    """Mark a class three times and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=60)
    parser.add_argument("--any-speed", action="store_true", help="only compare the points: for a busy machine")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = _course(Path(folder) / "ours")
        hand_in_class(course, chosen.submissions)
        shutil.copytree(Path(folder) / "ours", Path(folder) / "mark")
        courses = {
            "mark": Path(folder) / "mark" / "exercises",
            "plug-ins": course,
            "stock": stock(course, Path(folder) / "stock"),
        }
        seconds = {name: _mark(where, name) for name, where in courses.items()}
        points = {name: gradebook(where) for name, where in courses.items()}
    slow = False
    print(f"{chosen.submissions} submissions, {len(points['stock'])} cells; load {os.getloadavg()[0]:.1f}")
    print(f"stock     {seconds['stock']:7.1f} s")
    differing: list[tuple[str, str, str]] = []
    for name, target in TARGETS.items():
        found = {key: row.score for key, row in points[name].items()}
        other = [key for key, row in points["stock"].items() if found.get(key) != row.score]
        ratio = seconds["stock"] / seconds[name]
        slow |= ratio < target
        differing += other
        print(f"{name:<9} {seconds[name]:7.1f} s: {ratio:.1f} times as fast (target {target:g});", end=" ")
        print(f"{len(other)} cells with other points than stock")
    if differing:
        print(f"first difference: {differing[0]}", file=sys.stderr)
    return int(bool(differing) or (slow and not chosen.any_speed))


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
    if name == "mark":
        environment = {**os.environ, "MINDBODY_ROOT": str(course.parent)}
        command = [sys.executable, "-m", "mindbody.cli", "mark", "all", "--no-feedback"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    else:
        done = nbgrader(course, "autograde", "*")
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-4000:]}")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
