"""Markdown of exercises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.text import ROOT, Renderer, TextError, badge, curled, term_id

RENDER = Renderer({"malan1995individual": "Malan 1995"}, {"c1-marcus": frozenset({"1", "2", "3"})})


def test_a_citation_links_to_its_entry():
    assert RENDER.inline("Said {cite:p}`malan1995individual`.") == (
        f'Said <span class="mindbody-cite">(<a href="{ROOT}chapters/bibliography.html#ref-malan1995individual">'
        "Malan 1995</a>)</span>."
    )


def test_a_citation_in_the_text_has_no_brackets():
    assert "(" not in RENDER.inline("{cite:t}`malan1995individual` says")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{cite}`nobody`", "not in assets/references.bib"),
        ("{excerpt}`c1-marcus:9`", "excerpt 9 is not in case c1-marcus (it has 1-3)"),
        ("{excerpt}`9`", "write the case and the number"),
        ("{badge}`proven`", "is no badge"),
    ],
)
def test_what_does_not_exist_is_a_sentence(text, said):
    with pytest.raises(TextError) as caught:
        RENDER.inline(text)
    assert said in str(caught.value)


def test_an_excerpt_shows_its_number():
    assert "[2]" in RENDER.inline("He smiles {excerpt}`c1-marcus:2`.")


def test_a_badge_is_a_word_linked_to_what_it_means():
    assert "chapters/index.html#badges" in badge("mixed")
    assert ">Mixed</a>" in badge("mixed")


def test_a_term_has_the_id_that_sphinx_gives_it():
    assert term_id("hidden feeling") == "hidden-feeling"
    assert term_id("SNNOOP10") == "SNNOOP10"


@given(st.text(max_size=200))
def test_no_text_becomes_markup_of_its_own(text):
    shown = RENDER.block(text.replace("{", ""))
    assert "<script" not in shown.lower()
    assert "<img" not in shown.lower() or "![" in text


def test_quotation_marks_are_curled_as_in_the_chapters():
    assert RENDER.inline('*"It\'s fine,"* he says') == "<em>“It’s fine,”</em> he says"
    assert RENDER.inline('`"code"` stays') == "<code>&quot;code&quot;</code> stays"


def test_a_title_is_curled_and_nothing_else_of_it_changes():
    assert curled('Deirdre\'s "two thirds" & *more*') == "Deirdre’s “two thirds” & *more*"
