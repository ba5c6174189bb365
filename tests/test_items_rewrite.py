"""A sentence to say better: words by plus and minus, the fault, and what is compared and never marked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.items.rewrite import positions
from tests.test_items import CONTEXT, Compiled

SAID = "Your tests are normal, so it must be stress."
WHY = dict.fromkeys(("doubt", "blame", "dualism", "false-certainty", "minimising"), "because")
KEY: dict[str, Any] = {
    "harmful": ["must be stress"],
    "either": ["so it"],
    "fault": "false-certainty",
    "near": {"dualism": 0.5},
    "why": WHY,
    "why_words": "The step.",
    "versions": ["Like this.", "Or this."],
}
HARMFUL = ("word:7", "word:8", "word:9")
FAULT = "fault:false-certainty"


def rewrite(said: str = SAID, **key: Any) -> Compiled:
    return Compiled("rewrite", {"said": said}, KEY | key)


@pytest.mark.parametrize(
    ("atoms", "points"),
    [
        ((*HARMFUL, FAULT), 2),
        ((*HARMFUL, "word:5", "word:6", FAULT), 2),
        ((*HARMFUL, "word:1", FAULT), 1.67),
        (HARMFUL[:1], 0.33),
        ((*HARMFUL, "fault:dualism"), 1.5),
        ((*HARMFUL, "fault:blame"), 1),
        (tuple(f"word:{n}" for n in range(1, 10)), 0),
        ((), 0),
    ],
)
def test_words_earn_and_cost_and_a_near_fault_earns_half(atoms: tuple[str, ...], points: float):
    assert rewrite().points(*atoms) == points


@given(st.sets(st.sampled_from([f"word:{n}" for n in range(1, 10)])), st.sampled_from(sorted(WHY)))
def test_only_the_harmful_words_and_the_fault_earn_everything(words: set[str], fault: str):
    right = set(HARMFUL) <= words <= {*HARMFUL, "word:5", "word:6"} and fault == "false-certainty"
    assert (rewrite().points(*words, f"fault:{fault}") == 2) == right


def test_two_faults_are_refused():
    with pytest.raises(ValueError, match='"fault" takes at most 1'):
        rewrite().points(FAULT, "fault:blame")


def test_the_learners_own_sentence_is_asked_for_and_never_marked():
    item = rewrite()
    assert item.kind.shape(item.form, CONTEXT)["fields"]["rewrite"]["required"] == 1
    table = item.kind.table(item.form, item.key, CONTEXT)
    assert [group.fields for group in table.groups] == [("words",), ("fault",)]
    assert table.why["version:2"] == "Or this."
    assert table.why["words"] == "The step."


@pytest.mark.parametrize(
    ("phrase", "found"),
    [("must be stress", {6, 7, 8}), ("Normal", {3}), ("normal, so", {3, 4}), ("tests be", set()), ("it", {5})],
)
def test_a_phrase_is_found_whatever_its_case_and_punctuation(phrase: str, found: set[int]):
    assert positions(phrase, SAID.split()) == found


def test_the_words_are_text_and_never_markup():
    assert "<b>" not in Compiled("rewrite", {"said": "Is <b>it</b> not real?"}, KEY).static()


@pytest.mark.parametrize(
    ("said", "key", "fault"),
    [
        (SAID, {"harmful": ["it is stress"]}, '"it is stress" does not stand in `said`: copy the words as they are'),
        (SAID, {"either": ["must"]}, '"must" is harmful already: take it out of one'),
        (SAID, {"near": {"false-certainty": 0.5}}, "is the fault itself"),
        (SAID, {"why": {"doubt": "x"}}, 'fault "blame" has no `why`'),
        ("It must be stress.", {"either": []}, "so marking all of them would pay"),
        ("Must be stress.", {"either": []}, "a sentence needs at least four words"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(said: str, key: dict[str, Any], fault: str):
    item = rewrite(said, **key)
    assert any(fault in one for one in item.faults()), item.faults()
