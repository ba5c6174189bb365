"""The strict reader of ``answers.json``: any bytes become a ``Submission`` or are ``Refused``, nothing else.

Whatever a file holds, reading it takes bounded time and memory and follows no link. Marks, points and names
that a file claims are not believed here or later; they are kept as the trainee's own data.
"""

from __future__ import annotations

import errno
import json
import math
import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from mindbody.answers import FORMAT, LARGEST
from mindbody.items.base import TEXT_LIMIT
from mindbody.marking import Answer, AnswerError

DEEPEST = 8
"""Nested lists and objects, the file itself being the first."""
LONGEST_NAME = 200
"""Characters of an item's id, of a field's name and of what names a person or a time."""
MOST_ITEMS = 1000
_LONGEST_INTEGER = 18
_LONGEST_FLOAT = 40
_DIRECTORY = getattr(os, "O_DIRECTORY", 0)
_SAFELY = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    _SAFELY |= getattr(os, _flag, 0)
# To open a FIFO nobody writes to would wait for ever.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)

# A whole string in one match, closed or not, so that text full of quotes or backslashes costs one pass.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
# Tab and line ends are text; every other control character, and half a surrogate pair, is not.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Refused(Exception):  # noqa: N818 - it is an outcome, in the words of the design
    """A submission that cannot be taken; ``reason`` is one sentence with the file and what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class State:
    """An answer as it was at one moment, e.g. when it was first checked; the page's points are left out."""

    answer: Answer
    at: datetime
    confidence: float | None = None


@dataclass(frozen=True)
class ItemAnswer:
    """What a trainee did on one item.

    Attributes
    ----------
    version
        The version of the item she answered; it is marked by that version's table.
    answer
        The answer as it stands.
    first, last
        Practice: the answers she checked first and last. Graded: the first complete one, and the last.
    attempts, confidence, saved_at
        How often she checked, how sure she was (0-100), and when it was saved.
    """

    version: int
    answer: Answer
    first: State | None = None
    last: State | None = None
    attempts: int = 0
    confidence: float | None = None
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Submission:
    """One answer file.

    Attributes
    ----------
    assignment, items
        The assignment, and item id -> what was done on it.
    course, saved_at
        What the file says; a file from JupyterLab names no course.
    learner_id, learner_name
        Whom the file says it is from. Never proof: the LMS's or the system's identity wins.
    profession, language
        For fairness statistics, in aggregate only.
    raw
        The whole file as plain data, unknown fields included; unprintable characters are U+FFFD.
    """

    assignment: str
    items: Mapping[str, ItemAnswer]
    course: str | None = None
    learner_id: str | None = None
    learner_name: str | None = None
    profession: str | None = None
    language: str | None = None
    saved_at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


def read(path: Path, *, under: Path | None = None) -> Submission:
    """Read an answer file that somebody else wrote.

    Parameters
    ----------
    path
        The file. It must be a regular file, not a link to one.
    under
        A folder above it that is ours: nothing between that folder and the file may be a link either. Give it
        wherever the sender can write into the folders on the way, as in nbgrader's exchange.

    Raises
    ------
    Refused
        If it cannot be taken, whatever the cause.
    """
    return parse(read_bytes(path, under=under), str(path))


def read_bytes(path: Path, *, under: Path | None = None, largest: int = LARGEST) -> bytes:
    """Read a regular file of at most ``largest`` bytes without following a link or waiting for a writer.

    Raises
    ------
    Refused
        If it is anything else.
    """
    name = shown(path)
    try:
        handle = _open(path, under)
    except (OSError, ValueError) as error:
        _refuse_opening(path, name, error)
    try:
        return _read_open(handle, name, largest)
    except OSError as error:
        raise Refused(f"{name} cannot be read ({error.strerror}): check the disk.") from None
    finally:
        os.close(handle)


def parse(data: bytes, name: str) -> Submission:
    """Read an answer file's bytes; ``name`` says in messages where they came from.

    Raises
    ------
    Refused
        If they are no answer file.
    """
    where = shown(name)
    try:
        return _submission(_plain(data))
    except (_BrokenError, AnswerError) as error:
        advice = "ask for a new download of the submission; do not edit the file"
        raise Refused(f"{where}: {error}: {advice}.") from None


def shown(text: object, longest: int = 120) -> str:
    """Make a name that somebody else chose fit for a message: one line, printable, at most ``longest``."""
    plain = "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _INVISIBLE else character
        for character in str(text)[: 4 * longest]
    )
    return plain if len(plain) <= longest else f"{plain[: longest - 20]}…{plain[-19:]}"


# Files


def _open(path: Path, under: Path | None) -> int:
    if under is None or os.open not in os.supports_dir_fd:
        return os.open(path, _SAFELY | _WITHOUT_WAITING)
    *folders, last = path.relative_to(under).parts
    if ".." in folders or last == "..":
        raise ValueError(path)
    handle = os.open(under, _SAFELY | _DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, _SAFELY | _DIRECTORY, dir_fd=handle)
            os.close(handle)
            handle = inner
        return os.open(last, _SAFELY | _WITHOUT_WAITING, dir_fd=handle)
    finally:
        os.close(handle)


def _read_open(handle: int, name: str, largest: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise Refused(f"{name} is {what}: remove it, and ask for the file that the download button made.")
    # The size is asked for first, so that a huge file is not read at all; and no more than that is read, since
    # a file may be growing.
    pieces: list[bytes] = []
    left = largest + 1 if status.st_size <= largest else 0
    while left > 0 and (piece := os.read(handle, min(left, 1 << 16))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise Refused(f"{name} is larger than {_size(largest)}: ask for the file that the download button made.")
    return b"".join(pieces)


def _refuse_opening(path: Path, name: str, error: OSError | ValueError) -> NoReturn:
    try:
        linked = path.is_symlink()
    except (OSError, ValueError):
        linked = False
    if linked:
        raise Refused(f"{name} is a link, and links are not followed: ask for the file itself.") from None
    if isinstance(error, FileNotFoundError):
        raise Refused(f"{name} is not there: ask for it, or mend the path.") from None
    if isinstance(error, ValueError):
        raise Refused(f"{name} is not a name for a file here: rename it.") from None
    if error.errno in {errno.ENOTDIR, errno.ELOOP}:
        raise Refused(f"{name} lies behind a link, which is not followed: ask for the file itself.") from None
    raise Refused(f"{name} cannot be opened ({error.strerror}): check who may read it.") from None


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1000} kB"


# Plain data


class _BrokenError(ValueError):
    """What is wrong with the data, without the file's name."""


def _plain(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise _BrokenError(f"it is larger than {_size(LARGEST)}")
    _check_depth(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _BrokenError(f"it is not UTF-8 (byte {error.start + 1})") from None
    try:
        plain = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_integer,
        )
    except _BrokenError:
        raise
    except json.JSONDecodeError as error:
        raise _BrokenError(f"it is not JSON (line {error.lineno}, column {error.colno}: {error.msg})") from None
    except RecursionError:  # pragma: no cover - the depth was counted; this is the second lock on the door
        raise _BrokenError("it is nested too deep") from None
    cleaned = _clean(plain)
    if not isinstance(cleaned, dict):
        raise _BrokenError("it is not an object of fields")
    return cleaned


def _check_depth(data: bytes) -> None:
    depth = 0
    for bracket in _STRING.sub(b"", data).translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise _BrokenError(f"it is nested deeper than {DEEPEST}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in pairs:
        if name in plain:
            raise _BrokenError(f'"{shown(name, 60)}" stands twice in one place')
        if len(name) > LONGEST_NAME or _NOT_TEXT.search(name):
            raise _BrokenError(f'"{shown(name, 60)}" is no name for a field')
        plain[name] = value
    return plain


def _constant(name: str) -> NoReturn:
    raise _BrokenError(f"{name} is not a number of JSON")


def _float(digits: str) -> float:
    # 1e999 becomes inf without ever being a "constant".
    value = float(digits) if len(digits) <= _LONGEST_FLOAT else math.inf
    if not math.isfinite(value):
        raise _BrokenError(f"the number {shown(digits, 40)} is too large or too long")
    return value


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER:
        raise _BrokenError(f"the number {shown(digits, 40)} is too large")
    return int(digits)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        # UTF-16 code units, as the page and the marking rule count.
        if len(value) > TEXT_LIMIT or len(value.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
            raise _BrokenError(f"a text is longer than {TEXT_LIMIT} characters")
        return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value


# Fields


def _submission(data: dict[str, Any]) -> Submission:
    if data.get("format") != FORMAT:
        raise _BrokenError(f'its format is not "{FORMAT}"')
    learner = data.get("learner")
    if learner is not None and not isinstance(learner, dict):
        raise _BrokenError("`learner` is not an object")
    items = data.get("items")
    if not isinstance(items, dict):
        raise _BrokenError("`items` is missing or not an object")
    if len(items) > MOST_ITEMS:
        raise _BrokenError(f"it has more than {MOST_ITEMS} items")
    assignment = _name(data, "assignment")
    if not assignment:
        raise _BrokenError("`assignment` is missing")
    return Submission(
        assignment=assignment,
        items={name: _item(name, item) for name, item in items.items()},
        course=_name(data, "course"),
        learner_id=_name(learner or {}, "id"),
        learner_name=_name(learner or {}, "name"),
        profession=_name(data, "profession"),
        language=_name(data, "language"),
        saved_at=_time(data, "saved_at"),
        raw=data,
    )


def _item(name: str, data: Any) -> ItemAnswer:
    try:
        return _item_answer(data)
    except (_BrokenError, AnswerError) as error:
        raise _BrokenError(f'item "{shown(name, 60)}": {error}') from None


def _item_answer(data: Any) -> ItemAnswer:
    if not isinstance(data, dict):
        raise _BrokenError("it is not an object")
    version = _whole(data, "version")
    if not version:
        raise _BrokenError("`version` is not a number from 1 upwards")
    return ItemAnswer(
        version=version,
        answer=_answer(data),
        first=_state(data, "first"),
        last=_state(data, "last"),
        attempts=_whole(data, "attempts"),
        confidence=_confidence(data),
        saved_at=_time(data, "saved_at"),
    )


def _state(data: dict[str, Any], name: str) -> State | None:
    state = data.get(name)
    if state is None:
        return None
    if not isinstance(state, dict):
        raise _BrokenError(f"`{name}` is not an object")
    at = _time(state, "at")
    if at is None:
        raise _BrokenError(f"`{name}` has no time")
    return State(_answer(state), at, _confidence(state))


def _answer(data: dict[str, Any]) -> Answer:
    answer = data.get("answer")
    if not isinstance(answer, dict):
        raise _BrokenError("`answer` is missing or not an object")
    return Answer.from_json(answer)


def _name(data: dict[str, Any], name: str) -> str | None:
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise _BrokenError(f"`{name}` is not a text of at most {LONGEST_NAME} characters")
    return value


def _whole(data: dict[str, Any], name: str) -> int:
    value = data.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _BrokenError(f"`{name}` is not a whole number from 0 upwards")
    return value


def _confidence(data: dict[str, Any]) -> float | None:
    value = data.get("confidence")
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
        raise _BrokenError("`confidence` is not a number from 0 to 100")
    return value


def _time(data: dict[str, Any], name: str) -> datetime | None:
    value = _name(data, name)
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value)
        # A time without a zone is taken as UTC; near the calendar's ends there is no UTC time to convert to.
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _BrokenError(f"`{name}` is not a time like 2026-11-22T09:30:00Z") from None
