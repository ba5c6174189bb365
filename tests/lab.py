"""A real JupyterLab in a course, for tests and screenshots."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from mindbody.course.release import environment

_READY = """() => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  return session?.isReady && session.session?.kernel?.status === "idle" && document.querySelector(".jp-Cell");
}"""
_QUIET = "lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"


@contextmanager
def jupyterlab(folder: Path, state: Path) -> Iterator[str]:
    """Run JupyterLab in a folder and give its address; ``state`` gets its settings, logs and kernels' files.

    It has no token: the test's browser is the only one who knows the port, and the server ends with the test.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {name: str(state / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    settings = state / "JUPYTER_CONFIG_DIR" / _QUIET
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    with (state / "lab.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=folder, env={**environment(), **places}, stdout=log, stderr=log, start_new_session=True
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server, state / "lab.log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def open_notebook(page: Page, address: str, path: str) -> None:
    """Open a notebook alone in a fresh workspace and wait for its kernel."""
    page.goto(f"{address}/lab/tree/{path}?reset")
    page.wait_for_function(_READY, timeout=90_000)


def command(page: Page, name: str) -> None:
    """Run a command of JupyterLab as its menus do, without waiting for its end."""
    page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)


def wait_for_scores(page: Page) -> None:
    """Wait until Formgrader has fetched scores and comments: its boxes are there before, and forget what is typed."""
    page.wait_for_function("() => window.formgrader?.grades?.loaded && window.formgrader.comments?.loaded")
