"""The strict reader: any bytes become a submission or are refused, in bounded time and memory."""

import json
import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mindbody.course.reader import DEEPEST, Refused, State, Submission, parse, read, shown
from mindbody.marking import Answer
from tests import hostile
from tests.hostile import ANSWER_FILES, ENTRIES, HARMLESS, answers, item, packed

SLOWEST = 4.0
"""Seconds of processor time for the worst megabyte; it took 0.4 to 1.9 on two busy cores."""
MOST_MEMORY = 100_000_000


def outcome(data: bytes) -> Submission | Refused:
    """Read bytes; whatever else is raised fails the test."""
    try:
        return parse(data, "answers.json")
    except Refused as refused:
        return refused


# --- what is taken ----------------------------------------------------------------------------------------------------


def test_a_file_of_the_page_is_read_whole():
    state = {
        "answer": {"atoms": ["opt:a"]},
        "at": "2026-11-22T09:00:00.000Z",
        "confidence": 70,
        "points": 100,
        "max": 100,
    }
    entry = item(
        {"atoms": ["opt:b", "opt:a"], "numbers": {"n": "3,7"}, "texts": {"text": "Zoë\n\tsaid 😀"}},
        first=state,
        last=None,
        attempts=2,
        confidence=70,
        saved_at="2026-11-22T10:00:00+01:00",
    )
    read_back = parse(packed(answers("lee", items={"a": entry}, profession="physio", language="en")), "answers.json")
    assert (read_back.course, read_back.assignment) == ("mind-body-formulation", "02-medicine")
    assert (read_back.learner_id, read_back.profession, read_back.language) == ("lee", "physio", "en")
    assert read_back.saved_at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    answer = read_back.items["a"]
    assert answer.answer == Answer(frozenset({"opt:a", "opt:b"}), {"n": "3,7"}, {"text": "Zoë\n\tsaid 😀"})
    assert answer.first == State(Answer(frozenset({"opt:a"})), datetime(2026, 11, 22, 9, tzinfo=UTC), 70)
    assert answer.last is None
    assert (answer.attempts, answer.confidence) == (2, 70)
    assert answer.saved_at == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_file_of_jupyterlab_needs_no_course_and_no_learner():
    data = {"format": hostile.FORMAT, "assignment": "02-medicine", "items": {}}
    assert parse(packed(data), "answers.json").learner_id is None


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_odd_and_harmless_is_taken(name: str):
    assert isinstance(outcome(HARMLESS[name]), Submission)


def test_an_unknown_field_is_kept():
    data = answers(answers_of="another program", extra={"deep": [1, 2.5, None, True]})
    assert parse(packed(data), "answers.json").raw == data


def test_what_cannot_be_printed_in_a_text_is_replaced():
    name = "control characters and half a surrogate pair in a text"
    text = parse(HARMLESS[name], "answers.json").items["w-safety-net"].answer.texts["text"]
    assert text == "a\ufffdb\ufffdc\ufffd[31m"
    text.encode("utf-8")


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANSWER_FILES)
def test_a_hostile_file_is_refused_with_file_reason_and_remedy(name: str):
    data, reason = ANSWER_FILES[name]
    refused = outcome(data)
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert refused.reason.startswith("answers.json: ")
    assert refused.reason.endswith("ask for a new download of the submission; do not edit the file.")
    assert len(refused.reason) < 400
    assert refused.reason.isprintable()


@pytest.mark.parametrize("name", ENTRIES)
def test_what_is_no_regular_file_is_refused_at_once(name: str, tmp_path: Path):
    make, reason = ENTRIES[name]
    path = tmp_path / "answers.json"
    make(path)
    begun = time.process_time()
    with pytest.raises(Refused, match=reason):
        read(path)
    assert time.process_time() - begun < SLOWEST


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def forbidden(*_arguments: object, **_options: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(Refused, match="who may read it"):
        read(tmp_path / "answers.json")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path):
    with pytest.raises(Refused):
        read(tmp_path / name)


@pytest.mark.parametrize("linked", ["inbound", "inbound/lee"])
def test_below_a_folder_of_ours_no_link_on_the_way_is_followed(linked: str, tmp_path: Path):
    """Else a trainee links her folder of the exchange to a colleague's, and is marked on his answers."""
    elsewhere = tmp_path / "elsewhere"
    for folder in ("lee", "."):
        (elsewhere / folder).mkdir(parents=True, exist_ok=True)
        (elsewhere / folder / "answers.json").write_bytes(packed(answers("bob")))
    ours = tmp_path / "ours"
    link = ours / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    path = ours / "inbound" / "lee" / "answers.json"
    assert read(path).learner_id == "bob"
    with pytest.raises(Refused, match="behind a link"):
        read(path, under=ours)


def test_below_a_folder_of_ours_a_file_is_read(tmp_path: Path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "answers.json").write_bytes(packed(answers()))
    assert read(tmp_path / "a" / "b" / "answers.json", under=tmp_path).learner_id == "lee"


@pytest.mark.parametrize("path", ["../answers.json", "a/../../answers.json"])
def test_below_a_folder_of_ours_no_path_leads_out(path: str, tmp_path: Path):
    (tmp_path / "answers.json").write_bytes(packed(answers()))
    (tmp_path / "ours" / "a").mkdir(parents=True)
    with pytest.raises(Refused):
        read(tmp_path / "ours" / path, under=tmp_path / "ours")


def test_no_file_stays_open(tmp_path: Path):
    folder = Path("/dev/fd")
    if not folder.is_dir():
        pytest.skip("this system does not list open files")
    (tmp_path / "answers.json").write_bytes(b"[")
    (tmp_path / "folder").mkdir()
    before = len(list(folder.iterdir()))
    for _ in range(20):
        for path in ("answers.json", "folder", "none"):
            with pytest.raises(Refused):
                read(tmp_path / path, under=tmp_path)
    assert len(list(folder.iterdir())) == before


# --- bounds -----------------------------------------------------------------------------------------------------------

WORST: dict[str, Callable[[], bytes]] = {
    "brackets": lambda: b"[" * 1_000_000,
    "empty objects": lambda: hostile._with("[" + ",".join(["{}"] * 330_000) + "]"),
    "empty lists": lambda: hostile._with("[" + ",".join(["[]"] * 330_000) + "]"),
    "numbers": lambda: hostile._with("[" + ",".join(["1"] * 490_000) + "]"),
    "fields": lambda: hostile._with("{" + ",".join(f'"{n:x}":0' for n in range(95_000)) + "}"),
    "one field again and again": lambda: hostile._with("[" + ",".join(['{"a":0}'] * 120_000) + "]"),
    "quotes": lambda: b'"' * 1_000_000,
    "backslashes": lambda: b'"' + b"\\" * 999_998,
    "escaped quotes, never closed": lambda: b'"' + b'\\"' * 499_999,
    "spaces": lambda: b" " * 1_000_000,
    "digits": lambda: b"1" * 1_000_000,
    "one long text": lambda: b'"' + b"x" * 999_998 + b'"',
    "escapes": lambda: b'"' + b"\\u0041" * 166_000 + b'"',
    "atoms": lambda: packed(answers(items={"a": item({"atoms": [f"{n:x}" for n in range(110_000)]})})),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_megabyte_takes_little_time(name: str):
    data = WORST[name]()
    assert len(data) <= 1_000_000
    begun = time.process_time()
    outcome(data)
    assert time.process_time() - begun < SLOWEST


@pytest.mark.parametrize("name", ["empty objects", "fields", "quotes", "atoms"])
def test_the_worst_megabyte_takes_little_memory(name: str):
    """Counts what Python allocates; the C stack is bounded by the depth, which is counted first."""
    data = WORST[name]()
    tracemalloc.start()
    try:
        outcome(data)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_the_depth_is_counted_exactly(depth: int):
    data = packed(answers(deep=json.loads("[" * (depth - 1) + "]" * (depth - 1))))
    assert isinstance(outcome(data), Submission if depth <= DEEPEST else Refused)


def test_brackets_in_a_text_are_no_depth():
    texts = {"text": '[[[[[[[[[[{{{{{{{{{{ "[[[[[[[[[[[" \\" [[[[[[[[[[[ \\\\'}
    assert isinstance(outcome(packed(answers(items={"a": item({"texts": texts})}))), Submission)


# --- properties -------------------------------------------------------------------------------------------------------

_text = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40)
_id = st.text("abcdefghij-0123456789", min_size=1, max_size=12)
_time = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.sampled_from([UTC]),
)
_answer = st.builds(
    lambda atoms, numbers, texts: {"atoms": atoms, "numbers": numbers, "texts": texts},
    st.lists(_text, unique=True, max_size=5),
    st.dictionaries(_id, _text, max_size=3),
    st.dictionaries(_id, st.text(max_size=200), max_size=3),
)
_confidence = st.none() | st.integers(0, 100) | st.floats(0, 100, allow_nan=False)
_state = st.none() | st.builds(
    lambda answer, at, confidence: {"answer": answer, "at": at.isoformat(), "confidence": confidence},
    _answer,
    _time,
    _confidence,
)
_item = st.builds(
    lambda version, answer, first, last, attempts, confidence, at: {
        "version": version,
        "answer": answer,
        "first": first,
        "last": last,
        "attempts": attempts,
        "confidence": confidence,
        "saved_at": at.isoformat(),
    },
    st.integers(1, 99),
    _answer,
    _state,
    _state,
    st.integers(0, 10**6),
    _confidence,
    _time,
)
_submission = st.builds(
    lambda learner, assignment, items, at: answers(
        learner, assignment, items=items, saved_at=at.isoformat().replace("+00:00", "Z")
    ),
    _text,
    _id,
    st.dictionaries(_id, _item, max_size=4),
    _time,
)
_json: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"{" * 5000)
def test_any_bytes_are_a_submission_or_refused(data: bytes):
    assert isinstance(outcome(data), Submission | Refused)


@given(_json)
def test_any_json_is_a_submission_or_refused(data: Any):
    assert isinstance(outcome(json.dumps(data).encode()), Submission | Refused)


@given(_submission, st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), max_size=4))
def test_a_damaged_file_is_a_submission_or_refused(data: dict[str, Any], damage: list[tuple[int, bytes]]):
    file = bytearray(packed(data))
    for where, noise in damage:
        at = where % len(file)
        file[at : at + len(noise)] = noise
    assert isinstance(outcome(bytes(file)), Submission | Refused)


@given(_submission, st.sampled_from(["items", "learner", "format", "assignment", "saved_at", "course"]), _json)
def test_a_field_of_any_type_is_a_submission_or_refused(data: dict[str, Any], name: str, value: Any):
    assert isinstance(outcome(json.dumps(data | {name: value}).encode()), Submission | Refused)


@given(_item, st.sampled_from(["version", "answer", "first", "last", "attempts", "confidence"]), _json)
def test_an_item_of_any_type_is_a_submission_or_refused(entry: dict[str, Any], name: str, value: Any):
    data = answers(items={"a": entry | {name: value}})
    assert isinstance(outcome(json.dumps(data).encode()), Submission | Refused)


@given(_submission)
def test_a_valid_file_round_trips(data: dict[str, Any]):
    read_back = parse(packed(data), "answers.json")
    assert read_back.learner_id == data["learner"]["id"]
    assert read_back.saved_at == datetime.fromisoformat(data["saved_at"])
    assert set(read_back.items) == set(data["items"])
    for name, entry in data["items"].items():
        answer = read_back.items[name]
        written = Answer.from_json(entry["answer"])
        assert (answer.version, answer.answer.atoms) == (entry["version"], written.atoms)
        assert answer.answer.numbers.keys() == written.numbers.keys()
        assert (answer.attempts, answer.confidence) == (entry["attempts"], entry["confidence"])
        assert answer.saved_at == datetime.fromisoformat(entry["saved_at"])
        for which in ("first", "last"):
            state = getattr(answer, which)
            assert (state is None) == (entry[which] is None)
            assert state is None or state.at == datetime.fromisoformat(entry[which]["at"])
    again = parse(packed(read_back.raw), "answers.json")
    assert (again, again.raw) == (read_back, read_back.raw)


@given(_submission.map(lambda data: data | {"note": "plain words"}))
@settings(max_examples=30)
def test_a_valid_file_without_odd_characters_is_kept_as_it_was(data: dict[str, Any]):
    for entry in data["items"].values():
        for state in (entry, entry["first"], entry["last"]):
            if state:
                state["answer"]["texts"] = {}
    assert parse(packed(data), "answers.json").raw == data


@given(st.text(max_size=1000))
def test_a_name_in_a_message_is_one_printable_line(text: str):
    name = shown(text)
    assert len(name) <= 120
    assert "\n" not in name
    assert "\u202e" not in name
    name.encode("utf-8")


def test_a_time_in_another_zone_is_the_same_time():
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    for hours in (-11, 0, 14):
        there = (at + timedelta(hours=hours)).replace(tzinfo=None).isoformat()
        zone = f"{'+' if hours >= 0 else '-'}{abs(hours):02d}:00"
        assert parse(packed(answers(saved_at=there + zone)), "answers.json").saved_at == at
