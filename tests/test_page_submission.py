"""What a learner hands in: what it asks, what is in it, what it is worth, and that nothing in it ever runs."""

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Download, Page, expect

from mindbody.curriculum import Curriculum, marking_table
from mindbody.marking import Answer, mark
from tests.conftest import ROOT, Book
from tests.learner import CONFLICT, MEDICINE, check, excerpt, exercise, expect_saved, open_placement, option, panel

SCHEMA = json.loads((ROOT / "assets" / "schemas" / "answers.schema.json").read_text(encoding="utf-8"))
HOSTILE = "<img src=x onerror=alert(1)></dd><script>alert(2)</script>\"'&amp; ${alert(3)}"


@dataclass(frozen=True)
class Submission:
    """A downloaded zip, opened with Python's own reader of zips."""

    name: str
    answers: dict[str, Any]
    text: str
    readable: str


def opened(download: Download) -> Submission:
    with zipfile.ZipFile(download.path()) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["answers.json", "my-answers.html"]
        assert [info.flag_bits & 1 for info in archive.infolist()] == [0, 0]
        text = archive.read("answers.json").decode()
        readable = archive.read("my-answers.html").decode()
    answers = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(answers)
    return Submission(download.suggested_filename, answers, text, readable)


def hand_in(page: Page, name: str = "S042") -> Submission:
    panel(page).get_by_role("textbox", name="Your name or course id").fill(name)
    with page.expect_download() as started:
        panel(page).get_by_role("button", name="Download my submission").click()
    expect(panel(page).get_by_text("Your submission was made")).to_be_visible()
    return opened(started.value)


def downloads(page: Page) -> list[str]:
    """The names of the files that the page gives from now on."""
    names: list[str] = []
    page.on("download", lambda download: names.append(download.suggested_filename))
    return names


@pytest.fixture
def medicine(page: Page, book: Book) -> Page:
    page.goto(book.address(MEDICINE))
    page.locator("html[data-mindbody=ready]").wait_for()
    return page


def test_a_submission_asks_for_a_name_or_id(medicine: Page):
    started = downloads(medicine)
    box = panel(medicine).get_by_role("textbox", name="Your name or course id")
    for typed in ["", "   "]:
        box.fill(typed)
        panel(medicine).get_by_role("button", name="Download my submission").click()
        expect(panel(medicine).get_by_role("alert")).to_have_text(
            "Write your name or course id: the file is marked under it."
        )
        expect(box).to_be_focused()
        expect(box).to_have_attribute("aria-invalid", "true")
    assert hand_in(medicine, " S042 ").answers["learner"] == {"id": "S042"}
    assert len(started) == 1
    expect(panel(medicine).get_by_role("alert")).to_have_text("")
    medicine.reload()
    expect(box).to_have_value("S042")


def test_enter_in_the_name_hands_in_too(medicine: Page):
    box = panel(medicine).get_by_role("textbox", name="Your name or course id")
    box.fill("S042")
    with medicine.expect_download() as started:
        box.press("Enter")
    assert started.value.suggested_filename == "S042_02-medicine.zip"


def test_what_is_still_unanswered_is_listed_with_links(medicine: Page, curriculum: Curriculum):
    graded = [i for i in curriculum.assignments["02-medicine"].items if not i.practice and not i.form.retake_of]
    place = panel(medicine)
    expect(place.get_by_text(f"0 of {len(graded)} graded exercises answered")).to_be_visible()
    for item in graded:
        expect(place.get_by_role("link", name=item.form.title, exact=True)).to_be_visible()
    gone = option(exercise(medicine, "g-net-dana"), "").first
    gone.check()
    expect(place.get_by_role("link", name="Dana goes home")).to_be_hidden()
    expect(place.get_by_text(f"1 of {len(graded)} graded exercises answered")).to_be_visible()
    place.get_by_role("link", name="The letter about Peter").click()
    expect(exercise(medicine, "w-letter")).to_be_focused()


def test_what_cannot_be_read_is_listed_with_its_reason(medicine: Page):
    numbers = exercise(medicine, "g-ces-number")
    numbers.get_by_role("textbox").first.fill("a lot")
    numbers.get_by_role("textbox").last.fill("3")
    numbers.get_by_role("textbox").last.blur()
    reason = panel(medicine).get_by_role("listitem").filter(has_text="What absence is worth")
    expect(reason).to_contain_text("to mend:")
    expect(reason).to_contain_text("is not a number")


def test_the_receipt_names_the_file_the_time_the_count_and_a_check_code(medicine: Page):
    option(exercise(medicine, "warm-saddle"), "outer side of the thigh").check()
    submission = hand_in(medicine, "Ada Lovelace")
    assert submission.name == "Ada-Lovelace_02-medicine.zip"
    receipt = panel(medicine)
    expect(receipt.get_by_text("Your submission was made")).to_be_focused()
    expect(receipt.get_by_text(submission.name)).to_be_visible()
    expect(receipt.get_by_text("1 (0 of 11 graded ones complete)")).to_be_visible()
    expect(receipt.get_by_role("definition").filter(has_text=re.compile(r"^\d\d:\d\d$"))).to_be_visible()
    import hashlib

    code = hashlib.sha256(submission.text.encode()).hexdigest()[:8]
    expect(receipt.get_by_text(code, exact=True)).to_be_visible()
    expect(receipt.get_by_text("Nothing has been sent")).to_be_visible()


def test_the_last_letters_typed_are_in_the_submission(medicine: Page):
    panel(medicine).get_by_role("textbox", name="Your name or course id").fill("S042")
    exercise(medicine, "w-letter").get_by_role("textbox").fill("Dear colleague, with kind regards")
    with medicine.expect_download() as started:
        panel(medicine).get_by_role("button", name="Download my submission").click()
    assert opened(started.value).answers["items"]["w-letter"]["answer"]["texts"]["text"].endswith("kind regards")


def test_profession_and_language_are_asked_only_of_those_who_open_them(medicine: Page):
    submission = hand_in(medicine)
    assert submission.answers["profession"] is None
    assert submission.answers["language"] is None
    expect(panel(medicine).get_by_role("textbox", name="Your profession")).to_be_hidden()
    panel(medicine).get_by_text("Two optional questions").click()
    expect(panel(medicine).get_by_text("Used only in aggregate")).to_be_visible()
    panel(medicine).get_by_role("textbox", name="Your profession").fill("nurse")
    panel(medicine).get_by_role("textbox", name="The language you work in").fill("Tamil")
    submission = hand_in(medicine)
    assert (submission.answers["profession"], submission.answers["language"]) == ("nurse", "Tamil")


def test_likely_identifiers_are_warned_of_before_anything_leaves_the_computer(medicine: Page):
    started = downloads(medicine)
    exercise(medicine, "w-letter").get_by_role("textbox").fill("Mr Weaver, born 3.4.1971, ring 07700 900123.")
    panel(medicine).get_by_role("textbox", name="Your name or course id").fill("S042")
    panel(medicine).get_by_role("button", name="Download my submission").click()
    warning = panel(medicine).get_by_text("Before this leaves your computer")
    expect(warning).to_be_focused()
    expect(panel(medicine).get_by_role("listitem").filter(has_text="a date, “3.4.1971”")).to_be_visible()
    expect(panel(medicine).get_by_role("listitem").filter(has_text="“07700 900123”")).to_be_visible()
    assert not started
    with medicine.expect_download() as chosen:
        panel(medicine).get_by_role("button", name="They are invented: download").click()
    assert "3.4.1971" in opened(chosen.value).text
    expect(panel(medicine).get_by_text("Your submission was made")).to_be_focused()


def answer_many(page: Page) -> dict[str, str]:
    """Answer practice of every kind, some of it wrongly; return the points that the page says, by exercise."""
    said = {}

    def keep(item: str, sure: int | None = None) -> None:
        feedback = check(exercise(page, item), sure)
        said[item] = re.match(r"[\d.]+ of [\d.]+", feedback.inner_text())[0]

    option(exercise(page, "warm-saddle"), "The skin between the legs").check()
    keep("warm-saddle")
    option(exercise(page, "q-gut-fifty"), "Nothing further for now").check()
    keep("q-gut-fifty", sure=80)
    for label in ["prednisolone", "She is 76.", "nine out of ten"]:
        option(exercise(page, "q-spine-steroid"), label).check()
    keep("q-spine-steroid", sure=55)
    numbers = exercise(page, "q-flag-numbers").get_by_role("textbox")
    numbers.first.fill("45,5 %")
    numbers.last.fill("9.39")
    keep("q-flag-numbers")
    for statement in range(5):
        exercise(page, "q-scan-pair").get_by_role("radio", name="True").nth(statement).check()
    keep("q-scan-pair")
    board = exercise(page, "board-a")
    for name, lane, flags in [
        ("Ruth", "Same day", [4, 5, 1]),
        ("Yvonne", "Same day", [3, 6]),
        ("Anton", "Proceed", [5]),
    ]:
        card = board.get_by_role("group", name=re.compile(f"^{name}"))
        card.get_by_role("radio", name=lane).check()
        for number in flags:
            excerpt(card, number).click()
    keep("board-a")
    return said


def test_the_marks_on_the_page_are_pythons_for_the_answers_in_the_zip(page: Page, book: Book, curriculum: Curriculum):
    page.goto(book.address(MEDICINE))
    said = {"02-medicine": answer_many(page)}
    submissions = {"02-medicine": hand_in(page)}
    place = open_placement(page, book.address(CONFLICT))
    for number, key in [(9, "3"), (16, "3"), (17, "2"), (17, "3"), (11, "1"), (2, "1")]:
        excerpt(place, number).focus()
        page.keyboard.press(key)
    text = check(place, sure=40).inner_text()
    said["07-conflict"] = {"c1-corners": re.match(r"[\d.]+ of [\d.]+", text)[0]}
    submissions["07-conflict"] = hand_in(page)
    partly = 0
    for assignment, points in said.items():
        items = submissions[assignment].answers["items"]
        assert set(items) == set(points)
        for item, shown in points.items():
            found = curriculum.item(f"{assignment}/{item}")
            shape = found.kind.shape(found.form, curriculum.context)
            table = marking_table(curriculum, found)
            for state in ["answer", "first", "last"]:
                data = items[item][state] if state == "answer" else items[item][state]["answer"]
                python = mark(Answer.from_json(data), table, shape)
                assert shown == f"{python.points / 100:g} of {python.max / 100:g}", (item, state)
            assert (items[item]["last"]["points"], items[item]["last"]["max"]) == (python.points, python.max)
            assert items[item]["attempts"] == 1
            partly += 0 < python.points < python.max
    assert partly >= 4, "marks that are all or nothing prove little"
    assert submissions["02-medicine"].answers["items"]["q-gut-fifty"]["first"]["confidence"] == 80


def test_first_and_last_answers_of_a_graded_exercise_are_both_handed_in(medicine: Page):
    place = exercise(medicine, "g-net-dana")
    place.get_by_role("radio").nth(0).check()
    medicine.get_by_role("button", name="Color mode").first.focus()
    place.get_by_role("radio").nth(1).check()
    expect_saved(place)
    entry = hand_in(medicine).answers["items"]["g-net-dana"]
    assert entry["first"]["answer"]["atoms"] == ["opt:a"]
    assert entry["last"]["answer"]["atoms"] == entry["answer"]["atoms"] == ["opt:b"]
    assert entry["version"] == 1
    assert entry["first"]["points"] is None


def test_nothing_a_learner_typed_is_ever_executed(medicine: Page, tmp_path: Path):
    """In her own page of answers, in the book and in the receipt; Chromium only."""
    dialogs = []
    medicine.context.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    exercise(medicine, "w-letter").get_by_role("textbox").fill(HOSTILE)
    exercise(medicine, "warm-three-months").get_by_role("textbox").fill("<b>3</b>")
    panel(medicine).get_by_text("Two optional questions").click()
    panel(medicine).get_by_role("textbox", name="Your profession").fill(HOSTILE)
    submission = hand_in(medicine, f"../../{HOSTILE[:40]}")
    assert "/" not in submission.name
    assert not submission.name.startswith(".")
    assert not re.search(r"<(script|img|b|iframe|link|object)\b|\bon\w+=[^&]*>|javascript:", submission.readable)
    page = tmp_path / "my-answers.html"
    page.write_text(submission.readable, encoding="utf-8")
    reader = medicine.context.new_page()
    reader.goto(page.as_uri())
    expect(reader.get_by_text(HOSTILE)).to_be_visible()
    assert reader.locator("script, img, b, iframe, link, form, a").count() == 0
    medicine.reload()
    expect(exercise(medicine, "w-letter").get_by_role("textbox")).to_have_value(HOSTILE)
    expect(exercise(medicine, "warm-three-months").get_by_text("“<b>3</b>” is not a number.")).to_be_visible()
    assert medicine.locator("img[onerror]").count() == 0
    assert not dialogs


def test_her_own_copy_can_be_read_by_a_person(medicine: Page, axe, tmp_path: Path):
    steroid = exercise(medicine, "q-spine-steroid")
    option(steroid, "prednisolone").check()
    exercise(medicine, "w-letter").get_by_role("textbox").fill("Dear colleague,\nthank you for seeing Peter.")
    excerpt(exercise(medicine, "g-peter"), 11).click()
    exercise(medicine, "g-peter").get_by_role("radio", name="Same day").check()
    submission = hand_in(medicine)
    page = tmp_path / "my-answers.html"
    page.write_text(submission.readable, encoding="utf-8")
    medicine.goto(page.as_uri())
    for shown in [
        "She has taken prednisolone for her lungs for four years.",
        "Same day",
        "[11] He has had no scan or blood test",
        "thank you for seeing Peter.",
        "S042",
    ]:
        expect(medicine.get_by_text(shown).first).to_be_visible()
    axe(medicine)


def test_a_submission_that_is_too_large_is_refused_with_a_reason(medicine: Page):
    """The text fields alone cannot fill a megabyte, so earlier work of an unlikely size is put into the storage."""
    key = "mindbody:mind-body-formulation:02-medicine/w-letter"
    exercise(medicine, "w-letter").get_by_role("textbox").fill("Dear colleague")
    exercise(medicine, "w-letter").get_by_role("textbox").blur()
    expect_saved(exercise(medicine, "w-letter"))
    medicine.evaluate(
        """key => {
            const entry = JSON.parse(localStorage[key]);
            entry.answer.texts.text = "x".repeat(1_000_001);
            localStorage[key] = JSON.stringify(entry);
        }""",
        key,
    )
    started = downloads(medicine)
    medicine.reload()
    panel(medicine).get_by_role("textbox", name="Your name or course id").fill("S042")
    panel(medicine).get_by_role("button", name="Download my submission").click()
    expect(panel(medicine).get_by_text("a submission may hold 1,000 KB")).to_be_visible()
    assert not started
