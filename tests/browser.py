"""The Chromium that the tests drive: find one, or (``python -m tests.browser``) install one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# A test's browser talks to this machine only, and starts without asking anybody anything.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    ARGUMENTS.append("--no-sandbox")  # Chromium refuses to start as root with its sandbox

MISSING = (
    "The tests need Chromium: install Chromium or Google Chrome, or set CHROMIUM to the path of one, "
    "and run them again."
)

_COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]


def find_browser() -> Path | None:
    """Return the first Chromium that starts: the one named by CHROMIUM, the system's, Playwright's own."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("CHROMIUM"):
        # Whoever names one wants that one, so no other is tried in its place.
        yield Path(named)
        return
    yield from (Path(found) for command in _COMMANDS if (found := shutil.which(command)))
    yield from (Path(place).expanduser() for place in _PLACES)
    yield _playwrights_own()


def _playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _starts(path: Path) -> bool:
    # Ubuntu's `chromium-browser` may only say which snap to install; a download may lack libraries.
    if not path.is_file():
        return False
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def install_browser() -> None:
    """Install Chromium: with apt-get where we may, else as Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (
            ["update"],
            ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"],
        ):
            subprocess.run(["apt-get", "-qq", *step], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if find_browser():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Say which Chromium the tests will use, installing one first if there is none."""
    path = find_browser()
    if path is None and "CHROMIUM" not in os.environ:
        print("Installing Chromium for the tests ...", flush=True)
        install_browser()
        path = find_browser()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
