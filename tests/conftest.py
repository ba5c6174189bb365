"""What the tests share: a Chromium, the book as built and served, and a page that may not misbehave."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mindbody.course.release import make_course
from mindbody.curriculum import Curriculum, load
from tests.browser import ARGUMENTS, MISSING, find_browser

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "mindbody" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# python -m pytest tests/test_course_reader.py -k submission_or_refused --hypothesis-profile=long: 125,000 files.
hypothesis.settings.register_profile("long", max_examples=25_000, deadline=None)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the browser, and run them last; a file's tests stay in one process."""
    for item in items:
        browser = "chromium" in getattr(item, "fixturenames", ())
        if browser:
            item.add_marker("browser")
        item.add_marker(pytest.mark.xdist_group(f"{item.path.name}{' in the browser' * browser}"))
    # Once Playwright has started, its event loop runs in this thread and asyncio.run() fails for the others. The
    # longest test of the browser begins first, so that no process waits for it at the end.
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, "story" not in item.path.name))


def shared(factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once for all processes of a run; whoever comes second waits and takes it as it is."""
    here = factory.getbasetemp()
    place = (here if worker_id == "master" else here.parent) / name
    with FileLock(f"{place}.lock"):
        if not (place / "made").is_file():
            place.mkdir(parents=True)
            make(place)
            (place / "made").touch()
    return place


@dataclass(frozen=True)
class Book:
    """The book as a reader gets it: its folder on disk and its address on loopback."""

    html: Path
    url: str

    def address(self, page: str = "index") -> str:
        """Return the address of a page, e.g. ``chapters/part3-depth/07-triangle-of-conflict``."""
        if not (self.html / f"{page}.html").is_file():
            raise FileNotFoundError(f"{self.html / page}.html: the book has no such page.")
        return f"{self.url}/{page}.html"


@pytest.fixture(scope="session")
def built_book(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Build the book as strictly as CI does, keeping only executed cells from one run to the next."""
    output = ROOT / "_build" / "tests"

    def build(_: Path) -> None:
        command = [Path(sys.executable).with_name("mindbody"), "book", "--strict", "--out", output]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(f"The book does not build:\n{done.stdout[-4000:]}\n{done.stderr[-8000:]}", pytrace=False)

    shared(tmp_path_factory, worker_id, "book", build)
    return output / "_build" / "html"


@pytest.fixture(scope="session")
def book(built_book: Path) -> Iterator[Book]:
    """Serve the built book on a free port."""
    with serve(built_book) as url:
        yield Book(built_book, url)


class _QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: object) -> None:
        """Keep requests out of pytest's output."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of loopback and give its address, without a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for all tests."""
    path = find_browser()
    if path is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Give a browser that has never been here, and fail the test for what its pages did wrong.

    Wrong is an error on the console, an uncaught exception, and any request or web socket to another host.
    ``@pytest.mark.allow_console_errors`` and ``@pytest.mark.allow_requests`` say that a test expects them.
    Requests that a service worker makes of its own accord are not seen here.
    """
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    errors: list[str] = []
    strangers: list[str] = []

    def note_request(url: str) -> None:
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).hostname != "127.0.0.1":
            strangers.append(url)

    context.on("request", lambda sent: note_request(sent.url))
    context.on("page", lambda opened: opened.on("websocket", lambda socket: note_request(socket.url)))
    context.on("weberror", lambda thrown: errors.append(str(thrown.error)))
    context.on(
        "console",
        lambda said: errors.append(f"{said.text} ({said.location['url']})") if said.type == "error" else None,
    )
    yield context
    context.close()
    if strangers and not request.node.get_closest_marker("allow_requests"):
        pytest.fail("The page asked another host: " + ", ".join(sorted(set(strangers))), pytrace=False)
    if errors and not request.node.get_closest_marker("allow_console_errors"):
        pytest.fail("The page reported errors:\n  " + "\n  ".join(errors), pytrace=False)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give an empty page in a browser that has never been here."""
    return context.new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Return a check that a page, as it stands now, breaks no rule of WCAG 2.2 A and AA that axe knows.

    axe finds perhaps a third of the barriers there are; it does not hear a screen reader or try a keyboard.
    """
    if not AXE.is_file():
        pytest.fail(f"{AXE.relative_to(ROOT)} is not there: run `make test` once, it installs it.", pytrace=False)
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)["violations"]
        lines = [f"{rule['id']} ({rule['impact']}): {node['html'][:200]}" for rule in found for node in rule["nodes"]]
        assert not lines, f"{page.url}: axe found:\n  " + "\n  ".join(lines)

    return check


@pytest.fixture(scope="session")
def curriculum() -> Curriculum:
    """Return the project's own curriculum."""
    return load(ROOT)


@pytest.fixture(scope="session")
def made_project(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Make the course once, in a copy of the project that has two chapters; tests work on copies (``course``)."""

    def make(root: Path) -> None:
        _copy(root)
        kept = {"02-medicine.yaml", "07-conflict.yaml"}
        for path in [*(root / "exercises" / "bank").iterdir(), *(root / "exercises" / "keys").iterdir()]:
            if path.name not in kept:
                path.unlink()
        plan = root / "assets" / "objectives.yaml"
        chapters = re.split(r"(?m)^(?=  - number: )", plan.read_text(encoding="utf-8"))
        plan.write_text(
            "".join(
                one if re.match(r"  - number: (2|7)\n", one) else one.replace("status: ready", "status: planned")
                for one in chapters
            ),
            encoding="utf-8",
        )
        list(make_course(load(root)))

    return shared(tmp_path_factory, worker_id, "project", make)


@pytest.fixture(scope="session")
def whole_project(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Make, once, the course of every chapter that is ready."""

    def make(root: Path) -> None:
        _copy(root)
        list(make_course(load(root)))

    return shared(tmp_path_factory, worker_id, "whole-project", make)


def _copy(root: Path) -> None:
    for name in ("assets", "chapters"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("bank", "keys"):
        shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
    for name in ("course.yaml", "rubrics.yaml", "tests.yaml", "nbgrader_config.py"):
        shutil.copyfile(ROOT / "exercises" / name, root / "exercises" / name)


@pytest.fixture(scope="session")
def project_of_every_kind(tmp_path_factory: pytest.TempPathFactory, worker_id: str, curriculum: Curriculum) -> Path:
    """Make, once, a course that holds every kind of exercise and chapter 2; tests work on copies of it."""
    from tests.every_kind import lay_out

    return shared(tmp_path_factory, worker_id, "every-kind", lambda root: lay_out(curriculum, root))


@pytest.fixture
def course(made_project: Path, tmp_path: Path) -> Path:
    """Give an nbgrader course that has been released and holds no submissions yet."""
    return Path(shutil.copytree(made_project / "exercises", tmp_path / "exercises"))
