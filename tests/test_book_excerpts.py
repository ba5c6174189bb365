"""The number of a cited excerpt opens its words."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from mindbody.book.excerpts import opening, opening_in
from mindbody.curriculum import Curriculum, public_spec
from tests.conftest import Book
from tests.learner import exercise

APPRAISING = "chapters/part2-science/06-appraising-the-evidence"
LOOPS = "chapters/part2-science/05-loops"


def test_a_number_becomes_a_button_that_names_its_excerpt(curriculum: Curriculum):
    rendered = curriculum.context.render.inline("He freezes {excerpt}`c4-joon-ho:11`.")
    assert 'popovertarget="excerpt-c4-joon-ho-11">[11]</button>' in opening(rendered)


def test_what_is_chosen_keeps_a_plain_number(curriculum: Curriculum):
    """A button inside a label or another button would be neither read nor pressed as what it is."""
    for assignment in curriculum.taught.values():
        for item in assignment.items:
            assert "popovertarget" not in json.dumps(opening_in(public_spec(curriculum, item))["view"])


def test_every_note_is_there_once_and_every_number_has_one(book: Book):
    for path in (book.html / "chapters").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        targets = set(re.findall(r'popovertarget=\\?"([^"\\]+)', text))
        notes = re.findall(r'class="mindbody-excerpt-note" id="([^"]+)"', text)
        assert sorted(targets) == sorted(notes), path


def test_by_keyboard_the_words_of_an_earlier_chapter_are_read_and_left(book: Book, page: Page):
    page.goto(book.address(APPRAISING))
    number = page.get_by_role("button", name="[12]").first
    number.focus()
    page.keyboard.press("Enter")
    note = page.locator("#excerpt-c4-joon-ho-12")
    expect(note).to_contain_text("eyes on the ceiling light")
    expect(note).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(number).to_be_focused()


def test_an_explanation_opens_its_excerpts_too(book: Book, page: Page):
    page.goto(book.address(LOOPS))
    place = exercise(page, "q-feeling")
    for group in place.get_by_role("radio", name="True").all():
        group.check()
    place.get_by_role("button", name="Check my answer").click()
    place.locator(".mb-why").get_by_role("button", name=re.compile(r"\[\d+\]")).first.click()
    expect(page.locator(".mindbody-excerpt-note:popover-open")).to_contain_text("Joon-ho, 29")


def test_on_paper_a_number_is_a_number(book: Book, page: Page):
    page.goto(book.address(APPRAISING))
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="[12]").first).to_be_visible()
    expect(page.locator("#excerpt-c4-joon-ho-12")).to_be_hidden()
