"""Statistics of items and part scores: published values, known answers, and words where there is nothing to say."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindbody.statistics.items import (
    FEWEST,
    Estimate,
    difficulty,
    item_rest,
    omega,
    reliability,
    standardised_difference,
    thirds,
    upper_lower,
)


def spread(count: int, seed: int = 1) -> np.ndarray:
    """Totals of a class, all different."""
    return np.random.default_rng(seed).normal(10, 3, count)


def test_difficulty_is_the_mean_share_with_wilsons_interval():
    """DescTools' ``BinomCI(10, 20, method = "wilson")``, printed in the tests of R's ``tern``: 0.299298, 0.700702."""
    found = difficulty([1.0] * 10 + [0.0] * 10)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.299298, 0.700702), abs=1e-6)


def test_partial_credit_has_students_interval():
    """By the textbook: m ± t s / √n, with t = 2.093 for 19 degrees of freedom."""
    values = [0.2, 0.4, 0.6, 0.8] * 5
    found = difficulty(values)
    deviation = math.sqrt(sum((value - 0.5) ** 2 for value in values) / 19)
    assert (found.low, found.high) == pytest.approx(
        (0.5 - 2.093024 * deviation / math.sqrt(20), 0.5 + 2.093024 * deviation / math.sqrt(20)), abs=1e-6
    )


def test_an_interval_stays_within_what_can_be_earned():
    found = difficulty([1.0] * 19 + [0.1])
    assert found.high == 1
    assert difficulty([0.5] * 20).low is not None


def tau_equivalent(variances: list[float], shared: float) -> np.ndarray:
    """Data of 200 rows whose covariances are all ``shared``: the sample has them exactly, not nearly."""
    wanted = np.full((len(variances), len(variances)), shared)
    np.fill_diagonal(wanted, variances)
    return exactly(wanted)


def exactly(covariance: np.ndarray) -> np.ndarray:
    rows = np.random.default_rng(0).normal(size=(200, len(covariance)))
    rows -= rows.mean(axis=0)
    white = rows @ np.linalg.inv(np.linalg.cholesky(np.cov(rows.T))).T
    return white @ np.linalg.cholesky(covariance).T


def test_alpha_is_the_published_one():
    """The example of ``StatsBase.cronbachalpha`` (Julia): variances 10 to 13, covariances 6, alpha 0.8136."""
    found = reliability(tau_equivalent([10, 11, 12, 13], 6))
    assert found.alpha.value == pytest.approx(0.8136, abs=5e-5)
    assert (found.alpha.low or 1) < 0.8136 < (found.alpha.high or 0)


def test_omega_is_alpha_where_all_items_load_alike():
    """McDonald (1999): where loadings are equal, omega is alpha; so the published 0.8136 is both."""
    assert omega(tau_equivalent([10, 11, 12, 13], 6)) == pytest.approx(0.8136, abs=2e-3)


def test_omega_is_what_its_loadings_say_where_they_differ():
    loadings, errors = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 3.0, 4.0, 5.0])
    rows = exactly(np.outer(loadings, loadings) + np.diag(errors))
    assert omega(rows) == pytest.approx(100 / 114, abs=2e-3)
    assert (reliability(rows).alpha.value or 1) < 100 / 114


def test_the_standard_error_of_measurement_is_the_deviation_by_the_root_of_what_is_unreliable():
    """The same example: the sum has variance 46 + 12 · 6 = 118, and alpha is 48/59."""
    found = reliability(tau_equivalent([10, 11, 12, 13], 6))
    assert found.deviation == pytest.approx(math.sqrt(118))
    assert found.error == pytest.approx(math.sqrt(118 * (1 - 48 / 59)))


def test_difficulty_leaves_out_who_did_not_answer():
    found = difficulty([1.0] * 10 + [0.5] * 10 + [math.nan] * 30)
    assert (found.n, found.value) == (20, 0.75)


@pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
def test_nothing_is_said_below_twenty_answers(count: int):
    for found in (
        difficulty([1.0] * count),
        item_rest([1.0] * count, range(count)),
        upper_lower([1.0] * count, range(count)),
        reliability(np.ones((count, 5))).alpha,
    ):
        assert found.value is None
        assert found.low is None
        assert found.said
        assert "nan" not in found.said


def test_where_everybody_earned_the_same_nothing_is_said_of_discrimination():
    assert item_rest([0.5] * 30, spread(30)).said
    assert item_rest(spread(30), [7.0] * 30).said
    assert upper_lower([0.5] * 15 + [1.0] * 15, [7.0] * 30).said
    assert reliability(np.ones((30, 6))).alpha.said


def test_the_item_rest_correlation_is_pearsons():
    """R's ``cor.test(anscombe$x1, anscombe$y1)``: Anscombe (1973) gives r = .816 for all four of his sets."""
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    found = item_rest(np.array(x * 2) / 14, y * 2)
    assert found.value == pytest.approx(0.816, abs=5e-4)
    assert found.low is not None
    assert found.low < 0.816 < (found.high or 0)


def test_upper_lower_compares_the_tails_of_27_per_cent():
    """Of 100 trainees the 27 best are all right, the 27 weakest a third: 1 - 9/27."""
    scores = np.arange(100)
    shares = np.where(scores >= 73, 1.0, np.where(scores < 27, (scores < 9).astype(float), 0.5))
    assert upper_lower(shares, scores).value == pytest.approx(1 - 9 / 27)


def test_thirds_keep_equals_together():
    assert list(thirds([1, 2, 3, 4, 5, 6])) == [0, 0, 1, 1, 2, 2]
    assert len(set(thirds([5.0] * 9))) == 1
    assert list(thirds([])) == []


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_the_order_of_thirds_is_the_order_of_scores(scores: list[int]):
    found = list(zip(scores, thirds(scores), strict=True))
    assert all(a <= b for (x, a) in found for (y, b) in found if x < y)


def test_an_item_that_is_as_hard_for_both_groups_does_not_differ_at_equal_score():
    """The group is weaker throughout, which is no fault of the item: the raw difference is not the standardised one."""
    rng = np.random.default_rng(3)
    focal = np.arange(2000) < 1000
    ability = rng.normal(size=2000) - 0.8 * focal
    right = (rng.normal(size=2000) < ability).astype(float)
    raw = right[focal].mean() - right[~focal].mean()
    fair = standardised_difference(right, ability, focal)
    assert raw < -0.15
    assert abs(fair.value or 1) < 0.06


def test_an_item_that_is_harder_for_a_group_differs():
    rng = np.random.default_rng(4)
    focal = np.arange(600) % 2 == 0
    ability = rng.normal(size=600)
    right = (rng.normal(size=600) < ability - 1.0 * focal).astype(float)
    assert (standardised_difference(right, ability, focal).value or 0) < -0.2


def test_groups_below_twenty_are_not_compared():
    focal = np.arange(60) < 19
    assert standardised_difference(np.ones(60), spread(60), focal).value is None
    assert standardised_difference(np.ones(60), spread(60), ~focal).value is None


@settings(max_examples=15, deadline=None)  # a bootstrap each
@given(st.integers(0, 40), st.integers(0, 6), st.integers(0, 3))
def test_reliability_gives_numbers_or_words_whatever_it_is_given(trainees: int, items: int, levels: int):
    points = np.random.default_rng(trainees).integers(0, levels + 1, (trainees, items))
    found = reliability(points)
    for estimate in (found.alpha, found.omega):
        assert (estimate.value is None) == bool(estimate.said)
        assert estimate.value is None or math.isfinite(estimate.value)


def test_an_estimate_on_few_answers_is_called_rough():
    assert Estimate(30, 0.5).rough
    assert not Estimate(300, 0.5).rough
    assert not Estimate(3).rough
