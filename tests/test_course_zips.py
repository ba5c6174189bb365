"""Zips that somebody else made: one file is taken from them, by name, in bounded time and memory."""

import time
import tracemalloc
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mindbody.course.reader import Refused, parse
from mindbody.course.zips import Member, answers_in, members_of
from tests import hostile
from tests.hostile import ARCHIVES, answers, archive, packed, submission

NAME = "lee_02-medicine.zip"
IN_THE_ANSWERS = {"hostile answers in a good zip", "wrong assignment"}
SLOWEST = 2.0


@cache
def made(name: str) -> bytes:
    """Make an archive once."""
    return ARCHIVES[name][0]()


def test_the_pages_zip_gives_its_answers():
    assert parse(answers_in(submission("lee"), NAME), NAME).learner_id == "lee"


@pytest.mark.parametrize("folder", ["02-medicine/", "a/b/"])
def test_a_zip_that_was_unpacked_and_packed_again_gives_its_answers(folder: str):
    again = archive(
        (f"{folder}answers.json", packed(answers("lee"))),
        (f"__MACOSX/{folder}._answers.json", b"\0\5\x16\7"),
        (f"{folder}.DS_Store", b""),
    )
    assert parse(answers_in(again, NAME), NAME).learner_id == "lee"


@pytest.mark.parametrize("name", sorted(set(ARCHIVES) - IN_THE_ANSWERS))
def test_a_hostile_archive_is_refused_with_file_reason_and_remedy(name: str):
    data = made(name)
    begun = time.process_time()
    with pytest.raises(Refused) as caught:
        answers_in(data, NAME)
    assert time.process_time() - begun < SLOWEST
    reason = caught.value.reason
    assert ARCHIVES[name][1] in reason
    assert reason.startswith(NAME)
    assert "the zip that the download button made" in reason
    assert reason.isprintable()
    assert len(reason) < 400


@pytest.mark.parametrize("name", ["bomb", "bomb that lies about its size", "100,000 members", "a count that lies"])
def test_a_hostile_archive_takes_little_memory(name: str):
    data = made(name)
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            answers_in(data, NAME)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes):
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        with pytest.raises(Refused):
            answers_in(start + data, NAME)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4))
@settings(max_examples=400)
def test_a_damaged_zip_is_refused_or_read(damage: list[tuple[int, bytes]]):
    data = bytearray(submission())
    for where, noise in damage:
        at = where % len(data)
        data[at : at + len(noise)] = noise
    try:
        answers_in(bytes(data), NAME)
    except Refused as refused:
        assert refused.reason.endswith(".")  # noqa: PT017 - either outcome is right


# --- the zip of a whole class -----------------------------------------------------------------------------------------


def test_the_zip_of_a_class_gives_every_submission_and_says_which_are_bad(tmp_path: Path):
    path = tmp_path / "class.zip"
    path.write_bytes(
        archive(
            ("Jane Lee_12_assignsubmission_file_/lee_02-medicine.zip", submission()),
            ("Bob_13_assignsubmission_file_/../../evil.zip", submission()),
            ("Al_14_assignsubmission_file_/essay.docx", b""),
            (hostile._member("Eve_15_assignsubmission_file_/a.zip", 0o120777), b"/etc/passwd"),
            ("__MACOSX/Di_16_assignsubmission_file_/._answers.json", b""),
            ("Di_16_assignsubmission_file_/answers.json", packed(answers())),
        )
    )
    found = list(members_of(path))
    assert [type(member) for member in found] == [Member, Refused, Refused, Refused, Member]
    assert [str(member.path) for member in found if isinstance(member, Member)] == [
        "Jane Lee_12_assignsubmission_file_/lee_02-medicine.zip",
        "Di_16_assignsubmission_file_/answers.json",
    ]


@pytest.mark.parametrize("data", [b"", b"no zip", submission()[:100]], ids=["empty", "no zip", "cut short"])
def test_what_is_no_zip_of_a_class_is_refused(data: bytes, tmp_path: Path):
    (tmp_path / "class.zip").write_bytes(data)
    with pytest.raises(Refused, match="download it from the platform again"):
        list(members_of(tmp_path / "class.zip"))


def test_a_member_of_the_zip_of_a_class_that_unpacks_to_a_bomb_stops_no_other(tmp_path: Path):
    path = tmp_path / "class.zip"
    path.write_bytes(archive(("a_1_2_bomb.zip", b" " * 100_000_000), ("b_2_3_b.zip", submission())))
    assert [type(member) for member in members_of(path)] == [Refused, Member]
