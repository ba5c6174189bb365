"""``mindbody course``: notebooks that nbgrader takes, and a release without a key in it."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from mindbody.course.grading import CourseError, Tables
from mindbody.course.notebooks import exercise_data, source_notebook
from mindbody.course.release import course_folder, keep_tables, lay_out_for_trainee, make_course
from mindbody.curriculum import Curriculum, load, marking_table
from tests.submissions import hand_in

ASSIGNMENTS = ["02-medicine", "07-conflict"]


@pytest.fixture(scope="session")
def curriculum(made_project: Path) -> Curriculum:
    """Return the curriculum of the two chapters whose course these tests work on."""
    return load(made_project)


FEW_WORDS = 8


def _released_text(course: Path) -> str:
    files = [path for path in sorted((course / "release").rglob("*")) if path.is_file()]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\{\S+?\}`[^`]*`|<[^>]+>|&\w+;|[\W_]+", " ", text).lower().split())


def test_every_assignment_is_released_with_its_public_data_and_nothing_else(course: Path):
    for name in ASSIGNMENTS:
        assert sorted(path.name for path in (course / "release" / name).iterdir()) == [f"{name}.ipynb", "exercise.json"]


def test_no_graded_key_of_any_chapter_is_in_the_release(whole_project: Path):
    """Looks for every sentence of a graded key, and for every table of credits.

    It cannot prove that nobody works a key out from the questions. Labels of a few words may stand in practice too.
    """
    curriculum, released = load(whole_project), _released_text(whole_project / "exercises")
    assert "HIDDEN" not in released
    assert "MARK SCHEME" not in released
    assert "work.points" not in released
    plain = _plain(released)
    sought = 0
    # What practice says too is no secret: notes that are the same in every item of a kind.
    open_to_all = {
        _plain(why)
        for assignment in curriculum.assignments.values()
        for item in assignment.items
        if item.practice
        for why in marking_table(curriculum, item).why.values()
    }
    for assignment in curriculum.taught.values():
        for item in assignment.items:
            if item.practice:
                continue
            table = marking_table(curriculum, item)
            # The sentence on "none found" is the same in every item, practice too.
            whys = [why for atom, why in table.why.items() if not atom.startswith("none@")]
            for why in [*whys, *table.why_unlisted.values(), *getattr(item.key, "mark_scheme", {}).values()]:
                sought += 1
                told = len(_plain(why).split()) < FEW_WORDS or _plain(why) in open_to_all
                assert told or _plain(why) not in plain, item.full_id
            if item.written:
                assert _plain(item.key.model) not in plain
    assert sought > 100


def test_a_graded_item_of_the_public_data_has_no_table(course: Path):
    for name in ASSIGNMENTS:
        data = json.loads((course / "release" / name / "exercise.json").read_text(encoding="utf-8"))
        for item in data["items"].values():
            assert (item["table"] is None) == (item["mode"] == "graded"), item["id"]


def test_the_source_is_a_notebook_in_which_every_cell_is_locked(curriculum: Curriculum, course: Path):
    for assignment in curriculum.assignments.values():
        path = course / "source" / assignment.id / f"{assignment.id}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert all(cell.metadata.nbgrader.locked for cell in notebook.cells)
        assert all(cell.id == cell.metadata.nbgrader.grade_id for cell in notebook.cells)


def test_the_points_of_a_notebook_are_those_of_the_bank(curriculum: Curriculum, course: Path):
    declared = {"02-medicine": 26, "07-conflict": 26}
    for name, points in declared.items():
        notebook = nbformat.read(course / "source" / name / f"{name}.ipynb", as_version=4)
        assert sum(cell.metadata.nbgrader.get("points", 0) for cell in notebook.cells) == points


def test_each_hidden_region_ends_in_points(course: Path):
    """Stock nbgrader gives full marks to a cell whose last line has no result."""
    for path in (course / "source").glob("*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.metadata.mindbody.role == "item":
                lines = cell.source.splitlines()
                assert lines[-1] == "### END HIDDEN TESTS"
                assert lines[2].startswith(f'work.points("{cell.id}"')


def test_a_criterion_shows_its_levels_to_all_and_its_mark_scheme_to_the_marker(course: Path):
    for folder, seen in (("source", True), ("release", False)):
        notebook = nbformat.read(course / folder / "07-conflict" / "07-conflict.ipynb", as_version=4)
        criterion = next(cell for cell in notebook.cells if cell.id == "w-rival_rival-cited")
        assert "no excerpt cited, or facts that the case does not contain" in criterion.source
        assert ("MARK SCHEME" in criterion.source) == seen


def test_the_tables_that_are_kept_mark_as_the_curriculum_does(curriculum: Curriculum, course: Path):
    for assignment in curriculum.assignments.values():
        tables = Tables.read(course, assignment.id)
        assert list(tables.items) == [item.id for item in assignment.items]
        for item in assignment.items:
            kept = tables.items[item.id].versions[item.form.version]
            assert kept.table.to_json() == marking_table(curriculum, item).to_json()


def test_a_course_without_tables_says_what_to_run(tmp_path: Path):
    with pytest.raises(CourseError, match="run `mindbody course`"):
        Tables.read(tmp_path, "02-medicine")


def _with_other_key(root: Path) -> Curriculum:
    keys = root / "exercises" / "keys" / "07-conflict.yaml"
    text = keys.read_text(encoding="utf-8")
    assert "  g-which-corner:\n    version: 1\n    right: c\n" in text
    begin = "  g-which-corner:\n    version: 1\n    right: "
    keys.write_text(text.replace(f"{begin}c\n", f"{begin}b\n"), encoding="utf-8")
    return load(root)


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_project, tmp_path / "project"))


def test_a_key_cannot_change_in_silence_once_answers_were_handed_in(project: Path):
    course = project / "exercises"
    changed = _with_other_key(project)
    assignment = changed.assignments["07-conflict"]
    keep_tables(course, changed, assignment)
    hand_in(course, "lee", None, "07-conflict")
    keep_tables(course, changed, assignment)
    keys = course / "keys" / "07-conflict.yaml"
    keys.write_text(keys.read_text(encoding="utf-8").replace("right: b\n", "right: c\n", 1), encoding="utf-8")
    with pytest.raises(CourseError, match=r"07-conflict/\S+: what earns points changed.*version: 2"):
        keep_tables(course, load(project), load(project).assignments["07-conflict"])
    keep_tables(course, load(project), load(project).assignments["07-conflict"], mend_keys=True)


def test_the_table_of_an_older_version_stays(project: Path):
    course = project / "exercises"
    for folder in ("bank", "keys"):
        path = course / folder / "07-conflict.yaml"
        before, _, after = path.read_text(encoding="utf-8").partition("g-which-corner")
        path.write_text(before + "g-which-corner" + after.replace("version: 1", "version: 2", 1), encoding="utf-8")
    raised = load(project)
    versions = keep_tables(course, raised, raised.assignments["07-conflict"])
    assert list(versions["g-which-corner"]) == [1, 2]
    source = source_notebook(raised, raised.assignments["07-conflict"], versions)
    cell = next(cell for cell in source["cells"] if cell["id"] == "g-which-corner")
    assert "{1: {" in cell["source"]
    assert " 2: {" in cell["source"]


def test_without_keys_the_course_says_which_are_missing(project: Path):
    (project / "exercises" / "keys" / "02-medicine.yaml").unlink()
    with pytest.raises(CourseError, match=r"exercises/keys/02-medicine\.yaml: no key for g-peter"):
        list(make_course(load(project)))


def test_a_file_that_would_travel_to_every_trainee_stops_the_release(project: Path):
    (project / "exercises" / "source" / "02-medicine" / "answers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CourseError, match=r"answers\.json would be released to everybody"):
        list(make_course(load(project)))


def test_laying_out_a_release_keeps_the_answers_that_are_there(course: Path, tmp_path: Path):
    folder = tmp_path / "trainee"
    lay_out_for_trainee(course, folder)
    answers = folder / "02-medicine" / "answers.json"
    kept = '{"format": "mindbody-answers/1", "items": {}}'
    answers.write_text(kept, encoding="utf-8")
    notebooks = lay_out_for_trainee(course, folder)
    assert [path.name for path in notebooks] == ["02-medicine.ipynb", "07-conflict.ipynb"]
    assert answers.read_text(encoding="utf-8") == kept


def test_the_public_data_has_no_link_into_a_book_that_is_not_there(curriculum: Curriculum):
    data = json.dumps(exercise_data(curriculum, curriculum.assignments["02-medicine"]))
    assert "%ROOT%" not in data


def test_stock_nbgrader_can_mark_an_item_by_what_was_done_in_its_place(whole_project: Path):
    """A cell is run before that of its alternative, and what the alternative earns stands in it."""
    found = 0
    for assignment in load(whole_project).taught.values():
        path = whole_project / "exercises" / "source" / assignment.id / f"{assignment.id}.ipynb"
        cells = {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}
        for item in assignment.items:
            if item.form.alternative_to and not item.practice:
                assert f"'{item.id}': {{" in cells[item.form.alternative_to]
                found += 1
    assert found


def test_a_folder_below_which_no_gradebook_can_stand_is_named(tmp_path: Path):
    odd = tmp_path / "50% #1"
    (odd / "exercises").mkdir(parents=True)
    (odd / "exercises" / "nbgrader_config.py").touch()
    with pytest.raises(CourseError, match="# or %"):
        course_folder(odd)
