"""The call in a chapter's cell."""

import subprocess
import sys

from mindbody.cell import BOOK, exercise


def test_in_the_books_build_it_is_a_placeholder(monkeypatch):
    monkeypatch.setenv(BOOK, "1")
    assert exercise("a/b")._repr_html_() == '<div data-mindbody="a/b"></div>'


def test_asking_for_help_imports_neither_nbgrader_nor_jupyterlab():
    code = "import sys; import mindbody.cli; print([m for m in ('nbgrader', 'jupyterlab') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_page_path_imports_neither_widgets_nor_nbgrader_nor_pandas():
    code = (
        "import os, sys; os.environ['MINDBODY_BOOK'] = '1';"
        "from mindbody import exercise; exercise('07-conflict/q-anger');"
        "print([m for m in ('ipywidgets', 'anywidget', 'nbgrader', 'jupyterlab', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
