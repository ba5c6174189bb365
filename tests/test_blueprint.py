"""The tests before and after the course: how forms are drawn, and what their blueprint refuses."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindbody import blueprint
from mindbody.checks import Placed
from mindbody.curriculum import AuthoringError, load
from mindbody.model import FORMS, LEVELS, Assignment, Domain, Item, TestBlueprint
from mindbody.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parent.parent
TESTS = "exercises/tests.yaml"
BANK = "exercises/bank/tests.yaml"
KEYS = "exercises/keys/tests.yaml"
COURSE = "exercises/course.yaml"
NAMES = ("pre-test", "post-test", "delayed-test")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what an author writes to a scratch project."""
    for folder in ("assets", "exercises", "chapters"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("source", "release"))
    return tmp_path


@pytest.fixture
def mistake(project: Path) -> Callable[..., str]:
    """Return a function that edits one file and gives the problems that reading it then reports."""

    def make(file: str, old: str, new: str) -> str:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(AuthoringError) as caught:
            load(project)
        return str(caught.value)

    return make


def line_of(project: Path, file: str, text: str) -> int:
    lines = (project / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


# What is drawn


def test_each_test_has_twenty_items_in_the_shares_of_the_blueprint(curriculum):
    wanted = {"safety": 4, "science": 5, "dynamic": 4, "formulation": 5, "conversation": 2}
    for name in NAMES:
        items = curriculum.taught[name].items
        domains = Counter(curriculum.tests.families[item.id.rpartition("-")[0]] for item in items)
        assert domains == wanted
        assert sum(item.form.points for item in items) == 20


def test_at_least_half_of_each_test_is_application_or_higher(curriculum):
    for name in NAMES:
        high = [
            item for item in curriculum.taught[name].items if LEVELS.index(item.form.level) >= LEVELS.index("apply")
        ]
        assert len(high) >= 10


def test_no_two_tests_share_an_item_and_siblings_ask_for_the_same(curriculum):
    shown = [{item.id for item in curriculum.taught[name].items} for name in NAMES]
    assert not (shown[0] & shown[1] | shown[0] & shown[2] | shown[1] & shown[2])
    for siblings in zip(*(curriculum.taught[name].items for name in NAMES), strict=True):
        assert len({(one.kind.name, one.form.level, one.form.objectives, one.form.points) for one in siblings}) == 1
        assert len({one.form.prompt + one.form.title for one in siblings}) == 3


def test_the_items_of_a_test_are_graded_and_carry_the_tests_name(curriculum):
    for name in NAMES:
        for item in curriculum.taught[name].items:
            assert item.full_id == f"{name}/{item.id}"
            assert item.form.mode == "graded"
            assert item.key is not None


def test_the_pool_itself_is_in_no_course(curriculum):
    assert "tests" not in curriculum.assignments


def test_safety_items_are_marked_and_some_ask_how_sure_one_is(curriculum):
    items = curriculum.taught["pre-test"].items
    assert {item.id for item in items if item.form.safety} == {"flags-a", "route-a", "board-a", "asking-a"}
    assert sum(item.form.confidence for item in items) >= 20 / 3 - 1


def test_a_course_may_sit_the_forms_in_another_order(project):
    with (project / COURSE).open("a", encoding="utf-8") as file:
        file.write("forms: {pre-test: b, post-test: c, delayed-test: a}\n")
    taught = load(project).taught
    forms = {name: {item.id[-1] for item in taught[name].items} for name in NAMES}
    assert forms == {"pre-test": {"b"}, "post-test": {"c"}, "delayed-test": {"a"}}


def test_without_the_keys_the_tests_are_still_there(project):
    shutil.rmtree(project / "exercises" / "keys")
    assert [item.key for item in load(project).taught["pre-test"].items] == [None] * 20


def test_the_right_option_stands_in_no_favourite_place_and_is_not_the_longest_one():
    """It cannot see whether an option is plausible; that is for readers."""
    items = {item["id"]: item for item in read_yaml(ROOT / BANK, ROOT).data["items"]}
    keys = read_yaml(ROOT / KEYS, ROOT).data["items"]
    choices = {name: item["options"] for name, item in items.items() if item["kind"] == "choice"}
    places = Counter(keys[name]["right"] for name in choices)
    assert max(places.values()) <= len(choices) * 0.4
    longest = [
        name
        for name, options in choices.items()
        if max(options, key=lambda key: len(options[key])) == keys[name]["right"]
    ]
    assert len(longest) <= len(choices) * 0.4
    for name, options in choices.items():
        lengths = [len(text) for text in options.values()]
        assert max(lengths) <= 1.3 * min(lengths), name


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=7),
    st.integers(1, 60),
)
def test_the_cells_of_any_blueprint_add_up_to_its_length_and_miss_a_share_by_less_than_one(weights, length):
    domains = {f"d{at}": Domain(title="D", share=weight / sum(weights)) for at, weight in enumerate(weights)}
    plan = TestBlueprint(
        length=length, at_apply_or_higher=0, delay_weeks=6, minutes=30, domains=domains, tests={}, families={}
    )
    counts = blueprint.cells(plan)
    assert sum(counts.values()) == length
    assert all(abs(counts[name] - domain.share * length) < 1 for name, domain in domains.items())


# What is refused


@pytest.fixture
def check(curriculum) -> Callable[..., list[str]]:
    """Return a function that checks the project's blueprint and pool with something about them changed."""
    bank, plan = read_yaml(ROOT / BANK, ROOT), read_yaml(ROOT / TESTS, ROOT)
    every = {item.id: item for name in NAMES for item in curriculum.taught[name].items}
    items = [replace(every[data["id"]], assignment="tests") for data in bank.data["items"]]

    def found(change: Callable[[Item], Item | None] = lambda item: item, **fields: object) -> list[str]:
        placed = {item.full_id: Placed(item, bank, ("items", at)) for at, item in enumerate(items)}
        placed = {name: Placed(new, *one[1:]) for name, one in placed.items() if (new := change(one.item))}
        pool = Assignment("tests", "Pool", None, None, tuple(one.item for one in placed.values()))
        changed = curriculum.tests.model_copy(update=fields)
        return [str(one) for one in blueprint.check(plan, changed, curriculum.course, pool, placed)]

    return found


def changed(name: str, **fields: object) -> Callable[[Item], Item]:
    def change(item: Item) -> Item:
        return replace(item, form=item.form.model_copy(update=fields)) if item.id.startswith(name) else item

    return change


def test_the_projects_own_blueprint_has_no_mistake(check):
    assert check() == []


def test_a_cell_that_cannot_be_filled_is_named_with_what_to_do(curriculum, check):
    families = {name: domain for name, domain in curriculum.tests.families.items() if name != "flags"}
    said = check(families=families)
    line = line_of(ROOT, TESTS, "safety: {title")
    assert any(
        one.startswith(f'{TESTS}:{line}: domain "safety" needs 4 families and has 3: write three siblings more')
        for one in said
    )
    item = line_of(ROOT, BANK, "- id: flags-b")
    assert f'{BANK}:{item}: "flags-b" belongs to no family of {TESTS}: name its family there' in said


def test_a_family_that_lacks_a_sibling_is_a_mistake(check):
    line = line_of(ROOT, TESTS, "route: safety")
    said = check(lambda item: None if item.id == "route-c" else item)
    assert f'{TESTS}:{line}: family "route" has no route-c in {BANK}: write it' in said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "number", "has kind choice, this has number"),
        ("level", "remember", "has level apply, this has remember"),
        ("objectives", ("med-3",), "has objectives med-2, this has med-3"),
        ("points", 2, "has points 1, this has 2"),
        ("confidence", False, "has confidence True, this has False"),
        ("safety", False, "has safety True, this has False"),
    ],
    ids=["kind", "level", "objectives", "points", "confidence", "safety"],
)
def test_siblings_that_differ_are_a_mistake(check, field, value, said):
    line = line_of(ROOT, BANK, "- id: route-b")
    found = check(changed("route-b", **{field: value}))
    assert f"{BANK}:{line}: its sibling route-a {said}: make them the same" in found


def test_shares_that_are_not_a_whole_are_a_mistake(curriculum, check):
    more = curriculum.tests.domains | {"conversation": Domain(title="Conversation", share=0.15)}
    line = line_of(ROOT, TESTS, "domains:")
    assert f"{TESTS}:{line}: the shares add up to 1.05, not 1: mend one" in check(domains=more)


def test_a_domain_that_weighs_more_than_its_share_is_a_mistake(check):
    said = " ".join(check(changed("reply-", points=3)))
    assert '"pre-test" gives domain "conversation" 18% of its points and the blueprint says 10%' in said


def test_too_few_items_at_apply_are_a_mistake(check):
    said = " ".join(check(at_apply_or_higher=1))
    assert '"post-test" has 95% of its items at apply or higher and the blueprint says at least 100%' in said


def test_an_item_on_safety_that_does_not_say_so_is_a_mistake(check):
    said = check(changed("board-", safety=False))
    assert len([one for one in said if "the item is in the domain safety: add `safety: true`" in one]) == 3


def test_two_tests_of_one_form_are_a_mistake(curriculum, check):
    same = curriculum.tests.tests["post-test"].model_copy(update={"form": "a"})
    line = line_of(ROOT, TESTS, "post-test: {title")
    said = check(tests=curriculum.tests.tests | {"post-test": same})
    assert (
        f'{TESTS}:{line}: "pre-test" and "post-test" both use form a: give each its own, nobody meets an'
        in " ".join(said)
    )


def test_an_order_of_forms_for_a_test_that_is_not_there_is_a_mistake(mistake, project):
    text = (project / COURSE).read_text(encoding="utf-8")
    said = mistake(COURSE, text, text + "forms: {mid-test: b}\n")
    assert f'{COURSE} gives "mid-test" a form, and the tests are pre-test, post-test, delayed-test' in said


def test_a_page_of_a_test_needs_its_items_and_its_panel(mistake):
    page = "chapters/tests/post-test.md"
    said = mistake(page, "{test-items} post-test", "{test-items} pre-test")
    assert f"{page}:1: the page has no {{test-items}} post-test: add it" in said


def test_a_second_pool_is_a_mistake(project, mistake):
    text = (project / BANK).read_text(encoding="utf-8").replace("assignment: tests", "assignment: zests")
    (project / "exercises/bank/zests.yaml").write_text(text, encoding="utf-8")
    said = mistake(TESTS, "length: 20", "length: 20 ")
    assert f"exercises/bank/zests.yaml:6: {BANK} is the pool already: put these items there" in said


# Copies


def test_an_item_met_in_a_chapter_may_not_come_back_in_a_test_word_for_word(mistake, project):
    """Ten words in a row are a copy; it is told with the item that has them too."""
    prompt = next(
        item["prompt"]
        for item in read_yaml(ROOT / "exercises/bank/02-medicine.yaml", ROOT).data["items"]
        if item["id"] == "warm-chest-pain"
    )
    copied = " ".join(prompt.split()[:14])
    old = "His physician's surgery shuts at six. What do you do?"
    said = mistake(BANK, old, f"{old} {copied}")
    line = line_of(project, BANK, "- id: route-a")
    assert f"{BANK}:{line}: “" in said
    assert "also stands in 02-medicine/warm-chest-pain, which is met in the course: reword it" in said


def test_a_case_of_the_course_may_not_come_back_in_a_test(mistake, project):
    said = mistake(BANK, "case: l-station", "case: l-corners")
    line = line_of(project, BANK, "- id: corner-a")
    assert f'{BANK}:{line}: the case "l-corners" is also used by' in said


def copies(curriculum, item, original) -> list[str]:
    pool = replace(curriculum.taught["pre-test"], id="tests", items=(item,))
    source = read_yaml(ROOT / BANK, ROOT)
    placed = {one.full_id: Placed(one, source, ("items", 0)) for one in (item, original)}
    return [str(problem) for problem in blueprint.check_copies(pool, placed, curriculum.cases)]


def test_an_item_with_every_eighth_word_changed_is_a_near_copy(curriculum):
    original = curriculum.item("12-assessment/g-update")

    def altered(text: str) -> str:
        return " ".join("otherwise" if at % 8 == 7 else word for at, word in enumerate(text.split(), 1))

    options = {name: altered(text) for name, text in original.form.options.items()}
    form = original.form.model_copy(
        update={"id": "copied-a", "prompt": altered(original.form.prompt), "options": options}
    )
    item = replace(original, id="copied-a", assignment="tests", form=form)
    [said] = copies(curriculum, item, original)
    assert "of its runs of three words stand in 12-assessment/g-update: a test asks about something else" in said


def test_an_item_about_another_patient_in_other_words_is_no_copy(curriculum):
    item = replace(curriculum.item("pre-test/update-a"), assignment="tests")
    assert copies(curriculum, item, curriculum.item("12-assessment/g-update")) == []


def test_every_form_has_a_sibling_in_every_family(curriculum):
    for form, name in zip(FORMS, NAMES, strict=True):
        assert [item.id for item in curriculum.taught[name].items] == [
            f"{one}-{form}" for one in curriculum.tests.families
        ]
