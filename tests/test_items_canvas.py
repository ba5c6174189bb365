"""The canvas: what is given, what it starts from, the bin, and a text written beside it."""

import random
from typing import Any

import pytest

from mindbody.course.grading import ItemTables, Version, mark_item
from mindbody.course.reader import ItemAnswer
from mindbody.course.shown import answer_html
from mindbody.curriculum import Curriculum, load, marking_table, public_spec
from mindbody.marking import Answer, MarkingTable, mark, shape_faults, unanswered, untouched
from mindbody.model import Item
from tests.conftest import ROOT
from tests.test_items import CONTEXT, PLACEMENT, PLACEMENT_KEY, Compiled

CURRICULUM = load(ROOT)
SAMPLES = ("hannah-half", "joon-ho-mend", "marcus-whole")


def compiled(**change: Any) -> Compiled:
    return Compiled("placement", PLACEMENT | change, PLACEMENT_KEY)


def shape(item: Compiled) -> dict[str, Any]:
    return item.kind.shape(item.form, CONTEXT)


def test_what_is_given_is_no_answer_and_leaves_its_slot_settled():
    item = compiled(given={"risk": [5]})
    assert shape_faults(Answer(frozenset({"5@risk"})), shape(item)) == ['"5@risk" was given, it is not an answer']
    assert "risk" not in unanswered(Answer(), shape(item))
    assert item.points("1@feeling", "2@anxiety", "none@flag") == 2


def test_what_is_given_takes_one_of_the_three_places_of_its_excerpt():
    item = compiled(given={"risk": [5]})
    answer = Answer(frozenset({"5@feeling", "5@anxiety", "5@flag"}))
    assert shape_faults(answer, shape(item)) == ["excerpt 5 may stand in at most three places"]


def test_the_starting_state_is_no_answer_until_it_is_changed():
    item = compiled(start={"feeling": [1], "anxiety": [4]})
    begun = Answer(frozenset({"1@feeling", "4@anxiety"}))
    assert untouched(begun, shape(item))
    assert unanswered(begun, shape(item)) == ["feeling", "anxiety", "flag", "risk"]
    mended = Answer(frozenset({"1@feeling", "2@anxiety"}))
    assert unanswered(mended, shape(item)) == ["flag", "risk"]


def test_an_untouched_starting_state_earns_nothing_and_a_mended_one_what_stands_there():
    item = compiled(start={"feeling": [1], "anxiety": [4]}, mode="graded")
    version = Version(shape(item), item.kind.table(item.form, item.key, CONTEXT))
    tables = ItemTables("x", "T", "placement", "graded", 1, 200, versions={1: version})

    def points(*atoms: str) -> tuple[int, bool]:
        sent = ItemAnswer(1, Answer(frozenset(atoms)), None, None, 0, None, None)
        marked = mark_item(sent, tables)
        return marked.points, marked.answered

    assert mark_item(None, tables).points == 0
    assert points("1@feeling", "4@anxiety") == (0, False)
    assert points("1@feeling", "2@anxiety")[0] == 160


def test_the_bin_excludes_other_places_and_earns_and_costs_nothing():
    item = compiled(bin=True)
    assert item.points("1@feeling", "2@anxiety", "none@flag", "5@bin") == 2
    assert item.points("5@bin", "4@bin") == 0
    assert shape_faults(Answer(frozenset({"5@bin", "5@risk"})), shape(item))
    assert "bin" not in unanswered(Answer(), shape(item))


def test_a_given_excerpt_has_no_place_in_the_bin():
    built = shape(compiled(bin=True, given={"risk": [5]}))
    assert built["fields"]["bin"]["atoms"] == ["1@bin", "2@bin", "3@bin", "4@bin"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"given": {"defence": [1]}}, 'slot "defence" is not in this item'),
        ({"given": {"risk": [9]}}, "excerpt 9 is not in case c-ann"),
        ({"given": {"feeling": [1]}}, "excerpt 1 is given here and not marked: remove it"),
        ({"given": {"risk": [5]}, "start": {"risk": [5]}}, "it is not an answer: mend the starting state"),
        ({"start": {"bin": [5]}}, 'slot "bin" is not in this item'),
        ({"start": {"feeling": [1], "bin": [1]}, "bin": True}, "cannot stand beside other choices: mend"),
        ({"start": {"feeling": [1, 2, 3, 4, 5, 9]}}, "excerpt 9 is not in case c-ann"),
        ({"counts": True, "mode": "graded"}, "does not show: remove it"),
    ],
)
def test_a_canvas_that_could_not_work_is_a_mistake_with_a_remedy(change, said):
    assert any(said in fault for fault in compiled(**change).faults()), compiled(**change).faults()


def test_a_starting_state_that_earns_every_point_is_a_mistake():
    key = PLACEMENT_KEY | {"leave_empty": [], "why": {k: "w" for k in PLACEMENT_KEY["why"] if k != "none@flag"}}
    item = Compiled("placement", PLACEMENT | {"start": {"feeling": [1], "anxiety": [2]}}, key)
    assert item.faults() == ["the starting state earns every point: leave something to mend"]


def test_a_paper_canvas_says_what_is_given_and_what_is_to_be_mended():
    printed = compiled(given={"risk": [5]}, start={"feeling": [4]}).static()
    assert "given: 5" in printed
    assert "placed so far: 4" in printed
    assert "strike out" in printed


def sample(name: str) -> tuple[Item, dict[str, Any], MarkingTable]:
    item = CURRICULUM.item(f"kind-canvas/{name}")
    return item, item.kind.shape(item.form, CURRICULUM.context), marking_table(CURRICULUM, item)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_pays_for_its_key_and_not_for_the_bin(name: str):
    _, built, table = sample(name)
    perfect = frozenset(a for group in table.groups for a, credit in group.credits.items() if credit == 100)
    assert mark(Answer(perfect), table, built).points == table.points
    binned = frozenset(built["fields"].get("bin", {}).get("atoms", []))
    assert mark(Answer(binned), table, built).points == 0


@pytest.mark.parametrize(("name", "places"), [(name, places) for name in SAMPLES for places in (1, 3)])
def test_guessing_places_for_every_excerpt_does_not_pay(name: str, places: int):
    item, built, table = sample(name)
    rng = random.Random(20261122)
    given = set(built.get("given", []))
    numbers = {atom.split("@")[0] for field in built["fields"].values() for atom in field["atoms"]} - {"none"}
    earned = []
    for _ in range(200):
        guess = {f"{number}@{slot}" for number in numbers for slot in rng.sample(item.form.slots, places)} - given
        free = built | {"at_most": []}
        earned.append(mark(Answer(frozenset(guess)), table, free).points / table.points)
    assert sum(earned) / len(earned) < 0.3


def test_a_marker_sees_what_was_given_and_that_nothing_was_changed():
    half = public_spec(CURRICULUM, CURRICULUM.item("kind-canvas/hannah-half"))
    assert "[16] (given)" in answer_html(half, Answer())
    mend = public_spec(CURRICULUM, CURRICULUM.item("kind-canvas/joon-ho-mend"))
    begun = Answer(frozenset(mend["shape"]["start"]))
    assert "nothing was changed" in answer_html(mend, begun)
    shown = answer_html(mend, Answer(frozenset({"20@bin"})))
    assert "nothing was changed" not in shown
    assert "Not evidence" in shown


def test_a_text_knows_what_it_is_written_beside_and_a_canvas_its_text(curriculum: Curriculum):
    written = public_spec(curriculum, curriculum.item("kind-canvas/marcus-written"))
    canvas = public_spec(curriculum, curriculum.item("kind-canvas/marcus-whole"))
    assert (written["beside"], canvas["written"]) == (canvas["id"], written["id"])
