"""The instructor's five commands, as she types them."""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from mindbody.course.commands import REFUSED, register
from mindbody.course.grading import CourseError, Tables
from tests.hostile import ARCHIVES
from tests.submissions import perfect, specs_of

MEDICINE = "02-medicine"


@pytest.fixture
def project(made_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project whose course is made, and stand in it."""
    root = Path(shutil.copytree(made_project, tmp_path / "project"))
    monkeypatch.setenv("MINDBODY_ROOT", str(root))
    return root


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="mindbody")
    verbs = register(parser.add_subparsers(dest="verb", required=True))
    chosen = parser.parse_args(words)
    return verbs[chosen.verb](chosen)


def _download(project: Path, folder: Path, learner: str) -> None:
    course = project / "exercises"
    data = perfect(specs_of(course, MEDICINE), Tables.read(course, MEDICINE), learner)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("answers.json", json.dumps(data))
        archive.writestr("my-answers.html", "<!doctype html>")
    folder.mkdir(exist_ok=True)
    (folder / f"{learner}_{MEDICINE}.zip").write_bytes(packed.getvalue())


@pytest.mark.slow
def test_collect_mark_feedback_and_grades_tell_one_story(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for learner in ("amara", "lee"):
        _download(project, tmp_path / "downloads", learner)
    assert _run("collect", MEDICINE, str(tmp_path / "downloads")) == 0
    assert "2 collected" in capsys.readouterr().out
    assert _run("mark", MEDICINE) == 0
    said = capsys.readouterr().out
    assert "amara: 20 points so far; written work waits for you (6 criteria)" in said
    assert "      2  waiting for you (Formgrader)" in said
    assert _run("feedback", MEDICINE) == 0
    assert (project / "exercises" / "feedback" / "lee" / MEDICINE / f"{MEDICINE}.html").is_file()
    assert _run("grades") == 0
    with (project / "exercises" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert {"amara", "lee"} <= {cell for line in lines for cell in line}


@pytest.mark.slow
def test_what_was_submitted_in_jupyterlab_is_taken_in_and_marked_and_a_link_there_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    course, exchange = project / "exercises", tmp_path / "exchange"
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    inbound, me = exchange / "mind-body-formulation" / "inbound", tmp_path.owner()
    sent = inbound / f"{me}+{MEDICINE}+2026-11-20 10:00:00 UTC+abc"
    sent.mkdir(parents=True)
    data = perfect(specs_of(course, MEDICINE), Tables.read(course, MEDICINE), me)
    (sent / "answers.json").write_text(json.dumps(data), encoding="utf-8")
    (inbound / f"lee+{MEDICINE}+2026-11-20 10:00:00 UTC+abe").symlink_to(sent)
    assert _run("mark", MEDICINE, "--exchange", "--no-feedback") == REFUSED
    said = capsys.readouterr().out
    assert "Submissions in the course: 1. Refused in the exchange: 1." in said
    assert "is no folder: left where it is" in said
    assert f"{me}: 20 points so far" in said


@pytest.mark.slow
def test_a_folder_of_hostile_archives_costs_an_honest_trainee_nothing_in_one_command(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    downloads = tmp_path / "downloads"
    _download(project, downloads, "amara")
    for number, (make, _) in enumerate(ARCHIVES.values()):
        (downloads / f"bad{number}_{MEDICINE}.zip").write_bytes(make())
    assert _run("mark", MEDICINE, str(downloads), "--workers", "2") == REFUSED
    said = capsys.readouterr().out
    assert f"1 collected, 0 unchanged, {len(ARCHIVES)} refused." in said
    assert "amara: 20 points so far" in said
    assert [path.name for path in (project / "exercises" / "autograded").iterdir()] == ["amara"]


def test_collecting_without_saying_from_where_is_refused(project: Path):
    with pytest.raises(CourseError, match=r"name the folder, or the zip, that you downloaded \(or say --exchange\)"):
        _run("collect", MEDICINE)


@pytest.mark.slow
def test_making_the_course_again_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]):
    before = {path: path.read_bytes() for path in (project / "exercises" / "release").rglob("*") if path.is_file()}
    assert _run("course") == 0
    assert "02-medicine: Medicine first" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in before} == before


def test_marking_before_anybody_handed_in_says_what_to_do(project: Path):
    with pytest.raises(CourseError, match=r"nobody has handed in 02-medicine: run `mindbody collect"):
        _run("mark", MEDICINE)


def test_an_assignment_that_does_not_exist_is_named(project: Path):
    with pytest.raises(CourseError, match=r'there is no assignment "2" in .*there are 02-medicine, 07-conflict'):
        _run("mark", "2")


@pytest.mark.parametrize("verb", ["course", "collect", "mark", "feedback", "grades", "lab"])
def test_every_verb_explains_itself_and_where_it_stands_in_the_story(verb: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        _run(verb, "--help")
    said = capsys.readouterr().out
    assert "the course, step by step:" in said
    assert len(said) > 800
