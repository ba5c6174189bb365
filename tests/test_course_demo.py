"""The demo course: made whole in a folder of its own, and nothing else is touched."""

import csv
import io
import json
from pathlib import Path

import pytest

from mindbody.course.agree import agreement_tables
from mindbody.course.demo import FIRST, SECOND, Demo, make_demo
from mindbody.course.grading import CourseError
from mindbody.course.marks import gradebook, kept_marks
from mindbody.course.scores import results
from mindbody.curriculum import Curriculum, load

NAME, LAST = "02-medicine", "07-conflict"


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def curriculum(made_project: Path) -> Curriculum:
    return load(made_project)


@pytest.fixture(scope="module")
def demo(curriculum: Curriculum, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Make a demo of two assignments and 24 trainees, and look that the course it is made from stays as it was."""
    before = everything_in(curriculum.root)
    made = make_demo(
        curriculum, tmp_path_factory.mktemp("demo") / "new", count=24, assignments=(NAME, LAST), say=lambda _: None
    )
    assert everything_in(curriculum.root) == before
    return made


@pytest.fixture(scope="module")
def course(demo: Demo) -> Path:
    return demo.root / "exercises"


def test_everything_that_it_names_is_there_to_be_looked_at(demo: Demo):
    assert len(demo.seen) == 6
    assert all(path.is_file() and path.stat().st_size > 1000 for path, _ in demo.seen), demo.seen
    assert all(path.is_relative_to(demo.root) for path, _ in demo.seen)


def test_most_are_marked_and_the_broken_file_is_refused(course: Path):
    found = list(results(course, NAME))
    assert 20 <= len(found) <= 24
    assert all(one.in_gradebook and not one.stale for one in found)
    # What cannot be unpacked never enters the course: it is refused at the door.
    assert "trainee-024" not in {one.student for one in found}


def test_the_class_is_of_varied_ability(course: Path):
    shares = sorted(one.graded[0] / one.graded[1] for one in results(course, NAME) if not one.marked.refused)
    assert shares[-1] - shares[0] > 0.3


def test_two_markers_have_scored_and_the_first_ones_marks_count(course: Path):
    with gradebook(course) as book:
        marks = kept_marks(book, NAME)
    assert {mark.marker for mark in marks} == {FIRST.name, SECOND.name}
    assert all(one.waiting[0] == 0 for one in results(course, NAME) if one.submission and _text(one))
    assert agreement_tables(course, NAME)


def _text(one: object) -> bool:
    return any(item.answer.texts.get("text") for item in one.submission.items.values())  # type: ignore[attr-defined]


def test_the_report_says_how_far_the_two_markers_agree(course: Path):
    page = (course / "report" / "report.html").read_text(encoding="utf-8")
    assert "Two markers" in page
    assert (course / "report" / "tables" / "raters.csv").read_text(encoding="utf-8").count("07-conflict") >= 2


def test_some_texts_of_the_last_assignment_are_left_to_be_tried(course: Path):
    assert sum(one.waiting[0] > 0 for one in results(course, LAST)) == 3


def test_only_the_first_assignments_explanations_are_released(course: Path):
    def page(name: str) -> str:
        return next((course / "feedback").glob(f"*/{name}/{name}.html")).read_text(encoding="utf-8")

    assert "<h3>What is right, and why</h3>" in page(NAME)
    assert "<h3>What is right, and why</h3>" not in page(LAST)


def test_the_grades_name_the_made_up_people(course: Path):
    rows = list(csv.reader(io.StringIO((course / "grades-moodle.csv").read_bytes().decode("utf-8-sig"))))
    assert len(rows) == 25
    assert all(row[1].endswith("@example.org") for row in rows[1:])


def test_it_keeps_its_own_gradebook_whatever_the_environment_says(
    curriculum: Curriculum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Looks at the configuration that every command reads, and not at a server."""
    elsewhere = tmp_path / "precious.db"
    monkeypatch.setenv("MINDBODY_GRADEBOOK", f"sqlite:///{elsewhere}")
    made = make_demo(curriculum, tmp_path / "demo", count=2, assignments=(LAST,))
    assert not elsewhere.exists()
    assert (made.root / "exercises" / "gradebook.db").is_file()


def test_a_folder_that_holds_something_else_is_left_alone(curriculum: Curriculum, tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CourseError, match="no demo: name another folder with --out"):
        make_demo(curriculum, tmp_path, assignments=(LAST,))
    assert (tmp_path / "thesis.txt").is_file()


def test_it_is_never_made_over_the_course_itself(curriculum: Curriculum):
    with pytest.raises(CourseError, match="name another folder with --out"):
        make_demo(curriculum, curriculum.root, assignments=(LAST,))


def test_an_assignment_that_there_is_not_is_named(curriculum: Curriculum, tmp_path: Path):
    with pytest.raises(CourseError, match='no assignment "99-nothing"'):
        make_demo(curriculum, tmp_path / "demo", assignments=("99-nothing",))
    assert not (tmp_path / "demo").exists()


def test_the_submissions_lie_there_as_moodle_hands_them_over(demo: Demo):
    names = {path.parent.name for path in (demo.root / "downloads" / NAME).glob("*/*.zip")}
    assert all(name.endswith("_assignsubmission_file") for name in names)
    assert json.loads((demo.root / "exercises" / ".mindbody" / "tables" / NAME / "index.json").read_bytes())
