"""Appraising a trial, the time line and the evidence explorer, as a reader meets them in a page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from mindbody.curriculum import Curriculum, marking_table
from tests.conftest import Book
from tests.learner import PHONE, check, exercise, expect_focus_within, expect_saved, plain, tab_to, words

KINDS = "chapters/guides/kinds-talking"
CANVAS = "chapters/guides/kinds-formulation"
CELLS = {"a": "33", "b": "17", "c": "10", "d": "41"}


@pytest.fixture
def kinds(page: Page, book: Book) -> Page:
    page.goto(book.address(KINDS))
    return page


@pytest.fixture
def life(page: Page, book: Book) -> Page:
    page.goto(book.address(CANVAS))
    return page


def say_which(place: Locator, part: str, number: str) -> None:
    """Choose a line, then press its number in the text."""
    place.get_by_role("radio", name=part).check()
    place.get_by_role("button", name=re.compile(rf"^{number}\b")).first.click()


def fill_everything(place: Locator) -> None:
    for part, number in [
        ("Given the treatment", "50"),
        ("Given the open placebo", "51"),
        ("Pain-free after the treatment", "33"),
        ("Pain-free after the open placebo", "10"),
    ]:
        say_which(place, part, number)
    for index, number in enumerate([*CELLS.values(), "46,4", "2.2", "29", "64"]):
        place.get_by_role("textbox").nth(index).fill(number)
    for index in range(4):
        place.get_by_role("checkbox").nth(index).check()


def event(place: Locator, text: str) -> Locator:
    return place.locator("ol").get_by_role("button").filter(has_text=text)


def link(place: Locator, life: str, symptom: str, rating: str) -> None:
    event(place, life).click()
    event(place, symptom).click()
    place.get_by_role("group", name="Draw a link").get_by_role("button", name=rating).click()


# Appraisal


def test_a_trial_is_appraised_step_by_step_and_two_critics_reply_after(kinds: Page, curriculum: Curriculum):
    place = exercise(kinds, "prt-placebo")
    expect(place.get_by_text("A sceptic")).to_have_count(0)
    fill_everything(place)
    expect(place.locator(".mb-sum").first).to_have_text("50")
    expect(place.get_by_text("Read as 46.4.")).to_be_visible()
    expect_saved(place)
    expect(check(place)).to_contain_text("4 of 4 points")
    for name in ("A sceptic", "A defender"):
        expect(place.get_by_text(name)).to_be_visible()
    text = words(place.inner_text())
    whys = marking_table(curriculum, curriculum.item("kind-appraisal/prt-placebo")).why.values()
    assert not [why for why in whys if plain(why) not in text]


def test_a_number_stands_for_one_part_and_can_be_taken_back(kinds: Page):
    place = exercise(kinds, "prt-placebo")
    say_which(place, "Given the treatment", "51")
    number = place.get_by_role("button", name=re.compile(r"^51"))
    expect(number).to_have_attribute("aria-pressed", "true")
    # The next open line is armed by itself.
    expect(place.get_by_role("radio", name="Given the open placebo")).to_be_checked()
    number.click()
    expect(place.locator(".mb-part-value").nth(0)).to_have_text("")
    expect(place.locator(".mb-part-value").nth(1)).to_have_text("51")
    place.get_by_role("radio", name="Given the open placebo").check()
    number.click()
    expect(number).to_have_attribute("aria-pressed", "false")


def test_an_appraisal_survives_a_reload(kinds: Page):
    place = exercise(kinds, "prt-placebo")
    fill_everything(place)
    expect_saved(place)
    kinds.reload()
    expect(place.locator(".mb-part-value").nth(3)).to_have_text("10")
    expect(place.get_by_role("textbox", name="Open placebo Not")).to_have_value("41")
    expect(place.get_by_role("checkbox").nth(2)).to_be_checked()


def test_a_trial_is_appraised_by_keyboard_alone(page: Page, book: Book):
    page.goto(f"{book.address(KINDS)}#ex-prt-placebo")
    place = exercise(page, "prt-placebo")
    tab_to(page, place.get_by_role("button", name=re.compile(r"^50")).first)
    page.keyboard.press("Enter")
    tab_to(page, place.get_by_role("button", name=re.compile(r"^51")))
    page.keyboard.press("Space")
    tab_to(page, place.get_by_role("radio", name="Pain-free after the treatment"))
    page.keyboard.press("ArrowDown")
    expect(place.get_by_role("radio", name="Pain-free after the open placebo")).to_be_checked()
    tab_to(page, place.get_by_role("textbox").first)
    page.keyboard.type("33")
    tab_to(page, place.get_by_role("checkbox").first)
    page.keyboard.press("Space")
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    tab_to(page, place.get_by_role("button", name="Check it as it is"))
    page.keyboard.press("Enter")
    feedback = place.get_by_role("group", name="Feedback")
    expect(feedback).to_contain_text("The numbers in the abstract: 2 of 4")
    expect_focus_within(feedback)


# Time line


def test_links_are_drawn_rated_changed_and_taken_away(life: Page):
    place = exercise(life, "hannah")
    link(place, "wins a competition", "headaches begin", "Plausible")
    link(place, "prescription", "headaches begin", "Evidenced")
    expect(place.locator("path.mb-is-plausible")).to_have_count(1)
    # Two that a colleague drew, and two of her own.
    expect(place.locator("path")).to_have_count(4)
    rows = place.locator(".mb-linked").get_by_role("combobox")
    expect(rows).to_have_count(4)
    place.get_by_label(re.compile("^She wins a competition.*begin")).select_option("Evidenced")
    place.get_by_label(re.compile("^Her eyes are tested")).select_option("No link")
    expect(rows).to_have_count(3)
    expect_focus_within(place)
    place.get_by_label(re.compile("^Her mother")).select_option("Plausible")
    place.get_by_label(re.compile("^Her father")).select_option("Invented")
    expect_saved(place)
    feedback = check(place)
    expect(feedback).to_contain_text("1.2 of 2 points")
    expect(place).to_contain_text("Not drawn: In a flood she works all night, moving drawings → She notices no pain")
    expect(place.get_by_text("One way to say it")).to_be_visible()


def test_a_time_line_survives_a_reload_and_says_what_stands_against_a_link(life: Page, curriculum: Curriculum):
    place = exercise(life, "hannah")
    link(place, "partner asks", "before reviews", "Plausible")
    place.get_by_role("textbox").fill("Hannah’s headaches began six weeks after …")
    expect_saved(place)
    life.reload()
    expect(place.get_by_role("textbox")).to_have_value("Hannah’s headaches began six weeks after …")
    expect(place.get_by_label(re.compile("^Her partner asks"))).to_have_value("plausible")
    place.get_by_role("button", name="Check my answer").click()
    place.get_by_role("button", name="Check it as it is").click()
    table = marking_table(curriculum, curriculum.item("kind-timeline/hannah"))
    expect(place).to_contain_text(plain(table.why_unlisted["partner"]))


def test_a_link_is_drawn_by_keyboard_alone(page: Page, book: Book):
    page.goto(f"{book.address(CANVAS)}#ex-hannah")
    place = exercise(page, "hannah")
    tab_to(page, event(place, "wins a competition"))
    page.keyboard.press("Enter")
    tab_to(page, place.get_by_role("combobox", name="Symptom event"))
    page.keyboard.press("ArrowDown")
    tab_to(page, place.get_by_role("button", name="Evidenced"))
    page.keyboard.press("Enter")
    expect(place.get_by_role("status").filter(has_text="Linked as evidenced")).to_have_count(1)
    expect(place.locator("path.mb-is-evidenced")).to_have_count(1)


def test_a_link_is_drawn_by_dragging_too(life: Page):
    place = exercise(life, "hannah")
    event(place, "works all night").drag_to(event(place, "notices no pain"))
    place.get_by_role("button", name="Evidenced").click()
    expect(place.get_by_label(re.compile("^In a flood"))).to_have_value("evidenced")


# Evidence explorer


def explorer(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence explorer")


def test_the_explorer_says_how_many_it_shows(kinds: Page, curriculum: Curriculum):
    place = explorer(kinds)
    total, works = len(curriculum.studies), len({effect.key for effect in curriculum.studies})
    shown = place.get_by_role("status")
    expect(shown).to_have_text(f"{total} of {total} comparisons shown, from {works} sources.")
    place.get_by_role("combobox", name="In whom").select_option("Back pain")
    place.get_by_role("combobox", name="How long after").select_option("A year or longer")
    wanted = [e for e in curriculum.studies if (e.population, e.follow_up) == ("back", "long")]
    expect(shown).to_have_text(f"{len(wanted)} of {total} comparisons shown, from 3 sources.")
    expect(place.locator("tbody tr:visible")).to_have_count(len(wanted))


def test_an_empty_result_says_so_and_can_be_undone(kinds: Page, curriculum: Curriculum):
    place = explorer(kinds)
    place.get_by_role("combobox", name="In whom").select_option("Irritable bowel")
    place.get_by_role("combobox", name="Compared with").select_option("Placebo")
    expect(place.get_by_role("status")).to_contain_text("No comparison fits all of these.")
    expect(place.get_by_role("table")).to_have_count(0)
    place.get_by_role("button", name="Show all").click()
    expect(place.get_by_role("status")).to_contain_text(f"{len(curriculum.studies)} of {len(curriculum.studies)}")


def test_the_whole_prints_as_one_figure_and_what_was_narrowed_down_as_it_is_shown(kinds: Page):
    place = explorer(kinds)
    figure, marks = place.locator("figure"), place.locator("td.mb-plot").first
    expect(figure).to_be_hidden()
    kinds.emulate_media(media="print")
    expect(figure).to_be_visible()
    expect(marks).to_be_hidden()
    kinds.emulate_media(media="screen")
    place.get_by_label("Compared with").select_option(index=1)
    kinds.emulate_media(media="print")
    expect(figure).to_be_hidden()
    kinds.emulate_media(media="screen")


def test_without_a_script_the_explorer_shows_its_figure_and_tables(chromium, book: Book):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(book.address(KINDS))
    place = explorer(page)
    picture = place.get_by_role("img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    expect(place.get_by_role("table").first).to_be_visible()
    context.close()


# All three


def test_they_stand_on_a_phone_without_sideways_scroll_and_pass_axe(
    page: Page, book: Book, axe: Callable[[Page], None]
):
    page.set_viewport_size(PHONE)
    page.goto(book.address(KINDS))
    place = exercise(page, "prt-placebo")
    fill_everything(place)
    check(place)
    expect(explorer(page).get_by_role("status")).to_contain_text("comparisons")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    page.goto(book.address(CANVAS))
    link(exercise(page, "hannah"), "wins a competition", "headaches begin", "Evidenced")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
