"""Reading YAML that people write."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody.yamlfile import AuthoringError, read_yaml


@pytest.fixture
def read(tmp_path):
    def from_text(text: str | bytes):
        path = tmp_path / "a.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_yaml(path, tmp_path)

    return from_text


def test_every_value_knows_its_line(read):
    source = read("a: 1\nb:\n  - x\n  - y: 2\n")
    assert source.line(("b", 1, "y")) == 4
    assert source.line(("b", 1, "not there")) == 4


def test_keys_are_strings_whatever_yaml_makes_of_them(read):
    assert read("7: a\nno: b\n11@feeling: c\n").data == {"7": "a", "no": "b", "11@feeling": "c"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", 'a.yaml:2: "a" stands twice in one place'),
        ("a: b: c\n", "a.yaml:1: mapping values are not allowed here: check the indentation"),
        (b"a: \xff\n", "a.yaml:1: not UTF-8"),
        ("a: [1\n", "a.yaml:2: "),
        ("a: !!python/object:os.system {}\n", ""),
        ("when: 2026-13-45\n", "cannot be read: put it in quotes"),
        ("a: \x07\n", "a.yaml:1: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_with_its_line(read, text, said):
    if not said:
        assert read(text).data == {"a": {}}
        return
    with pytest.raises(AuthoringError, match=r"a\.yaml") as caught:
        read(text)
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(AuthoringError, match=r"b\.yaml:1: the file does not exist"):
        read_yaml(tmp_path / "b.yaml", tmp_path)


@given(text=st.text(alphabet="ab:-[]{}#&*!|>'\"%@` \n0123456789", max_size=80))
def test_any_text_is_data_or_an_authoring_error(tmp_path_factory, text):
    path = Path(tmp_path_factory.getbasetemp()) / "any.yaml"
    path.write_text(text, encoding="utf-8")
    with suppress(AuthoringError):
        read_yaml(path, path.parent)
