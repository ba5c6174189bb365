"""Warm-ups: which items are drawn, and under which names."""

from dataclasses import replace

import pytest

from mindbody import warmup
from mindbody.model import Assignment, Chapter


@pytest.fixture
def chapters(curriculum) -> dict[int, Assignment]:
    """Seven chapters, each with items of its own, made from chapter 2's."""

    def chapter(number: int) -> Assignment:
        made = Chapter(number=number, code=f"c{number}", part=1, title="T", status="ready", objectives={})
        name = f"{number:02}-made"
        items = [replace(item, assignment=name) for item in curriculum.assignments["02-medicine"].items]
        return Assignment(name, "T", made, None, tuple(items))

    return {number: chapter(number) for number in range(1, 8)}


def sources(drawn) -> list[str]:
    return [item.id.removeprefix(warmup.PREFIX).partition("-made-")[0] for item in drawn]


def test_two_come_from_the_chapter_before_one_from_three_back_and_one_is_about_safety(chapters):
    drawn = warmup.draw(chapters[7], chapters.values())
    assert sources(drawn)[:3] == ["06", "06", "04"]
    assert drawn[3].form.safety
    assert len({item.id for item in drawn}) == 4


def test_a_warm_up_is_practice_of_this_chapter_with_the_key_of_the_item_it_repeats(chapters):
    for item in warmup.draw(chapters[7], chapters.values()):
        assert item.practice
        assert item.assignment == "07-made"
        assert item.key is not None
        assert item.form.id == item.id
        assert item.kind.name in warmup.KINDS
        assert item.form.gate is None


def test_the_draw_is_the_same_at_every_build_and_in_any_order(chapters):
    once = [item.id for item in warmup.draw(chapters[7], chapters.values())]
    again = [item.id for item in warmup.draw(chapters[7], reversed(list(chapters.values())))]
    assert once == again


def test_where_a_chapter_is_missing_the_nearest_before_it_steps_in(chapters):
    few = [chapters[number] for number in (2, 5)]
    assert sources(warmup.draw(chapters[7], few))[:3] == ["05", "05", "02"]


def test_later_chapters_and_the_chapter_itself_are_never_drawn_from(chapters):
    assert set(sources(warmup.draw(chapters[3], chapters.values()))) <= {"01", "02"}
    assert warmup.draw(chapters[1], chapters.values()) == ()


def test_no_item_stands_twice_in_a_warm_up(chapters):
    for number in range(2, 8):
        drawn = [item.id for item in warmup.draw(chapters[number], chapters.values())]
        assert len(set(drawn)) == len(drawn) == 4


def test_a_page_of_its_own_is_never_drawn_from(chapters):
    capstone = replace(chapters[6], id="capstone", chapter=None)
    assert sources(warmup.draw(chapters[7], [capstone, chapters[1]])) == ["01"] * 4
