"""The trainee's side in a real JupyterLab: answer, restart, restore, validate, submit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mindbody.course.grading import Tables
from mindbody.course.reader import read
from mindbody.course.release import lay_out_for_trainee
from tests.lab import command, jupyterlab, open_notebook
from tests.submissions import gradebook, nbgrader, perfect, specs_of

CONFLICT = "07-conflict"
TITLE = "Nothing. I was busy"


@pytest.fixture
def lab(course: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Give a trainee's folder and the address of the JupyterLab above it."""
    lay_out_for_trainee(course, tmp_path / "trainee")
    with jupyterlab(tmp_path, tmp_path / "state") as address:
        yield tmp_path / "trainee" / CONFLICT, address


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """Give a page that may do what JupyterLab does, which reports errors of its own."""
    page = chromium.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(30_000)
    yield page
    page.close()


def _run_all(page: Page) -> None:
    command(page, "notebook:run-all-cells")
    page.locator(".mindbody-exercise input").first.wait_for()


def _validate(page: Page) -> str:
    page.get_by_role("button", name="Validate").or_(page.locator("text=Validate").first).first.click()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for(timeout=60_000)
    text = dialog.inner_text()
    page.locator(".jp-Dialog button").last.click()
    return text


@pytest.mark.slow
def test_a_trainee_answers_restarts_the_kernel_and_finds_her_answers(lab: tuple[Path, str], window: Page, course: Path):
    """One JupyterLab for the whole story, since it takes ten seconds to start."""
    folder, address = lab
    specs, tables = specs_of(course, CONFLICT), Tables.read(course, CONFLICT)
    spec = specs["g-which-corner"]
    open_notebook(window, address, f"trainee/{CONFLICT}/{CONFLICT}.ipynb")
    _run_all(window)
    exercise = window.locator(".mindbody-exercise", has_text=spec["title"]).first
    expect(exercise.get_by_role("radio")).to_have_count(len(spec["view"]["options"]))
    exercise.get_by_role("radio").nth(2).check()
    expect(exercise.get_by_text("Saved", exact=False)).to_be_visible()
    saved = read(folder / "answers.json").items["g-which-corner"]
    assert saved.answer.atoms == {f"opt:{spec['view']['options'][2]['id']}"}

    said = _validate(window)
    assert spec["title"] not in said.replace(f"“{spec['title']}”, ", "").split("Still to do")[0]
    assert "Still to do" in said

    command(window, "kernelmenu:restart")
    window.locator(".jp-Dialog button.jp-mod-accept").click()
    window.wait_for_timeout(1500)
    window.reload()
    open_notebook(window, address, f"trainee/{CONFLICT}/{CONFLICT}.ipynb")
    _run_all(window)
    again = window.locator(".mindbody-exercise", has_text=spec["title"]).first
    expect(again.get_by_role("radio").nth(2)).to_be_checked()

    (folder / "answers.json").write_text(json.dumps(perfect(specs, tables)), encoding="utf-8")
    assert "Success" in _validate(window)


@pytest.mark.slow
def test_what_a_trainee_fetches_and_submits_with_the_buttons_in_jupyterlab_is_marked(
    course: Path, tmp_path: Path, window: Page
):
    """Fetch, one answer in the live exercise, Submit, then the instructor's commands. One user plays both parts."""
    exchange, trainee = tmp_path / "exchange", tmp_path / "trainee"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    place = f"--Exchange.root={exchange}"
    trainee.mkdir()
    (trainee / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "mind-body-formulation"\n'
        f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(tmp_path / 'cache')!r}\n",
        encoding="utf-8",
    )
    _run(course, "release_assignment", CONFLICT, place)
    specs, tables = specs_of(course, CONFLICT), Tables.read(course, CONFLICT)
    data = perfect(specs, tables)
    clicked = data["items"].pop("g-which-corner")["answer"]["atoms"]
    with jupyterlab(trainee, tmp_path / "state") as address:
        _assignments(window, address)
        window.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
        expect(window.locator("#fetched_assignments_list").get_by_text(CONFLICT, exact=True).first).to_be_visible()
        assert sorted(path.name for path in (trainee / CONFLICT).iterdir()) == [f"{CONFLICT}.ipynb", "exercise.json"]
        (trainee / CONFLICT / "answers.json").write_text(json.dumps(data), encoding="utf-8")
        (trainee / CONFLICT / "diary.txt").write_text("private", encoding="utf-8")

        open_notebook(window, address, f"{CONFLICT}/{CONFLICT}.ipynb")
        _run_all(window)
        exercise = window.locator(".mindbody-exercise", has_text=specs["g-which-corner"]["title"]).first
        options = [f"opt:{option['id']}" for option in specs["g-which-corner"]["view"]["options"]]
        exercise.get_by_role("radio").nth(options.index(clicked[0])).check()
        expect(exercise.get_by_text("Saved", exact=False)).to_be_visible()

        _assignments(window, address)
        window.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
        expect(window.locator("#submitted_assignments_list").get_by_text(CONFLICT, exact=True).first).to_be_visible()

    inbound = exchange / "mind-body-formulation" / "inbound"
    (inbound / f"mallory+{CONFLICT}+not a time+x").mkdir()
    (inbound / f"mallory+{CONFLICT}+2026-11-20 10:00:00 UTC+x").mkdir()
    _run(course, "collect", CONFLICT, place)
    collected = list((course / "submitted").glob(f"*/{CONFLICT}"))
    assert len(collected) == 1
    names = {path.name for path in collected[0].iterdir()}
    assert names == {f"{CONFLICT}.ipynb", "answers.json", "timestamp.txt", "submission_secret.txt"}
    _run(course, "autograde", CONFLICT)
    assert sum(row.score for row in gradebook(course).values()) == 20


def _assignments(page: Page, address: str) -> None:
    page.goto(f"{address}/lab?reset")
    page.wait_for_function("() => window.jupyterapp?.commands.hasCommand('nbgrader:open-assignment-list')")
    command(page, "nbgrader:open-assignment-list")
    page.locator("#assignments .list_item").first.wait_for()


@pytest.mark.slow
def test_a_link_put_into_the_exchange_after_submitting_is_not_followed(course: Path, tmp_path: Path):
    """One user plays both parts, so it shows that no link is read, and not that the system would have let her."""
    exchange = tmp_path / "exchange"
    me = Path(tmp_path).owner()
    folder = exchange / "mind-body-formulation" / "inbound" / f"{me}+{CONFLICT}+2026-11-20 10:00:00 UTC+abc"
    folder.mkdir(parents=True)
    private = tmp_path / "answers-of-somebody-else.json"
    private.write_text(json.dumps(perfect(specs_of(course, CONFLICT), Tables.read(course, CONFLICT))), encoding="utf-8")
    (folder / "answers.json").symlink_to(private)
    (folder / f"{CONFLICT}.ipynb").symlink_to(course / "source" / CONFLICT / f"{CONFLICT}.ipynb")
    done = nbgrader(course, "collect", CONFLICT, f"--Exchange.root={exchange}")
    assert done.returncode == 0, done.stderr
    assert "link" in done.stderr
    assert not (course / "submitted").exists() or not list((course / "submitted").glob("*/*/answers.json"))


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("useradd"), reason="only root can make a second user")
def test_where_users_can_be_made_another_users_link_does_not_bring_out_a_private_file(course: Path, tmp_path: Path):
    """The trainee is a real second user; the instructor, as root, may read everything, so nothing else protects her."""
    exchange = tmp_path / "exchange"
    folder = exchange / "mind-body-formulation" / "inbound" / f"mbf-trainee+{CONFLICT}+2026-11-20 10:00:00 UTC+abc"
    folder.mkdir(parents=True)
    private = tmp_path / "private.json"
    private.write_text(json.dumps(perfect(specs_of(course, CONFLICT), Tables.read(course, CONFLICT))), encoding="utf-8")
    private.chmod(0o600)
    subprocess.run(["useradd", "--no-create-home", "mbf-trainee"], check=True)
    try:
        shutil.chown(folder, "mbf-trainee")
        for open_to_all in (exchange, tmp_path, *tmp_path.parents):
            if open_to_all.is_relative_to("/tmp/") and open_to_all != Path("/tmp"):  # noqa: S108  (pytest's own folders)
                open_to_all.chmod(open_to_all.stat().st_mode | 0o011)
        plant = ["ln", "-s", str(private), str(folder / "answers.json")]
        subprocess.run(plant, check=True, user="mbf-trainee")
        done = nbgrader(course, "collect", CONFLICT, f"--Exchange.root={exchange}")
    finally:
        subprocess.run(["userdel", "mbf-trainee"], check=True)
    assert "link" in done.stderr
    assert not list((course / "submitted").glob("*/*/answers.json"))


def _run(folder: Path, *arguments: str) -> None:
    done = nbgrader(folder, *arguments)
    assert done.returncode == 0, done.stderr
