"""Every kind of exercise in a course: what a marker sees of it, a trainee in her feedback, and one in JupyterLab."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Locator, Page, expect

from mindbody.course.feedback import feedback
from mindbody.course.grading import Tables
from mindbody.course.reader import read
from mindbody.course.release import lay_out_for_trainee
from mindbody.curriculum import Curriculum
from mindbody.items import KINDS
from tests.every_kind import KINDS_COURSE, of_every_kind
from tests.lab import command, jupyterlab, open_notebook, wait_for_scores
from tests.learner import plain, words
from tests.submissions import SAID, hand_in, nbgrader, perfect, specs_of
from tests.test_page_canvas import put

SCRIPT = "<script>document.title = 'pwned'</script><img src=x onerror=\"document.title = 'pwned'\">"
WHOLE_PAGES = '{"windowingMode": "none"}'
"""JupyterLab takes cells out of the page that are not looked at; a test wants to see them all."""


@dataclass(frozen=True)
class Marked:
    """A marked course, what was handed in, and what an item showed the trainee."""

    course: Path
    answers: Mapping[str, Any]
    specs: Mapping[str, Any]


@pytest.fixture(scope="module")
def marked(project_of_every_kind: Path, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """Mark one trainee who knows everything and one who types scripts."""
    course = Path(shutil.copytree(project_of_every_kind / "exercises", tmp_path_factory.mktemp("kinds") / "exercises"))
    specs, tables = specs_of(course, KINDS_COURSE), Tables.read(course, KINDS_COURSE)
    good, evil = (perfect(specs, tables, name) for name in ("good", "evil"))
    for entry in good["items"].values():  # all of it was checked once
        state = {"at": SAID, "confidence": None, "points": None, "max": None}
        entry["first"] = entry["last"] = {"answer": entry["answer"], **state}
    for entry in evil["items"].values():
        entry["answer"]["texts"] = dict.fromkeys(entry["answer"]["texts"], SCRIPT)
    hand_in(course, "good", good, KINDS_COURSE)
    hand_in(course, "evil", evil, KINDS_COURSE)
    done = nbgrader(course, "autograde", KINDS_COURSE)
    assert done.returncode == 0, done.stderr
    return Marked(course, {name: entry["answer"] for name, entry in good["items"].items()}, specs)


def expect_words(shown: str, spec: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """Expect an answer to be told by the labels that the learner saw, and never by the names of the bank.

    An atom is cut where it joins names; each name with a label in ``view`` must stand there as that label, an excerpt
    as its number. That they stand in the right row is for ``test_course_shown.py``.
    """
    known: dict[str, set[str]] = {}
    _labels(spec["view"], known)
    text = words(shown).lower()
    for atom in answer["atoms"]:
        assert atom.lower() not in text, atom
        for part in re.split(r"/\d+:|[:@<>/]", atom):  # a scene numbers its tries
            labels = known.get(part, set())
            assert not labels or f"[{part}]" in text or any(label in text for label in labels), (atom, labels)
    # How sure she is of an arrow is said beside the arrow, if she drew it.
    texts = {name: typed for name, typed in answer["texts"].items() if not name.startswith(("sure:", "cut-arrow"))}
    for typed in [*answer["numbers"].values(), *texts.values()]:
        assert words(typed).lower() in text, typed


def _labels(part: Any, known: dict[str, set[str]]) -> None:
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _labels(inner, known)
    if isinstance(part, dict) and isinstance(part.get("id"), str):
        told = {plain(part[name]).lower() for name in ("html", "label", "text", "says", "title") if part.get(name)}
        known.setdefault(part["id"], set()).update(told)


def of_kind(marked: Marked, kind: str) -> list[str]:
    """Return the items of a kind, practice and graded."""
    found = [name for name, spec in marked.specs.items() if spec["kind"] == kind]
    assert found, f'no item of kind "{kind}" in the course'
    return found


# --- the feedback page ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(marked: Marked, curriculum: Curriculum) -> str:
    """Return the words of the feedback page."""
    made = of_every_kind(curriculum, marked.course.parent)
    (one,) = feedback(marked.course, KINDS_COURSE, curriculum=made, students=["good"])
    assert one.path, one.message
    return plain(re.sub(r"<style>.*?</style>", "", one.path.read_text(encoding="utf-8"), flags=re.DOTALL))


@pytest.mark.parametrize("kind", KINDS)
def test_feedback_tells_an_answer_of_every_kind_in_words(marked: Marked, told: str, kind: str):
    # Practice was explained in the page; the feedback page gives its points, and the answers to graded work.
    for name in of_kind(marked, kind):
        if marked.specs[name]["mode"] == "practice":
            continue
        expect_words(told, marked.specs[name], marked.answers[name])


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(marked: Marked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Open one JupyterLab on the course, for the marker and for a trainee whose folder lies in it."""
    state = tmp_path_factory.mktemp("state")
    settings = state / "JUPYTER_CONFIG_DIR/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(WHOLE_PAGES, encoding="utf-8")
    lay_out_for_trainee(marked.course, marked.course / "trainee")
    with jupyterlab(marked.course, state) as address:
        yield address


@pytest.fixture(scope="module")
def window(chromium: Browser, lab: str) -> Iterator[Page]:
    """Give a page that has been in the Lab once: Formgrader's scripts take a cookie that only a visit there gives."""
    page = chromium.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(30_000)
    page.goto(f"{lab}/lab")
    page.wait_for_function("() => window.jupyterapp")
    yield page
    page.close()


def _formgrader(page: Page, lab: str, course: Path, student: str) -> dict[str, str]:
    """Open a submission and return item -> the words that a marker reads of it."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        submission = book.find_submission_notebook(KINDS_COURSE, KINDS_COURSE, student).id
    page.goto(f"{lab}/formgrader/submissions/{submission}/")
    wait_for_scores(page)
    sections = page.locator("section:has(> h4):has(> dl)")
    return {section.split(" (", 1)[0] + str(index): section for index, section in enumerate(sections.all_inner_texts())}


@pytest.fixture(scope="module")
def read_by_marker(marked: Marked, lab: str, window: Page) -> list[str]:
    """Return what a marker reads of each item, in the order of the course."""
    return list(_formgrader(window, lab, marked.course, "good").values())


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_formgrader_tells_an_answer_of_every_kind_in_words(marked: Marked, read_by_marker: list[str], kind: str):
    assert len(read_by_marker) == len(marked.specs)
    for name in of_kind(marked, kind):
        expect_words(read_by_marker[list(marked.specs).index(name)], marked.specs[name], marked.answers[name])


@pytest.mark.slow
def test_no_script_typed_into_any_kind_runs_in_the_markers_browser(marked: Marked, lab: str, window: Page):
    shown = _formgrader(window, lab, marked.course, "evil")
    assert sum("<script>" in text for text in shown.values()) >= 6
    window.wait_for_timeout(150)
    assert window.title() == KINDS_COURSE
    assert window.locator("section img, section script").count() == 0


def _open(page: Page, lab: str, count: int) -> Locator:
    """Open the trainee's notebook, run it and wait until every exercise is there."""
    open_notebook(page, lab, f"trainee/{KINDS_COURSE}/{KINDS_COURSE}.ipynb")
    command(page, "notebook:run-all-cells")
    exercises = page.locator(".mindbody-exercise:has(.mb)")
    expect(exercises).to_have_count(count, timeout=90_000)
    return exercises


@pytest.mark.slow
def test_every_kind_is_live_in_jupyterlab_and_what_is_answered_survives_a_restart(
    marked: Marked, lab: str, window: Page
):
    """One story, since JupyterLab takes long to start: all kinds are there; a few are answered with the mouse."""
    names = list(marked.specs)
    exercises = _open(window, lab, len(names))
    for name, text in zip(names, exercises.all_inner_texts(), strict=True):
        assert "does not know this kind" not in text, name
    controls = exercises.evaluate_all(
        "all => all.map(e => e.querySelectorAll('button, input, textarea, select').length)"
    )
    assert [name for name, count in zip(names, controls, strict=True) if not count] == []

    # Each exercise has a module of its own there; what names its controls must be its own all the same.
    ids = window.locator(".mindbody-exercise [id]").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))

    def at(name: str) -> Locator:
        return exercises.nth(names.index(name))

    at("g-simulator").get_by_role("radio", name="Higher").first.check(force=True)
    at("g-sort").get_by_role("radio").nth(1).check(force=True)
    at("g-loop-errors").get_by_role("checkbox").first.check(force=True)
    put(at("marcus-whole"), 11, "Conflict", "Hidden feeling")
    area = at("w-text").get_by_role("textbox", name="Your text")
    area.fill("Perhaps anger")
    at("w-text").get_by_role("button", name="Cite 11").click()
    expect(area).to_have_value("Perhaps anger [11]")
    area.blur()
    for name in ("g-simulator", "g-sort", "g-loop-errors", "marcus-whole", "w-text"):
        expect(at(name).get_by_text("Saved", exact=False).first).to_be_visible()

    saved = read(marked.course / "trainee" / KINDS_COURSE / "answers.json").items
    assert saved["marcus-whole"].answer.atoms == {"11@feeling"}
    assert saved["w-text"].answer.texts == {"text": "Perhaps anger [11]"}
    for name in ("g-simulator", "g-sort", "g-loop-errors"):
        assert len(saved[name].answer.atoms) == 1

    command(window, "kernelmenu:restart")
    window.locator(".jp-Dialog button.jp-mod-accept").click()
    window.wait_for_timeout(1500)
    window.reload()
    exercises = _open(window, lab, len(names))
    expect(at("g-simulator").get_by_role("radio", name="Higher").first).to_be_checked()
    expect(at("g-sort").get_by_role("radio").nth(1)).to_be_checked()
    expect(at("g-loop-errors").get_by_role("checkbox").first).to_be_checked()
    expect(at("w-text").get_by_role("textbox", name="Your text")).to_have_value("Perhaps anger [11]")
    expect(at("w-text").get_by_role("button", name="Cite 11")).to_be_visible()
