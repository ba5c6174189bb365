"""How much sooner, and for how many bytes, a book page can be worked in than a stock widget embed of it.

Two pages are made from one built page of the book and loaded in turn, each by a Chromium that has just been
started with an empty cache, from a server on this machine that compresses:

book
    The page as ``make book`` wrote it.
stock
    The same page as jupyter-book gives it with ipywidgets: our scripts and style are taken out, the theme's
    own icons put back, and each exercise replaced by ipywidgets controls for the same answer (radio buttons,
    check boxes, text fields, a list of slots for each excerpt), embedded as ``ipywidgets.embed`` does it.
    Nothing comes from a CDN: require.js and @jupyter-widgets/html-manager are their npm packages, served
    beside the page, which favours stock. Its controls have no kernel, so they save and explain nothing; that
    is not counted against them.

*Operable* is the moment at which the first control of the first exercise is on the page, visible and enabled;
it is then really clicked, and the run fails unless the click took. *Bytes* are what came over the line until
it fell silent, headers included, compressed. Each figure is a median; the two take turns, so that a busy
moment hits both.

    python benchmarks/load_ratio.py [PAGE] [--six] [--html _build/html] [--runs 7] [--slow]

exits with 1 when a ratio is above its target. ``--six`` takes the page of samples and leaves six exercises of six kinds
on it, in both pages: half a canvas, a loop, fourteen claims, a scene, an appraisal and the teaching model. ``--slow``
puts a line of 200 kB/s and 150 ms between.
"""

import argparse
import contextlib
import gzip
import json
import mimetypes
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import ipywidgets
from ipywidgets.embed import dependency_state
from playwright.sync_api import sync_playwright
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mindbody.book.page import parts_of  # noqa: E402 - the path comes first
from tests.browser import ARGUMENTS, MISSING, find_browser  # noqa: E402 - the path comes first

PAGE = "chapters/part3-depth/07-triangle-of-conflict"
SAMPLES = "chapters/guides/kinds-of-exercise"
SIX = ("hannah-half", "joon-ho", "shelf", "functional-letter", "prt-placebo", "predict")
OPERABLE_TARGET = 0.4
BYTES_TARGET = 0.19
WIDE = {"width": "max-content"}  # what ipywidgets advises for long labels; they overlap without it
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".txt", ".map"}
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}

EXERCISE = re.compile(r'<section\b[^>]*class="[^"]*\bmindbody-exercise\b.*?</script></section>', re.DOTALL)
SPEC = re.compile(r'<script type="application/json" class="mindbody-spec">(.*?)</script>', re.DOTALL)

# The moment is noted inside the page, so that the driver's own round trips are not part of it.
WATCH = """
(() => {
  const wanted = ':is(.mindbody-exercise, .stock-exercise) :is(input, select, textarea, button)';
  const look = () => {
    for (const control of document.querySelectorAll(wanted)) {
      if (control.closest('.mindbody-static') || control.disabled) continue;
      if (!control.checkVisibility({visibilityProperty: true}) || !control.getClientRects().length) continue;
      control.setAttribute('data-first-control', '');
      window.operableAt = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Load:
    """One load of one page."""

    operable: float
    size: int
    requests: int


def control(spec: dict[str, Any]) -> ipywidgets.Widget:
    """Make the ipywidgets controls that take the same answer as one of our exercises."""
    view = spec["view"]
    parts: list[ipywidgets.Widget] = [ipywidgets.HTML(f"<p><b>{escape(spec['title'])}</b></p>{spec['prompt']}")]
    parts += _CONTROLS.get(spec["kind"], _any)(spec if spec["kind"] not in _CONTROLS else view)
    if spec["confidence"]:
        parts.append(ipywidgets.IntSlider(value=50, step=5, description="How sure?"))
    if spec["mode"] == "practice":
        parts.append(ipywidgets.Button(description="Check my answer"))
    return ipywidgets.VBox(parts)


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def _choice(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    return [ipywidgets.RadioButtons(options=[_plain(option["html"]) for option in view["options"]], layout=WIDE)]


def _select(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    return [ipywidgets.Checkbox(description=_plain(option["html"]), layout=WIDE) for option in view["options"]]


def _true_false(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    return [
        ipywidgets.VBox(
            [
                ipywidgets.HTML(statement["html"]),
                ipywidgets.RadioButtons(options=["True", "False"], value=None),
            ]
        )
        for statement in view["statements"]
    ]


def _number(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    return [ipywidgets.Text(description=field["label"]) for field in view["fields"]]


def _placement(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    slots = [slot["label"] for slot in view["slots"]]
    return [
        ipywidgets.VBox([ipywidgets.HTML(excerpt["html"]), ipywidgets.SelectMultiple(options=slots, rows=len(slots))])
        for excerpt in view["excerpts"]
    ]


def _triage(view: dict[str, Any]) -> list[ipywidgets.Widget]:
    lanes = [lane["label"] for lane in view["lanes"]]
    return [
        ipywidgets.VBox(
            [
                ipywidgets.HTML(f"<p>{escape(patient['title'])}</p>"),
                ipywidgets.RadioButtons(options=lanes, value=None),
                *(ipywidgets.Checkbox(description=_plain(excerpt["html"])) for excerpt in patient["excerpts"]),
            ]
        )
        for patient in view["patients"]
    ]


def _text(_view: dict[str, Any]) -> list[ipywidgets.Widget]:
    return [ipywidgets.Textarea(rows=8)]


def _any(spec: dict[str, Any]) -> list[ipywidgets.Widget]:
    """Make one control a field of the answer, and show what is read; fewer than we draw, which favours stock."""
    fields = spec["shape"]["fields"].items()
    made: list[ipywidgets.Widget] = [ipywidgets.HTML(text) for text in _texts(spec["view"])]
    for name, field in fields:
        if field.get("at_most") == 1:
            made.append(ipywidgets.RadioButtons(options=field["atoms"], description=name, value=None))
        elif "atoms" in field:
            made.append(ipywidgets.SelectMultiple(options=field["atoms"], description=name))
        elif field.get("number"):
            made.append(ipywidgets.Text(description=name))
        else:
            made.append(ipywidgets.Textarea(description=name))
    return made


def _texts(view: Any) -> Iterator[str]:
    if isinstance(view, dict):
        for name, part in view.items():
            yield from [part] if name == "html" else _texts(part)
    elif isinstance(view, list):
        for part in view:
            yield from _texts(part)


_CONTROLS = {
    "choice": _choice,
    "select": _select,
    "true-false": _true_false,
    "number": _number,
    "placement": _placement,
    "triage": _triage,
    "text": _text,
}


def narrow(html: Path, page: str, site: Path) -> Path:
    """Copy the built book to ``site`` and put six exercises of all its samples, and what they need, on one page."""
    shutil.copytree(html, site)
    path = site / f"{page}.html"
    pages = [one.read_text(encoding="utf-8") for one in sorted(path.parent.glob("kinds-*.html"))]
    kept = tuple(f'id="ex-{name}"' for name in SIX)
    six = [one for text in pages for one in EXERCISE.findall(text) if any(name in one[:300] for name in kept)]
    assert len(six) == len(SIX), f"{path.parent} has not all of {SIX}"
    left = iter(six)
    text = EXERCISE.sub(lambda _: next(left, ""), path.read_text(encoding="utf-8"))
    tags = r"<script\b[^>]*(parts/[a-z]+\.js)[^>]*></script>|<link\b[^>]*(parts/[a-z]+\.css)[^>]*>"
    every = {found[1] or found[2]: found[0] for one in pages for found in re.finditer(tags, one)}
    text = re.sub(tags, "", text).replace("</head>", "".join(every[name] for name in parts_of(text)) + "</head>", 1)
    path.write_text(text, encoding="utf-8")
    return site


def make_stock_site(html: Path, page: str, packages: Path, site: Path) -> int:
    """Copy the built book to ``site``, make the page the stock page, and count its exercises."""
    shutil.copytree(html, site)
    static = site / "_static"
    shutil.copytree(packages / "html-manager" / "dist", static / "html-manager")
    shutil.copyfile(packages / "requirejs" / "require.js", static / "require.js")
    theme = themes_static()
    shutil.copyfile(theme / "scripts" / "fontawesome.js", static / "scripts" / "fontawesome.js")
    shutil.copytree(theme / "vendor" / "fontawesome", static / "vendor" / "fontawesome", dirs_exist_ok=True)

    path = site / f"{page}.html"
    text = path.read_text(encoding="utf-8")
    widgets: list[ipywidgets.Widget] = []

    def replace(found: re.Match[str]) -> str:
        if "data-mindbody-calibration" in found[0][:200]:
            return ""
        spec = SPEC.search(found[0])
        assert spec, f"{path}: an exercise without its JSON: {found[0][:200]}"
        widgets.append(control(json.loads(spec[1])))
        view = {"version_major": 2, "version_minor": 0, "model_id": widgets[-1].model_id}
        return (
            '<section class="stock-exercise"><script type="application/vnd.jupyter.widget-view+json">'
            f"{json.dumps(view)}</script></section>"
        )

    text = EXERCISE.sub(replace, text)
    assert widgets, f"{path} has no exercise."
    files = (file for file in (ROOT / "mindbody" / "frontend" / "dist").rglob("*") if file.is_file())
    ours = "|".join(re.escape(file.name) for file in files)
    ours = rf'"[^"]*/(?:{ours.replace("fontawesome", "-")})(?:\?[^"]*)?"'
    # Our book defers these; Sphinx and the theme do not.
    deferred = r'<script defer src="(?![^"]*/(?:fontawesome|bootstrap|pydata-sphinx-theme)\.js)'
    text = re.sub(deferred, '<script src="', text)
    text = re.sub(rf"<script\b[^>]*\bsrc={ours}[^>]*></script>|<link\b[^>]*\bhref={ours}[^>]*>", "", text)
    assert "mindbody.css" not in text, f"{path}: our style is still there."

    state = {"version_major": 2, "version_minor": 0, "state": dependency_state(widgets, drop_defaults=True)}
    up = "../" * page.count("/")
    data = json.dumps(state).replace("</", "<\\/")
    embed = (
        f'<script type="application/vnd.jupyter.widget-state+json">{data}</script>'
        f'<script src="{up}_static/require.js"></script>'
        f'<script src="{up}_static/html-manager/embed-amd.js"></script>'
    )
    path.write_text(text.replace("</body>", embed + "</body>"), encoding="utf-8")
    return len(widgets)


def themes_static() -> Path:
    """Return the folder of scripts and fonts as the theme itself ships them."""
    import pydata_sphinx_theme

    theme = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
    return theme / "static"


def fetch_packages(folder: Path) -> Path:
    """Unpack the npm packages of benchmarks/package.json; what they need is inside their bundles."""
    pins = json.loads((ROOT / "benchmarks" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    npm = Path(sys.executable).with_name("npm")
    for name, version in pins.items():
        short = name.rpartition("/")[2]
        target = folder / short
        target.mkdir(parents=True)
        subprocess.run(
            [npm, "pack", "--silent", f"{name}@{version}"], cwd=target, check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(next(target.glob("*.tgz"))) as archive:
            archive.extractall(target, filter="data")
        for entry in (target / "package").iterdir():
            entry.rename(target / entry.name)
    return folder


@cache
def _body(path: Path) -> tuple[bytes, bool]:
    data = path.read_bytes()
    if path.suffix in COMPRESSED:
        return gzip.compress(data, 6), True
    return data, False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        data, zipped = _body(path)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(data)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, compressed once and then from memory."""
    handler = type("Handler", (_Handler,), {"folder": folder})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def load(playwright: Any, browser_path: Path, url: str, *, slow: bool) -> Load:
    """Load a page in a fresh browser and click its first control."""
    browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(180_000)
        sizes: list[int] = []
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        if slow:
            line.send("Network.emulateNetworkConditions", SLOW_LINE)
        page.add_init_script(WATCH)
        page.goto(url, wait_until="commit")
        page.wait_for_function("window.operableAt")
        first = page.locator("[data-first-control]")
        first.click()
        took = first.evaluate("control => control.checked || control === document.activeElement")
        assert took, f"{url}: the first control was clicked and did nothing."
        page.wait_for_load_state("networkidle")
        strangers = [at for at in asked if not at.startswith(("http://127.0.0.1:", "data:", "blob:"))]
        assert not strangers, f"{url} asked another host: {strangers}"
        return Load(page.evaluate("window.operableAt") / 1000, int(sum(sizes)), len(sizes))
    finally:
        browser.close()


def measure(urls: dict[str, str], runs: int, *, slow: bool) -> dict[str, list[Load]]:
    """Load each page ``runs`` times, taking turns."""
    browser_path = find_browser()
    if browser_path is None:
        sys.exit(MISSING)
    loads: dict[str, list[Load]] = {name: [] for name in urls}
    with sync_playwright() as playwright, tqdm(total=runs * len(urls), unit="load", leave=False) as bar:
        for _ in range(runs):
            for name, url in urls.items():
                loads[name].append(load(playwright, browser_path, url, slow=slow))
                bar.update()
    return loads


def report(loads: dict[str, list[Load]]) -> bool:
    """Print the table and say whether both targets are met."""
    operable = {name: statistics.median(load.operable for load in each) for name, each in loads.items()}
    size = {name: statistics.median(load.size for load in each) for name, each in loads.items()}
    print(f"{'page':<8}{'bytes':>12}{'requests':>10}{'operable':>10}   (fastest-slowest)")
    for name, each in loads.items():
        times = sorted(load.operable for load in each)
        requests = statistics.median(load.requests for load in each)
        spread = f"({times[0]:.2f}-{times[-1]:.2f} s)"
        print(f"{name:<8}{size[name]:>12,.0f}{requests:>10.0f}{operable[name]:>8.2f} s   {spread}")
    ratios = {
        "operable": (operable["book"] / operable["stock"], OPERABLE_TARGET),
        "bytes": (size["book"] / size["stock"], BYTES_TARGET),
    }
    for what, (ratio, target) in ratios.items():
        print(f"{what}: {ratio:.3f} of stock (target {target}): {'met' if ratio <= target else 'MISSED'}")
    return all(ratio <= target for ratio, target in ratios.values())


def main() -> int:
    """Measure, print, and fail when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("page", nargs="?", default=PAGE, help=f"the page, without .html (default {PAGE})")
    parser.add_argument("--six", action="store_true", help="the page of samples with six exercises left on it")
    parser.add_argument("--html", type=Path, default=ROOT / "_build" / "html", help="the built book")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--slow", action="store_true", help="over a line of 200 kB/s with 150 ms a request")
    chosen = parser.parse_args()
    if chosen.six:
        chosen.page = SAMPLES
    if not (chosen.html / f"{chosen.page}.html").is_file():
        sys.exit(f"{chosen.html / chosen.page}.html is not there: run `make book` first.")
    with tempfile.TemporaryDirectory() as temporary:
        packages = fetch_packages(Path(temporary) / "packages")
        if chosen.six:
            chosen.html = narrow(chosen.html, chosen.page, Path(temporary) / "book")
        stock = Path(temporary) / "stock"
        exercises = make_stock_site(chosen.html, chosen.page, packages, stock)
        print(f"{chosen.page}: {exercises} exercises, median of {chosen.runs} cold loads each")
        with serve(chosen.html) as book_url, serve(stock) as stock_url:
            urls = {name: f"{url}/{chosen.page}.html" for name, url in (("stock", stock_url), ("book", book_url))}
            met = report(measure(urls, chosen.runs, slow=chosen.slow))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
