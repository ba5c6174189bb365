"""What marking one class costs, from 60 submissions to 10,000, and how that compares with stock nbgrader.

One chapter's class of generated, honest submissions of every quality is marked, and everybody's feedback page written,
by the commands that an instructor types; each is a process of its own, timed from its start to its end.

    python benchmarks/marking_class.py [--sizes 60 600 10000] [--stock 20] [--workers N]

Stock nbgrader (`autograde`, then `generate_feedback`, without our settings) does `--stock` submissions of the same
class; its times for more are extrapolated from that rate without its start-up, and the table says so. Points are
compared cell by cell for those that both have marked. Memory is the sum over all processes of the command, read every
50 ms: what each has in real memory (RSS, so that what two share counts twice).

Exits with 1 when a point differs from stock.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mindbody.course.grading import Tables  # noqa: E402 - the path comes first
from mindbody.course.mark_one import Request, keep_template, mark_one  # noqa: E402
from mindbody.course.release import make_course  # noqa: E402
from mindbody.curriculum import load  # noqa: E402
from tests.submissions import gradebook, hand_in, nbgrader, specs_of, stock, submission  # noqa: E402

CHAPTER = "02-medicine"
DIFFERENT = 60
"""Submissions that are made anew; a larger class has them again under other names."""


def main() -> int:
    """Mark classes of growing size and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 600])
    parser.add_argument("--stock", type=int, default=20, help="submissions that stock nbgrader marks; 0: none")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty = _course(Path(folder) / "empty")
        data = _class(empty)
        one = _copy(empty, Path(folder) / "one", data, 1)
        first, _ = _command(one, "mark", CHAPTER, "--no-feedback")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {chosen.workers} workers", flush=True)
        print(f"start-up to the first submission marked, the whole command for one: {first:.2f} s", flush=True)
        rate, theirs = _stock(empty, Path(folder) / "theirs", data, chosen.stock) if chosen.stock else (0.0, {})
        differing = 0
        print(f"{'class':>7} {'mark':>8} {'pages':>8} {'both':>8} {'each':>9} {'peak':>8} {'stock':>10} {'ratio':>7}")
        for size in chosen.sizes:
            course = _copy(empty, Path(folder) / str(size), data, size)
            words = ["--workers", str(chosen.workers)]
            marking, peak_of_marking = _command(course, "mark", CHAPTER, "--no-feedback", *words)
            paging, peak_of_pages = _command(course, "feedback", CHAPTER)
            both, peak = marking + paging, max(peak_of_marking, peak_of_pages)
            beside = f"{rate * size:>8.0f} s {rate * size / both:>6.0f}x" if rate else ""
            print(
                f"{size:>7} {marking:>6.1f} s {paging:>6.1f} s {both:>6.1f} s {1000 * both / size:>6.1f} ms"
                f" {peak / 1e6:>5.0f} MB {beside}",
                flush=True,
            )
            ours = gradebook(course)
            differing += sum(ours[key].score != row.score for key, row in theirs.items() if key in ours)
            if size == chosen.sizes[0]:
                compared = sum(key in ours for key in theirs)
                _where_it_goes(course)
            shutil.rmtree(course.parent)
        if rate:
            print(f"stock: measured on {chosen.stock} submissions, {rate:.2f} s each; more are extrapolated.")
            print(f"{compared} cells compared, {differing} with other points than stock.")
    return int(bool(differing))


def _course(root: Path) -> Path:
    for name in ("assets", "chapters"):
        shutil.copytree(ROOT / name, root / name)
    kept = ("bank", "keys", "course.yaml", "rubrics.yaml", "nbgrader_config.py")
    ignored = [path.name for path in (ROOT / "exercises").iterdir() if path.name not in kept]
    shutil.copytree(ROOT / "exercises", root / "exercises", ignore=shutil.ignore_patterns(*ignored))
    for made in make_course(load(root)):
        if made.assignment == CHAPTER:
            break
    return root / "exercises"


def _class(course: Path) -> list[dict[str, object]]:
    specs, tables = specs_of(course, CHAPTER), Tables.read(course, CHAPTER)
    return [submission(specs, tables, learner="x", quality=index / DIFFERENT, seed=index) for index in range(DIFFERENT)]


def _copy(course: Path, root: Path, data: list[dict[str, object]], size: int) -> Path:
    copy = Path(shutil.copytree(course.parent, root)) / "exercises"
    for index in range(size):
        hand_in(copy, f"trainee-{index:05}", data[index % len(data)], CHAPTER)
    return copy


def _stock(course: Path, root: Path, data: list[dict[str, object]], size: int) -> tuple[float, dict]:
    theirs = stock(_copy(course, root, data, size), root / "stock")
    seconds = []
    for some in (["--student", "trainee-00000"], ["--force"]):
        started = time.perf_counter()
        for step in ("autograde", "generate_feedback"):
            done = nbgrader(theirs, step, CHAPTER, *some)
            if done.returncode:
                sys.exit(done.stderr[-4000:])
        seconds.append(time.perf_counter() - started)
    # The first has start-up and one submission, the second start-up and all of them.
    return (seconds[1] - seconds[0]) / (size - 1), gradebook(theirs)


def _command(course: Path, *words: str) -> tuple[float, int]:
    """Run a command; return its seconds and the most memory that it and its children had."""
    peak = 0
    environment = {**os.environ, "MINDBODY_ROOT": str(course.parent)}
    started = time.perf_counter()
    command = [sys.executable, "-m", "mindbody.cli", *words]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.05):
            peak = max(peak, _memory(running.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    _, said = running.communicate()
    seconds = time.perf_counter() - started
    ended.set()
    watching.join()
    if running.returncode:
        sys.exit(said.decode()[-4000:])
    return seconds, peak


def _memory(pid: int) -> int:
    total = 0
    try:
        parent = psutil.Process(pid)
        processes = [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _where_it_goes(course: Path) -> None:
    """Say what each step costs a submission, in one process and without start-up."""
    from mindbody.course.gradebook import open_gradebook
    from mindbody.course.mark_one import kept_tables, read_answers
    from mindbody.course.writer import Writer, read_layout

    engine = open_gradebook(course)
    layout = read_layout(engine, CHAPTER)
    template = keep_template(course, CHAPTER, layout.sources)
    students = sorted(path.parent.name for path in (course / "submitted").glob(f"*/{CHAPTER}"))
    requests = [Request(course, CHAPTER, one, template, course / ".mindbody" / "stage" / one) for one in students]
    mark_one(requests[0])
    _, fingerprint = kept_tables(course, CHAPTER)
    from mindbody.course.mark_one import read_template

    writer = Writer(engine, layout, read_template(template).criteria, course, CHAPTER)
    outcomes = []

    def each(what: str, do: Callable[[], object]) -> None:
        started = time.process_time(), time.perf_counter()
        do()
        cpu, wall = time.process_time() - started[0], time.perf_counter() - started[1]
        print(f"        {what}: {1000 * cpu / len(students):.2f} ms of processor, {1000 * wall / len(students):.2f} ms")

    each("strict reading", lambda: [read_answers(r.course_dir / "submitted" / r.student / CHAPTER, fingerprint)
                                    .submission() for r in requests])  # fmt: skip
    each("read, mark, write the notebook", lambda: outcomes.extend(map(mark_one, requests)))
    each("gradebook and publishing", lambda: writer.save(outcomes))
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
