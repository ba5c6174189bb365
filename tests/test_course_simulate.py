"""Trainees who do not exist: the same from the same seed, of varied ability, and within every item's shape."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import correlation, mean
from typing import Any

import pytest

from mindbody.course.grading import Marked, Tables, mark_submission
from mindbody.course.reader import Submission, parse
from mindbody.course.simulate import Marker, Trainee, draw_class, hand_in, knows, level, model_sentences
from mindbody.curriculum import load
from tests.submissions import specs_of

DUE = datetime(2026, 11, 20, 18, tzinfo=UTC)
ASSIGNMENTS = ("02-medicine", "07-conflict")


@pytest.fixture(scope="module")
def course(made_project: Path) -> Path:
    return made_project / "exercises"


@pytest.fixture(scope="module")
def sentences(made_project: Path) -> Mapping[str, Any]:
    return model_sentences(load(made_project))


@pytest.fixture(scope="module")
def done(course: Path, sentences: Mapping[str, Any]) -> dict[tuple[str, str], tuple[Trainee, Submission, Marked]]:
    """Return (assignment, trainee) -> who, what and how good, of a class of sixty."""
    found = {}
    for assignment in ASSIGNMENTS:
        specs, tables = specs_of(course, assignment), Tables.read(course, assignment)
        for trainee in draw_class(60):
            data = hand_in(trainee, specs, tables, due=DUE, sentences=sentences)
            if data is not None:
                submission = parse(json.dumps(data).encode(), "answers.json")
                found[assignment, trainee.id] = (trainee, submission, mark_submission(submission, tables))
    return found


def share(marked: Marked) -> float:
    points, most = marked.graded
    return points / most


def test_the_same_seed_draws_the_same_class_and_the_same_answers(course: Path):
    specs, tables = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    one, other = (hand_in(draw_class(3, 5)[2], specs, tables, due=DUE, seed=5) for _ in range(2))
    assert one == other
    assert draw_class(3, 5) == draw_class(30, 5)[:3]
    assert draw_class(3, 5) != draw_class(3, 6)


def test_no_two_trainees_of_a_large_class_share_an_id_or_a_name():
    trainees = draw_class(1000)
    assert len({trainee.id for trainee in trainees}) == len({trainee.name for trainee in trainees}) == 1000


def test_every_answer_keeps_to_the_shape_of_its_item(done: Any):
    refused = [item.refused for _, _, marked in done.values() for item in marked.items.values() if item.refused]
    assert not refused


def test_the_able_earn_more(done: Any):
    found = [(trainee.ability, share(marked)) for trainee, _, marked in done.values()]
    assert correlation(*zip(*found, strict=True)) > 0.5
    assert 0.4 < mean(points for _, points in found) < 0.9


def test_some_hand_in_nothing_and_some_leave_exercises_open(done: Any):
    assert 100 < len(done) < 120
    assert 0 < sum(bool(marked.open()) for _, _, marked in done.values()) < len(done)


def test_a_few_fail_a_graded_gate_and_most_pass(done: Any):
    passed = [gate.passed for _, _, marked in done.values() for gate in marked.gates if not gate.practice]
    assert 0.02 < passed.count(False) / len(passed) < 0.35


def test_the_overconfident_are_surer_than_they_are_right(done: Any):
    gaps = {}
    for trainee, submission, marked in done.values():
        sure = [
            (item.first.confidence, marked.items[name].first.points == marked.items[name].max)
            for name, item in submission.items.items()
            if item.first and item.first.confidence is not None and marked.items[name].first
        ]
        gaps.setdefault(trainee, []).extend(confidence - 100 * right for confidence, right in sure)
    listed = [(trainee.overconfidence, mean(gap)) for trainee, gap in gaps.items() if gap]
    assert correlation(*zip(*listed, strict=True)) > 0.4


def test_times_go_forward_and_most_work_is_in_time(done: Any):
    late = 0
    for _, submission, _ in done.values():
        times = [state.at for item in submission.items.values() for state in (item.first, item.last)]
        assert times == sorted(times)
        late += submission.saved_at > DUE
    assert 0 < late < len(done) / 4


def test_last_answers_of_practice_are_better_than_first_ones(done: Any):
    items = [item for _, _, marked in done.values() for item in marked.items.values() if item.first and item.last]
    assert mean(item.last.points for item in items) > mean(item.first.points for item in items)


def test_wrong_options_attract_in_unequal_measure(course: Path):
    specs, tables = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    item = next(i for i in tables.items.values() if i.kind == "choice")
    chosen: dict[str, int] = {}
    for trainee in draw_class(400):
        data = hand_in(trainee, specs, tables, due=DUE)
        if data and item.id in data["items"]:
            (atom,) = data["items"][item.id]["first"]["answer"]["atoms"]
            chosen[atom] = chosen.get(atom, 0) + 1
    wrong = sorted(chosen.values())[:-1]
    assert max(wrong) > 1.5 * min(wrong)


def test_better_texts_hold_more_of_the_model_and_earn_higher_levels(done: Any, sentences: Mapping[str, Any]):
    held, levels = [], []
    for (assignment, _), (trainee, submission, _) in done.items():
        for name, item in submission.items.items():
            if model := sentences.get(f"{assignment}/{name}"):
                text = item.answer.texts.get("text", "")
                held.append(
                    (knows(trainee, assignment, name), sum(sentence in text for sentence in model) / len(model))
                )
                marker = Marker("first")
                levels.append((held[-1][1], level(trainee, marker, f"{assignment}/{name}", "A1", 3)))
    assert correlation(*zip(*held, strict=True)) > 0.3
    assert correlation(*zip(*levels, strict=True)) > 0.2


def test_two_markers_mostly_agree_and_the_severe_one_gives_less():
    mild, severe = Marker("one", severity=-0.2), Marker("two", severity=0.3)
    pairs = [tuple(level(trainee, marker, "x/y", "A1", 3) for marker in (mild, severe)) for trainee in draw_class(300)]
    assert mean(abs(one - other) <= 1 for one, other in pairs) > 0.9
    assert mean(one for one, _ in pairs) > mean(other for _, other in pairs)
    assert correlation(*zip(*pairs, strict=True)) > 0.5
