"""Builds the book and shows it on this machine."""

from __future__ import annotations

import hashlib
import http.server
import os
import re
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from tqdm import tqdm

# This Python's own, whatever PATH says; without grammars of addresses that jsonschema would compile and never use.
_JUPYTER_BOOK = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyter_book.cli.main import main; main()"

_STEP = re.compile(r"(reading sources|writing output)\.\.\. \[\s*(\d+)%\]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BAR = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
_NOISE = "Kernel is running over TCP without encryption"  # true of every kernel, on this machine alone

FIRST_PORT = 8000
LAST_PORT = 8099


class BuildError(Exception):
    """The book could not be built; the message says what to do."""


def build(root: Path, *, strict: bool = False, output: Path | None = None) -> Path:
    """Build the book with jupyter-book.

    Everything is written anew each time (Sphinx does not refresh static files when no source changed); only the
    cache of executed cells is kept.

    Parameters
    ----------
    root
        The project.
    strict
        Whether a warning fails the build, and every reference must resolve.
    output
        The folder that gets ``_build``; the project itself when None.

    Returns
    -------
    Path
        The folder with ``index.html``.

    Raises
    ------
    BuildError
        If jupyter-book fails.
    """
    _forget_stale_cells(root, (output or root) / "_build")
    shutil.rmtree((output or root) / "_build" / "html", ignore_errors=True)
    command = [sys.executable, "-c", _JUPYTER_BOOK, "build", str(root), "--all"]
    command += ["--path-output", str(output)] if output else []
    command += ["-W", "-n", "--keep-going"] if strict else []
    html = (output or root) / "_build" / "html"
    if _run(command, root) or not (html / "index.html").is_file():
        raise BuildError("the book was not built: mend what is said above and build again")
    return html


def _run(command: list[str], root: Path) -> int:
    """Run Sphinx with a progress bar, hand on what it says of mistakes, and return its exit status."""
    environment = {**os.environ, "MINDBODY_ROOT": str(root), "NO_COLOR": "1"}
    with subprocess.Popen(  # noqa: S603
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as running:
        said = threading.Thread(target=_hand_on, args=(running.stderr or (),))
        said.start()
        with tqdm(
            total=100, desc="Building the book", bar_format="{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
        ) as bar:
            for line in running.stdout or ():
                bar.update(max(0, _progress(line) - bar.n))
            if running.wait() == 0:
                bar.update(100 - bar.n)
        said.join()
    return running.returncode


def _hand_on(lines: Iterable[str]) -> None:
    for line in lines:
        if _NOISE not in line:
            tqdm.write(line.rstrip("\n"), file=sys.stderr)


def _progress(line: str) -> float:
    """Tell how far a line of Sphinx's output says the build is, in per cent; reading is the longer half."""
    found = _STEP.search(_COLOUR.sub("", line))
    if not found:
        return 0
    share = int(found[2]) / 100
    return 70 * share if found[1] == "reading sources" else 70 + 30 * share


def _forget_stale_cells(root: Path, build_folder: Path) -> None:
    """Drop the cache of executed cells when what they draw from changed: it is keyed on the cells' code alone."""
    drawn_from = sorted([*(root / "mindbody" / "figures").glob("*.py"), *(root / "assets").glob("**/*.csv")])
    drawn_from += [*sorted((root / "assets" / "styles").glob("*")), root / "requirements.lock"]
    digest = hashlib.sha256()
    for path in drawn_from:
        if path.is_file():
            digest.update(path.read_bytes())
    note = build_folder / "drawn-from.sha256"
    if note.is_file() and note.read_text(encoding="utf-8") == digest.hexdigest():
        return
    shutil.rmtree(build_folder / ".jupyter_cache", ignore_errors=True)
    build_folder.mkdir(parents=True, exist_ok=True)
    note.write_text(digest.hexdigest(), encoding="utf-8")


def serve(folder: Path) -> None:
    """Serve a folder on the first free port of this machine, until interrupted.

    Raises
    ------
    BuildError
        If the folder is not there or no port is free.
    """
    if not (folder / "index.html").is_file():
        raise BuildError("there is no book to show: run `make book` first")
    handler = partial(_Quiet, directory=str(folder))
    for port in range(FIRST_PORT, LAST_PORT + 1):
        try:
            server = _Server(("127.0.0.1", port), handler)
        except OSError:
            continue
        with server:
            print(f"The book is at http://127.0.0.1:{port}/  (Ctrl-C ends it)", flush=True)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                print()
        return
    raise BuildError(f"no port from {FIRST_PORT} to {LAST_PORT} is free: close another server and try again")


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    # Two books at once would otherwise share a port on some systems.
    allow_reuse_address = os.name == "posix"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name the library calls it by)
        """Say nothing of a request that went well."""

    def end_headers(self) -> None:
        """Let the browser ask again, so that a rebuilt book is seen at once."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()
