"""The whole story: a trainee works through both chapters, hands in, is marked by a person, and reads her feedback."""

from __future__ import annotations

import json
import random
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mindbody.cli import main
from mindbody.course.answering import answer_of_quality
from mindbody.course.grading import ItemTables, Tables
from mindbody.marking import Answer, mark
from tests.conftest import Book
from tests.lab import jupyterlab, wait_for_scores
from tests.learner import CONFLICT, MEDICINE, exercise, expect_saved, panel, spec_of, work
from tests.submissions import gradebook, specs_of

PAGES = {"02-medicine": MEDICINE, "07-conflict": CONFLICT}
COMMENT = "The urgency is clear from the first word."
LEARNER = "maria"
Answers = Mapping[str, dict[str, Any]]


@pytest.mark.slow
def test_from_the_first_page_to_the_feedback(
    book: Book, chromium: Browser, whole_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Every exercise of both chapters but the re-takes; nothing replaced; one person plays both parts."""
    project = Path(shutil.copytree(whole_project, tmp_path / "project"))
    course, downloads = project / "exercises", tmp_path / "downloads"
    downloads.mkdir()
    monkeypatch.setenv("MINDBODY_ROOT", str(project))
    answers = {name: _answers(course, name) for name in PAGES}
    trainee = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    trainee.set_default_timeout(15_000)

    page = trainee.new_page()
    for assignment, where in PAGES.items():
        page.goto(book.address(where))
        _do(page, answers[assignment])
        page.reload()
        _hand_in(page, downloads / assignment)
        assert _handed_in(downloads / assignment) == {name: _plain(one) for name, one in answers[assignment].items()}
    trainee.close()

    for assignment in PAGES:
        assert main(["collect", assignment, str(downloads / assignment)]) == 0
        assert main(["mark", assignment]) == 0
    letter = next(answer["texts"]["text"] for name, answer in answers["02-medicine"].items() if name == "w-letter")
    with jupyterlab(course, tmp_path / "state") as address:
        _score_in_formgrader(chromium, address, project, letter)
    for assignment in PAGES:
        assert main(["feedback", assignment]) == 0
    assert main(["grades"]) == 0

    reader = chromium.new_page()
    for assignment in PAGES:
        reader.goto((course / "feedback" / LEARNER / assignment / f"{assignment}.html").as_uri())
        said = re.sub(r"\s+", " ", reader.inner_text("body"))
        tables = Tables.read(course, assignment)
        for practice in (True, False):
            earned, most = _points(tables, answers[assignment], practice=practice)
            assert f"{earned} of {most} points" in said, (assignment, practice)
        assert _no_key(said, tables)
        if assignment == "02-medicine":
            assert "Graded gate: passed" in said
            assert COMMENT in said
    reader.close()
    assert LEARNER in (course / "grades.csv").read_text(encoding="utf-8-sig")


def _answers(course: Path, assignment: str) -> Answers:
    """Four answers in five right, in gates all of them; the re-takes stay folded."""
    rng = random.Random(7)
    specs, tables = specs_of(course, assignment), Tables.read(course, assignment)
    answers = {}
    for name, item in tables.items.items():
        if not item.retake_of:
            quality = 1 if item.gate or item.written else 0.8
            answers[name] = answer_of_quality(specs[name], item, quality, rng)
            if not any(answers[name].values()):
                answers[name] = answer_of_quality(specs[name], item, 1, rng)
    return answers


def _do(page: Page, answers: Answers) -> None:
    for name, answer in answers.items():
        place = exercise(page, name)
        work(place, answer)
        spec = spec_of(place)
        if spec["mode"] == "practice":
            if spec["confidence"]:
                place.get_by_role("slider", name="How sure are you?").fill("70")
            place.get_by_role("button", name="Check my answer").click()
            anyway = place.get_by_role("button", name="Check it as it is")
            if anyway.is_visible():
                anyway.click()
            expect(place.get_by_role("group", name="Feedback")).to_be_visible()
        if reflection := answer["texts"].get("reflection"):
            place.locator("textarea").fill(reflection)
            place.locator("textarea").blur()
        expect_saved(place)


def _plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "atoms": sorted(answer["atoms"]),
        "numbers": {name: typed for name, typed in answer["numbers"].items() if typed},
        "texts": {name: text for name, text in answer["texts"].items() if text},
    }


def _handed_in(folder: Path) -> dict[str, Any]:
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as archive:
        items = json.loads(archive.read("answers.json"))["items"]
    return {name: _plain(entry["answer"]) for name, entry in items.items()}


def _points(tables: Tables, answers: Answers, *, practice: bool) -> tuple[str, str]:
    """Points as the book writes them, from the marking rule alone."""

    def earned(name: str, item: ItemTables) -> int:
        version = item.versions[item.version]
        return mark(Answer.from_json(answers[name]), version.table, version.shape).points

    chosen = [(name, item) for name, item in tables.items.items() if (item.practice if practice else item.counted)]
    return (f"{sum(earned(*one) for one in chosen) / 100:g}", f"{sum(item.points for _, item in chosen) / 100:g}")


def _hand_in(page: Page, folder: Path) -> None:
    folder.mkdir()
    panel(page).get_by_label("Your name or course id").fill(LEARNER)
    with page.expect_download() as download:
        panel(page).get_by_role("button", name="Download my submission").click()
    download.value.save_as(folder / download.value.suggested_filename)
    expect(panel(page).get_by_text("Your submission was made")).to_be_visible()


def _score_in_formgrader(chromium: Browser, address: str, project: Path, letter: str) -> None:
    marker = chromium.new_page()
    marker.set_default_timeout(30_000)
    # Formgrader's own scripts take a cookie that only a visit to the Lab gives.
    marker.goto(f"{address}/lab")
    marker.wait_for_function("() => window.jupyterapp")
    marker.goto(f"{address}/formgrader/gradebook/02-medicine/02-medicine")
    marker.get_by_role("link", name="Submission #1").click()
    expect(marker.get_by_text(" ".join(letter.split())[:40])).to_be_visible()
    wait_for_scores(marker)
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
