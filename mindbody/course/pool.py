"""Runs a pure function over many things through ``concurrent.futures``: here, in processes, or on a Dask cluster.

The number of things under way is bounded, so that memory does not grow with a class. When a worker is killed, what was
under way is tried again, alone and in a fresh pool; what kills its worker a second time is given up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from mindbody.course.grading import CourseError

T = TypeVar("T")
R = TypeVar("R")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux's prctl
_MOST_KILLED = 20


class Workers(Protocol):
    """Where work is done."""

    count: int

    def executor(self) -> Executor:
        """Return a fresh executor."""

    def stop(self, executor: Executor) -> None:
        """End an executor without waiting for what is under way."""

    def killed(self, error: BaseException) -> bool:
        """Tell whether an error says that a worker died, not that the work failed."""


class Processes:
    """Processes of this machine, which end with us whatever ends us."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or available()

    def executor(self) -> Executor:
        """Start the processes."""
        # A fork shares what is imported and read already; elsewhere than on Linux it is not safe.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        return ProcessPoolExecutor(self.count, context, initializer=_begin_worker, initargs=(os.getpid(),))

    def stop(self, executor: Executor) -> None:
        """End the processes."""
        executor.shutdown(wait=False, cancel_futures=True)

    def killed(self, error: BaseException) -> bool:
        """Tell whether a process died."""
        return isinstance(error, BrokenExecutor)


class Cluster:
    """The workers of a Dask cluster; each must have this package and see the course's folder under the same path."""

    def __init__(self, address: str) -> None:
        from distributed import Client

        connect: Any = Client
        try:
            self._client: Any = connect(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise CourseError(
                f"no Dask scheduler answers at {address} ({reason}): start it, or leave --scheduler out"
            ) from None
        self.count = max(1, sum(self._client.nthreads().values()))

    def executor(self) -> Executor:
        """Return the cluster's executor. Submissions are files, so that the same call may have another result."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def stop(self, executor: Executor) -> None:
        """Take back what has not been done."""
        executor.shutdown(wait=False)

    def killed(self, error: BaseException) -> bool:
        """Tell whether a worker died too often, or the cluster lost what it was doing."""
        return type(error).__name__ in {"KilledWorker", "FutureCancelledError", "CancelledError", "FutureLostError"}

    def close(self) -> None:
        """Leave the cluster as it is and go."""
        self._client.close()


def available() -> int:
    """Return how many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    function: Callable[[Sequence[T]], Sequence[R]],
    things: Iterable[T],
    workers: Workers | None,
    given_up: Callable[[T], R],
    chunk: int = 4,
) -> Generator[R]:
    """Run a function over things, a few at a time, and give the results as they come.

    Parameters
    ----------
    function
        Of some things to as many results; it raises nothing for a thing that is bad.
    things
        Read as they are needed.
    workers
        Where; None is here, one after the other.
    given_up
        The result of a thing that killed its worker twice.
    chunk
        How many things travel together.

    Raises
    ------
    CourseError
        If workers go on dying, whatever they work at.
    """
    if workers is None:
        for thing in things:
            yield from function([thing])
        return
    todo = iter(things)
    suspects: deque[T] = deque()
    killed = 0
    while True:
        with ExitStack() as stack:
            executor = workers.executor()
            # Whoever ends us early, by Ctrl+C or an error, does not wait for what is under way.
            stack.callback(workers.stop, executor)
            one = _Run(function, workers, executor)
            yield from one.alone(suspects)
            if not one.lost:
                yield from one.together(todo, chunk)
        if not one.lost:
            return
        killed += 1
        if killed > _MOST_KILLED:
            raise CourseError(
                "the processes that mark are killed again and again: look at the machine's memory, then run the same"
                " command again; what is marked stays"
            )
        if suspects:
            yield given_up(suspects.popleft())
        else:
            suspects.extend(one.lost)


@dataclass
class _Run(Generic[T, R]):
    """One executor's life; what was under way when it died is in ``lost``."""

    function: Callable[[Sequence[T]], Sequence[R]]
    workers: Workers
    executor: Executor
    lost: list[T] = field(default_factory=list)

    def alone(self, suspects: deque[T]) -> Iterator[R]:
        """Try what was under way when a worker died, one after the other, so that the culprit is found."""
        while suspects:
            try:
                results = self.executor.submit(self.function, [suspects[0]]).result()
            except Exception as error:
                if not self.workers.killed(error):
                    raise
                self.lost.append(suspects[0])
                return
            suspects.popleft()
            yield from results

    def together(self, todo: Iterator[T], chunk: int) -> Iterator[R]:
        """Try everything else, some at a time."""
        under_way: dict[Future[Sequence[R]], list[T]] = {}
        exhausted = False
        while True:
            while not (exhausted or self.lost) and len(under_way) < 3 * self.workers.count:
                some = list(islice(todo, chunk))
                exhausted = not some
                if some:
                    self._submit(some, under_way)
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                some = under_way.pop(future)
                failed = None if future.cancelled() else future.exception()
                if future.cancelled() or (failed and self.workers.killed(failed)):
                    self.lost += some
                elif failed:
                    raise failed
                else:
                    yield from future.result()

    def _submit(self, some: list[T], under_way: dict[Future[Sequence[R]], list[T]]) -> None:
        try:
            under_way[self.executor.submit(self.function, some)] = some
        except Exception as error:
            if not self.workers.killed(error):
                raise
            self.lost += some


def _begin_worker(parent: int) -> None:
    # Ctrl+C reaches the whole group; the main process decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)
