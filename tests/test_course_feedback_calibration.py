"""How sure and how right, on the feedback page: in words, a drawing and a table, and nothing of a graded card."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.calibration import Judgement, calibrate
from mindbody.course.feedback_calibration import calibration_section, in_words, judged
from mindbody.course.grading import ItemTables, Tables, Version, mark_submission
from mindbody.course.reader import ItemAnswer, State, Submission
from mindbody.course.scores import Result
from mindbody.marking import Answer, Group, MarkingTable

AT = datetime(2026, 11, 20, tzinfo=UTC)
CARDS: Any = {
    "fields": {
        name: {"atoms": [f"{name}@a", f"{name}@b"], "at_most": 1} if "-" not in name else {"number": True}
        for name in ("one", "one-sure", "two", "two-sure")
    }
}
TABLE = MarkingTable(200, tuple(Group(name, "", (name,), {f"{name}@a": 100}, 100) for name in ("one", "two")))


def result(mode: str) -> Result:
    """Make a trainee's work: first both wrong at 90 %, then, having read why, both right at 10 %."""
    items = {"x": ItemTables("x", "X", "sort", mode, 1, 200, versions={1: Version(CARDS, TABLE)})}

    def state(choice: str, sure: str) -> State:
        numbers = {"one-sure": sure, "two-sure": sure}
        return State(Answer(frozenset({f"one@{choice}", f"two@{choice}"}), numbers), AT, float(sure))

    first, last = state("b", "90"), state("a", "10")
    given = ItemAnswer(1, last.answer, first, last, 2, last.confidence, AT)
    submission = Submission("a", {"x": given})
    return Result("lee", mark_submission(submission, Tables("c", "a", "A", items)), submission)


def test_practice_speaks_by_the_first_check():
    assert judged(result("practice")) == [Judgement(90, False)] * 3


def test_graded_work_speaks_by_what_was_handed_in_once_its_keys_are_released():
    assert judged(result("graded"), keys=True) == [Judgement(10, True)] * 3


def test_before_that_no_card_of_a_graded_exercise_is_among_them():
    """The item as a whole is: its points stand on the page."""
    assert judged(result("graded")) == [Judgement(10, True)]


def test_an_answer_that_nobody_could_read_has_no_confidence():
    found = result("graded")
    assert judged(Result("lee", found.marked, None)) == []


def test_without_a_confidence_there_is_no_section():
    assert calibration_section([]) == ""


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([Judgement(90, False)], "once"),
        ([Judgement(90, False)] * 9, "too few"),
        ([Judgement(90, False)] * 10, "surer than you were right"),
        ([Judgement(20, True)] * 10, "more often than you thought"),
        ([Judgement(50, True), Judgement(50, False)] * 5, "go together"),
    ],
)
def test_the_words_say_what_the_numbers_come_to_and_never_scold(found: list[Judgement], words: str):
    assert words in in_words(calibrate(found))


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.drawn: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        assert not [name for name, _ in attrs if name == "style" or name.startswith("on")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "circle":
            self.drawn.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.lists(st.builds(Judgement, st.integers(0, 100), st.booleans()), min_size=1, max_size=60))
def test_every_band_is_drawn_inside_the_frame_and_stands_in_the_table(found: list[Judgement]):
    page, bands = calibration_section(found), calibrate(found).bands
    reader = _Balanced()
    reader.feed(page)
    assert not reader.open
    assert len(reader.drawn) == len(bands) == page.count("% sure</th>")
    assert all(34 <= int(circle["cx"] or 0) <= 234 and 12 <= int(circle["cy"] or 0) <= 212 for circle in reader.drawn)
    assert sum(band.n for band in bands) == len(found)
