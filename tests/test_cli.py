"""The command line."""

import io
import os
import re
import shutil
import sys

import pytest

from mindbody import cli
from mindbody.cli import main
from tests.conftest import ROOT


def test_check_says_what_there_is(capsys):
    assert main(["check"]) == 0
    assert re.search(r"\d+ of 16 chapters ready.*no mistakes found", capsys.readouterr().out)


def test_check_names_every_mistake_and_fails(tmp_path, monkeypatch, capsys):
    for folder in ("assets", "exercises", "chapters"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    bank = tmp_path / "exercises" / "bank" / "07-conflict.yaml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("graded: 20", "graded: 21"), encoding="utf-8")
    monkeypatch.setenv("MINDBODY_ROOT", str(tmp_path))
    assert main(["check"]) == 1
    assert "exercises/bank/07-conflict.yaml" in capsys.readouterr().err
    assert main(["book"]) == 1
    assert "add up to 20 points, not 21" in capsys.readouterr().err


def test_serve_without_a_book_says_what_to_do(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "assets", tmp_path / "assets")
    monkeypatch.setenv("MINDBODY_ROOT", str(tmp_path))
    assert main(["serve"]) == 1
    assert "run `make book` first" in capsys.readouterr().err


def test_stale_schemas_are_named_and_written(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "assets", tmp_path / "assets")
    monkeypatch.setenv("MINDBODY_ROOT", str(tmp_path))
    (tmp_path / "assets" / "schemas" / "case.schema.json").write_text("{}", encoding="utf-8")
    assert main(["schema", "--check"]) == 1
    assert "case.schema.json" in capsys.readouterr().err
    assert main(["schema"]) == 0
    assert main(["schema", "--check"]) == 0


def test_help_names_every_verb(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    verbs = ("check", "spell", "book", "serve", "schema", "course", "collect", "mark", "feedback", "grades", "lab")
    assert all(verb in shown for verb in verbs)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "exercises/release"), "exercises/release: Permission denied: mend"),
        (OSError(28, "No space left on device"), "No space left on device: mend that"),
        (FileNotFoundError("no curriculum found: run this inside"), "no curriculum found: run this inside"),
    ],
)
def test_an_error_of_a_file_is_a_sentence(error, said, monkeypatch, capsys):
    monkeypatch.setitem(cli._VERBS, "check", _raising(error))
    assert main(["check"]) == 1
    assert capsys.readouterr().err.startswith(said)


def test_ctrl_c_is_a_sentence(monkeypatch, capsys):
    monkeypatch.setitem(cli._VERBS, "check", _raising(KeyboardInterrupt()))
    assert main(["check"]) == 130
    assert "run the same command again" in capsys.readouterr().err.casefold()


def _raising(error):
    def verb(_chosen):
        raise error

    return verb


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_name_that_the_terminal_has_no_letters_for_stops_nothing(encoding, monkeypatch):
    """On Windows what is sent to a file is in the old encoding of the system, which lacks U+FFFD."""
    said = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setitem(cli._VERBS, "check", lambda _chosen: print("\ufffd\u674e.zip: refused") or 0)
    assert main(["check"]) == 0
    said.flush()
    assert said.buffer.getvalue() == b"\\ufffd\\u674e.zip: refused" + os.linesep.encode()
