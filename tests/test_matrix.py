"""The blueprint matrix: what is promised of each objective, and what the items keep of it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mindbody import matrix
from mindbody.book.matrix_table import tables
from mindbody.curriculum import AuthoringError, load
from mindbody.items import KINDS
from mindbody.matrix import Cell
from mindbody.model import Assignment, Item, Promise
from mindbody.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parent.parent
FILE = "assets/blueprint.yaml"


def line_of(text: str) -> int:
    lines = (ROOT / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def check(curriculum) -> Callable[..., list[str]]:
    """Return a function that checks the project's promises, some of them or some of the items changed."""
    source = read_yaml(ROOT / FILE, ROOT)

    def found(keep: Callable[[Item], object] = bool, plan: object = None, **fields: object) -> list[str]:
        promises = curriculum.matrix.model_copy(update=fields)
        assignments = {
            name: replace(one, items=tuple(filter(keep, one.items))) for name, one in curriculum.taught.items()
        }
        return [str(one) for one in matrix.check(source, promises, plan or curriculum.plan, assignments)]

    return found


def test_every_promise_of_the_project_is_kept(check):
    assert check() == []


def test_a_promised_cell_that_becomes_empty_is_named_with_its_line_and_what_there_is(check):
    [said] = check(lambda item: item.full_id != "01-words/w-two")
    assert said == (
        f'{FILE}:{line_of("ori-2: ")}: "ori-2" is promised written work by writing at create, and has none'
        " (it has nothing that is written): write such an item, or promise what there is"
    )


def test_the_nearest_that_there_is_is_named(check):
    [said] = [one for one in check(lambda item: item.practice or item.kind.name != "number") if "evi-2" in one]
    assert '"evi-2" is promised graded work by numbers at apply, and has none (it has appraising at evaluate)' in said


def test_a_chapter_that_is_planned_may_still_owe_what_it_promises(curriculum, check):
    chapters = [
        one.model_copy(update={"status": "planned"}) if one.number == 1 else one for one in curriculum.plan.chapters
    ]
    plan = curriculum.plan.model_copy(update={"chapters": tuple(chapters)})
    assert check(lambda item: item.assignment != "01-words", plan) == []


def test_an_objective_without_a_promise_is_a_mistake(curriculum, check):
    fewer = {name: promise for name, promise in curriculum.matrix.promised.items() if name != "dyn-4"}
    said = check(promised=fewer)
    assert said == [f'{FILE}:{line_of("promised:")}: objective "dyn-4" is promised nothing: add a line for it']


def test_a_promise_for_an_objective_that_is_not_there_is_a_mistake(curriculum, check):
    more = curriculum.matrix.promised | {"dyn-9": Promise()}
    assert any('objective "dyn-9" is not in assets/objectives.yaml: mend its id' in one for one in check(promised=more))


def test_a_promise_in_an_unknown_format_is_a_mistake(curriculum, check):
    more = curriculum.matrix.promised | {"dyn-4": Promise.model_validate({"graded": {"essays": "create"}})}
    assert 'there is no format "essays" (there are questions, numbers,' in " ".join(check(promised=more))


def test_each_kind_of_exercise_stands_in_one_format_and_has_its_minutes(curriculum, check):
    formats = {name: one for name, one in curriculum.matrix.formats.items() if name != "numbers"}
    said = " ".join(check(formats=formats, minutes={}))
    assert 'the kind "number" stands in no format: put it into one' in said
    for kind in KINDS:
        assert f'the kind "{kind}" has no minutes: say how long one takes' in said


def test_an_item_counts_in_its_own_chapter_and_on_a_page_of_its_own_only(curriculum):
    item = curriculum.item("01-words/w-two")
    cell = Cell("ori-2", "written", "writing", "create")

    def count(assignment: Assignment) -> int:
        return matrix.fill(curriculum.matrix, curriculum.plan, [assignment])[cell]

    own = replace(curriculum.taught["01-words"], items=(item,))
    assert count(own) == 1
    assert count(replace(curriculum.taught["02-medicine"], items=(item,))) == 0
    assert count(replace(own, chapter=None, page="chapters/apart")) == 1
    assert count(replace(own, chapter=None, page=None)) == 0, "the pool of the tests"


def test_warm_ups_retakes_and_alternatives_count_for_nothing(curriculum):
    items = matrix.counted(item for assignment in curriculum.taught.values() for item in assignment.items)
    names = {item.full_id for item in items}
    assert {"02-medicine/g-peter", "11-capacity/g-kayla"} <= names
    assert not {"02-medicine/g-peter-retake", "11-capacity/g-maren"} & names
    assert not any(item.id.startswith("warm-up-") for item in items)


def test_a_book_that_grows_past_its_hours_is_a_mistake(curriculum):
    source = read_yaml(ROOT / FILE, ROOT)
    assert list(matrix.check_hours(source, curriculum.matrix, curriculum)) == []
    slow = curriculum.matrix.model_copy(update={"minutes": dict.fromkeys(KINDS, 10)})
    [said] = matrix.check_hours(source, slow, replace(curriculum, matrix=slow))
    assert f"{FILE}:{line_of('hours:')}: the book comes to " in str(said)
    assert "hours and promises 22, give or take 2: shorten it, or promise otherwise" in str(said)


def test_reading_a_project_fails_where_a_promise_is_not_kept(tmp_path):
    for folder in ("assets", "exercises", "chapters"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("source", "release"))
    path = tmp_path / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("graded: {numbers: apply}}", "graded: {numbers: create}}"), encoding="utf-8")
    with pytest.raises(AuthoringError, match='"evi-2" is promised graded work by numbers at create'):
        load(tmp_path)


def test_the_tables_show_every_objective_and_every_promise_in_bold(curriculum):
    shown = tables(curriculum, lambda page: f"../{page}.html")
    for chapter in curriculum.plan.chapters:
        for objective in chapter.objectives:
            assert f"<strong>{objective}</strong>" in shown
    assert shown.count("<strong>") == len(list(matrix.promised(curriculum.matrix))) + len(curriculum.matrix.promised)
    assert '<a href="../chapters/part3-depth/07-triangle-of-conflict.html">7. The triangle of conflict</a>' in shown


def test_the_sum_of_the_tables_is_every_exercise_outside_the_tests(curriculum):
    """Re-takes and alternatives are left out."""
    loads = [matrix.workload(curriculum, assignment) for assignment in matrix.worked(curriculum)]
    tests = sum(len(curriculum.taught[name].items) for name in curriculum.tests.tests)
    every = [item for assignment in curriculum.taught.values() for item in assignment.items]
    spare = sum(bool(item.form.retake_of or item.form.alternative_to) for item in every)
    assert sum(load.practice + load.graded + load.written for load in loads) == len(every) - tests - spare
