"""The whole story: a trainee works through both chapters, hands in, is marked by a person, and reads her feedback."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mindbody.cli import main
from mindbody.course.grading import Tables
from tests.conftest import Book
from tests.lab import jupyterlab
from tests.learner import CONFLICT, MEDICINE, check, exercise, expect_saved, option, panel
from tests.submissions import gradebook

LETTER = "Please see Peter today. He has had constant pain at night for ten weeks and heavy legs for ten days. " * 4
COMMENT = "The urgency is clear from the first word."
LEARNER = "maria"


@pytest.mark.slow
def test_from_the_first_page_to_the_feedback(
    book: Book, chromium: Browser, made_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One browser, one course, nothing replaced; the only short cut is that one person plays both parts."""
    project = Path(shutil.copytree(made_project, tmp_path / "project"))
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    monkeypatch.setenv("MINDBODY_ROOT", str(project))
    trainee = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    trainee.set_default_timeout(15_000)

    page = trainee.new_page()
    shown = _medicine(page, book, downloads)
    _conflict(page, book, downloads)
    trainee.close()

    for assignment in ("02-medicine", "07-conflict"):
        assert main(["collect", assignment, str(downloads / assignment)]) == 0
        assert main(["mark", assignment]) == 0
    with jupyterlab(project / "exercises", tmp_path / "state") as address:
        _score_in_formgrader(chromium, address, project)
    assert main(["feedback", "02-medicine"]) == 0
    assert main(["grades"]) == 0

    reader = chromium.new_page()
    reader.goto((project / "exercises/feedback" / LEARNER / "02-medicine/02-medicine.html").as_uri())
    said = re.sub(r"\s+", " ", reader.inner_text("body"))
    reader.close()
    assert f"{shown} of 30 points" in said, "the practice mark that the page showed"
    assert "4 of 20 points" in said, "the graded points: Peter, all right"
    assert "Graded gate: passed" in said
    assert COMMENT in said
    written = Tables.read(project / "exercises", "02-medicine")
    assert _no_key(said, written)
    assert "maria" in (project / "exercises" / "grades.csv").read_text(encoding="utf-8-sig")


def _medicine(page: Page, book: Book, downloads: Path) -> str:
    """Do some of chapter 2, come back, hand in; return the practice points the page showed."""
    page.goto(book.address(MEDICINE))
    question = exercise(page, "q-exclusion-who")
    option(question, "Examined by Dr A.").check()
    shown = check(question).inner_text()
    points = re.search(r"([\d.]+) of ([\d.]+) point", shown)
    assert points
    peter = exercise(page, "g-peter")
    peter.get_by_role("radio", name="Same day").check(force=True)
    for words in ("The pain is constant", "His belt", "Twelve years ago", "For ten days", "He has had no scan"):
        peter.get_by_role("button").filter(has_text=words).first.click()
    letter = exercise(page, "w-letter").get_by_role("textbox")
    letter.fill(LETTER)
    letter.blur()
    expect_saved(exercise(page, "w-letter"))
    page.reload()
    expect(exercise(page, "w-letter").get_by_role("textbox")).to_have_value(LETTER)
    expect(exercise(page, "g-peter").get_by_role("radio", name="Same day")).to_be_checked()
    _hand_in(page, downloads / "02-medicine")
    return points[1]


def _conflict(page: Page, book: Book, downloads: Path) -> None:
    page.goto(book.address(CONFLICT))
    question = exercise(page, "g-which-corner")
    question.get_by_role("radio").first.check()
    expect_saved(question)
    page.reload()
    expect(exercise(page, "g-which-corner").get_by_role("radio").first).to_be_checked()
    _hand_in(page, downloads / "07-conflict")


def _hand_in(page: Page, folder: Path) -> None:
    folder.mkdir()
    panel(page).get_by_label("Your name or course id").fill(LEARNER)
    with page.expect_download() as download:
        panel(page).get_by_role("button", name="Download my submission").click()
    download.value.save_as(folder / download.value.suggested_filename)
    expect(panel(page).get_by_text("Your submission was made")).to_be_visible()


def _score_in_formgrader(chromium: Browser, address: str, project: Path) -> None:
    marker = chromium.new_page()
    marker.set_default_timeout(30_000)
    # Formgrader's own scripts take a cookie that only a visit to the Lab gives.
    marker.goto(f"{address}/lab")
    marker.wait_for_function("() => window.jupyterapp")
    marker.goto(f"{address}/formgrader/gradebook/02-medicine/02-medicine")
    marker.get_by_role("link", name="Submission #1").click()
    expect(marker.get_by_text(LETTER.strip()[:60])).to_be_visible()
    marker.locator("#completion.score").wait_for()
    score = marker.locator("#w-letter_letter-urgency.score")
    with marker.expect_response(lambda reply: reply.request.method == "PUT" and "/api/grade/" in reply.url):
        score.fill("1")
        score.blur()
    comment = marker.locator("#w-letter_letter-urgency-comment")
    with marker.expect_response(lambda reply: reply.request.method == "PUT" and "/api/comment/" in reply.url):
        comment.fill(COMMENT)
        comment.blur()
    marker.close()
    assert gradebook(project / "exercises")["02-medicine", LEARNER, "w-letter_letter-urgency"].score == 1


def _no_key(said: str, tables: Tables) -> bool:
    """Tell whether a page holds no explanation of a graded exercise."""
    whys = [
        why
        for item in tables.items.values()
        if not item.practice
        for version in item.versions.values()
        for why in [*version.table.why.values(), *version.table.why_unlisted.values()]
    ]
    assert len(whys) > 50
    return not any(re.sub(r"<[^>]+>", "", why)[:50] in said for why in whys)
