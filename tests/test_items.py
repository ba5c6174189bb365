"""The kinds of item: what each compiles to, and the mistakes each finds in its own form."""

from typing import Any

import pytest
from pydantic import ValidationError

from mindbody.items import KINDS, Case, Context, Criterion
from mindbody.marking import Answer, mark
from mindbody.text import Renderer

COMMON: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "mode": "practice",
    "objectives": ["dyn-1"],
    "level": "apply",
    "points": 2,
    "title": "T",
    "prompt": "P",
}


def case(name: str, excerpts: int = 5) -> Case:
    return Case.model_validate(
        {
            "id": name,
            "title": "Ann, 40",
            "summary": "Back pain",
            "composite": True,
            "review": {"state": "pending", "date": "2026-01-01"},
            "excerpts": {str(number): f"Sentence {number}." for number in range(1, excerpts + 1)},
        }
    )


CONTEXT = Context(
    {"c-ann": case("c-ann"), "s-bob": case("s-bob")},
    {"rival": Criterion(label="Rivals", levels=("none", "one", "two"))},
    Renderer(),
)


class Compiled:
    """An item made from its authored form, and ready to be answered."""

    def __init__(self, kind: str, form: dict[str, Any], key: dict[str, Any]) -> None:
        self.kind = KINDS[kind]
        self.form = self.kind.form.model_validate(COMMON | {"kind": kind} | form)
        self.key = self.kind.key.model_validate(key)

    def faults(self) -> list[str]:
        return [fault.message for fault in self.kind.check(self.form, self.key, CONTEXT)]

    def points(self, *atoms: str, numbers: dict[str, str] | None = None) -> float:
        return self.mark(*atoms, numbers=numbers).points / 100

    def mark(self, *atoms: str, numbers: dict[str, str] | None = None):
        assert self.faults() == []
        table = self.kind.table(self.form, self.key, CONTEXT)
        return mark(Answer(frozenset(atoms), numbers or {}), table, self.kind.shape(self.form, CONTEXT))

    def static(self) -> str:
        return self.kind.static(self.kind.view(self.form, CONTEXT))


OPTIONS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
WHYS = {name: f"because {name}" for name in OPTIONS}


def test_a_choice_gives_all_or_nothing_and_says_why():
    item = Compiled("choice", {"options": OPTIONS}, {"right": "b", "why": WHYS})
    assert (item.points("opt:b"), item.points("opt:a"), item.points()) == (2, 0, 0)
    assert [note.why for note in item.mark("opt:a").notes] == ["because a", "because b"]


def test_a_choice_with_a_right_option_that_is_not_there_is_a_mistake():
    item = Compiled("choice", {"options": OPTIONS}, {"right": "d", "why": WHYS})
    assert item.faults() == ['option "d" does not exist (there are a, b, c)']


def test_a_why_for_an_option_that_is_not_there_is_a_mistake():
    item = Compiled("choice", {"options": OPTIONS}, {"right": "a", "why": WHYS | {"e": "x"}})
    assert item.faults() == ['`why` explains "e", which is not there: remove or rename it']


def test_a_wrong_tick_costs_as_much_as_a_right_one_earns():
    item = Compiled("select", {"options": OPTIONS}, {"right": ["a", "b"], "why": WHYS})
    assert item.points("opt:a", "opt:b") == 2
    assert item.points("opt:a", "opt:b", "opt:c") == 1
    assert item.points("opt:c") == 0


def test_a_select_item_in_which_everything_is_right_is_a_mistake():
    item = Compiled("select", {"options": OPTIONS}, {"right": ["a", "b", "c"], "why": WHYS})
    assert "ticking all of them wins" in item.faults()[0]


@pytest.mark.parametrize(("right", "points"), [(4, 2), (3, 1), (2, 0), (0, 0)])
def test_a_true_false_set_earns_one_a_half_or_nothing(right, points):
    names = ["s1", "s2", "s3", "s4"]
    item = Compiled(
        "true-false",
        {"statements": dict.fromkeys(names, "It is so.")},
        {"right": ["s1", "s3"], "why": dict.fromkeys(names, "w")},
    )
    truth = {name: name in {"s1", "s3"} for name in names}
    atoms = [f"{n}:{str(truth[n] if i < right else not truth[n]).lower()}" for i, n in enumerate(names)]
    assert item.points(*atoms) == points


NUMBER = {
    "fields": {"nnt": {"accept": [3.6, 4], "why": "w", "slips": [{"from": 2.2, "to": 2.2, "credit": 0.5, "why": "s"}]}}
}


@pytest.mark.parametrize(("typed", "points"), [("3.7", 2), ("3,7", 2), ("4", 2), ("4.01", 0), ("2.2", 1), ("", 0)])
def test_a_number_counts_within_its_tolerance_and_half_for_a_listed_slip(typed, points):
    item = Compiled("number", {"fields": {"nnt": {"label": "NNT"}}}, NUMBER)
    assert item.points(numbers={"nnt": typed}) == points


def test_a_slip_inside_the_accepted_range_is_a_mistake():
    key = {"fields": {"nnt": NUMBER["fields"]["nnt"] | {"accept": [2, 4]}}}
    assert "overlaps the accepted range" in Compiled("number", {"fields": {"nnt": {"label": "NNT"}}}, key).faults()[0]


PLACEMENT = {"case": "c-ann", "slots": ["feeling", "anxiety", "flag", "risk"], "none_found": True}
PLACEMENT_KEY = {
    "slots": {"feeling": {"1": 1}, "anxiety": {"2": 1, "3": 0.5}},
    "traps": {"anxiety": {"4": -0.5}},
    "leave_empty": ["flag"],
    "why": {"1@feeling": "w", "2@anxiety": "w", "3@anxiety": "w", "4@anxiety": "w", "none@flag": "w"},
    "why_not": {str(number): f"not {number}" for number in range(1, 6)},
}


def test_a_slot_to_be_left_empty_counts_when_it_is_ticked():
    item = Compiled("placement", PLACEMENT, PLACEMENT_KEY)
    assert item.points("1@feeling", "2@anxiety", "none@flag") == 2
    assert item.points("1@feeling", "2@anxiety") == 1.6


def test_a_slot_without_a_reference_is_feedback_only():
    item = Compiled("placement", PLACEMENT, PLACEMENT_KEY)
    assert item.points("1@feeling", "2@anxiety", "none@flag", "5@risk") == 2
    assert {note.atom: note.why for note in item.mark("5@risk").notes}["5@risk"] == "not 5"


def test_an_adjustment_looks_at_several_placements():
    rule = {"slot": "anxiety", "if_all": ["2@anxiety"], "if_none": ["1@feeling"], "credit": -0.5}
    item = Compiled("placement", PLACEMENT, PLACEMENT_KEY | {"adjust": [rule]})
    assert item.mark("2@anxiety").groups[1].value == 50
    assert item.mark("2@anxiety", "1@feeling").groups[1].value == 100


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slots": {"feeling": {"1": -1}}}, "credits are above 0 under `slots`"),
        ({"slots": {"defence": {"1": 1}}}, 'slot "defence" is not in this item'),
        ({"traps": {"anxiety": {"2": -0.5}}}, "excerpt 2 has a credit and a trap here"),
        ({"leave_empty": ["feeling"]}, "is to be left empty and has a reference"),
        ({"slots": {"feeling": {"9": 1}}}, "excerpt 9 is not in case c-ann (it has 1-5)"),
    ],
)
def test_a_placement_key_that_contradicts_itself_is_a_mistake(change, said):
    assert any(said in fault for fault in Compiled("placement", PLACEMENT, PLACEMENT_KEY | change).faults())


def test_a_slot_to_be_left_empty_needs_the_tick():
    item = Compiled("placement", PLACEMENT | {"none_found": False}, PLACEMENT_KEY)
    assert any("set `none_found: true`" in fault for fault in item.faults())


ANN = {
    "lane": "two-weeks",
    "why_lane": dict.fromkeys(["same-day", "two-weeks", "routine", "proceed"], "w"),
    "flags": {"1": 1, "2": 1},
    "traps": {"3": -0.5},
    "must_not_miss": [1],
    "at_most": 3,
    "why": {"1": "w", "2": "w", "3": "w"},
    "why_not": {"4": "w", "5": "w"},
}
BOB = {
    "lane": "proceed",
    "why_lane": ANN["why_lane"],
    "must_not_miss": [],
    "at_most": 1,
    "why_not": {str(number): "w" for number in range(1, 6)},
}
BOARD = ("triage", {"patients": ["c-ann", "s-bob"]}, {"patients": {"c-ann": ANN, "s-bob": BOB}})
BOB_RIGHT = ("s-bob:proceed", "none@s-bob:flag")


@pytest.mark.parametrize(("lane", "value"), [("same-day", 50), ("two-weeks", 100), ("routine", 0), ("proceed", 0)])
def test_one_step_too_urgent_earns_half_and_too_slow_nothing(lane, value):
    assert Compiled(*BOARD).mark(f"c-ann:{lane}", *BOB_RIGHT).groups[0].value == value


@pytest.mark.parametrize(
    ("atoms", "passed"),
    [
        (("c-ann:two-weeks", "c-ann:1@flag"), True),
        (("c-ann:same-day", "c-ann:1@flag", "c-ann:2@flag"), True),
        (("c-ann:routine", "c-ann:1@flag"), False),
        (("c-ann:two-weeks", "c-ann:2@flag"), False),
        (("c-ann:two-weeks", *(f"c-ann:{n}@flag" for n in range(1, 6))), False),
        (("c-ann:two-weeks", "none@c-ann:flag"), False),
    ],
)
def test_a_gate_wants_the_lane_and_every_must_not_miss_excerpt_and_not_everything(atoms, passed):
    assert Compiled(*BOARD).mark(*atoms, *BOB_RIGHT).gates[0].passed is passed


def test_sending_everybody_the_same_day_does_not_pass_the_gate_of_a_patient_who_may_proceed():
    gates = Compiled(*BOARD).mark("c-ann:two-weeks", "c-ann:1@flag", "s-bob:same-day", "none@s-bob:flag").gates
    assert [gate.passed for gate in gates] == [True, False]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"flags": {"2": 1}}, "excerpt 1 must not be missed: give it credit 1 in flags"),
        ({"lane": "proceed"}, "a patient with a must-not-miss feature cannot be in `proceed`"),
        ({"at_most": 5}, "or flagging everything passes the gate"),
        ({"at_most": 0}, "must allow the 1 that must not be missed"),
    ],
)
def test_a_triage_key_that_could_not_work_is_a_mistake(change, said):
    item = Compiled("triage", {"patients": ["c-ann"]}, {"patients": {"c-ann": ANN | change}})
    assert any(said in fault for fault in item.faults())


WRITTEN = {"mode": "graded", "words": [10, 20], "criteria": ["rival"]}
WRITTEN_KEY = {"model": "m", "mark_scheme": {"rival": "r"}}


def test_written_work_is_marked_by_a_person():
    item = Compiled("text", WRITTEN, WRITTEN_KEY)
    assert item.mark().max == 0
    assert "Marked by a person" in item.static()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": 5}, "write points: 2"),
        ({"criteria": ["nobody"]}, "is not in exercises/rubrics.yaml"),
        ({"words": [20, 10]}, "the smaller first"),
        ({"mode": "practice"}, "set `mode: graded`"),
    ],
)
def test_a_written_form_that_could_not_work_is_a_mistake(change, said):
    assert any(said in fault for fault in Compiled("text", WRITTEN | change, WRITTEN_KEY).faults())


@pytest.mark.parametrize(
    "change", [{"points": 0}, {"level": "guess"}, {"id": "Not An Id"}, {"objectives": []}, {"colour": "red"}]
)
def test_the_common_fields_are_checked_for_every_kind(change):
    with pytest.raises(ValidationError):
        Compiled("choice", {"options": OPTIONS} | change, {"right": "b", "why": WHYS})


def test_every_kind_has_something_to_read_and_print_without_a_script():
    items = [
        Compiled("choice", {"options": OPTIONS}, {"right": "b", "why": WHYS}),
        Compiled("select", {"options": OPTIONS}, {"right": ["b"], "why": WHYS}),
        Compiled("true-false", {"statements": OPTIONS}, {"right": ["a"], "why": WHYS}),
        Compiled("number", {"fields": {"nnt": {"label": "NNT"}}}, NUMBER),
        Compiled("placement", PLACEMENT, PLACEMENT_KEY),
        Compiled(*BOARD),
        Compiled("text", WRITTEN, WRITTEN_KEY),
    ]
    assert {item.kind.name for item in items} <= set(KINDS)
    assert all(len(item.static()) > 40 for item in items)
