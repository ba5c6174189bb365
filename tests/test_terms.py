"""The first use of a term of art in a chapter is a link to the glossary; mistakes name file, line and remedy."""

import pytest

from mindbody.pages import Page, read_pages
from mindbody.terms import Words, check_first_uses, entries, first_uses
from tests.conftest import ROOT

NAME = "chapters/part1-ground-rules/00-a.md"
GLOSSARY = Page(
    "chapters/glossary.md",
    "# Glossary\n\nHow words are used.\n\n```{glossary}\n:sorted:\n\nred flag\n  A sign.\n\npain\n  It hurts.\n\n"
    "primary pain\n  Of its own.\n\npersistent dizziness\nPPPD\n  A diagnosis.\n  On two lines.\n\n"
    "randomisation\n  Chance.\n```\n",
)
WORDS = Words(ordinary=("pain",), forms={"randomisation": ("randomised",)})


def said_of(text: str) -> list[str]:
    return [str(problem).partition(", or put")[0] for problem in first_uses(Page(NAME, text), entries(GLOSSARY), WORDS)]


def test_the_chapters_of_the_book_link_each_term_where_they_use_it_first():
    pages = read_pages(ROOT)
    chapters = [name for name in pages if name.startswith("chapters/part")]
    assert len(chapters) > 14
    assert not [str(problem) for problem in check_first_uses(ROOT, pages, chapters)]


def test_the_entries_of_a_glossary_are_its_heads_with_their_other_names():
    assert entries(GLOSSARY) == [
        ("red flag",),
        ("pain",),
        ("primary pain",),
        ("persistent dizziness", "PPPD"),
        ("randomisation",),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A red flag here.", "{term}`red flag`"),
        ("Two red flags.", "{term}`red flags <red flag>`"),
        ("Red\nflag.", "{term}`Red flag`"),
        ("Her PPPD.", "{term}`PPPD`"),
        ("They were randomised.", "{term}`randomised <randomisation>`"),
        ("**Primary pain** lasts.", "{term}`Primary pain`"),
    ],
)
def test_a_term_that_is_not_linked_is_named_with_its_line_and_the_role_to_write(text, role):
    word = role.removeprefix("{term}`").removesuffix("`").partition(" <")[0]
    assert said_of(f"# A\n\n{text}\n") == [f'{NAME}:3: "{word}" is used here first and not linked: write {role}']


@pytest.mark.parametrize(
    "text",
    [
        "A {term}`red flag`, and another red flag.",
        "Two {term}`red flags <red flag>`; a red flag is no test.",
        "{term}`Persistent dizziness`, or PPPD.",
        "Pain is pain.",
        "A red-flag list, and a flagged red.",
        "A pppd of no kind.",
    ],
)
def test_a_term_that_was_linked_first_or_an_ordinary_word_is_no_mistake(text):
    assert not said_of(f"# A\n\n{text}\n")


@pytest.mark.parametrize(
    "silent",
    [
        "## Red flags",
        "> A red flag, he said.",
        'She said, "It\'s a red\nflag."',
        "“A red flag”, she said.",
        "[red flags](02.md)",
        "`red flag`",
        "(red-flag)=",
        '```{code-cell} python\nprint("red flag")\n```',
        "{ref}`Red flag <med-red>`",
    ],
)
def test_what_is_no_running_text_is_passed_over_and_the_next_place_counts(silent):
    assert not said_of(f"# A\n\n{silent}\n\nThen a {{term}}`red flag`.\n")
    assert len(said_of(f"# A\n\n{silent}\n\nThen a red flag.\n")) == 1


def test_a_quotation_mark_that_is_never_closed_silences_no_more_than_its_paragraph():
    assert len(said_of('# A\n\nA 3" needle.\n\nA red flag, "so to speak".\n')) == 1


def test_a_longer_term_is_not_its_shorter_one():
    words = Words(ordinary=(), forms={})
    text = "# A\n\nThis {term}`primary pain` lasts; it is primary pain.\n"
    assert not list(first_uses(Page(NAME, text), entries(GLOSSARY), words))


def test_a_use_before_the_link_is_a_mistake():
    assert said_of("# A\n\nA red flag.\n\nA {term}`red flag`.\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("ordinary: [pane]\nforms: {}\n", '1: "pane" is not in chapters/glossary.md'),
        ("ordinary: []\nforms:\n  red flog: [flag]\n", '3: "red flog" is not in chapters/glossary.md'),
        ("ordinary: []\nform: {}\n", "Field required"),
    ],
)
def test_a_mistake_in_the_list_of_words_is_named_with_its_line(tmp_path, data, said):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "glossary.yaml").write_text(data, encoding="utf-8")
    found = [str(problem) for problem in check_first_uses(tmp_path, {"chapters/glossary": GLOSSARY}, [])]
    assert any(said in problem and "assets/glossary.yaml" in problem for problem in found)
