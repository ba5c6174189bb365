"""The tests before and after the course: their forms, drawn from a pool by a blueprint of domains and shares.

``exercises/tests.yaml`` says how long a test is and what share each domain has; the pool, a bank file with
``pool: true``, holds families of three siblings, one for each of the forms a, b and c. Siblings ask for the same thing
in the same way of other patients, so that a form differs from the next in its wording and as little as possible else.

No item of the pool is met elsewhere. An item counts as a near-copy of another when it repeats `COPIED_RUN` words in a
row of it, or when more than `COPIED_SHARE` of its own runs of three words stand in the other, or when both show one
case. Wording that two siblings share is no copy: nobody sits two forms on one day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from mindbody.checks import Placed, strings_of
from mindbody.items import Case
from mindbody.model import FORMS, LEVELS, Assignment, Course, Item, TestBlueprint
from mindbody.yamlfile import Problem, Source

COPIED_RUN = 10
"""Words in a row; shorter runs are lead-ins such as "put each statement on its rung, as it is said"."""

COPIED_SHARE = 0.3
_THREE = 3
_APPLY = LEVELS.index("apply")


def cells(blueprint: TestBlueprint) -> dict[str, int]:
    """Return how many items each domain gives to a form.

    The shares of the length, rounded by the largest remainder, so that they add up to the length.
    """
    exact = {name: domain.share * blueprint.length for name, domain in blueprint.domains.items()}
    counts = {name: int(wanted + 1e-9) for name, wanted in exact.items()}
    left = blueprint.length - sum(counts.values())
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    return counts | {name: counts[name] + 1 for name in by_remainder[: max(0, left)]}


def families(blueprint: TestBlueprint) -> list[str]:
    """Return the families that a form is made of, in the order of its items."""
    left = cells(blueprint)
    chosen = []
    for name, domain in blueprint.families.items():
        if left.get(domain, 0) > 0:
            left[domain] -= 1
            chosen.append(name)
    return chosen


def forms(blueprint: TestBlueprint, course: Course) -> dict[str, str]:
    """Return which form each test uses: the blueprint's, unless the course has another order."""
    return {name: course.forms.get(name, test.form) for name, test in blueprint.tests.items()}


def draw(blueprint: TestBlueprint, course: Course, pool: Assignment) -> dict[str, Assignment]:
    """Make the assignments of the tests.

    Returns
    -------
    dict
        Test -> its assignment: of each family that the blueprint calls for, the sibling of the test's form. The
        items keep their ids, so that an answer says which form it belongs to.
    """
    items = {item.id: item for item in pool.items}
    drawn = {}
    for name, form in forms(blueprint, course).items():
        test = blueprint.tests[name]
        siblings = [items[f"{family}-{form}"] for family in families(blueprint) if f"{family}-{form}" in items]
        own = tuple(replace(item, assignment=name) for item in siblings)
        drawn[name] = Assignment(name, test.title, None, None, own, page=test.page)
    return drawn


def check(
    source: Source, blueprint: TestBlueprint, course: Course, pool: Assignment, placed: Mapping[str, Placed]
) -> Iterator[Problem]:
    """Look for cells that cannot be filled, families whose siblings differ, and forms that miss the blueprint."""
    yield from _check_shares(source, blueprint)
    yield from _check_families(source, blueprint, pool, placed)
    yield from _check_forms(source, blueprint, course)
    for name, wanted in cells(blueprint).items():
        have = sum(domain == name for domain in blueprint.families.values())
        if have < wanted:
            message = (
                f'domain "{name}" needs {wanted} families and has {have}: write three siblings more into the pool and'
                " name their family here"
            )
            yield source.problem(("domains", name), message)
    for test in draw(blueprint, course, pool).values():
        yield from _check_form(source, blueprint, test)


def check_copies(pool: Assignment, placed: Mapping[str, Placed], cases: Mapping[str, Case]) -> Iterator[Problem]:
    """Look for items of the pool that repeat an item of a chapter, of a guide or of the capstone."""
    others = [one for one in placed.values() if one.item.assignment != pool.id]
    texts = {one.item.full_id: _words(one.item, cases) for one in others}
    runs = {run: name for name, words in texts.items() for run in _runs(words, COPIED_RUN)}
    threes = {name: set(_runs(words, _THREE)) for name, words in texts.items()}
    used = {case: one.item.full_id for one in others for case in cases_of(one.item)}
    for item in pool.items:
        _, bank, at = placed[item.full_id]
        words = _words(item, cases)
        for run in _runs(words, COPIED_RUN):
            if run in runs:
                message = f"“{' '.join(run)}” also stands in {runs[run]}, which is met in the course: reword it"
                yield bank.problem((*at, "id"), message)
                break
        own = set(_runs(words, _THREE))
        for name, theirs in threes.items():
            if own and len(own & theirs) > COPIED_SHARE * len(own):
                share = round(100 * len(own & theirs) / len(own))
                message = f"{share} % of its runs of three words stand in {name}: a test asks about something else"
                yield bank.problem((*at, "id"), message)
        for case in cases_of(item):
            if case in used:
                message = f'the case "{case}" is also used by {used[case]}: a test has patients of its own'
                yield bank.problem((*at, "id"), message)


def cases_of(item: Item) -> tuple[str, ...]:
    """Return the cases that an item shows."""
    case = getattr(item.form, "case", None)
    return (case,) if case else tuple(getattr(item.form, "patients", ()))


def _check_shares(source: Source, blueprint: TestBlueprint) -> Iterator[Problem]:
    total = sum(domain.share for domain in blueprint.domains.values())
    if abs(total - 1) > 1e-6:
        yield source.problem(("domains",), f"the shares add up to {total:g}, not 1: mend one")


def _check_families(
    source: Source, blueprint: TestBlueprint, pool: Assignment, placed: Mapping[str, Placed]
) -> Iterator[Problem]:
    items = {item.id: item for item in pool.items}
    for name, domain in blueprint.families.items():
        if domain not in blueprint.domains:
            known = ", ".join(blueprint.domains)
            yield source.problem(("families", name), f'there is no domain "{domain}" (there are {known})')
        siblings = [items.pop(f"{name}-{form}", None) for form in FORMS]
        missing = [f"{name}-{form}" for form, item in zip(FORMS, siblings, strict=True) if item is None]
        if missing:
            message = f'family "{name}" has no {", ".join(missing)} in exercises/bank/{pool.id}.yaml: write it'
            yield source.problem(("families", name), message)
        written = [item for item in siblings if item]
        for item in written[1:]:
            yield from _check_siblings(written[0], item, placed)
        for item in written:
            if domain == "safety" and not item.form.safety:
                _, bank, at = placed[item.full_id]
                yield bank.problem((*at, "id"), "the item is in the domain safety: add `safety: true`")
    for name, item in items.items():
        _, bank, at = placed[item.full_id]
        yield bank.problem((*at, "id"), f'"{name}" belongs to no family of {source.name}: name its family there')


def _check_siblings(first: Item, item: Item, placed: Mapping[str, Placed]) -> Iterator[Problem]:
    _, bank, at = placed[item.full_id]
    for field in ("kind", "mode", "objectives", "level", "points", "safety", "confidence"):
        one, other = getattr(first.form, field), getattr(item.form, field)
        if one != other:
            message = f"its sibling {first.id} has {field} {_said(one)}, this has {_said(other)}: make them the same"
            yield bank.problem((*at, "id"), message)
    if item.form.mode != "graded":
        yield bank.problem((*at, "mode"), "an item of a test is graded: its key stands in exercises/keys")


def _check_forms(source: Source, blueprint: TestBlueprint, course: Course) -> Iterator[Problem]:
    for name in set(course.forms) - set(blueprint.tests):
        known = ", ".join(blueprint.tests)
        yield source.problem(("tests",), f'exercises/course.yaml gives "{name}" a form, and the tests are {known}')
    first: dict[str, str] = {}
    for name, form in forms(blueprint, course).items():
        if (other := first.setdefault(form, name)) != name:
            message = f'"{other}" and "{name}" both use form {form}: give each its own, nobody meets an item twice'
            yield source.problem(("tests", name), message)


def _check_form(source: Source, blueprint: TestBlueprint, test: Assignment) -> Iterator[Problem]:
    points = {item.id.rpartition("-")[0]: float(item.form.points) for item in test.items}
    total = sum(points.values())
    if not total:
        return
    for name, domain in blueprint.domains.items():
        have = sum(worth for family, worth in points.items() if blueprint.families[family] == name) / total
        if abs(have - domain.share) > 0.5 / blueprint.length:
            message = (
                f'"{test.id}" gives domain "{name}" {have:.0%} of its points and the blueprint says {domain.share:.0%}:'
                " mend points or shares"
            )
            yield source.problem(("domains", name), message)
    applied = sum(LEVELS.index(item.form.level) >= _APPLY for item in test.items) / len(test.items)
    if applied < blueprint.at_apply_or_higher:
        message = (
            f'"{test.id}" has {applied:.0%} of its items at apply or higher and the blueprint says at least'
            f" {blueprint.at_apply_or_higher:.0%}: raise the level of a family"
        )
        yield source.problem(("at_apply_or_higher",), message)


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, Collection) and not isinstance(value, str) else str(value)


def _words(item: Item, cases: Mapping[str, Case]) -> list[list[str]]:
    """Return the words of an item's public texts and of its cases, text by text, without roles and marks."""
    form = item.form.model_dump(exclude={"id", "kind", "mode", "level", "objectives", "section", "case", "patients"})
    shown = [text for case in cases_of(item) if case in cases for text in cases[case].excerpts.values()]
    texts = [*(text for _, text in strings_of(form)), *shown]
    return [re.sub(r"\{\S+?\}`[^`]*`|\W+", " ", text).lower().split() for text in texts]


def _runs(texts: Iterable[list[str]], length: int) -> Iterator[tuple[str, ...]]:
    for words in texts:
        yield from zip(*(words[start:] for start in range(length)), strict=False)
