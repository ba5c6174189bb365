"""The command line."""

import re
import shutil

import pytest

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
