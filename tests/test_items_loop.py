"""Loops, loops with errors and plans: their forms, keys and marks."""

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mindbody.items.arrows import Arrow, atoms, capital, pairs, sentence
from mindbody.marking import AnswerError
from tests.test_items import Compiled

NODES = {"pain": "a pain", "fear": "“is it back?”", "rest": "resting", "load": "being used to load"}
LOOP: dict[str, Any] = {"nodes": NODES, "at_most": 8}
LOOP_KEY: dict[str, Any] = {
    "arrows": {"pain>fear:raises": 1, "fear>rest:raises": 1, "rest>load:lowers": 1, "load>pain:lowers": 1},
    "traps": {"rest>fear:lowers": -0.5},
    "why": {
        "pain>fear:raises": "He says so.",
        "fear>rest:raises": "He rests.",
        "rest>load:lowers": "Less used.",
        "load>pain:lowers": "Used to it.",
        "rest>fear:lowers": "For an hour.",
    },
    "why_not": {name: f"Not from {name}." for name in NODES},
}
RIGHT = list(LOOP_KEY["arrows"])


def loop(form: dict[str, Any] | None = None, **key: Any) -> Compiled:
    return Compiled("loop", LOOP | (form or {}), LOOP_KEY | key)


def test_the_right_arrows_earn_everything():
    assert loop().points(*RIGHT) == 2


def test_a_right_arrow_the_other_way_round_earns_half_and_says_so():
    marked = loop().mark("fear>pain:raises")
    assert marked.points == 25
    assert marked.notes[0].why == "The two belong together, the other way round. He says so."


def test_the_wrong_effect_is_an_unlisted_arrow_and_costs_a_quarter():
    assert loop().points("pain>fear:raises", "fear>rest:lowers") == pytest.approx(2 * 0.75 / 4, abs=0.01)


def test_an_unlisted_arrow_is_explained_by_the_node_it_starts_at():
    notes = {note.atom: note for note in loop().mark("load>fear:raises").notes}
    assert notes["load>fear:raises"].why == "Not from load."
    assert notes["load>fear:raises"].verdict == "unsupported"


def test_both_directions_earn_less_than_the_right_one():
    assert loop().points(*RIGHT[:1], "fear>pain:raises") < loop().points(*RIGHT[:1])


def test_a_key_with_both_directions_gives_each_its_own_credit():
    key = LOOP_KEY["arrows"] | {"fear>pain:raises": 1}
    item = loop(arrows=key, why=LOOP_KEY["why"] | {"fear>pain:raises": "And back."})
    assert item.points(*key) == 2


def test_no_arrow_may_raise_and_lower_at_once():
    with pytest.raises(AnswerError, match="cannot stand beside"):
        loop().mark("pain>fear:raises", "pain>fear:lowers")


def test_more_arrows_than_are_allowed_are_refused():
    ways = [atoms(pair)[0] for pair in pairs(NODES)]
    with pytest.raises(AnswerError, match="takes at most 8, not 9"):
        loop().mark(*ways[:9])


def test_a_given_arrow_is_no_answer_and_earns_nothing():
    arrows = {name: value for name, value in LOOP_KEY["arrows"].items() if name != "pain>fear:raises"}
    why = {name: text for name, text in LOOP_KEY["why"].items() if name != "pain>fear:raises"}
    item = loop({"given": ["pain>fear:raises"]}, arrows=arrows, why=why)
    assert item.points(*arrows) == 2
    with pytest.raises(AnswerError, match="was given"):
        item.mark("pain>fear:raises")
    with pytest.raises(AnswerError, match="not one of the choices"):
        item.mark("pain>fear:lowers")


def test_certainty_and_the_cut_are_kept_and_change_no_mark():
    item = loop({"certainty": True, "cut": True})
    fields = item.kind.shape(item.form, None)["fields"]
    assert {"sure:pain>fear", "cut", "cut-arrow"} <= set(fields)
    assert item.points(*RIGHT) == 2


def test_a_draft_to_mend_is_the_starting_state_and_may_not_be_right_already():
    item = loop({"start": ["pain>rest:raises"]})
    assert item.kind.shape(item.form, None)["start"] == ["pain>rest:raises"]
    assert "leave something to mend" in loop({"start": RIGHT}).faults()[0]


ARROWS = [atom for pair in pairs(NODES) for atom in atoms(pair)]


@given(st.sets(st.sampled_from(pairs(NODES)), max_size=8), st.randoms(use_true_random=False))
def test_no_answer_earns_more_than_all_or_less_than_nothing(ways, random):
    drawn = [random.choice(atoms(way)) for way in ways]
    assert 0 <= loop().points(*drawn) <= 2


@given(st.sets(st.sampled_from(RIGHT)))
def test_one_more_unlisted_arrow_never_pays(some):
    assert loop().points(*some, "load>fear:raises") <= loop().points(*some)


@pytest.mark.parametrize(
    ("form", "key", "said"),
    [
        ({"case": "c-eve"}, {}, 'case "c-eve" does not exist (there are c-ann, s-bob)'),
        ({"start": ["pain>ear:raises"]}, {}, 'node "ear" does not exist (there are pain, fear, rest, load)'),
        ({"given": ["pain>pain:raises"]}, {}, "leads back to its own node: name another end"),
        ({"given": ["pain>fear:raises"], "start": ["pain>fear:lowers"]}, {}, "take it out of one of the two"),
        ({"given": ["pain>fear:raises"]}, {}, "is given, so it cannot earn: remove it"),
        ({}, {"arrows": LOOP_KEY["arrows"] | {"pain>fear:lowers": 1}}, "two arrows lead from"),
        ({}, {"arrows": LOOP_KEY["arrows"] | {"pain>rest:raises": 0.5}}, 'arrow "pain>rest:raises" has no `why`'),
        ({}, {"arrows": dict.fromkeys(RIGHT, 0.5)}, "no arrow has credit 1"),
        ({}, {"traps": {"rest>fear:lowers": 0.5}}, "below 0 under `traps`"),
        ({}, {"why_not": {"pain": "w"}}, 'node "fear" has no `why_not`'),
        ({"at_most": 3}, {}, "leaves no room for the 4 right arrows: raise it"),
    ],
)
def test_a_mistake_in_a_loop_is_named_with_what_to_do(form, key, said):
    assert any(said in fault for fault in loop(form, **key).faults()), loop(form, **key).faults()


def test_a_loop_in_which_drawing_everything_pays_needs_a_limit():
    nodes = {name: NODES[name] for name in ("pain", "fear", "rest")}
    arrows = {"pain>fear:raises": 1, "fear>rest:raises": 1, "rest>pain:raises": 1}
    key = {"arrows": arrows, "traps": {}, "why": dict.fromkeys(arrows, "w"), "why_not": dict.fromkeys(nodes, "w")}
    assert "set `at_most`" in loop({"nodes": nodes, "at_most": None}, **key).faults()[0]
    assert loop({"nodes": nodes, "at_most": 4}, **key).faults() == []


@pytest.mark.parametrize("broken", ["pain>fear", "pain-fear:raises", "pain>fear:causes", "Pain>fear:raises"])
def test_an_arrow_that_is_none_is_refused_by_the_form(broken):
    with pytest.raises(ValidationError):
        loop({"start": [broken]})


def test_an_arrow_is_said_as_a_sentence():
    nodes = [{"id": name, "label": label} for name, label in NODES.items()]
    assert sentence("fear>pain:raises", nodes) == "“Is it back?” raises a pain"
    assert str(Arrow.of("a>b-c:lowers").reverse) == "b-c>a:lowers"
    assert capital("…") == "…"


def test_a_loop_is_printed_with_what_is_given_and_lines_to_write_on():
    item = loop({"case": "c-ann", "given": ["pain>load:lowers"], "cut": True, "certainty": True})
    printed = item.static()
    for part in ("Sentence 1.", "A pain lowers being used to load.", "likely, possible", "would you cut"):
        assert part in printed


# Loops with errors

DRAWN = {"a1": "pain>fear:raises", "a2": "rest>pain:lowers", "a3": "fear>load:raises", "a4": "fear>rest:raises"}


def errors(form: dict[str, Any] | None = None, **key: Any) -> Compiled:
    return Compiled(
        "loop-errors",
        {"nodes": NODES, "arrows": DRAWN} | (form or {}),
        {"right": ["a2", "a3"], "why": dict.fromkeys(DRAWN, "w")} | key,
    )


@pytest.mark.parametrize(("ticked", "points"), [("a2 a3", 2), ("a2", 1), ("a2 a1", 0), ("a1 a2 a3 a4", 0), ("a1", 0)])
def test_a_wrong_tick_costs_what_a_right_one_earns(ticked, points):
    assert errors().points(*(f"opt:{name}" for name in ticked.split())) == points


@pytest.mark.parametrize(
    ("form", "key", "said"),
    [
        ({}, {"right": ["a9"]}, 'arrow "a9" does not exist'),
        ({}, {"right": list(DRAWN)}, "ticking all of them wins"),
        ({}, {"why": {"a1": "w"}}, 'arrow "a2" has no `why`'),
        ({"arrows": DRAWN | {"a1": "pain>ear:raises"}}, {}, 'node "ear" does not exist'),
    ],
)
def test_a_mistake_in_a_loop_with_errors_is_named(form, key, said):
    assert any(said in fault for fault in errors(form, **key).faults())


# Plans

PHASES = {"c": "Third", "a": "First", "b": "Second", "d": "Fourth"}


def plan(**key: Any) -> Compiled:
    return Compiled("plan", {"phases": PHASES}, {"order": list("abcd"), "why": dict.fromkeys(PHASES, "w")} | key)


def ordered(names: str) -> list[str]:
    return [f"{first}<{second}" for first, second in combinations(names, 2)]


@pytest.mark.parametrize(("order", "points"), [("abcd", 2), ("bacd", 1.67), ("dcba", 0), ("badc", 1.33)])
def test_a_plan_earns_the_share_of_pairs_in_order(order, points):
    assert plan().points(*ordered(order)) == points


def test_equal_pairs_are_left_out():
    assert plan(equal=[["b", "c"]]).points(*ordered("acbd")) == 2


def test_a_random_order_earns_half_on_average():
    earned = [plan().mark(*ordered("".join(order))).points for order in permutations("abcd")]
    assert sum(earned) / len(earned) == pytest.approx(100, abs=1)


def test_an_order_that_is_none_is_refused():
    with pytest.raises(AnswerError, match="the order must give every item one place"):
        plan().mark("a<b", "b<c", "c<a")


def test_a_pair_is_explained_by_its_first_phase():
    assert {note.why for note in plan(why=PHASES).mark(*ordered("abcd")).notes} == {"First", "Second", "Third"}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ({"order": list("abc")}, 'phase "d" stands 0 times in `order`: it needs one place'),
        ({"order": list("cabd")}, "are shown in the right order already"),
        ({"order": list("abcx")}, 'phase "x" does not exist'),
        ({"equal": [["a", "x"]]}, 'phase "x" does not exist'),
        ({"equal": [list(pair) for pair in combinations("abcd", 2)]}, "every pair is equal"),
        ({"why": {"a": "w"}}, 'phase "b" has no `why`'),
    ],
)
def test_a_mistake_in_a_plan_is_named(key, said):
    assert any(said in fault for fault in plan(**key).faults()), plan(**key).faults()


def test_errors_and_plans_are_printed():
    assert "☐ A pain raises “is it back?”." in errors().static()
    assert plan().static().count("mindbody-blank") == 4
