"""The feedback page: what the trainee earned and was told, nothing of a graded key, and nothing that runs."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page

from mindbody.course.feedback import Written, feedback
from mindbody.course.feedback_page import POLICY
from mindbody.course.grading import CourseError, Tables
from mindbody.course.released import set_released
from mindbody.course.scores import Result, results
from mindbody.curriculum import Curriculum, load, marking_table
from mindbody.text import ROOT as BOOK_ROOT
from tests.conftest import ROOT
from tests.submissions import hand_in, nbgrader, perfect, specs_of, submission

ASSIGNMENTS = ("02-medicine", "07-conflict")
TRAINEES = ("good", "middling", "poor", "hostile", "unscored", "broken")
EVIL = "</pre></div><script>parent.ran=1</script><img src=x onerror='parent.ran=2'><style>*{display:none}</style>\u202e"
COMMENT = "Well said, & “1 < 2”.\n<b>Look</b> at <script>parent.ran=3</script> again."


def texts_of(data: dict[str, Any], text: str) -> dict[str, Any]:
    """Put a text into everything that can be typed, whatever it is."""
    for entry in data["items"].values():
        for state in (entry["answer"], *(entry[name]["answer"] for name in ("first", "last") if entry[name])):
            state["texts"] = dict.fromkeys(state["texts"], text)
    return data


# For the whole run: the tests that use the browser come last, long after the others of this file.
@pytest.fixture(scope="session")
def curriculum(made_project: Path) -> Curriculum:
    """Return the curriculum of the two chapters whose course these tests work on."""
    return load(made_project)


@pytest.fixture(scope="session")
def marked_project(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mark six trainees with nbgrader and our plug-ins, and score all but one of them as a person does."""
    course = Path(shutil.copytree(made_project / "exercises", tmp_path_factory.mktemp("marked") / "exercises"))
    for assignment in ASSIGNMENTS:
        specs, tables = specs_of(course, assignment), Tables.read(course, assignment)
        for index, (student, quality) in enumerate((("good", 1), ("middling", 0.6), ("poor", 0.1), ("unscored", 1))):
            data = submission(specs, tables, learner=student, quality=quality, seed=index)
            hand_in(course, student, data, assignment)
        hand_in(course, "hostile", texts_of(perfect(specs, tables, "hostile"), EVIL), assignment)
        hand_in(course, "broken", b"[" * 100_000, assignment)
        done = nbgrader(course, "autograde", assignment)
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for student in ("good", "middling", "poor", "hostile"):
            for assignment in ASSIGNMENTS:
                for cell in book.find_submission_notebook(assignment, assignment, student).grades:
                    if cell.cell.type == "TaskCell":
                        cell.manual_score, cell.needs_manual_grade = min(1.5, cell.max_score), False
                        name = (cell.cell.name, assignment, assignment, student)
                        book.find_comment(*name).manual_comment = COMMENT
        book.db.commit()
    return course


@pytest.fixture(scope="session")
def pages(marked_project: Path, curriculum: Curriculum) -> dict[tuple[str, str], str]:
    """Return (assignment, trainee) -> the page, keys not released."""
    return written(marked_project, curriculum)


@pytest.fixture(scope="session")
def released(marked_project: Path, curriculum: Curriculum, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return (assignment, trainee) -> the page, keys released."""
    course = Path(shutil.copytree(marked_project, tmp_path_factory.mktemp("released") / "exercises"))
    return written(course, curriculum, keys=True)


def written(course: Path, curriculum: Curriculum, **options: Any) -> dict[tuple[str, str], str]:
    """Write all pages and read them."""
    found = {}
    for assignment in ASSIGNMENTS:
        for one in feedback(course, assignment, curriculum=curriculum, **options):
            assert one.path, one.message
            found[assignment, one.student] = one.path.read_text(encoding="utf-8")
    return found


def of(course: Path, assignment: str, student: str) -> Result:
    """Return what a trainee's work came to."""
    return next(result for result in results(course, assignment) if result.student == student)


def plain(page: str) -> str:
    """Return the words of a page, as one line."""
    words: list[str] = []
    parser = HTMLParser()
    parser.handle_data = words.append  # type: ignore[method-assign]
    parser.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
    return " ".join(" ".join(words).split())


def start_tags(page: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Return every element of a page with its attributes, as a browser would read them."""
    tags: list[tuple[str, list[tuple[str, str | None]]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, attributes))  # type: ignore[method-assign]
    parser.feed(page)
    return tags


def row(page: str, title: str, section: str) -> str:
    """Return the words of one line of a table."""
    part = page[page.index(f"id='{section}'") :]
    lines = re.findall(r"<tr>.*?</tr>", part[: part.index("</section>")], re.DOTALL)
    return next(text for text in map(plain, lines) if text.startswith(plain(title)))


# --- what is on it ----------------------------------------------------------------------------------------------------


def test_everybody_who_was_marked_gets_a_page(pages: dict[tuple[str, str], str]):
    assert set(pages) == {(assignment, student) for assignment in ASSIGNMENTS for student in TRAINEES}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("student", ["good", "middling", "poor"])
def test_the_points_of_the_page_are_those_of_the_gradebook(
    assignment: str, student: str, marked_project: Path, pages: dict[tuple[str, str], str], curriculum: Curriculum
):
    page = pages[assignment, student]
    with Gradebook(f"sqlite:///{marked_project / 'gradebook.db'}") as book:
        notebook = book.find_submission_notebook(assignment, assignment, student)
        grades = {grade.name: (grade.score, grade.max_score) for grade in notebook.grades}
        total = notebook.score
    graded = written_points = 0.0
    for item in curriculum.assignments[assignment].items:
        if item.written:
            written_points += sum(grades[f"{item.id}_{name}"][0] for name in item.form.criteria)
        elif not item.practice:
            points, most = grades[item.id]
            graded += points
            line = row(page, item.form.title, "graded")
            assert line.endswith("re-take" if item.form.retake_of else f"{points:g} of {most:g}"), line
    assert f"Graded exercises {graded:g} of" in plain(page)
    assert f"Written work {written_points:g} of" in plain(page)
    assert graded + written_points == pytest.approx(total)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("student", ["good", "middling", "poor", "hostile"])
def test_the_practice_mark_is_what_the_book_showed(
    assignment: str, student: str, marked_project: Path, pages: dict[tuple[str, str], str]
):
    """Asks the page's own rule, in JavaScript, for the mark of the answer that was checked last."""
    tables = Tables.read(marked_project, assignment)
    data = json.loads((marked_project / "submitted" / student / assignment / "answers.json").read_bytes())
    checked = {
        item.id: entry["last"]["answer"]
        for item in tables.items.values()
        if item.practice and (entry := data["items"].get(item.id)) and entry["last"]
    }
    specs = specs_of(marked_project, assignment)
    asked = [[specs[name]["table"], specs[name]["shape"], answer] for name, answer in checked.items()]
    script = (
        f"import {{ mark, readAnswer }} from '{ROOT}/mindbody/frontend/src/rule.js';"
        "const chunks = []; for await (const chunk of process.stdin) chunks.push(chunk);"
        "const asked = JSON.parse(Buffer.concat(chunks).toString());"
        "const points = ([table, shape, answer]) => mark(readAnswer(answer), table, shape).points;"
        "console.log(JSON.stringify(asked.map(points)));"
    )
    node = ROOT / ".venv" / "bin" / "node"
    run = subprocess.run(
        [node, "--input-type=module", "-e", script],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    shown = dict(zip(checked, json.loads(run.stdout), strict=True))
    page = pages[assignment, student]
    for item in tables.items.values():
        if item.practice:
            line = row(page, item.title, "practice")
            if item.id in shown:
                assert f" {shown[item.id] / 100:g} of {item.points / 100:g}" in line
            else:
                assert "not checked" in line
    most = sum(item.points for item in tables.items.values() if item.practice)
    assert f"Practice mark {round(sum(shown.values()) / 100, 2):g} of {most / 100:g} points" in plain(page)


def test_a_persons_scores_levels_and_comments_are_told(
    pages: dict[tuple[str, str], str], curriculum: Curriculum, marked_project: Path
):
    page = pages["07-conflict", "good"]
    item = next(item for item in curriculum.assignments["07-conflict"].items if item.written)
    for name, score in of(marked_project, "07-conflict", "good").criteria(
        Tables.read(marked_project, "07-conflict").items[item.id]
    ):
        criterion = curriculum.criteria[name]
        assert f"{criterion.label}: {score.points:g} of {len(criterion.levels) - 1}" in plain(page)
        assert f"Level 1: {criterion.levels[1]}." in plain(page)
    assert plain(page).count("Look") == len(item.form.criteria)
    assert "&lt;b&gt;Look&lt;/b&gt;" in page


def test_what_a_person_still_has_to_mark_is_said(pages: dict[tuple[str, str], str]):
    page = plain(pages["07-conflict", "unscored"])
    assert "Written work Being marked" in page
    assert "Well said" not in page


def test_points_that_a_person_set_are_told_as_hers(marked_project: Path, curriculum: Curriculum, tmp_path: Path):
    course = Path(shutil.copytree(marked_project, tmp_path / "exercises"))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grade = book.find_grade("g-define", "07-conflict", "07-conflict", "good")
        grade.manual_score = 0.25
        book.db.commit()
    (one,) = feedback(course, "07-conflict", curriculum=curriculum, students=["good"])
    assert one.path
    title = Tables.read(course, "07-conflict").items["g-define"].title
    assert "Your instructor has set these points. 0.25 of" in row(one.path.read_text(), title, "graded")


def test_gates_stand_apart_and_say_what_became_of_them(marked_project: Path, pages: dict[tuple[str, str], str]):
    for student, page in ((student, pages["02-medicine", student]) for student in TRAINEES):
        for gate in of(marked_project, "02-medicine", student).marked.gates:
            word = {True: "passed", False: "not passed", None: "not answered"}[gate.passed]
            assert f"{'Practice' if gate.practice else 'Graded'} gate: {word}" in plain(page)
    assert "gate: not passed" in plain(pages["02-medicine", "poor"])
    assert "gate: not passed" not in plain(pages["02-medicine", "good"])


def test_who_did_poorly_is_sent_to_the_sections_that_teach_it(
    marked_project: Path, curriculum: Curriculum, pages: dict[tuple[str, str], str]
):
    page = pages["07-conflict", "poor"]
    assert "Worth reading again" in page
    assert "Three corners" in page[page.index("id='again'") :]
    assert "Graded gate: " in plain(pages["02-medicine", "poor"]).partition("Worth reading again")[2]
    linked = written(marked_project, curriculum, book="https://book.example.org/x/")["07-conflict", "poor"]
    address = "https://book.example.org/x/chapters/part3-depth/07-triangle-of-conflict.html#dyn-corners"
    assert f'<a href="{address}">Three corners</a>' in linked
    written(marked_project, curriculum)


def test_points_by_objective_are_sums_of_its_exercises(
    marked_project: Path, curriculum: Curriculum, pages: dict[tuple[str, str], str]
):
    result = of(marked_project, "07-conflict", "middling")
    objective = "dyn-2"
    items = [item for item in result.marked.tables.items.values() if objective in item.objectives]
    graded = [result.points(item) for item in items if item.counted]
    text = curriculum.chapter("dyn").objectives[objective]
    points, most = (sum(column) for column in zip(*graded, strict=True))
    assert f"{points:g} of {most:g}" in row(pages["07-conflict", "middling"], text, "objectives")


def test_who_handed_in_a_broken_file_is_told_why(pages: dict[tuple[str, str], str]):
    page = plain(pages["02-medicine", "broken"])
    assert "Your file could not be read" in page
    assert "nested deeper than 8" in page
    assert "/tmp" not in page  # noqa: S108


# --- what is not on it ------------------------------------------------------------------------------------------------


def key_sentences(curriculum: Curriculum) -> Iterator[tuple[str, str]]:
    """Give every sentence of a graded key: explanations, labels that only a key has, mark schemes, models."""
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            if item.practice:
                continue
            table = marking_table(curriculum, item)
            for atom, why in (*table.why.items(), *table.why_unlisted.items()):
                # The sentence on "none found" is the same in every item, practice too.
                if not atom.startswith("none@"):
                    yield assignment.id, plain(why.replace(BOOK_ROOT, ""))
            for text in getattr(item.key, "mark_scheme", {}).values():
                yield assignment.id, plain(curriculum.context.render.block(text).replace(BOOK_ROOT, ""))
            if item.written:
                yield assignment.id, plain(curriculum.context.render.block(item.key.model).replace(BOOK_ROOT, ""))


def test_nothing_of_a_graded_key_is_told_before_its_release(pages: dict[tuple[str, str], str], curriculum: Curriculum):
    """Looks for the sentences of the keys; that points give something away lies in their nature."""
    words = [plain(page) for page in pages.values()]
    sentences = [sentence for _, sentence in key_sentences(curriculum)]
    assert len(sentences) > 100
    for sentence in sentences:
        assert not any(sentence in page for page in words), sentence


def test_no_atom_of_a_graded_key_is_told_beside_what_she_answered(
    pages: dict[tuple[str, str], str], marked_project: Path
):
    for (assignment, _), page in pages.items():
        for item in Tables.read(marked_project, assignment).items.values():
            if not item.practice:
                for version in item.versions.values():
                    for group in version.table.groups:
                        for atom in group.credits:
                            assert atom not in page
    assert "credits" not in "".join(pages.values())


def test_explanations_mark_schemes_and_models_are_told_once_they_are_released(
    released: dict[tuple[str, str], str], curriculum: Curriculum
):
    words = {assignment: plain(released[assignment, "middling"]) for assignment in ASSIGNMENTS}
    found = [sentence in words[assignment] for assignment, sentence in key_sentences(curriculum)]
    assert sum(found) > 40
    for item in (item for one in curriculum.assignments.values() for item in one.items if item.written):
        page = plain(released[item.assignment, "good"])
        assert plain(curriculum.context.render.block(item.key.model).replace(BOOK_ROOT, "")) in page


def test_no_way_into_the_book_is_left_unresolved(pages: Any, released: Any):
    assert BOOK_ROOT not in "".join([*pages.values(), *released.values()])


@pytest.mark.parametrize("which", ["pages", "released"])
def test_a_page_has_no_script_no_handler_and_asks_for_nothing(which: str, request: pytest.FixtureRequest):
    for page in request.getfixturevalue(which).values():
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
        assert style
        assert page.count("<style") == 1
        assert f'content="{POLICY}"' in page
        assert POLICY.startswith("default-src 'none'; style-src 'sha256-")
        tags = start_tags(page)
        assert {tag for tag, _ in tags} <= {
            *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
            *("h1", "h2", "h3", "h4", "p", "dl", "dt", "dd", "div", "span", "strong", "em", "a", "ul", "ol", "li"),
            *("table", "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "blockquote", "code"),
            *("svg", "rect", "line", "circle", "text"),
        }
        for _, attributes in tags:
            assert {name for name, _ in attributes} <= {
                *("lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "href"),
                *("aria-labelledby", "aria-label", "role", "viewbox", "text-anchor"),
                *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"),
            }


def test_explanations_are_shown_while_the_assignment_is_released(
    marked_project: Path, curriculum: Curriculum, tmp_path: Path
):
    course = Path(shutil.copytree(marked_project, tmp_path / "exercises"))

    def explained() -> bool:
        (one,) = feedback(course, "07-conflict", curriculum=curriculum, students=["poor"])
        return one.path is not None and "<h3>What is right, and why</h3>" in one.path.read_text(encoding="utf-8")

    assert not explained()
    assert set_released(course, "07-conflict", released=True)
    assert explained()
    assert not set_released(course, "07-conflict", released=True)
    assert set_released(course, "07-conflict", released=False)
    assert not explained()


def test_how_sure_and_how_right_stand_on_the_page_in_words_a_drawing_and_a_table(pages: dict[tuple[str, str], str]):
    page = pages["07-conflict", "middling"]
    assert "You said how sure you were" in plain(page)
    assert "<svg class='curve'" in page
    assert row(page, "80 to 100 % sure", "sure")


# --- files ------------------------------------------------------------------------------------------------------------


def test_nbgrader_can_release_the_feedback(marked_project: Path, curriculum: Curriculum, tmp_path: Path):
    course = Path(shutil.copytree(marked_project, tmp_path / "exercises"))
    receipt = hashlib.sha512(b"x").hexdigest()
    (course / "submitted" / "good" / "07-conflict" / "submission_secret.txt").write_text(receipt)
    (course / "submitted" / "poor" / "07-conflict" / "submission_secret.txt").symlink_to("/etc/passwd")
    feedback(course, "07-conflict", curriculum=curriculum)
    folder = course / "feedback" / "good" / "07-conflict"
    assert {path.name for path in folder.iterdir()} == {"07-conflict.html", "timestamp.txt", "submission_secret.txt"}
    assert (folder / "submission_secret.txt").read_text() == receipt
    made_up = course / "feedback" / "poor" / "07-conflict" / "submission_secret.txt"
    before = made_up.read_text()
    assert re.fullmatch("[0-9a-f]{128}", before)
    feedback(course, "07-conflict", curriculum=curriculum)
    assert made_up.read_text() == before
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    done = nbgrader(course, "release_feedback", "07-conflict", f"--Exchange.root={exchange}")
    assert done.returncode == 0, done.stderr
    given = list((exchange / "mind-body-formulation" / "feedback").glob("*.html"))
    assert len(given) == len(TRAINEES)


def test_who_is_not_marked_or_has_handed_in_anew_gets_no_page_and_a_reason(
    marked_project: Path, curriculum: Curriculum, tmp_path: Path
):
    course = Path(shutil.copytree(marked_project, tmp_path / "exercises"))
    specs, tables = specs_of(course, "07-conflict"), Tables.read(course, "07-conflict")
    hand_in(course, "new", perfect(specs, tables, "new"), "07-conflict")
    hand_in(course, "poor", perfect(specs, tables, "poor"), "07-conflict")
    found = {one.student: one for one in feedback(course, "07-conflict", curriculum=curriculum)}
    assert found["new"] == Written("new", None, "new is not marked yet: run `mindbody mark 07-conflict` first.")
    assert found["poor"].path is None
    assert "the points are of other answers" in found["poor"].message
    assert found["good"].path
    assert not list((course / ".mindbody" / "tmp").iterdir())


def test_a_stranger_or_another_assignment_stops_with_the_remedy(marked_project: Path, curriculum: Curriculum):
    with pytest.raises(CourseError, match="nobody handed in no 07-conflict: mend the name, or collect it first"):
        feedback(marked_project, "07-conflict", curriculum=curriculum, students=["nobody"])
    with pytest.raises(CourseError, match="there are 02-medicine, 07-conflict"):
        feedback(marked_project, "99-none", curriculum=curriculum)


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("student", ["middling", "hostile", "broken", "unscored"])
def test_the_page_reads_well_on_a_phone_and_a_desk(
    student: str, width: int, marked_project: Path, page: Page, axe: Callable[[Page], None]
):
    page.set_viewport_size({"width": width, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto((marked_project / "feedback" / student / "02-medicine" / "02-medicine.html").as_uri())
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "704px"
        assert page.evaluate("window.ran") is None
        axe(page)


@pytest.mark.usefixtures("pages")
def test_what_she_answered_is_printed_though_it_is_folded_away(marked_project: Path, page: Page):
    page.goto((marked_project / "feedback" / "middling" / "02-medicine" / "02-medicine.html").as_uri())
    answers = page.locator("details > h3").first
    assert not answers.is_visible()
    page.emulate_media(media="print")
    assert answers.is_visible()
    assert not page.locator("summary").is_visible()
    assert len(page.pdf(format="A4")) > 10_000
