"""The grades as a table that a spreadsheet opens: quoted, no formula in it, and nothing added up that must not be."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from mindbody.course.export import COLUMNS, grades, safe, table
from mindbody.course.grading import CourseError, Tables
from mindbody.course.scores import results
from tests.submissions import hand_in, nbgrader, perfect, specs_of, submission

TRIGGERS = "=+-@\t\r"


def rows_of(data: bytes) -> list[list[str]]:
    """Read a table as an import does that knows of the byte order mark."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def read(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return (assignment, trainee) -> column -> cell."""
    head, *rows = rows_of(path.read_bytes())
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    return {(line["assignment"], line["trainee"]): line for line in lines}


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trigger", [*TRIGGERS, "\n", "＝", "＋", "－", "＠", "\u2212", "|"])
@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", "\u200b", "\ufeff", "\u202e", "\x00", "\x01 \u2009"])
def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(trigger: str, before: str):
    text = f"{before}{trigger}cmd|' /C calc'!A0"
    if before == "\x00":
        assert not safe(text).startswith(tuple(TRIGGERS))
    else:
        assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Zoë Lee", "lee", "3 - 4", "a=b", "jane@example.org", "'quoted", "2026-11-22 10:00", "#N/A"]
)
def test_what_is_no_formula_is_left_alone(text: str):
    assert safe(text) == text


@given(st.text(max_size=40))
@example("=1+1")
@example("\x00=1")
@example("\u200b\u200b=1")
def test_no_cell_begins_like_a_formula(text: str):
    """Knows the beginnings that OWASP lists; a spreadsheet may have others of its own."""
    ((cell,),) = rows_of(table([[text]]))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(tuple(TRIGGERS))
    assert "\x00" not in cell


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=2, max_size=2), max_size=4
    )
)
def test_every_cell_is_quoted_and_comes_back(rows: list[list[str]]):
    data = table(rows)
    assert rows_of(data) == [[safe(cell) for cell in row] for row in rows]
    assert data.startswith(b"\xef\xbb\xbf")
    assert all(line.startswith('"') for line in data.decode("utf-8-sig").split("\r\n")[:1] if line)


def test_half_a_surrogate_pair_stops_nothing():
    table([["\ud800"]]).decode("utf-8-sig")


def test_numbers_stay_numbers():
    assert rows_of(table([[1, 2.5, 0.0, 3.0, 9.576, None, True]])) == [["1", "2.5", "0", "3", "9.58", "", "True"]]


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mark four trainees of one assignment, one of them scored by a person too; a fifth is not marked yet."""
    course = Path(shutil.copytree(made_project / "exercises", tmp_path_factory.mktemp("export") / "exercises"))
    name = "02-medicine"
    specs, tables = specs_of(course, name), Tables.read(course, name)
    for index, quality in enumerate((1, 1, 0.5)):
        data = submission(specs, tables, learner=f"t{index}", quality=quality, seed=index)
        hand_in(course, f"t{index}", data, name)
    hand_in(course, "broken", b"no json", name)
    done = nbgrader(course, "autograde", name)
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for cell in book.find_submission_notebook(name, name, "t0").grades:
            if cell.cell.type == "TaskCell":
                cell.manual_score, cell.needs_manual_grade = 1.5, False
        book.db.commit()
    hand_in(course, "late", perfect(specs, tables, "late"), name)
    lines = ["id,name,email", "t0,=cmd()|' /C calc'!A0,@SUM(1)", "t1,Zoë,", "absent,Nobody,"]
    (course / "roster.csv").write_text("\n".join(lines), encoding="utf-8")
    return course


def test_a_line_says_apart_what_must_not_be_added_up(marked: Path, tmp_path: Path):
    grades(marked, tmp_path / "grades.csv")
    lines = read(tmp_path / "grades.csv")
    found = {result.student: result for result in results(marked, "02-medicine")}
    for student in ("t0", "t1", "t2"):
        line, result = lines["02-medicine", student], found[student]
        assert float(line["graded_points"]) == pytest.approx(result.graded[0], abs=0.005)
        assert float(line["graded_max"]) == 20
        assert float(line["practice_points_first"]) == result.marked.practice[0] / 100
        assert float(line["practice_max"]) == result.marked.practice[1] / 100
        assert (int(line["completion_graded"]), int(line["completion_graded_of"])) == result.marked.completion("graded")
        gates = {name[5:]: cell for name, cell in line.items() if name.startswith("gate ")}
        words = {True: "passed", False: "not passed", None: "not answered"}
        assert gates == {gate.id: words[gate.passed] for gate in result.marked.gates}
    assert lines["02-medicine", "t0"]["written_points"] not in {"", "0"}
    assert lines["02-medicine", "t0"]["state"] == "marked"


def test_a_text_that_came_in_since_has_no_score(marked: Path, tmp_path: Path):
    course, name = Path(shutil.copytree(marked, tmp_path / "exercises")), "02-medicine"
    path = course / "submitted" / "t0" / name / "answers.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    texts = [item["answer"]["texts"] for item in data["items"].values() if item["answer"].get("texts", {}).get("text")]
    texts[0]["text"] = "Something else."
    path.write_text(json.dumps(data), encoding="utf-8")
    grades(course, tmp_path / "grades.csv")
    line = read(tmp_path / "grades.csv")[name, "t0"]
    assert line["state"] == "to be marked again"
    assert (line["graded_points"], line["written_points"]) == ("", "")


def test_points_that_are_not_settled_are_left_blank(marked: Path, tmp_path: Path):
    grades(marked, tmp_path / "grades.csv")
    lines = read(tmp_path / "grades.csv")
    assert lines["02-medicine", "late"]["state"] == "not marked yet"
    assert lines["02-medicine", "late"]["graded_points"] == ""
    assert lines["02-medicine", "t1"]["state"] == "written work to be marked"
    assert lines["02-medicine", "t1"]["written_points"] == ""
    assert lines["02-medicine", "broken"]["state"].startswith("refused: answers.json")
    assert lines["02-medicine", "broken"]["graded_points"] == "0"


def test_who_handed_in_nothing_has_a_line_too(marked: Path, tmp_path: Path):
    grades(marked, tmp_path / "grades.csv")
    lines = read(tmp_path / "grades.csv")
    assert lines["07-conflict", "absent"]["state"] == "nothing handed in"
    assert len(lines) == 6 + 3


def test_names_that_are_formulas_are_harmless_and_others_whole(marked: Path, tmp_path: Path):
    assert grades(marked, tmp_path / "grades.csv") == 9
    lines = read(tmp_path / "grades.csv")
    assert lines["02-medicine", "t0"]["name"] == "'=cmd()|' /C calc'!A0"
    assert lines["02-medicine", "t0"]["email"] == "'@SUM(1)"
    assert lines["02-medicine", "t1"]["name"] == "Zoë"


def test_the_columns_are_the_documented_ones(marked: Path, tmp_path: Path):
    grades(marked, tmp_path / "grades.csv")
    head = rows_of((tmp_path / "grades.csv").read_bytes())[0]
    assert tuple(head[: len(COLUMNS)]) == COLUMNS
    assert head[len(COLUMNS) :] == ["gate 02-medicine/red-flags", "gate 02-medicine/red-flags-graded"]


def test_nbgraders_own_export_still_works(marked: Path):
    done = nbgrader(marked, "export", "--to=own.csv")
    assert done.returncode == 0, done.stderr
    own = (marked / "own.csv").read_text(encoding="utf-8")
    ours = {result.student: result for result in results(marked, "02-medicine")}
    lines = {
        line["student_id"]: line for line in csv.DictReader(io.StringIO(own)) if line["assignment"] == "02-medicine"
    }
    assert float(lines["t0"]["score"]) == pytest.approx(ours["t0"].graded[0] + ours["t0"].written[0])


def test_a_course_without_assignments_or_a_file_that_cannot_be_written_stops_with_the_remedy(
    marked: Path, tmp_path: Path
):
    with pytest.raises(CourseError, match="run `mindbody course`"):
        grades(tmp_path, tmp_path / "grades.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CourseError, match="cannot be written"):
        grades(marked, tmp_path / "folder")
    with pytest.raises(CourseError, match="cannot be written"):
        grades(marked, tmp_path / "nowhere" / "grades.csv")


def test_a_file_that_could_not_be_replaced_leaves_nothing_behind(marked: Path, tmp_path: Path):
    (tmp_path / "grades.csv").mkdir()
    with pytest.raises(CourseError, match="close it, or name another file"):
        grades(marked, tmp_path / "grades.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]
