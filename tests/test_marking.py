"""The marking rule."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mindbody.curriculum import Curriculum, marking_table
from mindbody.items import Context
from mindbody.items.placement import KIND, PlacementForm, PlacementKey
from mindbody.marking import (
    Answer,
    AnswerError,
    Gate,
    Group,
    MarkingTable,
    mark,
    parse_number,
    shape_faults,
    unanswered,
)
from mindbody.text import Renderer

FIXTURES = Path(__file__).parent / "fixtures" / "marking"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(FIXTURES.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_the_fixtures_that_javascript_runs_too(case):
    if "number" in case:
        value = parse_number(case["number"])
        wanted = None if case["value"] is None else Fraction(case["value"])
        assert value == wanted
        return
    answer = Answer.from_json(case["answer"])
    if "faults" in case:
        assert shape_faults(answer, case["shape"]) == case["faults"]
    if "unanswered" in case:
        assert unanswered(answer, case["shape"]) == case["unanswered"]
    if "mark" in case:
        assert mark(answer, MarkingTable.from_json(case["table"]), case["shape"]).to_json() == case["mark"]


def test_the_fixtures_cover_every_part_of_the_rule():
    text = "".join(path.read_text(encoding="utf-8") for path in FIXTURES.glob("*.json"))
    parts = ["half-point", "all-or-none", "best_of", "adjust", "zero-group", "zero-item", "ranges", "orders", "given"]
    assert [part for part in parts if f'"{part}"' not in text] == []
    assert len(CASES) >= 60


# The worked numbers of the case library


def slot(credits_: dict[int, int], *, points: int = 100) -> tuple[MarkingTable, dict]:
    """A table and shape of one slot over nineteen excerpts."""
    group = Group(
        "defence",
        "Defence",
        ("defence",),
        {f"{number}@defence": value for number, value in credits_.items()},
        sum(value for value in credits_.values() if value >= 100),
        -25,
    )
    return MarkingTable(points, (group,)), {
        "fields": {"defence": {"atoms": [f"{number}@defence" for number in range(1, 20)]}}
    }


def placed(*numbers: int) -> Answer:
    return Answer(frozenset(f"{number}@defence" for number in numbers))


def test_a_defensible_placement_makes_up_for_an_unlisted_one_but_precision_shows_it():
    table, shape = slot({9: 100, 13: 50})
    result = mark(placed(9, 13, 14), table, shape)
    assert (result.points, result.groups[0].recall, result.groups[0].precision) == (100, (1, 1), (2, 3))


def test_an_unlisted_placement_costs_a_quarter_but_never_below_zero():
    table, shape = slot({9: 100})
    assert mark(placed(9, 1), table, shape).points == 75
    assert mark(placed(1, 2), table, shape).points == 0


def test_a_trap_costs_a_half():
    table, shape = slot({9: 100, 12: 100, 4: -50})
    assert mark(placed(9, 12, 4), table, shape).points == 75


def test_points_are_rounded_once_at_the_end_and_halves_go_up():
    table, shape = slot({9: 100, 12: 100, 13: 100}, points=50)
    assert mark(placed(9), table, shape).points == 17
    table, shape = slot({9: 100, 12: 100}, points=25)
    assert mark(placed(9), table, shape).points == 13


@pytest.fixture(scope="module")
def whole_canvas(curriculum: Curriculum) -> tuple[MarkingTable, dict]:
    data = yaml.safe_load((Path(__file__).parent / "data" / "c1-full.yaml").read_text(encoding="utf-8"))
    key_data = data.pop("key")
    for part in ("slots", "traps"):
        key_data[part] = {s: {str(n): c for n, c in credit.items()} for s, credit in key_data[part].items()}
    form, key = PlacementForm.model_validate(data), PlacementKey.model_validate(key_data)
    context = Context(curriculum.cases, curriculum.criteria, Renderer())
    return KIND.table(form, key, context), KIND.shape(form, context)


def guess(shape: dict, rng: random.Random, slots: int) -> Answer:
    """Place every excerpt of Marcus in some slots at random."""
    names = list(shape["fields"])
    atoms = {f"{n}@{name}" for n in range(1, 20) for name in rng.sample(names, slots)}
    return Answer(frozenset(atoms))


def mean_share(table: MarkingTable, shape: dict, answers: list[Answer]) -> float:
    return sum(mark(answer, table, shape).points for answer in answers) / len(answers) / table.points


@pytest.mark.parametrize("slots", [1, 3])
def test_guessing_on_the_whole_of_c1_earns_five_to_seven_hundredths(whole_canvas, slots):
    """400 simulated learners; the case library reports .05 to .07 over seven keys, so a little room is left."""
    table, shape = whole_canvas
    rng = random.Random(1)
    assert 0.03 <= mean_share(table, shape, [guess(shape, rng, slots) for _ in range(400)]) <= 0.09


def reference(table: MarkingTable) -> list[str]:
    return sorted({atom for group in table.groups for atom, value in group.credits.items() if value == 100})


def test_a_perfect_canvas_of_c1_earns_everything(whole_canvas):
    table, shape = whole_canvas
    assert mean_share(table, shape, [Answer(frozenset(reference(table)))]) == 1


def test_half_the_evidence_of_c1_without_an_error_earns_about_half(whole_canvas):
    table, shape = whole_canvas
    rng = random.Random(2)
    answers = [Answer(frozenset(a for a in reference(table) if rng.random() < 0.5)) for _ in range(400)]
    assert mean_share(table, shape, answers) == pytest.approx(0.50, abs=0.03)


def test_three_in_four_placements_of_c1_right_and_the_rest_random_earn_about_seven_tenths(whole_canvas):
    table, shape = whole_canvas
    rng = random.Random(3)
    names = list(shape["fields"])

    def learner() -> Answer:
        atoms = set()
        for atom in reference(table):
            if rng.random() < 0.75:
                atoms.add(atom)
            elif not atom.startswith("none@"):
                atoms.add(f"{rng.randint(1, 19)}@{rng.choice(names)}")
        ticked = {atom.partition("@")[2] for atom in atoms if atom.startswith("none@")}
        return Answer(frozenset(a for a in atoms if a.startswith("none@") or a.partition("@")[2] not in ticked))

    answers = [a for a in (learner() for _ in range(600)) if not shape_faults(a, shape)][:400]
    assert mean_share(table, shape, answers) == pytest.approx(0.72, abs=0.03)


def test_no_excerpt_of_c1_needs_more_than_three_slots(whole_canvas):
    table, _ = whole_canvas
    counts: dict[str, int] = {}
    for atom in reference(table):
        counts[atom.partition("@")[0]] = counts.get(atom.partition("@")[0], 0) + 1
    counts.pop("none")
    assert max(counts.values()) <= 3


def test_the_three_corners_of_marcus_are_keyed_as_in_the_case_library(curriculum):
    table = marking_table(curriculum, curriculum.item("07-conflict/c1-corners"))
    credit = {
        group.id: {atom.split("@")[0]: value for atom, value in group.credits.items() if value > 0}
        for group in table.groups
    }
    assert credit == {
        "feeling": {"11": 100},
        "anxiety": {"10": 100, "17": 50},
        "defence": {"9": 100, "12": 100, "14": 50, "17": 50},
    }


# Gates


def test_a_gate_cannot_be_passed_by_choosing_everything():
    flags = tuple(f"{n}@flag" for n in range(1, 11))
    gate = Gate("red", "Red flags", all_of=flags[:3], any_of=("lane:now",), at_most=((flags, 5),))
    assert gate.passed(frozenset([*flags[:3], "lane:now"]))
    assert not gate.passed(frozenset([*flags, "lane:now"]))
    assert not gate.passed(frozenset(flags[:3]))


@pytest.mark.parametrize(("effect", "points"), [("flag", 100), ("zero-group", 50), ("zero-item", 0)])
def test_a_failed_gate_is_said_and_takes_what_its_effect_says(effect, points):
    groups = tuple(Group(n, n, (n,), {f"{n}:right": 100}, 100) for n in ("a", "b"))
    gate = Gate("g", "Gate", all_of=("c:x",), effect=effect, groups=("a",))
    shape = {"fields": {n: {"atoms": [f"{n}:right"]} for n in ("a", "b")} | {"c": {"atoms": ["c:x"]}}}
    result = mark(Answer(frozenset({"a:right", "b:right"})), MarkingTable(100, groups, (gate,)), shape)
    assert (result.points, result.gates[0].passed) == (points, False)


# Shape


def test_an_answer_that_sends_everything_is_refused_before_it_is_marked():
    shape = {"fields": {"answer": {"atoms": ["opt:a", "opt:b"], "at_most": 1}}}
    table = MarkingTable(100, (Group("answer", "", ("answer",), {"opt:a": 100}, 100),))
    with pytest.raises(AnswerError, match="at most 1"):
        mark(Answer(frozenset({"opt:a", "opt:b"})), table, shape)


def test_an_atom_of_the_prefilled_canvas_is_not_the_learners():
    shape = {"fields": {"f": {"atoms": ["1@f"]}}, "given": ["1@f"]}
    assert shape_faults(Answer(frozenset({"1@f"})), shape) == ['"1@f" was given, it is not an answer']


@pytest.mark.parametrize(
    "data", [{"atoms": "x"}, {"atoms": [1]}, {"atoms": ["a", "a"]}, {"numbers": {"a": 1}}, {"texts": []}]
)
def test_an_answer_of_another_type_is_refused(data):
    with pytest.raises(AnswerError):
        Answer.from_json(data)


# Properties

ATOMS = [f"{n}@{s}" for n in range(1, 6) for s in ("a", "b")]
CREDITS = st.dictionaries(st.sampled_from(ATOMS), st.integers(-100, 100))


@given(
    CREDITS,
    st.sets(st.sampled_from(ATOMS)),
    st.integers(1, 1000),
    st.integers(-100, 0),
    st.sampled_from(["linear", "half-point", "all-or-none"]),
)
def test_points_never_leave_nought_to_full(credits_, atoms, points, unlisted, transform):
    groups = tuple(
        Group(
            s,
            s,
            (s,),
            {a: v for a, v in credits_.items() if a.endswith(s)},
            sum(v for a, v in credits_.items() if a.endswith(s) and v > 0),
            unlisted,
            transform=transform,
        )
        for s in ("a", "b")
    )
    shape = {"fields": {s: {"atoms": [a for a in ATOMS if a.endswith(s)]} for s in ("a", "b")}}
    table = MarkingTable(points, groups)
    result = mark(Answer(frozenset(atoms)), table, shape)
    assert 0 <= result.points <= points
    assert MarkingTable.from_json(json.loads(json.dumps(table.to_json()))) == table


@given(CREDITS, st.sets(st.sampled_from(ATOMS)), st.sampled_from(ATOMS))
def test_one_more_reference_placement_never_lowers_the_mark(credits_, atoms, extra):
    credits_[extra] = 100
    group = Group("g", "g", ("g",), credits_, 300, -25)
    shape = {"fields": {"g": {"atoms": ATOMS}}}
    table = MarkingTable(100, (group,))
    without = mark(Answer(frozenset(atoms - {extra})), table, shape).points
    assert mark(Answer(frozenset(atoms | {extra})), table, shape).points >= without


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none_and_never_an_error(text):
    value = parse_number(text)
    assert value is None or isinstance(value, Fraction)
