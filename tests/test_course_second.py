"""Second marking: blind, kept for ever, settled by a sheet."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, expect

from mindbody.course import marks
from mindbody.course.agree import _sheet_rows, agreement_tables, default_sheet, record, standing, write_sheet
from mindbody.course.batch import Batch
from mindbody.course.grading import CourseError, Tables
from mindbody.course.marks import KeptMark, kept_marks
from mindbody.course.second import lay_out
from tests.lab import jupyterlab, wait_for_scores
from tests.submissions import gradebook, hand_in, perfect, specs_of

CONFLICT = "07-conflict"
TASK = "w-rival"
CRITERION = f"{TASK}_rival-tentative"
OTHER = f"{TASK}_rival-cited"
CLASS = ["ada", "ben", "cy", "dee", "eli"]
UNSEEN = "The second marker must never read this."


def text_of(student: str, version: int = 1) -> str:
    return f"Two accounts by {student}, version {version}: perhaps anger [2], perhaps a tired back [5]."


def submit(course: Path, student: str, text: str) -> None:
    """Hand in everything right, and this text."""
    data = perfect(specs_of(course, CONFLICT), Tables.read(course, CONFLICT), student)
    data["items"][TASK]["answer"]["texts"]["text"] = text
    hand_in(course, student, data, CONFLICT)


def mark(course: Path, *, everybody: bool = False) -> None:
    """Mark as `mindbody mark` does."""
    found = list(Batch(course, CONFLICT, everybody=everybody).mark(lambda *_: None))
    assert {one.state for one in found} <= {"marked", "waiting"}


@pytest.fixture(scope="module")
def class_marked(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mark a class of five of whom the last wrote no text."""
    course = Path(shutil.copytree(made_project / "exercises", tmp_path_factory.mktemp("class") / "exercises"))
    for student in CLASS:
        submit(course, student, "" if student == "eli" else text_of(student))
    mark(course)
    return course


@pytest.fixture(scope="module")
def class_laid(class_marked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the class out for Bo, once: nbgrader takes seconds to make a gradebook."""
    course = Path(shutil.copytree(class_marked, tmp_path_factory.mktemp("laid") / "exercises"))
    lay_out(course, CONFLICT, "bo")
    return course


@pytest.fixture
def laid(class_laid: Path, tmp_path: Path) -> Path:
    """Give a course in which two are to mark."""
    return Path(shutil.copytree(class_laid, tmp_path / "exercises"))


@pytest.fixture
def marked(class_marked: Path, tmp_path: Path) -> Path:
    """Give a course in which ben to dee are to be marked by a person."""
    return Path(shutil.copytree(class_marked, tmp_path / "exercises"))


def give(folder: Path, student: str, points: Mapping[str, float | None], comment: str = "") -> None:
    """Score criteria as Formgrader does, with nbgrader's own objects."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        for cell, score in points.items():
            grade = book.find_grade(cell, CONFLICT, CONFLICT, student)
            grade.manual_score = score
            grade.needs_manual_grade = score is None
            if comment:
                book.find_comment(cell, CONFLICT, CONFLICT, student).manual_comment = comment
        book.db.commit()


def kept(course: Path) -> list[KeptMark]:
    with marks.gradebook(course) as connection:
        return kept_marks(connection, CONFLICT)


def both_mark(course: Path, first: Mapping[str, float], second: Mapping[str, float], cell: str = CRITERION) -> Path:
    """Let two markers score a criterion of some texts, and return the second marker's folder."""
    bo = course / "second" / "bo"
    for student, points in first.items():
        give(course, student, {cell: points})
    for student, points in second.items():
        give(bo, student, {cell: points})
    return bo


def sheet_of(course: Path) -> Path:
    """Write the sheet as `mindbody agree` does."""
    path = default_sheet(course, CONFLICT)
    write_sheet(course, CONFLICT, standing(course, CONFLICT).open, path)
    return path


def fill(sheet: Path, agreed: Mapping[str, str], separator: str = ",") -> None:
    """Fill in a sheet by trainee, and save it as a spreadsheet would."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=separator)
        writer.writeheader()
        writer.writerows({**row, "agreed": agreed.get(row["trainee"], "")} for row in rows)


def test_a_second_marker_is_given_the_texts_and_nothing_of_the_first_marks(marked: Path):
    give(marked, "ada", {CRITERION: 3}, UNSEEN)
    laid = lay_out(marked, CONFLICT, "bo")
    assert (laid.fresh, laid.without_text) == (("ada", "ben", "cy", "dee"), ("eli",))
    row = gradebook(laid.folder)[CONFLICT, "ada", CRITERION]
    assert (row.manual, row.auto, row.waiting, row.max) == (None, None, True, 3)
    for path in laid.folder.rglob("*"):
        assert not path.is_file() or UNSEEN.encode() not in path.read_bytes()


def test_a_second_marker_is_not_told_what_other_exercises_earned(marked: Path):
    folder = lay_out(marked, CONFLICT, "bo").folder
    assert {cell.rpartition("_")[0] for _, _, cell in gradebook(folder)} == {TASK}
    notebook = json.loads((folder / "autograded" / "ada" / CONFLICT / f"{CONFLICT}.ipynb").read_text("utf-8"))
    roles = [cell["metadata"].get("mindbody", {}).get("role") for cell in notebook["cells"]]
    assert roles == [None, "exercise", "criterion", "criterion"]
    assert not list(folder.rglob("answers.json"))


def test_names_can_be_hidden_behind_codes(marked: Path):
    folder = lay_out(marked, CONFLICT, "bo", blind_names=True, students=["ada", "ben"]).folder
    assert {student for _, student, _ in gradebook(folder)} == {"text-001", "text-002"}
    names = {path.name for path in folder.rglob("*")}
    assert not names & set(CLASS)
    give(marked, "ada", {CRITERION: 1})
    code = next(path.name for path in (folder / "autograded").iterdir() if "by ada" in _read_all(path))
    give(folder, code, {CRITERION: 2})
    (both,) = standing(marked, CONFLICT).both
    assert (both.trainee, both.difference) == ("ada", 1)


def _read_all(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.rglob("*.ipynb"))


def test_codes_and_names_are_not_mixed(marked: Path):
    lay_out(marked, CONFLICT, "bo")
    with pytest.raises(CourseError, match="leave out --blind-names"):
        lay_out(marked, CONFLICT, "bo", blind_names=True)


def test_what_says_whose_text_is_whose_outlives_a_disk_that_is_full(laid: Path, monkeypatch: pytest.MonkeyPatch):
    record = laid / ".mindbody" / "second" / "bo" / f"{CONFLICT}.json"
    before = record.read_text(encoding="utf-8")
    submit(laid, "eli", text_of("eli"))
    mark(laid)

    whole = Path.write_text

    def half(path: Path, text: str, **options: Any) -> int:
        if '"blind"' not in text:
            return whole(path, text, **options)
        whole(path, text[: len(text) // 2], **options)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", half)
        with pytest.raises(OSError, match="No space"):
            lay_out(laid, CONFLICT, "bo")
    assert record.read_text(encoding="utf-8") == before
    assert "eli" in lay_out(laid, CONFLICT, "bo").fresh


def test_a_damaged_record_is_named_with_the_remedy(laid: Path):
    (laid / ".mindbody" / "second" / "bo" / f"{CONFLICT}.json").write_text("", encoding="utf-8")
    for verb in (lambda: lay_out(laid, CONFLICT, "bo"), lambda: standing(laid, CONFLICT)):
        with pytest.raises(CourseError, match=r"07-conflict\.json is damaged.*from a backup"):
            verb()


def test_the_same_seed_draws_the_same_sample(marked: Path):
    drawn = [lay_out(marked, CONFLICT, name, sample=0.5, seed=4).fresh for name in ("bo",)]
    again = lay_out(marked, CONFLICT, "bo", sample=0.5, seed=4)
    assert len(drawn[0]) == 2
    assert (again.fresh, again.kept) == ((), drawn[0])


def test_what_cannot_be_laid_out_is_said_with_the_remedy(marked: Path):
    for options, said in (
        ({"sample": 0.0}, "write a share above 0"),
        ({"sample": 1.5}, "write a share above 0"),
        ({"sample": float("nan")}, "write a share above 0"),
        ({"students": ["zoe"]}, "zoe: no marked submission"),
        ({"students": ["eli"]}, "nobody wrote anything"),
    ):
        with pytest.raises(CourseError, match=said):
            lay_out(marked, CONFLICT, "bo", **options)
    assert not (marked / "second").exists()


@pytest.mark.parametrize("name", ["..", "../../etc", "a b", ""], ids=["up", "path", "space", "empty"])
def test_a_markers_name_is_no_path(tmp_path: Path, name: str):
    with pytest.raises(CourseError, match="cannot be a marker's name"):
        lay_out(tmp_path, CONFLICT, name)


def test_both_opinions_are_kept_with_marker_and_time(laid: Path):
    both_mark(laid, {"ada": 3, "ben": 2}, {"ada": 1, "ben": 2})
    found = standing(laid, CONFLICT)
    assert [(one.trainee, one.difference, one.discuss) for one in found.both] == [
        ("ada", -2, True),
        ("ben", 0, False),
    ]
    assert [one.trainee for one in found.open] == ["ada"]
    assert {(mark.role, mark.trainee, mark.points) for mark in kept(laid)} == {
        ("first", "ada", 3),
        ("first", "ben", 2),
        ("second", "ada", 1),
        ("second", "ben", 2),
    }
    assert {mark.marker for mark in kept(laid) if mark.role == "second"} == {"bo"}
    assert all(mark.at.startswith("20") and mark.text for mark in kept(laid))


def test_comparing_twice_keeps_each_mark_once(laid: Path):
    both_mark(laid, {"ada": 3}, {"ada": 1})
    standing(laid, CONFLICT)
    before = kept(laid)
    standing(laid, CONFLICT)
    agreement_tables(laid, CONFLICT)
    assert kept(laid) == before


def test_an_agreed_mark_is_the_trainees_and_both_originals_stay(laid: Path):
    both_mark(laid, {"ada": 3, "ben": 0}, {"ada": 1, "ben": 1})
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "2"})
    assert record(laid, CONFLICT, sheet) == 1
    assert record(laid, CONFLICT, sheet) == 0
    assert gradebook(laid)[CONFLICT, "ada", CRITERION].score == 2
    assert gradebook(laid)[CONFLICT, "ben", CRITERION].score == 0
    of_ada = [(mark.role, mark.points) for mark in kept(laid) if mark.trainee == "ada"]
    assert sorted(of_ada) == [("agreed", 2), ("first", 3), ("second", 1)]
    assert [one.trainee for one in standing(laid, CONFLICT).open] == ["ben"]


def test_marking_everybody_anew_keeps_the_agreed_mark(laid: Path):
    both_mark(laid, {"ada": 3}, {"ada": 1})
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "1,5"}, separator=";")
    record(laid, CONFLICT, sheet)
    mark(laid, everybody=True)
    row = gradebook(laid)[CONFLICT, "ada", CRITERION]
    assert (row.score, row.waiting) == (1.5, False)
    assert len([mark for mark in kept(laid) if mark.trainee == "ada"]) == 3


def test_a_changed_text_asks_both_again_and_forgets_neither(laid: Path):
    bo = both_mark(laid, {"ada": 3, "ben": 1}, {"ada": 1, "ben": 1})
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "2"})
    record(laid, CONFLICT, sheet)
    submit(laid, "ada", text_of("ada", 2))
    mark(laid)
    assert gradebook(laid)[CONFLICT, "ada", CRITERION].waiting
    again = lay_out(laid, CONFLICT, "bo")
    assert (again.changed, again.kept) == (("ada",), ("ben", "cy", "dee"))
    row = gradebook(bo)[CONFLICT, "ada", CRITERION]
    assert (row.manual, row.waiting) == (None, True)
    assert "version 2" in _read_all(bo / "autograded" / "ada")
    found = standing(laid, CONFLICT)
    assert [one.trainee for one in found.both] == ["ben"]
    give(laid, "ada", {CRITERION: 0})
    give(bo, "ada", {CRITERION: 3})
    (ada,) = [one for one in standing(laid, CONFLICT).both if one.trainee == "ada"]
    assert (ada.first.points, ada.second.points, ada.agreed) == (0, 3, None)
    old = {(mark.role, mark.points) for mark in kept(laid) if mark.trainee == "ada"}
    assert old >= {("first", 3), ("second", 1), ("agreed", 2)}


def test_a_mark_that_is_changed_after_an_agreement_opens_it_again(laid: Path):
    bo = both_mark(laid, {"ada": 3}, {"ada": 1})
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "2"})
    record(laid, CONFLICT, sheet)
    give(bo, "ada", {CRITERION: 0})
    (ada,) = standing(laid, CONFLICT).both
    assert (ada.agreed, ada.discuss) == (None, True)


def test_a_line_that_is_wrong_is_named_and_nothing_is_recorded(laid: Path):
    both_mark(laid, {"ada": 3, "ben": 0}, {"ada": 1, "ben": 2})
    sheet = sheet_of(laid)
    for agreed in ("4", "-1", "two", "1.3", "nan", "1e999"):
        fill(sheet, {"ada": "2", "ben": agreed})
        with pytest.raises(CourseError) as error:
            record(laid, CONFLICT, sheet)
        said = f"{sheet}:3: ben, rival-tentative: “{agreed}” is no level: write 0 to 3"
        assert str(error.value).startswith(said)
        assert "Nothing was recorded" in str(error.value)
    assert gradebook(laid)[CONFLICT, "ada", CRITERION].score == 3
    assert not [mark for mark in kept(laid) if mark.role == "agreed"]


def test_a_sheet_that_is_older_than_a_mark_is_refused(laid: Path):
    bo = both_mark(laid, {"ada": 3}, {"ada": 1})
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "2"})
    give(bo, "ada", {CRITERION: 0})
    with pytest.raises(CourseError, match="changed her mark since"):
        record(laid, CONFLICT, sheet)


def test_a_broken_sheet_is_refused_with_file_and_line(marked: Path, tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    head = b"trainee,task,criterion,first,second,agreed\n"
    for content, said in (
        (b"", ":1: no column is called trainee"),
        (b"trainee,task\nx,y\n", ":1: no column is called criterion"),
        (b"\xff\xfe", ":1: not UTF-8"),
        (head + b"zoe,w-rival,rival-cited,1,2,2\n", ":2: zoe, rival-cited: no two marks"),
    ):
        sheet.write_bytes(content)
        with pytest.raises(CourseError) as error:
            record(marked, CONFLICT, sheet)
        assert f"{sheet}{said}" in str(error.value)


def test_a_sheet_holds_the_text_and_no_formula(laid: Path):
    submit(laid, "ada", '=HYPERLINK("http://evil.example")')
    mark(laid)
    lay_out(laid, CONFLICT, "bo")
    both_mark(laid, {"ada": 3}, {"ada": 1})
    with sheet_of(laid).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"].startswith("'=HYPERLINK")
    assert (row["first"], row["second"], row["discuss"], row["agreed"]) == ("3", "1", "yes", "")


def test_the_statistics_look_at_what_was_said_before_the_two_spoke(laid: Path):
    points = {"ada": 3.0, "ben": 0.0, "cy": 1.0, "dee": 2.0}
    both_mark(laid, points, {**points, "ada": 1})
    before = agreement_tables(laid, CONFLICT)
    sheet = sheet_of(laid)
    fill(sheet, {"ada": "1"})
    record(laid, CONFLICT, sheet)
    give(laid, "ada", {CRITERION: 1.5})
    assert agreement_tables(laid, CONFLICT) == before
    (criterion,) = before.criteria
    assert (criterion.criterion, criterion.label) == ("rival-tentative", "Two rivals, held lightly")
    assert (criterion.n, criterion.exact, criterion.far) == (4, 0.75, 1)
    assert before.scripts == 4
    assert before.second_markers == ("bo",)


def test_without_second_marks_the_tables_are_empty_and_say_so(marked: Path):
    found = agreement_tables(marked, CONFLICT)
    assert not found.criteria
    assert "nothing to compare" in found.warnings[0]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading_of_a_sheet(content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.csv"
        path.write_bytes(content)
        said = ""
        try:
            rows = list(_sheet_rows(path))
        except CourseError as error:
            rows, said = [], str(error)
        assert said.startswith(f"{path}:" if said else "")
        assert all(line > 1 and "agreed" in row for line, row in rows)


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    """Give a marker's page."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def score_in_formgrader(page: Page, address: str, folder: Path, points: str, comment: str) -> str:
    """Open Ada's text in Formgrader, score and comment a criterion, and return what the marker saw before."""
    page.goto(f"{address}/lab")  # Formgrader's scripts take a cookie that only a visit here gives
    page.wait_for_function("() => window.jupyterapp")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        number = book.find_submission_notebook(CONFLICT, CONFLICT, "ada").id
    page.goto(f"{address}/formgrader/submissions/{number}/")
    score = page.locator(f"#{CRITERION}.score")
    wait_for_scores(page)
    said = page.locator(f"#{CRITERION}-comment")
    seen = page.locator("body").inner_text() + score.input_value() + said.input_value()
    cell = page.locator(".nbgrader_cell", has=score)
    expect(cell.get_by_text("two accounts that differ in kind", exact=False).first).to_be_visible()
    expect(page.get_by_text(text_of("ada"))).to_be_visible()
    for box, value, api in ((score, points, "grade"), (said, comment, "comment")):
        with page.expect_response(lambda reply, api=api: reply.request.method == "PUT" and f"/api/{api}/" in reply.url):
            box.fill(value)
            box.blur()
    return seen


@pytest.mark.slow
def test_in_formgrader_the_second_marker_sees_no_first_mark_and_both_are_kept(laid: Path, window: Page, tmp_path: Path):
    """Formgrader itself, in two JupyterLabs: the first marker's on the course, the second's on her folder."""
    course, bo = laid, laid / "second" / "bo"
    with jupyterlab(course, tmp_path / "lab-1") as address:
        score_in_formgrader(window, address, course, "3", UNSEEN)
    with jupyterlab(bo, tmp_path / "lab-2") as address:
        seen = score_in_formgrader(window, address, bo, "1", "Only one account has a source.")
        listed = window.request.get(f"{address}/formgrader/api/submitted_notebooks/{CONFLICT}/{CONFLICT}")
    assert UNSEEN not in seen
    assert listed.ok
    assert UNSEEN not in listed.text()
    (ada,) = standing(course, CONFLICT).both
    assert (ada.first.points, ada.second.points, ada.first_comment, ada.second_comment) == (
        3,
        1,
        UNSEEN,
        "Only one account has a source.",
    )
    assert ada.first.marker != marks.UNKNOWN
    assert (ada.second.marker, ada.discuss) == ("bo", True)
    assert gradebook(course)[CONFLICT, "ada", CRITERION].score == 3
