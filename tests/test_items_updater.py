"""Evidence as it arrives: what a panel has agreed on is marked, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.course.grading import ItemTables, Version, mark_item
from mindbody.course.reader import ItemAnswer, State
from mindbody.marking import Answer, unanswered
from tests.test_items import CONTEXT, Compiled

FACTS = {"f1": "It faded on a trip.", "f2": "It moves.", "f3": "The car is leased."}
WHY = {name: f"about {name}" for name in FACTS}
AGREED = {"right": "more", "agreed": 0.83, "panel": 12}
FORM: dict[str, Any] = {"hypothesis": "A nociplastic part.", "facts": FACTS, "prior": True, "estimate": True}


def updater(points: float = 2, mode: str = "practice", **key: Any) -> Compiled:
    return Compiled("updater", FORM | {"points": points, "mode": mode}, {"why": WHY} | key)


def keyed(**key: Any) -> Compiled:
    return updater(keyed={"f1": AGREED, "f3": AGREED | {"right": "same"}}, **key)


def discussion(**key: Any) -> Compiled:
    return updater(0, **key)


@pytest.mark.parametrize(
    ("atoms", "points"),
    [
        (("f1@more", "f2@less", "f3@same"), 2),
        (("f1@more", "f2@more", "f3@less"), 1),
        (("f1@same", "f2@same", "f3@same"), 1),
        (("f2@more",), 0),
        ((), 0),
    ],
)
def test_only_the_facts_a_panel_agreed_on_are_marked(atoms: tuple[str, ...], points: float):
    assert keyed().points(*atoms) == points


@given(st.fixed_dictionaries({name: st.sampled_from(["less", "same", "more"]) for name in FACTS}))
def test_what_is_for_discussion_changes_no_mark(said: dict[str, str]):
    atoms = [f"{name}@{way}" for name, way in said.items()]
    without = [atom for atom in atoms if not atom.startswith("f2")]
    assert keyed().points(*atoms) == keyed().points(*without)


@pytest.mark.parametrize(
    ("typed", "points"), [("50", 2), ("30", 2), ("60", 2), ("65", 1), ("20", 1), ("80", 0), ("", 0)]
)
def test_an_estimate_is_marked_only_in_the_range_of_a_panel(typed: str, points: float):
    panel = updater(estimate={"from": 30, "to": 60, "panel": 11})
    assert panel.points(numbers={"estimate": typed}) == points


def test_a_proposed_range_is_shown_and_not_marked():
    table = _table(discussion(estimate={"from": 30, "to": 60}))
    assert table.groups == ()
    assert (table.why["from"], table.why["to"]) == ("30", "60")


def test_an_item_without_a_keyed_fact_is_worth_nothing_and_every_fact_is_explained():
    item = discussion()
    assert item.faults() == []
    marked = item.mark("f1@more")
    assert (marked.points, marked.max, marked.groups) == (0, 0, ())
    assert _table(item).explanation("f2@less") == "about f2"
    assert item.kind.view(item.form, CONTEXT)["discussion"]


def test_the_course_counts_it_as_done_and_adds_nothing_to_any_total():
    item = discussion()
    version = Version(item.kind.shape(item.form, CONTEXT), _table(item))
    tables = ItemTables("x", "T", "updater", "practice", 1, 0, versions={1: version})
    answer = Answer(frozenset({"f1@more"}), {"prior": "40", "estimate": "60"})
    checked = State(answer, datetime(2026, 1, 1, tzinfo=UTC))
    marked = mark_item(ItemAnswer(1, answer, checked, checked), tables)
    assert (marked.points, marked.max, marked.answered, marked.refused) == (0, 0, True, None)


def test_facts_and_estimates_are_still_open_until_they_are_weighed():
    item = discussion()
    shape = item.kind.shape(item.form, CONTEXT)
    assert unanswered(Answer(frozenset({"f2@same"}), {"prior": "40"}), shape) == ["f1", "f3", "estimate"]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (updater(), "nothing is keyed by a panel, so there is nothing to mark: write `points: 0`"),
        (updater(0, keyed={"f1": AGREED}), "a panel has keyed this: say how many points it is worth"),
        (updater(keyed={"f1": AGREED | {"panel": 9}}), 'fact "f1": a panel of 9 settles nothing: ask at least 10'),
        (updater(keyed={"f1": AGREED | {"agreed": 0.7}}), "70% agreed, which is below 75%: leave it for discussion"),
        (updater(keyed={"f9": AGREED}), 'fact "f9" does not exist (there are f1, f2, f3)'),
        (keyed(why={"f1": "x"}), 'fact "f2" has no `why`'),
        (updater(0, mode="graded"), "an exercise without points is not graded: set `mode: practice`"),
        (keyed(estimate={"from": 60, "to": 30}), "the range runs downwards"),
        (keyed(estimate={"from": 30, "to": 60, "panel": 4}), "a panel of 4 settles nothing"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(item: Compiled, said: str):
    assert any(said in fault for fault in item.faults()), item.faults()


def _table(item: Compiled) -> Any:
    return item.kind.table(item.form, item.key, CONTEXT)
