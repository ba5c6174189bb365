"""Cards into places: sort, claims and ladder compile to one group of credits, and find the mistakes in their keys."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mindbody.bibliography import Work
from mindbody.items import KINDS, Context
from mindbody.items.sort import EVIDENCE
from mindbody.marking import Answer, AnswerError, mark
from mindbody.text import Renderer
from tests.test_items import COMMON

CONTEXT = Context(
    {},
    {},
    Renderer(
        {"stone2002": "Stone et al. 2002", "ann2020": "Ann 2020"},
        {},
        {"stone2002": Work("What should we say? A study", "BMJ"), "ann2020": Work("A & B", "")},
    ),
)
BINS = {"low": "Low", "middle": "Middle", "high": "High", "top": "Top"}
CARDS = {"c1": "One.", "c2": "Two.", "c3": "Three.", "c4": "Four."}
RIGHT = {"c1": "low", "c2": "middle", "c3": "high", "c4": "top"}
WHY = {card: f"because {card}" for card in CARDS}


class Sorted:
    """An item of one of the kinds, made from its authored form."""

    def __init__(self, kind: str, form: dict[str, Any], key: dict[str, Any]) -> None:
        self.kind = KINDS[kind]
        self.form = self.kind.form.model_validate(COMMON | {"kind": kind} | form)
        self.key = self.kind.key.model_validate(key)

    @property
    def faults(self) -> list[str]:
        return [fault.message for fault in self.kind.check(self.form, self.key, CONTEXT)]

    @property
    def table(self):
        return self.kind.table(self.form, self.key, CONTEXT)

    @property
    def shape(self):
        return self.kind.shape(self.form, CONTEXT)

    def mark(self, *atoms: str, **given_: Any):
        return mark(Answer(frozenset(atoms), **given_), self.table, self.shape)

    def points(self, *atoms: str) -> float:
        return self.mark(*atoms).points / 100


def sort_(form: dict[str, Any] | None = None, key: dict[str, Any] | None = None) -> Sorted:
    return Sorted("sort", {"bins": BINS, "cards": CARDS} | (form or {}), {"right": RIGHT, "why": WHY} | (key or {}))


def claims(key: dict[str, Any] | None = None) -> Sorted:
    right = {"c1": "supported", "c2": "mixed", "c3": "contested", "c4": "historical"}
    studies = dict.fromkeys(CARDS, ("stone2002",))
    return Sorted("claims", {"cards": CARDS}, {"right": right, "why": WHY, "studies": studies} | (key or {}))


def ladder(form: dict[str, Any] | None = None, key: dict[str, Any] | None = None) -> Sorted:
    right = {"c1": "body", "c2": "urge", "c3": "blend", "c4": "self-other"}
    return Sorted("ladder", {"cards": CARDS} | (form or {}), {"right": right, "why": WHY} | (key or {}))


def everything(item: Sorted) -> list[str]:
    right = item.key.right
    return [f"{card}@{place}" for card, place in right.items()]


@pytest.mark.parametrize("item", [sort_(), claims(), ladder()], ids=["sort", "claims", "ladder"])
def test_every_card_in_its_place_earns_everything(item: Sorted):
    assert item.faults == []
    assert item.points(*everything(item)) == 2
    assert item.points() == 0


def test_a_neighbour_earns_half_only_where_places_are_in_order():
    assert sort_({"ordered": True}).points("c1@middle") == 0.25
    assert sort_().points("c1@middle") == 0
    assert claims().points("c1@mixed", "c4@contested") == 0.5
    assert ladder().points("c1@urge", "c3@self-other", "c2@blend") == 0.5


def test_the_key_lists_credits_beyond_neighbours_or_instead_of_them():
    item = sort_({"ordered": True}, {"credits": {"c1": {"middle": 0, "top": 0.25}}})
    assert item.faults == []
    assert item.points("c1@middle") == 0
    assert item.points("c1@top") == 0.13  # an eighth of 2 points, rounded once
    assert item.points("c2@low") == 0.25


def test_a_card_stands_in_one_place_so_sending_every_place_is_refused():
    item = sort_()
    with pytest.raises(AnswerError, match='"c1" takes at most 1'):
        item.mark("c1@low", "c1@middle", "c1@high", "c1@top")


def test_how_sure_she_is_changes_no_mark():
    item = sort_({"sure": True})
    sure = item.mark(*everything(item), numbers={"c1-sure": "100", "c2-sure": "0"})
    assert sure.points == item.mark(*everything(item)).points == 200
    with pytest.raises(AnswerError, match='"c1-sure" is not a number'):
        item.mark("c1@low", numbers={"c1-sure": "very"})


def test_each_card_is_explained_wherever_it_was_put():
    notes = {note.atom: note.why for note in sort_().mark("c1@top").notes}
    assert notes["c1@top"] == notes["c1@low"] == "because c1"


def test_an_explanation_names_the_studies_behind_it_and_links_them():
    said = claims({"studies": dict.fromkeys(CARDS, ("stone2002", "ann2020"))}).table.why_unlisted["c1"]
    assert "because c1" in said
    assert 'bibliography.html#ref-stone2002">Stone et al. 2002</a>: What should we say? A study.' in said
    assert "<cite>BMJ</cite>." in said
    assert "Ann 2020</a>: A &amp; B.</span>" in said


def test_places_that_are_badges_are_drawn_as_badges():
    item = sort_({"bins": "evidence"}, {"right": dict(zip(CARDS, EVIDENCE, strict=True))})
    assert item.kind.view(item.form, CONTEXT)["badges"]
    assert "mindbody-badge-contested" in item.kind.static(item.kind.view(item.form, CONTEXT))


def test_paper_holds_the_places_and_the_cards():
    paper = ladder({"next": "c2"}, {"next": ["What is it like?"]})
    static = paper.kind.static(paper.kind.view(paper.form, CONTEXT))
    assert static.index("Feelings of self and other") < static.index("Body sensation")
    assert "Ask about “Two.” one rung up" in static
    assert "What is it like?" not in static


def test_the_question_is_asked_for_and_earns_nothing():
    item = ladder({"next": "c2"}, {"next": ["What is it like?", "And then?"]})
    assert item.faults == []
    assert item.shape["fields"]["next"]["required"] == 1
    assert item.mark(*everything(item), texts={"next": "Mine"}).points == 200
    assert item.table.why["expert:2"] == "And then?"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (sort_(key={"right": RIGHT | {"c5": "low"}}), 'card "c5" does not exist (there are c1, c2, c3, c4)'),
        (sort_(key={"right": {"c1": "low"}}), 'card "c2" has no place: add it to `right`'),
        (sort_(key={"right": RIGHT | {"c1": "deep"}}), 'place "deep" does not exist (there are low, middle,'),
        (sort_(key={"why": {}}), 'card "c1" has no `why`: say in a sentence why it is right or wrong'),
        (sort_(key={"credits": {"c1": {"low": 0.5}}}), "is the right place"),
        (sort_(key={"credits": {"c1": {"top": 1}}}), '"c1" has one right place: give "top" less than 1'),
        (sort_(key={"credits": {"c1": {"deep": 0.5}}}), 'place "deep" does not exist'),
        (sort_(key={"studies": {"c1": ["nobody1999"]}}), "mend the key or add the work"),
        (sort_(key={"right": dict.fromkeys(CARDS, "low")}), 'every card in "Low" would earn 100 per cent'),
        (
            sort_({"sure": True, "cards": CARDS | {"c1-sure": "Five."}}, {"right": RIGHT | {"c1-sure": "low"}}),
            '"c1-sure" is the name of a field of the answer',
        ),
        (claims({"studies": {"c1": ["stone2002"]}}), 'claim "c2" has no study'),
        (ladder({"next": "c9"}), 'card "c9" does not exist'),
        (ladder({"next": "c1"}), "no model questions"),
        (ladder(key={"next": ["Why?"]}), "model questions for no card"),
        (ladder({"next": "c4"}, {"next": ["Why?"]}), "stands on the highest rung"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(item: Sorted, said: str):
    assert any(said in fault for fault in item.faults), item.faults


def test_a_claim_without_the_field_studies_is_a_mistake():
    with pytest.raises(ValidationError, match="studies"):
        Sorted("claims", {"cards": CARDS}, {"right": {}, "why": WHY})


@given(st.fixed_dictionaries({card: st.sampled_from(list(BINS)) for card in CARDS}))
def test_no_answer_earns_more_than_the_right_one(places: dict[str, str]):
    item = sort_({"ordered": True})
    points = item.points(*(f"{card}@{place}" for card, place in places.items()))
    assert 0 <= points <= 2
    assert (points == 2) == (places == RIGHT)


@pytest.mark.parametrize("item", [sort_({"ordered": True}), claims(), ladder()], ids=["sort", "claims", "ladder"])
def test_one_place_for_every_card_does_not_pass(item: Sorted):
    for place in item.kind.view(item.form, CONTEXT)["places"]:
        assert item.points(*(f"{card}@{place['id']}" for card in CARDS)) <= 2 * 2 / 3
