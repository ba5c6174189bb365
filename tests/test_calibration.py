"""Confidence and being right; the fixtures are run by JavaScript too (frontend/test/calibration.test.mjs)."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.calibration import Judgement, calibrate, judgements
from mindbody.marking import Answer

FIXTURES = Path(__file__).parent / "fixtures" / "calibration"
STATISTICS, READING = (
    json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8")) for name in ("statistics", "reading")
)
JUDGED = st.lists(st.builds(Judgement, st.integers(0, 100), st.booleans()))


@pytest.mark.parametrize("case", STATISTICS, ids=lambda case: case["name"])
def test_the_statistics_that_javascript_works_out_too(case):
    found = asdict(calibrate(Judgement(sure, bool(right)) for sure, right in case["judgements"]))
    assert {**found, "bands": list(found["bands"])} == case["result"]


@pytest.mark.parametrize("case", READING, ids=lambda case: case["name"])
def test_what_an_answer_says_of_its_own_certainty(case):
    found = judgements(Answer.from_json(case["answer"]), case["confidence"], case["mark"], case["shape"])
    assert [[one.confidence, int(one.right)] for one in found] == case["judgements"]


def test_the_brier_score_of_a_worked_example():
    """Forecasts .9 right, .7 wrong, .2 wrong: (.01 + .49 + .04) / 3 = .18."""
    assert calibrate([Judgement(90, True), Judgement(70, False), Judgement(20, False)]).brier == 180


@given(JUDGED)
def test_scores_stay_on_their_scales_and_the_bands_hold_every_judgement(found):
    result = calibrate(found)
    assert 0 <= result.brier <= 1000
    assert -100 <= result.gap <= 100
    assert sum(band.n for band in result.bands) == result.n == len(found)
    assert all(band.start <= band.confidence <= band.end for band in result.bands)


@given(JUDGED, st.randoms())
def test_the_order_of_answers_does_not_matter(found, rng):
    mixed = list(found)
    rng.shuffle(mixed)
    assert calibrate(mixed) == calibrate(found)
