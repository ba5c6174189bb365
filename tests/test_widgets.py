"""The exercise as an ipywidgets widget, without a browser."""

import json

import ipywidgets
import pytest
import traitlets

from mindbody.curriculum import public_spec
from mindbody.widgets import ExerciseWidget, portable

ANSWER = {"atoms": ["opt:a"], "numbers": {}, "texts": {}}


@pytest.fixture
def make(tmp_path, curriculum):
    spec = portable(public_spec(curriculum, curriculum.item("07-conflict/q-anger")))
    return lambda **change: ExerciseWidget({**spec, **change}, tmp_path)


def test_an_answer_is_kept_beside_the_notebook_and_restored(make, tmp_path):
    make().answer = ANSWER
    kept = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert kept["items"]["q-anger"]["answer"] == ANSWER
    assert kept["assignment"] == "07-conflict"
    assert make().answer == ANSWER


def test_two_exercises_share_the_file(make, tmp_path):
    make().answer = ANSWER
    make(id="07-conflict/q-order").answer = ANSWER
    kept = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    assert set(kept["items"]) == {"q-anger", "q-order"}


def test_first_and_last_answers_are_kept(make):
    make().record = {"first": {"answer": ANSWER, "at": "t"}, "attempts": 2, "confidence": 70}
    assert make().record == {"first": {"answer": ANSWER, "at": "t"}, "attempts": 2, "confidence": 70}


def test_a_newer_version_begins_anew_and_keeps_the_earlier_answer(make):
    make().answer = ANSWER
    newer = make(version=2)
    assert newer.answer["atoms"] == []
    assert newer.record["earlier"][0]["answer"] == ANSWER


def test_every_earlier_version_is_kept_side_by_side(make):
    for version in (1, 2, 3):
        make(version=version).answer = ANSWER
    earlier = make(version=4).record["earlier"]
    assert [entry["version"] for entry in earlier] == [1, 2, 3]
    assert all("earlier" not in entry for entry in earlier)


def test_it_says_when_it_was_saved(make):
    widget = make()
    widget.answer = ANSWER
    assert widget.saved["ok"]


def test_a_damaged_file_is_left_alone_and_said(make, tmp_path):
    (tmp_path / "answers.json").write_text("{", encoding="utf-8")
    widget = make()
    assert not widget.saved["ok"]
    widget.answer = ANSWER
    assert not widget.saved["ok"]
    assert (tmp_path / "answers.json").read_text(encoding="utf-8") == "{"


def test_answer_and_mark_link_to_other_ipywidgets(make):
    widget, label = make(), ipywidgets.Label()
    traitlets.dlink((widget, "answer"), (label, "value"), lambda answer: ", ".join(answer["atoms"]))
    widget.answer = ANSWER
    assert label.value == "opt:a"
    seen = []
    widget.observe(lambda change: seen.append(change.new["points"]), "mark")
    widget.mark = {"points": 100, "max": 100}
    assert seen == [100]


def test_a_machine_without_the_curriculum_reads_exercise_json(tmp_path, curriculum, monkeypatch):
    monkeypatch.setattr("mindbody.widgets.load", lambda: pytest.fail("the curriculum was read"))
    spec = portable(public_spec(curriculum, curriculum.item("07-conflict/g-define")))
    (tmp_path / "exercise.json").write_text(json.dumps({"items": {spec["id"]: spec}}), encoding="utf-8")
    assert ExerciseWidget.of("07-conflict/g-define", tmp_path).spec["table"] is None
    with pytest.raises(KeyError, match="there is no exercise"):
        ExerciseWidget.of("07-conflict/nothing", tmp_path)


def test_a_notebook_has_no_links_into_a_book_that_is_not_there(curriculum):
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            spec = portable(public_spec(curriculum, item))
            assert "%ROOT%" not in json.dumps({name: spec[name] for name in ("prompt", "hints", "table", "needs")})


@pytest.fixture
def beside(curriculum, tmp_path, monkeypatch):
    """Make the text of the samples and the canvas that it is written beside, in one folder."""
    monkeypatch.setattr("mindbody.widgets.load", lambda: curriculum)

    def of(name: str) -> ExerciseWidget:
        return ExerciseWidget.of(f"kind-canvas/{name}", tmp_path)

    return of


PLACED = {"atoms": ["11@feeling"], "numbers": {}, "texts": {}}


def test_a_text_sees_what_is_placed_in_the_exercise_beside_it(beside):
    canvas, text = beside("marcus-whole"), beside("marcus-written")
    assert text.beside["answer"]["atoms"] == []
    assert text.beside["view"] == canvas.spec["view"]
    canvas.answer = PLACED
    assert text.beside["answer"] == PLACED
    assert canvas.beside is None


def test_a_text_made_after_the_canvas_was_saved_finds_its_answer_in_the_file(beside):
    beside("marcus-whole").answer = PLACED
    assert beside("marcus-written").beside["answer"] == PLACED


def test_a_text_in_another_folder_does_not_see_the_canvas(beside, tmp_path):
    text = beside("marcus-written")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ExerciseWidget.of("kind-canvas/marcus-whole", elsewhere).answer = PLACED
    assert text.beside["answer"]["atoms"] == []


def test_a_text_from_exercise_json_is_written_beside_its_canvas(tmp_path, curriculum):
    specs = {
        f"kind-canvas/{name}": portable(public_spec(curriculum, curriculum.item(f"kind-canvas/{name}")))
        for name in ("marcus-whole", "marcus-written")
    }
    (tmp_path / "exercise.json").write_text(json.dumps({"items": specs}), encoding="utf-8")
    canvas = ExerciseWidget.of("kind-canvas/marcus-whole", tmp_path)
    text = ExerciseWidget.of("kind-canvas/marcus-written", tmp_path)
    canvas.answer = PLACED
    assert text.beside["answer"] == PLACED


def test_an_exercise_begins_with_its_starting_state_and_keeps_what_was_emptied(beside):
    draft = beside("joon-ho-mend")
    assert "9@protective" in draft.answer["atoms"]
    draft.answer = {"atoms": [], "numbers": {}, "texts": {}}
    assert beside("joon-ho-mend").answer["atoms"] == []
