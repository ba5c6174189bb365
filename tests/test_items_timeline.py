"""The time line: what the authored form compiles to, and the mistakes it finds in itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.curriculum import Curriculum, marking_table
from mindbody.items import Context
from mindbody.items.timeline import KIND, RATINGS, pairs
from mindbody.marking import Answer, AnswerError, Mark, MarkingTable, mark
from mindbody.text import Renderer

CONTEXT = Context({}, {}, Renderer())


def event(lane: str, at: float) -> dict[str, Any]:
    return {"when": f"In {at}", "at": at, "lane": lane, "text": f"{lane} event of {at}"}


FORM: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "kind": "timeline",
    "mode": "practice",
    "objectives": ["rel-5"],
    "level": "evaluate",
    "points": 2,
    "title": "T",
    "prompt": "P",
    "events": {
        "move": event("life", 2001),
        "loss": event("life", 1999),
        "job": event("life", 2005.5),
        "begin": event("symptom", 2002),
        "worse": event("symptom", 2006),
    },
    "drawn": ["move>worse"],
    "stem": "It began … when …",
}
KEY: dict[str, Any] = {
    "links": {
        "loss>begin": {"evidenced": 1, "plausible": 0.5, "why": "close in time"},
        "move>worse": {"invented": 1, "why": "nothing joins them"},
    },
    "why_not": {"move": "only a move", "loss": "not this", "job": "a job"},
    "model": "It began in 2002.",
}


def faults(form: dict[str, Any] | None = None, key: dict[str, Any] | None = None) -> list[str]:
    made = KIND.form.model_validate(FORM | (form or {}))
    return [fault.message for fault in KIND.check(made, KIND.key.model_validate(KEY | (key or {})), CONTEXT)]


def compiled() -> tuple[dict[str, Any], MarkingTable]:
    form = KIND.form.model_validate(FORM)
    return KIND.shape(form, CONTEXT), KIND.table(form, KIND.key.model_validate(KEY), CONTEXT)


def marked(*atoms: str) -> Mark:
    shape, table = compiled()
    return mark(Answer(frozenset(atoms)), table, shape)


@pytest.mark.parametrize(
    ("atoms", "points"),
    [
        (["loss>begin@evidenced", "move>worse@invented"], 200),
        (["loss>begin@plausible", "move>worse@invented"], 150),
        (["loss>begin@invented", "move>worse@invented"], 75),
        (["loss>begin@evidenced", "move>worse@invented", "job>worse@plausible"], 175),
        (["job>worse@evidenced"], 0),
        ([], 0),
    ],
)
def test_a_right_rating_earns_one_and_an_unlisted_link_costs_a_quarter(atoms: list[str], points: int):
    assert faults() == []
    assert marked(*atoms).points == points


def test_every_rating_of_a_link_has_its_explanation_and_every_other_link_that_of_its_life_event():
    notes = {note.atom: note.why for note in marked("loss>begin@plausible", "job>begin@evidenced").notes}
    assert notes["loss>begin@plausible"] == "close in time"
    assert notes["job>begin@evidenced"] == "a job"


def test_a_link_takes_one_rating():
    with pytest.raises(AnswerError, match='link "loss>begin" takes one rating'):
        marked("loss>begin@plausible", "loss>begin@evidenced")


def test_linking_everything_with_one_rating_does_not_pay():
    form = KIND.form.model_validate(FORM)
    for rating in RATINGS:
        assert marked(*(f"{link}@{rating}" for link in pairs(form))).points <= 100


@given(st.data())
def test_no_answer_earns_more_than_the_points_or_less_than_nothing(data: st.DataObject):
    form = KIND.form.model_validate(FORM)
    atoms = {f"{link}@{r}" for link in pairs(form) if (r := data.draw(st.sampled_from(["", *RATINGS])))}
    assert 0 <= marked(*atoms).points <= 200


def test_linking_everything_in_the_sample_earns_next_to_nothing(curriculum: Curriculum):
    item = curriculum.item("kind-timeline/hannah")
    shape, table = item.kind.shape(item.form, curriculum.context), marking_table(curriculum, item)
    for rating in RATINGS:
        answer = Answer(frozenset(f"{link}@{rating}" for link in pairs(item.form)))
        assert mark(answer, table, shape).points == 0
    right = frozenset(atom for atom, credit in table.groups[0].credits.items() if credit == 100)
    assert mark(Answer(right), table, shape).points == table.points


def test_events_stand_in_order_of_time_and_links_wait_for_what_is_drawn():
    form = KIND.form.model_validate(FORM)
    view, shape = KIND.view(form, CONTEXT), KIND.shape(form, CONTEXT)
    assert [found["id"] for found in view["events"]] == ["loss", "move", "begin", "job", "worse"]
    assert shape["fields"]["drawn:move>worse"]["required"] == 1
    assert (
        KIND.table(form, KIND.key.model_validate(KEY), CONTEXT).why["expert:One way to say it"] == "It began in 2002."
    )


def test_the_printed_form_shows_both_lanes_the_drawn_link_and_the_stem():
    static = KIND.static(KIND.view(KIND.form.model_validate(FORM), CONTEXT))
    for words in ("In 1999", "life event of 2001 → symptom event of 2006", "Plausible", "It began … when …"):
        assert words in static


@pytest.mark.parametrize(
    ("form", "key", "words"),
    [
        ({"events": {n: event("life", 2001) for n in ("aa", "bb", "cc")}}, {}, "no event has `lane: symptom`"),
        ({"drawn": ["begin>move"]}, {}, '"begin>move" is no link'),
        ({"drawn": ["job>worse"]}, {}, 'link "job>worse" is drawn for the learner'),
        ({}, {"links": {"loss>begin": {"plausible": 0.5, "why": "w"}}}, "has no right rating"),
        ({}, {"links": {"loss>begin": {"plausible": 1, "evidenced": 1, "why": "w"}}}, "has two right ratings"),
        ({}, {"links": {"loss>move": {"plausible": 1, "why": "w"}}}, '"loss>move" is no link'),
        ({}, {"why_not": {"move": "w", "loss": "w"}}, 'life event "job" has no `why_not`'),
        ({}, {"model": None}, "add `model:`"),
        ({"stem": None}, {}, "there is no `stem` to finish"),
        (
            {},
            {
                "links": {
                    p: {"evidenced": 1, "why": "w"} for p in ("loss>begin", "move>worse", "job>worse", "job>begin")
                }
            },
            "linking everything as “evidenced” would earn 3.5 of 4",
        ),
    ],
)
def test_a_mistake_names_its_remedy(form: dict[str, Any], key: dict[str, Any], words: str):
    assert any(words in fault for fault in faults(form, key)), faults(form, key)
