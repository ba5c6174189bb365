"""Between the course and a learning platform: lists of trainees in, grades out, nothing in either that runs."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from openpyxl import load_workbook

from mindbody.course.export import grade_rows, grades, known_trainees, workbook
from mindbody.course.grading import CourseError, Tables
from mindbody.course.lms import column_names, grades_for, read_platform, take_roster
from mindbody.course.roster import Trainee, read_roster
from tests.submissions import hand_in, nbgrader, perfect, specs_of, submission

NAME = "07-conflict"
EVIL = "=cmd|' /C calc'!A0\x1b[31m<script>"
MOODLE = (
    '﻿"First name",Surname,"ID number","Email address",Groups\r\n'
    'Zoë,Lee,k-17,zoe.lee@example.org,"A, B"\r\nInês,"Nuñez-Olmo",,ines@example.org,\r\n'
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade\nParticipant 48001,Zoë Lee,zoe.lee@example.org,Submitted,\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Conflict (8231)\n"
    '    Points Possible,,,,,10\n"Lee, Zoë",5501,k-17,zlee,Autumn,\n"Student, Test",9,,,Autumn,\n'
)


def listed(tmp_path: Path, text: str) -> list[Trainee]:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_platform(path)


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))


# --- rosters ----------------------------------------------------------------------------------------------------------


def test_moodles_participants_are_read(tmp_path: Path):
    one, other = listed(tmp_path, MOODLE)
    assert one == Trainee("k-17", "Zoë Lee", "", "zoe.lee@example.org", "k-17", "", "A, B")
    assert (other.id, other.name) == ("ines@example.org", "Inês Nuñez-Olmo")


def test_moodles_grading_worksheet_gives_the_numbers_of_the_downloaded_files(tmp_path: Path):
    (one,) = listed(tmp_path, WORKSHEET)
    assert (one.id, one.lms_id, one.name) == ("zoe.lee@example.org", "48001", "Zoë Lee")


def test_canvas_gradebook_is_read_without_what_is_no_person(tmp_path: Path):
    assert listed(tmp_path, CANVAS) == [Trainee("k-17", "Zoë Lee", "5501", "", "k-17", "zlee", "Autumn")]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_list_saved_by_a_spreadsheet_of_another_country_is_read(tmp_path: Path, separator: str):
    (one,) = listed(tmp_path, WORKSHEET.replace(",", separator))
    assert one.lms_id == "48001"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: no column says who is who"),
        ("First name,Surname\nZoë,Lee\n", ":1: no column says who is who"),
        ("Email address\n", "nobody stands in it"),
        ("Full name,Username\nZoë Lee,zoë lee\n", ":2: “zoë lee” has neither"),
        ("Username\nlee\nLEE\n", ":3: “LEE” stands in line 2 too"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, message: str):
    with pytest.raises(CourseError, match=message):
        listed(tmp_path, text)


def test_a_list_in_another_encoding_says_how_to_save_it(tmp_path: Path):
    (tmp_path / "list.csv").write_bytes("Username\nzoë".encode("latin-1"))
    with pytest.raises(CourseError, match="CSV UTF-8"):
        read_platform(tmp_path / "list.csv")


def test_a_roster_is_made_and_one_that_is_there_is_not_replaced_unasked(tmp_path: Path):
    source = tmp_path / "canvas.csv"
    source.write_text(CANVAS, encoding="utf-8")
    path, count = take_roster(tmp_path, source)
    assert count == 1
    assert read_roster(path).trainees["k-17"] == read_platform(source)[0]
    with pytest.raises(CourseError, match="--replace"):
        take_roster(tmp_path, source)
    take_roster(tmp_path, source, replace=True)


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_is_refused_with_its_file(text: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            found = read_platform(path)
        except CourseError as error:
            said = str(error)
        else:
            said = str(path) if found else ""
    assert said.startswith(str(path))


# --- grades -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mark a good and a poor trainee; score the good one's text. A third is not marked, a fourth hands in nothing."""
    course = Path(shutil.copytree(made_project / "exercises", tmp_path_factory.mktemp("lms") / "exercises"))
    specs, tables = specs_of(course, NAME), Tables.read(course, NAME)
    hand_in(course, "good", perfect(specs, tables, "good"), NAME)
    hand_in(course, "poor", perfect(specs, tables, "poor"), NAME)
    assert nbgrader(course, "autograde", NAME).returncode == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for cell in book.find_submission_notebook(NAME, NAME, "good").grades:
            if cell.cell.type == "TaskCell":
                cell.manual_score, cell.needs_manual_grade = cell.max_score, False
        book.db.commit()
    hand_in(course, "late", submission(specs, tables, learner="late", quality=0.5, seed=3), NAME)
    text = f'id,name,lms_id,email,number,login,section\ngood,"{EVIL}",5501,good@example.org,k-1,glee,Autumn\n'
    (course / "roster.csv").write_text(f"{text}absent,Absent,5502,,,,\n", encoding="utf-8")
    return course


def test_moodle_gets_a_line_a_trainee_and_a_column_an_assignment(course: Path, tmp_path: Path):
    assert grades_for(course, "moodle", tmp_path / "grades.csv", names={NAME: "Conflict"}) == 4
    head, *rows = rows_of(tmp_path / "grades.csv")
    assert head == ["ID number", "Email address", "Full name", "Conflict"]
    lines = {row[0]: row for row in rows}
    tables = Tables.read(course, NAME)
    most = sum(item.points for item in tables.items.values() if item.counted or item.written) / 100
    assert float(lines["k-1"][3]) == most
    assert lines["k-1"][1] == "good@example.org"
    # Nothing handed in, not marked yet, and a text that nobody has scored.
    assert [lines[name][3] for name in ("absent", "late", "poor")] == ["", "", ""]


def test_canvas_gets_its_ids_and_what_the_assignment_is_worth(course: Path, tmp_path: Path):
    grades_for(course, "canvas", tmp_path / "grades.csv")
    head, worth, *rows = rows_of(tmp_path / "grades.csv")
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert worth[0].strip() == "Points Possible"
    good = next(row for row in rows if row[1] == "5501")
    assert good[2:5] == ["k-1", "glee", "Autumn"]
    assert float(good[5]) == float(worth[5])


@pytest.mark.parametrize("platform", ["moodle", "canvas"])
def test_no_cell_for_a_platform_begins_like_a_formula(course: Path, tmp_path: Path, platform: str):
    grades_for(course, platform, tmp_path / "grades.csv", names={NAME: "=1+1"})
    cells = [cell for row in rows_of(tmp_path / "grades.csv") for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_a_name_for_an_assignment_that_there_is_not_is_refused(course: Path, tmp_path: Path):
    with pytest.raises(CourseError, match='no assignment "07"'):
        grades_for(course, "moodle", tmp_path / "grades.csv", names={"07": "Conflict"})


def test_column_names_are_read_from_the_command_line():
    assert column_names(["07-conflict=Conflict = 8231"]) == {"07-conflict": "Conflict = 8231"}
    with pytest.raises(CourseError, match="ASSIGNMENT=NAME"):
        column_names(["07-conflict"])


def test_the_spreadsheet_has_numbers_as_numbers_and_texts_as_texts(course: Path, tmp_path: Path):
    out = tmp_path / "grades.xlsx"
    lines = grades(course, out)
    rows = list(load_workbook(out).active.iter_rows())
    assert len(rows) == lines + 1
    head = [cell.value for cell in rows[0]]
    by_name = {(row[0].value, row[1].value): dict(zip(head, row, strict=True)) for row in rows[1:]}
    good = by_name[NAME, "good"]
    assert good["name"].value == EVIL.replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert (good["name"].data_type, good["graded_points"].data_type) == ("s", "n")
    assert good["graded_points"].value == good["graded_max"].value
    expected = [row[head.index("graded_max")] for row in grade_rows(course, known_trainees(course))[1:]]
    assert [row[head.index("graded_max")].value for row in rows[1:]] == expected


@given(st.text(max_size=60))
def test_no_text_becomes_a_formula_in_a_spreadsheet(text: str):
    """Reads the file as openpyxl does; Excel and LibreOffice are not run."""
    cell = load_workbook(io.BytesIO(workbook([[text, 1.5]]))).active["A1"]
    assert cell.data_type in {"s", "n"}
    assert cell.data_type == "s" or cell.value is None
