"""Rating replies to one moment: distance to the mean, and a harmful reply that takes everything."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_items import Compiled

REPLIES = {"a": "“No.”", "b": "“Who else?”", "c": "“The brain.”", "d": "“You need it.”"}
MEANS = {"a": 3.9, "b": 2.6, "c": 1.7, "d": 1.0}
KEY: dict[str, Any] = {"means": MEANS, "harmful": "d", "why": dict.fromkeys(REPLIES, "because")}
BEST = ("a@4", "b@3", "c@2", "d@1")


def replies(**key: Any) -> Compiled:
    return Compiled("replies", {"scene": "“Am I making this up?”", "replies": REPLIES}, KEY | key)


@pytest.mark.parametrize(
    ("ratings", "points"),
    [
        (BEST, 2),
        (("a@3", "b@3", "c@2", "d@1"), 1.86),
        (("a@4", "b@2", "c@3", "d@1"), 1.79),
        (("a@4", "b@3", "c@2", "d@3"), 0),
        (("a@4", "b@3", "c@2", "d@4"), 0),
        (("a@4",), 0.52),
        ((), 0),
    ],
)
def test_the_nearer_to_the_mean_the_more(ratings: tuple[str, ...], points: float):
    assert replies().points(*ratings) == points


@pytest.mark.parametrize("rating", range(1, 5))
def test_one_rating_for_every_reply_does_not_pass(rating: int):
    assert replies().points(*(f"{name}@{rating}" for name in REPLIES)) < 0.75 * 2


@given(st.fixed_dictionaries({name: st.integers(1, 4) for name in REPLIES}))
def test_no_rating_earns_more_than_the_nearest_one(ratings: dict[str, int]):
    item = replies()
    points = item.points(*(f"{name}@{rating}" for name, rating in ratings.items()))
    assert 0 <= points <= 2
    assert (points == 2) == (ratings == {"a": 4, "b": 3, "c": 2, "d": 1})


def test_two_ratings_of_one_reply_are_refused():
    with pytest.raises(ValueError, match='"a" takes at most 1, not 2'):
        replies().points("a@4", "a@3")


def test_the_page_says_whose_the_means_are():
    why = replies().mark(*BEST)
    assert [note.why for note in why.notes] == ["because"] * 4
    assert _whys(replies())["means"] == "The means are the authors’ proposals: no panel has rated these replies yet."
    assert _whys(replies(panel=14))["means"] == "Means of a panel of 14."
    assert _whys(replies())["mean:a"] == "3.9"


def _whys(item: Compiled) -> dict[str, str]:
    from tests.test_items import CONTEXT

    return dict(item.kind.table(item.form, item.key, CONTEXT).why)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ({"means": {"a": 3.9, "b": 2.6, "c": 1.7}}, 'reply "d" has no mean: say how apt it is, from 1 to 4'),
        ({"means": MEANS | {"e": 2}}, 'reply "e" does not exist (there are a, b, c, d)'),
        ({"harmful": "e"}, 'reply "e" does not exist'),
        ({"harmful": "c"}, 'reply "c" is named harmful: give it the lowest mean, at most 2'),
        ({"means": MEANS | {"d": 2.2, "c": 2.4}}, "give it the lowest mean, at most 2"),
        ({"why": {"a": "x"}}, 'reply "b" has no `why`'),
        ({"means": {"a": 2.8, "b": 2.4, "c": 2.2, "d": 1.4}}, "rating every reply 2 would earn 0.92: spread the means"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(key: dict[str, Any], said: str):
    assert any(said in fault for fault in replies(**key).faults()), replies(**key).faults()
