"""The feedback pages in one zip, called as Moodle and Canvas call a trainee's files."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from mindbody.course.grading import KEPT, CourseError
from mindbody.course.handout import hand_out
from mindbody.course.intake import collect
from tests.hostile import submission

NAME = "07-conflict"
# As mod/assign/feedback/file/importziplib.php splits the parts of a path: name_number_type_plugin.
MOODLE = re.compile(r"[^_/]+_(\d+)_assignfeedback_file/[^/]+")
# As Assignment#infer_comment_context_from_filename wants it: name_user_attachment_what.
CANVAS = re.compile(r"[^_/]+_(?:LATE_)?(\d+)_(\d+)_[^/]+\.html")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Make a course that has an assignment to collect, and nothing else."""
    folder = tmp_path / "course"
    release = folder / "release" / NAME
    release.mkdir(parents=True)
    (release / f"{NAME}.ipynb").write_text("{}", encoding="utf-8")
    (folder / KEPT / "tables" / NAME).mkdir(parents=True)
    index = {"course": "mind-body-formulation", "title": "Conflict", "items": []}
    (folder / KEPT / "tables" / NAME / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


def page(course: Path, student: str) -> None:
    """Put a trainee's feedback page where ``mindbody feedback`` puts it."""
    folder = course / "feedback" / student / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.html").write_text(f"<p>{student}", encoding="utf-8")


def collected(course: Path, *names: str, roster: str = "") -> None:
    """Collect files that are called so, and write a page for whoever they are of."""
    downloads = course.parent / "downloads"
    for name in names:
        (downloads / name).parent.mkdir(parents=True, exist_ok=True)
        (downloads / name).write_bytes(submission("x", NAME))
    if roster:
        (course / "roster.csv").write_text(roster, encoding="utf-8")
    for one in collect(course, NAME, downloads):
        assert one.state == "collected", one.message
        page(course, one.student or "")


def names_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return bundle.namelist()


def test_moodle_gets_a_folder_that_names_the_participant(course: Path):
    collected(course, "Zoë Lee_48001_assignsubmission_file/answers.zip", "Bo Nuñez_48002_assignsubmission_file/a.zip")
    found = hand_out(course, NAME, "moodle")
    assert names_in(found.path) == [
        f"Zoë Lee_48001_assignfeedback_file/{NAME}.html",
        f"Bo Nuñez_48002_assignfeedback_file/{NAME}.html",
    ]
    assert all(MOODLE.fullmatch(name) for name in names_in(found.path))
    assert not found.left_out


def test_canvas_gets_its_own_names_back_but_for_the_ending(course: Path):
    collected(course, "leezoe_5501_8_answers.zip", "nunezbo_LATE_5502_9_answers-1.zip")
    found = hand_out(course, NAME, "canvas")
    assert names_in(found.path) == ["leezoe_5501_8_answers.html", "nunezbo_LATE_5502_9_answers-1.html"]
    assert all(CANVAS.fullmatch(name) for name in names_in(found.path))


def test_the_name_is_kept_when_the_same_file_is_collected_again(course: Path):
    collected(course, "leezoe_5501_8_answers.zip")
    collect(course, NAME, course.parent / "downloads")
    assert names_in(hand_out(course, NAME, "canvas").path) == ["leezoe_5501_8_answers.html"]


def test_a_roster_helps_moodle_where_the_file_came_by_another_way(course: Path):
    collected(course, f"lee_{NAME}.zip", roster="id,name,lms_id\nlee,Zoë_Lee / Jr,48001\n")
    assert names_in(hand_out(course, NAME, "moodle").path) == [f"Zoë Lee Jr_48001_assignfeedback_file/{NAME}.html"]


def test_whoever_the_platform_cannot_recognise_is_left_out_and_said_so(course: Path):
    collected(course, "leezoe_5501_8_answers.zip", f"bo_{NAME}.zip")
    found = hand_out(course, NAME, "canvas")
    assert found.packed == ("5501",)
    assert found.left_out[0].startswith("bo: Canvas takes back only files that it named itself")


def test_a_page_about_an_earlier_submission_is_not_handed_out(course: Path):
    collected(course, f"lee_{NAME}.zip", f"bo_{NAME}.zip")
    for student in ("lee", "bo"):
        time = (course / "submitted" / student / NAME / "timestamp.txt").read_text(encoding="utf-8")
        written = "2020-01-01 00:00:00 UTC" if student == "lee" else time
        (course / "feedback" / student / NAME / "timestamp.txt").write_text(written, encoding="utf-8")
    found = hand_out(course, NAME, "plain")
    assert found.packed == ("bo",)
    assert found.left_out[0].startswith("lee: the page is about an earlier submission: run `mindbody mark")


def test_plain_folders_are_called_by_id(course: Path):
    collected(course, f"lee_{NAME}.zip")
    found = hand_out(course, NAME, "plain", out=course / "out.zip")
    assert names_in(found.path) == [f"lee/{NAME}.html"]


def test_the_same_pages_make_the_same_zip(course: Path):
    collected(course, f"lee_{NAME}.zip")
    first = hand_out(course, NAME, "plain").path.read_bytes()
    assert hand_out(course, NAME, "plain").path.read_bytes() == first


@pytest.mark.parametrize(
    "name", ["../../etc/x_1_assignsubmission_file/a", "/x_1_2_y", "x_1_2_\x1b[31m", "..", "\x00_1_2_3"]
)
@pytest.mark.parametrize("platform", ["moodle", "canvas"])
def test_no_name_of_the_zip_leaves_its_folder(course: Path, name: str, platform: str):
    page(course, "lee")
    note = course / KEPT / "intake" / NAME / "lee.json"
    note.parent.mkdir(parents=True)
    note.write_text(json.dumps({"kinds": {}, "files": {"lms": name}}), encoding="utf-8")
    (course / "roster.csv").write_text('id,name,lms_id\nlee,"../..",48001\n', encoding="utf-8")
    try:
        names = names_in(hand_out(course, NAME, platform).path)
    except CourseError:
        return
    assert not [one for one in names if one.startswith("/") or ".." in one.split("/") or not one.isprintable()]


def test_without_pages_it_says_what_to_run(course: Path):
    with pytest.raises(CourseError, match=f"run `mindbody feedback {NAME}` first"):
        hand_out(course, NAME, "plain")


def test_when_nobody_can_be_recognised_no_zip_is_made(course: Path):
    page(course, "lee")
    with pytest.raises(CourseError, match="participant number is not known"):
        hand_out(course, NAME, "moodle")
    assert not list(course.glob("*.zip"))
