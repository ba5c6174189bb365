"""Every kind of exercise on its page: mounted, its answer shown again after a reload and in print, no key when graded.

What is one kind's own (mouse, keyboard, feedback) stands in ``test_page_<kind>.py``. Here a new kind is met for the
first time; it needs a sample and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mindbody.course.answering import answer_to
from mindbody.curriculum import Curriculum, Item, marking_table, page_of, public_spec
from mindbody.items import KINDS
from tests.conftest import Book
from tests.every_kind import samples
from tests.learner import COURSE, plain, words

# What somebody sees of an exercise: its words, and the state of every control that is there to be seen.
SEEN = """ids => Object.fromEntries(ids.map(id => {
  const place = document.getElementById(`ex-${id}`);
  const states = ["aria-pressed", "aria-checked", "aria-current"];
  const controls = [...place.querySelectorAll(`input, select, textarea, ${states.map(name => `[${name}]`)}`)];
  return [id, {
    text: place.innerText.replace(/(NOT s|S)aved[^\\n]*/g, ""),
    controls: controls.filter(one => one.checkVisibility()).map(one => [
      one.checked ?? null, one.value ?? null,
      ...states.map(name => one.getAttribute(name)),
    ]),
    mounted: place.querySelector(".mb") !== null,
    live: controls.length + place.querySelectorAll("button").length,
    checkable: [...place.querySelectorAll("button")].some(one => one.textContent.includes("Check my answer")),
  }];
}))"""


@dataclass(frozen=True)
class Seen:
    """What one item looked like, by what was kept of it; and what was kept in the end."""

    item: Item
    table: Any
    answer: Mapping[str, Any]
    kept: Mapping[str, Any]
    empty: Mapping[str, Any]
    one: Mapping[str, Any]
    again: Mapping[str, Any]
    other: Mapping[str, Any]
    print_one: Mapping[str, Any]
    print_other: Mapping[str, Any]
    graded: Mapping[str, Any]


@pytest.fixture(scope="module")
def seen(chromium: Browser, book: Book, curriculum: Curriculum) -> dict[str, Seen]:
    """Look at one item of every kind with nothing, with an answer, after a reload, with another one, and graded."""
    chosen = {kind: items[0] for kind, items in samples(curriculum).items()}
    found: dict[str, Seen] = {}
    for address in sorted({page_of(curriculum, item).partition("#")[0] for item in chosen.values()}):
        here = {kind: item for kind, item in chosen.items() if page_of(curriculum, item).startswith(f"{address}#")}
        context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
        found |= _look(context.new_page(), book, address, here, curriculum)
        context.close()
    return found


def _look(page: Page, book: Book, address: str, here: Mapping[str, Item], curriculum: Curriculum) -> dict[str, Seen]:
    ids = [item.id for item in here.values()]
    url = f"{book.url}/{address}"

    def look(*, media: str = "screen") -> dict[str, Any]:
        page.wait_for_function("ids => ids.every(id => document.querySelector(`#ex-${id} .mb`))", arg=ids)
        page.emulate_media(media=media)
        return page.evaluate(SEEN, ids)

    page.goto(url)
    empty = look()
    states = []
    for quality, seed in ((1, 1), (0.3, 7)):
        answers = {item.id: _answer(curriculum, item, quality, seed) for item in here.values()}
        _keep(page, here, answers)
        page.reload()
        states.append((answers, look(), look(media="print")))
        if len(states) == 1:
            page.reload()
            again = look()
            kept = {item.id: page.evaluate("key => localStorage.getItem(key)", _key(item)) for item in here.values()}
    page.route(
        f"**/{address.rpartition('/')[2]}*",
        lambda route: route.fulfill(
            body=_graded(book, address, here, curriculum), content_type="text/html; charset=utf-8"
        ),
    )
    page.evaluate("() => localStorage.clear()")
    page.reload()
    graded = look()
    (answers, one, print_one), (_, other, print_other) = states
    return {
        kind: Seen(
            item,
            None if item.written else marking_table(curriculum, item),
            answers[item.id],
            json.loads(kept[item.id])["answer"],
            *(part[item.id] for part in (empty, one, again, other, print_one, print_other, graded)),
        )
        for kind, item in here.items()
    }


def _answer(curriculum: Curriculum, item: Item, quality: float, seed: int) -> dict[str, Any]:
    table = None if item.written else marking_table(curriculum, item)
    return answer_to(public_spec(curriculum, item), table, quality, seed)


def _key(item: Item) -> str:
    return f"{COURSE}{item.full_id}"


def _keep(page: Page, here: Mapping[str, Item], answers: Mapping[str, Any]) -> None:
    for item in here.values():
        record = {"first": None, "last": None, "attempts": 0, "confidence": None}
        entry = {"format": 1, "version": item.form.version, "answer": answers[item.id], "record": record}
        entry["saved_at"] = "2026-11-20T09:30:00.000Z"
        page.evaluate("([key, entry]) => localStorage.setItem(key, entry)", [_key(item), json.dumps(entry)])


def _graded(book: Book, address: str, here: Mapping[str, Item], curriculum: Curriculum) -> str:
    """Return the page as if its items were graded: the shape and view of that, and no table."""
    html = (book.html / address).read_text(encoding="utf-8")
    for item in here.values():
        form = item.form.model_copy(update={"mode": "graded"})
        copy = public_spec(curriculum, replace(item, form=form))
        assert copy["table"] is None
        start = html.index('class="mindbody-spec">', html.index(f'data-mindbody="{item.full_id}"')) + 22
        end = html.index("</script>", start)
        part = {name: copy[name] for name in ("mode", "table", "shape", "view")}
        spec = json.loads(html[start:end]) | part
        html = html[:start] + json.dumps(spec).replace("<", "\\u003c") + html[end:]
    return html


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_mounted_with_something_to_work_with(seen: dict[str, Seen], kind: str):
    found = seen[kind].empty
    assert found["mounted"]
    assert found["live"]
    assert "does not know this kind" not in found["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_kept_is_shown_again_in_every_kind(seen: dict[str, Seen], kind: str):
    """That the screen speaks of this answer and of no other is a matter of each kind's own tests."""
    found = seen[kind]
    assert found.kept == {**found.answer, "atoms": found.kept["atoms"]}
    assert sorted(found.kept["atoms"]) == found.answer["atoms"]
    assert found.one != found.empty
    assert found.one == found.again
    assert found.one != found.other


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_every_kind_says_what_was_answered(seen: dict[str, Seen], kind: str):
    found = seen[kind]
    assert [found.print_one[part] for part in ("text", "controls")] != [
        found.print_other[part] for part in ("text", "controls")
    ]
    for typed in (text for text in found.answer["texts"].values() if len(text) > 30):
        assert words(typed)[:20] in words(found.print_one["text"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_graded_copy_of_every_kind_has_no_check_and_no_key(seen: dict[str, Seen], kind: str):
    found = seen[kind]
    assert found.graded["mounted"]
    assert found.graded["live"]
    assert not found.graded["checkable"]
    if found.table:
        shown = words(found.graded["text"])
        for why in {*found.table.why.values(), *found.table.why_unlisted.values()}:
            if len(plain(why)) > 30:
                assert plain(why) not in shown
