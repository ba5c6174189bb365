"""The answer file on disk."""

import json
import stat

import pytest

from mindbody.answers import FORMAT, AnswerFileError, read, write


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "answers.json"
    write(path, {"assignment": "07-conflict", "items": {"a": {"version": 1, "answer": {"atoms": []}}}})
    assert read(path)["items"]["a"]["version"] == 1
    assert read(path)["format"] == FORMAT


def test_a_missing_file_is_empty(tmp_path):
    assert read(tmp_path / "answers.json") == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": "other/1", "items": {}}', '{"format": "mindbody-answers/1"}']
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnswerFileError, match="nothing in it was changed"):
        read(path)
    assert path.read_text(encoding="utf-8") == content


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    path = tmp_path / "answers.json"
    write(path, {"items": {}})
    before = path.read_bytes()
    with pytest.raises(AnswerFileError, match="larger than 1 MB"):
        write(path, {"items": {"a": "x" * 1_100_000}})
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["answers.json"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(AnswerFileError, match="cannot be written"):
        write(tmp_path / "gone" / "answers.json", {"items": {}})


def test_others_can_read_the_file_so_that_an_exchange_can_copy_it(tmp_path):
    path = tmp_path / "answers.json"
    write(path, {"items": {}})
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert json.loads(path.read_text(encoding="utf-8"))
