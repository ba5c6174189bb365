"""Spelling, with planted mistakes; the dictionary is one of the front end's packages."""

import shutil
import time
from pathlib import Path

import pytest

from mindbody.cli import main
from mindbody.spelling import DICTIONARY, WORDS, check_spelling
from mindbody.yamlfile import AuthoringError
from tests.conftest import ROOT

PAGE = "chapters/part1-ground-rules/01-honest-words.md"
BANK = "exercises/bank/01-words.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what an author writes, a chapter of it, beside the installed dictionary."""
    for name in (PAGE, BANK, WORDS, "assets/references.bib"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / DICTIONARY).parent.mkdir(parents=True)
    (tmp_path / DICTIONARY).symlink_to(ROOT / DICTIONARY)
    return tmp_path


def plant(project: Path, name: str, old: str, new: str) -> tuple[int, list[str]]:
    """Plant a mistake; give the line it stands on and what is then said."""
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    at = text.count("\n", 0, text.index(old)) + 1
    return at, [str(problem) for problem in check_spelling(project)]


def test_the_whole_book_is_spelled_well_and_read_in_less_than_ten_seconds():
    start = time.process_time()
    assert not check_spelling(ROOT)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("word", ["receeve", "color", "nociplasctic"])
def test_an_unknown_word_of_a_page_is_named_with_its_line_and_the_remedy(project, word):
    at, said = plant(project, PAGE, "\n\nDelphine, 47", f"\n\nA {word} here. Delphine, 47")
    assert said == [f'{PAGE}:{at + 2}: "{word}" is in no dictionary: mend it or add it to {WORDS}']


def test_an_unknown_word_within_a_long_text_of_the_data_is_named_with_its_own_line(project):
    at, said = plant(
        project, BANK, "survey {cite:p}`stone2002offend` give you", "survy {cite:p}`stone2002offend` give you"
    )
    assert said == [f'{BANK}:{at}: "survy" is in no dictionary: mend it or add it to {WORDS}']


def test_alt_texts_are_read(project):
    _, said = plant(project, PAGE, 'alt: "On the left', 'alt: "On the leftt')
    assert len(said) == 1
    assert '"leftt" is in no dictionary' in said[0]


def test_codes_citations_addresses_and_abbreviations_are_not_spelled(project):
    skipped = (
        "{cite:p}`stone2002offend`",
        "`assets/xyzzy.csv`",
        "{term}`Defence <defenze>` and {excerpt}`zzz:1`",
        "[this](xyzzy.md)",
        "https://xyzzy.example",
        "MRI, MRIs and PPPD",
        "the 21st",
        "\n\n```yaml\nxyzzy: plugh\n```\n\n",
    )
    _, said = plant(project, PAGE, "\n\nDelphine, 47", f"\n\nHere {', then '.join(skipped)} it is. Delphine, 47")
    assert not said


def test_what_follows_a_role_is_read(project):
    _, said = plant(project, PAGE, "\n\nDelphine, 47", "\n\nA {term}`feeling` tteh {term}`defence`. Delphine, 47")
    assert ['"tteh"' in one for one in said] == [True]


def test_the_list_of_words_is_sorted_one_word_a_line(project):
    _, said = plant(project, WORDS, "Zofia\n", "Zofia\nAardvark\ntwo words\n")
    assert any('"Aardvark" stands out of order or twice: sort the list' in one for one in said)
    assert any('"two words" is not one word' in one for one in said)


def test_without_the_dictionary_the_remedy_is_said(project):
    (project / DICTIONARY).unlink()
    with pytest.raises(AuthoringError, match="the British dictionary is not installed: run `make frontend`"):
        check_spelling(project)


def test_the_command_fails_on_an_unknown_word(project, monkeypatch, capsys):
    (project / "assets" / "objectives.yaml").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("MINDBODY_ROOT", str(project))
    assert main(["spell"]) == 0
    plant(project, PAGE, "\n\nDelphine, 47", "\n\nAn unknownn word. Delphine, 47")
    assert main(["spell"]) == 1
    assert f'"unknownn" is in no dictionary: mend it or add it to {WORDS}' in capsys.readouterr().err
