"""Mistakes in the source of a page: each is named with its file, its line and what to do."""

import re

import pytest

from mindbody.curriculum import Curriculum
from mindbody.model import Plan
from mindbody.pages import FEWEST_WORDS, MOST_WORDS, Page, check_pages, glossary_terms, read_pages
from mindbody.text import Renderer
from mindbody.wording import check_page
from tests.conftest import ROOT

NAME = "chapters/part1-ground-rules/00-a.md"
RENDER = Renderer({"malan1995individual": "Malan 1995", "raja2020iasp": "Raja et al. 2020"}, {"c1": frozenset({"1"})})
GLOSSARY = Page("chapters/glossary.md", "```{glossary}\n:sorted:\n\nred flag\nflag\n  A sign.\n```\n")


def said_of(text: str, plan: Plan | None = None) -> list[str]:
    """Give what the checks say of a page with this text, beside a glossary."""
    pages = {"chapters/part1-ground-rules/00-a": Page(NAME, text), "chapters/glossary": GLOSSARY}
    found = check_pages(ROOT, pages, plan or Plan(parts=(), chapters=(), ideas={}), RENDER)
    return [str(problem) for problem in found]


def figure(options: str, call: str = "figures.route()") -> str:
    return f"# A\n\n```{{code-cell}} python\n:tags: [remove-input]\n{options}{call}\n```\n"


def ready(words: int, state: str = "1", objectives: str = "ori") -> tuple[str, Plan]:
    chapter = {
        "number": 1,
        "code": "ori",
        "part": 1,
        "title": "A",
        "status": "ready",
        "objectives": {},
        "file": "chapters/part1-ground-rules/00-a",
    }
    text = f"# A\n\n```{{chapter-state}} {state}\n```\n\n```{{objectives}} {objectives}\n```\n\n" + "word " * words
    return text, Plan.model_validate({"parts": [], "chapters": [chapter], "ideas": {}})


def test_the_books_own_pages_have_no_mistake(curriculum: Curriculum):
    found = check_pages(ROOT, read_pages(ROOT), curriculum.plan, curriculum.context.render)
    assert not list(found)


@pytest.mark.parametrize("keys", ["nobody2099", "malan1995individual,nobody2099", "malan1995individual, nobody2099"])
@pytest.mark.parametrize("role", ["cite:p", "cite:t"])
def test_every_key_of_a_citation_must_be_in_the_bibliography(role, keys):
    assert said_of(f"# A\n\nFirst.\n\nSo {{{role}}}`{keys}`.") == [
        f'{NAME}:5: "nobody2099" is not in assets/references.bib: mend the key or add the work'
    ]


def test_citations_that_resolve_are_no_mistake():
    assert not said_of("So {cite:p}`malan1995individual,raja2020iasp` and {cite:t}`raja2020iasp`.")


def test_a_citation_in_a_caption_must_be_in_the_bibliography():
    cell = figure(':mystnb: {image: {alt: "A."}, figure: {caption: "B {cite:p}`nobody2099`."}}\n')
    assert said_of(cell) == [f'{NAME}:3: "nobody2099" is not in assets/references.bib: mend the key or add the work']


def test_an_excerpt_must_be_in_its_case():
    assert said_of("# A\n\nHe says {excerpt}`c1:2`.") == [f"{NAME}:3: excerpt 2 is not in case c1 (it has 1-1)"]
    assert "write the case and the number" in said_of("He says {excerpt}`c9:1`.")[0]
    assert not said_of("He says {excerpt}`c1:1`.")


def test_there_are_four_badges():
    assert said_of("# A\n\nSo {badge}`proven`.") == [
        f'{NAME}:3: "proven" is no badge: use supported, mixed, contested or historical'
    ]


@pytest.mark.parametrize("role", ["{citep}`a`", "{cite:p} `malan1995individual`", "{excerptt}`c1:1`"])
def test_a_role_that_does_not_exist_is_named_with_those_that_do(role):
    said = said_of(f"So {role}.")
    assert len(said) == 1
    assert f"{NAME}:1: {role} is no role of this book (there are abbr, badge, cite" in said[0]


def test_what_stands_in_code_is_not_read():
    text = "Write `{cite:p}` and `](nowhere.md)`.\n\n```yaml\nprompt: {cite:p}`nobody2099`\n```\n"
    assert not said_of(text)


def test_a_reference_and_a_link_need_a_label_that_a_page_has():
    text = "(here)=\n# A\n\n{ref}`here`, {ref}`there`, {ref}`that <gone>`, [a](#here), [b](#lost).\n"
    assert said_of(text) == [
        f'{NAME}:4: no page has the label "there": mend it, or write (there)= above a heading',
        f'{NAME}:4: no page has the label "gone": mend it, or write (gone)= above a heading',
        f'{NAME}:4: no page has the label "lost": mend the link',
    ]


def test_a_label_stands_once_in_the_whole_book():
    pages = {"a": Page("chapters/a.md", "(x)=\n# A\n"), "b": Page("chapters/b.md", "# B\n\n(x)=\n## C\n")}
    said = [str(one) for one in check_pages(ROOT, pages, Plan(parts=(), chapters=(), ideas={}), RENDER)]
    assert said == ['chapters/b.md:3: the label "x" also stands in chapters/a.md: give one another name']


def test_a_relative_link_leads_to_a_file():
    assert said_of("# A\n\n[one](../nowhere.md), [two](https://example.org/nowhere.md)") == [
        f'{NAME}:3: "../nowhere.md" leads nowhere from this page: mend the link'
    ]
    assert not said_of("[one](../about.md)")


def test_a_term_is_in_the_glossary_even_where_a_line_breaks_within_it():
    assert not said_of("A {term}`red\nflag`, a {term}`Red flag`, {term}`signs <flag>`.")
    assert said_of("A\n{term}`red flagz`.") == [
        f'{NAME}:2: "red flagz" is not in chapters/glossary.md: add the term or mend it'
    ]


def test_every_term_of_the_glossary_is_read_with_its_other_names():
    assert glossary_terms({"chapters/glossary": GLOSSARY}) == {"red flag": "red flag", "flag": "flag"}


@pytest.mark.parametrize(
    "options",
    [
        "",
        ':mystnb: {figure: {caption: "B."}}\n',
        ':mystnb: {image: {alt: ""}, figure: {caption: "B."}}\n',
        ':mystnb: {image: {alt: "  "}, figure: {caption: "B."}}\n',
        '---\nmystnb:\n  image:\n    alt: ""\n  figure:\n    caption: "B."\n---\n',
    ],
)
def test_a_figure_says_in_words_what_it_shows(options):
    said = said_of(figure(options).replace(":tags: [remove-input]\n---", "---"))
    assert (
        f'{NAME}:3: the figure has no alt text: add :mystnb: {{image: {{alt: "what it shows"}}, ...}} to its cell'
        in said
    )


def test_a_figure_has_a_caption():
    assert said_of(figure(':mystnb: {image: {alt: "A."}}\n')) == [
        f'{NAME}:3: the figure has no caption: add :mystnb: {{..., figure: {{caption: "..."}}}} to its cell'
    ]


def test_figures_in_either_notation_with_both_are_no_mistake():
    assert not said_of(figure(':mystnb: {image: {alt: "A."}, figure: {caption: "B."}}\n'))
    block = '---\nmystnb:\n  image:\n    alt: "A."\n  figure:\n    caption: "B."\n---\n'
    assert not said_of(figure(block).replace(":tags: [remove-input]\n", ""))


def test_an_image_file_says_in_words_what_it_shows():
    assert said_of("# A\n\n![ ](../about.md)") == [
        f"{NAME}:3: the image ../about.md has no alt text: say in the brackets what it shows"
    ]
    assert said_of("```{figure} a.png\nA caption.\n```") == [
        f"{NAME}:1: the figure has no alt text: write `:alt:` and what it shows"
    ]


def test_a_ready_chapter_is_an_evenings_reading():
    assert not said_of(*ready(FEWEST_WORDS))
    assert not said_of(*ready(MOST_WORDS))
    short, long = said_of(*ready(FEWEST_WORDS - 1)), said_of(*ready(MOST_WORDS + 1))
    assert short == [f"{NAME}:1: the chapter has 1,999 words and should have 2,000 to 3,000: add what is missing"]
    assert long == [f"{NAME}:1: the chapter has 3,001 words and should have 2,000 to 3,000: shorten or divide it"]


def test_a_ready_chapter_shows_its_own_state_and_its_own_objectives():
    (state,) = said_of(*ready(FEWEST_WORDS, state="2"))
    (objectives,) = said_of(*ready(FEWEST_WORDS, objectives="med"))
    assert state.startswith(f"{NAME}:3: the page needs {{chapter-state}} 1, once: ")
    assert objectives.startswith(f"{NAME}:6: the page needs {{objectives}} ori, once: ")


def test_codes_headings_and_citations_are_no_words_and_captions_are():
    text = "(a)=\n# No\n\nOne two {cite:p}`malan1995individual`.\n\n- three [four](about.md)\n"
    assert Page(NAME, text).words == 4
    assert Page(NAME, text + "\n{term}`Seven flags <red flag>`\n").words == 6
    assert Page(NAME, text + figure(':mystnb: {image: {alt: "A."}, figure: {caption: "Five six."}}\n')).words == 6


def test_a_banned_phrase_may_stand_in_a_page_as_what_somebody_said_and_not_otherwise():
    allowed = '# A\n\n"It is all in your head," he said, and “just stress”. All in your hands.\n'
    assert not list(check_page(Page(NAME, allowed)))
    (said,) = check_page(Page(NAME, '# A\n\n"No," he said.\nIt is just stress.\n'))
    assert str(said).startswith(f'{NAME}:4: "just stress" may stand only inside quotation marks')


def test_the_words_a_page_states_are_the_words_that_were_checked(built_book):
    for name, page in read_pages(ROOT).items():
        if any(block.name == "chapter-state" for block in page.blocks):
            shown = (built_book / f"{name}.html").read_text(encoding="utf-8")
            assert f"({page.words:,} words)" in shown, name
            assert re.search(r"Review: \w[\w ]+ \(\d+ \w+ \d{4}\)", shown), name
