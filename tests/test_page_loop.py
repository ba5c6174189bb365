"""Loops, loops with errors, plans and the teaching model on the page: by mouse, by keyboard alone, after a reload."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from mindbody.curriculum import Curriculum
from mindbody.teaching_model import Inputs, run
from tests.conftest import Book
from tests.learner import PHONE, check, exercise, expect_focus_within, expect_saved, option, tab_to, words

GUIDE = "chapters/guides/kinds-loops"
RIGHT = [
    ("The thought", "raises", "The morning test"),
    ("The morning test", "raises", "Watching his back"),
    ("Watching his back", "raises", "A twinge in his back"),
    ("Lifting nothing", "lowers", "A back used to load"),
    ("A back used to load", "lowers", "A twinge in his back"),
]


@pytest.fixture
def guide(page: Page, book: Book) -> Page:
    page.goto(book.address(GUIDE))
    # The page holds every kind there is; the last of ours is live when all of them are.
    expect(exercise(page, "predict").get_by_role("radio").first).to_be_visible(timeout=20_000)
    return page


def node(place: Locator, name: str) -> Locator:
    return place.locator(".mb-node").filter(has_text=re.compile(f"^{name}"))


def add(place: Locator, start: str, effect: str, end: str) -> None:
    """Add an arrow by the form, as a list of choices gives it."""
    form = place.get_by_role("form", name="A new arrow")
    for label, wanted in (("From", start), ("What it does", effect), ("To", end)):
        select = form.get_by_role("combobox", name=label, exact=True)
        expect(select).to_be_visible()
        names = select.locator("option").all_inner_texts()
        select.select_option(label=next(name for name in names if name.startswith(wanted)))
    form.get_by_role("button", name="Add arrow").click()


def arrows(place: Locator) -> list[str]:
    """The arrows of the list, as sentences."""
    rows = place.get_by_role("button", name=re.compile("^Remove: ")).all()
    return [row.get_attribute("aria-label").removeprefix("Remove: ") for row in rows]


def at(page: Page, book: Book, item: str) -> Locator:
    page.goto(f"{book.address(GUIDE)}#ex-{item}")
    place = exercise(page, item)
    expect(place).to_be_focused()
    return place


# --- a loop to draw


def test_an_arrow_is_drawn_by_choosing_two_places_in_the_picture(guide: Page):
    place = exercise(guide, "marcus")
    node(place, "The thought").click()
    expect(node(place, "The thought")).to_have_attribute("aria-pressed", "true")
    expect(place.locator(".mb-told")).to_contain_text("now choose where the arrow leads")
    node(place, "The morning test").click()
    assert arrows(place) == ["The thought “my spine is out” raises the morning test"]
    expect(place.locator(".mb-arrow")).to_have_count(3)  # two were given
    expect_saved(place)


def test_the_whole_loop_earns_every_point_and_every_arrow_is_explained(guide: Page):
    place = exercise(guide, "marcus")
    for arrow in RIGHT:
        add(place, *arrow)
    feedback = check(place)
    expect(feedback).to_contain_text("2 of 2 points")
    expect(feedback).to_contain_text("You found 5 of 5; 5 of your 5 arrows have support.")
    expect(place.get_by_text("The text supports this.")).to_have_count(5)
    expect(place.locator(".mb-arrow.mb-is-right")).to_have_count(5)


def test_what_is_wrong_turned_or_missing_is_said_beside_the_arrow_and_drawn(guide: Page):
    place = exercise(guide, "marcus")
    add(place, "The morning test", "raises", "The thought")  # the other way round
    add(place, "Lifting nothing", "lowers", "A twinge in his back")  # a trap
    add(place, "A back used to load", "raises", "Watching his back")  # nowhere in the text
    check(place)
    turned = place.get_by_role("listitem").filter(has=guide.get_by_role("button", name="Remove: The morning test"))
    expect(turned).to_contain_text("The two belong together, the other way round.")
    expect(place).to_contain_text("Tempting, and it misleads.")
    expect(place).to_contain_text("A back used to load does one thing in this picture.")
    expect(place.locator(".mb-arrow.mb-is-missed")).to_have_count(4)  # the turned one is not among them
    expect(place.get_by_text("Not drawn, and supported by the text")).to_be_visible()


def test_a_loop_is_drawn_by_keyboard_alone(page: Page, book: Book):
    place = at(page, book, "marcus")
    tab_to(page, node(place, "A twinge"))
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(node(place, "A twinge")).to_have_attribute("aria-pressed", "false")
    tab_to(page, node(place, "The thought"))
    page.keyboard.press("Enter")
    tab_to(page, node(place, "The morning test"))
    page.keyboard.press("Space")
    expect(place.get_by_role("status").filter(has_text="Added: The thought")).to_have_count(1)
    form = place.get_by_role("form", name="A new arrow")
    tab_to(page, form.get_by_role("combobox", name="To", exact=True))
    page.keyboard.type("Watch")
    tab_to(page, form.get_by_role("combobox", name="From", exact=True), key="Shift+Tab")
    page.keyboard.type("The m")
    tab_to(page, form.get_by_role("button", name="Add arrow"))
    page.keyboard.press("Enter")
    assert arrows(place)[-1] == "The morning test raises watching his back"
    tab_to(page, place.get_by_role("button", name=re.compile("^Remove: The thought")))
    page.keyboard.press("Enter")
    assert len(arrows(place)) == 1
    expect_focus_within(place)


def test_an_arrow_that_stands_already_or_leads_nowhere_is_refused_in_words(guide: Page):
    place = exercise(guide, "marcus")
    add(place, "A twinge", "lowers", "The thought")
    expect(place.locator(".mb-told")).to_contain_text("It stands already: A twinge in his back raises the thought")
    add(place, "A twinge", "raises", "A twinge")
    expect(place.locator(".mb-told")).to_contain_text("An arrow needs two ends")
    assert arrows(place) == []


def test_effect_certainty_and_cut_are_there_after_a_reload(guide: Page):
    place = exercise(guide, "joon-ho")
    add(place, "Testing his balance", "lowers", "A sway he notices")
    place.get_by_role("combobox", name=re.compile("^Effect: Testing")).select_option("raises")
    expect(place.get_by_role("combobox", name=re.compile("^Effect: Testing"))).to_be_focused()
    place.get_by_role("combobox", name=re.compile("^How sure: Testing")).select_option("a guess")
    place.get_by_role("combobox", name="Which arrow would you test").select_option("checking>sway:raises")
    place.get_by_label("What would change").fill("One morning without the test.")
    place.get_by_label("What would change").blur()
    expect_saved(place)
    guide.reload()
    expect(place.get_by_role("button", name=re.compile("^Remove: "))).to_have_count(1, timeout=20_000)
    assert arrows(place) == ["Testing his balance raises a sway he notices"]
    expect(place.get_by_role("combobox", name=re.compile("^How sure: Testing"))).to_have_value("a guess")
    expect(place.get_by_role("combobox", name="Which arrow would you test")).to_have_value("checking>sway:raises")
    expect(place.get_by_label("What would change")).to_have_value("One morning without the test.")
    expect(place.locator(".mb-pill text")).to_have_text("✂ ? +")


def test_no_more_arrows_than_are_allowed(guide: Page):
    place = exercise(guide, "marcus")
    names = ["A twinge", "The thought", "Lifting", "A back", "The morning", "Watching"]
    ways = [
        (a, b)
        for a in names
        for b in names
        if a != b and (a, b) not in {("A twinge", "The thought"), ("The thought", "Lifting")}
    ]
    for start, end in ways[:10]:
        add(place, start, "raises", end)
    expect(place.locator(".mb-told")).to_contain_text("No more than 9 arrows here")
    assert len(arrows(place)) == 9


# --- a loop with errors


def test_wrong_arrows_are_ticked_and_each_is_explained(guide: Page, curriculum: Curriculum):
    place = exercise(guide, "six-wrong")
    for number in (2, 4, 5, 7, 9, 10):
        place.get_by_role("checkbox").nth(number - 1).check()
    feedback = check(place)
    expect(feedback).to_contain_text("2 of 3 points")
    expect(feedback).to_contain_text("You found 5 of 6; 5 of your 6 ticks right.")
    expect(place.get_by_text("Found: this one is wrong.")).to_have_count(5)
    expect(place.get_by_text("Wrong, and not ticked.")).to_have_count(1)
    expect(place.get_by_text("This one holds.")).to_have_count(1)
    expect(place.locator(".mb-arrow.mb-is-wrong")).to_have_count(6)


# --- a plan


def test_phases_are_put_in_order_by_buttons_and_numbers(guide: Page):
    place = exercise(guide, "first-things")
    order = ["Make sure", "Explain how", "Lift and move", "Stay with", "Notice between"]
    expect(place.get_by_text("This is not your order yet.")).to_be_visible()
    for number, name in enumerate(order, start=1):
        place.get_by_role("combobox", name=f"Place: {name}").select_option(str(number))
    up = place.get_by_role("button", name="Up: Notice between")
    up.click()
    expect(up).to_be_focused()
    feedback = check(place)
    expect(feedback).to_contain_text("14 of 14 pairs stand in the right order.")  # that pair is equal
    place.get_by_role("combobox", name="Place: Make sure").select_option("6")
    check(place)
    expect(place).to_contain_text("Place 6. It belongs before 1, 2, 3, 4 and 5.")
    guide.reload()
    expect(place.get_by_role("combobox", name="Place: Make sure")).to_have_value("6")


def test_an_order_may_be_kept_as_it_is_by_keyboard(page: Page, book: Book):
    place = at(page, book, "first-things")
    tab_to(page, place.get_by_role("button", name="Keep it as it is"), most=60)
    page.keyboard.press("Enter")
    expect_focus_within(place)
    expect(check(place)).to_contain_text("5 of 14 pairs")


def test_a_phase_is_dragged_by_its_grip(guide: Page):
    place = exercise(guide, "first-things")
    phases = place.locator(".mb-phase")
    phases.last.locator(".mb-grip").drag_to(phases.first)
    expect(phases.first).to_contain_text("Notice between")


# --- the teaching model


def test_predictions_are_made_the_model_runs_and_then_is_there_to_play_with(guide: Page, curriculum: Curriculum):
    place = exercise(guide, "predict")
    expect(place.get_by_role("group", name="Free play")).to_be_hidden()
    for number, name in enumerate(["Higher", "About the same", "Higher"]):
        place.get_by_role("radio", name=name).nth(number).check()
    place.get_by_role("button", name="Run the model").click()
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("2 of 3 points")
    expect(place).to_contain_text("Lower. You predicted: higher.")
    scenario = curriculum.item("kind-simulator/predict").form.scenarios["meaning"]
    before, after = (run(inputs) for inputs in scenario.inputs())
    expect(place).to_contain_text(f"ends at {before.end:.1f}. With it, it starts at 4.0")
    expect(place).to_contain_text(f"peaks at {after.peak:.1f} (step {after.peak_at}), ends at {after.end:.1f}.")
    play = place.get_by_role("group", name="Free play")
    play.get_by_role("slider", name="Threat").fill("10")
    play.get_by_role("slider", name="Attention").fill("10")
    free = run(Inputs(**(vars(scenario.inputs()[0]) | {"threat": 1, "attention": 1})))
    expect(play.locator("p[role=status]")).to_contain_text(f"ends at {free.end:.1f}")
    expect(play.locator("p[role=status]")).to_contain_text("A teaching model, not data.")
    guide.reload()
    expect(option(place, "Higher").first).to_be_checked()
    expect(place.locator(".mb-chart")).to_have_count(4)


# --- everywhere


def do_everything(page: Page) -> None:
    marcus = exercise(page, "marcus")
    for arrow in RIGHT[:3]:
        add(marcus, *arrow)
    check(marcus)
    six = exercise(page, "six-wrong")
    six.get_by_role("checkbox").first.check()
    check(six)
    plan = exercise(page, "first-things")
    plan.get_by_role("button", name="Keep it as it is").click()
    check(plan)
    model = exercise(page, "predict")
    for number in (0, 4, 8):
        model.get_by_role("radio").nth(number).check()
    model.get_by_role("button", name="Run the model").click()


def test_all_four_break_no_rule_that_axe_knows(guide: Page, axe: Callable[[Page], None]):
    do_everything(guide)
    axe(guide)


def test_all_four_fit_a_phone(guide: Page):
    guide.set_viewport_size(PHONE)
    do_everything(guide)
    assert guide.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    board = exercise(guide, "marcus").locator(".mb-board").bounding_box()
    for box in exercise(guide, "marcus").locator(".mb-node").all():
        at = box.bounding_box()
        assert at["x"] >= board["x"] - 1
        assert at["x"] + at["width"] <= board["x"] + board["width"] + 1
        assert at["height"] >= 44


def test_no_two_labels_of_the_picture_stand_on_each_other(guide: Page):
    for width in (390, 800, 1280, 1920):
        guide.set_viewport_size({"width": width, "height": 900})
        for item in ("marcus", "joon-ho", "six-wrong"):
            # The picture is laid out anew when its width has changed.
            guide.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            boxes = [box.bounding_box() for box in exercise(guide, item).locator(".mb-node").all()]
            for i, a in enumerate(boxes):
                for b in boxes[:i]:
                    apart = (
                        a["x"] + a["width"] <= b["x"]
                        or b["x"] + b["width"] <= a["x"]
                        or a["y"] + a["height"] <= b["y"]
                        or b["y"] + b["height"] <= a["y"]
                    )
                    assert apart, (width, item, words(str((a, b))))
