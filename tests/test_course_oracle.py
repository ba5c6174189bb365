"""The oracle: on honest submissions stock nbgrader, with kernels and hidden tests, gives the points that we give."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mindbody.course.grading import Tables
from mindbody.curriculum import Curriculum
from mindbody.items import KINDS
from mindbody.marking import Answer, shape_faults, unanswered
from tests.every_kind import KINDS_COURSE
from tests.submissions import cells, gradebook, hand_in_class, nbgrader, specs_of, stock, submission

ASSIGNMENTS = ["02-medicine", KINDS_COURSE]
SAMPLE = 6
"""Two seconds each with a kernel; ``benchmarks/marking_ratio.py`` compares 60."""


@pytest.fixture(scope="module")
def both(project_of_every_kind: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Mark the same class with our plug-ins and without them: chapter 2, and one item of every kind there is."""
    folder = tmp_path_factory.mktemp("oracle")
    ours = Path(shutil.copytree(project_of_every_kind / "exercises", folder / "ours"))
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
def test_the_sample_is_varied_and_the_perfect_earn_every_point_of_every_kind(both: tuple[Path, Path]):
    ours, _ = both
    for assignment in ASSIGNMENTS:
        earned: dict[str, float] = {}
        most: dict[str, float] = {}
        for (which, who, cell), row in gradebook(ours).items():
            if which == assignment and "_" not in cell:  # a criterion is called item_criterion
                earned[who] = earned.get(who, 0) + row.score
                most[who] = most.get(who, 0) + row.max
        assert min(earned.values()) < max(most.values()) / 2
        assert max(earned.values()) == max(most.values())
        assert len(set(earned.values())) > 2


def test_every_kind_can_be_answered_well_and_badly_within_its_shape(
    curriculum: Curriculum, project_of_every_kind: Path
):
    """What these tests hand in is honest: the shape refuses none of it."""
    specs = specs_of(project_of_every_kind / "exercises", KINDS_COURSE)
    tables = Tables.read(project_of_every_kind / "exercises", KINDS_COURSE)
    kinds = set()
    for seed in range(20):
        data = submission(specs, tables, learner="x", quality=seed / 19, seed=seed)
        json.dumps(data)
        for name, entry in data["items"].items():
            kinds.add(tables.items[name].kind)
            answer = Answer.from_json(entry["answer"])
            assert shape_faults(answer, specs[name]["shape"]) == [], name
            if seed == 19:
                assert unanswered(answer, specs[name]["shape"]) == [], name
    assert kinds == set(KINDS)


def test_the_sixty_of_the_benchmark_cover_every_kind_of_the_chapters(curriculum: Curriculum, whole_project: Path):
    kinds, course = set(), whole_project / "exercises"
    for name in curriculum.taught:
        specs, tables = specs_of(course, name), Tables.read(course, name)
        for seed in range(60 // len(curriculum.taught)):
            data = submission(specs, tables, learner="x", quality=seed / 7, seed=seed)
            json.dumps(data)
            kinds |= {tables.items[item].kind for item in data["items"]}
    assert kinds == {item.kind.name for part in curriculum.taught.values() for item in part.items}
