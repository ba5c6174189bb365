"""Reading the curriculum, and every mistake an author can make in it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mindbody.course.answering import best_answer, best_numbers
from mindbody.curriculum import AuthoringError, find_root, load, marking_table, page_of, public_spec, variants
from mindbody.marking import Answer, mark

ROOT = Path(__file__).resolve().parent.parent
CONFLICT = "exercises/bank/07-conflict.yaml"
MEDICINE = "exercises/bank/02-medicine.yaml"
WORDS = "exercises/bank/01-words.yaml"
CONFLICT_KEYS = "exercises/keys/07-conflict.yaml"
CHAPTER = "chapters/part3-depth/07-triangle-of-conflict.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy what an author writes to a scratch project."""
    for folder in ("assets", "exercises", "chapters"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("source", "release"))
    return tmp_path


@pytest.fixture
def mistake(project: Path) -> Callable[..., str]:
    """Return a function that edits one file and gives the problems that reading it then reports."""

    def make(file: str, old: str, new: str, count: int = 1) -> str:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, count), encoding="utf-8")
        with pytest.raises(AuthoringError) as caught:
            load(project)
        return str(caught.value)

    return make


def block(file: str, item: str) -> str:
    """Return the text of one item of a bank file."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^  - id: {item}\n.*?(?=^  - id: |^  # -|\Z)", text)
    assert found
    return found[0]


def line_of(project: Path, file: str, text: str) -> int:
    lines = (project / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_projects_own_curriculum_has_no_mistake(curriculum):
    assert len(curriculum.plan.chapters) == 16
    assert {"02-medicine", "07-conflict"} <= set(curriculum.taught)


def test_samples_for_maintainers_are_in_no_course_and_count_for_no_objective(curriculum, mistake):
    assert curriculum.item("kind-basics/select").form.objectives == ("dyn-3",)
    assert "kind-basics" not in curriculum.taught
    said = mistake(CONFLICT, "dyn-3", "dyn-2", 99)
    found = re.search(r'objective "dyn-3" needs two items of two kinds \(it has ([^)]*)', said)
    assert found
    assert "select (select)" not in found[1]


def test_a_sample_must_stand_on_the_page_of_samples(mistake):
    page = "chapters/guides/kinds-of-exercise.md"
    said = mistake(page, 'exercise("kind-basics/choice")', 'exercise("kind-basics/chioce")')
    assert 'there is no exercise "kind-basics/chioce": mend its id' in said
    assert f'no cell of {page} shows it: add exercise("kind-basics/choice")' in said


def test_two_samples_of_one_id_on_the_page_of_samples_are_a_mistake(mistake, project):
    file = "exercises/bank/kind-sort.yaml"
    said = mistake(file, "- id: avoidance", "- id: choice")
    line = line_of(project, file, "- id: choice")
    assert f'{file}:{line}: id "choice" is also that of kind-basics/choice, and both stand on' in said
    assert "give one another id" in said


OWN_PAGE = "chapters/part5-practice/apart"
OWN_BANK = "exercises/bank/apart.yaml"


@pytest.fixture
def apart(project: Path) -> Path:
    """Add an assignment on a page of its own to the scratch project; its item serves objectives of two chapters."""
    item = block(MEDICINE, "warm-chest-pain").replace("objectives: [med-2]", "objectives: [med-2, dyn-1]")
    item = re.sub(r"(?m)^    section: .*\n", "", item)
    assert "dyn-1" in item
    head = f"assignment: apart\npage: {OWN_PAGE}\ntitle: Apart\npoints: {{graded: 0, written: 0}}\nitems:\n"
    (project / OWN_BANK).write_text(head + item, encoding="utf-8")
    page = project / f"{OWN_PAGE}.md"
    page.parent.mkdir(exist_ok=True)
    text = '# Apart\n\n```{code-cell} python\nexercise("apart/warm-chest-pain")\n```\n\n```{submission} apart\n```\n'
    page.write_text(text, encoding="utf-8")
    return project


def test_an_assignment_on_a_page_of_its_own_is_taught_there(apart):
    curriculum = load(apart)
    assignment = curriculum.taught["apart"]
    assert (assignment.chapter, assignment.file, assignment.place) == (None, OWN_PAGE, "“Apart”")
    item = curriculum.item("apart/warm-chest-pain")
    assert page_of(curriculum, item) == f"{OWN_PAGE}.html#ex-warm-chest-pain"
    drawn = {item.id for name in curriculum.taught for item in curriculum.assignments[name].items if name != "apart"}
    assert not [name for name in drawn if name.startswith("warm-up-apart")]


def test_an_item_on_a_page_of_its_own_does_not_take_the_place_of_a_chapters_own(apart, mistake):
    said = mistake(CONFLICT, "dyn-1", "dyn-2", 99)
    assert 'objective "dyn-1" needs two items of two kinds (it has none)' in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f"page: {OWN_PAGE}\n", "", ":1: an assignment stands in a chapter or on a page of its own"),
        (f"page: {OWN_PAGE}", f"page: {OWN_PAGE}\nchapter: 2", ":2: an assignment stands in a chapter or on a page"),
        (OWN_PAGE, OWN_PAGE + "-two", f":2: {OWN_PAGE}-two.md does not exist: write it or mend the name"),
        (OWN_PAGE, CHAPTER.removesuffix(".md"), f":2: {CHAPTER} is the page of chapter 7: give this assignment"),
        (OWN_PAGE, f"{OWN_PAGE}.md", f':2: `page`: "{OWN_PAGE}.md": write it like'),
        ("title: Apart", "title: Apart\nwarm_up: true", ":4: a warm-up belongs to a chapter, and this page is none"),
    ],
    ids=["neither", "both", "no page", "a chapter's page", "with its ending", "warm-up"],
)
def test_a_mistake_in_the_head_of_such_an_assignment_is_named(apart, mistake, old, new, said):
    assert f"{OWN_BANK}{said}" in mistake(OWN_BANK, old, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{submission} apart", "{note} apart", f"{OWN_PAGE}.md:1: the page has no {{submission}} apart: add it"),
        ("apart/warm-", "apart/worm-", f'{OWN_PAGE}.md:4: there is no exercise "apart/worm-chest-pain": mend its id'),
        ('exercise("apart/warm-chest-pain")', "", f"no cell of {OWN_PAGE}.md shows it"),
    ],
    ids=["no panel", "a wrong id", "no cell"],
)
def test_a_mistake_on_a_page_of_its_own_is_named(apart, mistake, old, new, said):
    assert said in mistake(f"{OWN_PAGE}.md", old, new)


def test_an_unknown_excerpt_names_file_line_and_what_there_is(mistake, project):
    said = mistake(CONFLICT, "feeling: {11: 1}", "feeling: {23: 1}")
    line = line_of(project, CONFLICT, "feeling: {23: 1}")
    assert f'{CONFLICT}:{line}: item "c1-corners": excerpt 23 is not in case c1-marcus (it has 1-19)' in said


def test_a_placement_without_a_why_is_a_mistake(mistake):
    said = mistake(CONFLICT, "feeling: {11: 1}", "feeling: {11: 1, 15: 0.5}")
    assert 'placement "15@feeling" has no `why`' in said


def test_an_option_without_a_why_is_a_mistake(mistake):
    item = block(MEDICINE, "warm-chest-pain")
    without = re.sub(r"(?m)^        c: .*\n", "", item)
    assert 'item "warm-chest-pain": option "c" has no `why`' in mistake(MEDICINE, item, without)


def test_an_excerpt_without_a_fallback_why_is_a_mistake(mistake):
    item = block(CONFLICT, "c1-corners")
    assert 'excerpt "18" has no `why_not`' in mistake(CONFLICT, item, re.sub(r"(?m)^        18: .*\n", "", item))


def test_an_unknown_citation_is_a_mistake(mistake):
    said = mistake(MEDICINE, "{cite:p}`treede2019icd11`", "{cite:p}`nobody2099`")
    assert '"nobody2099" is not in assets/references.bib' in said


def test_a_duplicate_id_is_a_mistake(mistake):
    said = mistake(CONFLICT, "- id: q-order", "- id: q-anger")
    assert 'id "q-anger" exists twice' in said


def test_points_that_do_not_add_up_are_a_mistake(mistake):
    assert "the graded items add up to 20 points, not 21" in mistake(CONFLICT, "graded: 20", "graded: 21")


def test_written_points_follow_from_the_criteria(mistake):
    said = mistake("exercises/rubrics.yaml", '    - "one account, or stated as fact, or blaming"\n', "")
    assert 'item "w-rival": the criteria add up to 5 points, not 6: write points: 5' in said


def test_an_objective_of_a_ready_chapter_without_two_kinds_of_item_is_a_mistake(mistake, project):
    mistake(CONFLICT_KEYS, "  g-coping:", "  g-copied:")
    said = mistake(CONFLICT, "dyn-3", "dyn-2", count=99)
    assert re.search(r'assets/objectives.yaml:\d+: objective "dyn-3" needs two items of two kinds', said)


def test_an_unknown_objective_is_a_mistake(mistake):
    said = mistake(CONFLICT, "objectives: [dyn-3]", "objectives: [dyn-9]")
    assert 'objective "dyn-9" is not in assets/objectives.yaml' in said


def test_items_of_another_chapter_do_not_take_the_place_of_an_objectives_own(mistake, project):
    """A later chapter may come back to an objective; its two kinds of item stand in its own assignment."""
    later = project / "exercises" / "bank" / "08-persons.yaml"
    text = later.read_text(encoding="utf-8")
    later.write_text(text.replace("objectives: [", "objectives: [dyn-5, "), encoding="utf-8")
    said = mistake(CONFLICT, "dyn-5", "dyn-2", count=99)
    assert 'objective "dyn-5" needs two items of two kinds (it has none) in its own chapter\'s assignment' in said


def test_an_item_serves_an_objective_of_its_own_chapter(mistake, project):
    said = mistake(MEDICINE, "objectives: [med-1]", "objectives: [dyn-1]")
    line = line_of(project, MEDICINE, "objectives: [dyn-1]")
    assert f"{MEDICINE}:{line}: no objective of chapter 2 is named: add one of med-1, med-2" in said


def test_a_planned_chapter_needs_no_items(project):
    for folder in ("bank", "keys"):
        (project / "exercises" / folder / "16-ethics.yaml").unlink()
    plan = project / "assets" / "objectives.yaml"
    before, last = plan.read_text(encoding="utf-8").split("  - number: 16\n")
    last = last.replace("status: ready", "status: planned")
    plan.write_text(f"{before}  - number: 16\n{last}", encoding="utf-8")
    assert load(project).chapter("cap").status == "planned"


def test_a_graded_item_with_a_key_in_what_ships_is_a_mistake(mistake):
    said = mistake(CONFLICT, "  - id: g-define\n", "  - id: g-define\n    key: {right: [s1]}\n")
    assert 'graded item "g-define" has a key in what ships: move it to exercises/keys' in said


def test_a_graded_narrative_in_a_chapter_is_a_mistake(mistake, project):
    narrative = (
        "I have not examined him and make no diagnosis; "
        "my concern is possible metastatic disease with cord compression."
    )
    said = mistake(CHAPTER, "# The triangle of conflict\n", f"# The triangle of conflict\n\n{narrative}\n")
    assert f"of a graded key also stands in {CHAPTER}, which ships" in said


def test_a_text_of_a_graded_key_in_a_chapter_is_a_mistake(mistake, curriculum):
    why = next(iter(curriculum.item("07-conflict/g-define").key.why.values()))
    said = mistake(CHAPTER, "# The triangle of conflict\n", f"# The triangle of conflict\n\n{why}\n")
    assert f"of a graded key also stands in {CHAPTER}, which ships" in said
    assert said.startswith(CONFLICT_KEYS)


def test_a_gate_with_one_variant_is_a_mistake(mistake):
    item = block(MEDICINE, "board-b")
    said = mistake(MEDICINE, item, item.replace("    gate: red-flags\n", ""))
    assert 'gate "02-medicine/red-flags" has one variant: add a second item with `gate: red-flags`' in said


def test_a_gate_that_flagging_everything_would_pass_is_a_mistake(mistake):
    said = mistake("exercises/keys/02-medicine.yaml", "at_most: ", "at_most: 9")
    assert "or flagging everything passes the gate" in said


def test_an_item_that_no_page_shows_is_a_mistake(mistake):
    said = mistake(CHAPTER, 'exercise("07-conflict/q-anger")', 'exercise("07-conflict/q-order")')
    assert f'no cell of {CHAPTER} shows it: add exercise("07-conflict/q-anger")' in said


def test_a_cell_that_names_no_exercise_is_a_mistake_with_its_line(mistake, project):
    said = mistake(CHAPTER, 'exercise("07-conflict/q-anger")', 'exercise("07-conflict/q-angr")')
    line = line_of(project, CHAPTER, "q-angr")
    assert f'{CHAPTER}:{line}: there is no exercise "07-conflict/q-angr"' in said


def test_a_key_of_another_version_is_a_mistake(mistake):
    said = mistake(
        CONFLICT, block(CONFLICT, "g-define"), block(CONFLICT, "g-define").replace("version: 1", "version: 2")
    )
    assert 'the key of "g-define" has version 1, the item 2' in said


def test_a_key_for_no_item_and_an_item_without_a_key_are_mistakes(mistake):
    said = mistake(CONFLICT_KEYS, "  g-define:", "  g-defined:")
    assert 'item "g-defined" is not in exercises/bank/07-conflict.yaml' in said
    assert 'graded item "g-define" has no key: add it to exercises/keys/07-conflict.yaml' in said


def test_an_unknown_field_and_a_missing_one_are_mistakes(mistake):
    said = mistake(CONFLICT, "    title: ", "    titel: ")
    assert "`titel` is not a field here" in said
    assert "`title` is missing: add it" in said


def test_an_unknown_kind_lists_the_kinds(mistake):
    said = mistake(CONFLICT, "kind: choice", "kind: chioce")
    assert re.search(r'kind "chioce" does not exist \(there are .*\bchoice, .*\bselect, .*\btext\)', said)


def test_an_idea_of_the_essay_without_a_home_is_a_mistake(mistake):
    said = mistake("assets/objectives.yaml", "homes: [dyn-5]", "homes: [dyn-55]")
    assert 'objective "dyn-55" does not exist: give S8 a home that does' in said


def test_an_idea_of_the_essay_that_is_left_out_is_a_mistake(mistake, project):
    said = mistake("assets/objectives.yaml", "  S8: {", "  S88: {")
    line = line_of(project, "assets/objectives.yaml", "ideas:")
    assert f"assets/objectives.yaml:{line}: idea S8 of the essay has no line: add it with its homes" in said
    assert "the essay has ideas S1 to S28: rename or remove S88" in said


def test_a_section_that_no_heading_of_its_page_has_is_a_mistake(mistake, project):
    said = mistake(MEDICINE, "section: med-flags-are-not-tests\n", "section: med-flagz\n")
    line = line_of(project, MEDICINE, "section: med-flagz")
    page = "chapters/part1-ground-rules/02-medicine-first.md"
    assert f'{MEDICINE}:{line}: {page} has no label "med-flagz": write (med-flagz)= above its heading' in said


@pytest.mark.parametrize(
    ("file", "old", "key"),
    [
        (CHAPTER, "{cite:p}`malan1995individual`", "nobody2099"),
        (MEDICINE, "{cite:p}`treede2019icd11`", "nobody2099"),
        ("exercises/keys/01-words.yaml", "{cite:p}`bass2014factitious`", "nobody2099"),
        ("exercises/keys/01-words.yaml", "lancet: [bass2014factitious]", "nobody2099"),
        ("assets/cases/c1-marcus.yaml", "his age.", "nobody2099"),
        (CHAPTER, "{cite:p}`malan1995individual`", "malan1995individual,nobody2099"),
        (MEDICINE, "{cite:p}`treede2019icd11`", "treede2019icd11, nobody2099"),
    ],
)
def test_a_citation_resolves_in_chapters_banks_keys_and_cases(mistake, project, file, old, key):
    new = f"lancet: [{key}]" if old.startswith("lancet") else f"{{cite:p}}`{key}`"
    said = mistake(file, old, new)
    assert re.search(rf"(?m)^{re.escape(file)}:{line_of(project, file, new)}: .*nobody2099.* is not in", said), said


def test_a_role_or_a_term_that_does_not_exist_is_a_mistake_in_an_exercise_too(mistake):
    said = mistake(MEDICINE, "{cite:p}`treede2019icd11`", "{citep}`treede2019icd11`")
    assert "{citep}`treede2019icd11` is no role of exercises: use cite:p" in said
    said = mistake(MEDICINE, "{citep}`treede2019icd11`", "{term}`red flagz`")
    assert '"red flagz" is not in chapters/glossary.md: add the term or spell it as it stands there' in said


def test_a_page_with_a_mistake_fails_the_check(mistake, project):
    said = mistake(CHAPTER, "{excerpt}`c1-marcus:11`", "{excerpt}`c1-marcus:31`")
    line = line_of(project, CHAPTER, "c1-marcus:31")
    assert f"{CHAPTER}:{line}: excerpt 31 is not in case c1-marcus (it has 1-19)" in said


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exercises/keys/01-words.yaml", 'versions:\n      - "\\"', 'versions:\n      - "\\"It is just stress. '),
        ("exercises/keys/08-persons.yaml", "Farida has irritable", "There is nothing wrong. Farida has irritable"),
        (WORDS, "What did you hear in that word?", "It is not all in your head. What did you hear in that word?"),
    ],
)
def test_no_model_text_says_a_banned_phrase_even_in_quotation_marks(mistake, file, old, new):
    said = mistake(file, old, new)
    assert re.search(
        rf'(?m)^{file}:\d+: ".*" stands in a text that learners take as a model: say it in other words$', said
    )


def test_the_sentence_to_be_mended_may_hold_a_banned_phrase_and_an_explanation_only_quotes_it(mistake, project):
    old = '"She has a leg that gives way.'
    assert "there is nothing wrong with you" in block(WORDS, "rw-nothing")
    said = mistake(WORDS, old, '"You are creating this. She has a leg that gives way.')
    assert said.count("\n") == 0
    assert '"You are creating this" may stand only inside quotation marks' in said


def test_a_case_must_be_numbered_and_named_after_its_file(mistake):
    said = mistake("assets/cases/c1-marcus.yaml", "id: c1-marcus", "id: c1-mark")
    assert 'id "c1-mark" is not the file\'s name' in said


def test_every_mistake_is_said_at_once(project, mistake):
    said = mistake(CONFLICT, "feeling: {11: 1}", "feeling: {23: 1}")
    also = mistake(MEDICINE, "graded: 20", "graded: 3")
    assert "excerpt 23" in said
    assert "excerpt 23" in also
    assert "not 3" in also


def test_everything_on_the_trainees_side_works_without_the_keys(project):
    shutil.rmtree(project / "exercises" / "keys")
    curriculum = load(project)
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            assert public_spec(curriculum, item)["table"] is None or item.practice
    with pytest.raises(LookupError, match="its key is not on this machine"):
        marking_table(curriculum, curriculum.item("07-conflict/g-define"))


def test_what_ships_of_a_graded_item_holds_no_table(curriculum):
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            assert (public_spec(curriculum, item)["table"] is not None) == item.practice


def test_a_perfect_answer_earns_every_point_and_passes_every_gate(curriculum):
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            if item.written or item.key is None:
                continue
            table = marking_table(curriculum, item)
            shape = item.kind.shape(item.form, curriculum.context)
            result = mark(Answer(best_answer(table, shape), best_numbers(table, shape)), table, shape)
            assert result.points == result.max, item.full_id
            assert all(gate.passed for gate in result.gates), item.full_id


def test_flagging_everything_passes_no_gate(curriculum):
    gated = [i for a in curriculum.assignments.values() for i in a.items if i.form.gate]
    assert len(gated) >= 4
    for item in gated:
        shape = item.kind.shape(item.form, curriculum.context)
        ticks = ("@flag", "@risk")
        offered = {a for field in shape["fields"].values() for a in field.get("atoms", ())}
        atoms = {a for a in offered if a.endswith((":same-day", "pace:stop", *ticks)) and not a.startswith("none@")}
        result = mark(Answer(frozenset(atoms)), marking_table(curriculum, item), shape)
        assert not all(gate.passed for gate in result.gates), item.full_id


def test_a_gate_has_its_variants_and_opens_the_later_case_exercise(curriculum):
    spec = public_spec(curriculum, curriculum.item("07-conflict/c1-corners"))
    assert spec["needs"]["gate"] == "02-medicine/red-flags"
    assert [item.id for item in variants(curriculum, "02-medicine/red-flags")] == ["board-a", "board-b"]


def test_the_project_is_found_from_a_folder_below_it():
    assert find_root(ROOT / "chapters" / "part3-depth") == ROOT


def test_an_assignment_that_is_due_is_one(mistake):
    """Else a slip in its name lets everybody be in time."""
    said = mistake("exercises/course.yaml", "due: {}", "due: {07-conflcit: 2027-03-01T23:59:00+01:00}")
    assert re.search(r'exercises/course.yaml:\d+: .*no assignment "07-conflcit" .* 07-conflict', said)
