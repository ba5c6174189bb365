"""The tests before and after the course in a real browser: what they ask, and what they keep to themselves."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Book
from tests.learner import COURSE, exercise, expect_saved, option, panel

PRE, POST, DELAYED = (f"chapters/tests/{name}" for name in ("pre-test", "post-test", "delayed-test"))


def test_a_test_takes_answers_and_says_nothing_of_right_or_wrong(page: Page, book: Book):
    page.goto(book.address(PRE))
    place = exercise(page, "route-a")
    option(place, "Send him to the emergency department").check()
    place.get_by_role("slider", name="How sure are you?").fill("80")
    expect_saved(place)
    expect(place.get_by_role("button", name="Check my answer")).to_have_count(0)
    expect(place.get_by_role("group", name="Feedback")).to_have_count(0)
    expect(panel(page)).to_contain_text("1 of 20 graded exercises answered")


def test_answers_to_one_test_do_not_show_in_another(page: Page, book: Book):
    page.goto(book.address(PRE))
    option(exercise(page, "route-a"), "Send him to the emergency department").check()
    expect_saved(exercise(page, "route-a"))
    page.goto(book.address(POST))
    expect(panel(page)).to_contain_text("0 of 20 graded exercises answered")


@pytest.mark.parametrize(("name", "form"), [(PRE, "a"), (POST, "b"), (DELAYED, "c")], ids=["pre", "post", "delayed"])
def test_each_test_shows_the_twenty_items_of_its_form(page: Page, book: Book, name: str, form: str):
    page.goto(book.address(name))
    shown = page.locator("section[data-mindbody]").evaluate_all("all => all.map(one => one.id)")
    assert len(shown) == 20
    assert {one[-2:] for one in shown} == {f"-{form}"}


def test_the_day_on_which_the_delayed_test_is_due_is_counted_from_the_last_answer_to_the_post_test(
    page: Page, book: Book
):
    page.goto(book.address(DELAYED))
    due = page.locator(".mindbody-due")
    expect(page.locator("html")).to_have_attribute("data-mindbody", "ready")
    expect(due).to_be_hidden()
    page.evaluate(
        "([key, entry]) => localStorage.setItem(key, JSON.stringify(entry))",
        [f"{COURSE}post-test/flags-b", {"format": 1, "version": 1, "saved_at": "2026-11-22T12:00:00.000Z"}],
    )
    page.reload()
    expect(due).to_have_text(
        "Your last answer to the post-test in this browser is of 22 November 2026."
        " So this test is due on 3 January 2027."
    )
