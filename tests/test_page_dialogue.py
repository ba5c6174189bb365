"""Replies, scenes, rewrites and updaters on the page: by mouse, by keyboard alone, after a reload, on a phone."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from mindbody.curriculum import Curriculum
from tests.conftest import Book
from tests.learner import PHONE, check, exercise, expect_focus_within, expect_saved, option, rewrite, tab_to, words

GUIDE = "chapters/guides/kinds-talking"


@pytest.fixture
def guide(page: Page, book: Book) -> Page:
    page.goto(book.address(GUIDE))
    return page


def reply(place: Locator, text: str) -> Locator:
    """A reply that may be chosen now."""
    return place.get_by_role("button", name=re.compile(text))


def said(place: Locator) -> list[str]:
    """The lines of the transcript, as they are read."""
    return [words(line) for line in place.locator(".mb-talk > li").all_inner_texts()]


def rate(place: Locator, number: int, rating: str) -> None:
    place.locator("fieldset").nth(number - 1).get_by_role("radio", name=rating, exact=True).check()


# --- replies ----------------------------------------------------------------------------------------------------------


def test_each_reply_shows_the_proposed_mean_beside_ones_own_rating(guide: Page):
    place = exercise(guide, "making-this-up")
    for number, rating in enumerate(["very apt", "would do", "would not help", "would do harm"], 1):
        rate(place, number, rating)
    feedback = check(place)
    expect(feedback).to_contain_text("2 of 2 points")
    expect(place).to_contain_text("no panel has rated these replies yet")
    expect(place).to_contain_text("You: 4, very apt. The mean: 3.9.")
    expect_saved(place)


def test_a_harmful_reply_rated_as_apt_leaves_nothing_and_says_why(guide: Page):
    place = exercise(guide, "making-this-up")
    for number, rating in enumerate(["very apt", "would do", "would not help", "would do"], 1):
        rate(place, number, rating)
    expect(check(place)).to_contain_text("0 of 2 points")
    expect(place).to_contain_text("rated as apt, it takes the points of the whole scene")


def test_a_rating_is_given_with_the_arrow_keys(guide: Page):
    place = exercise(guide, "making-this-up")
    first = place.get_by_role("group", name=re.compile("^“No. Your pain is real"))
    first.get_by_role("radio", name="would do harm").focus()
    guide.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="would not help")).to_be_checked()
    guide.reload()
    expect(first.get_by_role("radio", name="would not help")).to_be_checked()


# --- scene ------------------------------------------------------------------------------------------------------------


def test_a_reply_that_goes_wrong_is_met_by_the_patient_and_one_named_fault(guide: Page):
    place = exercise(guide, "functional-letter")
    reply(place, "keep away from the forums").click()
    assert said(place)[1:] == [
        "You “Nobody has written that. I would keep away from the forums.” ○ Argues with what he heard.",
        "Joon-ho He folds the letter and puts it away. “OK.”",
    ]
    expect(place.locator(".mb-talk > li").last).to_be_focused()
    expect(place.get_by_role("group", name="What do you say instead? Try 2 of 3")).to_be_visible()
    expect(place.get_by_role("status").filter(has_text="Argues with what he heard. Try 2 of 3.")).to_be_attached()
    expect(reply(place, "keep away from the forums")).to_have_count(0)


def play(page: Page, place: Locator) -> None:
    """Play the scene with the keyboard alone: wrong once, then right throughout."""
    for text in ("keep away from the forums", "nobody who reads", "the test is there", "I can’t promise"):
        tab_to(page, reply(place, text))
        page.keyboard.press("Enter")
        expect_focus_within(place)


def test_a_scene_is_played_by_keyboard_and_stands_as_it_was_after_a_reload(guide: Page):
    place = exercise(guide, "functional-letter")
    place.get_by_text("Read the case").focus()
    play(guide, place)
    expect(place).to_contain_text("The conversation ends here.")
    own = place.get_by_role("textbox", name=re.compile("own words"))
    tab_to(guide, own)
    guide.keyboard.type("What is that like for you?")
    before = said(place)
    tab_to(guide, place.get_by_role("button", name="Check my answer"))
    guide.keyboard.press("Enter")
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("2.5 of 3 points")
    expect(place).to_contain_text("To compare with")
    expect(place).to_contain_text("This carries the moment.")
    place.get_by_text("What else could have been said").first.click()
    expect(place).to_contain_text("a definition leaves that open")
    guide.reload()
    expect(place.locator(".mb-talk > li")).to_have_count(len(before))
    assert [line[:60] for line in said(place)] == [line[:60] for line in before]
    expect(own).to_have_value("What is that like for you?")


def test_models_and_explanations_are_not_seen_before_the_check(guide: Page):
    place = exercise(guide, "functional-letter")
    reply(place, "nobody who reads").click()
    expect(place).not_to_contain_text("He hears first that he is believed")
    expect(place).not_to_contain_text("To compare with")
    expect(place.get_by_role("button", name="Begin again")).to_be_hidden()


def test_a_checked_scene_can_be_begun_again(guide: Page):
    place = exercise(guide, "functional-letter")
    for text in ("nobody who reads", "the test is there", "I can’t promise"):
        reply(place, text).click()
    check_as_it_is(place)
    place.get_by_role("button", name="Begin again").click()
    assert len(said(place)) == 1
    expect(place.locator(".mb-talk > li").first).to_be_focused()
    expect(place).to_contain_text("You have changed this since; check again.")


def check_as_it_is(place: Locator) -> None:
    place.get_by_role("button", name="Check my answer").click()
    place.get_by_role("button", name="Check it as it is").click()
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("3 of 3 points")


# --- rewrite ----------------------------------------------------------------------------------------------------------


def word(place: Locator, text: str) -> Locator:
    return place.get_by_role("group", name="The words of the sentence").get_by_role("button", name=text, exact=True)


def test_words_are_marked_with_the_arrow_keys_and_a_run_with_shift(guide: Page):
    place = exercise(guide, "must-be-stress")
    tab_to_first = word(place, "Your")
    tab_to_first.focus()
    for _ in range(6):
        guide.keyboard.press("ArrowRight")
    expect(word(place, "must")).to_be_focused()
    guide.keyboard.press("Space")
    guide.keyboard.press("Shift+ArrowRight")
    guide.keyboard.press("Shift+ArrowRight")
    for text in ("must", "be", "stress."):
        expect(word(place, text)).to_have_attribute("aria-pressed", "true")
    guide.keyboard.press("Space")
    expect(word(place, "stress.")).to_have_attribute("aria-pressed", "false")


def test_a_rewrite_is_compared_with_versions_that_nobody_saw_before(guide: Page):
    place = exercise(guide, "must-be-stress")
    for text in ("must", "be", "normal,"):
        word(place, text).click()
    option(place, "Dualism").check()
    expect(place).not_to_contain_text("Shall we look together")
    place.get_by_role("textbox", name="Say it better").fill("Your pain is real.")
    feedback = check(place)
    expect(feedback).to_contain_text("0.83 of 2 points")
    expect(place).to_contain_text("Harmful, and marked: “must be”. Harmful, and not marked: “stress”.")
    expect(place).to_contain_text("This is near.")
    expect(place).to_contain_text("Shall we look together at everything")
    guide.reload()
    expect(word(place, "must")).to_have_attribute("aria-pressed", "true")
    expect(place.get_by_role("textbox", name="Say it better")).to_have_value("Your pain is real.")


def test_words_are_marked_by_drawing_over_them_with_the_mouse(guide: Page):
    place = exercise(guide, "must-be-stress")
    word(place, "must").hover()
    guide.mouse.down()
    word(place, "stress.").hover()
    guide.mouse.up()
    for text in ("must", "be", "stress."):
        expect(word(place, text)).to_have_attribute("aria-pressed", "true")


# --- updater ----------------------------------------------------------------------------------------------------------


def test_facts_come_one_by_one_and_nothing_is_marked(guide: Page):
    place = exercise(guide, "marcus-facts")
    expect(place).to_contain_text("Practice · for discussion")
    facts = place.locator(".mb-fact:visible")
    expect(facts).to_have_count(0)
    place.get_by_role("slider", name="Before any fact").fill("40")
    for number in range(1, 7):
        expect(facts).to_have_count(number)
        rate(place, number, "about the same")
    place.get_by_role("slider", name="And now").fill("60")
    place.get_by_role("button", name="Compare my answer").click()
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("For discussion: nothing here is marked")
    expect(place).to_contain_text("You began at 40 and ended at 60. Between 40 and 75 can be defended.")
    expect(place).to_contain_text("If it moved your estimate")
    guide.reload()
    expect(facts).to_have_count(6)
    expect(place).to_contain_text("You began at 40 and ended at 60.")


def test_a_fact_that_was_read_stays_though_an_earlier_answer_changes(guide: Page):
    place = exercise(guide, "marcus-facts")
    place.get_by_role("slider", name="Before any fact").fill("40")
    rate(place, 1, "more likely")
    rate(place, 1, "less likely")
    expect(place.locator(".mb-fact:visible")).to_have_count(2)


# --- all of them ------------------------------------------------------------------------------------------------------


def test_no_barrier_that_axe_knows_in_any_of_them(guide: Page, axe):
    for number, rating in enumerate(["very apt", "would do", "would not help", "would do harm"], 1):
        rate(exercise(guide, "making-this-up"), number, rating)
    check(exercise(guide, "making-this-up"))
    reply(exercise(guide, "functional-letter"), "keep away from the forums").click()
    word(exercise(guide, "must-be-stress"), "must").click()
    exercise(guide, "marcus-facts").get_by_role("slider", name="Before any fact").fill("40")
    axe(guide)
    guide.evaluate("document.documentElement.dataset.theme = 'dark'")
    axe(guide)


def test_a_phone_needs_no_sideways_scroll(guide: Page):
    guide.set_viewport_size(PHONE)
    for item in ("making-this-up", "functional-letter", "must-be-stress", "marcus-facts"):
        place = exercise(guide, item)
        inside = place.evaluate("place => place.scrollWidth <= place.clientWidth")
        assert inside, item
        # A number within a sentence is as high as its line, as WCAG 2.5.8 allows.
        small = place.evaluate(
            "place => [...place.querySelectorAll("
            "'button:not(.mindbody-excerpt-ref), summary, .mb-scale label, .mb-option')]"
            ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        )
        assert not small, item


def test_on_paper_every_fact_and_every_moment_is_there(guide: Page):
    guide.emulate_media(media="print")
    expect(exercise(guide, "marcus-facts").locator(".mb-fact", has_text="His leased car")).to_be_visible()
    paper = exercise(guide, "functional-letter").locator(".mindbody-static")
    expect(paper.get_by_text("What if it never gets better?")).to_be_visible()
    expect(exercise(guide, "functional-letter").locator(".mb-talk")).to_be_hidden()


# --- graded -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def graded(page: Page, book: Book, curriculum: Curriculum) -> Page:
    """The page of samples as if its dialogue items were graded: other shapes, and no table."""

    def change(html: str) -> str:
        for item in ("kind-scene/functional-letter", "kind-replies/making-this-up", "kind-rewrite/must-be-stress"):
            found = curriculum.item(item)
            form = found.form.model_copy(update={"mode": "graded"})
            start = html.index('class="mindbody-spec">', html.index(f'data-mindbody="{item}"')) + 22
            end = html.index("</script>", start)
            spec = json.loads(html[start:end]) | {"mode": "graded", "table": None}
            spec["shape"] = found.kind.shape(form, curriculum.context)
            spec["view"] = found.kind.view(form, curriculum.context)
            html = html[:start] + json.dumps(spec).replace("<", "\\u003c") + html[end:]
        return html

    rewrite(page, book.html / f"{GUIDE}.html", change)
    page.goto(book.address(GUIDE))
    return page


def test_a_graded_scene_names_no_fault_and_gives_one_try(graded: Page):
    place = exercise(graded, "functional-letter")
    reply(place, "keep away from the forums").click()
    assert said(place)[-1].startswith("Joon-ho He looks at the door frame.")
    expect(place).not_to_contain_text("Argues")
    expect(place).to_contain_text("Still to do: moment 2 and moment 3.")
    reply(place, "You have to stop testing").click()
    reply(place, "It will").click()
    expect(place).to_contain_text("Answered")
    expect(place.get_by_role("button", name="Check my answer")).to_have_count(0)
    place.get_by_role("button", name="Begin again").click()
    expect(place).to_contain_text("Still to do: moment 1, moment 2 and moment 3.")


def test_graded_replies_and_words_show_no_mean_and_no_version(graded: Page):
    place = exercise(graded, "making-this-up")
    for number in range(1, 5):
        rate(place, number, "would do")
    expect(place).to_contain_text("Answered")
    expect(place).not_to_contain_text("The mean:")
    place = exercise(graded, "must-be-stress")
    word(place, "must").click()
    option(place, "Blame").check()
    expect(place).to_contain_text("Answered")
    expect(place).not_to_contain_text("To compare with")
