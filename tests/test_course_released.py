"""Whether an assignment's explanations are released: one file's word, which is there or is not."""

import json
from pathlib import Path

import pytest

from mindbody.course.grading import KEPT, CourseError
from mindbody.course.released import is_released, set_released


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / KEPT / "tables" / "07-conflict"
    folder.mkdir(parents=True)
    index = {"course": "c", "title": "Conflict", "items": []}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return tmp_path


def test_nothing_is_released_until_it_is_said(course: Path):
    assert not is_released(course, "07-conflict")


def test_a_release_is_kept_and_can_be_taken_back(course: Path):
    assert set_released(course, "07-conflict", released=True)
    assert is_released(course, "07-conflict")
    assert not set_released(course, "07-conflict", released=True)
    assert set_released(course, "07-conflict", released=False)
    assert not is_released(course, "07-conflict")


@pytest.mark.parametrize("name", ["07-conflict/", "./07-conflict", "../tables/07-conflict", "", "..", "x" * 300])
def test_no_path_is_an_assignment(course: Path, name: str):
    with pytest.raises(CourseError, match=r"there are 07-conflict"):
        set_released(course, name, released=True)
    assert not (course / KEPT / "released").exists()


def test_an_assignment_that_there_is_not_is_named(course: Path):
    with pytest.raises(CourseError, match="08-persons"):
        set_released(course, "08-persons", released=True)
