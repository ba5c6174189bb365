"""What a learner wrote stays: over reloads, crashes, new editions, two tabs, full disks and her own backups."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Download, Error, Locator, Page, expect

from tests.conftest import Book
from tests.learner import (
    CONFLICT,
    COURSE,
    MEDICINE,
    SAVED,
    check,
    excerpt,
    exercise,
    expect_focus_within,
    expect_saved,
    numbers_in,
    open_placement,
    option,
    panel,
    rewrite,
    slot,
)

STEROID = "prednisolone"
RIGHT_AGE = "She is 76."
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});"""


def stored(page: Page) -> dict[str, str]:
    """What the browser holds of this course."""
    return page.evaluate(
        "course => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith(course)))", COURSE
    )


def fill_the_storage(page: Page) -> None:
    """Fill what the browser gives this address, to the last character."""
    page.evaluate(
        """() => {
            for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
                try { for (let i = 0; ; i++) localStorage.setItem(`filler ${size} ${i}`, "x".repeat(size)); }
                catch {}
            }
        }"""
    )


def text_of(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def backup(page: Page) -> Path:
    with page.expect_download() as started:
        panel(page).get_by_role("button", name="Download a backup").click()
    return started.value.path()


def restore(page: Page, name: str, text: str) -> None:
    with page.expect_file_chooser() as chooser:
        panel(page).get_by_role("button", name="Restore from a backup").click()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})


def clear(page: Page) -> None:
    panel(page).get_by_role("button", name="Clear my work").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.fixture
def steroid(page: Page, book: Book) -> Locator:
    """The exercise on the kettle, in which the steroid was ticked."""
    page.goto(book.address(MEDICINE))
    place = exercise(page, "q-spine-steroid")
    option(place, STEROID).check()
    expect_saved(place)
    return place


# It stays


def test_a_change_says_when_it_was_saved(page: Page, book: Book):
    page.clock.set_fixed_time("2026-11-22T21:04:30")
    page.goto(book.address(MEDICINE))
    place = exercise(page, "q-spine-steroid")
    expect(place.get_by_text(SAVED)).to_be_hidden()
    option(place, STEROID).check()
    expect(place.get_by_role("status").get_by_text("Saved 21:04", exact=True)).to_be_visible()
    page.clock.set_fixed_time("2026-11-24T08:00:00")
    page.reload()
    expect(place.get_by_text("Saved 22 Nov 2026, 21:04")).to_be_visible()


def test_answer_confidence_hint_and_feedback_survive_a_reload(page: Page, book: Book):
    page.goto(book.address(MEDICINE))
    place = exercise(page, "q-spine-steroid")
    option(place, STEROID).check()
    check(place, sure=70)
    option(place, RIGHT_AGE).check()
    numbers = exercise(page, "q-flag-numbers")
    numbers.get_by_role("button", name="Hint 1 of 2").click()
    numbers.get_by_role("textbox").first.fill("54,5")
    page.reload()
    expect(option(place, STEROID)).to_be_checked()
    expect(option(place, RIGHT_AGE)).to_be_checked()
    expect(option(place, "anniversary")).not_to_be_checked()
    expect(place.get_by_role("slider")).to_have_value("70")
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("of 2 points")
    expect(place.get_by_text("You have changed this since; check again.")).to_be_visible()
    expect(numbers.get_by_text("The first question is about the 11")).to_be_visible()
    expect(numbers.get_by_role("textbox").first).to_have_value("54,5")


def test_the_last_letters_typed_are_saved_when_the_page_is_left_at_once(page: Page, book: Book):
    page.goto(book.address(MEDICINE))
    box = exercise(page, "w-letter").get_by_role("textbox")
    box.press_sequentially("Dear colleague")
    page.goto(book.address("chapters/about"))
    page.goto(book.address(MEDICINE))
    expect(box).to_have_value("Dear colleague")


def test_work_survives_a_crash_of_the_tab(context: BrowserContext, page: Page, book: Book, steroid: Locator):
    """The tab's process dies; a crash of the whole browser or of the machine is not tried."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    fresh = context.new_page()
    fresh.goto(book.address(MEDICINE))
    expect(option(exercise(fresh, "q-spine-steroid"), STEROID)).to_be_checked()
    expect_saved(exercise(fresh, "q-spine-steroid"))


def test_two_tabs_stay_in_step(context: BrowserContext, page: Page, book: Book, steroid: Locator):
    other = context.new_page()
    other.goto(book.address(MEDICINE))
    there = exercise(other, "q-spine-steroid")
    expect(option(there, STEROID)).to_be_checked()
    option(there, RIGHT_AGE).check()
    expect(option(steroid, RIGHT_AGE)).to_be_checked()
    option(steroid, STEROID).uncheck()
    expect(option(there, STEROID)).not_to_be_checked()
    check(there, sure=30)
    expect(steroid.get_by_role("group", name="Feedback")).to_be_visible()
    # What is being typed in one tab is not taken away by a change in the other.
    mine = exercise(page, "w-letter").get_by_role("textbox")
    mine.press_sequentially("Dear")
    option(there, "nine out of ten").check()
    expect(option(steroid, "nine out of ten")).to_be_checked()
    expect(mine).to_have_value("Dear")
    expect(mine).to_be_focused()
    expect(exercise(other, "w-letter").get_by_role("textbox")).to_have_value("Dear")


def test_a_gate_passed_in_another_tab_opens_the_exercise_here(context: BrowserContext, page: Page, book: Book):
    page.goto(book.address(CONFLICT))
    expect(page.get_by_role("button", name="Work on it anyway")).to_be_visible()
    other = context.new_page()
    other.goto(book.address("chapters/about"))
    key = f"{COURSE}gate:02-medicine/red-flags"
    value = json.dumps({"passed_at": "2026-11-22T21:04:00.000Z", "item": "02-medicine/board-a"})
    other.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    expect(page.get_by_role("button", name="Work on it anyway")).to_be_hidden()
    expect(excerpt(exercise(page, "c1-corners"), 9)).to_be_visible()


# A new edition of the book


def test_an_edit_of_the_words_keeps_the_answer(page: Page, book: Book, steroid: Locator):
    check(steroid, sure=60)
    rewrite(
        page, book.html / f"{MEDICINE}.html", lambda text: text.replace("lifted a full kettle", "lifted a heavy kettle")
    )
    page.reload()
    expect(steroid.get_by_text("lifted a heavy kettle").filter(visible=True)).to_be_visible()
    expect(option(steroid, STEROID)).to_be_checked()
    expect(steroid.get_by_role("group", name="Feedback")).to_be_visible()
    expect(steroid.get_by_text("has changed since you answered it")).to_be_hidden()


def edition(text: str, change: dict[str, str]) -> str:
    """The chapter with the specification of the kettle's exercise changed."""
    start = text.index('{"format":1,"id":"02-medicine/q-spine-steroid"')
    end = text.index("</script>", start)
    spec = text[start:end]
    for old, new in change.items():
        assert old in spec
        spec = spec.replace(old, new)
    return text[:start] + spec + text[end:]


def test_a_raised_version_carries_over_what_fits_and_keeps_the_earlier_answer(page: Page, book: Book, steroid: Locator):
    option(steroid, RIGHT_AGE).check()
    check(steroid, sure=60)
    # The new version has no option c (her age) any more; it has an option f instead.
    change = {'"version":1': '"version":2', '"opt:c"': '"opt:f"', '"id":"c"': '"id":"f"'}
    rewrite(page, book.html / f"{MEDICINE}.html", lambda text: edition(text, change))
    page.reload()
    expect(steroid.get_by_text("has changed since you answered it")).to_be_visible()
    expect(steroid.get_by_text("your earlier answer is kept")).to_be_visible()
    expect(option(steroid, STEROID)).to_be_checked()
    expect(option(steroid, RIGHT_AGE)).not_to_be_checked()
    expect(steroid.get_by_role("group", name="Feedback")).to_be_hidden()
    entries = json.loads(backup(page).read_text(encoding="utf-8"))["entries"]
    assert '"opt:c"' in json.dumps(entries[f"{COURSE}02-medicine/q-spine-steroid"]), (
        "the earlier answer is in no backup"
    )
    option(steroid, "nine out of ten").check()
    entry = json.loads(stored(page)[f"{COURSE}02-medicine/q-spine-steroid"])
    assert entry["version"] == 2
    assert entry["answer"]["atoms"] == ["opt:a", "opt:d"]
    assert entry["record"]["earlier"][0]["answer"]["atoms"] == ["opt:a", "opt:c"]
    assert entry["record"]["earlier"][0]["first"]["confidence"] == 60


# It cannot be saved


@pytest.mark.parametrize("trouble", ["full", "disabled"])
@pytest.mark.allow_console_errors  # the theme's own scripts stumble over a storage that throws
def test_what_cannot_be_saved_says_so_and_can_still_be_downloaded(page: Page, book: Book, trouble: str):
    """Chromium only: what a private window of another browser throws is imitated, not met."""
    page.goto(book.address("chapters/about"))
    if trouble == "full":
        fill_the_storage(page)
    else:
        page.add_init_script(NO_STORAGE)
    page.goto(book.address(MEDICINE))
    place = exercise(page, "q-spine-steroid")
    option(place, STEROID).check()
    expect(place.get_by_role("status").get_by_text("NOT saved")).to_be_visible()
    expect(place.get_by_text(SAVED)).to_be_hidden()
    reason = {"full": "storage is full", "disabled": "keeps nothing for this page"}[trouble]
    expect(place.get_by_text(reason)).to_be_visible()
    expect(place.get_by_text("Download a backup")).to_be_visible()
    expect(check(place, sure=50)).to_contain_text("1 of 2 points")
    saved = json.loads(backup(page).read_text(encoding="utf-8"))["entries"]
    assert saved[f"{COURSE}02-medicine/q-spine-steroid"]["answer"]["atoms"] == ["opt:a"]
    panel(page).get_by_role("textbox", name="Your name").fill("ada")
    with page.expect_download() as started:
        panel(page).get_by_role("button", name="Download my submission").click()
    assert started.value.suggested_filename == "ada_02-medicine.zip"
    assert b'"opt:a"' in Path(started.value.path()).read_bytes()


def test_once_there_is_room_again_the_next_change_is_saved(page: Page, book: Book):
    page.goto(book.address("chapters/about"))
    fill_the_storage(page)
    page.goto(book.address(MEDICINE))
    place = exercise(page, "q-spine-steroid")
    option(place, STEROID).check()
    expect(place.get_by_text("NOT saved")).to_be_visible()
    page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('filler')).forEach(key => localStorage.removeItem(key))"
    )
    option(place, RIGHT_AGE).check()
    expect_saved(place)
    page.reload()
    expect(option(place, STEROID)).to_be_checked()


BROKEN = {
    "q-spine-steroid": '{"format":1,"version":1,"answer":{"ato',
    "warm-saddle": "[1, 2, 3]",
    "q-dizzy-flags": '{"format":9,"version":1,"answer":{},"record":{},"saved_at":"2026-11-22T21:04:00Z"}',
}


def test_broken_entries_are_kept_aside_and_said_and_travel_in_a_backup(page: Page, book: Book):
    """Cut off, no entry at all, and of another format."""
    page.goto(book.address("chapters/about"))
    for item, text in BROKEN.items():
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"{COURSE}02-medicine/{item}", text])
    page.goto(book.address(MEDICINE))
    for item, text in BROKEN.items():
        said = exercise(page, item).get_by_role("status").get_by_text("cannot be read")
        expect(said).to_be_visible()
        aside = [value for key, value in stored(page).items() if key.startswith(f"{COURSE}02-medicine/{item}:broken:")]
        assert aside == [text]
    place = exercise(page, "q-spine-steroid")
    option(place, STEROID).check()
    expect_saved(place)
    # The other exercises of the page are there as ever.
    option(exercise(page, "q-gut-fifty"), "Nothing further for now").check()
    expect_saved(exercise(page, "q-gut-fifty"))
    saved = backup(page).read_text(encoding="utf-8")
    page.reload()
    expect(option(place, STEROID)).to_be_checked()
    clear(page)
    restore(page, "backup.json", saved)
    expect(panel(page).get_by_text("2 exercises restored.")).to_be_visible()
    expect(panel(page).get_by_text("Refused:")).to_be_hidden()
    assert set(BROKEN.values()) <= set(stored(page).values()), "the backup does not bring back what was kept aside"


# Clearing, backup, restoring


def test_clearing_asks_first_and_can_be_declined(page: Page, steroid: Locator):
    button = panel(page).get_by_role("button", name="Clear my work")
    dialog = page.get_by_role("dialog", name="Clear my work on this computer?")
    before = stored(page)
    for decline in ["Keep it", "Escape"]:
        button.click()
        expect(dialog).to_contain_text("1 exercise of 1 chapter")
        expect(dialog.get_by_role("button", name="Download a backup first")).to_be_visible()
        if decline == "Escape":
            page.keyboard.press("Escape")
        else:
            dialog.get_by_role("button", name=decline).click()
        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()
        assert stored(page) == before
    expect(option(steroid, STEROID)).to_be_checked()


def test_clearing_removes_everything_of_the_course_and_nothing_else(page: Page, steroid: Locator):
    page.evaluate("localStorage.setItem('another site', 'stays')")
    panel(page).get_by_role("textbox", name="Your name").fill("ada")
    clear(page)
    expect(option(steroid, STEROID)).not_to_be_checked()
    expect(panel(page).get_by_role("textbox", name="Your name")).to_have_value("")
    expect(panel(page).get_by_text("Your work was cleared from this computer.")).to_be_visible()
    expect_focus_within(panel(page))
    assert stored(page) == {}
    assert page.evaluate("localStorage.getItem('another site')") == "stays"
    page.reload()
    expect(option(steroid, STEROID)).not_to_be_checked()
    assert stored(page) == {}


def test_work_of_both_chapters_is_backed_up_cleared_and_restored(page: Page, book: Book, steroid: Locator):
    check(steroid, sure=60)
    exercise(page, "w-letter").get_by_role("textbox").fill("Dear colleague, a “quoted” <word> and 🙂.\nTwo lines.")
    place = open_placement(page, book.address(CONFLICT))
    excerpt(place, 9).click()
    option(place.get_by_role("group", name="Place 9 in"), "Defence").check()
    with page.expect_download() as started:
        panel(page).get_by_role("button", name="Download a backup").click()
    assert re.fullmatch(r"mind-body-backup-\d{4}-\d\d-\d\d\.json", started.value.suggested_filename)
    expect(panel(page).get_by_text("Backup made")).to_be_visible()
    text = text_of(started.value)
    assert json.loads(text)["format"] == "mindbody-backup/1"
    clear(page)
    assert numbers_in(place, "Defence") == []
    restore(page, "backup.json", text)
    expect(panel(page).get_by_text("3 exercises restored.")).to_be_visible()
    expect(slot(place, "Defence")).to_contain_text("They had their reasons.")
    page.goto(book.address(MEDICINE))
    expect(option(steroid, STEROID)).to_be_checked()
    expect(steroid.get_by_role("group", name="Feedback")).to_be_visible()
    expect(exercise(page, "w-letter").get_by_role("textbox")).to_have_value(
        re.compile("“quoted” <word> and 🙂.\nTwo lines.")
    )


def test_restoring_asks_before_it_replaces_newer_work(page: Page, steroid: Locator):
    old = backup(page).read_text(encoding="utf-8")
    option(steroid, STEROID).uncheck()
    option(steroid, RIGHT_AGE).check()
    dialog = page.get_by_role("dialog", name="Newer work is here")
    restore(page, "backup.json", old)
    dialog.get_by_role("button", name="Restore", exact=True).click()
    expect(panel(page).get_by_text("1 kept as newer here")).to_be_visible()
    expect(option(steroid, RIGHT_AGE)).to_be_checked()
    restore(page, "backup.json", old)
    dialog.get_by_role("checkbox", name="Replace: After the kettle").check()
    dialog.get_by_role("button", name="Restore", exact=True).click()
    expect(option(steroid, RIGHT_AGE)).not_to_be_checked()
    expect(option(steroid, STEROID)).to_be_checked()


def damaged() -> Iterator[tuple[str, str, str]]:
    good = {
        "format": "mindbody-backup/1",
        "course": "mind-body-formulation",
        "saved_at": "2026-11-22T21:04:00Z",
        "entries": {},
    }
    yield "a photograph", "\x89PNG\r\n\x1a\n\x00", "it is not JSON"
    yield "an empty file", "", "it is not JSON"
    yield "a file cut off", json.dumps(good)[:-8], "it is not JSON"
    yield "null", "null", "not a backup of this kind"
    yield "a submission", json.dumps({"format": "mindbody-answers/1", "items": {}}), "not a backup of this kind"
    yield "another course", json.dumps({**good, "course": "surgery"}), "of another course (surgery)"
    yield "a list for entries", json.dumps({**good, "entries": []}), "has no entries"


def test_a_damaged_backup_is_refused_with_a_reason_and_nothing_is_lost(page: Page, steroid: Locator):
    before = stored(page)
    for name, text, reason in damaged():
        restore(page, f"{name}.json", text)
        said = panel(page).get_by_role("status").filter(has_text="Nothing was restored.")
        expect(said.filter(has_text=reason), name).to_be_visible()
        assert stored(page) == before
        # So that the next file's sentence is heard to be its own.
        backup(page)
    expect(option(steroid, STEROID)).to_be_checked()


def test_a_backup_with_a_damaged_entry_brings_back_the_others_and_names_it(page: Page, steroid: Locator):
    option(exercise(page, "warm-saddle"), "outer side of the thigh").check()
    data = json.loads(backup(page).read_text(encoding="utf-8"))
    entry = data["entries"][f"{COURSE}02-medicine/q-spine-steroid"]
    entry["answer"]["atoms"] = "opt:a"
    data["entries"][f"{COURSE}02-medicine/q-dizzy-flags"] = {"format": 1}
    data["entries"]["theme"] = "dark"
    data["entries"][f"{COURSE}__proto__"] = {"polluted": True}
    clear(page)
    restore(page, "backup.json", json.dumps(data))
    expect(panel(page).get_by_text("1 exercise restored.")).to_be_visible()
    refused = panel(page).get_by_role("listitem")
    expect(refused.filter(has_text="02-medicine/q-spine-steroid: atoms must be a list")).to_be_visible()
    expect(refused.filter(has_text="02-medicine/q-dizzy-flags:")).to_be_visible()
    expect(refused.filter(has_text="theme: it is not of this course")).to_be_visible()
    expect(option(exercise(page, "warm-saddle"), "outer side of the thigh")).to_be_checked()
    expect(option(steroid, STEROID)).not_to_be_checked()
