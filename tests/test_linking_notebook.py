"""The notebook that shows an instructor how an exercise is linked to other widgets, in a real JupyterLab."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.lab import command, jupyterlab, open_notebook

NOTEBOOK = "linking-exercises.ipynb"
ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_the_notebook_links_watches_and_sets_an_exercise(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MINDBODY_ROOT", str(ROOT))
    (tmp_path / "work").mkdir()
    shutil.copyfile(ROOT / "exercises" / NOTEBOOK, tmp_path / "work" / NOTEBOOK)
    page = chromium.new_page(viewport={"width": 1300, "height": 1400})
    page.set_default_timeout(30_000)
    with jupyterlab(tmp_path / "work", tmp_path / "state") as address:
        open_notebook(page, address, NOTEBOOK)
        command(page, "notebook:run-all-cells")
        question = page.locator(".mindbody-exercise")
        label = page.locator(".widget-label", has_text="Not checked yet.")
        label.wait_for()

        question.get_by_role("radio").nth(0).check()
        question.get_by_role("slider").fill("60")
        question.get_by_role("button", name="Check my answer").click()
        expect(page.locator(".widget-label", has_text="0 of 1 points")).to_be_visible()
        changes = page.locator(".widget-text input[type=number]")
        expect(changes).to_have_value("1")

        page.get_by_role("button", name="Lay out the second option").click()
        expect(question.get_by_role("radio").nth(1)).to_be_checked()
        expect(changes).to_have_value("2")
        question.get_by_role("button", name="Check my answer").click()
        expect(page.locator(".widget-label", has_text="1 of 1 points")).to_be_visible()
    page.close()
    assert sorted(path.name for path in (tmp_path / "work").iterdir() if not path.name.startswith(".")) == [NOTEBOOK]
