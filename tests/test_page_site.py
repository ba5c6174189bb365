"""Every page of the book, as a reader meets it: light and dark, on a phone, enlarged, printed, without JavaScript."""

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Book
from tests.learner import (
    CONFLICT,
    MEDICINE,
    PHONE,
    check,
    excerpt,
    exercise,
    expect_saved,
    numbers_in,
    open_placement,
    option,
    panel,
    plain,
    slot,
    words,
)

CONTENTS = re.findall(r"(?:file|root): (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [*CONTENTS, "search", "genindex"]
LOOKS = {
    "desktop": ({"width": 1280, "height": 900}, "light"),
    "dark": ({"width": 1280, "height": 900}, "dark"),
    "phone": (PHONE, "light"),
    "1280 px at 200 per cent": ({"width": 640, "height": 450}, "light"),
}


def settle(page: Page) -> None:
    """Wait for what still changes a page after it has loaded: exercises, fonts, and pictures out of sight."""
    page.locator("html[data-mindbody=ready]").wait_for()
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            const pictures = [...document.images];
            pictures.forEach(picture => { picture.loading = "eager"; });
            await Promise.all(pictures.map(picture => picture.decode().catch(() => {})));
        }"""
    )


def expect_no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.scrollingElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll("main *")]
                .filter(element => element.getBoundingClientRect().right > room + 1)
                .map(element => element.outerHTML.slice(0, 120)).slice(0, 5)
                .concat([`the page is ${document.scrollingElement.scrollWidth} wide`]);
        }"""
    )
    assert not wide, f"{page.url} scrolls sideways: {wide}"


def expect_sound_in_every_look(page: Page, axe) -> None:
    for look, (size, scheme) in LOOKS.items():
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f"html[data-theme={scheme}]"), look).to_have_count(1)
        expect_no_sideways_scroll(page)
        # The theme lets the keyboard into what scrolls, a moment after the window has changed.
        page.wait_for_function(
            "[...document.querySelectorAll('pre, .pst-scrollable-table-container')]"
            ".every((e) => e.scrollWidth <= e.clientWidth || e.tabIndex === 0)"
        )
        axe(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_in_every_look(page: Page, book: Book, axe, name: str):
    """No other host, no error (both by the fixture), no sideways scroll, no violation, every picture described.

    A phone is only narrow here; it has neither a finger nor Safari.
    """
    page.goto(book.address(name))
    settle(page)
    bare = page.evaluate(
        "[...document.images].filter(p => !p.hasAttribute('alt') || !p.complete || !p.naturalWidth).map(p => p.src)"
    )
    assert not bare, f"without alternative text, or not there: {bare}"
    expect_sound_in_every_look(page, axe)


def test_chapter_2_is_sound_after_exercises_were_checked(page: Page, book: Book, axe):
    page.goto(book.address(MEDICINE))
    board = exercise(page, "board-a")
    option(board.get_by_role("group", name="Ruth"), "Same day").first.check()
    excerpt(board.get_by_role("group", name="Ruth"), 4).click()
    excerpt(board.get_by_role("group", name="Ruth"), 2).click()
    option(board.get_by_role("group", name="Anton"), "No red flag here").check()
    board.get_by_role("button", name="Check my answer").click()
    board.get_by_role("button", name="Check it as it is").click()
    expect(board.get_by_role("group", name="Feedback")).to_be_visible()
    steroid = exercise(page, "q-spine-steroid")
    option(steroid, "prednisolone").check()
    option(steroid, "anniversary").check()
    check(steroid, sure=60)
    flags = exercise(page, "q-flag-numbers")
    flags.get_by_role("textbox").first.fill("a few")
    flags.get_by_role("textbox").last.fill("9,4")
    pair = exercise(page, "q-scan-pair")
    for statement in range(5):
        pair.get_by_role("radio", name="True").nth(statement).check()
    check(pair)
    letter = exercise(page, "w-letter")
    letter.get_by_role("textbox").fill("Mr Peter, born 1.2.1958")
    expect(letter.get_by_role("status").filter(has_text="a date")).to_be_visible()
    panel(page).get_by_role("button", name="Download my submission").click()
    expect(panel(page).get_by_role("alert")).to_contain_text("Write your name")
    expect_sound_in_every_look(page, axe)


def test_chapter_7_is_sound_after_exercises_were_checked(page: Page, book: Book, axe):
    place = open_placement(page, book.address(CONFLICT))
    for number, names in {9: ["Defence"], 16: ["Defence"], 17: ["Anxiety", "Defence"], 11: ["Hidden feeling"]}.items():
        excerpt(place, number).click()
        for name in names:
            option(place.get_by_role("group", name=f"Place {number} in"), name).check()
    place.get_by_role("button", name="Hint 1 of 3").click()
    check(place, sure=40)
    expect(place.get_by_text("Not placed, and worth placing").first).to_be_visible()
    expect_sound_in_every_look(page, axe)


def test_a_dialog_is_sound(page: Page, book: Book, axe):
    page.goto(book.address(CONFLICT))
    panel(page).get_by_role("button", name="Clear my work").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    axe(page)


def test_without_javascript_every_exercise_can_be_read(chromium: Browser, book: Book, curriculum):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for assignment, name in {"02-medicine": MEDICINE, "07-conflict": CONFLICT}.items():
        page.goto(book.address(name))
        for item in curriculum.assignments[assignment].items:
            place = exercise(page, item.id)
            if item.form.retake_of:
                place.locator("summary").first.click()
            text = words(place.inner_text())
            view = item.kind.view(item.form, curriculum.context)
            parts = [option["html"] for option in view.get("options", view.get("statements", []))]
            parts += [found["html"] for found in view.get("excerpts", [])]
            parts += [found["html"] for patient in view.get("patients", []) for found in patient["excerpts"]]
            parts += [slot["label"] for slot in view.get("slots", [])] + [
                field["label"] for field in view.get("fields", [])
            ]
            missing = [part for part in [item.form.title, *map(plain, parts)] if part not in text]
            assert not missing, f"{item.full_id} lacks {missing}"
            assert not re.search(r"</?\w+>|%ROOT%|\{cite", text)
    context.close()


def test_the_book_works_from_a_folder(page: Page, book: Book):
    """Opened by a double click: no server, so no modules and no fetching. Firefox and Safari may keep nothing there."""
    page.goto((book.html / f"{MEDICINE}.html").as_uri())
    place = exercise(page, "warm-saddle")
    option(place, "The skin between the legs").check()
    expect(check(place)).to_contain_text("1 of 1 points")
    expect_saved(place)
    page.reload()
    expect(option(place, "The skin between the legs")).to_be_checked()
    expect(place.get_by_role("group", name="Feedback")).to_contain_text("1 of 1 points")
    page.goto((book.html / f"{CONFLICT}.html").as_uri())
    page.locator("#ex-c1-corners").get_by_role("link", name=re.compile("Board A")).click()
    expect(exercise(page, "board-a")).to_be_focused()


@pytest.mark.allow_console_errors
def test_a_link_from_the_front_page_leads_to_every_page_of_the_book(page: Page, book: Book):
    """A slow machine may ask for an icon of the redirect that jupyter-book writes at the top, which names none."""
    page.goto(f"{book.url}/")
    page.wait_for_url(re.compile(r"/chapters/index\.html$"))
    seen = {link.split("#")[0] for link in page.evaluate("[...document.links].map(link => link.href)")}
    assert not {book.address(name) for name in CONTENTS} - seen


def test_no_link_inside_the_book_leads_nowhere(built_book: Path):
    lost = []
    targets = {}
    for path in built_book.rglob("*.html"):
        targets[path.resolve()] = set(re.findall(r'\b(?:id|name)="([^"]+)"', path.read_text(encoding="utf-8")))
    for path in targets:
        for raw in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', path.read_text(encoding="utf-8")):
            link = html.unescape(raw)
            if re.match(r"[a-z]+:|#$|#?$", link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            known = target.is_file() and (not anchor or target not in targets or anchor in targets[target])
            if not known:
                lost.append(f"{path.relative_to(built_book)}: {link}")
    assert not lost


@pytest.mark.allow_console_errors
def test_on_a_phone_a_figure_can_be_opened_by_itself(page: Page, book: Book):
    """A picture by itself names no icon, so that the browser asks for one that is not there."""
    page.goto(book.address(CONFLICT))
    links = page.locator("figure .mindbody-larger")
    expect(links).to_have_count(page.locator("figure[id^=fig-]").count())
    expect(links.first).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    links.first.click()
    expect(page.locator("svg").first).to_be_visible()
    assert page.url.endswith(".svg")


def test_print_shows_answers_and_explanations_and_no_buttons(page: Page, book: Book):
    """The printed sheet is judged by its style, not by its page breaks."""
    page.goto(book.address(MEDICINE))
    steroid = exercise(page, "q-spine-steroid")
    option(steroid, "prednisolone").check()
    check(steroid, sure=60)
    flags = exercise(page, "q-flag-numbers")
    flags.get_by_role("textbox").first.fill("54.5")
    letter = exercise(page, "w-letter")
    letter.get_by_role("textbox").fill("Dear colleague,\nplease see Peter today.")
    page.emulate_media(media="print")
    for name in ["Check my answer", "Hint", "Download", "Restore", "Clear"]:
        for button in page.get_by_role("button", name=re.compile(f"^{name}")).all():
            expect(button).to_be_hidden()
    expect(page.get_by_role("slider").first).to_be_hidden()
    expect(option(steroid, "prednisolone")).to_be_visible()
    expect(option(steroid, "prednisolone")).to_be_checked()
    expect(steroid).to_contain_text("raised the probability of fracture to 33%")
    expect(flags.get_by_text("54.5")).to_be_visible()
    expect(letter.locator("div").get_by_text("Dear colleague,").last).to_be_visible()
    expect(letter.get_by_role("textbox")).to_be_hidden()


def test_print_shows_placements(page: Page, book: Book):
    place = open_placement(page, book.address(CONFLICT))
    excerpt(place, 9).click()
    option(place.get_by_role("group", name="Place 9 in"), "Defence").check()
    page.emulate_media(media="print")
    expect(slot(place, "Defence").get_by_role("listitem")).to_contain_text("They had their reasons.")
    expect(slot(place, "Defence").get_by_role("listitem")).to_be_visible()
    for button in place.get_by_role("button", name=re.compile("Place|Take")).all():
        expect(button).to_be_hidden()
    assert numbers_in(place, "Defence") == []


# No graded key


class Specs(HTMLParser):
    """Every JSON script of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[dict] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.inside = tag == "script" and ("type", "application/json") in attributes
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)


def letters(text: str) -> str:
    """Only the words, so that neither markup nor escapes hide a sentence."""
    # Citations and their names stand in the way of the same sentence in the chapter's own text.
    text = re.sub(r"\{[a-z:]+\}`[^`]*`|\(?(?:<|\\u003c)a [^>]*#ref-[^>]*>.*?(?:<|\\u003c)/a>\)?", " ", text)
    text = re.sub(r"\\u003c[^>]*>|<[^>]*>|&lt;.*?&gt;", " ", text)
    text = re.sub(r'\\[nrt"]|&[a-z]+;|&#\d+;', " ", text)
    return " ".join(re.findall(r"[a-z]+", text.lower()))


def runs(text: str, length: int = 8) -> Iterator[str]:
    found = letters(text).split()
    for start in range(max(0, len(found) - length + 1)):
        yield " ".join(found[start : start + length])


def test_no_graded_key_is_anywhere_in_the_built_site(built_book: Path, curriculum):
    """Searches for eight words in a row of any string of the keys that no public source has.

    It does not find a key that was packed or written in other words; what a chapter says on purpose is no secret.
    """
    keys = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "exercises" / "keys").glob("*.yaml"))
    ]
    secret = {run for text in strings(keys) for run in runs(text)}
    assert len(secret) > 2000, "hardly any key was found to look for"
    public = [
        *(ROOT / "assets").rglob("*.yaml"),
        *(ROOT / "chapters").rglob("*.md"),
        ROOT / "assets" / "references.bib",
        *(ROOT / "exercises").rglob("*.yaml"),
    ]
    public = [path for path in public if path.parent.name != "keys"]
    said = {run for path in public for run in runs(path.read_text(encoding="utf-8"))}
    secret -= said
    # The same search finds what may be read: the explanations of practice.
    practice = [item for assignment in curriculum.assignments.values() for item in assignment.items if item.practice]
    open_to_all = {run for item in practice for text in strings(item.key.model_dump(mode="json")) for run in runs(text)}
    open_to_all -= {
        run for path in public if path.parent.name != "bank" for run in runs(path.read_text(encoding="utf-8"))
    }
    leaks, found = [], set()
    for path in built_book.rglob("*"):
        if path.is_file():
            here = set(runs(path.read_text("utf-8", "ignore")))
            leaks += [f"{path.relative_to(built_book)}: {run}" for run in sorted(here & secret)]
            found |= here & open_to_all
    assert not leaks
    assert len(found) > 0.9 * len(open_to_all), (
        f"only {len(found)} of {len(open_to_all)} runs of public keys were found"
    )


def test_no_exercise_for_a_grade_carries_a_table(built_book: Path, curriculum):
    seen = {}
    for path in built_book.rglob("*.html"):
        parser = Specs()
        parser.feed(path.read_text(encoding="utf-8"))
        for data in map(json.loads, parser.found):
            if "mode" in data:
                seen[data["id"]] = data
            assert all("table" not in item and "key" not in item for item in data.get("items", []))
    items = [item for assignment in curriculum.assignments.values() for item in assignment.items]
    assert set(seen) == {item.full_id for item in items}
    for item in items:
        assert (seen[item.full_id]["table"] is not None) == item.practice
        # On a time line a lane is where an event stands; of a patient on a board it would be the answer.
        telling = {"why", "key", "credits", "right"} | ({"lane"} if item.kind.name == "triage" else set())
        assert item.practice or not telling & set(json.dumps(seen[item.full_id]).split('"')[1::2]), item.full_id
