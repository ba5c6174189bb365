"""What a chapter's code cell calls: a placeholder while the book is built, a live widget in Jupyter."""

from __future__ import annotations

import html
import os
from dataclasses import dataclass
from typing import Any

BOOK = "MINDBODY_BOOK"
"""Set by the Sphinx extension, inherited by the kernels it starts."""


@dataclass(frozen=True)
class Placeholder:
    """Marks the place of an exercise in a page; the Sphinx extension fills it.

    It opens no comm: myst-nb adds widget state and require.js to every page on which one was opened.
    """

    full_id: str

    def _repr_html_(self) -> str:
        return f'<div data-mindbody="{html.escape(self.full_id)}"></div>'


def exercise(full_id: str) -> Any:
    """Show an exercise, e.g. ``exercise("07-conflict/c1-corners")``.

    Parameters
    ----------
    full_id
        Assignment and item.

    Returns
    -------
    Placeholder or ExerciseWidget
        A placeholder in the book's build, else an ipywidgets widget whose answers are kept in ``answers.json``
        beside the notebook.

    Raises
    ------
    KeyError
        In Jupyter, if there is no such exercise.
    """
    if os.environ.get(BOOK):
        return Placeholder(full_id)
    from mindbody.widgets import ExerciseWidget

    return ExerciseWidget.of(full_id)
