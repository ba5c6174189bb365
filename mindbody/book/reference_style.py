"""How a work is written in the bibliography: as pybtex's ``alpha`` style does, with its title as it was printed."""

from __future__ import annotations

from functools import cache
from typing import Any

import pybtex.plugin
from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style as Alpha
from pybtex.style.template import field, sentence

NAME = "mindbody"


class Style(Alpha):  # type: ignore[misc]  # pybtex publishes no types
    """The ``alpha`` style, which makes "dr. john sarno" of Dr. John Sarno, without its small letters."""

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return the title's template, letters untouched."""
        return sentence[field(which_field)] if as_sentence else field(which_field)


def register() -> None:
    """Make the style known to sphinxcontrib-bibtex, which ``_config.yml`` tells to use it."""
    register_plugin("pybtex.style.formatting", NAME, Style)
    # For each citation sphinxcontrib-bibtex has pybtex look through every installed package anew.
    pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)
