"""The bibliography writes a work as it was printed."""

from pathlib import Path

from pybtex.backends.plaintext import Backend
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from mindbody.book.reference_style import Style, register

ROOT = Path(__file__).resolve().parent.parent
WORK = "@article{a, author={Lee, Jo}, title={Seven Years with {EAET} and Dr. John Sarno}, journal={Pain}, year={2020}}"


def test_a_title_keeps_the_capitals_of_the_names_in_it():
    [entry] = Style().format_bibliography(parse_string(WORK, "bibtex"))
    assert "Seven Years with EAET and Dr. John Sarno. Pain, 2020." in entry.text.render(Backend())


def test_the_books_settings_name_this_style():
    register()
    assert find_plugin("pybtex.style.formatting", "mindbody") is Style
    assert "bibtex_default_style: mindbody" in (ROOT / "_config.yml").read_text(encoding="utf-8")
