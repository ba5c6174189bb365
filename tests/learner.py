"""What a learner does on a page of the book: opens it, finds an exercise, reads what it says."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

MEDICINE = "chapters/part1-ground-rules/02-medicine-first"
CONFLICT = "chapters/part3-depth/07-triangle-of-conflict"
COURSE = "mindbody:mind-body-formulation:"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def exercise(page: Page, item: str) -> Locator:
    """The exercise with this id, e.g. ``q-spine-steroid``."""
    return page.locator(f"#ex-{item}")


def panel(page: Page) -> Locator:
    """The part of the page where work is saved and handed in."""
    return page.locator("section[data-mindbody-submission]")


def option(place: Locator, words: str) -> Locator:
    """The radio button or check box whose label contains these words."""
    return place.locator("label").filter(has_text=words).locator("input")


def check(place: Locator, sure: int | None = None) -> Locator:
    """Press Check, having said how sure one is; return the feedback."""
    if sure is not None:
        place.get_by_role("slider", name="How sure are you?").fill(str(sure))
    place.get_by_role("button", name="Check my answer").click()
    feedback = place.get_by_role("group", name="Feedback")
    expect(feedback).to_be_visible()
    return feedback


def expect_saved(place: Locator) -> None:
    """Expect the exercise to say that it is saved, where a screen reader hears it."""
    expect(place.get_by_role("status").filter(has_text=SAVED)).to_be_visible()


def words(text: str) -> str:
    """Text with its white space made one, as it is read."""
    return re.sub(r"\s+", " ", text).strip()


def plain(html: str) -> str:
    """The words of compiled HTML."""
    import html as entities

    return words(entities.unescape(re.sub(r"<[^>]+>", "", html)))


def open_placement(page: Page, address: str) -> Locator:
    """Open the exercise on Marcus, going round the gate of chapter 2."""
    page.goto(address)
    place = exercise(page, "c1-corners")
    place.get_by_role("button", name="Work on it anyway").click()
    return place


def excerpt(place: Locator, number: int) -> Locator:
    """The button of an excerpt, by its number."""
    return place.get_by_role("button", name=re.compile(rf"^{number}\b"))


def slot(place: Locator, name: str) -> Locator:
    """A slot of the workspace, by its name."""
    return place.get_by_role("group", name=name, exact=True)


def numbers_in(place: Locator, name: str) -> list[str]:
    """The numbers of the excerpts that stand in a slot."""
    remove = slot(place, name).get_by_role("button", name=re.compile(r"^Take \d+ out of"))
    return [re.search(r"\d+", found.get_attribute("aria-label"))[0] for found in remove.all()]


def tab_to(page: Page, wanted: Locator, most: int = 40, key: str = "Tab") -> None:
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} did not reach {wanted} within {most} presses")


def expect_focus_within(place: Locator) -> None:
    """Expect the keyboard to be somewhere in this part of the page, on something that is shown."""
    page = place.page
    # A focused element that was hidden loses the focus only when the page is next drawn.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    inside = place.evaluate(
        "place => place.contains(document.activeElement) && document.activeElement.checkVisibility()"
    )
    assert inside, f"the focus is on {page.evaluate('document.activeElement.outerHTML.slice(0, 200)')}"


def rewrite(page: Page, html: Path, change: Callable[[str], str]) -> None:
    """From now on, serve a page of the book with its HTML changed, as after a new build."""
    before = html.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "nothing was changed"

    def answer(route: Route) -> None:
        route.fulfill(body=after, content_type="text/html; charset=utf-8")

    page.context.route(f"**/{html.name}*", answer)


def spec_of(place: Locator) -> dict[str, Any]:
    """The data of an exercise, as the page holds it."""
    found: dict[str, Any] = json.loads(place.locator("script.mindbody-spec").inner_text())
    return found


def work(place: Locator, answer: Mapping[str, Any]) -> None:
    """Give an answer to an exercise of chapters 2 and 7 with the mouse, one control after the other."""
    anyway = place.get_by_role("button", name="Work on it anyway")
    if anyway.is_visible():
        anyway.click()
    spec, atoms = spec_of(place), answer["atoms"]
    for field, typed in {**answer["numbers"], **answer["texts"]}.items():
        if field == "reflection":
            continue  # asked for after the check
        labels = {one["id"]: one["label"] for one in spec["view"].get("fields", [])}
        box = place.get_by_label(labels[field]) if field in labels else place.locator("textarea").last
        box.fill(typed)
        box.blur()
    _WAYS.get(spec["kind"], lambda *_: None)(place, spec["view"], atoms)


def _options(place: Locator, view: Mapping[str, Any], atoms: list[str]) -> None:
    boxes = place.locator("fieldset.mb-options input")
    for index, one in enumerate(view["options"]):
        if f"opt:{one['id']}" in atoms:
            boxes.nth(index).check()


def _statements(place: Locator, view: Mapping[str, Any], atoms: list[str]) -> None:
    radios = place.locator("fieldset input[type=radio]")
    for index, one in enumerate(view["statements"]):
        for offset, value in enumerate(("true", "false")):
            if f"{one['id']}:{value}" in atoms:
                radios.nth(2 * index + offset).check()


def _placements(place: Locator, view: Mapping[str, Any], atoms: list[str]) -> None:
    for one in view["slots"]:
        for atom in atoms:
            number, _, where = atom.partition("@")
            if where == one["id"] and number != "none":
                excerpt(place, int(number)).click()
                slot(place, one["label"]).get_by_role("button", name=re.compile(r"^Place \d+ here")).click()
                excerpt(place, int(number)).click()


def _patients(place: Locator, view: Mapping[str, Any], atoms: list[str]) -> None:
    for patient in view["patients"]:
        card = place.get_by_role("group", name=patient["title"]).first
        for lane in view["lanes"]:
            if f"{patient['id']}:{lane['id']}" in atoms:
                card.get_by_role("radio", name=lane["label"]).check(force=True)
        for one in patient["excerpts"]:
            if f"{patient['id']}:{one['id']}@flag" in atoms:
                excerpt(card, int(one["id"])).click()
        if f"none@{patient['id']}:flag" in atoms:
            card.get_by_role("checkbox", name="No red flag here").check()


_WAYS: Mapping[str, Callable[[Locator, Mapping[str, Any], list[str]], None]] = {
    "choice": _options,
    "select": _options,
    "true-false": _statements,
    "placement": _placements,
    "triage": _patients,
}
