"""``mindbody report``: true figures, words where there are none, names in one place, and nothing that runs."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from mindbody.cli import main
from mindbody.course.grading import CourseError, Tables
from mindbody.course.simulate import draw_class
from mindbody.course.simulate import hand_in as do
from mindbody.curriculum import Curriculum, load
from mindbody.report.advice import attention, flags
from mindbody.report.course import CourseStudy, study_course
from mindbody.report.files import PAGE, tables, write
from mindbody.report.gather import First, Work, gather
from mindbody.report.page import POLICY, render
from mindbody.report.study import AssignmentStudy, Option, study, study_handed
from mindbody.statistics.agreement import Pair
from mindbody.statistics.agreement import tables as agreement
from mindbody.statistics.items import Estimate
from tests.submissions import hand_in, specs_of, submission

ASSIGNMENTS = ("02-medicine", "07-conflict")
MADE = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
EVIL = "</p><script>parent.ran=1</script><img src=x onerror=parent.ran=2>"
NOT_A_NUMBER = re.compile(r"\b(?:nan|inf|None)\b")


@pytest.fixture(scope="session")
def curriculum(made_project: Path) -> Curriculum:
    return load(made_project)


@pytest.fixture(scope="session")
def taught(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which sixty trainees have handed in both assignments; nobody has marked their texts."""
    course = Path(shutil.copytree(made_project / "exercises", tmp_path_factory.mktemp("report") / "exercises"))
    for assignment in ASSIGNMENTS:
        specs, known = specs_of(course, assignment), Tables.read(course, assignment)
        for trainee in draw_class(60, seed=5):
            data = do(trainee, specs, known, due=datetime(2026, 11, 20, 20, tzinfo=UTC), seed=5)
            if data:
                hand_in(course, trainee.id, data, assignment)
    return course


@pytest.fixture(scope="session")
def found(taught: Path, curriculum: Curriculum) -> CourseStudy:
    return study_course(taught, curriculum, names={"trainee-01": "Zoë Ångström"}, workers=1)


@pytest.fixture(scope="session")
def page_text(found: CourseStudy) -> str:
    return render(found, MADE)


@pytest.fixture(scope="session")
def one(found: CourseStudy) -> AssignmentStudy:
    return found.studies[1]


def plain(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<body>")[2])).replace("\N{NO-BREAK SPACE}", " ")


def cells(course: CourseStudy) -> Iterator[tuple[str, object]]:
    """Every cell of every table but the headings."""
    for name, rows in tables(course).items():
        for row in rows[1:]:
            yield from ((name, cell) for cell in row)


# --- what feeds the figures ---


def test_first_answers_feed_the_statistics_and_not_last_ones(course: Path):
    """Thirty trainees choose wrongly, read the explanation and mend it: at first try nobody was right."""
    specs, known = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    item = next(i for i in known.items.values() if i.practice and i.kind == "choice")
    spec = specs[item.id]
    credit = known.items[item.id].versions[item.version].table.groups[0].credits
    best = max(credit, key=lambda atom: credit[atom])
    wrong = next(atom for atom in spec["shape"]["fields"]["answer"]["atoms"] if atom != best)
    for index in range(30):
        data = submission(specs, known, learner=f"t{index}", quality=0.5, seed=index)
        at = "2026-11-20T09:30:00+00:00"
        state = {"at": at, "confidence": None, "points": None, "max": None}
        given = {atom: {"atoms": [atom], "numbers": {}, "texts": {}} for atom in (wrong, best)}
        data["items"][item.id] = {
            "version": item.version,
            "answer": given[best],
            "first": {"answer": given[wrong], **state},
            "last": {"answer": given[best], **state},
            "attempts": 2,
            "confidence": None,
            "saved_at": at,
        }
        hand_in(course, f"t{index}", data, "07-conflict")
    studied = next(i for i in study(course, "07-conflict").items if i.item == item.id)
    assert studied.difficulty.value == 0
    assert {o.atom: o.share for o in studied.options if o.share} == {wrong: 1.0}


def test_a_graded_item_is_studied_by_the_first_complete_answer(taught: Path):
    handed = gather(taught, "07-conflict")
    path = next((taught / "submitted").glob("*/07-conflict/answers.json"))
    entries = json.loads(path.read_text(encoding="utf-8"))["items"]
    work = next(work for work in handed.works if work.student == path.parent.parent.name)
    for name, first in work.firsts.items():
        given = entries[name]["first"]
        if given and not handed.tables.items[name].practice:
            assert first.atoms == frozenset(given["answer"]["atoms"])


def test_versions_of_an_item_are_reported_apart(one: AssignmentStudy, taught: Path):
    handed = gather(taught, "07-conflict")
    name = "g-which-corner"
    item = handed.tables.items[name]
    old = replace(item, version=2, versions={1: item.versions[1], 2: item.versions[1]})
    works = tuple(
        replace(work, firsts={**work.firsts, name: replace(work.firsts[name], version=1 + index % 2)})
        if name in work.firsts
        else work
        for index, work in enumerate(handed.works)
    )
    known = replace(handed.tables, items={**handed.tables.items, name: old})
    studied = study_handed(replace(handed, tables=known, works=works))
    before, after = (i for i in studied.items if i.item == name)
    whole = next(i for i in one.items if i.item == name)
    assert (before.version, before.current, after.version, after.current) == (1, False, 2, True)
    assert before.difficulty.n + after.difficulty.n == whole.difficulty.n


def test_processes_find_what_one_alone_finds(taught: Path, curriculum: Curriculum, found: CourseStudy):
    seen: list[str] = []
    again = study_course(taught, curriculum, names={"trainee-01": "Zoë Ångström"}, workers=2, done=seen.append)
    assert sorted(seen) == list(ASSIGNMENTS)
    assert tables(again) == tables(found)


# --- words where there are no figures ---


def test_without_submissions_there_are_words(course: Path, curriculum: Curriculum, tmp_path: Path):
    found = study_course(course, curriculum, workers=1)
    text = render(found, MADE)
    assert "Nobody has handed in anything yet" in plain(text)
    assert "mindbody collect" in plain(text)
    assert not NOT_A_NUMBER.search(plain(text))
    write(found, tmp_path / "out", MADE)


@pytest.mark.parametrize("trainees", [1, 19])
def test_a_small_class_is_told_what_is_known_and_nothing_of_the_class(
    course: Path, curriculum: Curriculum, trainees: int
):
    specs, known = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    for index in range(trainees):
        data = submission(specs, known, learner=f"t{index}", quality=0.6, seed=index)
        hand_in(course, f"t{index}", data, "07-conflict")
    found = study_course(course, curriculum, workers=1)
    text = plain(render(found, MADE))
    assert "Statistics of the class begin at 20" in text
    assert not NOT_A_NUMBER.search(text)
    assert all(item.difficulty.value is None for study in found.studies for item in study.items)
    hidden = ("items.csv", "objectives.csv", "reliability.csv", "differences.csv")
    assert not [cell for name, cell in cells(found) if name in hidden and isinstance(cell, float)]
    chosen = [row for name in ("options.csv", "placements.csv") for row in tables(found)[name][1:]]
    assert chosen
    assert {share for row in chosen for share in row[-4:]} == {None}


def test_where_all_earn_the_same_there_are_words(course: Path, curriculum: Curriculum):
    specs, known = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    data = submission(specs, known, learner="t", quality=1, seed=1)
    for index in range(25):
        hand_in(course, f"t{index}", data, "07-conflict")
    found = study_course(course, curriculum, workers=1)
    text = plain(render(found, MADE))
    assert not NOT_A_NUMBER.search(text)
    assert all(item.discrimination.value is None and item.discrimination.said for item in found.studies[1].items)


def test_no_table_holds_what_is_no_number(found: CourseStudy):
    assert not [cell for _, cell in cells(found) if isinstance(cell, float) and not -1e9 < cell < 1e9]


def test_a_file_that_cannot_be_read_is_listed_and_stops_nothing(taught: Path, curriculum: Curriculum, tmp_path: Path):
    course = Path(shutil.copytree(taught, tmp_path / "exercises"))
    hand_in(course, "broken", b"[" * 100_000, "07-conflict")
    found = study_course(course, curriculum, workers=1)
    assert [student for _, student, _ in found.refused] == ["broken"]
    assert "1 file could not be read" in plain(render(found, MADE))
    assert "broken" not in render(found, MADE, named=False)


# --- groups ---


def test_a_group_below_twenty_appears_nowhere(found: CourseStudy, page_text: str):
    small = {"nurse", "tr", "pl", "es"} - {group.group for group in found.groups}
    assert {"nurse", "pl"} <= small
    assert not small & {group for _, group in cells(found) if isinstance(group, str)}
    assert all(group.n >= 20 for group in found.groups)
    assert all(one.difference.n >= 20 for study in found.studies for one in study.differences)
    assert not re.search(r">nurse<", page_text)


# --- flags ---


def item_with(one: AssignmentStudy, **changes: Any) -> AssignmentStudy:
    """An assignment of one item like any other, but for what a test is about."""
    quiet = {"options": (), "excerpts": (), "slots": (), "hasty": None, "safety": False, "kind": "choice"}
    fine = {"difficulty": Estimate(60, 0.7, 0.6, 0.8), "discrimination": Estimate(60, 0.4, 0.2, 0.6)}
    return replace(one, items=(replace(one.items[0], **{**quiet, **fine, **changes}),))


def option(atom: str, credit: int | None, *thirds: float) -> Option:
    return Option(atom, "answer", f"words of {atom}", credit, single=True, n=60, share=sum(thirds) / 3, thirds=thirds)


def kinds(study: AssignmentStudy) -> list[str]:
    return [flag.kind for flag in flags(study)]


def test_an_item_in_order_has_no_flag(one: AssignmentStudy):
    assert not kinds(item_with(one))


@pytest.mark.parametrize(
    ("level", "safety", "kind"), [(0.29, False, "hard"), (0.96, False, "easy"), (0.29, True, "hard")]
)
def test_too_hard_and_too_easy_are_flagged(one: AssignmentStudy, level: float, safety: bool, kind: str):
    assert kinds(item_with(one, difficulty=Estimate(60, level), safety=safety)) == [kind]


@pytest.mark.parametrize("level", [0.30, 0.95])
def test_the_bounds_themselves_are_in_order(one: AssignmentStudy, level: float):
    assert not kinds(item_with(one, difficulty=Estimate(60, level)))


def test_an_easy_item_on_safety_is_meant_to_be_easy(one: AssignmentStudy):
    assert not kinds(item_with(one, difficulty=Estimate(60, 0.99), discrimination=Estimate(60, 0.05), safety=True))


def test_a_negative_discrimination_asks_for_the_key_first(one: AssignmentStudy):
    (flag,) = flags(item_with(one, discrimination=Estimate(60, -0.1)))
    assert flag.kind == "key"
    assert flag.todo.startswith("Check the key first")
    assert kinds(item_with(one, discrimination=Estimate(60, 0.19))) == ["weak"]


def test_a_negative_discrimination_that_can_be_chance_is_no_alarm(one: AssignmentStudy):
    (flag,) = flags(item_with(one, discrimination=Estimate(39, -0.05, -0.36, 0.27)))
    assert flag.kind == "weak"
    assert "39 answers" in flag.said
    (flag,) = flags(item_with(one, discrimination=Estimate(400, -0.2, -0.3, -0.1)))
    assert flag.kind == "key"


def test_a_distractor_that_the_strong_prefer_is_ambiguous(one: AssignmentStudy):
    options = (
        option("opt:a", 100, 0.5, 0.4, 0.3),
        option("opt:b", None, 0.3, 0.4, 0.6),
        option("opt:c", None, 0.2, 0.2, 0.1),
    )
    (flag,) = flags(item_with(one, options=options))
    assert flag.kind == "ambiguous"
    assert "words of opt:b" in flag.said


def test_an_option_that_nobody_believes_does_not_work(one: AssignmentStudy):
    options = (
        option("opt:a", 100, 0.5, 0.7, 0.9),
        option("opt:b", None, 0.5, 0.3, 0.1),
        option("opt:c", None, 0, 0.03, 0),
    )
    assert kinds(item_with(one, options=options)) == ["idle"]


def test_a_cell_no_key_lists_but_strong_trainees_choose_asks_to_reconsider(one: AssignmentStudy):
    cell = replace(option("9@anxiety", None, 0.1, 0.2, 0.31), single=False)
    listed = replace(cell, atom="8@anxiety", credit=0)
    changes = {"excerpts": (("9", "words"),), "slots": (("anxiety", "Anxiety"),), "options": (cell, listed)}
    (flag,) = flags(item_with(one, **changes))
    assert flag.kind == "placement"
    assert "[9] in Anxiety" in flag.said


# --- who needs a conversation ---


def test_gates_not_passed_and_sure_mistakes_on_safety_are_named_in_one_part_only(found: CourseStudy, page_text: str):
    students = {one.student for one in found.conversations}
    failed = {
        work.student
        for study in found.studies
        for work in study.works
        if any(passed is False and gate in work.graded_gates for gate, passed in work.gates.items())
    }
    assert failed <= students
    private = re.search(r"<section id=\"conversations\".*?</section>", page_text, re.DOTALL)
    assert private
    assert all(f">{student}<" in private[0] or student in private[0] for student in students)
    everybody = {work.student for study in found.studies for work in study.works}
    assert not [student for student in everybody if student in page_text.replace(private[0], "")]


def test_who_has_settled_a_sure_mistake_is_not_named(taught: Path):
    handed = gather(taught, "02-medicine")
    name = next(
        n for n, spec in handed.specs.items() if spec["safety"] and spec["mode"] == "graded" and not spec["gate"]
    )
    first = First(1, 0.0, 0.0, confidence=80)

    def named(first: First) -> bool:
        work = Work("t", firsts={name: first})
        return bool(study_handed(replace(handed, works=(work,))).sure_and_wrong)

    assert named(first)
    assert not named(replace(first, confidence=79))
    assert not named(replace(first, last_share=1.0))
    assert not named(replace(first, share=1.0, last_share=1.0))


def test_without_names_nobody_is_named(found: CourseStudy, tmp_path: Path):
    write(found, tmp_path, MADE)
    assert (tmp_path / "tables" / "conversations.csv").is_file()
    write(found, tmp_path, MADE, named=False)
    everybody = {work.student for study in found.studies for work in study.works}
    for path in (tmp_path / PAGE, *(tmp_path / "tables").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not [student for student in everybody if student in text], path


# --- the page and the files ---


def test_the_headline_leads_to_what_it_speaks_of(found: CourseStudy, page_text: str):
    lines = attention(found)
    assert lines
    assert all(f'id="{line.anchor}"' in page_text for line in lines)


def test_every_link_within_the_page_and_to_a_table_leads_somewhere(found: CourseStudy, page_text: str):
    ids = set(re.findall(r"id=[\"']([^\"']+)[\"']", page_text))
    links = set(re.findall(r"href=[\"']([^\"']+)[\"']", page_text))
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert {link for link in links if not link.startswith("#")} <= {f"tables/{name}" for name in tables(found)}


def test_the_page_has_no_script_no_handler_and_asks_for_nothing(page_text: str):
    assert "default-src 'none'" in POLICY
    assert POLICY in page_text
    assert not re.search(
        r"<script|\son\w+=|<link|<img|<iframe|\sstyle=|url\(|https?://|@import", page_text, re.IGNORECASE
    )


def test_what_trainees_typed_stays_text(taught: Path, curriculum: Curriculum, tmp_path: Path):
    course = Path(shutil.copytree(taught, tmp_path / "exercises", ignore=shutil.ignore_patterns("02-medicine")))
    shutil.copytree(taught / "release" / "02-medicine", course / "release" / "02-medicine")
    shutil.copytree(taught / ".mindbody" / "tables" / "02-medicine", course / ".mindbody" / "tables" / "02-medicine")
    for path in (course / "submitted").glob("*/*/answers.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["profession"], data["language"] = EVIL, "=cmd|' /C calc'!A0"
        path.write_text(json.dumps(data), encoding="utf-8")
    found = study_course(course, curriculum, names={s.student: EVIL for s in found_works(course)}, workers=1)
    text = render(found, MADE)
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text
    write(found, tmp_path / "out", MADE)
    for path in (tmp_path / "out" / "tables").iterdir():
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+", "|"))], path


def found_works(course: Path) -> tuple[Work, ...]:
    return gather(course, "07-conflict").works


def test_two_markers_have_a_part_once_texts_are_marked_twice(found: CourseStudy, page_text: str):
    assert 'id="raters"' not in page_text
    pairs = [
        Pair(f"t{i}", "w-marcus", "A4", 3, i % 4, min(3, i % 4 + i % 2), "one", EVIL, "2026-11-02T10:00:00+00:00")
        for i in range(30)
    ]
    text = render(replace(found, raters={"07-conflict": agreement("07-conflict", pairs)}), MADE)
    assert "30 texts marked twice" in plain(text)
    assert "+0.3 points, 30 texts" in plain(text)
    # The second marker is milder in 8 of 30 texts: right of the middle of a line that ends at three points.
    assert 'class="dot" x1="54.4"' in text
    assert "<script" not in text


def test_the_tables_can_be_read_by_a_spreadsheet(found: CourseStudy, tmp_path: Path):
    write(found, tmp_path, MADE)
    for name, rows in tables(found).items():
        read = list(csv.reader(io.StringIO((tmp_path / "tables" / name).read_bytes().decode("utf-8-sig"), newline="")))
        assert len(read) == len(rows), name
        assert {len(row) for row in read} == {len(rows[0])}, name


def test_a_folder_that_cannot_be_written_is_said_with_the_remedy(found: CourseStudy, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CourseError, match="name another folder with --out"):
        write(found, tmp_path / "file", MADE)


def test_the_verb_writes_the_report_and_says_where(
    taught: Path,
    made_project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    project = tmp_path / "project"
    shutil.copytree(made_project, project, ignore=shutil.ignore_patterns("exercises"))
    shutil.copytree(taught, project / "exercises", ignore=shutil.ignore_patterns("submitted"))
    (project / "exercises" / "roster.csv").write_text("id,name\ntrainee-001,Zoë Ångström\n", encoding="utf-8")
    monkeypatch.setenv("MINDBODY_ROOT", str(project))
    assert main(["report", "--out", str(tmp_path / "out")]) == 0
    assert str(tmp_path / "out" / PAGE) in capsys.readouterr().out
    assert (tmp_path / "out" / PAGE).is_file()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_reads_well_on_a_phone_and_a_desk(
    found: CourseStudy, page: Page, tmp_path: Path, axe: Callable[[Page], None], width: int, scheme: Any
):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(write(found, tmp_path, MADE).as_uri())
    page.locator("details").first.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
