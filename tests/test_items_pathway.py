"""Signs to pathways, the pace and what must not be missed."""

from typing import Any

import pytest

from mindbody.items import KINDS
from mindbody.marking import Answer, Mark, mark
from tests.test_items import COMMON, CONTEXT

SIGNS = {"jaw": "Jaw.", "gut": "Gut.", "fog": "Fog.", "knee": "Knee.", "wish": "A wish."}
PLACES = {"jaw": "striated", "gut": "smooth", "fog": "cognitive-perceptual", "knee": "conversion", "wish": "none"}
FORM: dict[str, Any] = {"signs": SIGNS, "pace": True, "risk": True}
KEY: dict[str, Any] = {
    "signs": PLACES,
    "pace": "regulate",
    "why_pace": dict.fromkeys(["proceed", "slow", "regulate", "stop"], "w"),
    "risk": ["wish"],
    "why": {sign: f"because {sign}" for sign in SIGNS},
}
RIGHT = [f"{sign}@{place}" for sign, place in PLACES.items()]


class Pathway:
    """A pathway item made from its authored form."""

    def __init__(self, form: dict[str, Any] | None = None, key: dict[str, Any] | None = None) -> None:
        self.kind = KINDS["pathway"]
        self.form = self.kind.form.model_validate(COMMON | {"kind": "pathway"} | FORM | (form or {}))
        self.key = self.kind.key.model_validate(KEY | (key or {}))

    @property
    def faults(self) -> list[str]:
        return [fault.message for fault in self.kind.check(self.form, self.key, CONTEXT)]

    def mark(self, *atoms: str) -> Mark:
        table = self.kind.table(self.form, self.key, CONTEXT)
        return mark(Answer(frozenset(atoms)), table, self.kind.shape(self.form, CONTEXT))

    def gates(self, *atoms: str) -> dict[str, bool]:
        return {gate.id: gate.passed for gate in self.mark(*atoms).gates}


def test_signs_pace_and_risk_together_earn_everything():
    item = Pathway()
    assert item.faults == []
    assert item.mark(*RIGHT, "pace:regulate", "wish@risk").points == 200


@pytest.mark.parametrize(
    ("pace", "share", "passed"),
    [("regulate", 100, True), ("slow", 50, True), ("stop", 50, True), ("proceed", 0, False)],
)
def test_a_pace_one_step_off_earns_half_and_two_steps_too_fast_fails_the_gate(pace, share, passed):
    item = Pathway()
    marked = item.mark(*RIGHT, f"pace:{pace}", "wish@risk")
    assert next(group.share * 100 for group in marked.groups if group.id == "pace") == share
    assert item.gates(*RIGHT, f"pace:{pace}", "wish@risk")["x:pace"] is passed


def test_a_pace_two_steps_too_slow_earns_nothing_and_passes():
    item = Pathway(key={"pace": "proceed"})
    assert item.gates("pace:stop")["x:pace"]
    assert item.mark("pace:stop").points == 0


def test_a_pace_left_open_does_not_pass():
    assert not Pathway().gates(*RIGHT)["x:pace"]


def test_risk_is_all_or_nothing_and_ticking_everything_fails():
    item = Pathway()
    everything = [f"{sign}@risk" for sign in SIGNS]
    assert item.gates("wish@risk")["x:risk"]
    assert item.gates("wish@risk", "knee@risk")["x:risk"]
    assert not item.gates("knee@risk")["x:risk"]
    assert not item.gates("none@risk")["x:risk"]
    assert not item.gates(*everything)["x:risk"]
    assert next(group.share for group in item.mark(*everything).groups if group.id == "risk") == 0


def test_where_nothing_is_at_risk_the_tick_that_says_so_is_right():
    item = Pathway(key={"risk": []})
    assert item.faults == []
    assert item.mark(*RIGHT, "pace:regulate", "none@risk").points == 200
    assert not item.gates(*(f"{sign}@risk" for sign in SIGNS))["x:risk"]


def test_a_graded_item_without_a_row_for_its_gate_is_set_to_nought_by_it():
    """With `gate` the row in the gradebook says so, and the points of the rest stand."""
    fast = [*RIGHT, "pace:proceed", "wish@risk"]
    assert Pathway({"mode": "graded"}).mark(*fast).points == 0
    assert Pathway({"mode": "graded", "gate": "pace"}).mark(*fast).points == 150
    assert Pathway().mark(*fast).points == 150


def test_the_gates_of_two_variants_bear_one_name():
    names = [gate.id for gate in Pathway({"gate": "capacity"}).mark().gates]
    assert names == ["capacity:pace", "capacity:risk"]


def test_pace_and_risk_may_be_left_out():
    item = Pathway({"pace": False, "risk": False}, {"pace": None, "why_pace": {}, "risk": []})
    assert item.faults == []
    assert item.mark(*RIGHT).points == 200
    assert item.mark().gates == ()


@pytest.mark.parametrize(
    ("form", "key", "said"),
    [
        ({"case": "c-nobody"}, {}, 'case "c-nobody" does not exist'),
        ({"signs": SIGNS | {"risk": "R."}}, {}, '"risk" is the name of a field'),
        ({}, {"signs": PLACES | {"jaw": "teeth"}}, 'place "teeth" does not exist'),
        ({}, {"signs": {"jaw": "striated"}}, 'card "gut" has no place: add it to `signs`'),
        ({}, {"pace": None}, "add `pace:` to the key"),
        ({}, {"why_pace": {"stop": "w"}}, 'pace "slow" has no `why_pace`'),
        ({"pace": False}, {}, "the item asks for no pace"),
        ({"risk": False}, {}, "the item asks for no risk"),
        ({}, {"risk": ["elbow"]}, 'sign "elbow" does not exist'),
        ({}, {"risk": list(SIGNS)}, "or ticking everything passes the gate"),
        ({}, {"at_most": 5}, "or ticking everything passes the gate"),
        (
            {"pace": False, "risk": False, "gate": "g"},
            {"pace": None, "why_pace": {}, "risk": []},
            "a gate needs `pace: true`",
        ),
    ],
)
def test_a_mistake_is_named_with_its_remedy(form, key, said):
    faults = Pathway(form, key).faults
    assert any(said in fault for fault in faults), faults


def test_paper_holds_case_signs_and_questions():
    item = Pathway({"case": "c-ann"})
    static = item.kind.static(item.kind.view(item.form, CONTEXT))
    for words in ("Sentence 1.", "Striated muscle", "Jaw.", "Which must not be missed?", "Pace (Proceed, Slow"):
        assert words in static
