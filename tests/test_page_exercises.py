"""Each kind of exercise, done as a learner does it: with a mouse, with a keyboard alone, with a finger."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, FloatRect, Locator, Page, expect

from mindbody.curriculum import Curriculum, marking_table
from mindbody.marking import Answer, Mark, mark
from tests.conftest import Book
from tests.learner import (
    CONFLICT,
    MEDICINE,
    PHONE,
    check,
    excerpt,
    exercise,
    expect_focus_within,
    expect_saved,
    numbers_in,
    open_placement,
    option,
    panel,
    plain,
    slot,
    tab_to,
    words,
)


def python_mark(curriculum: Curriculum, item: str, atoms: list[str], **numbers: str) -> Mark:
    found = curriculum.item(item)
    shape = found.kind.shape(found.form, curriculum.context)
    return mark(Answer(frozenset(atoms), numbers), marking_table(curriculum, found), shape)


def expect_explanations(place: Locator, marked: Mark) -> None:
    """Every placement, and everything that was missed, is explained on the page."""
    text = words(place.inner_text())
    assert not [plain(note.why) for note in marked.notes if plain(note.why) not in text]


@pytest.fixture
def medicine(page: Page, book: Book) -> Page:
    page.goto(book.address(MEDICINE))
    return page


def at(page: Page, book: Book, chapter: str, item: str) -> Locator:
    """Arrive at an exercise by its link, which leads the keyboard there."""
    page.goto(f"{book.address(chapter)}#ex-{item}")
    place = exercise(page, item)
    expect(place).to_be_focused()
    return place


def press_check(page: Page, place: Locator) -> Locator:
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    feedback = place.get_by_role("group", name="Feedback")
    expect(feedback).to_be_visible()
    expect_focus_within(feedback)
    return feedback


# Single choice


def test_a_choice_by_mouse(medicine: Page, curriculum: Curriculum):
    place = exercise(medicine, "warm-saddle")
    place.get_by_text("The outer side of the thigh").last.click()
    expect(option(place, "outer side of the thigh")).to_be_checked()
    place.get_by_text("The skin between the legs").last.click()
    expect(option(place, "outer side of the thigh")).not_to_be_checked()
    expect_saved(place)
    expect(check(place)).to_contain_text("1 of 1 points")
    # After checking, practice explains the options that were not chosen too.
    for why in marking_table(curriculum, curriculum.item("02-medicine/warm-saddle")).why.values():
        assert plain(why) in words(place.inner_text())


def test_a_choice_by_keyboard_alone(page: Page, book: Book):
    place = at(page, book, MEDICINE, "warm-saddle")
    tab_to(page, place.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(place.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(option(place, "The skin between the legs")).to_be_checked()
    expect_saved(place)
    expect(press_check(page, place)).to_contain_text("1 of 1 points")


def test_a_wrong_choice_is_explained_and_may_be_tried_again(medicine: Page):
    place = exercise(medicine, "warm-saddle")
    option(place, "outer side of the thigh").check()
    feedback = check(place)
    expect(feedback).to_contain_text("0 of 1 points")
    expect(place).to_contain_text("You chose this; another answer is better supported.")
    option(place, "The skin between the legs").check()
    expect(place.get_by_text("You have changed this since; check again.")).to_be_visible()
    check(place)
    expect(feedback).to_contain_text("1 of 1 points")
    expect(feedback).to_contain_text("Your first answer, kept: 0 of 1. Checked 2 times.")
    expect(place.get_by_text("You have changed this since")).to_be_hidden()


def test_nothing_chosen_is_said_and_not_marked(medicine: Page):
    place = exercise(medicine, "warm-saddle")
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("status").filter(has_text="Nothing to check yet")).to_be_visible()
    expect(place.get_by_role("group", name="Feedback")).to_be_hidden()
    expect_focus_within(place)


# Select all that apply, with confidence


def test_a_selection_by_mouse(medicine: Page, curriculum: Curriculum):
    place = exercise(medicine, "q-spine-steroid")
    for label in ["prednisolone", "anniversary"]:
        place.get_by_text(label).last.click()
    feedback = check(place, sure=60)
    marked = python_mark(curriculum, "02-medicine/q-spine-steroid", ["opt:a", "opt:b"])
    expect(feedback).to_contain_text(f"{marked.points / 100:g} of 2 points")
    expect(feedback).to_contain_text("You found 1 of 2; 1 of your 2 ticks applies.")
    expect(feedback).to_contain_text("You were 60 % sure.")
    expect_explanations(place, marked)


def test_a_selection_by_keyboard_alone_says_how_sure_first(page: Page, book: Book):
    place = at(page, book, MEDICINE, "q-spine-steroid")
    for label in ["prednisolone", "She is 76."]:
        tab_to(page, option(place, label))
        page.keyboard.press("Space")
        expect(option(place, label)).to_be_checked()
    tab_to(page, place.get_by_role("button", name="Check my answer"))
    page.keyboard.press("Enter")
    expect(place.get_by_role("status").filter(has_text="First say how sure you are")).to_be_visible()
    slider = place.get_by_role("slider", name="How sure are you?")
    expect(slider).to_be_focused()
    expect(slider).to_have_attribute("aria-valuetext", "not said yet")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "65 per cent")
    feedback = press_check(page, place)
    expect(feedback).to_contain_text("2 of 2 points")
    expect(feedback).to_contain_text("You were 65 % sure.")


def test_the_confidence_of_the_first_check_is_kept(medicine: Page, book: Book):
    place = exercise(medicine, "q-spine-steroid")
    option(place, "nine out of ten").check()
    check(place, sure=90)
    option(place, "nine out of ten").uncheck()
    option(place, "prednisolone").check()
    check(place, sure=20)
    entry = medicine.evaluate("JSON.parse(localStorage['mindbody:mind-body-formulation:02-medicine/q-spine-steroid'])")
    assert entry["record"]["first"]["confidence"] == 90
    assert entry["record"]["last"]["confidence"] == 20
    assert entry["record"]["attempts"] == 2


def test_leaving_confidence_in_the_middle_by_pressing_enter_counts_as_said(page: Page, book: Book):
    place = at(page, book, MEDICINE, "warm-tests-normal")
    option(place, "were not found when they were done").check()
    place.get_by_role("slider").focus()
    page.keyboard.press("Enter")
    expect(press_check(page, place)).to_contain_text("You were 50 % sure.")


# True or false


def test_true_and_false_by_mouse_and_a_part_left_open(medicine: Page):
    place = exercise(medicine, "q-scan-pair")
    for statement, value in enumerate(["True", "False", "True", "True"]):
        place.get_by_role("group").filter(has_text=re.compile(rf"^{statement + 1}")).get_by_text(
            value, exact=True
        ).click()
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("status").filter(has_text="Still open: statement 5.")).to_be_visible()
    place.get_by_role("button", name="Check it as it is").click()
    feedback = place.get_by_role("group", name="Feedback")
    expect(feedback).to_contain_text("3 of 5 statements")
    expect(place).to_contain_text("You said true. It is false.")
    expect(place).to_contain_text("You left this open. It is true.")
    expect_focus_within(feedback)


def test_true_and_false_by_keyboard_alone(page: Page, book: Book):
    place = at(page, book, MEDICINE, "q-scan-pair")
    for statement, right in enumerate([True, False, True, False, True]):
        tab_to(page, place.get_by_role("radio", name="True").nth(statement))
        page.keyboard.press("Space")
        if not right:
            page.keyboard.press("ArrowRight")
    feedback = press_check(page, place)
    expect(feedback).to_contain_text("2 of 2 points")
    expect(feedback).to_contain_text("5 of 5 statements read as the evidence has them.")


# Numbers


def test_numbers_with_a_decimal_comma_and_a_listed_slip(page: Page, book: Book, curriculum: Curriculum):
    place = at(page, book, MEDICINE, "q-flag-numbers")
    tab_to(page, place.get_by_role("textbox").first)
    page.keyboard.type("45,5 %")
    page.keyboard.press("Tab")
    expect(place.get_by_text("Read as 45.5.")).to_be_visible()
    page.keyboard.type("9,4")
    expect(place.get_by_text("Read as 9.4.")).to_be_visible()
    feedback = press_check(page, place)
    marked = python_mark(curriculum, "02-medicine/q-flag-numbers", [], missed="45,5 %", **{"per-thousand": "9,4"})
    expect(feedback).to_contain_text(f"{marked.points / 100:g} of 2 points")
    expect_explanations(place, marked)
    expect(place).to_contain_text("A known slip: the method is there.")
    expect_saved(place)


def test_a_comma_is_read_as_python_reads_it(medicine: Page):
    place = exercise(medicine, "warm-three-months")
    for typed, read in {"3,7": "Read as 3.7.", "1,234.5": "Read as 1234.5.", "1,234": "Read as 1234."}.items():
        place.get_by_role("textbox").fill(typed)
        expect(place.get_by_text(read)).to_be_visible()


def test_what_is_no_number_is_said_at_once_and_not_marked(medicine: Page):
    place = exercise(medicine, "warm-three-months")
    box = place.get_by_role("textbox")
    box.press_sequentially("about three")
    said = place.get_by_role("status").filter(has_text="“about three” is not a number. Write it like 3.7 or 27 %.")
    expect(said).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()
    place.get_by_role("button", name="Check my answer").click()
    expect(place.get_by_role("status").filter(has_text="This cannot be checked yet")).to_be_visible()
    expect(place.get_by_role("group", name="Feedback")).to_be_hidden()
    expect(box).to_be_focused()
    box.fill("3")
    expect(said).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(check(place)).to_contain_text("1 of 1 points")


# Hints


def test_hints_come_one_by_one_and_the_keyboard_stays_in_the_exercise(page: Page, book: Book):
    place = at(page, book, MEDICINE, "q-flag-numbers")
    expect(place.get_by_text("The first question is about the 11")).to_be_hidden()
    tab_to(page, place.get_by_role("button", name="Hint 1 of 2"))
    page.keyboard.press("Enter")
    expect(place.get_by_text("The first question is about the 11").filter(visible=True).first).to_be_visible()
    expect(place.get_by_role("listitem").filter(has_text="For the second")).to_be_hidden()
    expect(place.get_by_role("button", name="Hint 2 of 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.get_by_role("listitem").filter(has_text="For the second")).to_be_visible()
    expect(place.get_by_role("button", name=re.compile("^Hint"))).to_be_hidden()
    expect_focus_within(place)


# Placement

CHOSEN = {9: ["Defence"], 16: ["Defence"], 11: ["Hidden feeling"], 17: ["Anxiety", "Defence"]}
ATOMS = ["9@defence", "16@defence", "11@feeling", "17@anxiety", "17@defence"]


@pytest.fixture
def marcus(page: Page, book: Book) -> Locator:
    """The exercise on Marcus, with room to see all of it."""
    page.set_viewport_size({"width": 1280, "height": 2600})
    return open_placement(page, book.address(CONFLICT))


def corner(place: Locator, name: str) -> Locator:
    """A corner of the drawn triangle, by the slot's id."""
    return place.locator(f'svg [data-slot="{name}"]')


def expect_all_placed(place: Locator) -> None:
    assert numbers_in(place, "Defence") == ["9", "16", "17"]
    assert numbers_in(place, "Anxiety") == ["17"]
    assert numbers_in(place, "Hidden feeling") == ["11"]
    # The triangle says the same as the lists, without waiting for anything.
    assert words(corner(place, "defence").text_content()).startswith("9 16 17")
    assert words(corner(place, "anxiety").text_content()).startswith("17")
    assert words(corner(place, "feeling").text_content()).startswith("11")


def expect_marked(place: Locator, feedback: Locator, curriculum: Curriculum) -> None:
    marked = python_mark(curriculum, "07-conflict/c1-corners", ATOMS)
    expect(feedback).to_contain_text(f"{marked.points / 100:g} of 3 points")
    expect(feedback).to_contain_text("Hidden feeling: you found 1 of 1; 1 of 1 placement is supported.")
    expect(feedback).to_contain_text("Anxiety: you found 0 of 1; 1 of 1 placement is supported.")
    expect(feedback).to_contain_text("Defence: you found 1 of 2; 2 of 3 placements are supported.")
    expect_explanations(place, marked)
    expect(slot(place, "Defence")).to_contain_text("Enjoying something is not keeping busy.")
    expect(slot(place, "Defence")).to_contain_text("Not placed, and worth placing")
    expect(slot(place, "Defence")).to_contain_text("12 · He apologises at once for his language.")
    expect(slot(place, "Hidden feeling").get_by_text("Not placed, and worth placing")).to_be_hidden()


def test_placing_by_click_then_checking(marcus: Locator, curriculum: Curriculum):
    for number, names in CHOSEN.items():
        excerpt(marcus, number).click()
        expect(excerpt(marcus, number)).to_have_attribute("aria-pressed", "true")
        for name in names:
            slot(marcus, name).get_by_role("button", name=re.compile("^Place")).click()
            expect(marcus.get_by_role("status").filter(has_text=f"Excerpt {number} placed in {name}.")).to_have_count(1)
    expect_all_placed(marcus)
    expect_saved(marcus)
    expect_marked(marcus, check(marcus, sure=40), curriculum)


def test_placing_by_keyboard_alone_then_checking(page: Page, marcus: Locator, curriculum: Curriculum):
    expect(excerpt(marcus, 1)).to_be_focused()
    # By the number keys, by the boxes under the excerpt, and by the slot's own button.
    tab_to(page, excerpt(marcus, 9))
    page.keyboard.press("3")
    tab_to(page, excerpt(marcus, 11))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(option(marcus.get_by_role("group", name="Place 11 in"), "Hidden feeling")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(excerpt(marcus, 11)).to_be_focused()
    expect(excerpt(marcus, 11)).to_have_attribute("aria-pressed", "false")
    tab_to(page, excerpt(marcus, 16))
    page.keyboard.press("Enter")
    tab_to(page, slot(marcus, "Defence").get_by_role("button", name=re.compile("^Place 16")))
    page.keyboard.press("Enter")
    expect_focus_within(slot(marcus, "Defence"))
    tab_to(page, excerpt(marcus, 17), key="Shift+Tab")
    page.keyboard.press("2")
    page.keyboard.press("3")
    expect_all_placed(marcus)
    slider = marcus.get_by_role("slider")
    tab_to(page, slider)
    page.keyboard.press("ArrowLeft")
    expect_marked(marcus, press_check(page, marcus), curriculum)


def middle(box: FloatRect | None) -> tuple[float, float]:
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, taken: Locator, target: Locator) -> None:
    """Take something with the mouse and let it go elsewhere, both being on the screen."""
    taken.scroll_into_view_if_needed()
    target.scroll_into_view_if_needed()
    x, y = middle(taken.bounding_box())
    to_x, to_y = middle(target.bounding_box())
    height = page.viewport_size["height"]
    assert 0 < y < height
    assert 0 < to_y < height
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=8)
    page.mouse.up()


def test_placing_by_dragging_with_the_mouse(page: Page, marcus: Locator):
    for number, name in [(9, "Defence"), (10, "Anxiety")]:
        drag(page, excerpt(marcus, number), slot(marcus, name))
        assert numbers_in(marcus, name) == [str(number)]
        # A drag is no click: nothing is left chosen.
        expect(excerpt(marcus, number)).to_have_attribute("aria-pressed", "false")
    expect_saved(marcus)
    drag(page, excerpt(marcus, 12), excerpt(marcus, 1))
    assert numbers_in(marcus, "Defence") == ["9"]


def test_dragging_onto_the_drawn_corner_places_too(page: Page, marcus: Locator):
    drag(page, excerpt(marcus, 11), corner(marcus, "feeling").locator("circle"))
    assert numbers_in(marcus, "Hidden feeling") == ["11"]


def test_taking_an_excerpt_out_again_keeps_the_keyboard_there(page: Page, marcus: Locator):
    for number in [9, 12]:
        excerpt(marcus, number).focus()
        page.keyboard.press("3")
    slot(marcus, "Defence").get_by_role("button", name="Take 9 out of Defence").focus()
    page.keyboard.press("Enter")
    assert numbers_in(marcus, "Defence") == ["12"]
    expect(slot(marcus, "Defence").get_by_role("button", name="Take 12 out of Defence")).to_be_focused()
    page.keyboard.press("Enter")
    expect_focus_within(slot(marcus, "Defence"))
    expect(slot(marcus, "Defence").get_by_text("Nothing placed yet.")).to_be_visible()


def test_a_slot_pressed_before_an_excerpt_says_what_to_do(marcus: Locator):
    slot(marcus, "Anxiety").get_by_role("button").click(force=True)
    expect(slot(marcus, "Anxiety").get_by_text("Choose an excerpt first, then place it here.")).to_be_visible()


def test_a_reflection_is_asked_for_after_the_check(marcus: Locator):
    reflection = marcus.get_by_role("textbox", name=re.compile("which placement were you least sure of"))
    expect(reflection).to_be_hidden()
    for number, key in [(9, "3"), (10, "2"), (11, "1")]:
        excerpt(marcus, number).focus()
        marcus.page.keyboard.press(key)
    check(marcus, sure=40)
    reflection.fill("The ninth: manners would look the same.")
    reflection.blur()
    expect_saved(marcus)
    # Words do not make the checked answer another one.
    expect(marcus.get_by_text("You have changed this since")).to_be_hidden()
    expect(reflection).to_be_visible()


@pytest.fixture
def finger(page: Page) -> Iterator[CDPSession]:
    """A phone of 390 px with a touch screen, and the finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDeviceMetricsOverride", {**PHONE, "deviceScaleFactor": 2, "mobile": True})
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
    yield session
    session.detach()


def touch(finger: CDPSession, *points: tuple[float, float]) -> None:
    for kind, point in [("touchStart", points[0]), *(("touchMove", point) for point in points[1:])]:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": point[0], "y": point[1]}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def tap(finger: CDPSession, target: Locator) -> None:
    target.scroll_into_view_if_needed()
    touch(finger, middle(target.bounding_box()))


def test_placing_with_a_finger_on_a_phone(finger: CDPSession, page: Page, book: Book):
    """Chromium's emulation of a touch screen; a real phone has a larger finger and its own scrolling."""
    place = open_placement(page, book.address(CONFLICT))
    for number, names in CHOSEN.items():
        tap(finger, excerpt(place, number))
        boxes = place.get_by_role("group", name=f"Place {number} in")
        for name in names:
            # The boxes appear under the excerpt: no scrolling back and forth between the case and the slots.
            box = boxes.locator("label").filter(has_text=name)
            assert abs(box.bounding_box()["y"] - excerpt(place, number).bounding_box()["y"]) < PHONE["height"]
            assert box.bounding_box()["height"] >= 44
            tap(finger, box)
            expect(place.get_by_role("status").filter(has_text=f"Excerpt {number} placed in {name}.")).to_have_count(1)
    expect_all_placed(place)
    # In the middle, where the slider stands already: half sure is an answer too.
    tap(finger, place.get_by_role("slider"))
    expect(place.get_by_role("slider")).to_have_attribute("aria-valuetext", "50 per cent")
    tap(finger, place.get_by_role("button", name="Check my answer"))
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("of 3 points")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_dragging_with_a_finger_takes_the_number_and_a_finger_on_the_text_scrolls(
    finger: CDPSession, page: Page, book: Book
):
    place = open_placement(page, book.address(CONFLICT))
    excerpt(place, 17).scroll_into_view_if_needed()
    chip = excerpt(place, 19).get_by_text("19", exact=True)
    # The last excerpt and the first slot fit on one screen together.
    excerpt(place, 19).evaluate("element => element.scrollIntoView({block: 'start'})")
    page.evaluate("window.scrollBy(0, -120)")
    x, y = middle(chip.bounding_box())
    to_x, to_y = middle(corner(place, "defence").locator("rect").bounding_box())
    assert 0 < to_y < PHONE["height"], "the corner is not on this screen"
    touch(finger, (x, y), *((x + (to_x - x) * step / 10, y + (to_y - y) * step / 10) for step in range(1, 11)))
    assert numbers_in(place, "Defence") == ["19"]
    before = page.evaluate("scrollY")
    x, y = middle(excerpt(place, 19).bounding_box())
    touch(finger, (x, y), *((x, y + 20 * step) for step in range(1, 11)))
    page.wait_for_function("before => scrollY < before - 50", arg=before)
    assert numbers_in(place, "Defence") == ["19"]


# Triage

BOARD_A = {
    "Ruth": ("Same day", [3, 4, 5, 7]),
    "Yvonne": ("Within two weeks", [3, 4, 5, 7]),
    "Anton": ("Proceed", []),
}


def card(place: Locator, name: str) -> Locator:
    return place.get_by_role("group", name=re.compile(f"^{name}"))


def sort(place: Locator, name: str, lane: str, flags: list[int]) -> None:
    patient = card(place, name)
    patient.get_by_role("radio", name=lane).check()
    for number in flags:
        excerpt(patient, number).click()
        expect(excerpt(patient, number)).to_have_attribute("aria-pressed", "true")
    if not flags:
        patient.get_by_role("checkbox", name="No red flag here").check()


def test_a_board_by_mouse_passes_its_gate_and_opens_chapter_7(medicine: Page, book: Book):
    board = exercise(medicine, "board-a")
    for name, (lane, flags) in BOARD_A.items():
        sort(board, name, lane, flags)
    feedback = check(board)
    expect(feedback).to_contain_text("Gate passed")
    expect(feedback).to_contain_text("6 of 6 points")
    expect_saved(board)
    medicine.goto(book.address(CONFLICT))
    marcus = exercise(medicine, "c1-corners")
    expect(marcus.get_by_role("button", name="Work on it anyway")).to_be_hidden()
    expect(excerpt(marcus, 9)).to_be_visible()


def test_a_board_by_keyboard_alone(page: Page, book: Book):
    board = at(page, book, MEDICINE, "board-a")
    for name, (lane, flags) in BOARD_A.items():
        patient = card(board, name)
        for number in flags:
            tab_to(page, excerpt(patient, number))
            page.keyboard.press("Enter" if number % 2 else "Space")
        if not flags:
            tab_to(page, patient.get_by_role("checkbox", name="No red flag here"))
            page.keyboard.press("Space")
        tab_to(page, patient.get_by_role("radio").first)
        page.keyboard.press("Space")
        while not patient.get_by_role("radio", name=lane).is_checked():
            page.keyboard.press("ArrowDown")
    feedback = press_check(page, board)
    expect(feedback).to_contain_text("Gate passed")
    expect(feedback).to_contain_text("6 of 6 points")


def test_a_failed_gate_says_so_and_offers_the_other_variant(medicine: Page, book: Book, curriculum: Curriculum):
    board = exercise(medicine, "board-a")
    sort(board, "Ruth", "Routine letter", [2, 3])
    sort(board, "Yvonne", "Within two weeks", [3, 4, 5, 7])
    sort(board, "Anton", "Proceed", [])
    feedback = check(board)
    expect(feedback).to_contain_text("Gate not passed")
    # It names what must not be missed; why it must not stands beside each excerpt.
    for missed in ["[4] On the last five nights", "[5] She has type 2 diabetes", "[7] The nurse has seen the foot"]:
        expect(feedback.get_by_text(missed)).to_be_visible()
    expect(feedback.get_by_role("listitem").filter(has_text="How soon, or how fast:").first).to_be_visible()
    atoms = ["s-ruth:routine", "s-ruth:2@flag", "s-ruth:3@flag", "s-yvonne:two-weeks", "s-anton:proceed"]
    atoms += ["none@s-anton:flag", *(f"s-yvonne:{number}@flag" for number in [3, 4, 5, 7])]
    marked = python_mark(curriculum, "02-medicine/board-a", atoms)
    assert not all(gate.passed for gate in marked.gates)
    expect(feedback).to_contain_text(f"{marked.points / 100:g} of 6 points")
    expect_explanations(board, marked)
    feedback.get_by_role("link", name="Board B").click()
    expect(exercise(medicine, "board-b")).to_be_focused()
    medicine.goto(book.address(CONFLICT))
    expect(exercise(medicine, "c1-corners").get_by_role("button", name="Work on it anyway")).to_be_visible()


def test_no_red_flag_and_a_flag_take_each_other_back_and_say_so(medicine: Page):
    board = exercise(medicine, "board-a")
    ruth = card(board, "Ruth")
    none = ruth.get_by_role("checkbox", name="No red flag here")
    excerpt(ruth, 4).click()
    none.check()
    expect(excerpt(ruth, 4)).to_have_attribute("aria-pressed", "false")
    expect(board.get_by_role("status").filter(has_text="The flags on 4 were cleared.")).to_have_count(1)
    excerpt(ruth, 4).click()
    expect(none).not_to_be_checked()
    expect(board.get_by_role("status").filter(has_text="The tick “No red flag here” was cleared.")).to_have_count(1)


def test_behind_the_gate_the_page_says_what_comes_first_and_has_a_way_round(page: Page, book: Book):
    page.goto(book.address(CONFLICT))
    place = exercise(page, "c1-corners")
    expect(place.get_by_text("This exercise opens when you have passed that gate.")).to_be_visible()
    expect(excerpt(place, 9)).to_be_hidden()
    expect(place.get_by_role("button", name="Check my answer")).to_be_hidden()
    place.get_by_role("button", name="Work on it anyway").press("Enter")
    expect(excerpt(place, 1)).to_be_focused()
    page.reload()
    expect(excerpt(place, 9)).to_be_visible()


def test_the_link_to_what_comes_first_leads_to_the_board(page: Page, book: Book):
    page.goto(book.address(CONFLICT))
    exercise(page, "c1-corners").get_by_role("link", name=re.compile("Board A")).click()
    expect(exercise(page, "board-a")).to_be_focused()


# Free text


def test_a_text_counts_its_words_against_the_range(medicine: Page):
    place = exercise(medicine, "w-letter")
    box = place.get_by_role("textbox")
    expect(place.get_by_text("No real patient material").filter(visible=True).first).to_be_visible()
    box.fill("Dear colleague, I don't know.")
    expect(place.get_by_text(re.compile(r"^5 words of about \d+ to \d+\.$"))).to_be_visible()
    box.fill("word " * 1000)
    expect(place.get_by_text(re.compile(r"^1000 words; about \d+ to \d+ were asked for\.$"))).to_be_visible()
    expect_saved(place)


IDENTIFIERS = {
    "He was born on 3.4.1971 in Leeds.": "a date (“3.4.1971”)",
    "DOB 1971-04-03": "a date",
    "born 3 April 1971": "a date",
    "Ring her on 07700 900123.": "a phone number",
    "+49 30 901820": "a phone number",
    "write to p.lind@example.org": "an e-mail address",
    "Hospital number 4471029": "a record number",
    "Dr Hartmann saw him": "a name (“Dr Hartmann”)",
    "He is 93 years old": "an age over 89",
    "lives at SW1A 1AA": "a postcode",
}


def test_likely_identifiers_are_warned_of_while_typing(medicine: Page):
    """Ten examples; which others are found, and which harmless words are not, is tested beside the patterns."""
    place = exercise(medicine, "w-letter")
    box = place.get_by_role("textbox")
    warning = place.get_by_role("status").filter(has_text="This may identify somebody:")
    for typed, kind in IDENTIFIERS.items():
        box.fill(typed)
        expect(warning, typed).to_contain_text(kind)
    box.fill("He is 67 and has had back pain for six weeks; 3 of 4 tests were normal.")
    expect(warning).to_be_hidden()


# Graded exercises


def test_a_graded_exercise_shows_no_mark_and_says_what_is_missing(medicine: Page):
    place = exercise(medicine, "g-pain-class")
    expect(place.get_by_text("Graded · 2 points").filter(visible=True)).to_be_visible()
    expect(place.get_by_role("button", name="Check my answer")).to_have_count(0)
    expect(place.get_by_text(re.compile("^Still to do: statement 1, "))).to_be_visible()
    for statement in range(5):
        place.get_by_role("radio", name="True").nth(statement).check()
    expect(place.get_by_text("Answered", exact=True)).to_be_visible()
    expect_saved(place)
    expect(place.get_by_role("group", name="Feedback")).to_be_hidden()
    assert not re.search(r"\d of 2 points|True\. It|You said", place.inner_text())


def test_a_graded_board_says_which_patient_is_open(medicine: Page):
    place = exercise(medicine, "g-peter")
    expect(place.get_by_text("Still to do: Peter, 67 (how soon) and Peter, 67 (flags).")).to_be_visible()
    place.get_by_role("radio", name="Same day").check()
    expect(place.get_by_text("Still to do: Peter, 67 (flags).")).to_be_visible()


def test_every_graded_exercise_is_free_of_checking(medicine: Page, curriculum: Curriculum):
    for item in curriculum.assignments["02-medicine"].items:
        checks = exercise(medicine, item.id).get_by_role("button", name="Check my answer", include_hidden=True)
        expect(checks).to_have_count(1 if item.practice else 0)


def test_a_retake_is_folded_away_until_it_is_asked_for(medicine: Page, book: Book):
    place = exercise(medicine, "g-peter-retake")
    expect(place.get_by_role("radio").first).to_be_hidden()
    place.get_by_text(re.compile("^Re-take: only if your instructor")).filter(visible=True).click()
    expect(place.get_by_role("radio").first).to_be_visible()
    expect(panel(medicine).get_by_role("link", name="Ingrid")).to_have_count(0)


# Once is enough: every kind, without a mouse and without losing the keyboard


def test_the_keyboard_is_never_lost_when_an_answer_is_checked(page: Page, book: Book, curriculum: Curriculum):
    """After Check the keyboard is on what was found, or on what is still to be done, in every practice exercise."""
    page.goto(book.address(MEDICINE))
    for item in curriculum.assignments["02-medicine"].items:
        if not item.practice:
            continue
        place = exercise(page, item.id)
        button = place.get_by_role("button", name="Check my answer")
        button.press("Enter")
        expect_focus_within(place)
        if item.form.confidence:
            place.get_by_role("slider").fill("50")
        for first in place.get_by_role("group").all() or [place]:
            choices = first.locator("input:is([type=radio], [type=checkbox])")
            if choices.count():
                choices.first.check()
        for box in place.get_by_role("textbox").all():
            box.fill("3")
        button.press("Enter")
        if place.get_by_role("button", name="Check it as it is").is_visible():
            place.get_by_role("button", name="Check it as it is").press("Enter")
        expect(place.get_by_role("group", name="Feedback")).to_be_visible()
        expect_focus_within(place.get_by_role("group", name="Feedback"))


def test_a_visible_ring_shows_where_the_keyboard_is(page: Page, book: Book):
    """That there is an outline; whether its colour suffices is looked at by eye."""
    place = at(page, book, MEDICINE, "board-a")
    bare = []
    for _ in range(30):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const focused = document.activeElement;
                const ring = element => {
                    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
                    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
                };
                const shown = ring(focused) || (focused.closest("label") && ring(focused.closest("label")));
                return shown ? null : focused.outerHTML.slice(0, 120);
            }"""
        )
        bare += [found] if found else []
    expect(place).to_be_visible()
    assert not bare
