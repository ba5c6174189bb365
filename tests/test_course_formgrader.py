"""The marker's side: Formgrader in a real JupyterLab, with honest and hostile submissions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, expect

from mindbody.course.grading import Tables
from tests.hostile_notebooks import NOTEBOOKS, SCRIPT
from tests.lab import jupyterlab, wait_for_scores
from tests.submissions import Row, gradebook, hand_in, nbgrader, perfect, specs_of

MEDICINE = "02-medicine"
TEXT = "Please see Peter today: new loss of feeling."
ASIDE = ["a-time-that-is-no-time", "no-notebook", "nothing-at-all"]


@dataclass(frozen=True)
class Marking:
    """A course with its JupyterLab."""

    course: Path
    address: str
    canary: Path


@pytest.fixture(scope="module")
def marking(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marking]:
    """Mark a class of one honest trainee among attackers, and open JupyterLab on it."""
    folder = tmp_path_factory.mktemp("formgrader")
    course = Path(shutil.copytree(made_project / "exercises", folder / "exercises"))
    canary = folder / "canary"
    specs, tables = specs_of(course, MEDICINE), Tables.read(course, MEDICINE)
    honest = perfect(specs, tables, "lee")
    honest["items"]["w-letter"]["answer"]["texts"]["text"] = TEXT
    hand_in(course, "lee", honest, MEDICINE)
    for name, attack in NOTEBOOKS.items():
        attack(hand_in(course, name, perfect(specs, tables), MEDICINE), f"open({str(canary)!r}, 'w')")
    done = nbgrader(course, "autograde", MEDICINE)
    assert done.returncode == 0, done.stderr
    with jupyterlab(course, folder / "state") as address:
        yield Marking(course, address, canary)
    for path in folder.rglob("*"):
        if path.is_fifo():
            path.unlink()


@dataclass(frozen=True)
class Heard:
    """What a marker's page did that it should not."""

    strangers: list[str]
    dialogs: list[str]


@pytest.fixture(scope="module")
def visit(chromium: Browser, marking: Marking) -> Iterator[tuple[Page, Heard]]:
    """Open the Lab once: Formgrader's own scripts take a cookie that only a visit there gives."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    heard = Heard([], [])
    context.on("request", lambda sent: heard.strangers.append(sent.url) if _strange(sent.url) else None)
    page.on("dialog", lambda shown: (heard.dialogs.append(shown.message), shown.dismiss()))
    page.goto(f"{marking.address}/lab")
    page.wait_for_function("() => window.jupyterapp")
    page.goto("about:blank")
    yield page, heard
    context.close()


@pytest.fixture
def window(visit: tuple[Page, Heard]) -> Iterator[Page]:
    """Give a page in which a marker works; it fails the test if anything asks another host or shows a dialog."""
    page, heard = visit
    heard.strangers.clear()
    heard.dialogs.clear()
    yield page
    assert heard == Heard([], [])


def _strange(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname != "127.0.0.1"


def _open(page: Page, marking: Marking, student: str) -> None:
    with Gradebook(f"sqlite:///{marking.course / 'gradebook.db'}") as book:
        submission = book.find_submission_notebook(MEDICINE, MEDICINE, student).id
    page.goto(f"{marking.address}/formgrader/submissions/{submission}/")
    wait_for_scores(page)


@pytest.mark.slow
def test_a_criterion_is_scored_and_commented_beside_text_levels_and_mark_scheme(marking: Marking, window: Page):
    _open(window, marking, "lee")
    expect(window.get_by_text(TEXT)).to_be_visible()
    criterion = window.locator(".nbgrader_cell", has=window.locator("#w-letter_letter-urgency.score"))
    expect(
        criterion.get_by_text("The first sentence asks for assessment with the urgency that the case needs.")
    ).to_be_visible()
    expect(criterion.get_by_text("BEGIN MARK SCHEME")).to_be_visible()
    score = window.locator("#w-letter_letter-urgency.score")
    with window.expect_response(lambda reply: reply.request.method == "PUT" and "/api/grade/" in reply.url) as saved:
        score.fill("1")
        score.blur()
    assert saved.value.ok
    comment = window.locator("#w-letter_letter-urgency-comment")
    with window.expect_response(lambda reply: reply.request.method == "PUT" and "/api/comment/" in reply.url) as saved:
        comment.fill("Clear from the first word.")
        comment.blur()
    assert saved.value.ok
    row = gradebook(marking.course)[MEDICINE, "lee", "w-letter_letter-urgency"]
    assert row == Row(None, 1, 1, 1, waiting=False)


@pytest.mark.slow
def test_a_link_at_the_top_leads_to_the_written_work(marking: Marking, window: Page):
    _open(window, marking, "lee")
    text = window.get_by_text(TEXT)
    expect(text).not_to_be_in_viewport()
    window.get_by_role("link", name="The letter about Peter").click()
    expect(text).to_be_in_viewport()


@pytest.mark.slow
def test_the_marker_sees_which_gates_were_passed(marking: Marking, window: Page):
    _open(window, marking, "lee")
    expect(window.get_by_text("Gate “Peter”: passed.", exact=False)).to_be_visible()


@pytest.mark.slow
def test_formgraders_own_button_marks_with_our_plug_ins(marking: Marking, window: Page):
    before = gradebook(marking.course)[MEDICINE, "lee", "g-peter"]
    window.goto(f"{marking.address}/formgrader/manage_submissions/{MEDICINE}")
    row = window.locator("tr", has_text="lee").first
    with window.expect_response(lambda reply: "autograde" in reply.url, timeout=60_000) as done:
        row.locator("td.autograde a").click()
    assert done.value.json()["success"], done.value.json()
    window.locator(".modal.in, .modal.show").first.wait_for()
    assert gradebook(marking.course)[MEDICINE, "lee", "g-peter"] == before
    assert not marking.canary.exists()


def test_the_scripts_of_the_attacks_do_run_where_they_are_let(chromium: Browser):
    """Without this, the next test would prove nothing."""
    page = chromium.new_page()
    page.set_content(f"<title>calm</title>{SCRIPT}")
    page.wait_for_function("() => document.title === 'pwned'")
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_attack_runs_a_script_in_the_markers_browser(marking: Marking, window: Page, name: str):
    """Every attack of ``tests/hostile_notebooks.py`` sets the page's title if one of its scripts runs."""
    _open(window, marking, name)
    window.wait_for_timeout(150)
    assert window.title() == MEDICINE
    assert window.locator(".panel-body iframe, .panel-body svg[onload], .panel-body img[onerror]").count() == 0
    reply = window.request.get(
        f"{marking.address}/formgrader/submissions/{window.url.rstrip('/').split('/')[-1]}/evil.html"
    )
    assert reply.status == 404


@pytest.mark.slow
def test_the_list_of_submissions_opens_in_spite_of_every_attack(marking: Marking, window: Page):
    reply = window.request.get(f"{marking.address}/formgrader/api/submissions/{MEDICINE}")
    assert reply.ok
    listed = {entry["student"] for entry in reply.json()}
    assert {"lee", *ASIDE} <= listed
