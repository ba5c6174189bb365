"""A scene: what each try is worth, what no clicking through can earn, and ways that exclude each other."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.marking import Answer, shape_faults, unanswered
from tests.test_items import CONTEXT, Compiled

LINEAR = {
    "first": {"says": "“Am I?”", "replies": {n: {"say": n, "next": "second"} for n in "abc"}},
    "second": {"says": "“And then?”", "replies": {n: {"say": n} for n in "abc"}},
}
FAULTS = {"b": "explains before believing", "c": "argues"}
MOMENT: dict[str, Any] = {
    "right": "a",
    "credits": {"b": 0.5},
    "faults": FAULTS,
    "why": {"a": "heard", "b": "too soon", "c": "no"},
}
KEY: dict[str, Any] = {"moments": {"first": MOMENT, "second": MOMENT}}
BRANCHING = {
    "first": {"says": "1", "replies": {"a": {"say": "a", "next": "calm"}, "b": {"say": "b", "next": "hurt"}}},
    "calm": {"says": "2", "replies": {"a": {"say": "a"}, "b": {"say": "b"}}},
    "hurt": {"says": "3", "replies": {"a": {"say": "a"}, "b": {"say": "b"}}},
}
SHORT: dict[str, Any] = {"right": "a", "faults": {"b": "argues"}, "why": {"a": "heard", "b": "no"}}


def scene(form: dict[str, Any] | None = None, **key: Any) -> Compiled:
    return Compiled("scene", {"moments": LINEAR} | (form or {}), KEY | key)


def branching(mode: str = "practice") -> Compiled:
    return Compiled("scene", {"moments": BRANCHING, "mode": mode}, {"moments": dict.fromkeys(BRANCHING, SHORT)})


@pytest.mark.parametrize(
    ("said", "points"),
    [
        (("first/1:a", "second/1:a"), 2),
        (("first/1:c", "first/2:a", "second/1:a"), 1.5),
        (("first/1:c", "first/2:b", "first/3:a", "second/1:a"), 1.25),
        (("first/1:b", "first/2:a", "second/1:a"), 1.5),
        (("first/1:b", "first/2:c", "first/3:a"), 0.5),
        (("first/1:c",), 0),
        ((), 0),
    ],
)
def test_a_moment_is_worth_less_at_each_try(said: tuple[str, ...], points: float):
    assert scene().points(*said) == points


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_clicking_through_every_reply_earns_what_the_first_right_one_was_worth_and_no_more(order: tuple[str, ...]):
    through = [f"{moment}/{n}:{reply}" for moment in LINEAR for n, reply in enumerate(order, 1)]
    best = max(1 / 2 ** order.index("a"), 0.5 / 2 ** order.index("b"))
    assert scene().points(*through) == pytest.approx(2 * best)


def test_everything_chosen_is_refused():
    item = scene()
    atoms = {atom for field in item.kind.shape(item.form, CONTEXT)["fields"].values() for atom in field["atoms"]}
    with pytest.raises(ValueError, match="takes at most 1"):
        item.points(*atoms)


@given(st.sets(st.sampled_from([f"{m}/{n}:{r}" for m in LINEAR for n in (1, 2, 3) for r in "abc"])))
def test_no_answer_that_fits_earns_more_than_two_right_first_replies(atoms: set[str]):
    item = scene()
    if not shape_faults(Answer(frozenset(atoms)), item.kind.shape(item.form, CONTEXT)):
        assert item.points(*atoms) <= 2
        assert (item.points(*atoms) == 2) <= ({"first/1:a", "second/1:a"} <= atoms)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("first/1:a", "first/2:a"), "a reply can be tried only once"),
        (("first/1:a", "first/1:b"), '"1/1" takes at most 1, not 2'),
        (("first/4:a",), '"first/4:a" is not one of the choices'),
    ],
)
def test_what_cannot_have_been_said_is_refused(said: tuple[str, ...], why: str):
    with pytest.raises(ValueError, match=why):
        scene().points(*said)


def test_a_graded_scene_has_one_try_and_its_ways_exclude_each_other():
    item = branching("graded")
    shape = item.kind.shape(item.form, CONTEXT)
    assert not shape_faults(Answer(frozenset({"first/1:b", "hurt/1:a"})), shape)
    assert shape_faults(Answer(frozenset({"first/1:b", "calm/1:a"})), shape)
    assert shape_faults(Answer(frozenset({"first/2:b"})), shape)
    assert unanswered(Answer(frozenset({"first/1:b"})), shape) == ["2/1"]
    assert item.points("first/1:b", "hurt/1:a") == 1


def test_a_detour_does_not_pay():
    item = branching()
    with pytest.raises(ValueError, match="cannot stand beside"):
        item.points("first/1:b", "first/2:a", "hurt/1:a", "calm/1:a")
    assert item.points("first/1:b", "first/2:a", "calm/1:a") == 1.5


def test_a_graded_scene_names_no_fault_while_it_is_played():
    item = branching("graded")
    why = item.kind.table(item.form, item.key, CONTEXT).why
    assert why["first/1:b"] == "<strong>Argues.</strong> no"
    assert not [name for name in why if name.startswith("fault:")]


def test_ones_own_reply_is_asked_for_and_never_marked():
    item = scene({"own": "“What now?”"}, own=["Like this.", "Or this."])
    fields = item.kind.shape(item.form, CONTEXT)["fields"]
    assert fields["own"]["required"] == 1
    assert item.points("first/1:a", "second/1:a") == 2
    table = item.kind.table(item.form, item.key, CONTEXT)
    assert table.why["own:2"] == "Or this."
    assert not any("own" in group.fields for group in table.groups)


CIRCLE = {"first": {"says": "1", "replies": {n: {"say": n, "next": "first"} for n in "ab"}}}
UNEVEN = {
    "first": {"says": "1", "replies": {"a": {"say": "a"}, "b": {"say": "b", "next": "second"}}},
    "second": {"says": "2", "replies": {n: {"say": n} for n in "ab"}},
}


@pytest.mark.parametrize(
    ("form", "key", "said"),
    [
        ({"moments": CIRCLE}, {}, "the scene goes round in a circle: first > first"),
        ({"moments": UNEVEN}, {}, "must have as many moments as the others, or a detour would pay"),
        ({"moments": LINEAR | {"third": LINEAR["second"]}}, {}, 'no reply leads to "third"'),
        ({"moments": {"first": LINEAR["first"]}}, {}, 'moment "second" does not exist (there are first)'),
        ({"case": "c-nobody"}, {}, 'case "c-nobody" does not exist'),
        ({"own": True}, {}, "add model replies to compare it with"),
        ({}, {"own": ["x"]}, "add `own: true` to the item"),
        ({}, {"moments": {"first": MOMENT}}, 'moment "second" has no key: add right, faults and why'),
        ({}, {"moments": KEY["moments"] | {"first": MOMENT | {"right": "z"}}}, 'reply "z" does not exist'),
        (
            {},
            {"moments": KEY["moments"] | {"first": MOMENT | {"faults": {"b": "x"}}}},
            'reply "c" has no `faults`',
        ),
        (
            {},
            {"moments": KEY["moments"] | {"first": MOMENT | {"credits": {"a": 0.5}}}},
            '"a" is right already: take it out of `credits`',
        ),
    ],
)
def test_a_mistake_is_named_with_its_remedy(form: dict[str, Any], key: dict[str, Any], said: str):
    item = scene(form, **key)
    assert any(said in fault for fault in item.faults()), item.faults()
