"""Appraising a trial: what the authored form compiles to, and the mistakes it finds in itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.curriculum import Curriculum, marking_table
from mindbody.items import Context
from mindbody.items.appraisal import KIND
from mindbody.marking import Answer, AnswerError, Mark, MarkingTable, mark
from mindbody.text import Renderer

CONTEXT = Context({}, {}, Renderer())
FORM: dict[str, Any] = {
    "id": "x",
    "version": 1,
    "kind": "appraisal",
    "mode": "practice",
    "objectives": ["evi-2"],
    "level": "apply",
    "points": 4,
    "title": "T",
    "prompt": "P",
    "abstract": "Of [12]{arm} treated [6]{free} were well.\n\nOf [10]{other} others *one* was; [22]{all} in all.",
    "parts": {"treated": "Treated", "well": "Treated and well"},
    "table": {"rows": ["New", "Old"], "columns": ["Well", "Not"]},
    "fields": {"difference": {"label": "Difference", "unit": "points"}},
    "bias": {"blind": "Not blind", "chance": "Not by chance"},
}
KEY: dict[str, Any] = {
    "marks": {"treated": "arm", "well": "free"},
    "why_marks": {"treated": "w", "well": "w"},
    "why_numbers": {"arm": "n", "free": "n", "other": "the other arm", "all": "n"},
    "cells": {"a": 6, "b": 6, "c": 1, "d": 9},
    "why_cells": dict.fromkeys("abcd", "w"),
    "fields": {
        "difference": {
            "accept": [40, 40],
            "why": "50 less 10.",
            "slips": [{"from": 50, "to": 50, "credit": 0.5, "why": "One arm only."}],
        }
    },
    "bias": ["blind"],
    "why_bias": {"blind": "w", "chance": "w"},
    "critics": {"A sceptic": "Too small.", "A defender": "Promising."},
}
PERFECT = Answer(
    frozenset({"arm@treated", "free@well", "bias:blind"}),
    {"a": "6", "b": "6", "c": "1", "d": "9", "difference": "40"},
)


def faults(form: dict[str, Any] | None = None, key: dict[str, Any] | None = None) -> list[str]:
    made = KIND.form.model_validate(FORM | (form or {}))
    return [fault.message for fault in KIND.check(made, KIND.key.model_validate(KEY | (key or {})), CONTEXT)]


def compiled() -> tuple[dict[str, Any], MarkingTable]:
    form = KIND.form.model_validate(FORM)
    return KIND.shape(form, CONTEXT), KIND.table(form, KIND.key.model_validate(KEY), CONTEXT)


def marked(answer: Answer) -> Mark:
    shape, table = compiled()
    return mark(answer, table, shape)


def test_all_four_steps_right_earn_all_points():
    assert faults() == []
    assert marked(PERFECT).points == 400


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({"difference": "50"}, 350),
        ({"d": "8"}, 375),
        ({"a": "", "b": "", "c": "", "d": ""}, 300),
    ],
)
def test_a_slip_earns_its_part_and_a_wrong_cell_nothing(change: dict[str, str], points: int):
    assert marked(Answer(PERFECT.atoms, {**PERFECT.numbers, **change})).points == points


def test_a_number_taken_for_another_is_explained_by_what_it_is():
    notes = {note.atom: note for note in marked(Answer(frozenset({"other@treated"}))).notes}
    assert notes["other@treated"].why == "the other arm"
    assert notes["arm@treated"].verdict == "missed"


def test_ticking_every_bias_earns_nothing_for_it():
    everything = Answer(PERFECT.atoms | {"bias:chance"}, PERFECT.numbers)
    assert marked(everything).points == 300


def test_a_part_takes_one_number_only():
    with pytest.raises(AnswerError, match="takes at most 1, not 2"):
        marked(Answer(frozenset({"arm@treated", "free@treated"})))


@given(st.data())
def test_no_answer_earns_more_than_the_points_or_less_than_nothing(data: st.DataObject):
    shape, table = compiled()
    atoms = [
        data.draw(st.sampled_from(["", *field["atoms"]])) for field in shape["fields"].values() if "atoms" in field
    ]
    numbers = {name: data.draw(st.sampled_from(["", "6", "1", "40", "50"])) for name in [*"abcd", "difference"]}
    assert 0 <= mark(Answer(frozenset(filter(None, atoms)), numbers), table, shape).points <= 400


def test_the_critics_travel_with_practice_as_experts_do():
    _, table = compiled()
    assert table.why["expert:A sceptic"] == "Too small."


def test_the_abstract_keeps_its_words_spaces_and_markup_round_the_numbers():
    view = KIND.view(KIND.form.model_validate(FORM), CONTEXT)
    first, second = view["abstract"]
    assert first[:3] == [{"html": "Of "}, {"id": "arm", "text": "12"}, {"html": " treated "}]
    assert {"html": " others <em>one</em> was; "} in second


def test_the_printed_form_shows_every_label_and_no_answer():
    static = KIND.static(KIND.view(KIND.form.model_validate(FORM), CONTEXT))
    for words in ("<u>12</u>", "Treated and well", "New", "Well", "Difference", "Not blind"):
        assert words in static


def test_steps_may_be_left_out():
    form = {"table": None, "fields": {}, "bias": {}}
    key = {"cells": {}, "why_cells": {}, "fields": {}, "bias": (), "why_bias": {}}
    assert faults(form, key) == []


@pytest.mark.parametrize(
    ("form", "key", "words"),
    [
        ({"abstract": "Of [12]{arm} treated [6]{free} were well."}, {}, "mark one more than there are parts"),
        ({"abstract": "[1]{arm} [2]{arm} [3]{free} [4]{other} [5]{all}"}, {}, '"arm" is marked twice'),
        ({}, {"marks": {"treated": "arm", "well": "x"}}, 'number "x" does not exist (there are arm, free, other, all)'),
        ({}, {"marks": {"treated": "arm"}}, 'part "well" has no number: write `well: n1`'),
        ({}, {"why_numbers": {"arm": "n"}}, 'number "free" has no `why_numbers`'),
        ({}, {"cells": {"a": 6}}, 'cell "b" has no number'),
        ({"table": None}, {}, "the item has no `table`"),
        ({"fields": {"a": {"label": "x"}}}, {}, '"a" is a cell of the table'),
        ({}, {"bias": ["blind", "chance"]}, "ticking all of them wins"),
        ({}, {"bias": []}, "no bias stands"),
        ({}, {"bias": ["lost"]}, 'bias "lost" does not exist'),
    ],
)
def test_a_mistake_names_its_remedy(form: dict[str, Any], key: dict[str, Any], words: str):
    assert any(words in fault for fault in faults(form, key)), faults(form, key)


def test_the_sample_accepts_what_a_careful_reader_works_out(curriculum: Curriculum):
    """33 of 50 against 10 of 51, worked out here by the usual formula and by Newcombe's."""
    item = curriculum.item("kind-appraisal/prt-placebo")
    shape, table = item.kind.shape(item.form, curriculum.context), marking_table(curriculum, item)
    atoms = frozenset(atom for group in table.groups for atom, credit in group.credits.items() if credit == 100)
    cells = {"a": "33", "b": "17", "c": "10", "d": "41"}
    one, two = 33 / 50, 10 / 51
    error = (one * (1 - one) / 50 + two * (1 - two) / 51) ** 0.5
    for z in (1.96, 2):
        low, high = (100 * (one - two + sign * z * error) for sign in (-1, 1))
        numbers = {"difference": "46.4", "nnt": "2.2", "low": f"{low:.1f}", "high": f"{high:.1f}"}
        assert mark(Answer(atoms, cells | numbers), table, shape).points == table.points
    low, high = newcombe(33, 50, 10, 51)
    numbers = {"difference": "46", "nnt": "3", "low": f"{100 * low:.1f}", "high": f"{100 * high:.1f}"}
    assert mark(Answer(atoms, cells | numbers), table, shape).points == table.points


def newcombe(a: int, m: int, c: int, n: int) -> tuple[float, float]:
    """Interval of a difference of two shares from Wilson's intervals of each."""

    def wilson(k: int, n: int) -> tuple[float, float]:
        z, p = 1.96, k / n
        middle, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)

    (low1, high1), (low2, high2) = wilson(a, m), wilson(c, n)
    one, two = a / m, c / n
    down = ((one - low1) ** 2 + (high2 - two) ** 2) ** 0.5
    up = ((high1 - one) ** 2 + (two - low2) ** 2) ** 0.5
    return one - two - down, one - two + up
