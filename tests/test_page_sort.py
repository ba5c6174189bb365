"""Cards, claims, ladders, pathways and the clock on the page: by mouse, keyboard alone, after a reload, on a phone."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from mindbody.curriculum import Curriculum, marking_table
from tests.conftest import Book
from tests.learner import (
    DESKTOP,
    MEDICINE,
    PHONE,
    check,
    exercise,
    expect_focus_within,
    expect_saved,
    plain,
    rewrite,
    spec_of,
    tab_to,
    words,
)

GUIDE = "chapters/guides/kinds-of-exercise"
ITEMS = {"avoidance": "kind-sort", "shelf": "kind-claims", "words": "kind-ladder", "vera": "kind-pathway"}


@pytest.fixture
def guide(page: Page, book: Book) -> Page:
    page.goto(book.address(GUIDE))
    return page


def row(place: Locator, number: int) -> Locator:
    """The row of a card, by its number."""
    return place.locator("fieldset.mb-statement").nth(number - 1)


def put(place: Locator, number: int, label: str) -> None:
    """Click the label of a place, as a finger does."""
    row(place, number).get_by_text(label, exact=True).click()


def right_places(curriculum: Curriculum, item: str) -> dict[str, str]:
    key = curriculum.item(f"{ITEMS[item]}/{item}").key
    return dict(key.signs if item == "vera" else key.right)


def put_all(place: Locator, curriculum: Curriculum, item: str) -> None:
    """Put every card where the key has it."""
    right, view = right_places(curriculum, item), spec_of(place)["view"]
    order = [one["id"] for one in view["places"]]
    for number, card in enumerate(view["cards"], 1):
        row(place, number).get_by_role("radio").nth(order.index(right[card["id"]])).check()


def test_cards_are_put_into_places_and_each_is_explained(guide: Page, curriculum: Curriculum):
    place = exercise(guide, "avoidance")
    put_all(place, curriculum, "avoidance")
    put(place, 8, "Activity avoidance")
    put(place, 1, "Checking")
    expect_saved(place)
    expect(check(place)).to_contain_text("6 of 8 as in the key.")
    expect(row(place, 1)).to_contain_text("You said Checking. It is Activity avoidance.")
    expect(row(place, 2)).to_contain_text("You said Checking, and it is.")
    expect(row(place, 8)).to_contain_text("You said Activity avoidance: close. It is Safety behaviour.")
    text = words(place.inner_text())
    for why in marking_table(curriculum, curriculum.item("kind-sort/avoidance")).why_unlisted.values():
        assert plain(why) in text


def test_claims_are_sorted_by_keyboard_alone_and_open_the_studies_behind_them(page: Page, book: Book):
    page.goto(f"{book.address(GUIDE)}#ex-shelf")
    place = exercise(page, "shelf")
    tab_to(page, row(place, 1).get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(row(place, 1).get_by_role("radio", name="Mixed")).to_be_checked()
    page.keyboard.press("Tab")
    expect(row(place, 1).get_by_role("slider")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row(place, 1)).to_contain_text("55 %")
    expect(row(place, 2)).to_contain_text("not said yet")
    expect(place).not_to_contain_text("Systematic Literature Review")
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    expect(place.get_by_text("Still open: statement 2, ")).to_be_visible()
    tab_to(page, place.get_by_role("button", name="Check it as it is"), key="Tab")
    page.keyboard.press("Enter")
    expect_focus_within(place.get_by_role("group", name="Feedback"))
    expect(row(place, 1)).to_contain_text("You said Mixed: close. It is Supported.")
    expect(row(place, 1)).to_contain_text("Systematic Literature Review of Imaging Features of Spinal Degeneration")
    expect(row(place, 11)).to_contain_text("You left this open. It is Historical.")
    link = row(place, 4).get_by_role("link", name="Burns et al. 2012")
    assert re.search(r"chapters/bibliography\.html#ref-burns2012suppression$", link.get_attribute("href") or "")


def test_places_and_how_sure_one_was_are_there_after_a_reload(guide: Page):
    place = exercise(guide, "shelf")
    put(place, 3, "Contested")
    row(place, 3).get_by_role("slider").fill("80")
    row(place, 3).get_by_role("slider").blur()
    expect_saved(place)
    guide.reload()
    expect(row(place, 3).get_by_role("radio", name="Contested")).to_be_checked()
    expect(row(place, 3).get_by_role("slider")).to_have_value("80")
    expect(row(place, 3)).to_contain_text("80 %")
    expect(row(place, 4)).to_contain_text("not said yet")


def rung(place: Locator, number: int) -> Locator:
    """A rung of the ladder, the lowest first."""
    return place.locator(".mb-ladder > li").nth(5 - number)


def test_statements_stand_on_their_rungs_and_the_question_is_compared(guide: Page, curriculum: Curriculum):
    place = exercise(guide, "words")
    put_all(place, curriculum, "words")
    row(place, 1).get_by_role("radio", name="2 Urge to act").check()
    expect(rung(place, 2)).to_contain_text("There is a stone in my stomach")
    expect(rung(place, 1)).not_to_contain_text("There is a stone in my stomach")
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_text("Still open: your question.")).to_be_visible()
    place.get_by_role("textbox").fill("Is there a word for it?")
    expect(place).not_to_contain_text("Your hand seems to have known")
    expect(check(place)).to_contain_text("8 of 9 as in the key.")
    expect(row(place, 1)).to_contain_text("You said Urge to act: close. It is Body sensation.")
    expect(place).to_contain_text("Your hand seems to have known")
    guide.reload()
    expect(place.get_by_role("textbox")).to_have_value("Is there a word for it?")
    expect(rung(place, 2)).to_contain_text("There is a stone in my stomach")


def test_a_statement_may_be_dragged_to_its_rung(guide: Page):
    guide.set_viewport_size(DESKTOP)
    place = exercise(guide, "words")
    number = row(place, 3).locator(".mb-number")
    number.scroll_into_view_if_needed()
    start, end = number.bounding_box(), rung(place, 2).bounding_box()
    guide.mouse.move(start["x"] + 5, start["y"] + 5)
    guide.mouse.down()
    guide.mouse.move(end["x"] + 40, end["y"] + 30, steps=6)
    guide.mouse.up()
    expect(row(place, 3).get_by_role("radio", name="2 Urge to act")).to_be_checked()
    expect(rung(place, 2)).to_contain_text("put my hand through the wall")


def test_a_pathway_says_what_its_gates_turned_on(guide: Page, curriculum: Curriculum):
    place = exercise(guide, "vera")
    expect(place).to_contain_text("School-specific")
    put_all(place, curriculum, "vera")
    row(place, 6).get_by_role("checkbox", name="Must not be missed").check()
    place.get_by_role("radio", name="Slow").check()
    feedback = check(place)
    expect(feedback).to_contain_text("Gate not passed")
    expect(feedback).to_contain_text("As she stands, her left knee gives [6].")
    expect(feedback).to_contain_text("left open, or not what is safe here")
    expect(row(place, 5)).to_contain_text("Not ticked. Must not be missed.")
    expect(place).to_contain_text("The pace is Stop.")
    row(place, 5).get_by_role("checkbox").check()
    place.get_by_role("radio", name="Stop").check()
    expect(check(place)).to_contain_text("3 of 3 points")
    expect(feedback).to_contain_text("Gate passed")
    for number in range(1, 8):
        row(place, number).get_by_role("checkbox").check()
    expect(check(place)).to_contain_text("Marking everything does not pass")


def test_that_there_is_no_such_sign_excludes_the_ticks(guide: Page):
    place = exercise(guide, "vera")
    tick, none = row(place, 2).get_by_role("checkbox"), place.get_by_role("checkbox", name="There is no such sign here")
    tick.check()
    none.check()
    expect(tick).not_to_be_checked()
    expect(place.get_by_role("status").filter(has_text="was cleared")).to_have_count(1)
    tick.check()
    expect(none).not_to_be_checked()


def test_a_pathway_is_done_by_keyboard_alone(page: Page, book: Book):
    page.goto(f"{book.address(GUIDE)}#ex-vera")
    place = exercise(page, "vera")
    for number in range(1, 8):
        tab_to(page, row(place, number).get_by_role("radio").first)
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        expect(row(place, number).get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("Space")
    expect(row(place, 7).get_by_role("checkbox")).to_be_checked()
    tab_to(page, place.get_by_role("radio", name="Proceed"))
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(place.get_by_role("radio", name="Stop")).to_be_checked()
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    expect_focus_within(place.get_by_role("group", name="Feedback"))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_kind_is_free_of_barriers_before_and_after_checking(page: Page, book: Book, curriculum, axe, size):
    page.set_viewport_size(size)
    page.goto(book.address(GUIDE))
    for item in ITEMS:
        put_all(exercise(page, item), curriculum, item)
    axe(page)
    for item in ITEMS:
        place = exercise(page, item)
        place.get_by_role("button", name="Check my answer").click()
        anyway = place.get_by_role("button", name="Check it as it is")
        if anyway.is_visible():
            anyway.click()
        expect(place.get_by_role("group", name="Feedback")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_button_of_a_place_is_a_finger_wide(page: Page, book: Book):
    page.set_viewport_size(PHONE)
    page.goto(book.address(GUIDE))
    for item in ITEMS:
        for label in exercise(page, item).locator(".mb-segments label").all()[:6]:
            box = label.bounding_box()
            assert min(box["width"], box["height"]) >= 44, (item, box)


def test_without_the_key_the_same_exercise_is_saved_and_never_checked(page: Page, book: Book):
    """The graded form has no table; its widget is the same."""

    def graded(html: str) -> str:
        for item in ITEMS:
            found = re.search(rf'(id="ex-{item}".*?class="mindbody-spec">)(.*?)(</script>)', html, re.DOTALL)
            spec = json.loads(found[2]) | {"mode": "graded", "table": None}
            html = html.replace(found[2], json.dumps(spec).replace("<", "\\u003c"))
        return html

    rewrite(page, book.html / f"{GUIDE}.html", graded)
    page.goto(book.address(GUIDE))
    for item in ITEMS:
        place = exercise(page, item)
        expect(place.get_by_role("button", name="Check my answer")).to_have_count(0)
        row(place, 1).get_by_role("radio").first.check()
        expect_saved(place)
        expect(place.get_by_text("Still to do: statement 2")).to_be_visible()


def test_a_clock_is_off_until_it_is_wanted_and_locks_nothing(page: Page, book: Book):
    page.clock.install()
    page.goto(book.address(MEDICINE))
    place = page.locator("section.mindbody-exercise").filter(has=page.locator(".mb-triage")).first
    clock = place.get_by_label("Try it against a clock (6 minutes)")
    said = place.get_by_role("status")
    expect(clock).not_to_be_checked()
    page.clock.run_for(200_000)
    expect(said.filter(has_text="left")).to_have_count(0)
    clock.check()
    expect(said.filter(has_text="6 minutes left.")).to_have_count(1)
    page.clock.run_for(301_000)
    expect(said.filter(has_text="1 minute left.")).to_have_count(1)
    page.clock.run_for(30_000)
    expect(said.filter(has_text="Half a minute left.")).to_have_count(1)
    page.clock.run_for(40_000)
    expect(said.filter(has_text="The time is over. Nothing is locked")).to_have_count(1)
    place.get_by_role("radio", name="Proceed").first.check()
    expect(place.get_by_role("radio", name="Proceed").first).to_be_checked()
    clock.uncheck()
    expect(said.filter(has_text="The time is over")).to_have_count(0)
