"""The project's own files agree with each other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _pins(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    # A lock may hold one package twice, for different Pythons, each with its condition behind a semicolon.
    return {line.partition(";")[0].strip().lower() for line in lines if re.match(r"[A-Za-z]", line)}


def test_the_lock_holds_every_version_that_is_asked_for():
    missing = _pins("requirements.txt") - _pins("requirements.lock")
    assert not missing, f"not in requirements.lock, run `make lock`: {sorted(missing)}"


def test_the_lock_names_no_registry_and_no_place_on_a_machine():
    found = re.findall(r".*(?://|--index|--find-links|file:|@ ).*", (ROOT / "requirements.lock").read_text())
    assert not found


def test_every_page_in_the_contents_is_there():
    """A page that nobody wrote yet would only be a warning of Sphinx's."""
    pages = re.findall(r"(?:file|root): (\S+)", (ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert pages
    assert not [page for page in pages if not (ROOT / f"{page}.md").is_file()]
