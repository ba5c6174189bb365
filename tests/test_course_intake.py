"""Intake: only answers.json enters the course, under the name that the platform vouches for; one bad stops no other."""

import base64
import json
import os
import shutil
import stat
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindbody.course import intake
from mindbody.course.grading import CourseError
from mindbody.course.intake import Collected, Sender, collect, sender_of
from mindbody.course.roster import read_roster
from tests import hostile
from tests.conftest import ROOT
from tests.hostile import ANSWER_FILES, ARCHIVES, ENTRIES, answers, archive, packed, submission
from tests.submissions import nbgrader

ASSIGNMENT = "02-medicine"
MOODLE = "Jane Lee_12345_assignsubmission_file_"
LONG_AGO = datetime(2026, 11, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Give a course with a release and nothing else; its notebook is a stand-in."""
    folder = tmp_path / "exercises"
    for name in (ASSIGNMENT, "07-conflict"):
        release = folder / "release" / name
        release.mkdir(parents=True)
        (release / f"{name}.ipynb").write_text('{"ours": true}', encoding="utf-8")
        (release / "exercise.json").write_text('{"course": "mind-body-formulation"}', encoding="utf-8")
    return folder


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Give an empty folder of downloads."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, data: bytes, hours: float = 0) -> Path:
    """Put a file into the downloads, so many hours after the first."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (LONG_AGO + 3600 * hours,) * 2)
    return path


def roster(bare: Path, *lines: str) -> Path:
    """Write the course's roster."""
    path = bare / "roster.csv"
    path.write_text("\n".join(("id,name,lms_id,email", *lines)), encoding="utf-8")
    return path


def submitted(bare: Path) -> dict[str, str]:
    """Return trainee -> the learner in the answers that will be marked."""
    return {
        path.parts[-3]: json.loads(path.read_bytes())["learner"]["id"]
        for path in (bare / "submitted").glob(f"*/{ASSIGNMENT}/answers.json")
    }


def everything_in(folder: Path) -> set[str]:
    """Return every file, link, pipe and folder below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def only(results: list[Collected]) -> Collected:
    """Return the one result."""
    (result,) = results
    return result


# --- what is taken ----------------------------------------------------------------------------------------------------


def test_what_enters_is_the_answers_our_notebook_and_the_time(bare: Path, downloads: Path):
    put(downloads, "lee_02-medicine.zip", submission("lee"))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert (result.state, result.student, result.conflict) == ("collected", "lee", False)
    assert result.message == "lee_02-medicine.zip: collected for lee."
    folder = bare / "submitted" / "lee" / ASSIGNMENT
    assert everything_in(folder) == {"answers.json", f"{ASSIGNMENT}.ipynb", "timestamp.txt"}
    assert (folder / f"{ASSIGNMENT}.ipynb").read_text() == '{"ours": true}'
    assert (folder / "timestamp.txt").read_text() == "2026-11-01 12:00:00.000000 UTC"
    assert (folder / "answers.json").read_bytes() == packed(answers("lee"))


@pytest.mark.parametrize(
    "name",
    [
        "lee_02-medicine.zip",
        "lee_02-medicine (1).zip",
        "lee_02-medicine(12).zip",
        "lee_02-medicine-1.zip",
        "lee_02-medicine.ZIP",
        "homework-final.zip",
        "submission.zip",
        "02-medicine.zip",
        "answers (2).zip",
    ],
)
def test_a_zip_of_the_page_is_taken_under_any_plain_name(name: str, bare: Path, downloads: Path):
    put(downloads, name, submission("lee"))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "lee"


@pytest.mark.parametrize(
    "name",
    [
        "answers.json",
        "answers (1).json",
        "lee.json",
        "lee_02-medicine.json",
        "lee/answers.json",
        "lee/02-medicine/answers.json",
    ],
)
def test_loose_answers_and_folders_are_taken(name: str, bare: Path, downloads: Path):
    put(downloads, name, packed(answers("lee")))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "lee"


@pytest.mark.parametrize(
    "name",
    [
        f"{MOODLE}lee_02-medicine.zip",
        f"{MOODLE}/lee_02-medicine.zip",
        "Jane Lee_12345_assignsubmission_file/lee_02-medicine.zip",
        "Participant_12345_assignsubmission_file_/x.zip",
        f"{MOODLE}x_99_assignsubmission_file_y.zip",
        f"{MOODLE}/bob_99_assignsubmission_file_y.zip",
        f"{MOODLE}bob_02-medicine.zip",
        "leejane_12345_67890_lee_02-medicine.zip",
        "leejane_LATE_12345_67890_lee_02-medicine-1.zip",
        "leejane_12345_67890_bob_99_1_x.zip",
        "李_12345_67890_x.zip",
    ],
)
def test_the_platforms_name_says_who_it_is_whatever_the_trainee_called_her_file(name: str, bare: Path, downloads: Path):
    """Built from what is known of Moodle and Canvas, not from a real export."""
    put(downloads, name, submission("bob"))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "12345"


@pytest.mark.parametrize("folder", [f"{MOODLE}/", MOODLE, "leejane_12345_67890_"])
def test_the_zip_of_a_whole_class_is_taken_when_it_is_named(folder: str, bare: Path, tmp_path: Path):
    bulk = put(
        tmp_path,
        "class.zip",
        archive((f"{folder}bob_02-medicine.zip", submission("bob")), ("readme.txt", b""), ("a_1_2_b.json", b"[]")),
    )
    results = collect(bare, ASSIGNMENT, bulk)
    assert sorted(result.state for result in results) == ["collected", "refused", "refused"]
    assert list(submitted(bare)) == ["12345"]
    assert (bare / "downloaded" / ASSIGNMENT / "archive" / "class.zip").read_bytes() == bulk.read_bytes()


def test_within_a_folder_a_trainees_zip_cannot_pose_as_the_zip_of_a_class(bare: Path, downloads: Path):
    put(downloads, "mallory_02-medicine.zip", archive((f"{MOODLE}/x.zip", submission("mallory"))))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert result.state == "refused"
    assert "another zip" in result.message


def test_one_named_zip_of_a_trainee_is_taken(bare: Path, tmp_path: Path):
    assert only(collect(bare, ASSIGNMENT, put(tmp_path, "lee_02-medicine.zip", submission()))).student == "lee"


def test_files_that_a_system_leaves_behind_are_passed_over_in_silence(bare: Path, downloads: Path):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._lee.zip", "._lee.zip"):
        put(downloads, name, b"")
    assert collect(bare, ASSIGNMENT, downloads) == []


# --- the roster -------------------------------------------------------------------------------------------------------


def test_a_roster_turns_the_platforms_number_or_name_into_a_trainee(bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,,", "bob,Bob,77,")
    put(downloads, f"{MOODLE}a.zip", submission("x"))
    put(downloads, "somebody_77_1_a.zip", submission("y"))
    assert {r.student for r in collect(bare, ASSIGNMENT, downloads)} == {"lee", "bob"}


def test_the_platforms_number_wins_over_its_name(bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,1,", "other,Somebody,12345,")
    put(downloads, f"{MOODLE}a.zip", submission("x"))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "other"


def test_a_name_that_two_trainees_have_is_nobodys(bare: Path, downloads: Path):
    roster(bare, "lee1,Jane Lee,1,", "lee2,jane  lee,2,")
    put(downloads, f"{MOODLE}a.zip", submission("x"))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert result.state == "refused"
    assert "roster.csv has the lms_id 12345, nor alone the name “Jane Lee”" in result.message


@pytest.mark.parametrize("claim", ["Jane Lee", "jane.lee@example.org", "LEE", "Jane-Lee"])
def test_a_roster_finds_whom_a_plain_file_claims(claim: str, bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,,jane.lee@example.org")
    put(downloads, f"{claim}_02-medicine.zip", submission(claim))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "lee"


def test_with_a_roster_nobody_else_is_taken(bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,,")
    put(downloads, "mallory_02-medicine.zip", submission("mallory"))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert result.state == "refused"
    assert "rename it to TRAINEE_02-medicine, or add a line" in result.message
    assert submitted(bare) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: no column is called id"),
        ("name,lms_id\nx,1", ":1: no column is called id"),
        ("id\n../evil", ":2: “../evil” cannot be an id"),
        ("id\nlee\nLEE", ":3: the id “LEE” stands in line 2 too"),
        ("id,lms_id\na,1\nb,1", ":3: the lms_id “1” stands in line 2 too"),
        ('id\n"' + "x" * 200_000, "not a table"),
        ("id\n" + "x" * 65, "cannot be an id"),
    ],
)
def test_a_broken_roster_stops_before_anything_is_written(text: str, said: str, bare: Path, downloads: Path):
    path = bare / "roster.csv"
    path.write_text(text, encoding="utf-8")
    put(downloads, "lee_02-medicine.zip", submission())
    with pytest.raises(CourseError, match=r"roster\.csv") as caught:
        collect(bare, ASSIGNMENT, downloads)
    assert said in str(caught.value)
    assert not (bare / "submitted").exists()


def test_a_roster_of_excel_is_read(tmp_path: Path):
    path = tmp_path / "class.csv"
    path.write_bytes("\ufeffID;Name;LMS_ID;Gruppe\r\nlee;Zoë Lee;12;b\r\n;;;\r\n".encode())
    trainee = read_roster(path).trainees["lee"]
    assert (trainee.name, trainee.lms_id, trainee.email) == ("Zoë Lee", "12", "")


@pytest.mark.parametrize(
    "name", ["José_02-medicine.zip", "../lee_02-medicine.zip", "a b_02-medicine.zip", f"{'x' * 70}.zip"]
)
def test_without_a_roster_a_name_that_cannot_be_a_folder_is_refused(name: str, bare: Path, downloads: Path):
    put(downloads, name.replace("/", "⁄"), submission("é" * 3))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert result.state == "refused"
    assert "which cannot be a trainee's id: rename it to TRAINEE_02-medicine" in result.message


@pytest.mark.parametrize("name", ["lee/answers.json", "lee.json", "lee_02-medicine.json"])
def test_answers_of_jupyterlab_are_those_of_whom_file_or_folder_is_called_after(name: str, bare: Path, downloads: Path):
    put(downloads, name, packed(answers(None)))
    assert only(collect(bare, ASSIGNMENT, downloads)).student == "lee"


def test_a_file_that_names_nobody_is_refused(bare: Path, downloads: Path):
    put(downloads, "answers.json", packed(answers(None)))
    assert "names nobody: rename it to TRAINEE_02-medicine.json" in only(collect(bare, ASSIGNMENT, downloads)).message


# --- who wins ---------------------------------------------------------------------------------------------------------


def test_a_trainee_who_hands_in_twice_is_marked_on_the_later_one(bare: Path, downloads: Path):
    put(downloads, f"{MOODLE}a.zip", submission("first"), hours=2)
    put(downloads, f"{MOODLE}b.zip", submission("second"), hours=3)
    put(downloads, f"{MOODLE}c.zip", submission("none"), hours=1)
    results = collect(bare, ASSIGNMENT, downloads)
    assert [(r.state, r.conflict) for r in results] == [("older", False), ("collected", False), ("older", False)]
    assert submitted(bare) == {"12345": "second"}


def test_files_of_the_same_time_are_told_apart_by_when_they_were_saved(bare: Path, downloads: Path):
    put(downloads, f"{MOODLE}a.zip", submission("later", saved_at="2026-11-22T10:00:00Z"))
    put(downloads, f"{MOODLE}b.zip", submission("earlier", saved_at="2026-11-21T10:00:00Z"))
    collect(bare, ASSIGNMENT, downloads)
    assert submitted(bare) == {"12345": "later"}


def test_who_claims_a_trainee_that_the_platform_vouches_for_is_named_and_not_marked(bare: Path, downloads: Path):
    put(downloads, f"{MOODLE}a.zip", submission("lee"))
    put(downloads, "12345_02-medicine.zip", submission("12345", saved_at="2099-01-01T00:00:00Z"), hours=9)
    plain, real = collect(bare, ASSIGNMENT, downloads)
    assert (real.state, plain.state, plain.conflict) == ("collected", "older", True)
    assert "ask 12345 which one counts" in plain.message
    assert submitted(bare) == {"12345": "lee"}


def test_nor_is_she_who_claims_it_in_a_later_download(bare: Path, downloads: Path, tmp_path: Path):
    put(downloads, f"{MOODLE}a.zip", submission("lee"))
    collect(bare, ASSIGNMENT, downloads)
    late = tmp_path / "late"
    put(late, "12345_02-medicine.zip", submission("12345"), hours=9)
    result = only(collect(bare, ASSIGNMENT, late))
    assert (result.state, result.conflict) == ("older", True)
    assert submitted(bare) == {"12345": "lee"}


def test_nor_whoever_claims_one_that_came_through_the_exchange(bare: Path, downloads: Path):
    folder = bare / "submitted" / "lee" / ASSIGNMENT
    put(folder, "answers.json", packed(answers("lee")))
    put(downloads, "lee_02-medicine.zip", submission("mallory"), hours=9)
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert (result.state, result.conflict) == ("older", True)
    assert submitted(bare) == {"lee": "lee"}


def test_the_platform_takes_the_place_of_a_claim(bare: Path, downloads: Path, tmp_path: Path):
    put(downloads, "12345_02-medicine.zip", submission("12345"), hours=9)
    collect(bare, ASSIGNMENT, downloads)
    real = tmp_path / "real"
    put(real, f"{MOODLE}a.zip", submission("lee"), hours=1)
    assert only(collect(bare, ASSIGNMENT, real)).state == "collected"
    assert submitted(bare) == {"12345": "lee"}


def test_two_plain_files_of_one_name_are_a_conflict_and_the_later_is_marked(bare: Path, downloads: Path):
    put(downloads, "lee_02-medicine.zip", submission("lee"), hours=1)
    put(downloads, "lee_02-medicine (1).zip", submission("mallory"), hours=2)
    results = collect(bare, ASSIGNMENT, downloads)
    assert [(r.state, r.conflict) for r in results] == [("collected", True), ("older", True)]
    assert "ask lee whether both are hers" in results[1].message
    assert "names “mallory”" in results[0].message
    assert submitted(bare) == {"lee": "mallory"}


def test_one_file_handed_in_by_two_is_a_conflict(bare: Path, downloads: Path):
    put(downloads, "A_1_assignsubmission_file_a.zip", submission("a"))
    put(downloads, "B_2_assignsubmission_file_a.zip", submission("a"))
    results = collect(bare, ASSIGNMENT, downloads)
    assert [(r.state, r.conflict) for r in results] == [("collected", True), ("collected", True)]
    assert "2 handed in the very same file" in results[0].message


def test_a_file_of_a_trainee_that_names_another_is_a_conflict(bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,12345,", "bob,Bob,,")
    put(downloads, f"{MOODLE}a.zip", submission("Bob"))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert (result.student, result.state, result.conflict) == ("lee", "collected", True)
    assert "names “bob”: ask lee whose work it is" in result.message


@pytest.mark.parametrize(
    ("name", "file", "alike"),
    [
        ("Bo Berg", "Zoe Lee_12345_assignsubmission_file_/a.zip", False),
        ("Bo Berg", "Zoe Lee_12345_assignsubmission_file_a.zip", False),
        ("Bo Berg", "leezoe_12345_7_a.zip", False),
        ("Zoë Lee", "Zoe Lee_12345_assignsubmission_file_/a.zip", True),
        ("Zoë Anne Lee", "Lee, Zoë_12345_assignsubmission_file_/a.zip", True),
        ("Zoë Lee", "leezoe_12345_7_a.zip", True),
        ("Bo Berg", "Participant_12345_assignsubmission_file_/a.zip", True),
        ("", "Zoe Lee_12345_assignsubmission_file_/a.zip", True),
    ],
)
def test_a_number_that_the_roster_gives_to_somebody_of_another_name_is_a_conflict(
    name: str, file: str, alike: bool, bare: Path, downloads: Path
):
    """Moodle's users and an assignment's participants are numbered apart, so one list's number may be another's."""
    roster(bare, f'bo,"{name}",12345,')
    put(downloads, file, submission(None))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert (result.student, result.conflict) == ("bo", not alike)
    assert alike or "look whether the lms_id 12345 is bo's" in result.message


def test_a_file_that_is_passed_over_says_whom_it_names_too(bare: Path, downloads: Path):
    roster(bare, "lee,Jane Lee,12345,", "bob,Bob,,")
    put(downloads, f"{MOODLE}a.zip", submission("bob"), hours=1)
    put(downloads, f"{MOODLE}b.zip", submission("lee"), hours=2)
    older = next(one for one in collect(bare, ASSIGNMENT, downloads) if one.state == "older")
    assert older.conflict
    assert "names “bob”: ask lee whose work it is" in older.message


def test_one_person_is_not_two_by_the_case_of_a_letter(bare: Path, downloads: Path):
    put(downloads, "lee_02-medicine.zip", submission("lee"), hours=1)
    put(downloads, "LEE_02-medicine.zip", submission("LEE"), hours=2)
    collect(bare, ASSIGNMENT, downloads)
    assert len(submitted(bare)) == 1


def test_what_was_collected_stays_when_it_comes_again(bare: Path, downloads: Path):
    put(downloads, "lee_02-medicine.zip", submission())
    collect(bare, ASSIGNMENT, downloads)
    folder = bare / "submitted" / "lee" / ASSIGNMENT
    before = folder.stat().st_ino
    assert only(collect(bare, ASSIGNMENT, downloads)).state == "unchanged"
    assert folder.stat().st_ino == before


def test_an_older_download_does_not_undo_a_later_one(bare: Path, downloads: Path, tmp_path: Path):
    put(downloads, f"{MOODLE}a.zip", submission("later"), hours=5)
    collect(bare, ASSIGNMENT, downloads)
    put(tmp_path / "old", f"{MOODLE}a.zip", submission("earlier"), hours=1)
    assert only(collect(bare, ASSIGNMENT, tmp_path / "old")).state == "older"
    assert submitted(bare) == {"12345": "later"}


# --- what is refused --------------------------------------------------------------------------------------------------


def _beside(bare: Path, downloads: Path, name: str, make: Callable[[Path], object]) -> list[Collected]:
    """Collect a hostile entry between two honest ones."""
    put(downloads, "aaa_02-medicine.zip", submission("aaa"))
    put(downloads, "zzz_02-medicine.zip", submission("zzz"))
    make(downloads / name)
    before = everything_in(downloads.parent)
    begun = time.perf_counter()
    results = collect(bare, ASSIGNMENT, downloads)
    assert time.perf_counter() - begun < 10
    assert submitted(bare) == {"aaa": "aaa", "zzz": "zzz"}
    written = everything_in(downloads.parent) - before
    assert all(path.startswith("exercises/") for path in written)
    assert not any("evil" in Path(path).name for path in written)
    for path in (bare / "submitted").rglob("*"):
        kind = stat.S_IFMT(path.lstat().st_mode)
        assert kind in {stat.S_IFREG, stat.S_IFDIR}
        assert path.is_dir() or path.name in {"answers.json", f"{ASSIGNMENT}.ipynb", "timestamp.txt"}
    return [result for result in results if result.student not in {"aaa", "zzz"}]


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_is_named_and_stops_no_other(name: str, bare: Path, downloads: Path):
    make, reason = ARCHIVES[name]
    data = make()
    result = only(_beside(bare, downloads, "mallory_02-medicine.zip", lambda path: path.write_bytes(data)))
    assert result.state == "refused"
    assert reason in result.message
    assert result.message.startswith("mallory_02-medicine.zip")
    assert result.archived is not None
    assert result.archived.read_bytes() == data


@pytest.mark.parametrize("name", ANSWER_FILES)
def test_a_hostile_answer_file_is_named_and_stops_no_other(name: str, bare: Path, downloads: Path):
    data, reason = ANSWER_FILES[name]
    result = only(_beside(bare, downloads, "mallory.json", lambda path: path.write_bytes(data)))
    assert result.state == "refused"
    assert reason in result.message


@pytest.mark.parametrize("where", ["answers.json", "mallory_02-medicine.zip", "mallory/answers.json"])
@pytest.mark.parametrize("name", sorted(set(ENTRIES) - {"nothing"}))
def test_links_pipes_and_folders_are_named_and_stop_no_other(name: str, where: str, bare: Path, downloads: Path):
    make, _ = ENTRIES[name]

    def place(path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        make(path)

    result = only(_beside(bare, downloads, where, place))
    assert result.state == "refused"
    assert result.message.startswith(where.partition("/")[0])
    assert not any("passwd" in path for path in everything_in(bare))
    kept = bare / "downloaded"
    assert not any("root:" in path.read_text(errors="replace") for path in kept.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["mallory", f"{MOODLE}", "mallory_02-medicine"])
def test_a_link_to_a_folder_is_not_followed(name: str, bare: Path, downloads: Path, tmp_path: Path):
    """Else a link to a colleague's submission would be marked as one's own."""
    put(tmp_path / "colleague", "answers.json", packed(answers("bob")))
    result = only(_beside(bare, downloads, name, lambda path: path.symlink_to(tmp_path / "colleague")))
    assert "is a link" in result.message


def test_a_folder_without_a_submission_is_named(bare: Path, downloads: Path):
    result = only(_beside(bare, downloads, "mallory", lambda path: put(path, "json.py", b"1/0")))
    assert "holds neither a zip nor answers.json" in result.message


def test_a_folder_that_may_not_be_read_is_named_and_stops_no_other(
    bare: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
):
    put(downloads, "mallory/inside/answers.json", packed(answers("mallory")))
    listing = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "inside":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    put(downloads, "lee_02-medicine.zip", submission("lee"))
    results = {result.file: result for result in collect(bare, ASSIGNMENT, downloads)}
    assert results["mallory"].message == "mallory cannot be opened (Permission denied): check who may read it."
    assert submitted(bare) == {"lee": "lee"}


def test_a_folder_called_as_a_file_that_came_before_is_taken(bare: Path, downloads: Path, tmp_path: Path):
    put(downloads, "lee.zip", submission("lee"), hours=1)
    collect(bare, ASSIGNMENT, downloads)
    put(tmp_path / "again", "lee.zip/answers.json", packed(answers("lee", language="en")), hours=2)
    result = only(collect(bare, ASSIGNMENT, tmp_path / "again"))
    assert (result.state, result.student) == ("collected", "lee")
    assert result.archived
    assert result.archived.is_file()


def test_whatever_lies_beside_the_answers_in_a_folder_stays_outside(bare: Path, downloads: Path):
    put(downloads, "lee/answers.json", packed(answers("lee")))
    for name in ("json.py", "evil.html", "02-medicine.ipynb", "timestamp.txt", "submission_secret.txt"):
        put(downloads, f"lee/{name}", b"evil")
    collect(bare, ASSIGNMENT, downloads)
    folder = bare / "submitted" / "lee" / ASSIGNMENT
    assert everything_in(folder) == {"answers.json", f"{ASSIGNMENT}.ipynb", "timestamp.txt"}
    assert not any(b"evil" in path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "lee\x1b[31m\n_02-medicine.zip",
        "\u202epiz.enicidem-20_eel.zip",
        "x" * 240 + ".zip",
        "\u200b.zip",
        "-rf_02-medicine.zip",
        "'; rm -rf ~.zip",
        "=cmd()_02-medicine.zip",
        "%2e%2e%2f_02-medicine.zip",
        "CON.zip .",
    ],
)
def test_a_hostile_file_name_is_shown_harmlessly_and_archived_under_one_that_every_system_can_hold(
    name: str, bare: Path, downloads: Path
):
    make = submission("x" * 100)
    result = only(_beside(bare, downloads, name, lambda path: path.write_bytes(make)))
    assert result.state == "refused"
    assert result.message.isprintable()
    assert len(result.message) < 500
    for path in (bare / "downloaded").rglob("*"):
        assert path.name.isprintable()
        assert len(path.name.encode()) <= 130
        assert not set(path.name) & set('<>:"/\\|?*')


def test_a_file_in_a_strange_encoding_of_its_name_is_shown_harmlessly(bare: Path, downloads: Path):
    name = os.fsdecode(b"l\xffe_02-medicine.zip")
    try:
        (downloads / name).write_bytes(b"")
    except OSError:
        pytest.skip("this file system takes no such name")
    result = only(collect(bare, ASSIGNMENT, downloads))
    result.message.encode("utf-8")
    assert result.state == "refused"


def test_another_courses_answers_are_refused(bare: Path, downloads: Path):
    put(downloads, "lee_02-medicine.zip", submission("lee", course="cooking"))
    assert "is of the course “cooking”" in only(collect(bare, ASSIGNMENT, downloads)).message


def test_what_is_neither_a_zip_nor_answers_is_named(bare: Path, downloads: Path):
    put(downloads, "essay.docx", b"PK")
    assert "essay.docx is neither a zip nor answers.json" in only(collect(bare, ASSIGNMENT, downloads)).message


def test_a_submission_that_cannot_be_written_stops_no_other(
    bare: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
):
    write = intake._write_folder

    def full(folder: Path, course: Path, assignment: str, best: intake.Found) -> None:
        if best.student == "bob":
            folder.mkdir(parents=True)
            raise OSError(28, "No space left on device")
        write(folder, course, assignment, best)

    monkeypatch.setattr(intake, "_write_folder", full)
    for name in ("al", "bob", "di"):
        put(downloads, f"{name}_02-medicine.zip", submission(name))
    results = collect(bare, ASSIGNMENT, downloads)
    assert [result.state for result in results] == ["collected", "refused", "collected"]
    assert "No space left" in results[1].message
    assert submitted(bare) == {"al": "al", "di": "di"}


@pytest.mark.parametrize("name", ["no-such", "../release/02-medicine", ""])
def test_an_assignment_without_a_release_stops_with_the_remedy(name: str, bare: Path, downloads: Path):
    with pytest.raises(CourseError, match=r"there are 02-medicine, 07-conflict.*mindbody course"):
        collect(bare, name, downloads)


def test_downloads_that_are_not_there_stop_with_the_remedy(bare: Path, tmp_path: Path):
    with pytest.raises(CourseError, match="give the folder, or the zip"):
        collect(bare, ASSIGNMENT, tmp_path / "nowhere")


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_submission_replaces_an_earlier_one_whole_or_not_at_all(
    bare: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
):
    put(downloads, f"{MOODLE}a.zip", submission("first"), hours=1)
    collect(bare, ASSIGNMENT, downloads)
    folder = bare / "submitted" / "12345" / ASSIGNMENT
    put(downloads, f"{MOODLE}a.zip", submission("second"), hours=2)
    rename = Path.rename

    def broken(path: Path, target: Path) -> Path:
        if target == folder and (path / "answers.json").is_file() and b"second" in (path / "answers.json").read_bytes():
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", broken)
    assert only(collect(bare, ASSIGNMENT, downloads)).state == "refused"
    assert submitted(bare) == {"12345": "first"}
    monkeypatch.undo()
    assert only(collect(bare, ASSIGNMENT, downloads)).state == "collected"
    assert submitted(bare) == {"12345": "second"}
    assert everything_in(bare / ".mindbody" / "tmp") == set()


def test_a_run_that_was_killed_before_it_published_can_be_run_again(
    bare: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
):
    put(downloads, "lee_02-medicine.zip", submission("lee"), hours=1)
    collect(bare, ASSIGNMENT, downloads)
    put(downloads, "lee_02-medicine.zip", submission("lee", language="en"), hours=2)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake._Course, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        collect(bare, ASSIGNMENT, downloads)
    monkeypatch.undo()
    assert only(collect(bare, ASSIGNMENT, downloads)).state == "collected"


def test_what_came_is_kept_untouched_with_its_time(bare: Path, downloads: Path):
    first = put(downloads, "lee_02-medicine.zip", submission("lee"), hours=1)
    put(downloads, f"{MOODLE}/a.zip", b"no zip", hours=2)
    results = collect(bare, ASSIGNMENT, downloads)
    folder = bare / "downloaded" / ASSIGNMENT / "archive"
    assert everything_in(folder) == {"lee_02-medicine.zip", MOODLE, f"{MOODLE}/a.zip"}
    assert {result.archived for result in results} == {folder / "lee_02-medicine.zip", folder / MOODLE / "a.zip"}
    assert (folder / "lee_02-medicine.zip").stat().st_mtime == first.stat().st_mtime
    assert first.exists()


def test_another_file_of_the_same_name_is_kept_beside_the_first(bare: Path, downloads: Path):
    for hours in range(3):
        put(downloads, "lee_02-medicine.zip", submission("lee", language=f"{hours}"), hours=hours)
        collect(bare, ASSIGNMENT, downloads)
        collect(bare, ASSIGNMENT, downloads)
    kept = everything_in(bare / "downloaded" / ASSIGNMENT / "archive")
    assert len(kept) == 3
    assert "lee_02-medicine.zip" in kept


def test_names_that_differ_in_case_are_kept_apart(bare: Path, downloads: Path):
    """On a Mac or on Windows the second would overwrite the first."""
    put(downloads, "lee_02-medicine.zip", submission("lee"))
    put(downloads, "LEE_02-medicine.zip", submission("bob"))
    collect(bare, ASSIGNMENT, downloads)
    kept = everything_in(bare / "downloaded" / ASSIGNMENT / "archive")
    assert len({name.casefold() for name in kept}) == len(kept) == 2


@pytest.mark.parametrize("given", ["archive", "."])
def test_the_archive_itself_can_be_collected(given: str, bare: Path):
    folder = bare / "downloaded" / ASSIGNMENT
    put(folder / "archive", "lee_02-medicine.zip", submission())
    before = everything_in(folder)
    assert only(collect(bare, ASSIGNMENT, folder / given)).student == "lee"
    assert everything_in(folder) == before


@pytest.mark.parametrize(
    ("name", "sender"),
    [
        ("Jane Lee_12345_assignsubmission_file_a_b.zip", Sender("lms", "12345", "Jane Lee")),
        ("Jane Lee_12345_assignsubmission_onlinetext_x.zip", Sender("lms", "12345", "Jane Lee")),
        ("leejane_12345_678_a.zip", Sender("lms", "12345", "leejane")),
        ("jane_lee_02-medicine.zip", Sender("name", name="jane_lee")),
        ("jane-1_02-medicine-2.zip", Sender("name", name="jane-1")),
        ("jane_02-medicine", Sender("name", name="jane")),
        ("jane_07-conflict.zip", Sender("name", stem="jane_07-conflict")),
        ("homework final.zip", Sender("name", stem="homework final")),
        ("answers.json", Sender("name")),
        ("_assignsubmission_file_", Sender("name", stem="_assignsubmission_file_")),
        ("_02-medicine.zip", Sender("name")),
    ],
)
def test_a_name_says_who_sent_it(name: str, sender: Sender):
    assert sender_of(name, ASSIGNMENT) == sender


# --- nbgrader's zip_collect -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nbgraders_zip_collect_takes_the_same_way_in(course: Path):
    folder = course / "downloaded" / ASSIGNMENT / "archive"
    put(folder, f"{MOODLE}lee.zip", submission("lee"))
    put(folder, "bob_02-medicine.zip", submission("bob"))
    for number, (name, (make, _)) in enumerate(ARCHIVES.items()):
        if "members" not in name:
            put(folder, f"mallory{number}_02-medicine.zip", make())
    (folder / "linked_02-medicine.zip").symlink_to("/etc/passwd")
    hostile.a_fifo(folder / "pipe_02-medicine.zip")
    done = nbgrader(course, "zip_collect", ASSIGNMENT, "--force", timeout=120)
    assert done.returncode == 0, done.stderr
    assert set(submitted(course)) == {"12345", "bob"}
    assert "mallory0_02-medicine.zip" in done.stderr
    assert "is a link, and links are not followed" in done.stderr
    assert not list((course / "downloaded" / ASSIGNMENT / "extracted").iterdir())
    assert everything_in(course / "submitted" / "bob" / ASSIGNMENT) == {
        "answers.json",
        f"{ASSIGNMENT}.ipynb",
        "timestamp.txt",
    }


def test_a_hundred_submissions_are_collected_in_seconds(bare: Path, downloads: Path):
    for number in range(100):
        put(downloads, f"Trainee_{number}_assignsubmission_file_x.zip", submission(f"t{number}"))
    begun = time.perf_counter()
    assert len(collect(bare, ASSIGNMENT, downloads)) == 100
    assert time.perf_counter() - begun < 10
    shutil.rmtree(bare / "submitted")


# --- the page's own zip ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("learner", "student"), [("lee", "lee"), ("Jane Lee", "Jane-Lee"), ("a.b@example.org", "a.b@example.org")]
)
def test_the_zip_that_the_pages_own_code_makes_is_taken(learner: str, student: str, bare: Path, downloads: Path):
    """Runs the page's code in node; that a browser saves the same bytes is another test's business."""
    script = f"""
import {{ answersOf, fileName, pack }} from '{ROOT}/mindbody/frontend/src/host/submission.js';
const learner = {{ id: {json.dumps(learner)} }};
const data = answersOf({{ course: 'mind-body-formulation', assignment: '{ASSIGNMENT}', learner, items: [],
  read: () => null, at: new Date().toISOString() }});
const zip = await pack(JSON.stringify(data, null, 1), '<!doctype html>', new Date());
console.log(fileName(learner.id, '{ASSIGNMENT}'));
console.log(Buffer.from(zip).toString('base64'));
"""
    node = ROOT / ".venv" / "bin" / "node"
    run = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    name, zipped = run.stdout.split("\n")[:2]
    put(downloads, name, base64.b64decode(zipped))
    result = only(collect(bare, ASSIGNMENT, downloads))
    assert (result.state, result.student, result.conflict) == ("collected", student, False), result.message
