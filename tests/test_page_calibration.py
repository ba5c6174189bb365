"""The calibration meter in a real browser: what it says of one's confidence, and what it sends one back to."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Book
from tests.learner import CONFLICT, COURSE, DESKTOP, MEDICINE, PHONE, check, exercise, option, spec_of

METER = "section[data-mindbody-calibration]"
AT = "2026-11-20T09:30:00.000Z"


def judged(page: Page, item: str, *judgements: list[int]) -> None:
    """Put an answer into this browser as if it had been checked with these confidences."""
    page.evaluate(
        """([key, judged, at]) => localStorage.setItem(key, JSON.stringify({format: 1, version: 1, answer: {},
        saved_at: at, record: {attempts: 1, first: {answer: {}, at, judged}, last: {answer: {}, at, judged}}}))""",
        [f"{COURSE}{item}", list(judgements), AT],
    )


@pytest.fixture
def meter(page: Page, book: Book):
    page.goto(book.address(CONFLICT))
    return page.locator(METER)


def test_before_ten_answers_it_only_counts(page: Page, meter):
    expect(meter).to_contain_text("0 answers with a confidence so far; from ten on")
    judged(page, "02-medicine/warm-saddle", *[[90, 0]] * 9)
    page.reload()
    expect(meter).to_contain_text("9 answers with a confidence so far")
    expect(meter.locator("svg")).to_have_count(0)


def test_answers_of_other_chapters_count_and_over_confidence_is_put_in_words(page: Page, meter):
    judged(page, "02-medicine/warm-saddle", *[[90, 0]] * 6)
    judged(page, "07-conflict/q-anger", *[[70, 1]] * 6)
    page.reload()
    expect(meter).to_contain_text("12 answers with a confidence so far: 80 % sure on average, 50 % right.")
    expect(meter).to_contain_text("You were surer than right.")
    expect(meter).to_contain_text("Brier score 0.45")
    assert meter.locator("tbody tr").all_inner_texts() == ["60 to 80 %\t6\t100 %", "80 to 100 %\t6\t0 %"]


def test_it_follows_at_once_when_a_question_is_checked(page: Page, meter):
    place = exercise(page, "q-corner-first")
    option(place, "Her neck stiffens").check()
    check(place, sure=65)
    expect(meter).to_contain_text("1 answer with a confidence so far")


def test_sure_and_mistaken_on_a_safety_question_leads_to_another_try(page: Page, book: Book):
    page.goto(book.address(MEDICINE))
    places = page.locator("section[data-mindbody]").all()
    specs = {one.get_attribute("id"): spec_of(one) for one in places}
    safety = [
        (name, spec)
        for name, spec in specs.items()
        if spec["safety"] and spec["confidence"] and spec["mode"] == "practice" and spec["kind"] == "choice"
    ]
    assert safety, "no safety question of chapter 2 asks for a confidence"
    name, spec = safety[0]
    place = page.locator(f"#{name}")
    worth = spec["table"]["groups"][0]["credits"]
    wrong = next(i for i, one in enumerate(spec["view"]["options"]) if worth.get(f"opt:{one['id']}", 0) < 100)
    place.get_by_role("radio").nth(wrong).check()
    feedback = check(place, sure=90)
    expect(feedback).to_contain_text("You were sure, and on a question of safety mistaken.")
    expect(page.locator(METER)).to_contain_text("Sure and mistaken on a question of safety")
    right = next(i for i, one in enumerate(spec["view"]["options"]) if worth.get(f"opt:{one['id']}", 0) == 100)
    if spec["again"]:
        expect(feedback.get_by_role("link", name=spec["again"]["title"])).to_be_visible()
    else:
        place.get_by_role("radio").nth(right).check()
        check(place)
        expect(page.locator(METER)).not_to_contain_text("Sure and mistaken")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_meter_fits_the_screen_and_passes_axe(page: Page, meter, axe, size):
    judged(page, "02-medicine/warm-saddle", *[[confidence, confidence % 20 // 10] for confidence in range(0, 100, 5)])
    page.set_viewport_size(size)
    page.reload()
    expect(meter.locator("svg")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    axe(page)


def test_a_page_that_puts_the_meter_where_it_speaks_of_it_has_no_second_one(page: Page, book: Book):
    page.goto(book.address("chapters/part5-practice/capstone"))
    expect(page.locator(METER)).to_have_count(1)
