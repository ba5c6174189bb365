"""The oracle: on honest submissions stock nbgrader, with kernels and hidden tests, gives the points that we give."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mindbody.course.grading import Tables
from mindbody.curriculum import Curriculum
from tests.submissions import cells, gradebook, hand_in_class, nbgrader, specs_of, stock, submission

ASSIGNMENTS = ["02-medicine", "07-conflict"]
SAMPLE = 10
"""Two seconds each with a kernel; ``benchmarks/marking_ratio.py`` compares 60."""


@pytest.fixture(scope="module")
def both(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Mark the same class with our plug-ins and without them."""
    folder = tmp_path_factory.mktemp("oracle")
    ours = Path(shutil.copytree(made_project / "exercises", folder / "ours"))
    hand_in_class(ours, SAMPLE)
    theirs = stock(ours, folder / "stock")
    for course in (ours, theirs):
        for name in ASSIGNMENTS:
            done = nbgrader(course, "autograde", name)
            assert done.returncode == 0, done.stderr
    return ours, theirs


@pytest.mark.slow
def test_stock_nbgrader_gives_the_same_points_cell_by_cell(both: tuple[Path, Path]):
    """One difference is meant: a person is not asked to score written work that was not handed in."""
    ours, theirs = map(gradebook, both)
    assert ours.keys() == theirs.keys()
    assert len(ours) > 15 * SAMPLE
    assert {key: (row.score, row.max) for key, row in ours.items()} == {
        key: (row.score, row.max) for key, row in theirs.items()
    }
    for key, row in ours.items():
        if row.auto != theirs[key].auto:
            assert (row.auto, row.waiting, theirs[key].auto) == (0, False, None)
            assert key[2].startswith("w-")


@pytest.mark.slow
def test_stock_nbgrader_shows_a_marker_the_same_notebook(both: tuple[Path, Path]):
    ours, theirs = both
    compared = 0
    for folder in (ours / "submitted").glob("*/*"):
        student, assignment = folder.parent.name, folder.name
        assert cells(ours, student, assignment) == cells(theirs, student, assignment)
        compared += 1
    assert compared == SAMPLE


@pytest.mark.slow
def test_the_sample_is_varied(both: tuple[Path, Path]):
    ours, _ = both
    totals: dict[str, float] = {}
    for (_, who, cell), row in gradebook(ours).items():
        if not cell.startswith("w-"):
            totals[who] = totals.get(who, 0) + row.score
    assert min(totals.values()) < 10
    assert max(totals.values()) == 20
    assert len(set(totals.values())) > SAMPLE / 2


def test_the_sixty_of_the_benchmark_cover_every_kind_and_earn_little_much_and_all(curriculum: Curriculum, course: Path):
    kinds = set()
    for name in ASSIGNMENTS:
        specs, tables = specs_of(course, name), Tables.read(course, name)
        for seed in range(30):
            data = submission(specs, tables, learner="x", quality=seed / 29, seed=seed)
            json.dumps(data)
            kinds |= {tables.items[item].kind for item in data["items"]}
    assert kinds == {item.kind.name for part in curriculum.assignments.values() for item in part.items}
