"""The formulation canvas on the page of samples: half filled, flawed, whole; written up and printed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Book
from tests.learner import PHONE, check, excerpt, exercise, expect_focus_within, expect_saved, numbers_in, slot, tab_to

KINDS = "chapters/guides/kinds-formulation"
ATTACK = "<img src=x onerror=\"document.title='broken into'\"> & 'so on'"
WHOLE = {
    "Hidden feeling": [11],
    "Anxiety": [10, 17],
    "Defence": [9, 12, 14],
    "Past person": [13],
    "Current person": [2],
    "Clinician": [17],
    "Presenting": [1, 5],
    "Predisposing": [13, 14],
    "Precipitating": [2],
    "Perpetuating": [7, 8],
    "Protective": [15, 16],
    "Functional": [2],
    "Inconsistent": [5, 6],
    "Triggered": [6],
    "Medical evidence": [3, 4],
    "Anxiety pathway": [10],
}
FORMULATION = (
    "Marcus's pain began, as he tells it, in the week he was passed over, with no physical event [2]; examination and "
    "imaging so far show nothing needing urgent action [3, 4]. One hypothesis is that anger at his employer [11] is "
    "quickly met by tension [10] and then covered by politeness, apology and overwork [9, 12, 14]. "
) * 6  # about 350 words, the most that a formulation is asked to have


@pytest.fixture
def samples(page: Page, book: Book) -> Page:
    page.add_init_script("window.print = () => {}")
    page.goto(book.address(KINDS))
    page.wait_for_function("document.documentElement.dataset.mindbody === 'ready'")
    return page


def group(place: Locator, name: str) -> Locator:
    """The button that opens and closes a group of the whole canvas."""
    return place.locator(".mb-group", has_text=name)


def put(place: Locator, number: int, group_name: str, *slots: str) -> None:
    """Choose an excerpt and place it by the boxes of one group."""
    if excerpt(place, number).get_attribute("aria-pressed") == "false":
        excerpt(place, number).click()
    placer = place.get_by_role("group", name=f"Place {number} in")
    placer.get_by_role("button", name=group_name).click()
    for name in slots:
        placer.get_by_role("checkbox", name=name, exact=True).check()


def fill_whole(page: Page) -> None:
    """Bring in a filled canvas and its text as another tab would save them."""
    page.evaluate(
        """([slots, text]) => {
            const spec = JSON.parse(document.querySelector("#ex-marcus-whole .mindbody-spec").textContent);
            const id = Object.fromEntries(spec.view.slots.map(({id, label}) => [label, id]));
            const atoms = Object.entries(slots).flatMap(([label, found]) => found.map(n => `${n}@${id[label]}`));
            const record = {first: null, last: null, attempts: 0, confidence: null, hints: 0, earlier: []};
            const saved_at = "2026-11-22T10:00:00Z";
            const entry = answer => JSON.stringify({format: 1, version: 1, answer, record, saved_at});
            for (const [name, answer] of [
                ["marcus-whole", {atoms: [...atoms, "none@flag", "none@risk", "18@bin"]}],
                ["marcus-written", {texts: {text}}],
            ]) {
                const key = `mindbody:mind-body-formulation:kind-canvas/${name}`;
                localStorage.setItem(key, entry(answer));
                dispatchEvent(new StorageEvent("storage", {key}));
            }
        }""",
        [WHOLE, FORMULATION],
    )


# Half filled


def test_a_given_placement_stands_fixed_and_is_not_counted(samples: Page):
    place = exercise(samples, "hannah-half")
    expect(slot(place, "Defence")).to_contain_text("given")
    expect(excerpt(place, 16)).to_contain_text("Defence (given)")
    expect(slot(place, "Defence").get_by_role("button", name=re.compile("^Take"))).to_have_count(0)
    excerpt(place, 16).click()
    box = place.get_by_role("group", name="Place 16 in").get_by_role("checkbox", name="Defence")
    expect(box).to_be_checked()
    expect(box).to_be_disabled()
    slot(place, "Defence").get_by_role("button", name="Take 16 out: Defence").click()
    expect(place.get_by_text("Excerpt 16 is given in Defence, and stays there.").first).to_be_visible()
    excerpt(place, 16).click()
    for number, name in [(15, "Hidden feeling"), (17, "Anxiety"), (14, "Current person"), (18, "Clinician")]:
        excerpt(place, number).click()
        slot(place, name).get_by_role("button", name=f"Place {number} here").click()
    feedback = check(place)
    expect(feedback).to_contain_text("In all, you found 4 of 6; 4 of 4 placements are supported.")


def test_how_many_are_missing_is_told_slot_by_slot(samples: Page):
    place = exercise(samples, "hannah-half")
    feeling = slot(place, "Hidden feeling")
    feeling.get_by_role("button", name="How many are missing").click()
    expect(feeling).to_contain_text("2 still to find.")
    expect(place.get_by_role("status").filter(has_text="Hidden feeling: 2 still to find.")).to_have_count(1)
    excerpt(place, 19).click()
    feeling.get_by_role("button", name="Place 19 here").click()
    expect(feeling).not_to_contain_text("still to find")
    feeling.get_by_role("button", name="How many are missing").click()
    expect(feeling).to_contain_text("1 still to find.")
    past = slot(place, "Past person")
    past.get_by_role("button", name="How many are missing").click()
    expect(past).to_contain_text("Nothing more to find here.")


# A flawed start


def test_a_starting_state_is_the_first_answer_and_comes_back_when_the_work_is_cleared(samples: Page):
    place = exercise(samples, "joon-ho-mend")
    assert numbers_in(place, "Protective") == ["9", "17"]
    assert numbers_in(place, "Not evidence") == ["2"]
    place.get_by_role("button", name="Check my answer").click()
    expect(place).to_contain_text("Nothing to check yet: all stands as it did at the start.")
    slot(place, "Protective").get_by_role("button", name="Take 9 out").click()
    expect_saved(place)
    samples.reload()
    assert numbers_in(place, "Protective") == ["17"]
    samples.evaluate("localStorage.clear(); dispatchEvent(new StorageEvent('storage', {key: null}))")
    expect(slot(place, "Protective").get_by_role("button", name=re.compile("^Take"))).to_have_count(2)


def test_the_bin_and_other_places_exclude_each_other(samples: Page):
    place = exercise(samples, "joon-ho-mend")
    excerpt(place, 2).click()
    slot(place, "Precipitating").get_by_role("button", name="Place 2 here").click()
    expect(place.get_by_text("Excerpt 2 placed in Precipitating, and taken out of Not evidence.").first).to_be_visible()
    assert numbers_in(place, "Not evidence") == []
    for number in (20, 11):
        excerpt(place, number).click()
        slot(place, "Not evidence").get_by_role("button", name=f"Place {number} here").click()
    check_anyway(place)
    bin_ = slot(place, "Not evidence")
    expect(bin_).to_contain_text("The key leaves it out too.")
    expect(bin_).to_contain_text("The key has a use for this.")


def check_anyway(place: Locator) -> Locator:
    place.get_by_role("button", name="Check my answer").click()
    anyway = place.get_by_role("button", name="Check it as it is")
    if anyway.is_visible():
        anyway.click()
    feedback = place.get_by_role("group", name="Feedback")
    expect(feedback).to_be_visible()
    return feedback


# The whole canvas


def test_the_whole_canvas_by_mouse_says_where_everything_stands(samples: Page):
    place = exercise(samples, "marcus-whole")
    expect(place).to_contain_text("0 of 19 places filled; 0 of 19 excerpts used")
    expect(group(place, "Five Ps")).to_have_attribute("aria-expanded", "false")
    put(place, 13, "Five Ps", "Predisposing")
    put(place, 13, "Person", "Past person")
    expect(excerpt(place, 13)).to_contain_text("Past person")
    expect(group(place, "Five Ps")).to_contain_text("1 of 5 filled")
    group(place, "Five Ps").click()
    assert numbers_in(place, "Predisposing") == ["13"]
    expect(place).to_contain_text("2 of 19 places filled; 1 of 19 excerpts used")
    expect_saved(place)
    feedback = check_anyway(place)
    expect(feedback).to_contain_text("In all, you found 2 of")
    expect(group(place, "Five Ps")).to_contain_text("found 1 of 8")
    expect(slot(place, "Predisposing")).to_contain_text("You found 1 of 2; 1 of 1 placement is supported.")
    samples.reload()
    group(place, "Five Ps").click()
    assert numbers_in(place, "Predisposing") == ["13"]


def test_the_whole_canvas_by_keyboard_alone(samples: Page):
    place = exercise(samples, "marcus-whole")
    excerpt(place, 1).focus()
    tab_to(samples, excerpt(place, 10))
    samples.keyboard.press("2")
    samples.keyboard.press("ArrowLeft")
    samples.keyboard.press("ArrowLeft")
    heard = place.get_by_role("status").filter(has_text="Pathway and culture: 1 Anxiety pathway, 2 Cultural meaning.")
    expect(heard).to_have_count(1)
    samples.keyboard.press("1")
    expect(excerpt(place, 10)).to_contain_text("Anxiety pathway")
    expect(excerpt(place, 10)).to_contain_text("Anxiety")
    tab_to(samples, place.get_by_role("button", name="Open all"))
    samples.keyboard.press("Enter")
    expect(group(place, "Pathway")).to_have_attribute("aria-expanded", "true")
    assert numbers_in(place, "Anxiety pathway") == ["10"]
    tab_to(samples, slot(place, "Risk").get_by_role("checkbox"), most=60)
    samples.keyboard.press("Space")
    expect(group(place, "Medical")).to_contain_text("1 of 3 filled")
    tab_to(samples, place.get_by_role("button", name="Check my answer"), most=60)
    samples.keyboard.press("Enter")
    expect(place).to_contain_text(
        "Still open: Hidden feeling, Defence, Past person, Current person, Clinician and 11 more."
    )
    tab_to(samples, place.get_by_role("button", name="Check it as it is"))
    samples.keyboard.press("Enter")
    expect_focus_within(place.get_by_role("group", name="Feedback"))


def test_an_excerpt_takes_at_most_three_places(samples: Page):
    place = exercise(samples, "marcus-whole")
    put(place, 9, "Conflict", "Hidden feeling", "Anxiety", "Defence")
    placer = place.get_by_role("group", name="Place 9 in")
    placer.get_by_role("button", name="Five Ps").click()
    box = placer.get_by_role("checkbox", name="Presenting")
    box.click()
    expect(box).not_to_be_checked()
    expect(
        place.get_by_text("excerpt 9 may stand in at most three places. Take it out", exact=False).first
    ).to_be_visible()
    expect_focus_within(place)
    placer.get_by_role("button", name="Conflict").click()
    placer.get_by_role("checkbox", name="Anxiety").uncheck()
    placer.get_by_role("button", name="Five Ps").click()
    box.check()
    expect(box).to_be_checked()


def test_the_canvas_is_usable_on_a_phone_and_breaks_no_rule(samples: Page, axe: Callable[[Page], None]):
    samples.set_viewport_size(PHONE)
    place = exercise(samples, "marcus-whole")
    put(place, 14, "Five Ps", "Predisposing")
    check_anyway(place)
    place.get_by_role("button", name="Open all").click()
    wide = samples.locator("[data-mindbody^='kind-canvas/'] *:visible").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 120))"
    )
    assert wide == []
    # A number within a sentence is as high as its line, as WCAG 2.5.8 allows.
    small = place.locator(":is(button:not(.mindbody-excerpt-ref), label.mb-box):visible").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"
    )
    assert small == []
    axe(samples)


# Written up


def test_what_was_placed_stands_beside_the_text_and_is_cited_at_a_click(samples: Page):
    place, written = exercise(samples, "marcus-whole"), exercise(samples, "marcus-written")
    expect(written).to_contain_text("Nothing is placed yet.")
    put(place, 11, "Conflict", "Hidden feeling")
    cite = written.get_by_role("button", name="Cite 11")
    area = written.get_by_role("textbox", name="Your text")
    area.fill("Perhaps anger")
    cite.click()
    expect(area).to_be_focused()
    samples.keyboard.type(" at the firm")
    expect(area).to_have_value("Perhaps anger [11] at the firm")
    expect_saved(written)
    samples.reload()
    expect(area).to_have_value("Perhaps anger [11] at the firm")
    expect(cite).to_be_visible()
    slot(place, "Hidden feeling").get_by_role("button", name="Take 11 out").click()
    expect(cite).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_whole_formulation_prints_on_one_page_and_nothing_else_does(samples: Page, scheme: str):
    samples.emulate_media(color_scheme=scheme)
    fill_whole(samples)
    written = exercise(samples, "marcus-written")
    written.get_by_role("button", name="Print my formulation").click()
    pdf = samples.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_sheet_holds_picture_places_and_text_and_goes_away_after_printing(samples: Page):
    fill_whole(samples)
    written = exercise(samples, "marcus-written")
    area = written.get_by_role("textbox", name="Your text")
    area.fill(ATTACK)
    written.get_by_role("button", name="Print my formulation").click()
    samples.emulate_media(media="print")
    sheet = samples.locator(".mindbody-sheet")
    expect(sheet).to_be_visible()
    expect(written).to_be_hidden()
    expect(sheet.locator("svg.mb-triangle")).to_have_count(2)
    expect(sheet.locator("svg").first).to_contain_text("9 12 14")
    expect(sheet).to_contain_text("Formulation: Marcus, 44. Low back pain for fourteen months")
    expect(sheet).to_contain_text("A fictional composite")
    expect(sheet).to_contain_text("None found: Red flag, Risk.")
    expect(sheet).to_contain_text("Left open: Cultural meaning.")
    expect(sheet).to_contain_text("Not evidence: [18].")
    expect(sheet).to_contain_text(ATTACK)
    assert samples.title() != "broken into"
    samples.evaluate("dispatchEvent(new Event('afterprint'))")
    samples.emulate_media(media="screen")
    expect(sheet).to_have_count(0)
    expect(written).to_be_visible()
