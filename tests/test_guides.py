"""The maintainer's recipes, followed to the letter on a copy of the project.

Each page of ``chapters/guides`` is read for its code blocks. The caption of a block says where its text goes, a block
of ``sh`` is run, and a block of ``text`` after it is what the commands must have said. So a recipe that no longer
works, or that was edited so that it breaks, fails here. ``make frontend`` is stood in for by the same build without
installing anything, and the book that all recipes lead to is built once, with chapters 2 and 7 alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from mindbody.pages import Block, Page, read_page
from tests.conftest import ROOT, serve, shared
from tests.learner import check, exercise

GUIDES = "chapters/guides"
RECIPES = ("add-a-case", "add-an-item", "add-a-kind", "add-a-chapter")
SCALE = "kind-scale/how-sure"

_NEW = re.compile(r"New file `([^`]+)`")
_END = re.compile(r"At the end of `([^`]+)`")
_ABOVE = re.compile(r"In `([^`]+)`, above `([^`]+)`")
_INSTEAD = re.compile(r"In `([^`]+)`, in place of `([^`]+)` after `([^`]+)`")


@dataclass
class Scratch:
    """A copy of the project that recipes are followed in."""

    root: Path
    said: str = ""
    status: int = 0
    commands: list[str] = field(default_factory=list)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program on the copy and on its own package, whatever is installed."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "MINDBODY_ROOT": str(self.root)}
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        return subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    def command(self, line: str) -> None:
        """Run one line of a recipe."""
        self.commands.append(line)
        if line == "make frontend":
            done = self.run("npm", "--prefix", "mindbody/frontend", "--silent", "run", "build")
        else:
            program, *words = line.split()
            assert program == ".venv/bin/mindbody", f"the recipe runs {line!r}, which this test does not know"
            done = self.run(sys.executable, "-m", "mindbody.cli", *words)
        self.said += done.stdout + done.stderr
        self.status = done.returncode

    def write(self, caption: str, text: str) -> None:
        """Write a block where its caption says."""
        if found := _NEW.fullmatch(caption):
            path = self.root / found[1]
            assert not path.exists(), f"{found[1]} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
        elif found := _END.fullmatch(caption):
            path = self.root / found[1]
            path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{text}\n", encoding="utf-8")
        elif found := _ABOVE.fullmatch(caption):
            self._insert(found[1], text, (found[2],), replace=False)
        elif found := _INSTEAD.fullmatch(caption):
            self._insert(found[1], text, (found[3], found[2]), replace=True)
        else:
            pytest.fail(f"the caption {caption!r} says no place that this test knows")

    def _insert(self, name: str, text: str, marks: tuple[str, ...], *, replace: bool) -> None:
        path = self.root / name
        lines = path.read_text(encoding="utf-8").splitlines()
        at = -1
        for mark in marks:
            at = next((n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(mark.strip())), -1)
            if at < 0:
                at = next((n for n, line in enumerate(lines) if mark in line), -1)
            assert at >= 0, f"{name} has no line {mark!r}"
        lines[at : at + replace] = text.splitlines()
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def follow(self, recipe: Page) -> None:
        """Do what a page says, block by block."""
        for block in recipe.blocks:
            self.do(block)

    def do(self, block: Block) -> None:
        """Do what one block says."""
        if caption := block.options.get("caption"):
            self.write(str(caption), block.body)
        elif block.argument == "sh":
            self.said = ""
            for line in block.body.splitlines():
                self.command(line)
        elif block.argument == "text":
            # The lines of files move as these are edited.
            said, wanted = (re.sub(r":\d+:", ":", text) for text in (self.said, block.body))
            for line in wanted.splitlines():
                assert line in said, f"{line!r} is not in what was said:\n{self.said}"
            assert self.status == (1 if re.search(r":\d+: ", block.body) else 0), self.said


def guide(name: str) -> Page:
    return read_page(ROOT, f"{GUIDES}/{name}.md")


def copy(root: Path) -> Scratch:
    """Copy the project with chapters 2 and 7, the samples and the front end's sources."""
    ignore = shutil.ignore_patterns("node_modules", "__pycache__", "source", "release", "*.db")
    for name in ("assets", "chapters", "mindbody", "exercises"):
        shutil.copytree(ROOT / name, root / name, ignore=ignore)
    (root / "mindbody/frontend/node_modules").symlink_to(ROOT / "mindbody/frontend/node_modules")
    shutil.copyfile(ROOT / "_config.yml", root / "_config.yml")
    contents = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    parts = r"(?m)^      - file: chapters/(?!part1-ground-rules/02-|part3-depth/07-|guides/kinds-of|[a-z]+$)\S+\n"
    contents = re.sub(
        r"(?m)^  - caption: .*\n    chapters:\n(?=  - caption: (?!Guides))", "", re.sub(parts, "", contents)
    )
    (root / "_toc.yml").write_text(contents, encoding="utf-8")
    for path in [*(root / "exercises/bank").iterdir(), *(root / "exercises/keys").iterdir()]:
        if not re.match(r"02-medicine|07-conflict|kind-", path.name):
            path.unlink()
    plan = root / "assets/objectives.yaml"
    chapters = re.split(r"(?m)^(?=  - number: )", plan.read_text(encoding="utf-8"))
    kept = (
        one if re.match(r"  - number: (2|7)\n", one) else one.replace("status: ready", "status: planned")
        for one in chapters
    )
    plan.write_text("".join(kept), encoding="utf-8")
    return Scratch(root)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return copy(tmp_path)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Scratch:
    """Follow all four recipes in one copy, and build the book that they lead to."""

    def make(root: Path) -> None:
        scratch = copy(root)
        for recipe in RECIPES[:3]:
            scratch.follow(guide(recipe))
        for block in guide("add-a-chapter").blocks:
            scratch.do(block)
            if "course" in "".join(scratch.commands[-1:]):
                break  # the chapter as planned; what is said of it as ready has a test of its own
        built = scratch.run(sys.executable, "-m", "mindbody.cli", "book")
        assert built.returncode == 0, built.stderr[-4000:]

    return Scratch(shared(tmp_path_factory, worker_id, "guides", make))


@pytest.fixture(scope="module")
def site(followed: Scratch) -> Iterator[str]:
    with serve(followed.root / "_build" / "html") as url:
        yield url


def page_of(followed: Scratch, name: str) -> str:
    return (followed.root / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("recipe", [*RECIPES, "maintainers-guide"])
def test_a_recipe_does_what_it_says(scratch: Scratch, recipe: str):
    scratch.follow(guide(recipe))
    assert scratch.commands


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_fits_on_a_page(recipe: str):
    assert guide(recipe).words <= 500
    assert len(guide(recipe).text.splitlines()) <= 170


@pytest.mark.parametrize(
    ("recipe", "was", "becomes"),
    [
        ("add-a-case", "excerpt}`s-petra:4`", "excerpt}`s-petra:14`"),
        ("add-an-item", '        c: "It tempts because it feels', '        d: "It tempts because it feels'),
        ("add-a-kind", "KIND = Kind(", "OTHER = Kind("),
        ("add-a-chapter", "  - number: 17", "  - number: 18"),
    ],
)
def test_a_recipe_that_is_broken_is_noticed(scratch: Scratch, recipe: str, was: str, becomes: str):
    page = guide(recipe)
    assert was in page.text
    broken = Page(page.name, page.text.replace(was, becomes))
    with pytest.raises(AssertionError):
        scratch.follow(broken)


def test_a_finished_chapter_of_the_recipe_is_in_order(scratch: Scratch):
    """The test writes the two thousand words that a recipe cannot."""
    scratch.follow(guide("add-a-chapter"))
    page = scratch.root / "chapters/part5-practice/17-consulting.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("Three sentences.", "She waits. " * 1_100), encoding="utf-8")
    scratch.command(".venv/bin/mindbody check")
    assert scratch.status == 0, scratch.said


def test_the_new_chapter_is_in_contents_course_and_list_of_chapters(followed: Scratch):
    shown = page_of(followed, "chapters/part5-practice/17-consulting")
    assert "Assessed by" in shown
    assert "17-consulting" in page_of(followed, "index") or "17-consulting" in page_of(followed, "chapters/index")
    assert (followed.root / "exercises/release/17-consulting/17-consulting.ipynb").is_file()


def test_the_new_case_is_shown_and_its_sentences_can_be_pointed_at(followed: Scratch):
    shown = page_of(followed, "chapters/part3-depth/07-triangle-of-conflict")
    assert "a tram driver, has had low back pain" in shown
    assert 'popovertarget="excerpt-s-petra-5">[5]</button>' in shown


def test_the_new_item_is_on_its_page_and_is_marked(followed: Scratch):
    assert 'id="ex-q-second-opinion"' in page_of(followed, "chapters/part1-ground-rules/02-medicine-first")
    assert marks(followed, "02-medicine/q-second-opinion", ["opt:b", "opt:a"]) == [100, 0]


def test_the_new_kind_is_marked_in_python(followed: Scratch):
    steps = ["opt:little", "opt:nothing", "opt:much", "opt:everything"]
    assert marks(followed, SCALE, steps) == [100, 50, 50, 0]


def test_the_new_kind_works_in_its_page(followed: Scratch, site: str, page: BrowserPage):
    page.goto(f"{site}/{GUIDES}/kinds-of-exercise.html")
    place = exercise(page, "how-sure")
    place.get_by_role("radio", name="Much").check()
    check(place)
    expect(place).to_contain_text("one step further is better")
    expect(place).to_contain_text("0.5")


def test_every_command_of_the_instructors_guide_is_there():
    named = set(re.findall(r"mindbody ([a-z]+)", guide("instructors-guide").text))
    done = subprocess.run([sys.executable, "-m", "mindbody.cli", "--help"], capture_output=True, text=True, check=True)
    verbs = set(re.findall(r"(?m)^    ([a-z]+)  ", done.stdout))
    assert {"course", "mark", "agree", "correct", "demo"} <= named
    assert named <= verbs, named - verbs


def marks(followed: Scratch, item: str, atoms: list[str]) -> list[int]:
    """Mark single atoms by the copy's own package, which knows the new kind."""
    script = (
        "import json, sys; from mindbody.curriculum import load, marking_table;"
        "from mindbody.marking import Answer, mark;"
        "c = load(); i = c.item(sys.argv[1]); s = i.kind.shape(i.form, c.context);"
        "print(json.dumps([mark(Answer(frozenset([a])), marking_table(c, i), s).points for a in sys.argv[2:]]))"
    )
    done = followed.run(sys.executable, "-c", script, item, *atoms)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
