"""The Sphinx extension, on the book as built."""

import gzip
import json
import re

import pytest

from mindbody.book.build import _forget_stale_cells
from mindbody.book.fill import exercise_html
from mindbody.book.page import PARTS, embed, footer
from mindbody.curriculum import Course, public_spec
from mindbody.items import KINDS

CONFLICT = "chapters/part3-depth/07-triangle-of-conflict"


@pytest.fixture(scope="module")
def conflict(built_book) -> str:
    return (built_book / f"{CONFLICT}.html").read_text(encoding="utf-8")


def test_every_exercise_of_a_chapter_stands_in_its_page_with_its_data(conflict, curriculum):
    shown = re.findall(r'data-mindbody="([^"]+)"', conflict)
    assert {item.full_id for item in curriculum.assignments["07-conflict"].items} <= set(shown)
    specs = re.findall(r'class="mindbody-spec">(.*?)</script>', conflict)
    assert all(json.loads(spec) for spec in specs)


def test_links_in_an_exercise_lead_out_of_the_chapters_folder(conflict):
    assert "%ROOT%" not in conflict
    assert "../../chapters/bibliography.html#ref-" in conflict


def test_no_page_loads_require_or_a_widget_manager(built_book):
    for path in built_book.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "require.js" not in text, path
        assert "html-manager" not in text, path
        assert "application/vnd.jupyter.widget" not in text, path


def test_the_icons_are_our_subset(built_book):
    assert (built_book / "_static" / "scripts" / "fontawesome.js").stat().st_size < 100_000


def test_review_state_words_and_reading_time_stand_under_the_title(conflict):
    assert re.search(r"About \d+ minutes to read \([\d,]+ words\).*not yet reviewed outside the team", conflict)


def test_a_case_says_that_it_is_invented_and_how_far_its_key_is_reviewed(conflict, curriculum):
    """In the static page here, and in the live one, which shows the same field of the data."""
    state = "Fictional composite. Key: authors\u2019 proposal, review pending (22 November 2026)."
    assert f"<em>{state}</em>" in conflict
    assert public_spec(curriculum, curriculum.item("07-conflict/c1-corners"))["view"]["case"]["state"] == state


def test_objectives_link_to_the_exercises_that_assess_them(conflict):
    links = set(re.findall(r'href="#(ex-[^"]+)"', conflict))
    assert links
    assert all(f'id="{link}"' in conflict for link in links)


def test_what_stands_in_a_script_cannot_end_it():
    assert "</script" not in embed({"a": "</script><script>alert(1)</script>"})


def test_the_footer_names_the_crisis_line_and_the_instructor_of_the_course():
    course = Course.model_validate(
        {"course": "c", "title": "T", "crisis": "Ring <1>", "instructor": {"name": "Dr A", "email": "a@b.org"}}
    )
    assert "Ring &lt;1&gt;" in footer(course)
    assert 'href="mailto:a@b.org">Dr A</a>' in footer(course)
    assert "mailto" not in footer(course.model_copy(update={"instructor": course.instructor.model_validate({})}))


def test_every_page_carries_the_footer(built_book):
    pages = list((built_book / "chapters").rglob("*.html"))
    assert len(pages) >= 6
    assert all("In danger now?" in path.read_text(encoding="utf-8") for path in pages)


def test_a_re_take_is_folded_away(curriculum):
    shown = exercise_html(curriculum, curriculum.item("02-medicine/g-peter-retake"))
    assert "Re-take: only if your instructor has asked for it" in shown


def test_cells_are_executed_anew_when_what_they_draw_from_changed(tmp_path):
    root, build = tmp_path / "root", tmp_path / "_build"
    (root / "assets").mkdir(parents=True)
    (root / "assets" / "a.csv").write_text("1", encoding="utf-8")
    cache = build / ".jupyter_cache"
    for change, kept in (("1", False), ("1", True), ("2", False)):
        cache.mkdir(parents=True, exist_ok=True)
        (root / "assets" / "a.csv").write_text(change, encoding="utf-8")
        _forget_stale_cells(root, build)
        assert cache.exists() is kept


def test_what_a_chapter_loads_for_its_exercises_weighs_no_more_than_45_kilobytes(built_book):
    weighed = {}
    for path in sorted((built_book / "chapters").glob("*/*.html")):
        text = path.read_text(encoding="utf-8")
        files = set(re.findall(r"_static/(page\.js|mindbody\.css|parts/[a-z]+\.(?:js|css))", text))
        weighed[path.name] = sum(len(gzip.compress((built_book / "_static" / file).read_bytes(), 9)) for file in files)
    assert max(weighed.values()) <= 45_000, weighed
    assert min(weighed.values()) > 25_000, weighed


def test_a_page_loads_the_parts_of_its_kinds_and_no_others(built_book, conflict):
    assert set(re.findall(r"_static/parts/([a-z]+)\.js", conflict)) == {"placement"}
    assert "_static/parts/" not in (built_book / "chapters" / "glossary.html").read_text(encoding="utf-8")


def test_every_kind_is_in_the_page_s_own_script_or_in_one_part():
    parts = json.loads(PARTS.read_text(encoding="utf-8"))
    apart = [kind for part in parts.values() for kind in part["kinds"]]
    core = re.findall(
        r'register\("([a-z-]+)"', (PARTS.parent / "src" / "kinds" / "core.js").read_text(encoding="utf-8")
    )
    assert sorted([*apart, *core]) == sorted(KINDS)
