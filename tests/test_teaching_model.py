"""The teaching model and the exercise that predicts it. Nothing here says anything of patients."""

import json
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.figures import teaching_model
from mindbody.teaching_model import INPUTS, STEPS, Inputs, direction, run
from tests.test_items import Compiled

FIXTURES = Path(__file__).parent / "fixtures" / "teaching_model"
LEVELS = st.builds(Inputs, **{name: st.floats(0, 1) for name in INPUTS})
ALARMED = Inputs(tissue=0.3, expectation=0.3, threat=0.9, attention=0.9, safety=0.1)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_the_model_runs_as_the_shared_fixtures_say(path):
    """`node --test` runs the same files through the model's JavaScript twin."""
    for fixture in json.loads(path.read_text(encoding="utf-8")):
        made = run(Inputs(**fixture["inputs"]))
        assert made.symptom == pytest.approx(fixture["symptom"], abs=1e-9)
        assert made.tissue == pytest.approx(fixture["tissue"], abs=1e-9)
        assert (made.peak_at, len(made.symptom)) == (fixture["peak_at"], STEPS + 1)


@given(LEVELS)
def test_the_symptom_stays_between_nought_and_ten(inputs):
    made = run(inputs)
    assert all(-1e-12 <= value <= 10 + 1e-12 for value in (*made.symptom, *made.tissue))


@given(LEVELS, st.sampled_from(["tissue", "expectation", "threat", "attention"]), st.floats(0, 1))
def test_more_tissue_signal_expectation_threat_or_attention_never_lowers_it(inputs, name, level):
    more = replace(inputs, **{name: max(level, getattr(inputs, name))})
    assert all(b >= a - 1e-9 for a, b in zip(run(inputs).symptom, run(more).symptom, strict=True))


@given(LEVELS, st.floats(0, 1))
def test_more_safety_never_raises_it(inputs, level):
    more = replace(inputs, safety=max(level, inputs.safety))
    assert all(b <= a + 1e-9 for a, b in zip(run(inputs).symptom, run(more).symptom, strict=True))


def test_a_small_signal_fades_while_the_symptom_goes_on():
    made = run(ALARMED)
    assert made.tissue[-1] < 0.01
    assert made.end > made.start


def test_without_alarm_the_symptom_fades_with_the_tissue():
    assert run(replace(ALARMED, threat=0.1, attention=0.1)).end < 1


def test_safety_is_learned_slowly():
    without, safe = run(ALARMED), run(replace(ALARMED, safety=0.9))
    assert without.symptom[5] - safe.symptom[5] < 0.5
    assert without.end - safe.end > 3


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_an_input_outside_its_range_is_refused(value):
    with pytest.raises(ValueError, match=r"threat is .*: it must lie between 0 and 1"):
        replace(ALARMED, threat=value)


# The exercise

FROM = asdict(ALARMED)


def simulator(to: dict[str, float], **form: Any) -> Compiled:
    scenarios = {"s1": {"say": "He is believed.", "from": FROM, "to": to}}
    return Compiled("simulator", {"scenarios": scenarios} | form, {"why": {"s1": "Slowly."}})


@pytest.mark.parametrize(
    ("to", "right"),
    [({"safety": 0.9}, "lower"), ({"threat": 1.0, "attention": 1.0}, "higher"), ({"safety": 0.11}, "same")],
)
def test_the_model_itself_says_which_prediction_is_right(to, right):
    item = simulator(to)
    assert {way: item.points(f"s1:{way}") for way in ("higher", "same", "lower")} == {
        way: 2 if way == right else 0 for way in ("higher", "same", "lower")
    }


def test_a_change_that_changes_nothing_is_a_mistake():
    assert "changes nothing" in simulator({"threat": 0.9}).faults()[0]


def test_a_change_too_close_to_call_is_a_mistake():
    level = next(
        at / 100 for at in range(10, 100) if 0.4 < run(ALARMED).end - run(replace(ALARMED, safety=at / 100)).end < 0.7
    )
    assert "too close to 0.5 to call: change more, or less" in simulator({"safety": level}).faults()[0]


def test_a_scenario_without_an_explanation_is_a_mistake():
    item = Compiled("simulator", {"scenarios": {"s1": {"say": "x", "from": FROM, "to": {"safety": 0.9}}}}, {"why": {}})
    assert 'scenario "s1" has no `why`' in item.faults()[0]


def test_the_printed_exercise_says_that_it_is_no_data_and_gives_the_numbers():
    printed = simulator({"safety": 0.9}).static()
    assert "A teaching model, not data." in printed
    assert "safety from 1 to 9 of 10" in printed


def test_about_the_same_is_within_half_a_point():
    assert direction(ALARMED, ALARMED) == "same"


# The figure


def test_the_figure_names_every_curve_and_says_that_it_is_no_data():
    figure = teaching_model({"alarmed": ALARMED, "safe": replace(ALARMED, safety=0.9)})
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["alarmed", "safe", "tissue signal"]
    assert "A teaching model, not data" in figure.axes[0].get_xlabel()
    heights = sorted(text.get_position()[1] for text in figure.axes[0].texts)
    assert all(above - below >= 0.59 for below, above in pairwise(heights))


def test_more_curves_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="5 scenarios: draw one to 4"):
        teaching_model({str(number): ALARMED for number in range(5)})
