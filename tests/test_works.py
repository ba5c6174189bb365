"""The bibliography by topic: every work has its place, its sentence and the way back to where it is cited."""

import re
from pathlib import Path

import pytest

from mindbody.bibliography import read_works
from mindbody.pages import Page, read_pages
from mindbody.works import PAGE, REFERENCES, check_works, cited_by, topics

ROOT = Path(__file__).resolve().parent.parent
LISTS = "# B\n\n```{works} pain\n```\n\n```{works} safety\n```\n"


@pytest.fixture
def said(tmp_path: Path):
    """Return a function that checks one entry with the fields given, and gives what is said of it."""

    def check(fields: str) -> list[str]:
        path = tmp_path / REFERENCES
        path.parent.mkdir()
        path.write_text(f"% a comment\n@book{{ann2020,\n  title = {{T}},\n  year = {{2020}}{fields}\n}}\n", "utf-8")
        return [str(one) for one in check_works(tmp_path, read_works(path), Page(f"{PAGE}.md", LISTS))]

    return check


def test_a_work_with_topic_and_sentence_is_in_order(said):
    assert said(",\n topic = {pain},\n annotation = {A review of 10 % of backs.}") == []


def test_a_work_without_a_topic_is_named_with_its_line_and_the_topics_there_are(said):
    assert said(",\n annotation = {A review.}") == [
        f'{REFERENCES}:2: work "ann2020": has no topic: write topic = {{...}}, one of pain, safety'
    ]


def test_a_topic_without_a_list_on_the_page_is_a_mistake(said):
    (line,) = said(",\n topic = {pian},\n annotation = {A review.}")
    assert 'topic "pian" is not on chapters/bibliography.md' in line


def test_a_work_without_a_sentence_is_a_mistake(said):
    (line,) = said(",\n topic = {pain}")
    assert 'work "ann2020" has no annotation: say in a sentence what it is' in line


def test_every_topic_of_the_page_has_a_work():
    works = read_works(ROOT / REFERENCES).values()
    assert set(topics(read_pages(ROOT)[PAGE])) == {work.topic for work in works}


def test_a_sentence_is_one_plain_line():
    """Whether it is true is for a person to say, with the notes on the work beside it."""
    for key, work in read_works(ROOT / REFERENCES).items():
        assert re.fullmatch(r"[^{}\\\n]{10,180}[.]", work.annotation), key


def test_a_work_is_cited_by_pages_and_by_the_exercises_they_show_but_not_by_graded_keys(curriculum, tmp_path):
    for folder, text in (("bank", "why: {cite:p}`two2020`"), ("keys", "why: {cite}`hidden2020`")):
        (tmp_path / "exercises" / folder).mkdir(parents=True)
        (tmp_path / "exercises" / folder / "02-medicine.yaml").write_text(text, "utf-8")
    pages = {"chapters/index": Page("chapters/index.md", "So {cite:p}`one2020,two2020` and {cite:t}`one2020`.")}
    assignments = {"02-medicine": curriculum.assignments["02-medicine"]}
    chapter = "chapters/part1-ground-rules/02-medicine-first"
    assert cited_by(tmp_path, pages, assignments) == {
        "one2020": ("chapters/index",),
        "two2020": ("chapters/index", chapter),
    }


def test_every_entry_is_on_the_built_page_once_and_links_back_to_where_it_is_cited(built_book, curriculum):
    page = (built_book / f"{PAGE}.html").read_text(encoding="utf-8")
    entries = re.findall(r'id="ref-([^"]+)"', page)
    assert sorted(entries) == sorted(curriculum.references)
    assert page.count('class="mindbody-annotation"') == len(entries)
    entry = page[page.index('id="ref-brinjikji2015asymptomatic"') :][:3000]
    assert "How common disc changes are in people without back pain" in entry
    assert re.search(r'href="part1-ground-rules/02-medicine-first.html"[^>]*>chapter 2</a>', entry)


def test_a_citation_in_a_chapter_leads_to_an_entry_of_the_built_page(built_book):
    chapter = (built_book / "chapters/part1-ground-rules/02-medicine-first.html").read_text(encoding="utf-8")
    page = (built_book / f"{PAGE}.html").read_text(encoding="utf-8")
    cited = set(re.findall(r'href="\.\./bibliography\.html#(ref-[^"]+)"', chapter))
    assert len(cited) > 5
    assert not {name for name in cited if f'id="{name}"' not in page}
