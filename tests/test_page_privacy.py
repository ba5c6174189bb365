"""What the page about privacy says of the browser is what the browser holds; other hosts are watched in every test."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from mindbody.curriculum import Curriculum
from mindbody.pages import read_page
from tests.conftest import ROOT, Book
from tests.learner import CONFLICT, COURSE, exercise, expect_saved, panel

PRIVACY = "chapters/privacy"
OF_THE_THEME = {"mode", "theme"}
OF_THE_TAB = {"sidebar-scroll-top"}


def held(page: Page) -> tuple[set[str], set[str]]:
    """Give the names in the browser's two stores."""
    local, session = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
    return set(local), set(session)


def work(page: Page, book: Book) -> None:
    """Write something, hand it in, search for something, and come to the page about privacy."""
    page.goto(book.address(CONFLICT))
    written = exercise(page, "w-rival")
    written.locator("textarea").fill("A thought of my own.")
    expect_saved(written)
    panel(page).get_by_label("Your name or course id").fill("Wiebke")
    with page.expect_download():
        panel(page).get_by_role("button", name="Download my submission").click()
    page.goto(f"{book.url}/search.html?q=pain")
    page.goto(book.address(PRIVACY))
    page.locator("html[data-mindbody=ready]").wait_for()


def test_the_browser_holds_what_the_page_about_privacy_says_and_nothing_else(
    page: Page, context: BrowserContext, book: Book
):
    work(page, book)
    local, session = held(page)
    assert {name for name in local if not name.startswith(COURSE)} <= OF_THE_THEME
    assert any("07-conflict/" in name for name in local)
    assert f"{COURSE}learner" in local
    assert session <= OF_THE_TAB
    assert not context.cookies()
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


def test_clearing_removes_everything_of_the_course(page: Page, book: Book):
    work(page, book)
    page.goto(book.address(CONFLICT))
    panel(page).get_by_role("button", name="Clear my work").click()
    page.get_by_role("dialog").get_by_role("button", name="Clear it").click()
    expect(panel(page)).to_contain_text("Your work was cleared from this computer.")
    assert held(page)[0] <= OF_THE_THEME


def test_the_safety_page_shows_the_crisis_line_of_the_course(page: Page, book: Book, curriculum: Curriculum):
    page.goto(book.address("chapters/safety"))
    expect(page.locator(".admonition", has_text=curriculum.course.crisis)).to_have_count(2)


def test_the_folders_that_the_page_names_are_those_that_the_course_keeps_out_of_the_repository():
    kept_out = (ROOT / ".gitignore").read_text(encoding="utf-8")
    text = read_page(Path(ROOT), f"{PRIVACY}.md").text
    for folder in ("downloaded", "submitted", "autograded", "feedback", "second", "report", ".mindbody"):
        assert f"{folder}/`" in text
        assert f"/exercises/{folder}/" in kept_out
